"""`balai privacy`: end what was kept long enough, and erase again after a restore."""

import getpass

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.access.rules import operator
from balai.privacy import actions
from balai.privacy.models import Erased, Ledger


@click.group(name="privacy", help=_("Hak warga: masa simpan dan penghapusan."))
def command():
    pass


@command.command(name="retain", help=_("Akhiri data yang masa simpannya habis; jalankan tiap hari."))
@click.option("--dry-run", is_flag=True, help=_("Hitung saja, tidak ada yang diakhiri."))
def retain(dry_run):
    ended = actions.retain(by=operator(getpass.getuser()), at=timezone.now(), on=timezone.localdate(), dry_run=dry_run)
    Ledger(settings.ERASURE_LEDGER).add(Erased.objects.order_by("at"))
    for one in ended:
        click.echo(
            _("%(table)s: %(due)s baris lewat masa simpan (sebelum %(before)s), %(done)s diakhiri.")
            % {"table": one.table.name.said(get_language() or "id"), "due": one.due, "before": one.before,
               "done": one.done}
        )  # fmt: skip
    if dry_run:
        click.echo(_("Percobaan saja, tidak ada yang diakhiri."))


@command.command(name="replay", help=_("Setelah memulihkan cadangan: hapus lagi orang yang sudah dihapus."))
def replay():
    ledger = Ledger(settings.ERASURE_LEDGER)
    again = actions.replay_erasures(by=operator(getpass.getuser()), at=timezone.now(), kept=ledger.rows())
    ledger.add(Erased.objects.order_by("at"))
    click.echo(_("%(again)s orang dihapus lagi dari basis data ini.") % {"again": again})

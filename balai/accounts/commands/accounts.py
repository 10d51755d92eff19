"""`balai accounts`: the operator's own ways to help people in, beside what officers do on the pages."""

import getpass
import json
import secrets

import click
from axes.models import AccessFailureLog
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import operator
from balai.accounts import actions
from balai.accounts.commands import people
from balai.accounts.models import Account, Session
from balai.accounts.rules import codes, limits
from balai.accounts.views.guessing import hashed_name
from balai.base.errors import NotValid

JSON = click.option("--json", "as_json", is_flag=True, help=_("hasil sebagai JSON"))
WHO = click.argument("username")


@click.group(help=_("Akun: kode persiapan dan undangan, kunci, faktor kedua, penugasan."))
def command():
    pass


for _name, _one in people.command.commands.items():
    command.add_command(_one, _name)


def by():
    return {"by": operator(getpass.getuser()), "at": timezone.now()}


def found(username):
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise NotValid("Tidak ada akun bernama “%(name)s”.", name=username)
    return account


def drawn():
    """A new code and what is stored of it."""
    code = codes.drawn(secrets.choice)
    return codes.shown(code), codes.digest(code, settings.SECRET_KEY)


def new_setup_code():
    code, code_hash = drawn()
    actions.issue_setup_code(**by(), code_hash=code_hash)
    return code


def told(as_json, sentence, **known):
    click.echo(json.dumps(known) if as_json else sentence % known)


@command.command("setup-code", help=_("Buat kode persiapan baru untuk akun pertama; yang lama tidak berlaku lagi."))
@JSON
def setup_code(as_json):
    told(as_json, _("Kode persiapan: %(code)s (berlaku 24 jam, sekali pakai; buka /persiapan)"), code=new_setup_code())


@command.command(help=_("Buat kode undangan baru untuk satu akun: kata sandi pertama, atau yang lupa."))
@WHO
@JSON
def invite(username, as_json):
    code, code_hash = drawn()
    actions.invite(**by(), account=found(username), code_hash=code_hash)
    told(as_json, _("Kode undangan: %(code)s (berlaku 72 jam, sekali pakai; buka /undangan)"), code=code)


@command.command(help=_("Lupakan kata sandi yang keliru, agar orangnya dapat mencoba lagi."))
@WHO
@JSON
def unlock(username, as_json):
    account = found(username)
    tries = actions.unlock(**by(), account=account, kept_name=hashed_name(account.username))
    told(as_json, _("Dibuka; %(tries)d percobaan keliru dilupakan."), tries=tries)


@command.command("reset-factor", help=_("Hapus faktor kedua yang hilang; saat masuk berikutnya dipasang yang baru."))
@WHO
@click.option("--reason", required=True, help=_("alasannya; masuk jejak"))
@JSON
def reset_factor(username, reason, as_json):
    actions.reset_second_factor(**by(), account=found(username), reason=reason)
    told(as_json, _("Faktor kedua %(username)s dihapus."), username=username)


@command.command(help=_("Buang sesi dan catatan percobaan yang sudah lewat. Jalankan tiap malam."))
@JSON
def tidy(as_json):
    at = timezone.now()
    sessions, _tables = Session.objects.filter(expire_date__lt=at).delete()
    tries, _tables = AccessFailureLog.objects.filter(attempt_time__lt=at - limits.REMEMBERED).delete()
    told(as_json, _("Dibuang: %(sessions)d sesi, %(tries)d percobaan."), sessions=sessions, tries=tries)

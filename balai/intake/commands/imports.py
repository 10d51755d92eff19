import getpass
import json
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import operator
from balai.intake.actions import import_profile, import_siga


@click.group(
    help=_("Masukkan data dari berkas. Yang tidak dapat dimasukkan ada di laporan, dengan alasan dan caranya.")
)
def command():
    pass


def _report_option(function):
    text = _("laporan CSV: berkas, baris, kolom, alasan, cara memperbaiki")
    function = click.option("--report", "report", required=True, type=click.Path(path_type=Path), help=text)(function)
    function = click.option("--dry-run", is_flag=True, help=_("periksa saja; tidak ada yang disimpan"))(function)
    return click.option("--json", "as_json", is_flag=True, help=_("ringkasan sebagai JSON"))(function)


@contextmanager
def _bar(text):
    """Gives `progress(done, total)`; the bar stands on stderr and only where somebody looks."""
    with tqdm(total=0, desc=text, unit="B", unit_scale=True, disable=None, leave=False) as bar:

        def progress(done, total):
            bar.total = total
            bar.update(done - bar.n)

        yield progress


@command.command(help=_("Masukkan semua ekspor bulanan SIGA dalam satu folder, sekaligus."))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--exported-on", required=True, type=click.DateTime(["%Y-%m-%d"]), help=_("hari ekspor dari SIGA"))
@_report_option
def siga(folder, exported_on, report, dry_run, as_json):
    with _bar(_("Membaca")) as progress:
        summary = import_siga(
            by=operator(getpass.getuser()), at=timezone.now(), folder=folder, exported_on=exported_on.date(),
            report=report, dry_run=dry_run, progress=progress,
        )  # fmt: skip
    _tell(summary, report, as_json=as_json)


@command.command(
    help=_("Masukkan lembar profil (XLSX) yang sudah diisi; lembar kosongnya dari “balai template profile”.")
)
@click.argument("file", type=click.Path(path_type=Path))
@_report_option
def profile(file, report, dry_run, as_json):
    summary = import_profile(
        by=operator(getpass.getuser()), at=timezone.now(), path=file, report=report, dry_run=dry_run
    )
    _tell(summary, report, as_json=as_json)


COLUMNS = ("rows", "applied", "unchanged", "refused", "waiting", "blank", "marked")


def _tell(summary, report, *, as_json):
    if as_json:
        click.echo(json.dumps(summary.as_dict(), ensure_ascii=False))
        return
    names = [_("baris"), _("diterapkan"), _("tetap"), _("ditolak"), _("menunggu"), _("kosong"), _("ditandai")]
    rows = [[one.file, *(getattr(one, column) for column in COLUMNS)] for one in summary.files]
    total = summary.as_dict()
    rows.append([_("Jumlah"), *(total[column] for column in COLUMNS)])
    for row in [[_("berkas"), *names], *rows]:
        click.echo(f"{row[0]:<40}" + "".join(f"{cell:>11}" for cell in row[1:]))
    if summary.periods:
        without = _("tanpa bulan")
        found = sorted(summary.periods.items(), key=itemgetter(1))
        taken = ", ".join(f"{text or without} = {period}" for text, period in found)
        click.echo(_("Bulan dibaca sebagai: %(taken)s") % {"taken": taken})
    click.echo(_verdict(summary))
    click.echo(_("Laporan: %(report)s") % {"report": report})


def _verdict(summary):
    if not summary.new:
        return _("Tidak ada yang baru: semua sudah ada di Balai.")
    if summary.dry_run:
        return _("Percobaan saja: tidak ada yang disimpan.")
    return _("Tersimpan sebagai impor %(batch)s.") % {"batch": summary.batch}

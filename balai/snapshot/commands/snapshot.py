import getpass
import json
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.models import acting
from balai.access.rules import operator
from balai.base import months
from balai.base.errors import Refused
from balai.snapshot.actions import build as build_snapshot
from balai.snapshot.actions.checking import check as check_files
from balai.snapshot.actions.inventing import from_synth as invent

FOLDER = click.Path(file_okay=False, path_type=Path)
THERE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(
    name="snapshot", help=_("Potret data keluarga per kabupaten sebagai berkas Parquet, tanpa nama dan nomor.")
)
def command():
    pass


@command.command(help=_("Susun potret; kabupaten yang tidak berubah dilewati. Aman diulang setelah terhenti."))
@click.option("--region", default="", help=_("kode provinsi atau kabupaten; tanpa ini seluruh Indonesia"))
@click.option("--period", help=_("bulan, TTTT-BB; tanpa ini bulan ini"))
@click.option("--out", type=FOLDER, help=_("folder potret; tanpa ini folder potret di BALAI_HOME"))
@click.option("--json", "as_json", is_flag=True, help=_("hasil sebagai JSON"))
def build(region, period, out, as_json):
    by, today = operator(getpass.getuser()), timezone.localdate()
    with acting(by), tqdm(desc=_("Potret"), unit=" kabupaten", disable=None, leave=False) as bar:
        built = build_snapshot(
            by=by, at=timezone.now(), on=today, folder=out or settings.HOME / "snapshots",
            period=period or months.of(today), region=region, progress=bar.update,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps(built._asdict()))
    else:
        click.echo(
            _("%(made)d kabupaten disusun, %(kept)d tidak berubah, %(closed)d sudah tetap.")
            % {name: len(codes) for name, codes in built._asdict().items()}
        )


@command.command("from-synth", help=_("Jadikan penduduk rekaan (balai synth) sebuah potret, tanpa basis data."))
@click.argument("folder", type=THERE)
@click.argument("out", type=FOLDER)
def from_synth(folder, out):
    with tqdm(desc=_("Potret"), unit=" kabupaten", disable=None, leave=False) as bar:
        families = invent(at=timezone.now(), folder=folder, out=out, progress=bar.update)
    click.echo(_("Potret %(families)d keluarga rekaan tertulis di %(out)s.") % {"families": families, "out": out})


@command.command(help=_("Periksa apakah semua berkas potret masih seperti ketika ditulis."))
@click.argument("folder", type=THERE)
def check(folder):
    found = check_files(folder)
    for path in found.broken:
        click.echo(_("berubah atau hilang: %(path)s") % {"path": path})
    if found.broken:
        raise Refused(
            "%(broken)d dari %(files)d berkas tidak seperti ketika ditulis. Hapus folder kabupatennya dan susun lagi.",
            broken=len(found.broken), files=found.files,
        )  # fmt: skip
    click.echo(_("%(kabupaten)d kabupaten, %(files)d berkas: utuh.") % found._asdict())

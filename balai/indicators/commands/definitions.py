"""`balai indicators check` and `export`: the definitions themselves, without any figure."""

import json
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from balai.indicators.rules import catalogue, mistakes
from balai.indicators.rules.book import book
from balai.indicators.rules.reading import FOLDER, read

BROKEN = 2


@click.command("check", help=_("Periksa berkas definisi indikator dan tabel; sebut setiap kesalahan."))
@click.option("--folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help=_("folder dengan promised/ dan catalogue/; tanpa ini yang terpasang"))  # fmt: skip
def check(folder):
    found, reading = read(folder or FOLDER)
    wrong = mistakes(found, reading)
    for mistake in wrong:
        click.echo(_(mistake.message) % mistake.params, err=True)
    if wrong:
        click.echo(_("%(count)d kesalahan.") % {"count": len(wrong)}, err=True)
        sys.exit(BROKEN)
    click.echo(
        _("%(indicators)d indikator dan %(tables)d tabel tanpa kesalahan.")
        % {"indicators": len(found.indicators), "tables": len(found.tables)}
    )


@click.command("export", help=_("Cetak semua definisi dengan metadata Satu Data."))
@click.option("--json", "as_json", is_flag=True, required=True, help=_("sebagai JSON"))
def export(as_json):
    click.echo(json.dumps(book(catalogue()), ensure_ascii=False, indent=1))


command = click.Group("definitions", commands=[check, export])

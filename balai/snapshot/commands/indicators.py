import getpass
import json
from operator import itemgetter
from pathlib import Path

import click
import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import operator
from balai.indicators.commands.definitions import check, export
from balai.snapshot.actions import running
from balai.snapshot.rules.doubts import DOUBTS

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(name="indicators", help=_("Indikator: definisinya, dan hitungannya pada potret data keluarga."))
def command():
    pass


command.add_command(check)
command.add_command(export)


@command.command(help=_("Hitung semua indikator per desa sampai nasional pada potret satu bulan."))
@click.option("--snapshot", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True,
              help=_("folder potret satu bulan"))  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True,
              help=_("mesin hitung; hasilnya sama"))  # fmt: skip
@click.option("--master", default="local[*]", show_default=True, help=_("alamat Spark, bila mesinnya Spark"))
@click.option("--out", type=FOLDER, required=True, help=_("folder hasil"))
@click.option("--store", is_flag=True, help=_("simpan juga untuk halaman Balai"))
@click.option("--json", "as_json", is_flag=True, help=_("ringkasan sebagai JSON"))
def run(snapshot, engine, master, out, store, as_json):
    with tqdm(desc=_("Menghitung"), disable=None, leave=False) as bar:
        ran = running.run(
            folder=snapshot, out=out, engine=engine, master=master, progress=lambda done, _of: bar.update(done - bar.n)
        )
    stored = running.store(by=operator(getpass.getuser()), at=timezone.now(), out=out) if store else []
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(ran) | {"stored": sum(one.rows for one in stored)}))
    else:
        _tell(ran, out, stored)


def _tell(ran, out, stored):
    click.echo(
        _("%(rows)d baris angka dari %(families)d keluarga di %(kabupaten)d kabupaten tertulis di %(out)s.")
        % {"rows": ran.rows, "families": ran.families, "kabupaten": len(ran.kabupaten), "out": out}
    )
    if stored:
        click.echo(_("%(rows)d angka tersimpan untuk halaman Balai.") % {"rows": sum(one.rows for one in stored)})
    for name, rows in filter(itemgetter(1), ran.doubts.items()):
        click.echo(_("Diragukan: %(rows)d baris, %(why)s.") % {"rows": rows, "why": _(DOUBTS[name].said)})
    if ran.empty:
        click.echo(_("Tanpa keluarga, jadi tanpa angka: kabupaten %(codes)s.") % {"codes": ", ".join(ran.empty)})
    for what in sorted(set(ran.waits.values())):
        codes = ", ".join(code for code, waits in ran.waits.items() if waits == what)
        click.echo(_("Menunggu %(what)s: %(codes)s.") % {"what": what, "codes": codes})

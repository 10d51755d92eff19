"""`balai classify`: one month, one rule set, one CSV."""

import csv
import getpass
import io
import json
import os
import sys
import tempfile
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import operator
from balai.base.errors import NotValid
from balai.classification import actions
from balai.classification.models import Outcome
from balai.classification.rules import CLASSES, FIGURES, INDICATORS

HEADER = ("code", "name", "period", "rules", "input", "process", "output", "class", *INDICATORS)
STANDARD_OUTPUT = "-"


class Bar:
    """Progress on a terminal, nothing elsewhere."""

    def __init__(self):
        self.bar = None

    def __call__(self, done, of):
        self.bar = self.bar or tqdm(total=of, disable=not sys.stderr.isatty(), unit="", file=sys.stderr)
        self.bar.update(done - self.bar.n)
        if done == of:
            self.bar.close()


def hundredths(value):
    return "" if value is None else f"{value // 100}.{value % 100:02d}"


def table(rules, period, region):
    """Rows of the CSV, village after village."""
    for row in Outcome.objects.current(rules, period).within(region).named():
        village_class = CLASSES[row.village_class].name if row.village_class else ""
        indices = (row.input_index, row.process_index, row.output_index)
        yield (row.code, row.name, period, rules, *map(hundredths, indices), village_class,
               *row.scores.replace(".", " "))  # fmt: skip


def write(rows, stream):
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    written = 0
    for row in rows:
        writer.writerow([str(cell).strip() for cell in row])
        written += 1
    return written


def write_file(rows, path):
    """A reader never sees half a file: it is written beside its place and renamed."""
    path = Path(path)
    if not path.parent.is_dir():
        raise NotValid("Folder “%(folder)s” tidak ada.", folder=str(path.parent))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            written = write(rows, stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return written


@click.command(name="classify", help=_("Hitung kelas semua desa untuk satu bulan dan tulis hasilnya sebagai CSV."))
@click.option("--period", required=True, help=_("Bulan, TTTT-BB, misalnya 2025-11."))
@click.option("--rules", required=True, help=_("Kumpulan aturan: portal-2023 atau balai-2026."))
@click.option("--region", default="", help=_("Kode wilayah bertitik; tanpa ini seluruh Indonesia."))
@click.option("--out", required=True, help=_("Berkas CSV; “-” mencetak ke layar."))
@click.option("--figures", type=click.Choice(FIGURES), help=_("Angka yang dinilai; tanpa ini menurut aturannya."))
@click.option("--json", "as_json", is_flag=True, help=_("Cetak ringkasan sebagai JSON."))
def command(period, rules, region, out, figures, as_json):
    run = actions.classify(
        by=operator(getpass.getuser()), at=timezone.now(), period=period, rules=rules, region=region, figures=figures,
        progress=Bar(),
    )  # fmt: skip
    if not run.villages:
        raise NotValid(
            "Tidak ada desa dengan Kampung KB atau angka untuk %(period)s di wilayah %(region)s.",
            period=period, region=region or "Indonesia",
        )  # fmt: skip
    rows = table(rules, period, region)
    if out == STANDARD_OUTPUT:
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        write(rows, stream)
        stream.detach()
    else:
        write_file(rows, out)
    told(run, out, as_json)


def told(run, out, as_json):
    summary = {"period": run.period, "rules": run.rules, "version": run.rules_version, "figures": run.figures,
               "region": run.region, "villages": run.villages, "changed": run.changed, "out": out}  # fmt: skip
    if as_json:
        # With the table on standard output, the summary goes beside it.
        click.echo(json.dumps(summary), err=out == STANDARD_OUTPUT)
    elif out != STANDARD_OUTPUT:
        click.echo(_("%(villages)s desa dihitung, %(changed)s berubah. Hasil ada di %(out)s.") % summary)

import json
import re
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.synth.actions.writing import homes, write
from balai.synth.rules import Wanted

SHARE = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*%")


class Share(click.ParamType):
    name = "persen"

    def convert(self, value, param, ctx):
        if isinstance(value, float):
            return value
        found = SHARE.fullmatch(value.strip())
        if not found:
            self.fail(_("Tulis sebagai persen, misalnya 3%."), param, ctx)
        return float(found.group(1).replace(",", ".")) / 100


@click.command(help=_("Buat penduduk rekaan dengan susunan seperti yang nyata, sebagai berkas Parquet."))
@click.option("--region", required=True, help=_("kode wilayah, misalnya 16.05; desanya semua yang ada di bawahnya"))
@click.option("--families", type=click.IntRange(1), required=True, help=_("jumlah keluarga"))
@click.option("--seed", type=int, default=1, show_default=True, help=_("angka yang sama memberi penduduk yang sama"))
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help=_("hari pendataan; tanpa ini hari ini"))
@click.option("--dirt", type=Share(), default=0.0, help=_("bagian yang salah ketik, ganda, atau kosong, misalnya 3%"))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help=_("folder tujuan"))
@click.option("--json", "as_json", is_flag=True, help=_("hasil sebagai JSON"))
def command(region, families, seed, on, dirt, out, as_json):
    day = on.date() if on else timezone.localdate()
    wanted = Wanted(seed, day, homes(region, families, seed), dirt)
    with tqdm(total=families, desc=_("Menulis"), disable=None, leave=False) as bar:
        rows = write(out, wanted, progress=bar.update)
    if as_json:
        click.echo(json.dumps(rows))
    else:
        click.echo(
            _("%(families)d keluarga dan %(people)d orang rekaan di %(villages)d desa tertulis di %(out)s.")
            % {"families": rows["families"], "people": rows["members"], "villages": len(wanted.homes), "out": out}
        )

from pathlib import Path

import click
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from balai.base.errors import NotValid
from balai.intake.inputs.template import write_template
from balai.regions.models import Place


@click.group(help=_("Tulis lembar isian kosong (XLSX)."))
def command():
    pass


@command.command(help=_("Lembar profil Kampung KB: satu baris per desa, dengan pilihan dan petunjuk."))
@click.option("--region", help=_("kode wilayah yang desanya dituliskan, misalnya 76.05"))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def profile(region, out):
    villages = []
    if region:
        code = Place.objects.known(region).code
        villages = list(Place.objects.within(code).today().villages().order_by("code").values_list("code", "name"))
    try:
        write_template(out, villages, _)
    except FileCreateError as failure:
        raise NotValid("%(path)s tidak dapat ditulis: %(why)s", path=out, why=failure) from failure
    click.echo(_("Lembar profil tersimpan di %(out)s (%(n)d desa).") % {"out": out, "n": len(villages)})

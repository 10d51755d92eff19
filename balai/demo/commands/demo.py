import getpass
import json

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import operator
from balai.classification.rules import names
from balai.demo.actions import load_demo
from balai.demo.rules import story


@click.command(help=_("Muat data contoh rekaan empat kabupaten dan hitung kelasnya. Aman diulang."))
@click.option("--json", "as_json", is_flag=True, help=_("hasil sebagai JSON"))
def command(as_json):
    told = story()
    steps = len(told.kabupaten) * (1 + len(names())) + 1
    with tqdm(total=steps, desc=_("Data contoh"), disable=None, leave=False) as bar:
        counts = load_demo(by=operator(getpass.getuser()), at=timezone.now(), told=told, progress=bar.update)
    if as_json:
        click.echo(json.dumps({"written": counts is not None, **(counts or {})}))
    elif counts is None:
        click.echo(_("Data contoh sudah ada; tidak ada yang berubah."))
    else:
        click.echo(
            _(
                "Data contoh rekaan siap: %(villages)d desa, %(kampung_kb)d Kampung KB, %(answers)d jawaban, "
                "%(activities)d kegiatan, %(returns)d laporan bulanan."
            )
            % counts
        )

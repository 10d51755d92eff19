import getpass
import json
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import ROLES, operator
from balai.accounts.rules import codes, pins
from balai.classification.rules import names
from balai.demo.actions import MONTHS, load_demo, seat_visitor
from balai.demo.rules import story
from balai.demo.rules.visitors import VISITORS


@click.command(help=_("Muat data contoh rekaan empat kabupaten dan hitung kelasnya. Aman diulang."))
@click.option("--visitors", is_flag=True, help=_("buat jalan masuk baru untuk mencoba peran, dan sebutkan di sini"))
@click.option("--full", is_flag=True, help=_("sebanyak keluarga yang sebenarnya, bukan sebagian; lebih lama"))
@click.option("--json", "as_json", is_flag=True, help=_("hasil sebagai JSON"))
def command(visitors, full, as_json):
    if visitors:
        return _seat()
    told = story()
    steps = len(told.kabupaten) * (1 + len(names())) + 2 + MONTHS
    with (
        tqdm(total=steps, desc=_("Data contoh"), disable=None, leave=False) as bar,
        TemporaryDirectory(dir=settings.HOME) as folder,
    ):
        counts = load_demo(
            by=operator(getpass.getuser()), at=timezone.now(), told=told, folder=Path(folder),
            families=told.families_full if full else told.families, snapshots=settings.HOME / "snapshots",
            progress=bar.update,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps({"written": counts is not None, **(counts or {})}))
    elif counts is None:
        click.echo(_("Data contoh sudah ada; tidak ada yang berubah."))
    else:
        click.echo(
            _(
                "Data contoh rekaan siap: %(villages)d desa, %(kampung_kb)d Kampung KB, %(answers)d jawaban, "
                "%(activities)d kegiatan, %(returns)d laporan bulanan, %(families)d keluarga, %(people)d orang, "
                "%(figures)d angka indikator."
            )
            % counts
        )
    return None


def _seat():
    """Said here and nowhere else; a new call ends the former ways in."""
    click.echo(_("Masuk untuk mencoba peran (berlaku sampai perintah ini dijalankan lagi):"))
    for one in VISITORS:
        code, on_device = codes.drawn(secrets.choice), one.role in pins.DEVICE_ROLES
        password = "" if on_device else secrets.token_urlsafe(12)
        spare = seat_visitor(
            by=operator(getpass.getuser()), at=timezone.now(), visitor=one,
            code_hash=codes.digest(code, settings.SECRET_KEY), password=password,
        )  # fmt: skip
        title = _(ROLES[one.role].title)
        if on_device:
            line = _("  %(role)s: /perangkat/daftar, kode %(code)s, PIN pilihan Anda")
        else:
            line = _("  %(role)s: /masuk/, akun %(name)s, kata sandi %(password)s, kode kedua %(spare)s")
        click.echo(
            line % {"role": title, "name": one.username, "password": password, "spare": spare,
                    "code": codes.shown(code)}
        )  # fmt: skip

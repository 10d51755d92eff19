import os
import socket
from contextlib import nullcontext

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from balai.accounts.commands.accounts import new_setup_code
from balai.accounts.models import Account
from balai.base.errors import Refused
from balai.base.words import sentence
from balai.config import posture, working
from balai.config.checks import refuse_unsound

TOUR = {
    1: (sentence("Kabupaten Musi Rawas: kelas 199 desa, peta, dan siapa yang naik"), "/wilayah/16.05"),
    2: (sentence("Satu desa: kelasnya, yang menahannya, jalan ke kelas berikutnya"), "/desa/16.05.02.2001"),
    3: (sentence("Dua aturan kelas berdampingan"), "/aturan"),
}
THREADS = 4  # a worker's; reading pages wait for the database more than for the processor


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@click.command(help=_("Jalankan server web. Berhenti dengan Ctrl-C."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("alamat tempat mendengar"))
@click.option("--port", type=int, default=0, help=_("porta; 0 memilih yang bebas"))
@click.option("--tour", is_flag=True, help=_("sebut tiga hal untuk dilihat pada data contoh"))
@click.option("--workers", type=int, default=1, show_default=True, help=_("jumlah proses"))
@click.option("--no-worker", is_flag=True, help=_("tanpa proses latar; “balai worker” dijalankan sendiri"))
def command(host, port, tour, workers, no_worker):
    if not settings.SECRET_KEY_FILE.exists():
        raise Refused("Folder data %(home)s belum disiapkan. Jalankan “balai init” dahulu.", home=settings.HOME)
    refuse_unsound()
    posture.require_safe(host, lambda line: click.echo(line, err=True))
    call_command("collectstatic", verbosity=0, interactive=False)
    port = port or free_port()
    click.echo(_("Balai berjalan di http://%(host)s:%(port)d/ (Ctrl-C untuk berhenti)") % {"host": host, "port": port})
    if settings.HTTPS:
        click.echo(
            _("Alamat untuk orang: %(address)s (peladen depan meneruskannya ke sini)") % {"address": settings.ADDRESS}
        )
    os.environ["BALAI_WORKERS"] = str(workers)  # so that they share the hashes that may run at once
    for number, (what, page) in (TOUR if tour else {}).items():
        click.echo(f"  {number}. {_(what)}: http://{host}:{port}{page}")
    if not Account.objects.exists():
        click.echo(
            _("Belum ada akun. Buka http://%(host)s:%(port)d/persiapan dengan kode %(code)s (24 jam, sekali pakai)")
            % {"host": host, "port": port, "code": new_setup_code()}
        )
    connections.close_all()
    with nullcontext() if no_worker else working.beside():
        _listen(host, port, workers)


def _listen(host, port, workers):
    Granian(
        "balai.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=THREADS * 4,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()

"""`balai`: one console command; each sub-command is a thin door to an action and lives in its room's `commands/`."""

import gettext as clicks_own
import logging
import os
import sys
from importlib import import_module
from pathlib import Path

import click
import django
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext

from balai import __version__
from balai.base.errors import NotAllowed, NotValid, Problem, Refused
from balai.base.words import sentence
from balai.config.logs import masked

log = logging.getLogger(__name__)
COMMANDS = {
    "init": ("balai.config.commands.init", sentence("Siapkan folder data baru: kunci, basis data, wilayah.")),
    "serve": ("balai.config.commands.serve", sentence("Jalankan server web.")),
    "worker": ("balai.config.commands.worker", sentence("Jalankan pekerjaan latar: impor, unduhan besar.")),
    "check-posture": (
        "balai.config.commands.check_posture",
        sentence("Periksa apakah pemasangan ini aman; setiap kekurangan disebut cara memperbaikinya."),
    ),
    "keys": ("balai.vault.commands.keys", sentence("Kunci penyegel NIK dan nomor KK: keadaan dan penggantian.")),
    "accounts": ("balai.accounts.commands.accounts", sentence("Akun: undangan, kunci, faktor kedua, penugasan.")),
    "demo": ("balai.demo.commands.demo", sentence("Muat data contoh rekaan empat kabupaten.")),
    "synth": ("balai.synth.commands.synth", sentence("Buat penduduk rekaan sebagai berkas Parquet.")),
    "snapshot": (
        "balai.snapshot.commands.snapshot",
        sentence("Potret data keluarga per bulan dan kabupaten, tanpa nama dan nomor."),
    ),
    "indicators": ("balai.snapshot.commands.indicators", sentence("Hitung indikator pada potret data keluarga.")),
    "regions": ("balai.regions.commands.regions", sentence("Pohon wilayah: muat, cari, batas, nama lain.")),
    "import": ("balai.intake.commands.imports", sentence("Masukkan data dari berkas (SIGA, lembar profil).")),
    "template": ("balai.intake.commands.template", sentence("Tulis lembar isian kosong (XLSX).")),
    "privacy": ("balai.privacy.commands.privacy", sentence("Hak warga: masa simpan, penghapusan.")),
    "audit": ("balai.access.commands.audit", sentence("Jejak: periksa, segel, daftar orang terdampak kebocoran.")),
    "growth": ("balai.growth.commands.growth", sentence("Pertumbuhan anak: nilai z WHO bagi berkas pengukuran.")),
    "classify": ("balai.classification.commands.classify", sentence("Hitung kelas desa untuk satu bulan.")),
}
EXIT_CODES = {NotValid: 2, NotAllowed: 3, Refused: 4}
INTERRUPTED = 130
TAGLINE = sentence("Balai: dari kebutuhan keluarga sampai kelas Kampung KB yang dapat dijelaskan.")


LOCALE = Path(__file__).resolve().parent.parent / "locale"


def _speak(context, parameter, value):
    """Sets the language of our sentences and of click's own (which asks the environment)."""
    if value:
        translation.activate(value)
        os.environ["LANGUAGE"] = value


class Balai(click.Group):
    """Loads a command's module only when it is called, after the language is known."""

    def list_commands(self, ctx):
        return list(COMMANDS)

    def get_command(self, ctx, cmd_name):
        if cmd_name not in COMMANDS:
            return None
        return import_module(COMMANDS[cmd_name][0]).command

    def format_help_text(self, ctx, formatter):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(gettext(TAGLINE))

    def format_commands(self, ctx, formatter):
        with formatter.section(gettext("Perintah")):
            formatter.write_dl([(name, gettext(summary)) for name, (_module, summary) in COMMANDS.items()])


def _language_from_environment():
    return "en" if os.environ.get("BALAI_LANG", "").startswith("en") else "id"


@click.group(cls=Balai, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["id", "en"]), expose_value=False, is_eager=True, callback=_speak,
              help="Bahasa / language (BALAI_LANG)")  # fmt: skip
@click.version_option(__version__, prog_name="balai")
def balai():
    pass


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.config.settings")
    django.setup()
    clicks_own.bindtextdomain("messages", str(LOCALE))
    _speak(None, None, _language_from_environment())
    try:
        balai.main(standalone_mode=False)
    except Problem as problem:
        sentence = gettext(problem.message)
        click.echo(masked(sentence % problem.params if problem.params else sentence), err=True)
        sys.exit(next(code for kind, code in EXIT_CODES.items() if isinstance(problem, kind)))
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo(gettext("Dihentikan. Yang belum selesai tidak disimpan."), err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(mistake.exit_code)
    except (DatabaseError, CommandError) as failure:
        said = gettext("Basis data belum siap: %(why)s Jalankan “balai init”.") % {"why": failure}
        click.echo(masked(said), err=True)
        sys.exit(1)
    except Exception:  # the traceback goes through the mask of the log
        log.exception("command failed")
        click.echo(
            gettext("Perintah ini gagal karena kesalahan di Balai; rinciannya di atas. Data tetap utuh."), err=True
        )
        sys.exit(1)

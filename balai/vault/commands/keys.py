import secrets

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.access.rules import operator
from balai.base.errors import Refused
from balai.vault import actions
from balai.vault.models import SealedTexts, health
from balai.vault.rules import KEY_BYTES


def _who(name):
    return {"by": operator(name), "at": timezone.now()}


@click.group("keys", help=_("Kunci penyegel NIK dan nomor KK: keadaan dan penggantian. Orang dapat terus bekerja."))
def command():
    pass


@command.command(help=_("Kunci data baru; semua yang tersegel disegel ulang. Bila terputus, jalankan lagi."))
@click.option("--user", default="operator", help=_("nama Anda, untuk jejak"))
def rotate(user):
    with tqdm(unit=_("baris"), delay=1) as bar:
        swept = actions.rotate_data_keys(
            **_who(user), texts=[SealedTexts(*each) for each in settings.SEALED_TEXTS], told=_telling(bar)
        )
    _tell(swept)


@command.command("rotate-index", help=_("Kunci pencari baru; selama pergantian pencarian tetap menemukan semua."))
@click.option("--user", default="operator", help=_("nama Anda, untuk jejak"))
def rotate_index(user):
    with tqdm(unit=_("baris"), delay=1) as bar:
        swept = actions.rotate_index_key(
            **_who(user), folder=settings.KEYS, key=secrets.token_bytes(KEY_BYTES), told=_telling(bar)
        )
    _tell(swept)


@command.command("rotate-kek", help=_("Kunci pembungkus baru untuk kunci data; yang tersegel tidak disentuh."))
@click.option("--user", default="operator", help=_("nama Anda, untuk jejak"))
def rotate_kek(user):
    count = actions.rotate_kek(**_who(user), folder=settings.KEYS, key=secrets.token_bytes(KEY_BYTES))
    click.echo(_("%(count)d kunci data dibungkus ulang. Cadangkan folder kunci sekarang.") % {"count": count})


@command.command(help=_("Kunci apa yang ada, berapa baris disegel dengannya, dan apakah semua dapat dibuka."))
def status():
    state = health()
    click.echo(_("Pembungkus: %(name)s. Pencari: %(index)s.") % {"name": state.kek or "—", "index": state.index or "—"})
    if state.kept:
        click.echo(_("Kunci lama yang disimpan untuk cadangan lama: %(names)s.") % {"names": ", ".join(state.kept)})
    for number, kek, retired_at, opens in state.data_keys:
        words = {"number": number, "kek": kek, "state": _key_state(retired_at, opens)}
        click.echo(_("Kunci data %(number)d (pembungkus %(kek)s): %(state)s.") % words)
    for column, count, by_key, lost, opens in state.columns:
        words = {
            "column": column,
            "count": count,
            "keys": by_key,
            "lost": lost,
            "opens": _("ya") if opens else _("TIDAK"),
        }
        click.echo(
            _("%(column)s: %(count)d baris, menurut kunci %(keys)s; tidak dapat dicari %(lost)d; terbuka: %(opens)s.")
            % words
        )
    if not state.whole:
        raise Refused(
            "Sebagian data tersegel tidak dapat dibuka atau dicari dengan kunci yang ada di %(folder)s. "
            "Kembalikan folder “keys” dari cadangan kunci, lalu jalankan lagi.",
            folder=settings.KEYS,
        )


def _key_state(retired_at, opens):
    if not opens:
        return _("TIDAK DAPAT DIBUKA")
    return _("sudah diganti") if retired_at else _("dipakai")


def _telling(bar):
    return lambda done: bar.update(done - bar.n)


def _tell(swept):
    click.echo(_("%(count)d nilai disegel ulang. Cadangkan folder kunci sekarang.") % {"count": swept.done})
    if swept.closed:
        raise Refused(
            "%(count)d nilai tidak dapat dibuka dan dibiarkan seperti semula: %(which)s. Kembalikan dari cadangan.",
            count=len(swept.closed), which=", ".join(swept.closed[:5]),
        )  # fmt: skip

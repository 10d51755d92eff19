"""Whether this installation is safe enough to serve: each fault with its remedy. Asked at every start of the server."""

import ipaddress
import stat
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.db import DatabaseError, connection
from django.utils.translation import gettext

from balai.base.errors import Refused
from balai.base.words import sentence
from balai.config import posture_postgres, sqlite
from balai.vault.models import opens_all

SECRET_LENGTH, SECRET_LETTERS = 50, 20  # at least so many signs, so many of them different
ARGON2_KIB, ARGON2_PASSES = 19 * 1024, 2  # OWASP's least for Argon2id
LOCAL_NAMES = {"localhost", ""}
OTHERS, GROUP_AND_OTHERS = 0o007, 0o077


@dataclass(frozen=True)
class Fault:
    """`what` is wrong and the `remedy`: Indonesian sentences with places that `params` fill."""

    name: str
    what: str
    remedy: str
    params: dict = field(default_factory=dict)

    def told(self):
        return {"name": self.name, "what": self._say(self.what), "remedy": self._say(self.remedy)}

    def _say(self, text):
        said = gettext(text)
        return said % self.params if self.params else said


def is_local(host):
    """Whether only this machine can reach that address or name."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in LOCAL_NAMES


def _secret_key():
    key = settings.SECRET_KEY
    weak = len(key) < SECRET_LENGTH or len(set(key)) < SECRET_LETTERS or key.startswith("django-insecure")
    if weak or not settings.SECRET_KEY_FILE.exists():
        yield Fault(
            "secret-key",
            sentence("Kunci rahasia %(file)s tidak ada, terlalu pendek, atau bawaan."),
            sentence(
                "Hapus berkas itu bila ada, lalu jalankan “balai init”: kunci baru dibuat. Semua orang masuk lagi."
            ),
            {"file": settings.SECRET_KEY_FILE},
        )


def _debug():
    if settings.DEBUG:
        yield Fault(
            "debug",
            sentence("DEBUG menyala: halaman galat membuka isi server kepada siapa saja."),
            sentence("Hapus DEBUG dari setelan; Balai tidak memerlukannya."),
        )


def _key_files():
    paths = [settings.KEYS, *sorted(settings.KEYS.glob("*"))] if settings.KEYS.exists() else []
    for path in paths:
        if stat.S_IMODE(path.stat().st_mode) & GROUP_AND_OTHERS:
            yield Fault(
                "keys-readable",
                sentence("%(path)s dapat dibaca akun lain di server ini."),
                sentence(
                    "Jalankan: chmod %(mode)s %(path)s. "
                    "Bila mungkin sudah terbaca, ganti: balai keys rotate-kek, lalu rotate."
                ),
                {"path": path, "mode": "0700" if path.is_dir() else "0400"},
            )


def _home():
    home = settings.HOME
    if home.exists() and stat.S_IMODE(home.stat().st_mode) & OTHERS:
        yield Fault(
            "home-readable",
            sentence("Folder data %(path)s terbuka bagi semua akun di server ini."),
            sentence("Jalankan: chmod 0700 %(path)s"),
            {"path": home},
        )


def _database_file():
    name = settings.DATABASES["default"]["NAME"]
    path = Path(name)
    if connection.vendor != "sqlite" or not path.exists() or not _reached_by_all(path):
        return
    yield Fault(
        "database-readable",
        sentence("Basis data %(path)s dapat dibaca semua akun di server ini."),
        sentence("Jalankan: chmod 0600 %(path)s"),
        {"path": path},
    )


def _reached_by_all(path):
    ways_in = all(stat.S_IMODE(folder.stat().st_mode) & 0o001 for folder in path.resolve().parents)
    return ways_in and bool(stat.S_IMODE(path.stat().st_mode) & 0o004)


def _hosts():
    if "*" in settings.ALLOWED_HOSTS:
        yield Fault(
            "any-host",
            sentence("Balai menjawab untuk nama server apa saja (BALAI_HOSTS berisi “*”)."),
            sentence("Tulis nama server yang benar, misalnya BALAI_HOSTS=balai.contoh.go.id"),
        )


def _others_reach(listening):
    """Names under which others than this machine reach it."""
    return {host for host in (listening, *settings.ALLOWED_HOSTS) if host != "*" and not is_local(host)}


def _contact(listening):
    """Whoever asks about personal data must be told whom to ask."""
    if (_others_reach(listening) or settings.ADDRESS) and not settings.DATA_PROTECTION_CONTACT.strip():
        yield Fault(
            "no-contact",
            sentence("Warga tidak tahu kepada siapa bertanya tentang datanya: BALAI_CONTACT kosong."),
            sentence(
                "Tulis nama dan telepon pejabat pelindungan data, misalnya "
                "BALAI_CONTACT='Dinas PPKB Kabupaten Contoh, telepon 0733 000000'."
            ),
        )


def _https(listening):
    """Plain http only where nobody else can listen in."""
    names = _others_reach(listening)
    if (names or settings.ADDRESS) and not settings.HTTPS:
        yield Fault(
            "no-https",
            sentence("Tanpa HTTPS, kata sandi dan data keluarga lewat di jaringan secara terbuka (%(names)s)."),
            sentence("Pasang sertifikat di peladen depan, lalu tetapkan BALAI_ADDRESS=https://nama-server."),
            {"names": ", ".join(sorted(names)) or settings.ADDRESS},
        )
    elif settings.HTTPS and urlsplit(settings.ADDRESS).path:
        yield Fault(
            "address",
            sentence("BALAI_ADDRESS berisi lebih dari nama server: %(address)s."),
            sentence("Tulis hanya https://nama-server, tanpa garis miring dan lanjutannya."),
            {"address": settings.ADDRESS},
        )


def _cache():
    backend = settings.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1]
    if backend != "DatabaseCache":
        yield Fault(
            "cache",
            sentence("Singgahan “%(backend)s” tidak dipakai bersama: kode sekali pakai akan berlaku dua kali."),
            sentence("Pakai singgahan basis data (setelan CACHES dari Balai), lalu jalankan “balai init”."),
            {"backend": backend},
        )


def _hasher():
    hasher = get_hasher("default")
    if hasher.algorithm != "argon2" or hasher.memory_cost < ARGON2_KIB or hasher.time_cost < ARGON2_PASSES:
        yield Fault(
            "hasher",
            sentence("Kata sandi disimpan dengan cara yang mudah ditebak (%(name)s)."),
            sentence("Hapus PASSWORD_HASHERS dari setelan Anda: bawaan Balai memakai Argon2id."),
            {"name": hasher.algorithm},
        )


def _sqlite():
    if connection.vendor != "sqlite":
        return  # pragma: no cover  the suite's run on PostgreSQL goes here
    with connection.cursor() as cursor:
        version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    if mode == "wal" and sqlite.is_affected(tuple(int(part) for part in version.split("."))):
        yield Fault(
            "sqlite",
            sentence("SQLite %(version)s dapat merusak basis data dalam mode WAL."),
            sentence("Pakai lingkungan dari “make setup” (pysqlite3 0.6.1 membawa SQLite yang sudah diperbaiki)."),
            {"version": version},
        )


def _tables():
    if settings.CACHES["default"].get("LOCATION", "balai_cache") not in connection.introspection.table_names():
        yield Fault("tables", sentence("Tabel basis data belum lengkap."), sentence("Jalankan “balai init”."))
    elif not opens_all():
        yield Fault(
            "keys-missing",
            sentence("Basis data berisi data tersegel yang tidak dapat dibuka dengan kunci di %(folder)s."),
            sentence("Kembalikan folder “keys” dari cadangan kunci, lalu periksa dengan “balai keys status”."),
            {"folder": settings.KEYS},
        )


def _database():
    try:
        yield from _sqlite()
        yield from (Fault(*each) for each in posture_postgres.faults())
        yield from _tables()
    except DatabaseError:
        yield Fault(
            "database",
            sentence("Basis data belum siap atau tidak dapat dihubungi."),
            sentence("Periksa DATABASE_URL dan jalankan “balai init”."),
        )


def faults(listening="127.0.0.1"):
    """Everything wrong with this installation, were it to listen on that address."""
    found = [*_secret_key(), *_debug(), *_key_files(), *_home(), *_hosts(), *_https(listening),
             *_contact(listening), *_cache(), *_hasher()]  # fmt: skip
    return found + [*_database(), *_database_file()]


def require_safe(listening, say):
    """Says every fault with its remedy, then refuses; nothing when there is none."""
    found = [fault.told() for fault in faults(listening)]
    for fault in found:
        say(f"✗ {fault['name']}: {fault['what']}\n  → {fault['remedy']}")
    if found:
        raise Refused(
            "Balai tidak dijalankan: %(count)d hal belum aman. Perbaiki yang disebut di atas.", count=len(found)
        )

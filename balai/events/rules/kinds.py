"""Kinds of events, and the short codes of their details."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from balai.base.words import Labelled, sentence

EARLIEST = timedelta(days=130 * 366)  # nobody who lives remembers a day before that


class Kind(Labelled, StrEnum):
    BIRTH = "birth"
    DEATH = "death"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    MOVED_WITHIN = "moved_within"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    SPLIT = "split"
    MERGE = "merge"
    NEW_HEAD = "new_head"
    TAKEN_IN = "taken_in"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return _KINDS[self]

    @property
    def explained(self) -> str:
        """What the form of this kind is for, in one sentence."""
        return _EXPLAINED[self]


class NewHead(StrEnum):
    """Why a family has another head although the former one is still at home."""

    AWAY = "away"
    OLD = "old"
    AGREED = "agreed"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(one.value, _NEW_HEADS[one]) for one in cls]


_KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.BIRTH: sentence("Kelahiran"),
        Kind.DEATH: sentence("Kematian"),
        Kind.MOVED_IN: sentence("Pindah masuk"),
        Kind.MOVED_OUT: sentence("Pindah keluar"),
        Kind.MOVED_WITHIN: sentence("Pindah tempat"),
        Kind.MARRIAGE: sentence("Perkawinan"),
        Kind.DIVORCE: sentence("Perceraian"),
        Kind.SPLIT: sentence("Pisah keluarga"),
        Kind.MERGE: sentence("Gabung keluarga"),
        Kind.NEW_HEAD: sentence("Ganti kepala keluarga"),
        Kind.TAKEN_IN: sentence("Diasuh keluarga lain"),
        Kind.RETURNED: sentence("Datang kembali"),
    }
)
_EXPLAINED: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.BIRTH: sentence("Seorang bayi lahir dan tinggal dalam keluarga ini."),
        Kind.DEATH: sentence("Seorang anggota keluarga ini meninggal. Datanya tetap disimpan."),
        Kind.MOVED_IN: sentence("Seseorang dari luar register datang dan tinggal bersama keluarga ini."),
        Kind.MOVED_OUT: sentence("Seorang, beberapa, atau semua anggota pergi menetap di tempat lain."),
        Kind.MOVED_WITHIN: sentence("Seluruh keluarga pindah ke RT, dusun, atau desa lain di wilayah Anda."),
        Kind.MARRIAGE: sentence("Seorang anggota keluarga ini menikah dengan orang yang sudah ada di register."),
        Kind.DIVORCE: sentence("Suami dan istri dalam keluarga ini bercerai; salah satunya pergi."),
        Kind.SPLIT: sentence("Beberapa anggota membentuk keluarga sendiri."),
        Kind.MERGE: sentence("Semua anggota keluarga lain bergabung ke dalam keluarga ini."),
        Kind.NEW_HEAD: sentence("Kepala keluarga diganti, sedangkan kepala yang lama masih tinggal di sini."),
        Kind.TAKEN_IN: sentence("Seorang anggota pindah ke keluarga kerabat yang mengasuhnya; ibunya tetap tercatat."),
        Kind.RETURNED: sentence("Seseorang yang tercatat sudah pergi tinggal di sini lagi; catatannya dilanjutkan."),
    }
)
_NEW_HEADS: Mapping[NewHead, str] = MappingProxyType(
    {
        NewHead.AWAY: sentence("Bekerja atau tinggal jauh"),
        NewHead.OLD: sentence("Lanjut usia"),
        NewHead.AGREED: sentence("Kesepakatan keluarga"),
    }
)

# Kinds of which the list of a village gives the number of persons.
COUNTED = (Kind.BIRTH, Kind.DEATH, Kind.MOVED_IN, Kind.MOVED_OUT)
COUNTED_AS: Mapping[Kind, Kind] = MappingProxyType({Kind.RETURNED: Kind.MOVED_IN})

BIRTHPLACES: Mapping[str, str] = MappingProxyType(
    {
        "facility": sentence("Fasilitas kesehatan"),
        "home": sentence("Rumah"),
        "other": sentence("Tempat lain"),
    }
)
DEATHPLACES = BIRTHPLACES
# Where somebody who moved came from or went to.
FARTHER: Mapping[str, str] = MappingProxyType(
    {
        "village": sentence("Desa lain, kecamatan yang sama"),
        "district": sentence("Kecamatan lain, kabupaten yang sama"),
        "regency": sentence("Kabupaten atau kota lain, provinsi yang sama"),
        "province": sentence("Provinsi lain"),
        "abroad": sentence("Luar negeri"),
    }
)


def place_label(code: str) -> str:
    """Of a short code of place; a code that is not known stays as it is."""
    return {**BIRTHPLACES, **FARTHER}.get(code, code)

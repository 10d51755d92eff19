"""What a column can hold, and what the codes and words in it mean (`codes.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType

from balai.base.words import sentence


class Item(StrEnum):
    CARD = "card"
    NIK = "nik"
    NAME = "name"
    SEX = "sex"
    BORN_ON = "born_on"
    KIN = "kin"
    MARITAL = "marital"
    RELIGION = "religion"
    SCHOOLING = "schooling"
    STUDYING = "studying"
    WORK = "work"
    HEALTH_COVER = "health_cover"
    MOTHER = "mother"
    FATHER = "father"
    MOTHER_NIK = "mother_nik"
    FATHER_NIK = "father_nik"
    ADDRESS = "address"
    DUSUN = "dusun"
    RW = "rw"
    RT = "rt"
    LIFE = "life"
    SERIAL = "serial"

    @property
    def label(self) -> str:
        return LABELS[self]


class Kin(StrEnum):
    """To the head of the KK card, which may hold several families."""

    HEAD = "head"
    HUSBAND = "husband"
    WIFE = "wife"
    SPOUSE = "spouse"
    CHILD = "child"
    CHILD_IN_LAW = "child_in_law"
    GRANDCHILD = "grandchild"
    PARENT = "parent"
    PARENT_IN_LAW = "parent_in_law"
    KIN = "kin"
    SERVANT = "servant"
    OTHER = "other"


COUPLED = frozenset({Kin.HUSBAND, Kin.WIFE, Kin.SPOUSE})

LABELS: Mapping[Item, str] = MappingProxyType(
    {
        Item.CARD: sentence("Nomor KK"),
        Item.NIK: sentence("NIK"),
        Item.NAME: sentence("Nama"),
        Item.SEX: sentence("Jenis kelamin"),
        Item.BORN_ON: sentence("Tanggal lahir"),
        Item.KIN: sentence("Hubungan dengan kepala keluarga"),
        Item.MARITAL: sentence("Status perkawinan"),
        Item.RELIGION: sentence("Agama atau kepercayaan"),
        Item.SCHOOLING: sentence("Pendidikan"),
        Item.STUDYING: sentence("Pendidikan yang sedang ditempuh"),
        Item.WORK: sentence("Pekerjaan"),
        Item.HEALTH_COVER: sentence("Jaminan kesehatan"),
        Item.MOTHER: sentence("Nama ibu"),
        Item.FATHER: sentence("Nama ayah"),
        Item.MOTHER_NIK: sentence("NIK ibu"),
        Item.FATHER_NIK: sentence("NIK ayah"),
        Item.ADDRESS: sentence("Alamat"),
        Item.DUSUN: sentence("Dusun"),
        Item.RW: sentence("RW"),
        Item.RT: sentence("RT"),
        Item.LIFE: sentence("Hidup, meninggal, atau pindah"),
        Item.SERIAL: sentence("Nomor urut"),
    }
)
# Without these a row is nobody of the register.
NEEDED = (Item.NAME, Item.SEX, Item.KIN)
# Answers of block I of the survey, under the same names.
ANSWERS = (Item.MARITAL, Item.RELIGION, Item.SCHOOLING, Item.WORK, Item.HEALTH_COVER)
CODED = (Item.SEX, Item.KIN, *ANSWERS, Item.STUDYING, Item.LIFE)

_SIGNS = re.compile(r"[^0-9A-Z]")


def squeezed(text: str) -> str:
    """Capitals and digits alone: headings and words of codes are compared like this."""
    return _SIGNS.sub("", text.upper())


_DATA = tomllib.loads(files("balai.sheets.rules").joinpath("codes.toml").read_text(encoding="utf-8"))


def _value(text: str) -> int | str:
    return int(text) if text.isdigit() else text


# item -> scheme -> number in the file -> what it is here
NUMBERS: Mapping[str, Mapping[str, Mapping[int, int | str]]] = {
    item: {
        scheme: {int(number): value for number, value in codes.items()}
        for scheme, codes in known["number"].items()
        if scheme != "chosen"
    }
    for item, known in _DATA.items()
}
# item -> word -> what it is here
WORDS: Mapping[str, Mapping[str, int | str]] = {
    item: {word: _value(value) for value, words in known["word"].items() for word in words.split()}
    for item, known in _DATA.items()
}

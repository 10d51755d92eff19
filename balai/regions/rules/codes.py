"""Levels, kinds and codes of places."""

import re
from enum import IntEnum, StrEnum

CODE_LENGTH = 24  # 13 for a village; the rest for the places below it


class Level(IntEnum):
    PROVINCE = 1
    KABUPATEN = 2
    KECAMATAN = 3
    VILLAGE = 4
    BELOW = 5

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        return [(level.value, level.name.lower()) for level in cls]


class Kind(StrEnum):
    PROVINCE = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa_adat"


class BelowKind(StrEnum):
    """Kinds of place below the village."""

    DUSUN = "dusun"
    RW = "rw"
    RT = "rt"
    POSYANDU = "posyandu"
    DASA_WISMA = "dasa_wisma"


class ChangeKind(StrEnum):
    RECODED = "recoded"
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    ENDED = "ended"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.value) for kind in cls]


_OFFICIAL = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?", re.ASCII)
_UNDOTTED = re.compile(r"(\d{2})(?:(\d{2})(?:(\d{2})(\d{4})?)?)?", re.ASCII)

# The first digit of a village's four, by Permendagri 58/2021.
_VILLAGE_KINDS = {"1": Kind.KELURAHAN, "2": Kind.DESA, "3": Kind.DESA_ADAT}

_LETTERS = {
    BelowKind.DUSUN: "D",
    BelowKind.RW: "W",
    BelowKind.RT: "T",
    BelowKind.POSYANDU: "P",
    BelowKind.DASA_WISMA: "S",
}

# What may stand under what; "" is the village itself. In Java an RT stands under an RW under a dusun; elsewhere any
# of the steps may be missing.
_PARENTS = {
    BelowKind.DUSUN: {""},
    BelowKind.RW: {"", BelowKind.DUSUN},
    BelowKind.RT: {"", BelowKind.DUSUN, BelowKind.RW},
    BelowKind.POSYANDU: {"", BelowKind.DUSUN, BelowKind.RW},
    BelowKind.DASA_WISMA: {"", BelowKind.DUSUN, BelowKind.RW, BelowKind.RT},
}


def span(code: str) -> tuple[str, str]:
    """The half-open range of codes at or below `code`, of all codes for "": "/" follows ".", "~" ends."""
    return (code, code + "/") if code else ("", "~")


def level_of(code: str) -> Level:
    """The level of an official code with dots; ValueError for anything else."""
    if not _OFFICIAL.fullmatch(code):
        raise ValueError(code)
    return Level(code.count(".") + 1)


def parent_of(code: str) -> str:
    """'76.05.03' for '76.05.03.2024'; '' for a province."""
    return code.rpartition(".")[0]


def dotted(text: str) -> str | None:
    """'76.05.03.2024' for '7605032024', ' 76.05.03.2024 ' or '76-05-03-2024'; None for what is no official code."""
    digits = re.sub(r"[\s.\-]", "", text)
    found = _UNDOTTED.fullmatch(digits)
    return ".".join(part for part in found.groups() if part) if found else None


def code_start(text: str) -> str | None:
    """The dotted start of a code that somebody is typing: '76.05.0' for '76050'; None for what is no code."""
    typed = re.sub(r"[\s\-]", "", text)
    if re.fullmatch(r"[\d.]*\.[\d.]*", typed, re.ASCII) and typed[0] != ".":
        return typed.rstrip(".")
    if not re.fullmatch(r"\d{2,10}", typed, re.ASCII):
        return None
    return ".".join(part for part in (typed[:2], typed[2:4], typed[4:6], typed[6:]) if part)


def kind_of(code: str, name: str) -> str:
    """The kind of an official place. A village with a first digit not seen so far counts as desa."""
    level = level_of(code)
    if level is Level.VILLAGE:
        return _VILLAGE_KINDS.get(code[-4], Kind.DESA)
    if level is Level.KABUPATEN:
        return Kind.KOTA if name.upper().startswith("KOTA ") else Kind.KABUPATEN
    return Kind.PROVINCE if level is Level.PROVINCE else Kind.KECAMATAN


def below_code(village: str, kind: BelowKind, number: int) -> str:
    """'76.05.03.2024.T012': the code of the place of that kind and number below a village."""
    return f"{village}.{_LETTERS[kind]}{number:03d}"


def may_stand_under(kind: BelowKind, parent: str) -> bool:
    """Whether a place of `kind` may have a parent of kind `parent` ("" for the village)."""
    return parent in _PARENTS[kind]

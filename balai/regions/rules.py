"""Levels, kinds and codes of places: pure."""

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


_OFFICIAL = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


def span(code: str) -> tuple[str, str]:
    """The half-open range of codes at or below `code`: '/' is the character after '.'."""
    return code, code + "/"


def level_of(code: str) -> Level:
    """The level of an official code with dots; ValueError for anything else."""
    if not _OFFICIAL.fullmatch(code):
        raise ValueError(code)
    return Level(code.count(".") + 1)


def parent_of(code: str) -> str:
    """'76.05.03' for '76.05.03.2024'; '' for a province."""
    return code.rpartition(".")[0]

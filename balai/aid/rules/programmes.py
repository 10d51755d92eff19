"""Programmes of aid and services, as `programmes.toml` lists them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from balai.base.words import sentence

_OTHER = re.compile(r"[^a-z0-9]+")


class AidKind(StrEnum):
    CASH = "cash"
    FOOD = "food"
    NUTRITION = "nutrition"
    INSURANCE = "insurance"
    EDUCATION = "education"
    HOUSING = "housing"
    CAPITAL = "capital"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    AidKind.CASH: sentence("Uang tunai"),
    AidKind.FOOD: sentence("Pangan"),
    AidKind.NUTRITION: sentence("Gizi"),
    AidKind.INSURANCE: sentence("Jaminan kesehatan"),
    AidKind.EDUCATION: sentence("Pendidikan"),
    AidKind.HOUSING: sentence("Rumah, air, dan sanitasi"),
    AidKind.CAPITAL: sentence("Modal usaha"),
    AidKind.OTHER: sentence("Lainnya"),
}


class Level(StrEnum):
    """Who is named as the one who receives."""

    FAMILY = "family"
    PERSON = "person"
    ANY = "any"


@dataclass(frozen=True)
class Programme:
    code: str
    name_id: str
    name_en: str
    agency: int
    level: Level
    kind: AidKind
    source: str
    words: tuple[str, ...]
    once: bool = False

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id


@cache
def programmes() -> Mapping[str, Programme]:
    rows = tomllib.loads(files("balai.aid.rules").joinpath("programmes.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            code: Programme(
                code=code,
                name_id=row["name_id"],
                name_en=row["name_en"],
                agency=row["agency"],
                level=Level(row["level"]),
                kind=AidKind(row["kind"]),
                source=row["source"],
                words=tuple(row["words"]),
                once=row.get("once", False),
            )
            for code, row in rows.items()
        }
    )


def programme_of(written: str) -> str | None:
    """The code of the programme that a file means; None where it cannot be told, or two are meant alike."""
    text = _plain(written)
    if not text:
        return None
    named = {_plain(name): one.code for one in programmes().values() for name in _names(one)}
    if text in named:
        return named[text]
    within = {len(name): code for name, code in named.items() if f" {name} " in f" {text} "}
    return within[max(within)] if within else None


def _names(one: Programme) -> tuple[str, ...]:
    return one.code, one.name_id, *one.words


def _plain(text: str) -> str:
    return _OTHER.sub(" ", text.lower()).strip()

"""RT, RW and dusun of a village: how they are called, and how they stand under one another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from balai.base.words import sentence
from balai.regions.rules import BelowKind, search_form

TITLES = MappingProxyType(
    {BelowKind.RT: sentence("RT"), BelowKind.RW: sentence("RW"), BelowKind.DUSUN: sentence("Dusun")}
)
KINDS = tuple(TITLES)
WIDTH = 2  # digits of a number: RT 01


class Row(NamedTuple):
    """A place as it stands in the tree: `above` is a code."""

    code: str
    kind: str
    name: str
    above: str


@dataclass(frozen=True)
class Standing:
    """A place, the name of the one that it stands under, how many stand under it, and the families at home in it: in
    itself, and in all of it."""

    code: str
    kind: str
    name: str
    above: str
    below: int
    own: int
    families: int


def called(kind: str, written: str) -> str:
    """“3” is RT 03; a dusun is called as it was written. Nothing where neither number nor name was written."""
    words = written.split()
    if kind == BelowKind.DUSUN:
        return " ".join(words)
    title = kind.upper()
    if words and words[0].upper().rstrip(".") == title:
        words = words[1:]
    elif words and words[0].upper().startswith(title) and words[0][len(title) :].isdecimal():
        words[0] = words[0][len(title) :]
    if not search_form(" ".join(words)):
        return ""
    return " ".join([title, *(word.zfill(WIDTH) if word.isdecimal() else word for word in words)])


def standing(places: Iterable[Row], village: str, families: Mapping[str, int]) -> list[Standing]:
    """Each after the one that it stands under, by kind and name."""
    under: dict[str, list[Row]] = {}
    for one in places:
        under.setdefault(one.above, []).append(one)
    return list(_walked(under, village, "", families))


def _walked(under: Mapping[str, list[Row]], above: str, named: str, families: Mapping[str, int]) -> Iterator[Standing]:
    """Those under `above`, and those under them."""
    for one in sorted(under.get(above, ()), key=lambda row: (row.kind, row.name, row.code)):
        deeper = list(_walked(under, one.code, one.name, families))
        own = families.get(one.code, 0)
        whole = own + sum(told.own for told in deeper)
        yield Standing(one.code, one.kind, one.name, named, len(under.get(one.code, ())), own, whole)
        yield from deeper

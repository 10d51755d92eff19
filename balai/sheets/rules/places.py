"""RT, RW and dusun as lists write them, and the places below the village that they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from balai.regions.rules import search_form
from balai.sheets.rules.facts import Facts

KINDS = (("rt", "RT"), ("rw", "RW"), ("dusun", "Dusun"))


@dataclass(frozen=True, slots=True)
class Below:
    code: str
    kind: str
    name: str
    parent: str


def _number(text: str) -> str:
    """'RT 004', '004' and '4' are one; a name stays a name."""
    digits = "".join(sign for sign in text if sign.isdigit())
    return str(int(digits)) if digits else search_form(text).removeprefix("DUSUN ").strip()


class Places:
    """Those below one village."""

    def __init__(self, places: Iterable[Below]) -> None:
        self._by_code = {one.code: one for one in places}
        self._named: dict[tuple[str, str], list[Below]] = {}
        for one in self._by_code.values():
            self._named.setdefault((one.kind, _number(one.name)), []).append(one)

    def code_of(self, row: Facts) -> str:
        """The smallest place that the row names and that is there, once; nothing where none is."""
        for kind, _title in KINDS:
            told = getattr(row, kind)
            found = self._named.get((kind, _number(told)), []) if told else []
            fitting = [one for one in found if self._fits(one, row)] or found
            if len(fitting) == 1:
                return fitting[0].code
        return ""

    def _fits(self, place: Below, row: Facts) -> bool:
        above = self._by_code.get(place.parent)
        return above is not None and _number(getattr(row, above.kind, "")) == _number(above.name)

    def missing(self, row: Facts) -> list[str]:
        """What the row names and the village does not have yet: “RT 4”."""
        return [
            f"{title} {told}"
            for kind, title in KINDS
            if (told := getattr(row, kind)) and (kind, _number(told)) not in self._named
        ]


def with_place(address: str, missing: Iterable[str]) -> str:
    """The address, with what has no place of its own yet."""
    there = search_form(address)
    return ", ".join(filter(None, [address, *(part for part in missing if search_form(part) not in there)]))[:200]

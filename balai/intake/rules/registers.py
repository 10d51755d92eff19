"""The registers of `registers.toml`, and which of them a file holds: told by its columns, never by its name."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from balai.intake.rules.numbers import chosen, count, number

VILLAGE = ("PROVINSI", "KABUPATEN", "KECAMATAN", "KELURAHAN")
CODE = "KODE"
PERIOD_COLUMN = {"month": "BULAN", "half": "PERIODE"}
PLACE_COLUMNS = frozenset({*VILLAGE, CODE, "NO", "BULAN", "PERIODE"})

_OTHER_WORDS = {
    "KABUPATEN/KOTA": "KABUPATEN",
    "KAB/KOTA": "KABUPATEN",
    "KOTA/KABUPATEN": "KABUPATEN",
    "DESA": "KELURAHAN",
    "DESA/KELURAHAN": "KELURAHAN",
    "KELURAHAN/DESA": "KELURAHAN",
    "NAMA DESA": "KELURAHAN",
    "KODE KELURAHAN": "KODE",
    "KODE DESA": "KODE",
}
_SIGNS = re.compile(r"\s*([-/>])\s*")
_GAPS = re.compile(r"[\s_]+")


def heading(text: str) -> str:
    """A column heading in the form in which headings are compared."""
    form = _SIGNS.sub(r"\1", _GAPS.sub(" ", text.upper())).strip()
    return _OTHER_WORDS.get(form, form)


@dataclass(frozen=True)
class Column:
    heading: str
    key: str
    name_id: str
    name_en: str
    kind: str = "count"
    choices: tuple[str, ...] = ()

    def figure(self, text: str) -> int | float | None:
        """What the cell says; ValueError when it says nothing readable."""
        if self.kind == "count":
            return count(text)
        return number(text, decimal=True) if self.kind == "decimal" else chosen(text, self.choices)


@dataclass(frozen=True)
class Check:
    """..._sum: the first column is the others added. Any other: the last is at least the others added."""

    name: str
    keys: tuple[str, ...]

    @property
    def is_sum(self) -> bool:
        return self.name.endswith("_sum")


@dataclass(frozen=True)
class Register:
    key: str
    name_id: str
    name_en: str
    source: str
    period: str
    signature: tuple[tuple[str, ...], ...]
    checks: tuple[Check, ...]
    month: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Column]

    def lacks(self, headings: Iterable[str]) -> list[str]:
        """Columns that the file must have to be this register; alternatives joined by " / "."""
        present = set(headings)
        missing = [name for name in VILLAGE if name not in present]
        return missing + [" / ".join(either) for either in self.signature if present.isdisjoint(either)]


def _column(
    name: str, key: str, name_id: str, name_en: str, kind: str = "count", choices: Sequence[str] = ()
) -> Column:
    return Column(name, key, name_id, name_en, kind, tuple(choices))


def _register(key: str, fields: dict[str, object]) -> Register:
    columns = {
        heading(name): _column(heading(name), *about)
        for name, about in fields.get("columns", {}).items()  # type: ignore[attr-defined]
    }
    signature = tuple(
        tuple(map(heading, [entry] if isinstance(entry, str) else entry))
        for entry in fields["signature"]  # type: ignore[attr-defined]
    )
    return Register(
        key=key,
        name_id=str(fields["name_id"]),
        name_en=str(fields["name_en"]),
        source=str(fields["source"]),
        period=str(fields["period"]),
        signature=signature,
        checks=tuple(Check(name, tuple(keys)) for name, *keys in fields.get("checks", [])),  # type: ignore[attr-defined]
        month={name: tuple(keys) for name, keys in fields.get("month", {}).items()},  # type: ignore[attr-defined]
        columns=MappingProxyType(columns),
    )


@cache
def registers() -> Mapping[str, Register]:
    document = tomllib.loads(files("balai.intake").joinpath("registers.toml").read_text("utf-8"))
    return MappingProxyType({key: _register(key, fields) for key, fields in document.items()})


def recognise(headings: Sequence[str]) -> Register | None:
    """The register whose signature is complete; of several, the one that knows most of the columns."""
    named = {name for name in headings if name}
    if named - PLACE_COLUMNS == set():
        return None if registers()["villages"].lacks(named) else registers()["villages"]
    fitting = [one for one in registers().values() if one.signature and not one.lacks(named)]
    return max(fitting, key=lambda one: len(named & one.columns.keys()), default=None)


def nearest(headings: Sequence[str]) -> tuple[Register, list[str]]:
    """The register that shares most columns with the file, and what the file lacks to be it."""
    named = {name for name in headings if name}
    close = max(
        (one for one in registers().values() if one.signature),
        key=lambda one: (len(named & one.columns.keys()), -len(one.lacks(named))),
    )
    return close, close.lacks(named)

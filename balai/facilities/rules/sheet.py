"""A list of facilities as a file: its columns, and what a row means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from balai.base.words import Said, sentence
from balai.facilities.rules.facts import ADDRESS, NAME, SOURCE, Facts, faults, one_line
from balai.facilities.rules.kinds import WORDS, FacilityKind, Service

MOST_ROWS = 2000


class Column(StrEnum):
    KIND = "Jenis"
    NAME = "Nama"
    REGION = "Kode wilayah"
    ADDRESS = "Alamat"
    SERVICES = "Layanan"
    OUTSIDE = "Di luar desa"
    KILOMETRES = "Jarak (km)"
    MINUTES = "Waktu tempuh (menit)"
    LATITUDE = "Lintang"
    LONGITUDE = "Bujur"
    OPENED = "Melayani sejak"
    SOURCE = "Sumber"


REQUIRED = (Column.KIND, Column.NAME)
_HEADINGS = {
    "jenis fasilitas": Column.KIND, "nama fasilitas": Column.NAME, "kode": Column.REGION, "latitude": Column.LATITUDE,
    "longitude": Column.LONGITUDE, "jarak": Column.KILOMETRES, "waktu tempuh": Column.MINUTES,
    "buka sejak": Column.OPENED, **{column.value.lower(): column for column in Column},
}  # fmt: skip
# Field of a facility -> the column in which it stands.
COLUMN_OF: Mapping[str, str] = MappingProxyType(
    {
        "kind": Column.KIND.value, "name": Column.NAME.value, "region": Column.REGION.value,
        "address": Column.ADDRESS.value, "services": Column.SERVICES.value, "outside": Column.OUTSIDE.value,
        "travel_km": Column.KILOMETRES.value, "travel_minutes": Column.MINUTES.value,
        "latitude": Column.LATITUDE.value, "longitude": Column.LONGITUDE.value, "opened_on": Column.OPENED.value,
        "source": Column.SOURCE.value,
    }
)  # fmt: skip
_YES = frozenset({"ya", "y", "1", "true", "benar", "di luar"})


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.NEW: sentence("Baru"),
        Outcome.CHANGED: sentence("Berubah"),
        Outcome.SAME: sentence("Tidak berubah"),
        Outcome.REFUSED: sentence("Ditolak"),
    }
)


@dataclass(frozen=True)
class Read:
    """A row of the file: what it says, or why it is refused and in which column."""

    line: int
    facts: Facts | None
    name: str = ""
    column: str = ""
    said: Said | None = None


def headings(cells: Sequence[Any]) -> Mapping[Column, int]:
    """Where each column stands; KeyError names the first required one that is not there."""
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        column = _HEADINGS.get(one_line(str(cell or "")).lower())
        if column and column not in found:
            found[column] = place
    for column in REQUIRED:
        if column not in found:
            raise KeyError(column.value)
    return found


def read(line: int, cells: Sequence[Any], places: Mapping[Column, int], village: str, on: date) -> Read:
    """One row, entered on a day for a village."""
    given = {column: cells[place] if place < len(cells) else None for column, place in places.items()}
    name = one_line(str(given[Column.NAME] or ""))[:NAME]
    try:
        facts = _facts(given, name, village)
    except _Unreadable as problem:
        return Read(line, None, name, problem.column, problem.said)
    for field, said in faults(facts, on):
        return Read(line, None, name, COLUMN_OF[field], said)
    return Read(line, facts, name)


class _Unreadable(Exception):
    def __init__(self, column: Column, said: Said) -> None:
        super().__init__(column)
        self.column, self.said = column.value, said


def _facts(given: Mapping[Column, Any], name: str, village: str) -> Facts:
    kilometres, minutes = _number(given, Column.KILOMETRES), _number(given, Column.MINUTES)
    outside = _text(given, Column.OUTSIDE).lower() in _YES
    return Facts(
        kind=_kind(_text(given, Column.KIND)),
        name=name,
        region=_region(_text(given, Column.REGION), village),
        address=_text(given, Column.ADDRESS)[:ADDRESS],
        services=_services(_text(given, Column.SERVICES)),
        outside=outside or kilometres is not None or minutes is not None,
        travel_km=kilometres,
        travel_minutes=None if minutes is None else round(minutes),
        latitude=_number(given, Column.LATITUDE),
        longitude=_number(given, Column.LONGITUDE),
        opened_on=_day(given.get(Column.OPENED)),
        source=_text(given, Column.SOURCE)[:SOURCE],
    )


def _text(given: Mapping[Column, Any], column: Column) -> str:
    cell = given.get(column)
    return "" if cell is None else one_line(str(cell))


def _kind(text: str) -> str:
    """By its code, its label, or a word of it; "" for what is none."""
    low = text.lower()
    for one in FacilityKind:
        if low in (one.value, one.label.lower()):
            return one.value
    return WORDS[low].value if low in WORDS else ""


def _region(text: str, village: str) -> str:
    if text and text != village and not text.startswith(village + "."):
        raise _Unreadable(Column.REGION, Said("Kode ini bukan desa ini atau tempat di dalamnya. Betulkan."))
    return text or village


def _services(text: str) -> tuple[str, ...]:
    known = {one.value: one.value for one in Service} | {one.label.lower(): one.value for one in Service}
    found = [known.get(part.strip().lower()) for part in text.replace(",", ";").split(";") if part.strip()]
    named = tuple(one for one in found if one)
    if len(named) < len(found):
        raise _Unreadable(Column.SERVICES, Said("Ada layanan yang tidak dikenal. Pilih dari daftar pada templat."))
    return named


def _number(given: Mapping[Column, Any], column: Column) -> float | None:
    text = _text(given, column).replace(",", ".")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise _Unreadable(column, Said("“%(text)s” bukan angka.", {"text": text})) from None


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date) or cell is None:
        return cell
    text = one_line(str(cell)).replace("/", "-").replace(".", "-")
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month, day = numbers if len(parts[0]) == 4 else numbers[::-1]
        return date(year, month, day)
    except ValueError:
        raise _Unreadable(Column.OPENED, Said("Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-05-2019.")) from None

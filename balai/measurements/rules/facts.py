"""What is written down of one measuring of a child, and what cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from balai.base.words import Said, sentence
from balai.measurements.rules.limits import LAST_DAY
from balai.measurements.rules.typed import QUANTITIES, judged


class Position(StrEnum):
    LYING = "l"
    STANDING = "h"

    @property
    def label(self) -> str:
        return _POSITIONS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(one.value, one.label) for one in cls]


class Source(StrEnum):
    """How the row came."""

    FORM = "form"
    FILE = "file"
    INVENTED = "invented"

    @property
    def label(self) -> str:
        return _SOURCES[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(one.value, one.label) for one in cls]


_POSITIONS = {Position.LYING: sentence("Telentang"), Position.STANDING: sentence("Berdiri")}
_SOURCES = {
    Source.FORM: sentence("dicatat di formulir"),
    Source.FILE: sentence("dari berkas"),
    Source.INVENTED: sentence("data contoh rekaan"),
}


@dataclass(frozen=True)
class Facts:
    """`position` empty: not told, so what is usual at that age is taken. `oedema` None: nobody looked."""

    measured_on: date
    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    position: str = ""
    oedema: bool | None = None
    head_cm: Decimal | None = None
    muac_cm: Decimal | None = None


def faults(facts: Facts, born_on: date | None, today: date) -> Iterator[tuple[str, Said]]:
    """(field, what is wrong and what to do) of a child born on that day."""
    yield from _day_faults(facts.measured_on, born_on, today)
    told = {key: getattr(facts, key) for key in QUANTITIES}
    if not any(value is not None for value in told.values()):
        yield "weight_kg", Said("Isi paling sedikit satu ukuran: berat, panjang atau tinggi, kepala, atau lengan.")
    for key, value in told.items():
        said = None if value is None else judged(QUANTITIES[key], value).said
        if said:
            yield key, said
    if facts.position not in ("", *Position):
        yield "position", Said("Pilih telentang atau berdiri, atau kosongkan.")


def settled(facts: Facts) -> Facts:
    """As they are stored, of facts without faults: every number with all its decimals."""
    told = {key: getattr(facts, key) for key in QUANTITIES}
    exact: dict[str, Any] = {
        key: judged(QUANTITIES[key], value).value for key, value in told.items() if value is not None
    }
    return replace(facts, **exact)


def _day_faults(measured_on: date, born_on: date | None, today: date) -> Iterator[tuple[str, Said]]:
    if measured_on > today:
        yield "measured_on", Said("Tanggal ini belum terjadi. Periksa tahunnya.")
    elif born_on is None:
        yield "measured_on", Said("Tanggal lahir anak ini belum diisi. Lengkapi dahulu, supaya umurnya diketahui.")
    elif measured_on < born_on:
        yield "measured_on", Said("Tanggal ini sebelum anak lahir. Periksa tahunnya.")
    elif (measured_on - born_on).days > LAST_DAY:
        yield "measured_on", Said("Pada tanggal ini anak sudah 5 tahun. Di sini hanya balita yang dicatat.")

"""What is written down of a facility, and what cannot be."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from balai.base.words import Said
from balai.facilities.rules.kinds import FacilityKind, Service

NAME, ADDRESS, SOURCE = 120, 200, 120  # letters
FURTHEST, LONGEST = 500, 1440  # kilometres and minutes: what is more is a slip of the pen
# The national territory with its seas, in degrees, rounded outwards (BIG: 6°N to 11°S, 95°E to 141°E).
LATITUDES, LONGITUDES = (-11.5, 6.5), (94.5, 141.5)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Facts:
    """`region` is the village, or the place below it, that the facility serves; `outside`: it stands in another one."""

    kind: str
    name: str
    region: str
    address: str = ""
    services: tuple[str, ...] = ()
    outside: bool = False
    travel_km: float | None = None
    travel_minutes: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    opened_on: date | None = None
    source: str = ""


def one_line(text: str) -> str:
    """Composed, without signs that nobody sees, single spaces."""
    seen = ("" if unicodedata.category(sign) == "Cf" else sign for sign in text)
    kept = (" " if unicodedata.category(sign).startswith("C") else sign for sign in seen)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()


def faults(facts: Facts, on: date) -> Iterator[tuple[str, Said]]:
    """(field, what is wrong and what to do), of a facility as it is entered on a day."""
    yield from _named(facts)
    yield from _placed(facts)
    yield from _reached(facts)
    if facts.opened_on and facts.opened_on > on:
        yield "opened_on", Said("Tanggal ini belum terjadi. Periksa tahunnya.")


def _named(facts: Facts) -> Iterator[tuple[str, Said]]:
    if facts.kind not in set(FacilityKind):
        yield "kind", Said("Pilih jenis fasilitas.")
    if not facts.name:
        yield "name", Said("Tulis nama fasilitas, misalnya “Posyandu Melati”.")
    if set(facts.services) - set(Service):
        yield "services", Said("Ada layanan yang tidak dikenal. Pilih dari daftar.")


def _placed(facts: Facts) -> Iterator[tuple[str, Said]]:
    if (facts.latitude is None) != (facts.longitude is None):
        yield "latitude", Said("Isi lintang dan bujur keduanya, atau kosongkan keduanya.")
    if facts.latitude is not None and not LATITUDES[0] <= facts.latitude <= LATITUDES[1]:
        yield "latitude", Said("Lintang ini di luar Indonesia. Tulis misalnya -3,05.")
    if facts.longitude is not None and not LONGITUDES[0] <= facts.longitude <= LONGITUDES[1]:
        yield "longitude", Said("Bujur ini di luar Indonesia. Tulis misalnya 102,95.")


def _reached(facts: Facts) -> Iterator[tuple[str, Said]]:
    if not facts.outside and (facts.travel_km is not None or facts.travel_minutes is not None):
        yield (
            "outside",
            Said("Jarak dan waktu tempuh diisi untuk fasilitas di luar desa. Tandai bahwa letaknya di luar."),
        )
    if facts.travel_km is not None and not 0 <= facts.travel_km <= FURTHEST:
        yield "travel_km", Said("Jarak diisi 0 sampai 500 km.")
    if facts.travel_minutes is not None and not 0 <= facts.travel_minutes <= LONGEST:
        yield "travel_minutes", Said("Waktu tempuh diisi 0 sampai 1.440 menit.")


def same_name(one: str, other: str) -> bool:
    """Whether two names mean one facility: letters alone decide."""
    return letters(one) == letters(other)


def letters(name: str) -> str:
    """What a name is known by."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())

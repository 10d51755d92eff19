"""Numbers as people type them: a decimal comma, a unit behind, metres for centimetres, grams for kilograms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from balai.base.words import Said, sentence

TYPED = 12  # letters that a number may have, with its unit
NUMBER = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,4})?) ?[a-z]{0,3}", re.IGNORECASE)


@dataclass(frozen=True)
class Slip:
    """A number between `low` and `high` was meant in another unit: times `factor` it is right."""

    low: Decimal
    high: Decimal
    factor: Decimal
    asks: str


@dataclass(frozen=True)
class Quantity:
    """`step`: what the scale or the board can tell."""

    key: str
    unit: str
    low: Decimal
    high: Decimal
    step: Decimal
    beyond: str
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True)
class Typed:
    """`value` is what may be stored; `offered` what may have been meant where it may not; `said` what is wrong."""

    value: Decimal | None = None
    offered: Decimal | None = None
    said: Said | None = None


NO_NUMBER = sentence("Tulis angkanya saja, misalnya 8,6.")
TOO_FINE = sentence("Terlalu teliti: bulatkan ke %(step)s.")
_METRES = sentence("%(typed)s tampaknya dalam meter. Maksudnya %(offered)s cm?")
_MILLIMETRES = sentence("%(typed)s tampaknya dalam milimeter. Maksudnya %(offered)s cm?")
_GRAMS = sentence("%(typed)s tampaknya dalam gram. Maksudnya %(offered)s kg?")
_NO_COMMA = sentence("%(typed)s terlalu besar; komanya mungkin tertinggal. Maksudnya %(offered)s kg?")
_TENTH = Decimal("0.1")

# Weight and height: input limits of WHO's own program (domain dossier 6.2). Head and arm: those of WHO Anthro, not yet
# looked up again.
WEIGHT = Quantity(
    "weight_kg", "kg", Decimal("0.9"), Decimal(58), Decimal("0.01"),
    sentence("Berat balita antara %(low)s dan %(high)s kg. Periksa timbangan dan tulisannya."),
    (
        Slip(Decimal(900), Decimal(58000), Decimal("0.001"), _GRAMS),
        Slip(Decimal("58.01"), Decimal(580), _TENTH, _NO_COMMA),
    ),
)  # fmt: skip
HEIGHT = Quantity(
    "height_cm", "cm", Decimal(38), Decimal(150), _TENTH,
    sentence("Panjang atau tinggi balita antara %(low)s dan %(high)s cm. Periksa alat ukur dan tulisannya."),
    (
        Slip(Decimal("0.38"), Decimal("1.5"), Decimal(100), _METRES),
        Slip(Decimal(380), Decimal(1500), _TENTH, _MILLIMETRES),
    ),
)  # fmt: skip
HEAD = Quantity(
    "head_cm", "cm", Decimal(25), Decimal(64), _TENTH,
    sentence("Lingkar kepala balita antara %(low)s dan %(high)s cm. Periksa pitanya."),
    (Slip(Decimal(250), Decimal(640), _TENTH, _MILLIMETRES),),
)  # fmt: skip
MUAC = Quantity(
    "muac_cm", "cm", Decimal(6), Decimal(35), _TENTH,
    sentence("Lingkar lengan atas balita antara %(low)s dan %(high)s cm. Periksa pitanya."),
    (Slip(Decimal(60), Decimal(350), _TENTH, _MILLIMETRES),),
)  # fmt: skip
QUANTITIES: Mapping[str, Quantity] = MappingProxyType({one.key: one for one in (WEIGHT, HEIGHT, HEAD, MUAC)})


def read(quantity: Quantity, text: str) -> Typed:
    """Nothing typed is no value and no fault: what was not measured is missing."""
    text = " ".join(text.split())
    if not text:
        return Typed()
    found = NUMBER.fullmatch(text)
    if found is None:
        return Typed(said=Said(NO_NUMBER))
    return judged(quantity, Decimal(found[1].replace(",", ".")))


def judged(quantity: Quantity, number: Decimal) -> Typed:
    if not quantity.low <= number <= quantity.high:
        return _outside(quantity, number)
    value = number.quantize(quantity.step)
    if value != number:
        return Typed(said=Said(TOO_FINE, {"step": quantity.step}))
    return Typed(value)


def _outside(quantity: Quantity, number: Decimal) -> Typed:
    for slip in quantity.slips:
        if slip.low <= number <= slip.high:
            offered = (number * slip.factor).quantize(quantity.step)
            return Typed(offered=offered, said=Said(slip.asks, {"typed": number, "offered": plain(offered)}))
    return Typed(said=Said(quantity.beyond, {"low": quantity.low, "high": quantity.high}))


def plain(value: Decimal) -> Decimal:
    """Without zeros at the end: 86, not 86.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()

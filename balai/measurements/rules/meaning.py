"""What a measurement means in the words of the posyandu, and what follows from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from balai.base.words import Said, sentence
from balai.growth.rules import Gain
from balai.measurements.rules.results import Result

MONTH = 30.4375  # days
GAINS: Mapping[Gain, str] = MappingProxyType(
    {
        Gain.NONE: "",
        Gain.GAINED: sentence("naik"),
        Gain.NOT_GAINED: sentence("tidak naik"),
        Gain.ABSENT: sentence("bulan lalu tidak ditimbang"),
        Gain.FIRST: sentence("pertama kali ditimbang"),
    }
)


def age_of(age_days: int) -> Said:
    """In completed years and months, as people tell it."""
    months = int(age_days / MONTH)
    if months < 1:
        return Said("%(days)d hari", {"days": age_days})
    if months < 24:
        return Said("%(months)d bulan", {"months": months})
    if months % 12 == 0:
        return Said("%(years)d tahun", {"years": months // 12})
    return Said("%(years)d tahun %(months)d bulan", {"years": months // 12, "months": months % 12})


def same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def advice(result: Result, oedema: bool | None) -> Iterator[Said]:
    """Whom the posyandu sends on, and why (Buku KIA 2023): not gained, already the first time, below the red line,
    above the orange one; swollen feet at once."""
    if oedema:
        yield Said("Kedua kaki bengkak: bawa ke puskesmas hari ini juga.")
    if result.below_red:
        yield Said("Berat di bawah garis merah: rujuk ke puskesmas.")
    if result.above_orange:
        yield Said("Berat di atas garis oranye: rujuk ke puskesmas, supaya BB/TB-nya diperiksa.")
    if result.gain is Gain.NOT_GAINED:
        yield from _not_gained(result)
    if result.gain is Gain.ABSENT:
        yield Said("Bulan lalu tidak ditimbang, jadi naik atau tidaknya belum dapat dinilai.")
    if result.odd:
        yield Said("Ada nilai yang sangat jarang: ukur sekali lagi. Nilai itu tidak ikut dihitung.")


def _not_gained(result: Result) -> Iterator[Said]:
    told = {"gain": result.gain_g, "least": result.least_g}
    if result.twice:
        yield Said(
            "Berat dua kali berturut-turut tidak naik (2T): terakhir %(gain)s gram, seharusnya sedikitnya "
            "%(least)s gram. Rujuk ke puskesmas.", told,
        )  # fmt: skip
    else:
        yield Said(
            "Berat tidak naik (T): %(gain)s gram, seharusnya sedikitnya %(least)s gram. Rujuk ke puskesmas, sejak kali "
            "pertama.", told,
        )  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """Of the under-fives of a place in a month: S all, D weighed, N, T, O, B, and how many stand outside the card's
    lines or have a strange value."""

    children: int
    weighed: int
    gained: int
    not_gained: int
    absent: int
    first: int
    below_red: int
    above_orange: int
    odd: int

    @property
    def judged(self) -> int:
        """D': whose gain can be told."""
        return self.weighed - self.absent - self.first


def summed(children: int, weighed: Iterable[Result]) -> Sums:
    """`weighed`: the result of each child weighed this month."""
    results = list(weighed)
    kinds = [one.gain for one in results]
    return Sums(
        children, len(results), kinds.count(Gain.GAINED), kinds.count(Gain.NOT_GAINED), kinds.count(Gain.ABSENT),
        kinds.count(Gain.FIRST), sum(one.below_red for one in results), sum(one.above_orange for one in results),
        sum(bool(one.odd) for one in results),
    )  # fmt: skip

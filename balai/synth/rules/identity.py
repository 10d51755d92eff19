"""Names, numbers, days and addresses of the invented: nobody's. There is no province 00, so no number can be real."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from balai.synth.rules.margins import Bools, Ints, margins, names
from balai.synth.rules.people import FEMALE, MALE, Families, People, days

Texts = npt.NDArray[np.object_]
Days = npt.NDArray[np.datetime64]
SINGLE = 0.18  # share of people with one name only
PREFIXES = SERIALS = 9999  # numbers of places that fit after 00, and of people of a place and day
STEP = 7919  # shares no divisor with 9999


@dataclass(frozen=True)
class Identity:
    """One entry a person, but for `address`, `since` and `card`: one a family. "" and NaT where it is not known."""

    name: Texts
    born: Days
    nik: Texts
    address: Texts
    since: Days
    card: Texts


def identify(rng: np.random.Generator, families: Families, people: People, place: Ints, on: np.datetime64) -> Identity:
    """`place`: the number of each family's village; `on`: the day on which everybody has the age they have."""
    known, born = margins()["known"], on - days(people.age).astype("timedelta64[D]")
    area = place[people.family] % PREFIXES + 1
    nik = _numbers(area, _day_part(born, people.sex == FEMALE))
    count = len(families)
    since = on - rng.integers(200, 9000, count).astype("timedelta64[D]")
    issued = np.minimum(since + rng.integers(0, 4000, count).astype("timedelta64[D]"), on)
    card = _numbers(place % PREFIXES + 1, _day_part(issued, np.zeros(count, dtype=bool)))
    # a newborn has no number yet
    has_nik = (rng.random(len(people)) < known["nik"]) & (people.age > 0.2)
    return Identity(
        name=_names(rng, people),
        born=np.where(rng.random(len(people)) < known["birth_day"], born, np.datetime64("NaT")),
        nik=_known(nik, has_nik),
        address=_addresses(rng, count),
        since=since,
        card=_known(card, rng.random(count) < known["card"]),
    )


def _names(rng: np.random.Generator, people: People) -> Texts:
    found = np.empty(len(people), dtype=object)
    told, single = names(), rng.random(len(people)) < SINGLE
    for sex, first, last in ((MALE, "men", "last_men"), (FEMALE, "women", "last_women")):
        here = people.sex == sex
        size = int(here.sum())
        firsts = np.array(told[first], dtype=object)[rng.integers(len(told[first]), size=size)]
        lasts = np.array([f" {one}" for one in told[last]], dtype=object)[rng.integers(len(told[last]), size=size)]
        found[here] = firsts + np.where(single[here], "", lasts)
    return found


def _addresses(rng: np.random.Generator, count: int) -> Texts:
    streets = np.array([f"{street} " for street in names()["streets"]], dtype=object)
    houses = np.array([str(number) for number in range(1, 200)], dtype=object)
    address: Texts = streets[rng.integers(len(streets), size=count)] + houses[rng.integers(len(houses), size=count)]
    return address


def _day_part(born: Days, female: Bools) -> Ints:
    """DDMMYY as a number, the day of women raised by 40, as identity numbers carry it."""
    month = born.astype("datetime64[M]")
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    day = (born - month).astype(np.int64) + 1 + 40 * female
    months = month.astype(np.int64) % 12 + 1
    found: Ints = (day * 10_000 + months * 100 + year % 100).astype(np.int64)
    return found


def _numbers(area: Ints, day: Ints) -> Ints:
    """00 + area (4) + day (6) + serial (4): serials of one area and day differ, and say nothing of the order."""
    group = area * 1_000_000 + day
    sorting = np.argsort(group, kind="stable")
    lined = group[sorting]
    first = np.concatenate([[True], lined[1:] != lined[:-1]]) if len(lined) else np.zeros(0, dtype=bool)
    begins = np.maximum.accumulate(np.where(first, np.arange(len(lined)), 0))
    serial = np.empty(len(lined), dtype=np.int64)
    serial[sorting] = np.arange(len(lined)) - begins
    found: Ints = group * 10_000 + (serial * STEP + group * STEP) % SERIALS + 1
    return found


def _known(numbers: Ints, known: Bools) -> Texts:
    texts = np.char.zfill(numbers.astype("U14"), 16).astype(object)
    return np.where(known, texts, "")

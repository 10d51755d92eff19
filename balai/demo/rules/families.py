"""Invents families of a village: whose they are in the story nobody knows, so nobody is meant. Their numbers are ones
that no person can have: there is no province 00."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from balai.families.rules import PersonFacts, Relation, Sex

KABUPATEN = "16.05"
VILLAGES, EACH = 2, 20  # so many villages have families, so many each
YEAR = timedelta(days=365.25)
HAS_NIK, HAS_CARD, HAS_DAY = 0.85, 0.9, 0.95  # shares of people and families of whom it is known
MEN: Sequence[str] = (
    "Agus Salim",
    "Ahmad Fauzi",
    "Bambang",
    "Budi Santoso",
    "Darmawan",
    "Edi Susanto",
    "Hasan Basri",
    "Iskandar",
    "Joko Prasetyo",
    "M. Yusuf",
    "Rahmat Hidayat",
    "Ridwan",
    "Slamet",
    "Sutrisno",
    "Wahyudi",
    "Zainal Abidin",
)
WOMEN: Sequence[str] = (
    "Aminah",
    "Dewi Sartika",
    "Endang",
    "Fatimah",
    "Halimah",
    "Kartini",
    "Lestari",
    "Maryam",
    "Nurhayati",
    "Nur'aini",
    "Ratna Sari",
    "Rohani",
    "Siti Aisyah",
    "Sri Wahyuni",
    "Sumarni",
    "Yulianti",
)
BOYS: Sequence[str] = ("Aldi", "Bagas", "Dimas", "Fajar", "Galih", "Ilham", "Naufal", "Raka", "Reza", "Yoga")
GIRLS: Sequence[str] = ("Ayu", "Citra", "Dinda", "Intan", "Kirana", "Nabila", "Putri", "Salsabila", "Tiara", "Wulan")
STREETS: Sequence[str] = ("Jalan Melati", "Jalan Kenanga", "Jalan Poros", "Gang Mawar", "Lorong Masjid", "Dusun Lama")
KINDS = ("couple", "mother", "father", "alone")
SHARES = (0.8, 0.1, 0.03, 0.07)


@dataclass(frozen=True)
class InventedFamily:
    address: str
    since_on: date
    people: tuple[PersonFacts, ...]
    card: str


@dataclass
class _Pen:
    rng: np.random.Generator
    on: date
    serial: int

    def one(self, choices: Sequence[str]) -> str:
        return choices[int(self.rng.integers(len(choices)))]

    def number(self, share: float) -> str:
        """The next number of the range that nobody has, or none."""
        self.serial += 1
        return f"{self.serial:016d}" if self.rng.random() < share else ""

    def born(self, youngest: float, oldest: float) -> date:
        return self.on - float(self.rng.uniform(youngest, oldest)) * YEAR

    def person(self, name: str, sex: Sex, relation: Relation, born_on: date) -> PersonFacts:
        known = born_on if self.rng.random() < HAS_DAY else None
        return PersonFacts(name, sex.value, relation.value, known, self.number(HAS_NIK))


def invent_families(rng: np.random.Generator, on: date, first: int) -> Iterator[InventedFamily]:
    """The families of one village as of a day; their numbers begin after `first`."""
    pen = _Pen(rng, on, first)
    for house in range(EACH):
        kind = KINDS[int(rng.choice(len(KINDS), p=SHARES))]
        address = f"{pen.one(STREETS)} {house + 1}"
        yield InventedFamily(address, pen.born(0.6, 25), tuple(_people(pen, kind)), pen.number(HAS_CARD))


def _people(pen: _Pen, kind: str) -> Iterator[PersonFacts]:
    woman = pen.born(21, 48)
    if kind == "alone":
        sex, names = (Sex.MALE, MEN) if pen.rng.random() < 1 / 3 else (Sex.FEMALE, WOMEN)
        yield pen.person(pen.one(names), sex, Relation.HEAD, pen.born(58, 85))
        return
    if kind != "mother":
        yield pen.person(pen.one(MEN), Sex.MALE, Relation.HEAD, woman - float(pen.rng.uniform(-1, 7)) * YEAR)
    if kind != "father":
        relation = Relation.HEAD if kind == "mother" else Relation.SPOUSE
        yield pen.person(pen.one(WOMEN), Sex.FEMALE, relation, woman)
    oldest = (pen.on - woman) / YEAR - 19
    given: dict[Sex, list[str]] = {
        sex: list(pen.rng.permutation(choices)) for sex, choices in ((Sex.MALE, BOYS), (Sex.FEMALE, GIRLS))
    }
    least = 0 if kind == "couple" else 1
    for _ in range(int(pen.rng.integers(least, 4))):
        sex = Sex.MALE if pen.rng.random() < 1 / 2 else Sex.FEMALE
        yield pen.person(str(given[sex].pop()), sex, Relation.CHILD, pen.born(0, max(oldest, 1)))

"""What a person and a family may be, as the national form of 2021 checks it. Only what no true family can break is a
fault; the rest of its checks are warnings and come with the whole form."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from balai.base.errors import NotValid
from balai.base.words import Said
from balai.families.rules.codes import Relation, Sex
from balai.families.rules.limits import OLDEST

# Letters of any script, and the signs that stand in names: dot, comma, apostrophes, hyphen.
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .,'\u2019`-])*")
_SPACES = re.compile(r"\s+")
_SEXES, _RELATIONS = frozenset(Sex), frozenset(Relation)
FAMILY = -1  # where a fault belongs to the family and not to one of its people


@dataclass(frozen=True)
class PersonFacts:
    name: str
    sex: int
    relation: int
    born_on: date | None = None
    nik: str = ""  # 16 digits, or nothing


@dataclass(frozen=True)
class Fault:
    """Which of the people (FAMILY for all), which field, and what to do about it."""

    person: int
    field: str
    said: Said


def one_line(text: str) -> str:
    """Composed, without control characters, single spaces: what may be stored of something typed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    visible = (" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in text)
    kept = (sign for sign in visible if unicodedata.category(sign) not in {"Cf", "Cs", "Co", "Cn"})
    return _SPACES.sub(" ", unicodedata.normalize("NFC", "".join(kept))).strip()


def is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text))


def faults(people: Sequence[PersonFacts], on: date) -> Iterator[Fault]:
    """Of a family entered on a day, in the order of its people."""
    for number, one in enumerate(people):
        yield from (Fault(number, field, said) for field, said in of_person(one, on))
    heads = [number for number, one in enumerate(people) if one.relation == Relation.HEAD]
    spouses = [number for number, one in enumerate(people) if one.relation == Relation.SPOUSE]
    if not heads:
        yield Fault(FAMILY, "people", Said("Belum ada kepala keluarga. Pilih satu orang sebagai kepala keluarga."))
    yield from (Fault(number, "relation", ONE_HEAD) for number in heads[1:])
    yield from (Fault(number, "relation", ONE_SPOUSE) for number in spouses[1:])


def of_person(one: PersonFacts, on: date) -> Iterator[tuple[str, Said]]:
    """(field, what is wrong) of one person by itself."""
    if not is_name(one.name):
        yield "name", Said("Nama hanya berisi huruf, spasi, titik, koma, tanda petik, dan tanda hubung.")
    if one.sex not in _SEXES:
        yield "sex", Said("Pilih jenis kelamin.")
    if one.relation not in _RELATIONS:
        yield "relation", Said("Pilih hubungan dengan kepala keluarga.")
    if one.born_on and one.born_on > on:
        yield "born_on", Said("Tanggal lahir ini belum terjadi. Periksa tahunnya.")
    if one.born_on and on - one.born_on > OLDEST:
        yield "born_on", Said("Tanggal lahir ini lebih dari 130 tahun yang lalu. Periksa tahunnya.")


ONE_HEAD = Said("Kepala keluarga hanya satu. Pilih hubungan lain, atau catat sebagai keluarga tersendiri.")
ONE_SPOUSE = Said("Satu keluarga berisi satu pasangan. Pasangan lain dicatat sebagai keluarga tersendiri.")


def check(people: Sequence[PersonFacts], on: date) -> None:
    """Raises NotValid with the first fault."""
    for fault in faults(people, on):
        raise NotValid(fault.said.message, **fault.said.params)


def check_person(one: PersonFacts, on: date, others: Sequence[int]) -> None:
    """Raises NotValid where the person cannot be, or cannot be beside people of the relations `others`."""
    for _field, said in [*of_person(one, on), *beside(one.relation, others)]:
        raise NotValid(said.message, **said.params)


def beside(relation: int, others: Sequence[int]) -> Iterator[tuple[str, Said]]:
    """What is wrong with one more person of that relation in a family that has the `others`."""
    if relation == Relation.HEAD and Relation.HEAD in others:
        yield "relation", ONE_HEAD
    if relation == Relation.SPOUSE and Relation.SPOUSE in others:
        yield "relation", ONE_SPOUSE


def may_be_mother(child: date | None, mother_sex: int, mother: date | None) -> bool:
    """A woman, and not known to be the younger one."""
    return mother_sex == Sex.FEMALE and (child is None or mother is None or mother < child)

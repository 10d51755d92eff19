"""Families as they come in by the thousand: from a file, or from an invented population."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balai.base.words import Said
from balai.families.rules.codes import NoNik
from balai.families.rules.household import FAMILY, Fault, PersonFacts, faults, may_be_mother
from balai.families.rules.limits import ADDRESS_LETTERS, MOST_BIRTHS, NAME_LETTERS


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person of a Home. `mother` is another of the same home; `id` comes from the caller, so that what hangs on the
    person can be loaded beside it."""

    id: UUID
    name: str
    sex: int
    relation: int
    born_on: date | None = None
    nik: str = ""
    no_nik: str | None = None
    mother: UUID | None = None
    birth_order: int | None = None
    since_on: date | None = None

    @property
    def facts(self) -> PersonFacts:
        return PersonFacts(self.name, self.sex, self.relation, self.born_on, self.nik)


@dataclass(frozen=True, slots=True)
class Home:
    id: UUID
    region: str
    people: tuple[Newcomer, ...]
    address: str = ""
    since_on: date | None = None
    card: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    families: int
    people: int


FUTURE = Said("Tanggal ini belum terjadi. Periksa tahunnya.")
NOT_MOTHER = Said("Ibu dipilih dari perempuan dalam keluarga ini, yang lahir lebih dahulu.")
NIK_OR_REASON = Said("Alasan tidak ada NIK hanya diisi bila NIK memang tidak ada.")
TOO_LONG = Said("Isian ini terlalu panjang: nama paling banyak 120 tanda, alamat 200.")
ORDER = Said("Urutan kelahiran ialah angka 1 sampai 25.")
_NO_NIK = {None, *NoNik}


def faults_of_home(home: Home, on: date) -> Iterator[Fault]:
    """What cannot be in a home entered on a day: what a form refuses, and nothing more."""
    yield from faults([one.facts for one in home.people], on)
    if home.since_on and home.since_on > on:
        yield Fault(FAMILY, "since_on", FUTURE)
    if len(home.address) > ADDRESS_LETTERS:
        yield Fault(FAMILY, "address", TOO_LONG)
    by_id = {one.id: one for one in home.people}
    for number, one in enumerate(home.people):
        yield from (Fault(number, field, said) for field, said in identity_faults(one.nik, one.no_nik, one.birth_order))
        if len(one.name) > NAME_LETTERS:
            yield Fault(number, "name", TOO_LONG)
        if one.since_on and one.since_on > on:
            yield Fault(number, "since_on", FUTURE)
        if one.mother and not _is_mother(one, by_id.get(one.mother)):
            yield Fault(number, "mother", NOT_MOTHER)


def identity_faults(nik: str, no_nik: str | None, birth_order: int | None) -> Iterator[tuple[str, Said]]:
    """What is wrong with how somebody without a NIK is known."""
    if no_nik not in _NO_NIK or (nik and no_nik):
        yield "no_nik", NIK_OR_REASON
    if birth_order is not None and not 1 <= birth_order <= MOST_BIRTHS:
        yield "birth_order", ORDER


def _is_mother(child: Newcomer, mother: Newcomer | None) -> bool:
    return mother is not None and mother is not child and may_be_mother(child.born_on, mother.sex, mother.born_on)

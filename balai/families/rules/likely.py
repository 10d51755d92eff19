"""What is unlikely, but may be true after all: shown beside the person, never refused. The checks are those of the
national form (Pendataan Keluarga 2021, block I) that need no more than who is in the family."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from balai.base.words import Said, sentence
from balai.families.rules.codes import NoNik, Relation, Sex

HEAD_FROM = 6  # years: a child alone may be the head of a family
MOTHER_FROM, MOTHER_TO = 12, 55  # years at a birth
CHILD_TO = 40  # years: an older child usually has a family of its own
MARRIED_FROM = 10
AT_BIRTH = sentence("Ibu berumur %(years)d tahun ketika anak ini lahir. Periksa kedua tanggal lahir.")


def age(born_on: date, on: date) -> int:
    """Completed years on a day; one born on 29 February turns a year older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


@dataclass(frozen=True)
class Member:
    """What is known of somebody of a family, as the checks need it. `key` names the person."""

    key: object
    sex: int
    relation: int
    born_on: date | None = None
    mother: object = None
    no_nik: str | None = None
    has_nik: bool = False
    is_sound: bool = True  # the NIK, where there is one


def unlikely(people: Sequence[Member], on: date) -> Iterator[tuple[object, Said]]:
    """(whose, what to look at), in the order of the people."""
    by_key = {one.key: one for one in people}
    head = next((one for one in people if one.relation == Relation.HEAD), None)
    for one in people:
        yield from ((one.key, said) for said in _alone(one, on))
        yield from ((one.key, said) for said in _beside(one, head, by_key.get(one.mother)))


def _alone(one: Member, on: date) -> Iterator[Said]:
    years = age(one.born_on, on) if one.born_on else None
    if years is not None and one.relation == Relation.HEAD and years < HEAD_FROM:
        yield Said("Kepala keluarga berumur di bawah 6 tahun. Periksa tanggal lahir atau hubungannya.")
    if years is not None and one.relation == Relation.SPOUSE and years < MARRIED_FROM:
        yield Said("Suami/istri berumur di bawah 10 tahun. Periksa tanggal lahir atau hubungannya.")
    if years is not None and one.relation == Relation.CHILD and years > CHILD_TO:
        yield Said("Anak berumur di atas 40 tahun. Bila sudah kawin, catat sebagai keluarga tersendiri.")
    if not one.has_nik and one.no_nik is None:
        yield Said("NIK belum diisi dan alasannya belum dicatat.")
    if one.has_nik and not one.is_sound:
        yield Said("Susunan angka NIK-nya tidak lazim. Cocokkan dengan KTP atau kartu keluarganya.")
    if years and one.no_nik == NoNik.NEWBORN:
        yield Said("Dicatat sebagai bayi baru lahir, padahal sudah lebih dari satu tahun. Tanyakan NIK-nya.")


def _beside(one: Member, head: Member | None, mother: Member | None) -> Iterator[Said]:
    if head and one.relation == Relation.SPOUSE and one.sex == head.sex:
        yield Said("Suami dan istri tercatat berjenis kelamin sama. Periksa keduanya.")
    if mother and one.born_on and mother.born_on:
        years = age(mother.born_on, one.born_on)
        if not MOTHER_FROM <= years <= MOTHER_TO:
            yield Said(
                "Ibu berumur %(years)d tahun ketika anak ini lahir. Periksa kedua tanggal lahir.", {"years": years}
            )
    if mother and one.relation == Relation.CHILD and not _is_wife(mother, head):
        yield Said("Ibu yang dipilih bukan istri kepala keluarga. Periksa pilihannya.")


def _is_wife(mother: Member, head: Member | None) -> bool:
    return mother is head or (mother.relation == Relation.SPOUSE and mother.sex == Sex.FEMALE)

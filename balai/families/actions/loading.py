"""Families by the thousand, each held to what a form holds one to."""

from dataclasses import replace
from itertools import islice
from uuid import uuid4

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid
from balai.families import rules
from balai.families.actions.writing import day, known_number
from balai.families.models import VILLAGE_CODE, Family, IdentityNumber, Person, pour
from balai.families.rules import NumberKind
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.vault.models import blind_all, keyring

DIGITS = 16
OF_FAMILY = ("region", "address", "since_on", "invented")
OF_PERSON = ("name", "sex", "relation", "born_on", "no_nik", "birth_order", "since_on")


@transaction.atomic
def load_families(*, by, at, homes, source, batch=None, progress=None):
    """All of them or none. `source` says where they come from, `batch` of which import; `progress` is told how many
    families are in. The trail gets an entry for each village and thousand."""
    if by.role.assigned:
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")
    told = {"by": by, "at": at, "source": source, "batch": batch}
    known, families, people = set(), 0, 0
    for chunk in _chunks(homes):
        _open_regions(by, {home.region for home in chunk}, known)
        kept = [_checked(home, families + number, day(at)) for number, home in enumerate(chunk, 1)]
        _write(kept, made_at=at, made_by=by.name)
        _tell(kept, **told)
        families, people = families + len(kept), people + sum(len(home.people) for home in kept)
        if progress:
            progress(families)
    return rules.Loaded(families, people)


def _chunks(homes):
    homes = iter(homes)
    while chunk := list(islice(homes, rules.HOMES_AT_ONCE)):
        yield chunk


def _open_regions(by, regions, known):
    """Every place is asked for once: may `by` write there, and can a family be at home there?"""
    new = regions - known
    for region in sorted(new):
        require(by, Permission.FAMILY_EDIT, region)
    there = Place.objects.today().filter(pk__in=new, level__gte=Level.VILLAGE).values_list("pk", flat=True)
    for region in sorted(new - set(there)):
        raise NotValid("Tempat %(code)s bukan desa, kelurahan, atau tempat di bawahnya.", code=region)
    known |= new


def _checked(home, number, on):
    """The home as it is stored; NotValid names it by its number in the list, and the person."""
    given = tuple(map(_as_stored, home.people))
    home = replace(home, people=given, address=rules.one_line(home.address), card=_digits(home.card))
    for fault in rules.faults_of_home(home, on):
        if fault.person == rules.FAMILY:
            raise NotValid("Keluarga ke-%(family)d: %(said)s", family=number, said=fault.said)
        raise NotValid(
            "Keluarga ke-%(family)d, orang ke-%(person)d: %(said)s",
            family=number, person=fault.person + 1, said=fault.said,
        )  # fmt: skip
    return home


def _as_stored(one):
    name, nik = rules.one_line(one.name), _digits(one.nik)
    return one if (name, nik) == (one.name, one.nik) else replace(one, name=name, nik=nik)


def _digits(written):
    plain = len(written) == DIGITS and written.isascii() and written.isdigit() and written != rules.UNKNOWN_NIK
    return written if plain or not written else known_number(written)


def _write(homes, **made):
    people = [(home, one) for home in homes for one in home.people]
    named = {name: [getattr(home, name) for home in homes] for name in OF_FAMILY}
    pour(Family, {"id": [home.id for home in homes]} | named, **made)
    named = {name: [getattr(one, name) for _home, one in people] for name in OF_PERSON}
    keys = {
        "id": [one.id for _home, one in people], "family_id": [home.id for home, _one in people],
        "mother_id": [one.mother for _home, one in people], "region": [home.region for home, _one in people],
    }  # fmt: skip
    heard = [rules.sound_columns(one.name) for _home, one in people]
    sounded = {column: [one[column] for one in heard] for column in rules.SOUND_COLUMNS}
    pour(Person, keys | named | sounded, **made)
    cards = [(home, None, home.card) for home in homes if home.card]
    _write_numbers(cards + [(home, one.id, one.nik) for home, one in people if one.nik], **made)


def _write_numbers(held, **made):
    texts = {uuid4(): number for _home, _person, number in held}
    columns = {
        "id": list(texts),
        "kind": [NumberKind.NIK.value if person else NumberKind.KK.value for _home, person, _number in held],
        "family_id": [home.id for home, _person, _number in held],
        "person_id": [person for _home, person, _number in held],
        "region": [home.region for home, _person, _number in held],
        "sealed": keyring().sealed_all(texts, IdentityNumber._meta.db_table, "sealed"),
        "blind": blind_all(texts.values()),
    }
    pour(IdentityNumber, columns, **made)


def _tell(homes, *, by, at, source, batch):
    villages = {}
    for home in homes:
        villages.setdefault(home.region[:VILLAGE_CODE], []).append(home)
    for village, there in sorted(villages.items()):
        record(
            by=by, at=at, deed="family.load", subject=batch or village, region=village,
            detail={"source": source, "families": len(there), "people": sum(len(home.people) for home in there)},
            subjects=[home.id for home in there],
        )  # fmt: skip

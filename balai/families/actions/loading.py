"""Families by the thousand, each held to what a form holds one to."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice

from django.db import transaction

from balai.access.actions import record
from balai.access.models import growing_keys, pour
from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid
from balai.base.memory import uncollected
from balai.families import rules
from balai.families.actions.writing import day, known_number
from balai.families.models import VILLAGE_CODE, Family, IdentityNumber, Person
from balai.families.rules import NumberKind
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.vault.models import blind_all, keyring

DIGITS = 16
NUMBERS = 20  # of a family: those of the next grow from there
OF_FAMILY = ("id", "region", "address", "since_on", "invented")
OF_PERSON = ("id", "name", "sex", "relation", "born_on", "no_nik", "birth_order", "since_on")


@transaction.atomic
@uncollected()
def load_families(*, by, at, homes, source, batch=None, progress=None):
    """All of them or none. `source` says where they come from, `batch` of which import; `progress` is told how many
    families are in. The trail gets an entry for each village and thousand."""
    if by.role.assigned:
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")
    families, people = 0, 0
    for written, columns in _ready_ahead(by, at, homes):
        for model, values in columns.items():
            pour(model, values, made_at=at, made_by=by.name)
        _tell(written, by=by, at=at, source=source, batch=batch)
        families, people = families + len(written), people + sum(len(home.people) for home in written)
        if progress:
            progress(families)
    return rules.Loaded(families, people)


def _ready_ahead(by, at, homes):
    """(homes, {model: columns}) by the thousand: while the database writes some, the next are checked and sealed."""
    known, ring, begun, waiting = set(), keyring(), 0, None
    with ThreadPoolExecutor(1) as beside:
        for chunk in _chunks(homes):
            _open_regions(by, {home.region for home in chunk}, known)
            ahead = beside.submit(_ready, chunk, begun, at, ring)
            if waiting:
                yield waiting.result()
            waiting, begun = ahead, begun + len(chunk)
        if waiting:
            yield waiting.result()


def _ready(homes, begun, at, ring):
    on = day(at)
    kept = [_checked(home, number, on) for number, home in enumerate(homes, begun + 1)]
    people = [(home, one) for home in kept for one in home.people]
    return kept, {
        Family: _columns(kept, OF_FAMILY),
        Person: _of_people(people),
        IdentityNumber: _of_numbers(kept, people, ring, at, begun),
    }


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


def _of_people(people):
    newcomers = [one for _home, one in people]
    return {
        "family_id": [home.id for home, _one in people], "region": [home.region for home, _one in people],
        "mother_id": [one.mother for one in newcomers],
        **_columns(newcomers, OF_PERSON),
        **_sounded(newcomers),
    }  # fmt: skip


def _columns(rows, names):
    return {name: [getattr(row, name) for row in rows] for name in names}


def _sounded(newcomers):
    heard = [rules.sound_columns(one.name) for one in newcomers]
    return {column: [one[column] for one in heard] for column in rules.SOUND_COLUMNS}


def _of_numbers(homes, people, ring, at, begun):
    cards = [(home, None, home.card) for home in homes if home.card]
    held = cards + [(home, one.id, one.nik) for home, one in people if one.nik]
    keys = growing_keys(at, begun * NUMBERS, len(held))
    texts = dict(zip(keys, (number for _home, _person, number in held), strict=True))
    return {
        "id": list(texts),
        "kind": [NumberKind.NIK.value if person else NumberKind.KK.value for _home, person, _number in held],
        "family_id": [home.id for home, _person, _number in held],
        "person_id": [person for _home, person, _number in held],
        "region": [home.region for home, _person, _number in held],
        "sealed": ring.sealed_all(texts, IdentityNumber._meta.db_table, "sealed"),
        "blind": blind_all(texts.values()),
        "is_sound": [rules.is_sound(number) if person else None for _home, person, number in held],
    }


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

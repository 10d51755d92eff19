"""The official tree and the other names of its places."""

from django.db import connection, transaction
from django.utils import timezone

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.regions import inputs, rules
from balai.regions.models import Change, Place, PlaceAlias

# Django's bulk_create is five times slower here: it splits 91,599 rows into statements of 90.
INSERT_PLACE = """
    INSERT INTO regions_place (code, level, kind, name, search_name, parent_id, source)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


@transaction.atomic
def load_places(*, by, at, places=None, aliases=None, source=inputs.SOURCE, progress=iter):
    """Brings the tree up to the packaged one (or to `places`: pairs of code and name, parents first).

    Places that are there keep their row; a name that differs becomes a dated change, the former name an alias. A place
    that the package lacks stays as it is and is counted as `missing`: only a file of changes says what became of it.
    """
    require(by, Permission.REGIONS_LOAD)
    wanted = dict(progress(inputs.packaged_places() if places is None else places))
    standing = dict(Place.objects.official().values_list("code", "name"))
    added = _insert_places([pair for pair in wanted.items() if pair[0] not in standing], source)
    renamed = {code: name for code, name in wanted.items() if standing.get(code, name) != name}
    _rename(renamed, on=timezone.localtime(at).date(), source=source)
    known = inputs.packaged_aliases() if aliases is None else aliases
    named = _insert_aliases([alias for alias in known if alias[0] in wanted])
    in_force = set(Place.objects.official().today().values_list("code", flat=True))
    counts = {
        "places": len(in_force),
        "added": added,
        "changed": len(renamed),
        "aliases": named,
        "missing": len(in_force - wanted.keys()),
    }
    if added or renamed or named:
        record(by=by, at=at, deed="regions.load", subject=source, detail=counts)
    return counts


def _insert_places(pairs, source):
    rows = [
        (
            code,
            rules.level_of(code).value,
            str(rules.kind_of(code, name)),
            name,
            rules.search_form(name),
            rules.parent_of(code) or None,
            source,
        )
        for code, name in pairs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_PLACE, rows)
    return len(rows)


def _rename(names, *, on, source):
    places = list(Place.objects.filter(pk__in=names))
    former = [(place.code, place.name, place.source) for place in places]
    Change.objects.bulk_create(
        [
            Change(
                kind=rules.ChangeKind.RENAMED,
                on=on,
                old=place,
                new=place,
                old_name=place.name,
                new_name=names[place.code],
                certain=True,
                source=source,
            )
            for place in places
        ],
        ignore_conflicts=True,
    )
    for place in places:
        place.name, place.search_name, place.source = names[place.code], rules.search_form(names[place.code]), source
    Place.objects.bulk_update(places, ["name", "search_name", "source"], batch_size=200)
    _insert_aliases(former)


def _insert_aliases(aliases):
    """Adds those (code, name, source) that say something new; returns how many."""
    codes = {code for code, _name, _source in aliases}
    taken = set(Place.objects.filter(pk__in=codes).values_list("code", "search_name"))
    taken |= set(PlaceAlias.objects.filter(place__in=codes).values_list("place", "search_name"))
    fresh = {}
    for code, name, source in aliases:
        key = (code, rules.search_form(name))
        if key not in taken:
            fresh.setdefault(key, PlaceAlias(place_id=code, name=name, search_name=key[1], source=source))
    PlaceAlias.objects.bulk_create(fresh.values())
    return len(fresh)


@transaction.atomic
def add_alias(*, by, at, code, name, source):
    """Gives a place another name by which it is found. A name that it has already changes nothing."""
    require(by, Permission.REGIONS_EDIT, code)
    place = Place.objects.known(code)
    if not rules.search_form(name):
        raise NotValid("Nama lain “%(name)s” tidak berisi huruf atau angka.", name=name)
    added = _insert_aliases([(place.code, " ".join(name.split()), source)])
    if added:
        record(by=by, at=at, deed="regions.alias", subject=place.code, region=place.code, detail={"name": name})
    return bool(added)

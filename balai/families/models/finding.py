"""Looking for families by how a name sounds, or by a piece of an address."""

from django.db.models import Q

from balai.families.models.register import Person
from balai.families.rules import SOUND_COLUMNS, sought

LEAST = 3  # letters of an address that are looked for


def find_families(rows, code, text, most):
    """{family's id: the name found, or ""}, no more than `most`, of the families `rows` at or below a place."""
    found = {}
    for family, name in _called(rows, code, sought(text), most):
        found.setdefault(family, name)
        if len(found) == most:
            return found
    if len(text) >= LEAST:
        at = rows.within(code).filter(address__icontains=text).order_by("region", "pk")
        found = dict.fromkeys(at.values_list("pk", flat=True)[:most], "") | found
    return dict(list(found.items())[:most])


def sounding(text):
    """Of people: every part of the text begins a part of the name, as it sounds."""
    keys = sought(text)
    return _all(keys) if keys else Q(pk__in=())


def _called(rows, code, keys, most):
    """(family, name): first whole parts of names, then beginnings of them. The index of each column is asked by itself
    for the part that tells most; the others are looked at in what it gives."""
    people = Person.objects.unrestricted().at_home().within(code).filter(_all(keys[1:]))
    for narrow in (_is, _begins) if keys else ():
        for column in SOUND_COLUMNS:
            here = people.filter(narrow(column, keys[0]), family__in=rows).order_by(column, "region", "pk")
            yield from here.values_list("family", "name")[:most]


def _all(keys):
    found = Q()
    for key in keys:
        anywhere = Q()
        for column in SOUND_COLUMNS:
            anywhere |= _begins(column, key)
        found &= anywhere
    return found


def _is(column, key):
    return Q(**{column: key})


def _begins(column, key):
    """Keys are letters from a to y, so that the next letter ends what begins like this."""
    return Q(**{f"{column}__gte": key, f"{column}__lt": key[:-1] + chr(ord(key[-1]) + 1)})

"""Looking for families by how a name sounds, or by a piece of an address."""

from balai.families.models.hearing import all_parts, begins, is_part
from balai.families.models.register import Family, Person
from balai.families.rules import SOUND_COLUMNS, is_address, sought

LEAST = 3  # letters of an address that are looked for
BEGINNING = 2  # letters with which a name may begin; one letter begins too many


def find_families(code, text, most):
    """{family's id: the name found, or ""}, no more than `most`, at or below a place. Addresses are read through where
    the text looks like one, or no name sounds like it."""
    found = {}
    for family, name in _called(code, sought(text), most):
        found.setdefault(family, name)
        if len(found) == most:
            return found
    if len(text) >= LEAST and (is_address(text) or not found):
        at = Family.objects.living_here().within(code).filter(address__icontains=text).order_by("region", "pk")
        found = dict.fromkeys(at.values_list("pk", flat=True)[:most], "") | found
    return dict(list(found.items())[:most])


def _called(code, keys, most):
    """(family, name): first whole parts of names, then beginnings of them. The index of each column is asked by itself
    for the part that tells most; the others are looked at in what it gives."""
    people = Person.objects.unrestricted().living_here().within(code).filter(all_parts(keys[1:]))
    for narrow in _ways(keys):
        for column in SOUND_COLUMNS:
            here = people.filter(narrow(column, keys[0])).order_by(column, "region", "pk")
            yield from here.values_list("family", "name")[:most]


def _ways(keys):
    if not keys:
        return ()
    return (is_part, begins) if len(keys[0]) >= BEGINNING else (is_part,)

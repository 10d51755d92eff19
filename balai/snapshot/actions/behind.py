"""Who stands behind a figure of one village, by the same condition that counts it."""

from balai.indicators.rules import catalogue
from balai.snapshot.actions.living import taken


def behind(*, by, code, figure, on):
    """Keys of the rows that are counted, and of those among whom they are: two lists of (family, member) as text, the
    member None where a row is a family. Nothing of a figure that waits, that is made of others, or that rests on what
    the reader may not see."""
    recipe, filled = taken(by=by, code=code, codes=(figure,), on=on, keyed=True)
    one = recipe.prepared.figure(figure)
    keys = catalogue().tables[one.of.table].keys if one else ()
    if not keys:
        return [], []
    worked = recipe.prepared.work(filled)
    return tuple(_keys(worked, one, keys, slot) for slot in (one.n, one.d if one.of.divided else one.n))


def _keys(worked, one, keys, slot):
    """Every key once: a child may have been measured several times."""
    family, *member = (worked.texts(one.of.table, key, slot) for key in keys)
    found = set(zip(family, member[0] if member else [None] * len(family), strict=True))
    return sorted(found, key=lambda pair: (pair[0], pair[1] is None, pair[1]))

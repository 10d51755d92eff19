"""Who stands behind a figure of one village, by the same condition that counts it."""

from uuid import UUID

from balai.indicators.rules import catalogue
from balai.snapshot.actions.living import worked


def behind(*, by, code, figure, on):
    """Keys of the rows that are counted, and of those among whom they are: two lists of (family, member) as text, the
    member None where a row is a family. Nothing of a figure that waits, that is made of others, or that rests on what
    the reader may not see."""
    recipe, found = worked(by=by, code=code, codes=(figure,), on=on)
    one = recipe.prepared.figure(figure)
    keys = catalogue().tables[one.of.table].keys if one else ()
    if not keys:
        return [], []
    return tuple(_keys(found, one, keys, slot) for slot in (one.n, one.d if one.of.divided else one.n))


def _keys(worked, one, keys, slot):
    """Every key once: a child may have been measured several times."""
    family, *member = ([key and str(UUID(key)) for key in worked.texts(one.of.table, name, slot)] for name in keys)
    found = set(zip(family, member[0] if member else [None] * len(family), strict=True))
    return sorted(found, key=lambda pair: (pair[0], pair[1] is None, pair[1]))

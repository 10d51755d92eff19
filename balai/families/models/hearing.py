"""Conditions on the keys of names."""

from django.db.models import Q

from balai.families.rules import SOUND_COLUMNS, sought


def sounding(text):
    """Of people: every part of the text begins a part of the name, as it sounds."""
    keys = sought(text)
    return all_parts(keys) if keys else Q(pk__in=())


def all_parts(keys):
    found = Q()
    for key in keys:
        anywhere = Q()
        for column in SOUND_COLUMNS:
            anywhere |= begins(column, key)
        found &= anywhere
    return found


def is_part(column, key):
    return Q(**{column: key})


def begins(column, key):
    """Keys are letters from a to y, so that the next letter ends what begins like this."""
    return Q(**{f"{column}__gte": key, f"{column}__lt": key[:-1] + chr(ord(key[-1]) + 1)})

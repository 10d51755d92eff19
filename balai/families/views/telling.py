"""The trail as the page of a family tells it: who looked, what was changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balai.access.models import AuditEntry
from balai.access.rules import ROLES, Matter, Right
from balai.accounts.models import Account
from balai.families.models import Person
from balai.families.rules import DEEDS, FIELDS, LOOKING, OTHER_DEED, told_value
from balai.families.views.showing import place_names

LOOKS, CHANGES = 20, 30  # entries that the page shows
ACCOUNT = "account:"


@dataclass(frozen=True)
class Told:
    """One entry: when, in which role, by whom where that may be told, what, why, and fields before and after."""

    at: datetime
    role: str
    name: str
    deed: str
    why: str
    values: tuple[tuple[str, str, str], ...]


def looks_and_changes(family, actor, besides):
    """Who looked, and what was changed, the newest first. Entries about the persons `besides` are left out: what they
    say is about them."""
    rows = AuditEntry.objects.of(family.pk).exclude(subject__in=[str(person.pk) for person in besides])
    looks = list(rows.filter(deed__in=LOOKING).select_related("change")[:LOOKS])
    changes = list(rows.exclude(deed__in=LOOKING).select_related("change")[:CHANGES])
    names = _names([*looks, *changes], actor)
    people = Person.objects.unrestricted().filter(family=family).values_list("pk", "name")
    known = {str(pk): called for pk, called in people}
    return [[_one(entry, names.get(entry.by, ""), known) for entry in entries] for entries in (looks, changes)]


def _one(entry, name, people):
    kept = getattr(entry, "change", None)
    role = ROLES.get(entry.hat.partition("@")[0])
    return Told(
        at=entry.at, role=_(role.title) if role else _("Petugas server"), name=name,
        deed=_(DEEDS.get(entry.deed, OTHER_DEED)), why=kept.why if kept else "",
        values=tuple(_values(kept.values, people)) if kept else (),
    )  # fmt: skip


def _values(values, people):
    """(field, before, after); what was erased is no longer there."""
    for field, pair in values.items():
        if field in FIELDS and pair:
            known = {"region": place_names, "mother": lambda pair: {one: people.get(one, "–") for one in pair if one}}
            names = known[field](pair) if field in known else {}
            yield (_(FIELDS[field]), *(_(names.get(value) or told_value(field, value)) for value in pair))


def _names(entries, actor):
    """Who is behind the entries, for roles that see who works here; others see the role alone."""
    if actor.right(Matter.STAFF) < Right.READ:
        return {}
    ids = {UUID(entry.by.removeprefix(ACCOUNT)) for entry in entries if entry.by.startswith(ACCOUNT)}
    return {ACCOUNT + str(pk): name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}

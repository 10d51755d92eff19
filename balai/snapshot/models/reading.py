"""What the register says of one village, by texts that are made once: building a query takes longer than asking it.

A text is made for a village that is none, a family that is none and an actor of no region; what stands for these is put
in as its parameters each time, so that it stays within the walls of whoever reads.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from balai.access.models import acting
from balai.access.rules import is_everywhere
from balai.aid.models import ListEntry
from balai.events.models import LifeEvent
from balai.families.models import Family, Person
from balai.measurements.models import Measurement
from balai.quality.models import Round, Verification
from balai.regions.rules import span
from balai.snapshot.models.packing import packed
from balai.snapshot.models.registers import registers, sharing
from balai.snapshot.models.villages import asked_of_villages, assembled
from balai.snapshot.rules.packed import Versions
from balai.snapshot.rules.sources import BLOCKS, sources
from balai.survey.models import ANSWERS

NOWHERE, NOBODY = "00.00.00.0000", UUID(int=0)
KEPT = 32  # sets of texts: of some days, roles and numbers of regions
MANY = 40  # families written since: from there on the whole village is read again

# Sources of which each row is a family's, by the way to it: read again of those families that were written since.
OF_FAMILIES = {
    "registered": "pk", "persons": "family", "births": "family", "documents": "family", "measured": "family",
    "numbers": "family",
    "verified": "pk", "listed": "family", "member_answers": "family",
    "planning_answers": "family", "development_answers": "family", "housing": "family",
}  # fmt: skip
# What is written without a word in LastWrite, too, shows in the number of rows or in the last of these moments.
COUNTED = {
    "verified": Verification, "listed": ListEntry, "happened": LifeEvent, "measured": Measurement,
    **{name: ANSWERS[block] for block, name in BLOCKS.items()},
}  # fmt: skip
MOMENTS = ("made_at", "changed_at", "decided_at", "until_at", "undone_at")
SMALL = ("past", "received", "aided", "places_of_service", "lists")  # read each time; they are part of the mark


class Text(NamedTuple):
    sql: str
    parameters: tuple


@dataclass(frozen=True)
class Texts:
    """None where the walls let nobody through."""

    whole: dict[str, Text | None]
    of_family: dict[str, Text | None]
    told: dict[str, Text | None]
    counts: Text | None
    versions: Text | None
    people: Text | None
    sharing: Text | None


_kept: dict = {}


def texts(actor, day):
    form = _form(actor)
    key = day, form.role.name, form.agency, form.ranges, form.assignment
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[key] = _texts(form, day)
    return found


def _form(actor):
    """All actors of one form read by the same texts."""
    ranges = actor.ranges if is_everywhere(actor) else tuple(_bounds(number) for number in range(len(actor.ranges)))
    return replace(actor, name="", account=None, device=None, ranges=ranges)


def _bounds(number):
    return f"00.{number}", f"00.{number}~"


def _texts(form, day):
    with acting(form):
        queries = registers(NOWHERE, day)
        narrow = {name: queries[name].filter(**{way: NOBODY}) for name, way in OF_FAMILIES.items()}
        return Texts(
            whole={name: _packed(rows, sources()[name]) for name, rows in queries.items()},
            of_family={name: _packed(rows, sources()[name]) for name, rows in narrow.items()},
            told={name: _made(rows) for name, rows in asked_of_villages(NOWHERE, day).items()},
            counts=_counts(),
            versions=_packed(_versions(), {"family": "UUID", "entry": "BIGINT"}),
            people=_packed(_people(), {"restricted": "BOOLEAN", "family": "UUID"}),
            sharing=_made(sharing(NOWHERE, NOBODY)),
        )


def _versions():
    return Family.objects.within(NOWHERE).order_by().values_list("pk", "last_write__entry")


def _persons():
    return Person.objects.within(NOWHERE).order_by().values_list("pk")


def _restricted():
    return (
        Person.objects.within(NOWHERE).filter(restricted_at__isnull=False).order_by().values_list("pk", "restricted_at")
    )


def _people():
    return Person.objects.within(NOWHERE).order_by().values_list(Q(restricted_at__isnull=False), "family_id")


def _made(rows):
    try:
        return Text(*rows.query.sql_with_params())
    except EmptyResultSet:
        return None


def _packed(rows, kinds):
    text = _made(rows)
    return text and text._replace(sql=packed(text.sql, kinds))


def _counts():
    """One statement for all: a name, and a text that tells whether anything changed."""
    asked = {name: (_written(model), _last) for name, model in COUNTED.items()}
    asked |= {"families": (_versions(), _entries), "people": (_persons(), _last)}
    asked |= {"restricted": (_restricted(), _last), "rounds": (_rounds(), _last)}
    arms, parameters = [], []
    for name, (rows, told) in asked.items():
        text = _made(rows)
        if text:
            names = [f"c{number}" for number in range(len(rows.query.values_select) or 1)]
            sql = f"WITH f({', '.join(names)}) AS ({text.sql}) SELECT '{name}' AS name, {told(names)} AS told FROM f"  # noqa: S608
            arms.append(f"SELECT * FROM ({sql}) AS {name}_")  # noqa: S608
            parameters += text.parameters
    return Text(" UNION ALL ".join(arms), tuple(parameters)) if arms else None


def _rounds():
    lo, hi = span(NOWHERE)
    return Round.objects.filter(village__gte=lo, village__lt=hi).order_by().values_list("pk", "opened_at")


def _written(model):
    return model.objects.within(NOWHERE).order_by().values_list("pk", *moments(model))


def moments(model):
    """The fields in which a writing shows that leaves the number of rows as it was. A changed answer is a row more."""
    there = {field.name for field in model._meta.concrete_fields}
    return [field for field in MOMENTS if field in there] if model not in ANSWERS.values() else []


def _last(names):
    return " || ' ' || ".join(
        [
            "CAST(count(*) AS TEXT)",
            *(f"count({one}) || ' ' || coalesce(CAST(max({one}) AS TEXT), '')" for one in names[1:]),
        ]
    )


def _entries(_names):
    among = "coalesce(max(c1), 0) || ' ' || coalesce(sum(c1 - c1 / 65521 * 65521), 0)"  # `%` stands for parameters
    return f"count(*) || ' ' || count(c1) || ' ' || {among}"


class Look:
    """One reading of one village by one actor, within `acting` and `consistent`."""

    def __init__(self, by, code, day):
        self.texts = texts(by, day)
        self.given = _given(by, code)

    def counts(self):
        return dict(self._rows(self.texts.counts))

    def small(self):
        """What is read each time."""
        found = {name: self.whole(name) for name in SMALL}
        return found | assembled({name: self._rows(text) for name, text in self.texts.told.items()})

    def whole(self, source):
        return self._rows(self.texts.whole[source])

    def of_family(self, source, family):
        """Its rows of one family, by the key as the texts give it."""
        return self._rows(self.texts.of_family[source], _family(family))

    def sharing(self, family):
        return {plain_key(other) for (other,) in self._rows(self.texts.sharing, _family(family))}

    def versions(self):
        """Of the families what changes when one is written, or somebody of it is restricted or erased; read by `told`
        once something did."""
        return Versions(self._rows(self.texts.versions), self._rows(self.texts.people))

    def _rows(self, text, more=None):
        if text is None:
            return []
        given = self.given | more if more else self.given
        with connection.cursor() as cursor:
            # nosemgrep: b2-sql-from-text  (Django's own text of a query; every value is a parameter)
            cursor.execute(text.sql, [given.get(one, one) for one in text.parameters])
            return cursor.fetchall()


def _family(key):
    given = UUID(key) if connection.features.has_native_uuid_field else key
    return {NOBODY: given, NOBODY.hex: given}


def plain_key(family):
    """As the columns have it."""
    return family if isinstance(family, str) else family.hex


def _given(by, code):
    """What the parameters that stand for something are this time."""
    given = dict(zip(_above(NOWHERE), _above(code), strict=True)) | dict(zip(span(NOWHERE), span(code), strict=True))
    for number, bounds in enumerate(by.ranges):
        given |= dict(zip(_bounds(number), bounds, strict=True))
    return given


def _above(code):
    """The code and those above it."""
    parts = code.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]

"""The rows of each table that can leave: in scope, of persons whose data may be used, batch by batch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DateField, Value
from django.utils import timezone

from balai.aid.models import Aid, ListEntry
from balai.events.models import LifeEvent
from balai.exports.rules import AGES, SINCE_DAYS
from balai.families.models import VILLAGE_CODE, Family, IdentityNumber, Person
from balai.families.rules import NumberKind
from balai.measurements.models import FACTS, Measurement
from balai.measurements.rules import CLASSED, NAMES
from balai.measurements.rules import results as measured
from balai.quality import models as quality
from balai.regions.models import Place
from balai.survey.models import ANSWERS
from balai.survey.rules import Block, items_of
from balai.vault.models import masked

BATCH = 500  # rows in memory together


@dataclass(frozen=True)
class Source:
    """`rows(region, filters, on)` gives the rows, `told(rows, wanted)` a {column: value} for each of a batch. `family`
    is the attribute that says whose a row is; `one_person` where each row is about one person and no other."""

    rows: Callable
    told: Callable
    family: str = "family_id"
    order: tuple[str, ...] = ("family", "pk")
    one_person: bool = False

    def persons(self, rows):
        """How many persons the rows are about: for rows about families, everybody who lives there."""
        if self.one_person:
            return rows.count()
        path = "pk" if self.family == "pk" else "family"
        here = Person.objects.at_home().unrestricted().filter(family__in=rows.order_by().values(path))
        return max(here.count(), rows.count())


def batches(source, rows):
    """(village, rows of one batch), village by village: no more is in memory than the keys of one village."""
    for village in sorted(rows.by_village()):
        keys = list(rows.within(village).order_by(*source.order).values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            chunk = keys[start : start + BATCH]
            found = rows.in_bulk(chunk)
            yield village, [found[key] for key in chunk if key in found]


def is_invented(rows, source):
    path = "pk" if source.family == "pk" else "family"
    return Family.objects.filter(pk__in=rows.order_by().values(path), invented=True).exists()


def places_of(actor):
    """(code, name) of the regions of which this actor may take a list, the widest first."""
    found = {}
    for lo, hi in actor.ranges:
        rows = Place.objects.today().filter(pk__gte=lo, pk__lt=hi).exclude(pk="")
        official = rows.official()
        for place in (official if official.exists() else rows).select_related("parent").order_by("level", "pk"):
            found[place.pk] = f"{place.name}, {place.parent.name}" if place.parent else place.name
    return list(found.items())


def _families(code):
    return Family.objects.living_here().unrestricted().within(code)


def _people(code):
    return Person.objects.living_here().unrestricted().within(code)


def _family_rows(code, filters, on):
    return _families(code)


def _member_rows(code, filters, on):
    rows = _people(code)
    if "sex" in filters:
        rows = rows.filter(sex=int(filters["sex"]))
    if "age" in filters:
        youngest, before = AGES[filters["age"]].on(on)
        rows = rows.filter(born_on__lte=_years_before(on, youngest), born_on__gt=_years_before(on, before))
    return rows


def _years_before(on, years):
    """Whoever was born then has just completed that many years; 29 February counts from 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, month=3, day=1)


def _answer_rows(block):
    def rows(code, filters, on):
        found = ANSWERS[block].objects.now().within(code)
        if block.of_a_person:
            return found.filter(person__in=_people(code))
        return found.filter(family__in=_families(code))

    return rows


def _aid_rows(code, filters, on):
    rows = Aid.objects.unrestricted().within(code).filter(family__in=_families(code))
    return rows.of(filters["programme"]) if "programme" in filters else rows


def _listed_rows(code, filters, on):
    rows = ListEntry.objects.applied().matched().unrestricted().within(code).filter(family__in=_families(code))
    rows = rows.select_related("version")
    return rows.filter(version__kind=filters["kind"]) if "kind" in filters else rows


def _event_rows(code, filters, on):
    rows = LifeEvent.objects.unrestricted().standing().within(code)
    if "kind" in filters:
        rows = rows.filter(kind=filters["kind"])
    if "since" in filters:
        rows = rows.filter(on__gt=on - timedelta(days=SINCE_DAYS[filters["since"]]))
    return rows


def _measured_rows(code, filters, on):
    born = {"person__born_on__isnull": False, "person__gone_on__isnull": True}
    rows = Measurement.objects.unrestricted().within(code).filter(family__in=_families(code), **born)
    if "since" in filters:
        rows = rows.filter(measured_on__gt=on - timedelta(days=SINCE_DAYS[filters["since"]]))
    return rows


def _checked_rows(code, filters, on):
    """With the day, on which depends what is to be asked."""
    rows = quality.standing(_families(code))
    return _on(rows.filter(state=filters["state"]) if "state" in filters else rows, on)


def _visited_rows(code, filters, on):
    return _on(quality.to_visit(_families(code)), on)


def _on(rows, on):
    return rows.annotate(on=Value(on, DateField()))


def _whose(rows, family):
    """What stands in many tables of whose row it is, from a few queries for the batch."""
    families = Family.objects.in_bulk([getattr(row, family) for row in rows])
    called = dict(Family.objects.filter(pk__in=families).told().values_list("pk", "called"))
    people = Person.objects.unrestricted().in_bulk([row.person_id for row in rows if getattr(row, "person_id", None)])
    wanted = {code for row in rows for code in (row.region, row.region[:VILLAGE_CODE])}
    places = dict(Place.objects.filter(pk__in=wanted).values_list("pk", "name"))
    for row in rows:
        home = families.get(getattr(row, family))
        person = people.get(getattr(row, "person_id", None))
        parts = dict.fromkeys((row.region[:VILLAGE_CODE], row.region))
        yield row, {
            "family": home and str(home.pk), "called": home and called.get(home.pk), "address": home and home.address,
            "person": person and str(person.pk), "name": person and person.name, "region": row.region,
            "place": ", ".join(places[part] for part in parts if part in places),
        }  # fmt: skip


def _numbers(key, kind, holder, rows, wanted):
    """Holder's id to the number's columns; no number is opened that nobody asked for."""
    if not {key, f"{key}_full"} & wanted:
        return {}
    found = IdentityNumber.objects.filter(kind=kind, **{f"{holder}__in": rows})
    opened = {getattr(one, f"{holder}_id"): one.number for one in found}
    return {pk: {key: masked(number), f"{key}_full": number} for pk, number in opened.items()}


def _family_cells(rows, wanted):
    cards = _numbers("card", NumberKind.KK, "family", rows, wanted)
    shown = dict(Family.objects.filter(pk__in=[row.pk for row in rows]).told().values_list("pk", "people_shown"))
    return [
        {**known, "people": shown.get(row.pk), "since_on": row.since_on, **cards.get(row.pk, {})}
        for row, known in _whose(rows, "pk")
    ]


def _member_cells(rows, wanted):
    niks = _numbers("nik", NumberKind.NIK, "person", rows, wanted)
    own = ("name", "sex", "relation", "born_on", "since_on", "no_nik")
    return [
        {**known, "person": str(row.pk), **{key: getattr(row, key) for key in own}, **niks.get(row.pk, {})}
        for row, known in _whose(rows, "family_id")
    ]


def _cells(*own):
    def told(rows, wanted):
        return [
            {**known, **{key: getattr(row, key) for key in own}} for row, known in _whose(rows, "family_id")
        ]  # fmt: skip

    return told


def _listed_cells(rows, wanted):
    own = _cells("decile", "rank", "mark", "state")(rows, wanted)
    return [
        {**cells, "kind": row.version.kind, "edition": row.version.edition}
        for row, cells in zip(rows, own, strict=True)
    ]


def _measured_cells(rows, wanted):
    """With the scores, which nobody keeps."""
    people = Person.objects.in_bulk([row.person_id for row in rows])
    results = measured([row.of(people[row.person_id]) for row in rows], max(row.measured_on for row in rows))
    cells = _cells(*FACTS)(rows, wanted)
    return [
        {
            **own, "born_on": people[row.person_id].born_on, "sex": people[row.person_id].sex,
            **{index.value: result.z.get(index) for index in CLASSED},
            "odd": ", ".join(NAMES[index] for index in CLASSED if index in result.odd),
        }
        for row, own, result in zip(rows, cells, results, strict=True)
    ]  # fmt: skip


def _event_cells(rows, wanted):
    cells = _cells("on", "kind", "people")(rows, wanted)
    return [
        {**own, "recorded_on": timezone.localtime(row.made_at).date()} for row, own in zip(rows, cells, strict=True)
    ]


def _checked_cells(rows, wanted):
    """What has no answer is looked for only where it was asked for."""
    keys = [row.pk for row in rows]
    shown = dict(Family.objects.filter(pk__in=keys).told().values_list("pk", "people_shown"))
    decisions, rounds = quality.decisions_of(keys), quality.rounds_of({row.region[:VILLAGE_CODE] for row in rows})
    lacking = _lacking(rows, wanted)
    return [
        {
            **known, "people": shown.get(row.pk), "state": row.state, "visited_on": row.visited_on,
            **_decided(row, decisions.get(row.pk), rounds[row.region[:VILLAGE_CODE]]), **lacking.get(row.pk, {}),
        }
        for row, known in _whose(rows, "pk")
    ]  # fmt: skip


def _decided(row, decision, rounds):
    return {
        "decided_on": decision and timezone.localtime(decision.decided_at).date(),
        "reason": decision and decision.reason,
        "missed": ", ".join(map(str, quality.missed_rounds(row, decision, rounds))),
    }


def _lacking(rows, wanted):
    blocks = [block for block in Block if f"lacks_{block.value}" in wanted]
    if not rows or not (blocks or "no_birthday" in wanted):
        return {}
    return {one.family.pk: _blanks(one, blocks) for one in quality.dossiers(rows, blocks, rows[0].on)}


def _blanks(one, blocks):
    found = {block: {} for block in blocks}
    for _person, items in quality.gaps(one, blocks, one.family.on):
        found[items[0].block] |= {item.key: True for item in items}
    return {
        "no_birthday": sum(person.born_on is None for person in one.shown()),
        **{f"lacks_{block.value}": ", ".join(keys) for block, keys in found.items()},
    }


def _survey(block):
    told = _cells("from_on", *(item.key for item in items_of(block)))
    order = ("family", "person") if block.of_a_person else ("family",)
    return Source(_answer_rows(block), told, order=order, one_person=block.of_a_person)


SOURCES = {
    "families": Source(_family_rows, _family_cells, family="pk", order=("region", "address", "pk")),
    "members": Source(_member_rows, _member_cells, order=("family", "relation", "born_on", "pk"), one_person=True),
    **{f"survey_{block.value}": _survey(block) for block in Block},
    "aid": Source(_aid_rows, _cells("programme", "agency", "state", "from_on", "until_on", "amount", "goods")),
    "listed": Source(_listed_rows, _listed_cells),
    "measurements": Source(_measured_rows, _measured_cells, order=("person", "measured_on"), one_person=True),
    "events": Source(_event_rows, _event_cells, order=("on", "pk")),
    "checks": Source(_checked_rows, _checked_cells, family="pk", order=("region", "address", "pk")),
    "visits": Source(_visited_rows, _checked_cells, family="pk", order=("region", "address", "pk")),
}


def source_of(sheet):
    return SOURCES[sheet]

"""The figures of a region's page: villages by kind, for the region and for each place below it."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.core.cache import caches
from django.db.models import Case, Count, Max, OuterRef, SmallIntegerField, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr

from balai.classification.models import Outcome, Run
from balai.classification.rules import DIMENSIONS, INDICATORS
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.reports.rules.kinds import NO_DATA, Kind, Tally, kind_of
from balai.villages.models import KampungKB

DAY = 86400  # seconds
CODE_LENGTHS = {1: 2, 2: 5, 3: 8, 4: 13}  # letters of a code at each level
FIELDS = ("code", "village_class", "class_low", "class_high", "input_index", "process_index", "output_index",
          "scores", "formed")  # fmt: skip


@dataclass
class Row:
    """One place below the region."""

    code: str
    name: str
    kind: str
    villages: int = 0
    formed: int = 0
    tally: Tally = Tally()


@dataclass
class Village:
    """One village of a list. `holding`: (dimension, index in hundredths, weakest indicators with their scores)."""

    code: str
    name: str
    above: str
    kind: Kind
    low: int | None = None
    high: int | None = None
    indices: tuple = (None, None, None)
    scores: str = ""
    holding: tuple = ()


def villages_below(code, level):
    """Prefix of that level to number of villages in force today."""
    length = CODE_LENGTHS[level]
    rows = (
        Place.objects.today().villages().within(code).annotate(part=Substr("code", 1, length)).values("part")
        .annotate(n=Count("code")).order_by("part").values_list("part", "n")
    )  # fmt: skip
    return dict(rows)


def children(asked, code, level):
    """Rows of all places of `level` in the region, each with its villages counted by kind."""
    places = Place.objects.today().within(code).filter(level=level).order_by("code")
    rows = {place.code: Row(place.code, place.name, place.kind) for place in places}
    below = villages_below(code, level)
    counts, formed = grouped(asked, code, level)
    for part, row in rows.items():
        row.villages = below.get(part, 0)
        row.formed = formed[part]
        row.tally = Tally.of(counts[part]).with_rest(row.villages)
    return list(rows.values())


def remembered(what, asked, code, rows):
    """The nation's rows, counted once for each newest run: without a new run no outcome changes."""
    if code:
        return rows
    newest = Run.objects.aggregate(newest=Max("id"))["newest"]
    key = f"nation:{what}:{newest}:{asked.rules}:{asked.period}:{asked.compared}"
    return caches["figures"].get_or_set(key, lambda: list(rows), DAY)


def grouped(asked, code, level):
    """Counts by part and kind, and how many have formed, summed up by the database."""
    counts, formed = defaultdict(lambda: defaultdict(int)), defaultdict(int)
    if asked.period is None:
        return counts, formed_without_outcomes(code, level)
    rows = (
        Outcome.objects.current(asked.rules, asked.period).within(code)
        .annotate(part=Substr("code", 1, CODE_LENGTHS[level])).values("part", "village_class", "formed")
        .annotate(n=Count("id")).order_by().values_list("part", "village_class", "formed", "n")
    )  # fmt: skip
    for part, village_class, has, count in remembered("kinds", asked, code, rows):
        counts[part][kind_of(village_class, has)] += count
        formed[part] += count if has else 0
    return counts, formed


def formed_without_outcomes(code, level):
    """How many villages have a Kampung KB, for regions where nothing has been classified yet."""
    rows = (
        KampungKB.objects.main().within(code).filter(ended_on__isnull=True)
        .annotate(part=Substr("village_id", 1, CODE_LENGTHS[level])).values("part").annotate(n=Count("id")).order_by()
    )  # fmt: skip
    return defaultdict(int, rows.values_list("part", "n"))


def villages(asked, code):
    """(rows of the places between, villages) of a kabupaten or kecamatan: two queries, whatever its size."""
    places = list(
        Place.objects.today().within(code).filter(level__in=(Level.KECAMATAN, Level.VILLAGE)).order_by("code")
        .values_list("code", "level", "name", "kind")
    )  # fmt: skip
    between = {row[0]: Row(row[0], row[2], row[3]) for row in places if row[1] == Level.KECAMATAN}
    outcomes = {}
    if asked.period is not None:
        found = Outcome.objects.current(asked.rules, asked.period).within(code).values_list(*FIELDS)
        outcomes = {row[0]: row for row in found}
    formed = formed_without_outcomes(code, Level.VILLAGE) if asked.period is None else {}
    listed = []
    for place, level, name, _kind in places:
        if level != Level.VILLAGE:
            continue
        parent = between[place[: CODE_LENGTHS[3]]]
        village = of_outcome(asked.ruleset, place, name, parent.name, outcomes.get(place))
        listed.append(village)
        parent.villages += 1
        parent.formed += 1 if (outcomes[place][8] if place in outcomes else formed.get(place)) else 0
        parent.tally += Tally.of({village.kind: 1})
    return list(between.values()), listed


def of_outcome(ruleset, code, name, above, outcome):
    if outcome is None:
        return Village(code, name, above, NO_DATA)
    _code, village_class, low, high, *indices, scores, formed = outcome
    return Village(
        code, name, above, kind_of(village_class, formed), low, high, tuple(indices), scores,
        holding(ruleset, scores, indices) if formed is not False else (),
    )  # fmt: skip


def holding(ruleset, scores, indices):
    """For every dimension that does not pass: its index and the indicators with the lowest score or none."""
    found = []
    for dimension, value in zip(DIMENSIONS, indices, strict=True):
        if value is not None and value >= ruleset.pass_at:
            continue
        marks = {place: scores[place] for place in ruleset.places(dimension)}
        lowest = min(marks.values())  # '.' (no data) sorts before every score
        found.append((dimension, value, tuple((INDICATORS[at], mark) for at, mark in marks.items() if mark == lowest)))
    return tuple(found)


# A village's kind as one number, so that the database can count pairs of them.
SMALL = SmallIntegerField()
STATE = Case(
    When(formed=False, then=Value(-1, SMALL)),
    default=Coalesce("village_class", Value(0, SMALL), output_field=SMALL),
    output_field=SMALL,
)


def kind_of_state(state):
    return NO_DATA if state is None else kind_of(max(state, 0), state != -1)


def moves(asked, code):
    """How many villages went from which kind to which between the two months."""
    if not asked.compared:
        return {}
    then = Outcome.objects.current(asked.rules, asked.compared).filter(code=OuterRef("code")).annotate(state=STATE)
    pairs = (
        Outcome.objects.current(asked.rules, asked.period).within(code)
        .annotate(before=Subquery(then.values("state")[:1]), after=STATE).values("before", "after")
        .annotate(n=Count("id")).order_by().values_list("before", "after", "n")
    )  # fmt: skip
    counted = remembered("moves", asked, code, pairs)
    return {(kind_of_state(before), kind_of_state(after)): count for before, after, count in counted}


def total(rows, name=""):
    whole = Row("", name, "")
    for row in rows:
        whole = replace(
            whole, villages=whole.villages + row.villages, formed=whole.formed + row.formed,
            tally=whole.tally + row.tally,
        )  # fmt: skip
    return whole

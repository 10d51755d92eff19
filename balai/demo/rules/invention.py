"""Invents one kabupaten: which village has a Kampung KB since when, what its profile says, what is reported of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from balai.base import months
from balai.demo.rules import draws, figures, profile
from balai.demo.rules.papers import Papers, papers
from balai.demo.rules.story import Kabupaten, Story

DAY = timedelta(days=1)
EARLIER_CLASSES = (0.5, 0.32, 0.04, 0.14)
# From the opening to the closing month: so many villages had a lower class before, so many a higher one.
ROSE, FELL = 0.24, 0.06
ROSE_FROM = {1: (1,), 2: (1,), 3: (1, 2, 2), 4: (2, 2, 2, 3)}
FELL_FROM = {1: (2,), 2: (4,), 3: (4,), 4: (4,)}
COMES_AGAIN = 0.55
MOST_COMMON_FIRST = 4.0  # how strictly agencies come in the order of the story


@dataclass(frozen=True)
class Village:
    code: str
    name: str


@dataclass
class Invented:
    """`answers`: item, value, text, from_on. `activities`: agency, on, title. `returns`: register, period, values."""

    village: Village
    founded_on: date | None = None
    answers: list[tuple[str, int | None, str, date]] = field(default_factory=list)
    activities: list[tuple[int, date, str]] = field(default_factory=list)
    returns: list[tuple[str, str, figures.Values]] = field(default_factory=list)
    papers: Papers = field(default_factory=Papers)


@dataclass(frozen=True)
class Stage:
    """Up to the end of a month the village comes to this class; the profile says so from `on`."""

    month: str
    on: date
    since: date
    village_class: int


@dataclass
class _Pen:
    """What the telling of one village needs at hand."""

    rng: np.random.Generator
    told: Story
    seed: int
    exact: bool
    unfilled: float
    scores: dict[str, dict[str, draws.Scores]] = field(default_factory=dict)
    poktan: list[tuple[date, tuple[str, ...]]] = field(default_factory=list)


def invent(rng: np.random.Generator, told: Story, kabupaten: Kabupaten, villages: Sequence[Village]) -> list[Invented]:
    """All villages of the kabupaten, in the order of their codes."""
    ordered = _by_turns(rng, villages)
    days = _founding_days(rng, kabupaten, len(ordered))
    past_end = months.last_day(told.past)
    first = [number for number, count in enumerate(kabupaten.first_classes, start=1) for _ in range(count)]
    published = iter(rng.permutation(first).tolist())
    found = []
    for village, day, stream in zip(ordered, days, rng.spawn(len(ordered)), strict=True):
        past_class = next(published, None) if day and day <= past_end else None
        found.append(_tell(stream, told, kabupaten, Invented(village, day), past_class))
    return sorted(found, key=lambda one: one.village.code)


def _by_turns(rng: np.random.Generator, villages: Sequence[Village]) -> list[Village]:
    """In the order of founding: one of each kecamatan, then the next of each, as the programme grew."""
    shuffled = [villages[place] for place in rng.permutation(len(villages))]
    seen: Counter[str] = Counter()
    turns = []
    for village in shuffled:
        kecamatan = village.code.rpartition(".")[0]
        turns.append(seen[kecamatan])
        seen[kecamatan] += 1
    return [shuffled[place] for place in np.argsort(turns, kind="stable")]


def _founding_days(rng: np.random.Generator, kabupaten: Kabupaten, villages: int) -> list[date | None]:
    """For each village in the order of founding its day, None for those without a Kampung KB."""
    days: list[date | None] = []
    for (since, had), (until, has) in zip(kabupaten.formed, kabupaten.formed[1:], strict=False):
        offsets = sorted(rng.integers(1, (until - since).days + 1, size=has - had).tolist())
        days += [since + offset * DAY for offset in offsets]
    return (days + [None] * villages)[:villages]


def _tell(
    rng: np.random.Generator, told: Story, kabupaten: Kabupaten, one: Invented, past_class: int | None
) -> Invented:
    exact = past_class is not None
    thin, empty = rng.random(2) < (told.holes["thin_profile"], told.holes["empty_profile"])
    pen = _Pen(rng, told, int(rng.integers(2**31)), exact, unfilled=0.7 if thin else 0.02)
    stages = _stages(rng, told, kabupaten, one.founded_on, past_class)
    for stage in stages:
        _draw_scores(pen, stage.month, draws.way(rng, stage.village_class))
    for month in (told.past, told.opening, told.closing):
        if month not in pen.scores:
            _draw_scores(pen, month, draws.way(rng, int(rng.integers(1, 5))))
    if stages and (exact or not empty):
        _fill_profile(pen, one, stages)
        _send_agencies(pen, one, stages)
    _report(pen, one)
    if one.founded_on:
        one.papers = papers(rng, one.founded_on, one.answers)
    return one


def _stages(
    rng: np.random.Generator, told: Story, kabupaten: Kabupaten, founded: date | None, past_class: int | None
) -> list[Stage]:
    """The classes it comes to at the end of `past`, of `opening` and of `closing`, where it was founded by then."""
    if founded is None:
        return []
    closing = _pick(rng, kabupaten.classes)
    if past_class and rng.random() < 0.85:
        closing = max(closing, past_class)
    classes = {
        told.past: past_class or _pick(rng, EARLIER_CLASSES),
        told.opening: _before(rng, closing),
        told.closing: closing,
    }
    stages: list[Stage] = []
    since = founded
    for month, village_class in classes.items():
        last = months.last_day(month)
        if founded <= last:
            first_fill = founded + int(rng.integers(7, 60)) * DAY
            on = min(first_fill, last) if not stages else _day(rng, since, last)
            stages.append(Stage(month, on, since, village_class))
            since = last + DAY
    return stages


def _pick(rng: np.random.Generator, shares: Sequence[float]) -> int:
    return int(rng.choice(4, p=shares)) + 1


def _before(rng: np.random.Generator, closing: int) -> int:
    """The class at the opening of the twelve months that end with `closing`."""
    moved = rng.random()
    if moved >= ROSE + FELL:
        return closing
    earlier = (ROSE_FROM if moved < ROSE else FELL_FROM)[closing]
    return earlier[int(rng.integers(len(earlier)))]


def _day(rng: np.random.Generator, first: date, last: date) -> date:
    return first + int(rng.integers((last - first).days + 1)) * DAY


def _draw_scores(pen: _Pen, month: str, passes: tuple[int, int, int]) -> None:
    before = list(pen.scores.values())[-1] if pen.scores else {}
    found: dict[str, draws.Scores] = {}
    for dimension, wanted in zip(("input", "process", "output"), passes, strict=True):
        groups = int(found["input"][2]) if found else 4
        weights = pen.told.weights[dimension]
        found[dimension] = draws.scores(pen.rng, dimension, weights, bool(wanted), before.get(dimension), groups)
    pen.scores[month] = found


def _fill_profile(pen: _Pen, one: Invented, stages: Sequence[Stage]) -> None:
    known: dict[str, profile.Answer] = {}
    for stage in stages:
        scores = pen.scores[stage.month]
        found = profile.answers(np.random.default_rng(pen.seed), scores["input"], scores["process"])
        new = profile.changes(pen.rng, known, found, pen.unfilled)
        known |= new
        one.answers += [(item, value, text, stage.on) for item, (value, text) in new.items()]
        owned = tuple(group for group in figures.GROUPS if known.get(f"poktan_{group}", (0, ""))[0])
        pen.poktan.append((stage.on, owned))


def _send_agencies(pen: _Pen, one: Invented, stages: Sequence[Stage]) -> None:
    """Each agency comes once in the stage in which it joins, and often again in the years after."""
    rng, known = pen.rng, pen.told.activities
    order = np.argsort(np.arange(len(known)) + rng.exponential(MOST_COMMON_FIRST, len(known)))
    joined = 0
    for stage in stages:
        number = profile.how_many(rng, "agencies", int(pen.scores[stage.month]["process"][2]))
        for place in order[joined : max(joined, number)]:
            agency, title = known[place]
            on = _day(rng, stage.since, months.last_day(stage.month))
            one.activities.append((agency, on, title))
            _come_again(pen, one, agency, title, on)
        joined = max(joined, number)


def _come_again(pen: _Pen, one: Invented, agency: int, title: str, on: date) -> None:
    last = months.last_day(pen.told.closing)
    while (on := on + int(pen.rng.integers(200, 480)) * DAY) <= last:
        if pen.rng.random() < COMES_AGAIN:
            one.activities.append((agency, on, title))


def _report(pen: _Pen, one: Invented) -> None:
    rng, told = pen.rng, pen.told
    couples = int(min(max(rng.lognormal(5.75, 0.45), 150), 1500))
    anchors = {
        month: figures.rates(rng, pen.scores[month]["output"], told.rates)
        for month in (told.past, told.opening, told.closing)
    }
    if not pen.poktan:
        pen.poktan.append((date.min, figures.GROUPS[: rng.integers(0, 5)]))
    _count_families(one, couples)
    told_months = told.months
    for place, month in enumerate(told_months):
        if month == told.past:
            rates = anchors[month]
        else:
            passed = (place - 1) / max(len(told_months) - 2, 1)
            rates = figures.between(rng, anchors[told.opening], anchors[told.closing], passed)
        values = figures.registers(round(couples * (1 + 0.0008 * place)), rates, _owned(pen, month))
        wanting = not (pen.exact and month == told.past)
        if wanting and rng.random() < told.holes["implausible"]:
            values = figures.spoilt(rng, values)
        for register, columns in values.items():
            if not (wanting and rng.random() < told.holes["no_report"]):
                one.returns.append((register, month, columns))


def _owned(pen: _Pen, month: str) -> tuple[str, ...]:
    """The groups that the profile knows at the end of the month; before the first profile those it then names."""
    last = months.last_day(month)
    return next((groups for on, groups in reversed(pen.poktan) if on <= last), pen.poktan[0][1])


def _count_families(one: Invented, couples: int) -> None:
    """What the village knows of its families, answered with the first profile."""
    if not one.answers:
        return
    families = couples * figures.FAMILIES_PER_COUPLE
    first = one.answers[0][3]
    counts = {
        "number_couples": float(couples),
        "number_families": families,
        "number_adolescents": families * figures.TARGET["pikr"],
        "number_families_underfive": families * figures.TARGET["bkb"],
        "number_families_adolescent": families * figures.TARGET["bkr"],
        "number_families_elderly": families * figures.TARGET["bkl"],
    }
    one.answers += [(item, round(number), "", first) for item, number in counts.items()]

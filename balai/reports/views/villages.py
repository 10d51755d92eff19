"""The page of one village, and its what-if."""

import json
from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from balai.access.views import public
from balai.base import months
from balai.base.words import Said, sentence
from balai.classification import rules as classification
from balai.classification.models import Outcome
from balai.classification.rules import CLASSES, DIMENSIONS, INPUTS
from balai.reports import inputs
from balai.reports.rules import asking, numbers, sentences
from balai.reports.rules.kinds import NO_DATA, kind_of
from balai.reports.rules.trend import Moment, trend
from balai.reports.templatetags.balai import said
from balai.reports.views import evidence, places, registry

DIMENSION_NAMES = {"input": sentence("Input"), "process": sentence("Proses"), "output": sentence("Output")}
DIMENSION_MEANINGS = {
    "input": sentence("yang tersedia: Pokja, dana, poktan, sarana, pendamping"),
    "process": sentence("yang dijalankan: penggunaan data, mekanisme, lintas sektor"),
    "output": sentence("hasilnya: kesertaan poktan, CPR, MKJP, unmet need"),
}
MOST_HELD = 4  # names of indicators in the sentence


@dataclass
class Gauge:
    """One dimension. Without a value: the span that what is missing still allows, as `low` to `high`."""

    key: str
    name: str
    meaning: str
    value: float | None
    passes: bool | None
    low: float
    high: float
    start: float
    width: float


@dataclass
class Score:
    """A line of the table of scores, with the other view where it differs."""

    line: object
    name: str
    counts: str
    dimension: str
    first: bool
    span: int
    other: object = None
    limits: tuple = ()


@public()
def village(request, code):
    leads = places.elsewhere(request, code, level_is_village=True)
    if leads:
        return leads
    place = places.found(code)
    asked = inputs.asked(request.GET, code)
    return render(request, "reports/village.html", page(request, place, asked))


def page(request, place, asked):
    history = history_of(place.code, asked)
    outcome = next((row for row in history if row.period == asked.period), None)
    day = months.last_day(asked.period) if asked.period else timezone.localdate()
    rows = registry.kampungs(place.code)
    kind = kind_of(outcome.village_class, outcome.formed) if outcome else NO_DATA
    name = places.full_name(place)
    context = {
        "place": place, "code": place.code, "name": name, "asked": asked, "run": asked.run, "kind": kind,
        "trail": places.trail(place.code), "kept": "", "outcome": outcome,
        "kampungs": [registry.kampung(row, day) for row in rows], "invented": any(row.invented for row in rows),
        "house": registry.house(place.code, day), "groups": registry.groups(place.code, day),
        "agencies": registry.agencies(place.code, day), "day": day,
        "reported": evidence.reported(place.code, asked.period) if asked.period else [],
        "came_from": places.came_from(request, place) if "dari" in request.GET else None,
        "became": places.became(place), **past(history),
    }  # fmt: skip
    if outcome is None:
        return context | {"lead": Said(sentences.VILLAGE["no_data"], {"place": name})}
    facts = facts_of(outcome)
    explained = classification.explain(asked.ruleset, facts, outcome.run.figures)
    context |= explanation(asked.ruleset, facts, explained, outcome.run.figures)
    return context | asked_form(place, asked, facts, facts, explained) | {
        "lead": lead(name, kind, asked, explained, history),
        "paths": paths(place, asked, facts) if outcome.formed is not False else [],
    }  # fmt: skip


def history_of(code, asked):
    return list(Outcome.objects.of_village(code, asked.rules).select_related("run"))


def facts_of(outcome):
    return dict(zip(INPUTS, json.loads(outcome.inputs), strict=True))


def past(history):
    """The step line and its table, newest month first."""
    moments = [
        Moment(row.period, row.village_class, row.class_low, row.class_high, row.run.rules_version)
        for row in history if row.formed is not False
    ]  # fmt: skip
    table = [(row, kind_of(row.village_class, row.formed)) for row in reversed(history)]
    return {"trend": trend(moments), "history": table}


def lead(name, kind, asked, explained, history):
    language = get_language()
    month = numbers.month(asked.period, language)
    if kind.key == "belum-dibentuk":
        return Said(sentences.VILLAGE["unformed"], {"place": name, "month": month})
    if kind.village_class is None:
        missing = sum(line.score is None for line in explained.lines)
        return Said(
            sentences.VILLAGE["untold"],
            {"place": name, "month": month, "low": CLASSES[explained.class_low].name,
             "high": CLASSES[explained.class_high].name, "missing": missing, "all": len(explained.lines)},
        )  # fmt: skip
    since = since_when(kind, asked, history)
    names = [said(sentences.SHORT_NAMES[key]) for key in explained.holding[:MOST_HELD]]
    return Said(
        sentences.VILLAGE["held" if names else "top"],
        {"place": name, "name": kind.name, "since": since, "holding": ", ".join(names)},
    )


def since_when(kind, asked, history):
    """The first month of the unbroken run of this class that ends with the month asked for."""
    earlier = [row for row in history if row.period <= asked.period]
    first = asked.period
    for row in reversed(earlier):
        if row.village_class != kind.village_class or row.formed is False:
            break
        first = row.period
    month_before = months.shift(first, -1)
    known_before = any(row.period == month_before for row in earlier)
    return sentences.since(first, not known_before, get_language())


def indicator_name(ruleset, key):
    return registry.name_of(ruleset.indicators[key])


def explanation(ruleset, facts, explained, figures):
    """Gauges, the table of scores, and the other view ('as reported' or 'plausible only') where it says otherwise."""
    other = classification.explain(ruleset, facts, "reported" if figures == "plausible" else "plausible")
    scores = []
    for line, another in zip(explained.lines, other.lines, strict=True):
        own = ruleset.dimensions[line.dimension]
        rule = ruleset.indicators[line.key]
        counts = rule.counts_en if get_language() == "en" else rule.counts_id
        limits = tuple(enumerate(getattr(rule, "bands", ()), start=1))
        scores.append(
            Score(line, registry.name_of(rule), counts, DIMENSION_NAMES[line.dimension], own[0] == line.key, len(own),
                  another if another.score != line.score else None, limits)
        )  # fmt: skip
    differs = any(score.other for score in scores)
    return {
        "explained": explained, "gauges": gauges(explained), "scores": scores,
        "figures_used": figures, "differs": differs,
        "other_kind": kind_of(other.village_class, None) if differs else None,
    }  # fmt: skip


def gauges(explained):
    found = []
    for key in DIMENSIONS:
        value = explained.indices[key]
        lines = [line for line in explained.lines if line.dimension == key]
        low, high = (value, value) if value is not None else (
            sum(line.low for line in lines) / len(lines), sum(line.high for line in lines) / len(lines)
        )  # fmt: skip
        start, end = (100 * (one - 1) / 3 for one in (low, high))
        found.append(
            Gauge(
                key,
                DIMENSION_NAMES[key],
                DIMENSION_MEANINGS[key],
                value,
                explained.passes[key],
                low,
                high,
                start if value is None else 0.0,
                end - start if value is None else end,
            )
        )
    return found


def paths(place, asked, facts):
    """Ways up, each with the address of its what-if."""
    found = []
    for path in classification.paths(asked.ruleset, facts):
        changes = {}
        for step in path.steps:
            changes |= {key: value for key, value in step.changes.items() if key in asking.FIELDS}
        query = urlencode({"periode": asked.period, "aturan": asked.rules, **changes})
        steps = [(indicator_name(asked.ruleset, step.key), step) for step in path.steps]
        found.append((kind_of(path.to_class, None), steps, f"{what_if_address(place)}?{query}"))
    return found


def what_if_address(place):
    return reverse("reports:whatif", args=[place.code])


def asked_form(place, asked, facts, answers, now=None):
    """`now`: the explanation of the facts, where somebody made it already."""
    parts = [(part.title, [(field, answers.get(field.key)) for field in part.fields]) for part in asking.PARTS]
    return {"form_parts": parts, "form_address": what_if_address(place), "answer": answer(asked, facts, answers, now)}


def answer(asked, facts, answers, now):
    """What the class is now and would be, with what moved."""
    now = now or classification.explain(asked.ruleset, facts)
    then = classification.explain(asked.ruleset, answers) if answers is not facts else now
    return {
        "now": kind_of(now.village_class, None), "then": kind_of(then.village_class, None), "explained": then,
        "rows": [(DIMENSION_NAMES[key], now.indices[key], then.indices[key], then.passes[key]) for key in DIMENSIONS],
        "low": name_of_class(then.class_low), "high": name_of_class(then.class_high),
        "holding": [indicator_name(asked.ruleset, key) for key in then.holding],
        "changed": asking.changed(answers, facts),
    }  # fmt: skip


def name_of_class(number):
    return CLASSES[number].name


@public()
def whatif(request, code):
    """The answer alone for the form on the page; the whole page without it."""
    leads = places.elsewhere(request, code, level_is_village=True)
    if leads:
        return leads
    place = places.found(code)
    asked = inputs.asked(request.GET, code)
    outcome = Outcome.objects.current(asked.rules, asked.period).filter(code=code).first() if asked.period else None
    facts = facts_of(outcome) if outcome else dict.fromkeys(INPUTS)
    answers = asking.answered(request.GET, facts)
    context = {
        "place": place, "code": code, "name": places.full_name(place), "asked": asked, "kept": "",
        "trail": places.trail(code), "invented": places.any_invented(code), **asked_form(place, asked, facts, answers),
    }  # fmt: skip
    if "HX-Request" not in request.headers:
        return render(request, "reports/whatif.html", context)
    response = render(request, "reports/_answer.html", context)
    changes = {field.key: request.GET.get(field.key, "") for field in context["answer"]["changed"]}
    query = urlencode({"periode": asked.period or "", "aturan": asked.rules, **changes})
    response["HX-Replace-Url"] = f"{what_if_address(place)}?{query}"
    response["Vary"] = "HX-Request"
    return response

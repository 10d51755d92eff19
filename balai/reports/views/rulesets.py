"""The rule sets explained, and what they make of the same villages."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language

from balai.access.views import public
from balai.classification import rules as classification
from balai.classification.models import Outcome
from balai.regions.models import Place
from balai.reports import inputs
from balai.reports.rules.kinds import KINDS, kind_of
from balai.reports.views import counting, pictures, places, registry
from balai.reports.views.villages import DIMENSION_NAMES

OLDER, NEWER = "portal-2023", "balai-2026"


@dataclass
class Explained:
    """One indicator: what is counted, its limits for score 1 to 4, and whose work it is."""

    key: str
    name: str
    dimension: str
    first: bool
    span: int
    counts: str
    options: tuple
    limits: list
    table: tuple
    columns: tuple
    work: str
    source: str


@public()
def rulesets(request):
    code, place = asked_place(request)
    return render(
        request, "reports/rulesets.html",
        {"here": "rulesets", "rulesets": [(name, classification.load(name)) for name in classification.names()],
         **side_by_side(request, code), "place": place, "region_name": places.full_name(place)},
    )  # fmt: skip


@public()
def ruleset(request, name):
    if name not in classification.names():
        raise Http404(name)
    rules = classification.load(name)
    code, place = asked_place(request)
    context = {
        "here": "rulesets", "rules": rules, "title": registry.name_of(rules), "indicators": explained(rules),
        "truth": truth_table(rules), "pass_at": rules.pass_at, **side_by_side(request, code), "place": place,
        "region_name": places.full_name(place),
    }  # fmt: skip
    return render(request, "reports/ruleset.html", context)


def asked_place(request):
    code = request.GET.get("wilayah", "")[:13]
    if not code:
        return "", None
    place = Place.objects.filter(pk=code).first()
    if place is None:
        raise Http404(code)
    return code, place


def explained(rules):
    english = get_language() == "en"
    found = []
    for key, rule in rules.indicators.items():
        dimension = rules.dimension_of(key)
        own = rules.dimensions[dimension]
        limits = [*getattr(rule, "bands", ()), *[""] * 4][:4]
        found.append(
            Explained(
                key, registry.name_of(rule), DIMENSION_NAMES[dimension], own[0] == key, len(own),
                rule.counts_en if english else rule.counts_id, rule.options_en if english else rule.options_id,
                limits, getattr(rule, "table", ()), getattr(rule, "columns", ()),
                rule.work_en if english else rule.work_id, rule.source,
            )
        )  # fmt: skip
    return found


def truth_table(rules):
    return [
        ((one, two, three), kind_of(int(rules.class_of[one, two, three]), None))
        for one in (0, 1) for two in (0, 1) for three in (0, 1)
    ]  # fmt: skip


def side_by_side(request, code):
    """How many villages are of which class under one rule set and under the other."""
    query = request.GET.copy()
    query.pop("aturan", None)
    asked = inputs.asked({**query.dict(), "aturan": NEWER}, code)
    older = inputs.runs_of(OLDER, code)
    if asked.period is None or asked.period not in older:
        return {"asked": asked, "matrix": None, "code": code}
    _flow, matrix = pictures.flow_and_matrix(both(asked.period, code))
    return {"asked": asked, "matrix": matrix, "code": code, "kinds": KINDS}


def both(period, code):
    other = Outcome.objects.current(OLDER, period).filter(code=OuterRef("code")).annotate(state=counting.STATE)
    pairs = (
        Outcome.objects.current(NEWER, period).within(code)
        .annotate(before=Subquery(other.values("state")[:1]), after=counting.STATE).values("before", "after")
        .annotate(n=Count("id")).order_by().values_list("before", "after", "n")
    )  # fmt: skip
    return {(counting.kind_of_state(before), counting.kind_of_state(after)): count for before, after, count in pairs}

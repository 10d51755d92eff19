"""The book of indicators: open to everybody, for it holds no figure."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from balai.access.views import NotFound, public
from balai.base.words import sentence
from balai.indicators import rules as indicators
from balai.indicators.rules.book import DIRECTIONS, UNITS
from balai.indicators.rules.book import book as record
from balai.scorecards.rules.book import BASES, PROGRAMMES, matching, said_of
from balai.scorecards.views.reading import known

LONGEST = 80  # letters that are looked for
ONLY = {"": lambda _waits: True, "menunggu": bool, "dihitung": lambda waits: not waits}
EXPRESSIONS = {
    "counted": sentence("Dihitung"), "against": sentence("Dibandingkan dengan"), "value": sentence("Nilai"),
    "over": sentence("Dibagi"),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """An indicator in the language of the reader."""

    means: str
    counted: str
    of: str
    note: str
    unit: str
    direction: str
    levels: str
    version: int
    since: object
    source: str
    basis: str
    waits: object
    beside: list
    parts: list
    bands: list
    formula: str
    table: str
    among: str
    expressions: list


def told(one):
    language = get_language()
    say = english if language == "en" else indonesian
    catalogue = indicators.catalogue().indicators
    return Told(
        means=say(one, "means"), counted=say(one, "counted"), of=say(one, "of"), note=say(one, "note"),
        unit=UNITS[one.unit], direction=DIRECTIONS[one.direction], levels=one.levels, version=one.version,
        since=one.since, source=one.source, basis=BASES[one.basis], waits=said_of(waits(one)) if waits(one) else None,
        beside=[(code, say(catalogue[code], "name")) for code in one.beside],
        parts=[(each.code, each.name(language)) for each in figures_of(one) if each.is_part],
        bands=[(band, say(band, "word")) for band in one.bands], formula=one.formula, table=one.table, among=one.among,
        expressions=[(EXPRESSIONS[key], getattr(one, key)) for key in EXPRESSIONS if getattr(one, key)],
    )  # fmt: skip


def waits(one):
    return indicators.waits_for(indicators.catalogue(), one)


def figures_of(one):
    return [each for each in known().values() if each.indicator.code == one.code]


def indonesian(one, what):
    return getattr(one, f"{what}_id")


def english(one, what):
    return getattr(one, f"{what}_en")


@public()
def book(request):
    asked = request.GET.get("cari", "").strip()[:LONGEST], request.GET.get("program", ""), request.GET.get("hanya", "")
    text, programme, only = asked
    if only not in ONLY or (programme and programme not in PROGRAMMES):
        raise NotFound
    every = list(indicators.catalogue().indicators.values())
    found = [one for one in matching(every, text) if ONLY[only](waits(one))]
    say = english if get_language() == "en" else indonesian
    groups = [
        (
            name,
            [
                (one, say(one, "name"), say(one, "means"), waits(one) and said_of(waits(one)))
                for one in found
                if one.programme == key
            ],
        )
        for key, name in PROGRAMMES.items()
        if programme in ("", key)
    ]
    context = {
        "groups": [(name, rows) for name, rows in groups if rows], "all": len(every), "sought": text, "only": only,
        "programmes": PROGRAMMES, "programme": programme, "waiting": sum(bool(waits(one)) for one in every),
        "here": "indicators",
    }  # fmt: skip
    return render(request, "scorecards/book.html", context)


@public()
def entry(request, indicator):
    one = indicators.catalogue().indicators.get(indicator)
    if one is None:
        raise NotFound
    language = get_language()
    context = {
        "indicator": one, "name": (english if language == "en" else indonesian)(one, "name"), "told": told(one),
        "programme": one.programme, "programme_name": PROGRAMMES[one.programme], "here": "indicators",
        "figures": [(each.code, each.name(language)) for each in figures_of(one)],
    }  # fmt: skip
    return render(request, "scorecards/entry.html", context)


@public()
def as_json(request):
    """What `balai indicators export --json` prints."""
    return JsonResponse(record(indicators.catalogue()), json_dumps_params={"ensure_ascii": False, "indent": 1})

"""Nation, province, kabupaten, kecamatan."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from balai.access.views import public
from balai.base.words import Said, sentence
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.reports import inputs
from balai.reports.rules import numbers, published, sentences
from balai.reports.rules.kinds import CLASSES, KINDS, UNTOLD
from balai.reports.views import counting, lists, pictures, places

SIGA = sentence("kartu Kampung KB dan laporan bulanan SIGA, profil Kampung KB")
FORMED_MEANS = sentence(
    "Pembilang: desa yang punya Kampung KB pada bulan itu. Penyebut: semua desa, kelurahan, dan desa adat di wilayah "
    "ini yang ada datanya; yang belum ada datanya tidak dianggap belum membentuk."
)
CLASS_MEANS = sentence(
    "Desa berkelas %(name)s menurut aturan %(rules)s. Penyebut: %(n)s desa yang kelasnya dapat ditentukan."
)
MANY = sentence("%(name)s (%(share)s)")
FEW = sentence("%(name)s (%(share)s, n = %(n)s)")
REGION = sentence("kode wilayah Kepmendagri 300.2.2-2430/2025")


@dataclass
class Figure:
    """A number with its definition, source and list: what one tap tells."""

    value: str
    label: Said | str
    what: Said | str
    source: str
    link: str = ""


@dataclass
class Region:
    """Everything that is counted for one region."""

    place: Place | None
    code: str
    level: int
    rows: list
    villages: list | None
    totals: counting.Row


@public()
def nation(request):
    return page(request, None)


@public()
def region(request, code):
    return places.elsewhere(request, code, level_is_village=False) or page(request, places.found(code))


def counted(place, asked):
    code, level = (place.code, place.level) if place else ("", 0)
    if level >= Level.KABUPATEN:
        rows, villages = counting.villages(asked, code)
    else:
        rows, villages = counting.children(asked, code, level + 1), None
    return Region(place, code, level, rows, villages, counting.total(rows))


def page(request, place):
    asked = inputs.asked(request.GET, place.code if place else "")
    here = counted(place, asked)
    if not here.rows and place is None:
        return render(request, "reports/empty.html", {"here": "nation"})
    language = get_language()
    flow, matrix = pictures.flow_and_matrix(counting.moves(asked, here.code) if asked.period else {})
    name = places.full_name(place)
    totals = here.totals
    context = {
        "here": "nation" if place is None else "", "comparing": True,
        "place": place, "code": here.code, "name": name, "asked": asked,
        "run": asked.run, "level": here.level, "totals": totals, "parts": totals.tally.parts,
        "whole": totals.tally.known,
        "lead": sentences.lead(name, totals.villages, totals.formed, totals.tally, asked.period, language),
        "figures": figures(here, asked, language), "bar": pictures.bar(totals.tally), "flow": flow, "matrix": matrix,
        "trail": places.trail(here.code) if place else None, "invented": places.any_invented(here.code),
        "came_from": places.came_from(request, place) if place and "dari" in request.GET else None,
        "became": places.became(place), "classes": CLASSES, "kinds": KINDS, "kept": kept(asked, request),
        **published_rows(here, language), **listed(request, here), **mapped(here),
    }  # fmt: skip
    if here.villages is not None:
        context["village_rows"] = lists.village_rows(context["villages"], context["kept"])
    return render(request, "reports/region.html", context)


def kept(asked, request):
    """Month and rule set as part of the address, where the reader chose them."""
    query = request.GET.copy()
    for name in set(query) - {"periode", "aturan", "dibanding"}:
        del query[name]
    return f"?{query.urlencode()}" if query else ""


def figures(here, asked, language):
    totals, tally = here.totals, here.totals.tally
    to_list = kept_list(here, asked)
    whole = tally.known if asked.period else totals.villages
    coverage = numbers.number(totals.formed, 0, language) + " / " + numbers.number(whole, 0, language)
    found = [
        Figure(
            coverage, Said(sentence("desa membentuk Kampung KB (%(share)s)"),
                           {"share": numbers.share(totals.formed, whole, language)}),
            FORMED_MEANS,
            REGION, to_list + "#daftar",
        )
    ]  # fmt: skip
    if asked.period is None:
        return found
    for kind in CLASSES:
        count = tally.count(kind)
        label = Said(
            FEW if numbers.is_few(tally.classed) else MANY,
            {"name": kind.name, "share": numbers.share(count, tally.classed, language), "n": tally.classed},
        )  # fmt: skip
        what = Said(
            CLASS_MEANS,
            {"name": kind.name, "rules": asked.rules, "n": tally.classed},
        )  # fmt: skip
        found.append(Figure(numbers.number(count, 0, language), label, what, SIGA, narrowed(here, to_list, kind)))
    untold = Figure(
        numbers.number(tally.untold, 0, language), sentence("belum dapat ditentukan"),
        sentence("Isian yang belum ada masih memungkinkan lebih dari satu kelas. Belum diisi tidak dihitung nol."),
        SIGA, narrowed(here, to_list, UNTOLD),
    )  # fmt: skip
    return [*found, untold]


def narrowed(here, to_list, kind):
    """Lists of villages can show one kind alone; lists of larger places show all."""
    return f"{to_list}&kelas={kind.key}#daftar" if here.villages is not None else f"{to_list}#daftar"


def kept_list(here, asked):
    base = reverse("reports:region", args=[here.code]) if here.code else reverse("reports:nation")
    parts = f"?periode={asked.period}&aturan={asked.rules}" if asked.period else "?"
    return base + parts


def listed(request, here):
    """The rows and villages that the address asks for, sorted and filtered."""
    if here.villages is None:
        wanted = inputs.wanted(request.GET, tuple(lists.ROW_SORTS))
        return {"rows": lists.sorted_by(here.rows, wanted, lists.ROW_SORTS), "wanted": wanted}
    wanted = inputs.wanted(request.GET, tuple(lists.VILLAGE_SORTS))
    found = lists.sorted_by(lists.filtered(here.villages, wanted), wanted, lists.VILLAGE_SORTS)
    order = f"-{wanted.sort}" if wanted.descending else wanted.sort
    return {"rows": here.rows if here.level == Level.KABUPATEN else [], "villages": found, "wanted": wanted,
            "order": order, "all_villages": len(here.villages)}  # fmt: skip


def mapped(here):
    """A map of the villages (or the places below) when their outlines are loaded, else tiles or waffles."""
    level = Level.VILLAGE if here.villages is not None else here.level + 1
    drawing = pictures.shapes(here.code, level)
    shown = here.villages if here.villages is not None else here.rows
    if drawing:
        return {"map": pictures.areas(drawing, shown), "map_height": drawing[0], "map_source": drawing[1],
                "map_width": 800}  # fmt: skip
    if here.villages is None:
        return {"waffles": pictures.waffles(here.rows), "silent": [row for row in here.rows if not row.tally.known]}
    groups = {row.code: (row, []) for row in here.rows}
    for village in here.villages:
        groups[village.code.rpartition(".")[0]][1].append(village)
    return {"tiles": [group for group in groups.values() if group[1]]}


def published_rows(here, language):
    rows = [
        {"when": row.when, "formed": row.formed, "about": row.about, "together": row.together, "url": row.url,
         "source": row.source, "note": row.note(language), "values": [row.percent(kind.key) for kind in CLASSES]}
        for row in published.of_region(here.code)
    ]  # fmt: skip
    return {"published": rows, "class_counts": [(kind, here.totals.tally.count(kind)) for kind in CLASSES]}


@public()
def export(request, kind, code=""):
    """The list as it is seen, as a file."""
    if kind not in lists.EXPORTS:
        raise Http404(kind)
    away = places.elsewhere(request, code, level_is_village=False) if code else None
    if away:
        return away
    asked = inputs.asked(request.GET, code)
    here = counted(places.found(code) if code else None, asked)
    shown = listed(request, here)
    table = lists.village_table(shown["villages"]) if "villages" in shown else lists.row_table(shown["rows"])
    name = "-".join(filter(None, ("balai", code or "indonesia", asked.period, asked.rules)))
    return lists.EXPORTS[kind](*table, name)

"""The table of a region as a file, as it is seen."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.access.views import NotFound, door
from balai.base import cells
from balai.scorecards.views import grid, places
from balai.scorecards.views.reading import Reader, known, periods_of


@door()
def nation(request, kind):
    return table(request, places.nation(), kind)


@door()
def region(request, code, kind):
    return table(request, places.here(request.actor, code, village=False), kind)


def table(request, here, kind):
    if kind not in cells.WRITERS:
        raise NotFound
    period, programme = places.period(request, periods_of(here.code)), places.programme(request)
    below, _villages = places.children(request.actor, here)
    head, lines = content(Reader(request.actor), here, below, period, grid.codes_of(programme))
    response = HttpResponse(cells.WRITERS[kind](head, lines), content_type=cells.MEDIA_TYPES[kind])
    name = "-".join(filter(None, ("rapor", here.code, programme, period)))
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return response


def content(reader, here, below, period, codes):
    """One line a place and indicator, so that every figure carries its numerator, denominator and interval."""
    head = [_("Kode wilayah"), _("Wilayah"), _("Bulan"), _("Kode indikator"), _("Indikator"), _("Nilai"), _("Satuan"),
            _("Pembilang"), _("Penyebut"), _("Batas bawah 95%"), _("Batas atas 95%"), _("Catatan")]  # fmt: skip
    if period is None:
        return head, []
    names = {here.code: str(here.name), **{place.pk: place.name for place in below}}
    figures = reader.figures(list(names), period, codes)
    language = get_language()
    return head, [
        line(figures[region, code], names[region], period, known()[code].name(language))
        for region in names
        for code in codes
        if (region, code) in figures
    ]


def line(one, place, period, name):
    told = [one.region, place, period, one.entry.code, name]
    unit = one.entry.indicator.unit
    if one.figure is None:
        return [*told, None, unit, None, None, None, None, _("kurang dari 5") if one.withheld else _("belum ada data")]
    note = _("wilayah kecil") if one.figure.small else one.word
    return [*told, one.figure.value, unit, one.n, one.d, one.figure.low, one.figure.high, note]

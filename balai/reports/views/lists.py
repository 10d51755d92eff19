"""Filtering, sorting and exporting the lists of a region's page."""

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.base import cells
from balai.classification.rules import INDICATORS
from balai.regions.rules import search_form
from balai.reports.rules import numbers
from balai.reports.rules.kinds import KINDS, SUSTAINABLE
from balai.reports.rules.sentences import SHORT_NAMES
from balai.reports.templatetags.balai import said

NOTHING = -1
ROW_SORTS = {
    "kode": lambda row: row.code,
    "nama": lambda row: row.name,
    "desa": lambda row: row.villages,
    "terbentuk": lambda row: row.formed / row.villages if row.villages else NOTHING,
    "berkelanjutan": lambda row: row.tally.share_of_class(SUSTAINABLE),
    "belum": lambda row: row.tally.untold,
}
VILLAGE_SORTS = {
    "kode": lambda village: village.code,
    "nama": lambda village: village.name,
    "kelas": lambda village: KINDS.index(village.kind),
    "input": lambda village: (village.indices[0] is None, village.indices[0]),
    "proses": lambda village: (village.indices[1] is None, village.indices[1]),
    "output": lambda village: (village.indices[2] is None, village.indices[2]),
}


def sorted_by(rows, wanted, sorts):
    """Rows without a value come last, whichever way the list is turned."""
    key = sorts[wanted.sort]
    empty = [row for row in rows if isinstance(key(row), tuple) and key(row)[0]]
    full = [row for row in rows if not (isinstance(key(row), tuple) and key(row)[0])]
    return sorted(full, key=key, reverse=wanted.descending) + empty


def filtered(villages, wanted):
    text = search_form(wanted.text)
    return [
        village
        for village in villages
        if (not wanted.kinds or village.kind in wanted.kinds)
        and (not text or text in search_form(f"{village.name} {village.above}") or wanted.text in village.code)
    ]


def row_table(rows):
    """Head and cells of the places below a nation or province."""
    head = [_("Kode"), _("Nama"), _("Desa/kelurahan"), _("Terbentuk"), *(said(kind.name) for kind in KINDS)]
    return head, [
        [row.code, row.name, row.villages, row.formed, *(row.tally.count(kind) for kind in KINDS)] for row in rows
    ]


def village_table(villages):
    head = [_("Kode"), _("Desa/kelurahan"), _("Kecamatan"), _("Kelas"), _("Input"), _("Proses"), _("Output"),
            *INDICATORS]  # fmt: skip
    return head, [
        [village.code, village.name, village.above, said(village.kind.name),
         *(None if value is None else value / 100 for value in village.indices),
         *(int(mark) if mark.isdigit() else None for mark in village.scores or "." * len(INDICATORS))]
        for village in villages
    ]  # fmt: skip


def as_csv(head, rows, name):
    return download(cells.as_csv(head, rows), cells.MEDIA_TYPES["csv"], f"{name}.csv")


def as_xlsx(head, rows, name):
    return download(cells.as_xlsx(head, rows), cells.MEDIA_TYPES["xlsx"], f"{name}.xlsx")


def download(content, media_type, name):
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


EXPORTS = {"csv": as_csv, "xlsx": as_xlsx}


def village_rows(villages, query):
    """The body of the table of villages: some hundred rows, so written without the template engine."""
    language = get_language()
    names = {key: said(name) for key, name in SHORT_NAMES.items()}
    dimensions = {"input": _("Input"), "process": _("Proses"), "output": _("Output")}
    badges = {kind: badge(kind) for kind in KINDS}
    return format_html_join(
        "\n",
        '<tr><th scope="row"><a href="/desa/{}{}">{}</a><span class="small quiet">{}</span></th><td>{}</td>'
        '<td class="num">{}</td><td class="num">{}</td><td class="num">{}</td><td class="held">{}</td></tr>',
        (
            (village.code, query, village.name, village.above, badges[village.kind],
             *(index_text(value, language) for value in village.indices), held(village, names, dimensions, language))
            for village in villages
        ),
    )  # fmt: skip


def badge(kind):
    text = '<span class="badge k-{}"><i aria-hidden="true">{}</i>{}</span>'
    return format_html(text, kind.key, kind.sign, said(kind.name))


def index_text(value, language):
    return "–" if value is None else numbers.number(value / 100, 2, language)


def held(village, names, dimensions, language):
    """'Proses: lintas sektor 1; …' for every dimension that does not pass: its weakest indicators."""
    return "; ".join(
        f"{dimensions[dimension]}: "
        + ", ".join(f"{names[key]} {'?' if mark == '.' else mark}" for key, mark in weakest)
        for dimension, _value, weakest in village.holding
    )

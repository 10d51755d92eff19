"""Places side by side: the heat map, and for one indicator ranking and funnel."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from balai.access.views import NotFound
from balai.indicators.rules.book import DIRECTIONS
from balai.scorecards.rules import drawing
from balai.scorecards.rules.book import PROGRAMMES, by_programme
from balai.scorecards.views.reading import Shown, calmed, compared, known

__all__ = ["PROGRAMMES", "codes_of", "side_by_side"]


FOLD = 50  # places that are listed at once


@dataclass(frozen=True)
class Place:
    """One place of the ranking."""

    code: str
    name: str
    above: str
    one: Shown
    rank: int | None
    stands: object
    bar: object
    shrunken: float | None


@dataclass(frozen=True)
class Side:
    """Columns of the heat map, its rows as HTML, and the indicator that is looked at closely."""

    rows: list
    body: str
    chosen: object
    ranking: list
    funnel: object

    @property
    def first(self):
        return self.ranking[:FOLD]

    @property
    def others(self):
        """Folded: who looks for one place finds it in the heat map, too."""
        return self.ranking[FOLD:]

    @property
    def direction(self):
        return DIRECTIONS[self.chosen.entry.own.direction]

    @property
    def shrunk(self):
        return any(place.shrunken is not None for place in self.ranking)

    @property
    def top(self):
        return 100 * self.funnel.top

    @property
    def beyond_inner(self):
        return self.funnel.beyond(1)

    @property
    def beyond_outer(self):
        return self.funnel.beyond(2)


def codes_of(programme):
    return [entry.code for entry in by_programme(known())[programme]]


def side_by_side(reader, below, found, period, asked):
    """None without places below or without a figure of theirs."""
    rows = [row for row in found.values() if row.told]
    if not rows or not below:
        return None
    figures = reader.figures([place.pk for place in below], period, list(found))
    chosen = chosen_row(rows, asked)
    ranking = ranked(below, chosen, figures)
    return Side(rows, body(below, rows, figures), chosen, ranking, funnel(ranking, chosen.entry))


def chosen_row(rows, asked):
    """The indicator that the address asks for; without any the first that has an interval."""
    if asked:
        row = next((row for row in rows if row.entry.code == asked), None)
        if row is None:
            raise NotFound
        return row
    return next((row for row in rows if row.entry.share), rows[0])


def ranked(below, row, figures):
    """The places by rank; those without a figure last, by their code."""
    code, direction = row.entry.code, row.entry.own.direction
    cells = {place.pk: figures.get((place.pk, code)) or Shown(row.entry, place.pk) for place in below}
    values = {pk: one.value for pk, one in cells.items() if one.value is not None}
    ranks = drawing.ranked(values, direction)
    most = drawing.scale(max(one.value, one.figure.high or 0.0) for one in cells.values() if one.value is not None)
    drawn = calmed(cells.values())
    places = [
        Place(place.pk, place.name, above(place), one, ranks.get(place.pk), compared(one, row.here), bar_of(one, most),
              drawn.get(place.pk))
        for place, one in ((place, cells[place.pk]) for place in below)
    ]  # fmt: skip
    return sorted(places, key=lambda place: (place.rank is None, place.rank, place.code))


def bar_of(one, most):
    return drawing.bar(one.value, one.figure.low, one.figure.high, most) if one.value is not None else None


def above(place):
    """The kecamatan of a village; nothing for a larger place, whose name says it."""
    return place.parent.name if place.code.count(".") == 3 else ""


def funnel(ranking, entry):
    cells = [(place.code, place.one.n, place.one.d) for place in ranking if place.one.figure and place.one.d]
    return drawing.funnel(cells) if entry.share else None


PLAIN, HEAT = '<td class="h {}">{}</td>', '<td class="h {}"><i aria-hidden="true">{}</i>{}</td>'


def body(below, rows, figures):
    """The rows of the heat map: some thousand cells, so written without the template engine."""
    words = {"withheld": _("kurang dari 5"), "of": _("dari")}
    return format_html_join(
        "\n",
        '<tr><th scope="row"><a href="{}">{}</a><span class="small quiet">{}</span></th>{}</tr>',
        (
            (address(place), place.name, above(place),
             format_html_join("", "{}", ((cell(figures.get((place.pk, row.entry.code)), row, words),) for row in rows)))
            for place in below
        ),
    )  # fmt: skip


def address(place):
    return f"/rapor/desa/{place.pk}" if place.level == 4 else f"/rapor/wilayah/{place.pk}"


def cell(one, row, words):
    if one is None or (one.figure is None and not one.withheld):
        return format_html(PLAIN, "none", "–")
    if one.withheld:
        return format_html(PLAIN, "few", "< 5")
    stands = compared(one, row.here)
    value = one.word or _rounded(one.value, row.entry.decimals)
    return format_html(HEAT, stands.value, stands.sign, value)


def _rounded(value, decimals):
    """Django's own cuts off what it does not show."""
    return number_format(round(value, decimals), decimal_pos=decimals, force_grouping=True)

"""Figures as one reader may see them: every page of this room reads results here and nowhere else."""

from dataclasses import dataclass
from functools import cache

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.base import months
from balai.indicators import rules as indicators
from balai.indicators.models import Run, Value
from balai.indicators.rules import NATION, Counted, Figure
from balai.indicators.rules.declared import FACTORS
from balai.indicators.rules.formulas import codes as codes_of
from balai.indicators.rules.formulas import formula, worked_out
from balai.indicators.rules.results import exact
from balai.scorecards.rules.book import Entry, entries
from balai.scorecards.rules.drawing import spark
from balai.scorecards.rules.seeing import KABUPATEN, Sight, sight, withheld
from balai.scorecards.rules.standing import Standing, standing

__all__ = ["NATION", "Reader", "Shown", "calmed", "calmed_among", "compared", "known", "line", "periods_of"]


@dataclass(frozen=True)
class Shown:
    """One figure of one region: what may be shown of it. Without `figure` it is missing, withheld, or contradicts
    itself."""

    entry: Entry
    region: str
    n: int | None = None
    d: int | None = None
    figure: Figure | None = None
    withheld: bool = False
    odd: bool = False

    @property
    def value(self):
        return self.figure.value if self.figure else None

    @property
    def word(self):
        """A class in words: of one place whether it has it, of several how many of them; empty of all else."""
        if self.figure is None or not self.entry.is_class:
            return ""
        if self.d != 1:
            return _("%(n)s dari %(all)s desa") % {"n": numbered(self.n), "all": numbered(self.d)}
        return self.entry.class_name(get_language()) if self.n else _("bukan")


def numbered(value):
    return number_format(value, decimal_pos=0, force_grouping=True)


@cache
def known():
    """Code to entry of everything that the catalogue declares."""
    found = indicators.catalogue()
    return entries(found.indicators.values(), lambda one: indicators.waits_for(found, one))


@cache
def operands(code):
    """The codes that the formula of a figure is made of; none for what is counted."""
    own = known()[code].own
    return tuple(codes_of(formula(own.formula, own.place))) if own.formula else ()


class Reader:
    """What one actor may see; asks the role once for each region and table."""

    def __init__(self, actor):
        self.actor, self._sights = actor, {}

    def sight(self, region, entry):
        key = region, entry.table
        if key not in self._sights:
            self._sights[key] = sight(self.actor, *key)
        return self._sights[key]

    def shown(self, code, region, counted, on):
        entry = known()[code]
        seen = self.sight(region, entry)
        if counted is None or counted.n is None or seen is Sight.NONE:
            return Shown(entry, region)
        if seen is Sight.COARSE and withheld(counted.n, counted.d, share=entry.share):
            return Shown(entry, region, withheld=True)
        figure = indicators.figure(entry.own, counted, on)
        if figure.value is None:
            return Shown(entry, region, odd=figure.odd)
        return Shown(entry, region, counted.n, counted.d, figure)

    def together(self, region, cells, on, codes=None):
        """Code to Shown of everything that `cells`, code to Counted of one region, can tell."""
        found = {code: self.shown(code, region, one, on) for code, one in cells.items() if code in known()}
        for code in known() if codes is None else codes:
            if operands(code) and any(part in found for part in operands(code)):
                found[code] = self._formula(code, region, cells, found)
        return found if codes is None else {code: found[code] for code in codes if code in found}

    def _formula(self, code, region, cells, found):
        entry, parts = known()[code], operands(code)
        if any(found[part].withheld for part in parts if part in found):
            return Shown(entry, region, withheld=True)
        node = formula(entry.own.formula, entry.own.place)
        value = worked_out(node, lambda part: exact(known()[part].own, cells.get(part) or Counted(None)))
        if value is None:
            return Shown(entry, region)
        factor = FACTORS.get(entry.own.unit, 1)
        return Shown(entry, region, figure=Figure(code, float(value * factor), None, None))

    def figures(self, regions, period, codes=None):
        """(region, code) to Shown of all that is stored."""
        rows = Value.objects.filter(period=period, region__in=regions)
        rows = rows if codes is None else rows.filter(code__in=with_operands(codes))
        cells, on = {}, months.last_day(period)
        for region, code, *counted in rows.values_list("region", "code", "n", "d", "bins"):
            cells.setdefault(region, {})[code] = of_row(*counted)
        return {
            (region, code): one
            for region, some in cells.items()
            for code, one in self.together(region, some, on, codes).items()
        }

    def history(self, region, codes=None):
        """Code to {period: Shown} of one region, the oldest first."""
        rows = Value.objects.filter(period__in=periods_of(region), region=region).order_by("period")
        rows = rows if codes is None else rows.filter(code__in=with_operands(codes))
        cells, found = {}, {}
        for period, code, *counted in rows.values_list("period", "code", "n", "d", "bins"):
            cells.setdefault(period, {})[code] = of_row(*counted)
        for period, some in cells.items():
            for code, one in self.together(region, some, months.last_day(period), codes).items():
                found.setdefault(code, {})[period] = one
        return found


def with_operands(codes):
    return {*codes, *(part for code in codes for part in operands(code))}


def of_row(n, d, bins):
    """As it is stored: JSON keeps the values of a histogram as text."""
    return Counted(n, d, {int(value): count for value, count in bins.items()} if bins else None)


def line(past):
    """The small picture of {period: Shown}."""
    return spark({period: one.value for period, one in past.items() if one.value is not None})


def compared(here, other):
    """How a figure stands beside that of a larger region."""
    if here.figure is None or other is None or other.figure is None:
        return Standing.UNKNOWN
    return standing(here.entry.own.direction, here.figure.low, here.figure.high, other.value)


def periods_of(region):
    """Months of which a run covered the whole region, the newest first."""
    runs = Run.objects.order_by().values_list("period", "region").distinct()
    return sorted({period for period, covered in runs if covers(covered, region)}, reverse=True)


def covers(covered, region):
    return not covered or f"{region}.".startswith(f"{covered}.")


def calmed(figures):
    """Region to the estimate that is drawn towards all of them; only of shares, and only of those that are shown."""
    shares = [one for one in figures if one.figure and one.entry.share and one.d]
    return _drawn({one.region: (one.n, one.d) for one in shares}, shares[0].entry) if shares else {}


def calmed_among(one, period):
    """The estimate of a village drawn towards all villages of its kabupaten; None of what is no share."""
    if one is None or one.figure is None or not one.entry.share:
        return None
    rows = Value.objects.within(one.region[:KABUPATEN]).filter(period=period, code=one.entry.code, d__gt=0)
    cells = {region: (n, d) for region, n, d in rows.values_list("region", "n", "d") if len(region) == len(one.region)}
    return _drawn(cells, one.entry).get(one.region)


def _drawn(cells, entry):
    factor, shares = FACTORS.get(entry.own.unit, 1), indicators.shrunken(list(cells.values()))
    return {region: factor * share for region, share in zip(cells, shares, strict=True)}

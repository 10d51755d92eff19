"""The lines of a table of indicators: a figure, its past, and how it stands beside larger regions."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import get_language

from balai.scorecards.rules.book import PROGRAMMES, Entry, by_programme
from balai.scorecards.rules.standing import Standing
from balai.scorecards.views.reading import Shown, compared, known, line

MOST_NAMED = 3  # indicators in the first sentence
RECENT = 3  # months that are written beside a line


@dataclass
class Row:
    """`beside`: (name of the larger region, its figure, how this one stands beside it), the nearest first."""

    entry: Entry
    name: str
    here: Shown
    beside: list = field(default_factory=list)
    spark: object = None
    past: list = field(default_factory=list)
    live: Shown | None = None
    twin: object = None
    listed: bool = False

    @property
    def told(self):
        """Whether there is anything to show: a share of nobody is missing, and so is what was never asked."""
        return bool(self.here.figure or self.here.withheld or self.here.odd or self.live)

    @property
    def is_other_class(self):
        """One of several classes, and the place has another one."""
        told = [one for one in (self.here, self.live) if one and one.figure]
        return bool(told) and all(one.entry.is_class and one.d == 1 and not one.n for one in told)

    @property
    def recent(self):
        return self.past[-RECENT:]

    @property
    def standing(self):
        """Beside the nearest region that can be compared."""
        return next((stands for *_, stands in self.beside if stands is not Standing.UNKNOWN), Standing.UNKNOWN)


@dataclass
class Card:
    """A programme: its lines with figures, those without, and those that wait for other work."""

    key: str
    rows: list
    missing: list
    waiting: list

    @property
    def name(self):
        return PROGRAMMES[self.key]

    @property
    def stands(self):
        counted = Counter(row.standing for row in self.rows)
        return {standing.value: counted[standing] for standing in Standing}


def table(reader, here, period, codes=None):
    """Code to Row of everything that is stored for the place in that month."""
    figures = reader.figures([here.code, *(region for region, _name in here.lineage)], period, codes)
    past = reader.history(here.code, codes)
    language, found = get_language(), {}
    for code, entry in known().items():
        one = figures.get((here.code, code))
        if one is not None:
            row = Row(entry, entry.name(language), one, beside(one, here, figures))
            row.past, row.spark = list(past.get(code, {}).items()), line(past.get(code, {}))
            found[code] = row
    return found


def beside(one, here, figures):
    found = [(name, figures.get((region, one.entry.code))) for region, name in here.lineage]
    return [(name, other, compared(one, other)) for name, other in found if other is not None]


def cards(found):
    """Every programme with its lines."""
    return [card(key, found) for key in PROGRAMMES]


def card(key, found):
    language, rows, missing, waiting = get_language(), [], [], []
    for entry in by_programme(known())[key]:
        if entry.code in found and found[entry.code].told:
            if not found[entry.code].is_other_class:
                rows.append(found[entry.code])
        else:
            (waiting if entry.waits else missing).append((entry, entry.name(language)))
    return Card(key, rows, missing, waiting)


def lead(here, found):
    """What the first sentence of a page is made of: what the figures say together."""
    found = [row for row in found if row.here.figure]
    counted = Counter(row.standing for row in found)
    worse = [row.name for row in found if row.standing is Standing.WORSE]
    key = "none" if not found else "alone" if not any(row.beside for row in found) else "named" if worse else "compared"
    other = here.lineage[0][1] if here.lineage else ""
    return {"key": key, "count": len(found), "better": counted[Standing.BETTER], "worse": len(worse),
            "names": ", ".join(worse[:MOST_NAMED]), "other": other}  # fmt: skip


def add_live(found, here, figures):
    """The figures of this very hour beside the stored ones; also those that were never stored."""
    for code, one in figures.items():
        if one.figure is None:
            continue
        row = found.setdefault(code, Row(one.entry, one.entry.name(get_language()), Shown(one.entry, here.code)))
        row.live = one

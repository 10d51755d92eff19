"""The sheets of a file as people's rows; or, where no heading is known, the headings that were found."""

from dataclasses import dataclass, replace

from balai.base.errors import NotValid
from balai.base.workbooks import check, read_sheets
from balai.sheets.rules import layouts, regsosek
from balai.sheets.rules.cells import text_of
from balai.sheets.rules.items import Item
from balai.sheets.rules.layouts import HEADED_WITHIN, Headed, Line

SUFFIXES = (".xlsx", ".xls", ".csv")
MOST_ROWS = 250_000
LONGEST_CELL = 4096


@dataclass(frozen=True)
class Found:
    """One person's row, and the sheet it stands on: its place in the roster's `headings`."""

    sheet: int
    line: Line


def suffix_of(name):
    """The end of a file's name, when it is one that can be read."""
    found = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)
    if found is None:
        raise NotValid("Berkas ini bukan XLSX, XLS, atau CSV. Simpan sebagai salah satunya, lalu unggah lagi.")
    return found


def must_be_readable(file, suffix):
    """NotValid before anything is kept, when it is not what its name says, or too large."""
    if suffix != ".csv":
        check(file, "Berkas" + suffix, legacy=True)


def read_file(path, suffix, chosen=None):
    """(headings, rows, names of sheets that are no list, headings that may be) of a file. `chosen`: {item: column} and
    line of the headings, of a list that is not known by itself."""
    headings, rows, unread, unknown, families = [], [], [], [], {}
    with read_sheets(path, name="Berkas" + suffix, legacy=True, longest_cell=LONGEST_CELL) as sheets:
        for sheet in sheets:
            top = [(row.line, row.cells) for row in _first(sheet.rows)]
            headed = _headed(top, chosen)
            if headed is None and _of_families(top, sheet.rows, families):
                continue
            if headed is None:
                unread.append(sheet.name)
                unknown += [] if sheet.hidden else _guess(top)
                continue
            for line in layouts.lines(headed, _all(top, sheet.rows)):
                rows.append(Found(len(headings), line))
                _bounded(rows)
            headings.append(recorded(headed))
    return headings, _with_families(rows, families), unread, unknown


def _of_families(top, rest, families):
    """Adds what a sheet says of whole families, card to question to cell; gives whether it is such a sheet."""
    for place, (_line, cells) in enumerate(top):
        places = regsosek.recognised(cells)
        if places:
            for card, told in regsosek.answers(places, _all(top[place + 1 :], rest)).items():
                families.setdefault(card, {}).update(told)
            return True
    return False


def _with_families(rows, families):
    """What is said of a family stands beside the first row of its card."""
    left = dict(families)
    return [replace(one, line=_beside(one.line, left)) for one in rows] if left else rows


def _beside(line, left):
    told = left.pop(text_of(line.card), None)
    return replace(line, beside=told) if told else line


def _bounded(rows):
    if len(rows) > MOST_ROWS:
        raise NotValid("Berkas ini berisi lebih dari %(most)d orang. Bagi per desa.", most=MOST_ROWS)


def _first(rows):
    for number, row in enumerate(rows, start=1):
        yield row
        if number == HEADED_WITHIN:
            return


def _all(top, rest):
    yield from top
    yield from ((row.line, row.cells) for row in rest)


def _headed(top, chosen):
    if chosen:
        there = next((cells for line, cells in top if line == chosen["line"]), None)
        places = {Item(item): place for item, place in chosen["places"].items()}
        return layouts.chosen(chosen["line"], there, places) if there else None
    for place, (line, cells) in enumerate(top):
        below = top[place + 1][1] if place + 1 < len(top) else ()
        headed = layouts.recognised(line, cells, below)
        if headed:
            return headed
    return None


def _guess(top):
    """The row of headings that says most; none where the first rows are people already."""
    guesses = [(layouts.guessed(cells), line, cells) for line, cells in top]
    known = [(places, line, cells) for places, line, cells in guesses if Item.NAME in places and len(places) > 1]
    best = max(known, key=lambda one: len(one[0]), default=None)
    if best is None:
        return []
    places, line, cells = best
    return [{"line": line, "heads": list(layouts.heads_of(cells)), "places": places}]


def recorded(headed):
    """What the roster keeps of a heading, to read a row again."""
    return {
        "kind": headed.layout.key, "numbers": headed.layout.numbers, "line": headed.line, "heads": list(headed.heads),
        "places": dict(headed.places), "blocks": headed.layout.blocks, "serial": headed.layout.serial,
    }  # fmt: skip


def headed_of(known):
    layout = layouts.Layout(known["kind"], "", "", known["numbers"], blocks=known["blocks"], serial=known["serial"])
    places = {Item(item): place for item, place in known["places"].items()}
    return Headed(layout, known["line"], places, tuple(known["heads"]))

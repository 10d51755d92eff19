"""What the pictures of a region's page need: the map or its tile grid, the bar, the flow and its matrix."""

from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Count, Max

from balai.regions.models import Boundary
from balai.reports.rules import outline
from balai.reports.rules.flow import flow
from balai.reports.rules.kinds import KINDS, Kind
from balai.reports.rules.waffle import waffles as drawn_waffles

SIGN_ROOM = 18  # units of the picture that a sign needs
DAY = 86400


@dataclass
class Shape:
    code: str
    path: str
    x: int
    y: int
    room: bool


@dataclass
class Area:
    """A shape on the map with what it shows."""

    shape: Shape
    name: str
    kind: Kind
    tally: object = None


def shapes(code, level):
    """(height, source, shapes) of the loaded outlines of that level, or None; drawn once for a state of the table."""
    loaded = Boundary.objects.filter(place__level=level, place__code__startswith=code and code + ".")
    state = loaded.aggregate(n=Count("pk"), last=Max("loaded_at"))
    if not state["n"]:
        return None
    key = f"shapes:{code}:{level}:{state['n']}:{state['last'].timestamp()}"
    return caches["figures"].get_or_set(key, lambda: drawn(loaded), DAY)


def drawn(loaded):
    rows = list(loaded.order_by("place_id").values_list("place_id", "rings", "source"))
    outlines = {code: rings for code, rings, _source in rows}
    into = outline.frame(outlines)
    found = []
    for code, rings in outlines.items():
        x, y, wide = outline.centre(rings, into)
        found.append(Shape(code, outline.path(rings, into), x, y, wide >= SIGN_ROOM))
    return into.height, rows[0][2], found


def areas(drawing, rows):
    """Shapes with the kind of a village, or the most frequent kind of a larger place."""
    by_code = {row.code: row for row in rows}
    found = []
    for shape in drawing[2]:
        row = by_code.get(shape.code)
        if row is not None:
            tally = getattr(row, "tally", None)
            found.append(Area(shape, row.name, tally.largest if tally else row.kind, tally))
    return found


def waffles(rows):
    rows = [row for row in rows if row.tally.known]
    return list(zip(rows, drawn_waffles([row.tally.with_data for row in rows]), strict=True))


def bar(tally):
    """(kind, count, start, width) in hundredths of the whole."""
    whole, start, parts = tally.known or 1, 0.0, []
    for kind, count in tally.known_parts:
        width = 100 * count / whole
        parts.append((kind, count, round(start, 3), round(width, 3)))
        start += width
    return parts


def flow_and_matrix(moves):
    if not moves:
        return None, None
    columns = [kind for kind in KINDS if any(after is kind for _before, after in moves)]
    rows = [kind for kind in KINDS if any(before is kind for before, _after in moves)]
    table = [
        (before, [{"count": moves.get((before, after), 0), "same": before is after} for after in columns])
        for before in rows
    ]
    return flow(moves), {"columns": columns, "rows": table}

"""Reads the drawn examples of spec/indicators.

    == what the example shows
    on 2022-06-30                       the snapshot's day, where it is not the usual one
    couples                             a promised table; several may follow each other
    age | uses_method || fp_state       behind || stands what the columns have to become
    ----+-------------++---------
     30 | yes         || 1
    F02 = 1/1                           numerator and denominator
    F01 = 1                             a count
    A07 = 17:2 19:1                     values and how often

Columns that are not drawn are empty, and so is a cell with nothing or a dot. `age`, `age_months` say when somebody was
born, to the day. A day may be drawn as "-30d", "-14m", "-3y": before that of the snapshot. An example with columns that
are derived or rolled up is about complete tables, and these are not worked out.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property

from balai.indicators.rules import Derived, Rolled, tables
from tests.spec.drawn import SPEC, cells

DAY = date(2026, 11, 22)
BORN = {"age": "y", "age_months": "m"}
USUAL = {
    "members": {"sex": "1", "relation": "4"}, "children": {"sex": "1", "age_months": "0"},
    "measurements": {"sex": "1", "measured_on": "-1d"}, "aid": {"programme": "other", "state": "received"},
    "events": {"kind": "birth", "happened_on": "-60d", "entered_on": "-50d"}, "facilities": {"kind": "posyandu"},
    "deliveries": {"delivered_on": "-100d"}, "catin": {"sex": "2", "registered_on": "-100d"},
    "visits": {"visited_on": "-10d", "kind": "3"}, "referrals": {"sent_on": "-60d"}, "audits": {"made_on": "-60d"},
    "proposals": {"submitted_on": "-60d"}, "home_checks": {"checked_on": "-60d"}, "child_services": {"age_months": "0"},
}  # fmt: skip


@dataclass
class Example:
    place: str
    title: str
    day: date = DAY
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    becomes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)

    @cached_property
    def is_complete(self):
        """Whether derived or rolled columns are given."""
        return any(
            isinstance(tables()[name].complete.get(column), Derived | Rolled) and column not in BORN
            for name, rows in self.rows.items()
            for row in rows
            for column in row
        )


@cache
def examples():
    return [one for path in sorted((SPEC / "indicators").glob("*.txt")) for one in _read(path)]


def _read(path):
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if text.startswith("== "):
            found.append(Example(f"{path.name}:{number}", text[3:]))
            names = None
        elif text in tables():
            table, names = text, None
            found[-1].rows[table], found[-1].becomes[table] = [], []
        elif text and not text.startswith("#") and not _told(found[-1], text):
            names = _drawn(found[-1], table, names, line, f"{path.name}:{number}")
    return found


def _told(one, text):
    """Whether the line says the day or what is expected, and is taken in."""
    code, equals, expected = text.partition(" = ")
    if text.startswith("on "):
        one.day = date.fromisoformat(text[3:])
    elif equals:
        assert code not in one.expected, f"{one.place}: {code}"
        one.expected[code] = expected
    return equals or text.startswith("on ")


def _drawn(one, table, names, line, place):
    """Takes a row in; gives the names of the columns, which the first line has."""
    given, becomes = halves = _halves(line)
    if names is None or set(line.strip()) <= set("-+"):
        return names or halves
    assert (len(given), len(becomes)) == tuple(map(len, names)), place
    one.rows[table].append(dict(zip(names[0], given, strict=True)))
    one.becomes[table].append(dict(zip(names[1], becomes, strict=True)))
    return names


def _halves(line):
    given, bars, becomes = line.partition("||")
    return cells(given), cells(becomes) if bars else []


def values(one, table, number, village):
    """The row as the columns of the promised table have it. Keys are those of the village, or the number of the row."""
    promised = tables()[table]
    drawn = USUAL.get(table, {}) | one.rows[table][number]
    for column, unit in BORN.items():
        if column in drawn and not one.is_complete:
            drawn["born_on"] = f"-{drawn.pop(column)}{unit}"
    row = {"village": village, "as_of": one.day, "month_start": one.day.replace(day=1)}
    row |= {name: value(text, promised.complete[name].type, one.day) for name, text in drawn.items()}
    row |= {key: f"{village}-{row.get(key) or number}" for key in promised.keys}
    if table == "aid":
        row["member"] = f"{village}-{drawn['member']}" if drawn.get("member") else None
    return {name: value for name, value in row.items() if name in promised.complete}


def value(text, kind, day):
    if text in ("", "."):
        return None
    return {"bool": _yes, "int": int, "real": float, "text": str, "date": lambda said: _date(said, day)}[kind](text)


def _yes(text):
    return {"yes": True, "no": False}[text]


def _date(text, day):
    if not text.startswith("-"):
        return date.fromisoformat(text)
    if len(text) == len("-y"):  # an age that is not drawn
        return None
    amount, unit = int(text[1:-1]), text[-1]
    if unit == "d":
        return day - timedelta(days=amount)
    months = day.year * 12 + day.month - 1 - amount * (12 if unit == "y" else 1)
    return date(months // 12, months % 12 + 1, day.day)

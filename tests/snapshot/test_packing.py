"""What the database packs into texts comes out as the values that stand there, whatever they are."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.snapshot.models.packing import packed
from balai.snapshot.rules.frames import Words, number_of
from balai.snapshot.rules.packed import HIGHEST, Versions, unpacked

KEYS = {"a": "0" * 31 + "1", "b": "f" * 32}
LAST = date(2885, 1, 1)
CELLS = {
    "key": ("UUID", st.sampled_from([*KEYS.values()])),
    "code": ("VARCHAR", st.sampled_from(["", "16.05", 'a "b"\n', "é"])),
    "day": ("DATE", st.dates(max_value=LAST)),
    "number": ("INTEGER", st.integers(0, 32_767)),
    "yes": ("BOOLEAN", st.booleans()),
    "real": ("DOUBLE", st.integers(0, 15_000).map(lambda tenths: tenths / 10)),
    "amount": ("BIGINT", st.integers(0, 10**11)),
}
KINDS = {name: kind for name, (kind, _cells) in CELLS.items()}
CAST = {
    "sqlite": {"UUID": "TEXT", "DATE": "TEXT", "BOOLEAN": "INTEGER", "VARCHAR": "TEXT", "DOUBLE": "REAL"},
    "postgresql": {"VARCHAR": "text", "DOUBLE": "numeric", "INTEGER": "smallint"},
}
ROWS = st.lists(st.tuples(*(st.none() | cells for _kind, cells in CELLS.values())), max_size=5)


def told(rows, kinds):
    """As a query of these rows brings it."""
    types = CAST[connection.vendor]
    cells = ", ".join(f"CAST(%s AS {types.get(kind, kind)})" for kind in kinds.values())
    one = f"SELECT {cells}"
    parameters = [cell for row in rows for cell in row]
    sql = " UNION ALL ".join([one] * len(rows)) if rows else f"SELECT * FROM ({one}) AS x WHERE 1 = 0"
    with connection.cursor() as cursor:
        cursor.execute(packed(sql, kinds), parameters or [None] * len(kinds))
        return cursor.fetchall()


def values(frame, name, words):
    read = {"DATE": lambda days: date.fromordinal(days + date(1970, 1, 1).toordinal()), "BOOLEAN": bool}
    kind = KINDS[name]
    read |= dict.fromkeys(("UUID", "VARCHAR"), list(words).__getitem__)
    pairs = zip(*(cells.tolist() for cells in frame[name]), strict=True)
    return [read.get(kind, lambda same: same)(value) if known else None for value, known in pairs]


@pytest.mark.django_db
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
def test_what_goes_in_comes_out_of_one_query_or_of_several(first, second):
    words = Words()
    frame = unpacked([*told(first, KINDS), *told(second, KINDS)], KINDS, words)
    rows = [values(frame, name, words) for name in KINDS]
    assert list(zip(*rows, strict=True)) == [*first, *second]
    assert frame.rows == len(first) + len(second)


@pytest.mark.django_db
@given(day=st.dates(min_value=LAST.replace(month=12)))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_day_that_nobody_lives_to_see_stays_beyond_all_others(day):
    (found,), _known = unpacked(told([(day,)], {"day": "DATE"}), {"day": "DATE"}, Words())["day"]
    assert number_of(LAST) < found <= HIGHEST


def test_where_the_walls_let_nobody_through_there_are_columns_without_rows():
    frame = unpacked([], KINDS, Words())
    assert frame.rows == 0
    assert set(frame.columns) == set(KINDS)


@pytest.mark.parametrize(
    ("people", "changed"),
    [("\x02\x02\x02", set()), ("\x02\x02\x03", {"b"}), ("\x02\x02", {"b"}), ("\x03\x02\x03", {"a", "b"})],
)
def test_a_family_differs_once_somebody_of_it_is_restricted_or_erased(people, changed):
    entries = [(2, '["a","b"]', "[null,5]")]
    keys = '["a","a","b"]' if len(people) == 3 else '["a","a"]'
    before = Versions(entries, [(3, "\x02\x02\x02", '["a","a","b"]')])
    assert Versions(entries, [(len(people), people, keys)]).changed(before) == changed
    assert Versions([(2, '["a","b"]', "[4,5]")], before.people).changed(before) == {"a"}
    assert Versions([], []).changed(before) == {"a", "b"}

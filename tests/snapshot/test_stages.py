"""One village's tables on arrays are, row by row, those that DuckDB makes of the same sources, whatever these hold."""

from datetime import date
from uuid import UUID

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.indicators.rules import catalogue
from balai.snapshot.actions import making
from balai.snapshot.rules.frames import Words, all_of, framed, met, number_of
from balai.snapshot.rules.raw import JOIN, RUPIAH, raw_tables, stages
from balai.snapshot.rules.sources import BEFORE, sources
from balai.snapshot.rules.staging import STAGES, Stages
from balai.snapshot.rules.tabling import tabled
from tests.snapshot.conftest import VILLAGE

ON = date(2024, 2, 29)
KEYS = [str(UUID(int=number)) for number in range(1, 9)]
PEOPLE, FAMILIES = KEYS[:5], KEYS[5:]
DAYS = (date(1990, 5, 17), date(2019, 2, 28), date(2019, 3, 1), date(2023, 2, 28), date(2023, 3, 1), date(2024, 1, 31),
        ON, date(2024, 3, 1))  # fmt: skip
REGIONS = (VILLAGE, f"{VILLAGE}.001.001", f"{VILLAGE}.001.002")
CELLS = {
    "region": st.sampled_from(REGIONS), "village": st.just(VILLAGE), "programme": st.sampled_from(["pkh", "sembako"]),
    "code": st.sampled_from(["pkh", "sembako"]), "sex": st.sampled_from([1, 2]), "relation": st.integers(1, 4),
    "decile": st.integers(1, 10), "born_on": st.sampled_from(DAYS), "measured_on": st.sampled_from(DAYS),
    "dated_on": st.sampled_from(DAYS), "position": st.sampled_from(["l", "h", ""]), "amount": st.just(10**10),
}  # fmt: skip
LISTS = ["dtsen", "p3ke", "other", "dtks"]
KINDS = {
    "documents": ["card", "family_card", "birth", "child_card", "marriage"], "lists": LISTS, "listed": LISTS,
    "programmes": ["cash"], "happened": ["birth", "death"], "places_of_service": ["posyandu"],
}  # fmt: skip
BY_TYPE = {
    "UUID": st.none(), "VARCHAR": st.none() | st.sampled_from(["x", "y"]), "DATE": st.none() | st.sampled_from(DAYS),
    "INTEGER": st.none() | st.integers(0, 4), "BIGINT": st.none(), "BOOLEAN": st.none() | st.booleans(),
    "DOUBLE": st.none() | st.sampled_from([3.5, 7.25]),
}  # fmt: skip
ALWAYS = {"region", "village", "family", "person", "mother", "code", "kind", "measured_on", "dated_on", "programme"}
ONCE = {
    "registered": ("id",),
    "persons": ("id",),
    "measured": ("person", "measured_on"),
    "told_of_villages": ("village",),
}
OF_NOBODY = {"received": "person", "lists": "region"}  # may be empty


def cell(source, name, kind):
    found = {"family": st.sampled_from(FAMILIES), "person": st.sampled_from(PEOPLE), "mother": st.sampled_from(PEOPLE)}
    if (source, name) == ("registered", "id"):
        return st.sampled_from(FAMILIES)
    if name == "id":
        return st.sampled_from(PEOPLE)
    if name == "kind":
        return st.sampled_from(KINDS[source])
    if source == "lists" and name == "region":
        return st.sampled_from([None, "", "16", "16.05", VILLAGE, "81"])
    here = (found | CELLS).get(name, BY_TYPE[kind])
    return here if name in ALWAYS and OF_NOBODY.get(source) != name else st.none() | here


def rows_of(source, kinds):
    row = st.tuples(*(cell(source, name, kind) for name, kind in kinds.items()))
    names = list(kinds)
    once = ONCE.get(source)
    keys = once and (lambda row: tuple(row[names.index(name)] for name in once))
    return st.lists(row, max_size=6, unique_by=keys)


EVERY = {**sources(), "before": BEFORE}
REGISTER = st.fixed_dictionaries({name: rows_of(name, kinds) for name, kinds in EVERY.items()})


def by_duckdb(told):
    """Table to its rows, sorted."""
    tables = making.with_source(catalogue().tables)
    with duckdb.connect() as base:
        making.on_day(base, ON)
        for name, kinds in EVERY.items():
            columns = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
            base.execute(f"CREATE TABLE {name} ({columns})")
            if told[name]:
                base.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(kinds))})", told[name])
        making.make_raw(base, tables)
        return {name: sorted(base.execute(f"FROM raw_{name}").fetchall(), key=repr) for name in tables}


def plain(value, kind):
    """As a live reading brings it."""
    if kind == "DATE" and value is not None:
        return number_of(value)
    return value.replace("-", "") if kind == "UUID" and value else value


def on_arrays(told):
    words = Words()
    frames = {
        name: framed(
            [[plain(*one) for one in zip(row, kinds.values(), strict=True)] for row in told[name]], kinds, words
        )
        for name, kinds in EVERY.items()
    }
    tables = making.with_source(catalogue().tables)
    found = tabled(tables, Stages(frames, words, ON), grown=False)
    return {name: rows_from(table, found[name], list(words)) for name, table in tables.items()}


def rows_from(table, columns, texts):
    size = max(len(values) for values, _known in columns.values() if np.ndim(values))
    cells = []
    for name, (values, known) in columns.items():
        read = {"bool": bool, "date": lambda days: date.fromordinal(days + 719_163),
                "text": lambda number, key=name: keyed(key, texts[number])}  # fmt: skip
        pairs = zip(np.broadcast_to(values, size).tolist(), np.broadcast_to(known, size).tolist(), strict=True)
        kind = read.get(table.columns[name].type, lambda same: same)
        cells.append([kind(value) if there else None for value, there in pairs])
    return sorted(zip(*cells, strict=True), key=repr)


def keyed(name, text):
    return str(UUID(text)) if name in ("family", "member", "facility") else text


@settings(max_examples=60, deadline=None)
@given(REGISTER)
def test_every_table_is_row_by_row_what_duckdb_makes(told):
    ours, theirs = on_arrays(told), by_duckdb(told)
    for name, rows in theirs.items():
        assert ours[name] == rows, name


def test_every_stage_has_its_twin():
    assert set(STAGES) >= set(stages()) - {"newest_lists", "pairs"}  # which stand within others


@pytest.mark.parametrize("name", raw_tables())
def test_a_table_says_only_what_both_can_read(name):
    raw, promised = raw_tables()[name], catalogue().tables[name]
    assert all(JOIN.fullmatch(text) for text in raw.joins.values())
    assert all(raw.told(column) or text == "NULL" for column, text in raw.columns.items())
    assert all(column.type == "int" for column in promised.columns.values() if column.unit == RUPIAH)


def test_one_meets_each_of_several_and_keeps_its_place_where_there_is_none():
    left, right = np.array([3, 1, 3, 0]), np.array([3, 2, 3])
    rows, index = met(all_of(left), all_of(right), 4)
    assert (rows.tolist(), index.tolist()) == ([0, 0, 1, 2, 2, 3], [0, 2, -1, 0, 2, -1])
    rows, index = met((left, left != 3), all_of(np.array([0, 1])), 4)
    assert (rows, index.tolist()) == (None, [-1, 1, -1, 0])

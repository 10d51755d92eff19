"""Every indicator by drawn examples: who is counted, of whom, and at the edges."""

import pytest

from balai.indicators.rules import catalogue, parts, tables
from tests.spec.indicators.drawing import examples, value, values

SHARES = {code: one for indicator in catalogue().indicators.values() for code, one in parts(indicator).items()}


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.place} {one.title}")
def test_an_example_is_counted_as_drawn(drawn, example):
    counted, rows = drawn[example.place]
    assert {code: told(counted, code) for code in example.expected} == example.expected
    for table, becomes in example.becomes.items():
        assert tables()[table].keys or not any(becomes)
        for number, expected in enumerate(becomes):
            given = values(example, table, number, village(rows))
            row = rows[table][tuple(given.get(key) for key in tables()[table].keys)]
            types = tables()[table].complete
            assert {key: row[key] for key in expected} == {
                key: value(text, types[key].type, example.day) for key, text in expected.items()
            }


def village(rows):
    return next(row["village"] for found in rows.values() for row in found.values())


def told(counted, code):
    found = counted.get(code)
    if found is None:
        return "nobody"
    if found.bins is not None:
        return " ".join(f"{value}:{times}" for value, times in sorted(found.bins.items()))
    return f"{found.n}/{found.d}" if found.d is not None else f"{found.n}"


def test_every_figure_that_is_counted_has_an_example():
    shown = {code for one in examples() for code in one.expected}
    counted = {code for code, one in SHARES.items() if one.table and not one.formula}
    assert counted - shown == set()
    assert shown - counted == set()

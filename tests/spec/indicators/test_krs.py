"""The rule of families at risk of stunting against the figures of 648 villages, and what those figures rule out."""

import csv
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.indicators.engines import duckdb as engine
from tests.spec.indicators.conftest import complete
from tests.spec.indicators.drawing import DAY, Example

# Sums over all 648 villages (domain dossier, 2.2), and over the 312 of Pasangkayu, Majene and Polewali Mandar that the
# file here holds.
WHOLE = {
    "JUMLAH KELUARGA": 339_882, "JUMLAH KELUARGA SASARAN": 217_562, "JUMLAH KRS": 64_552, "KESEJAHTERAAN 1": 10_085,
    "KESEJAHTERAAN 2": 7_973, "KESEJAHTERAAN 3": 7_012, "KESEJAHTERAAN 4": 5_352, "KESEJAHTERAAN > 4": 34_130,
    "PUNYA BADUTA": 21_612, "PUNYA BALITA": 52_258, "PUS": 216_521, "PUS HAMIL": 3_258,
    "SUMBER AIR MINUM TIDAK LAYAK": 17_037, "JAMBAN TIDAK LAYAK": 27_747, "TERLALU MUDA": 2_981, "TERLALU TUA": 50_584,
    "TERLALU DEKAT": 2_893, "TERLALU BANYAK": 72_774, "PUS 4T": 104_438, "BUKAN PESERTA KB MODERN": 76_843,
}  # fmt: skip
HERE = {
    "JUMLAH KELUARGA": 199_832, "JUMLAH KELUARGA SASARAN": 124_738, "JUMLAH KRS": 34_826, "KESEJAHTERAAN 1": 6_179,
    "KESEJAHTERAAN 2": 4_698, "KESEJAHTERAAN 3": 3_916, "KESEJAHTERAAN 4": 2_898, "KESEJAHTERAAN > 4": 17_135,
    "PUNYA BADUTA": 13_061, "PUNYA BALITA": 30_767, "PUS": 124_118, "PUS HAMIL": 2_289,
    "SUMBER AIR MINUM TIDAK LAYAK": 7_944, "JAMBAN TIDAK LAYAK": 13_719, "TERLALU MUDA": 1_728, "TERLALU TUA": 29_210,
    "TERLALU DEKAT": 1_832, "TERLALU BANYAK": 43_088, "PUS 4T": 61_055, "BUKAN PESERTA KB MODERN": 45_853,
}  # fmt: skip


@pytest.fixture(scope="module")
def villages(shared_data):
    path = shared_data / "siga_sulbar_2025" / "data_verval_krs_2024_sem2.csv"
    with path.open(encoding="utf-8-sig") as lines:
        keys = (*WHOLE, "JUMLAH TIDAK BERESIKO")
        return [{key: int(row[key]) for key in keys} for row in csv.DictReader(lines, delimiter=";")]


def bounds(row):
    """What the rule allows a village's KRS to be, from its own counts."""
    water, latrine = row["SUMBER AIR MINUM TIDAK LAYAK"], row["JAMBAN TIDAK LAYAK"]
    return max(water, latrine), water + latrine + min(row["PUS 4T"], row["BUKAN PESERTA KB MODERN"])


def test_the_file_is_the_one_the_rule_was_drawn_from(villages):
    assert len(villages) == 312
    assert {key: sum(row[key] for row in villages) for key in WHOLE} == HERE
    assert all(HERE[key] < WHOLE[key] for key in WHOLE)


@pytest.mark.parametrize("totals", [WHOLE, HERE])
def test_the_sums_agree_with_the_rule(totals):
    low, high = bounds(totals)
    assert low <= totals["JUMLAH KRS"] <= high
    assert sum(totals[f"KESEJAHTERAAN {rank}"] for rank in (1, 2, 3, 4, "> 4")) == totals["JUMLAH KRS"]


def test_no_village_contradicts_the_rule(villages):
    for row in villages:
        low, high = bounds(row)
        assert low <= row["JUMLAH KRS"] <= high
        assert row["JUMLAH KRS"] + row["JUMLAH TIDAK BERESIKO"] == row["JUMLAH KELUARGA SASARAN"]
        ranks = [row[f"KESEJAHTERAAN {rank}"] for rank in (1, 2, 3, 4, "> 4")]
        assert sum(ranks) == row["JUMLAH KRS"]  # ranks divide the risk, they make none
        four = [row[f"TERLALU {one}"] for one in ("MUDA", "TUA", "DEKAT", "BANYAK")]
        assert max(four) <= row["PUS 4T"] <= sum(four)


def test_neither_any_of_the_four_alone_nor_no_modern_method_alone_makes_the_risk(villages):
    assert sum(row["PUS 4T"] > row["JUMLAH KRS"] for row in villages) == 277
    assert sum(row["BUKAN PESERTA KB MODERN"] > row["JUMLAH KRS"] for row in villages) == 231
    over = [row["JUMLAH KRS"] - row["SUMBER AIR MINUM TIDAK LAYAK"] - row["JAMBAN TIDAK LAYAK"] for row in villages]
    assert (sum(one > 0 for one in over), sum(one for one in over if one > 0)) == (275, 13_957)


WATERS, LATRINES, AGES, METHODS, CHILDREN = range(1, 10), range(1, 5), (19, 20, 34, 35, 40, 41), (0, 5, 9), (0, 2, 3)
COLUMNS = {
    "couples": ("age", "births", "born_boys", "born_girls", "alive_boys", "pregnant", "uses_method", "method"),
    "families": ("water", "latrine"),
}


@pytest.fixture(scope="module")
def every_kind():
    """(what a family answers, whether it is at risk), of every kind of couple and house there is."""
    kinds = list(product(WATERS, LATRINES, AGES, METHODS, CHILDREN))
    example = Example("every kind", "")
    example.rows = {"couples": [], "families": []}
    for water, latrine, age, method, children in kinds:
        couple = (age, children, children, 0, children, "no", "yes" if method else "no", method or "")
        example.rows["couples"].append(dict(zip(COLUMNS["couples"], map(str, couple), strict=True)))
        example.rows["families"].append({"water": str(water), "latrine": str(latrine)})
    with engine.connect() as con:
        complete(con, [example], {"every kind": "76.05.03.2001"}, DAY)
        rows = con.execute("SELECT family, krs FROM families").fetchall()
    found = dict(rows)
    return [(kind, found[f"76.05.03.2001-{number}"]) for number, kind in enumerate(kinds)]


def test_the_rule_says_of_every_kind_of_family_what_the_sentence_says(every_kind):
    assert len(every_kind) == 1944
    for (water, latrine, age, method, children), krs in every_kind:
        unsafe = water not in (1, 2, 3, 4, 9)
        four_too = age < 20 or 35 <= age <= 40 or children >= 3
        assert krs is (unsafe or latrine != 1 or (four_too and method != 5)), (water, latrine, age, method, children)


@given(st.lists(st.integers(0, 1943), max_size=60))
def test_any_village_of_such_families_keeps_within_the_bounds_of_the_file(every_kind, chosen):
    families = [every_kind[number] for number in chosen]
    counts = {
        "SUMBER AIR MINUM TIDAK LAYAK": sum(kind[0] not in (1, 2, 3, 4, 9) for kind, _krs in families),
        "JAMBAN TIDAK LAYAK": sum(kind[1] != 1 for kind, _krs in families),
        "PUS 4T": sum(kind[2] < 20 or 35 <= kind[2] <= 40 or kind[4] >= 3 for kind, _krs in families),
        "BUKAN PESERTA KB MODERN": sum(kind[3] != 5 for kind, _krs in families),
    }
    low, high = bounds(counts)
    assert low <= sum(krs for _kind, krs in families) <= high

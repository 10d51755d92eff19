"""What the cells of a file say, and what is said of those that cannot be right."""

from datetime import date

import numpy as np
import pytest

from balai.base.errors import NotValid
from balai.growth.commands.growth import scored
from balai.growth.engines import Texts
from balai.growth.engines.delimited import Cells
from balai.growth.inputs import Header, checked
from balai.growth.inputs.cells import coded, days, numbers
from tests.spec.drawn import drawn

GIRL = {"sex": "P", "age_days": "365", "weight_kg": "9", "height_cm": "74", "position": "", "oedema": "",
        "head_cm": "", "muac_cm": ""}  # fmt: skip
AGED = ("age_days", "birth_date", "measured_on", "age_months")


def batch(rows):
    names = list(rows[0])
    return Cells([(2 + n, list(row.values())) for n, row in enumerate(rows)], len(names)), Header.of(names)


@pytest.mark.parametrize("row", drawn("growth/cells.txt"), ids=lambda row: f"{row['column']}-{row['cell']}")
def test_a_cell_is_read_or_named(row):
    added, _ = scored(*batch([GIRL | {row["column"]: row["cell"]}]), 1826)
    assert added.why.rows() == [row["says"]]
    assert [name for name, z in added.z.items() if not np.isnan(z[0])] == row["left"].split()


@pytest.mark.parametrize("row", drawn("growth/ages.txt"), ids=lambda row: row["found"])
def test_an_age_is_found_in_the_form_that_the_row_has(row):
    girl = {"sex": "P"} | {name: row[name] for name in AGED} | {"weight_kg": "9"}
    found = checked(*batch([girl]))
    said = [f"{column}: {words}" for column, words in found.wrong]
    if row["found"].isdigit():
        assert (np.floor(found.age_days[0] + 0.5), said) == (int(row["found"]), [])
    else:
        assert said == ([row["found"]] if row["found"] else [])
        assert found.sex[0] == (0 if said else 2)


def test_several_faults_of_a_row_are_all_named():
    spoilt = GIRL | {"sex": "X", "weight_kg": "9000", "height_cm": "0,74"}
    added, _ = scored(*batch([GIRL, spoilt, GIRL | {"sex": "X"}]), 1826)
    assert added.why.rows() == [
        "",
        "sex: harus L atau P (M atau F, 1 atau 2); weight_kg: tampaknya dalam gram, bukan kilogram;"
        " height_cm: tampaknya dalam meter, bukan sentimeter",
        "sex: harus L atau P (M atau F, 1 atau 2)",
    ]


def test_limits_of_an_older_child_are_its_own():
    older = GIRL | {"age_days": "3000", "weight_kg": "70", "height_cm": "160"}
    added, wrong = scored(*batch([older, older | {"weight_kg": "4"}]), 1826)
    assert list(wrong) == [("weight_kg", "di luar batas yang mungkin")]
    assert np.isnan(added.z["waz"]).tolist() == [False, True]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["age_days", "weight_kg"], "Kolom sex tidak ada"),
        (["sex", "birth_date", "weight_kg"], "Kolom umur tidak ada"),
        (["sex", "age_days"], "Kolom ukuran tidak ada"),
        (["sex", "SEX ", "age_days", "weight_kg"], "Kolom sex ada dua kali"),
        (["sex", "age_days", "weight_kg", "haz"], "Kolom haz sudah ada"),
        (["sex", "age_days", "weight_kg", "Why"], "Kolom why sudah ada"),
    ],
)
def test_a_file_without_what_is_needed_is_refused(names, said):
    with pytest.raises(NotValid, match=said):
        Header.of(names)


def test_names_are_known_whatever_their_case_and_strange_ones_may_stand_twice():
    found = Header.of([" Sex", "nama", "nama", "AGE_MONTHS", "Height_cm"])
    assert found.places == {"sex": 0, "age_months": 3, "height_cm": 4}


def test_columns_with_kinds_are_read_without_text():
    born = np.array(["2024-01-01", "NaT"], "datetime64[D]")
    empty = np.array([np.nan, 3.0])
    assert [list(part) for part in days(born)[1:]] == [[False, False]]
    assert days(born)[0][0] == (date(2024, 1, 1) - date(1970, 1, 1)).days
    assert list(days(empty)[1]) == [False, True]
    assert list(numbers(born)[1]) == [True, False]
    assert list(numbers(np.array([1.0, np.inf, np.nan]))[1]) == [False, True, False]
    assert [list(part) for part in coded(np.array([2.0, 7.0, np.nan]), {"2": 2, "p": 2})] == [
        [2, 0, 0],
        [False, True, False],
    ]
    assert [list(part) for part in coded(np.array([True, False]), {"1": 1, "0": 0})] == [[1, 0], [False, False]]
    assert list(coded(born, {"1": 1})[1]) == [True, False]


def test_a_distinct_text_stands_once():
    texts = Texts.of(["a", "b", "a"])
    assert (texts.distinct, texts.places.tolist(), texts.rows()) == (["a", "b"], [0, 1, 0], ["a", "b", "a"])

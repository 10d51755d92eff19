"""Can these figures be right? Plain numbers and arrays give the same answers."""

import csv

import numpy as np
import pytest

from balai.villages.rules import GroupKind, Mark
from balai.villages.rules import plausibility as check

NO = None
TABLE = [
    (check.negative, (-1,), True),
    (check.negative, (0,), False),
    (check.negative, (NO,), False),
    (check.above_target, (227, 378), False),
    (check.above_target, (378, 378), False),
    (check.above_target, (379, 378), True),
    (check.above_target, (1, 0), True),
    (check.above_target, (NO, 378), False),
    (check.above_target, (5, NO), False),
    (check.methods_differ, (272, (81, 50, 7, 113, 9, 0, 12, 0)), False),
    (check.methods_differ, (271, (81, 50, 7, 113, 9, 0, 12, 0)), True),
    (check.methods_differ, (273, (81, 50, 7, 113, 9, 0, 12, 0)), True),
    (check.methods_differ, (272, (81, NO, 7, 113, 9, 0, 12, 0)), False),
    (check.users_differ, (275, 272, 3), False),
    (check.users_differ, (275, 272, 4), True),
    (check.users_differ, (NO, 272, 4), False),
    (check.users_above_couples, (507, 275, 59), False),
    (check.users_above_couples, (300, 275, 59), True),
    (check.users_above_couples, (300, NO, 400), False),
    (check.users_and_others_differ, (100, 60, (10, 10, 10, 10)), False),
    (check.users_and_others_differ, (100, 60, (10, 10, 10, 11)), True),
    (check.users_and_others_differ, (100, 60, (10, 10, 10, NO)), False),
    (check.unmet_above_couples, (59, 507), False),
    (check.unmet_above_couples, (508, 507), True),
    (check.long_acting_above_users, (134, 275), False),
    (check.long_acting_above_users, (276, 275), True),
    (check.reported_above_existing, (1, 1), False),
    (check.reported_above_existing, (2, 1), True),
    (check.accompanied_differ, (36, 40, -4), False),
    (check.accompanied_differ, (36, 40, 0), True),
    (check.ages_differ, (10, (4, 6)), False),
    (check.ages_differ, (10, (4, 7)), True),
    (check.ages_differ, (NO, (4, 7)), False),
]


def column(figure):
    if isinstance(figure, tuple):
        return tuple(column(part) for part in figure)
    return np.array([np.nan if figure is None else figure, 0.0])


@pytest.mark.parametrize(("function", "figures", "expected"), TABLE)
def test_a_check_answers_for_numbers_and_arrays(function, figures, expected):
    assert bool(function(*figures)) is expected
    assert function(*map(column, figures)).tolist() == [expected, False]


METHODS = (81, 50, 7, 113, 9, 0, 12, 0)


@pytest.mark.parametrize(
    ("function", "figures", "expected"),
    [
        (check.couples_marks, (507, 59), Mark(0)),
        (check.couples_marks, (507, 508), Mark.UNMET_ABOVE_COUPLES),
        (check.couples_marks, (-1, 0), Mark.NEGATIVE | Mark.UNMET_ABOVE_COUPLES),
        (check.couples_marks, (507, -1), Mark.NEGATIVE),
        (check.couples_marks, (NO, 59), Mark(0)),
        (check.users_marks, (275, 134, 272, 3, METHODS), Mark(0)),
        (check.users_marks, (276, 134, 272, 3, METHODS), Mark.SUM),
        (check.users_marks, (275, 276, 272, 3, METHODS), Mark.SUM),
        (check.users_marks, (275, 134, 273, 2, METHODS), Mark.SUM),
        (check.users_marks, (271, 134, 268, 3, (*METHODS[:-1], -4)), Mark.NEGATIVE),
        (check.users_marks, (-5, NO, NO, NO, ()), Mark.NEGATIVE),
    ],
)
def test_marks_of_a_month(function, figures, expected):
    assert function(*figures) == expected
    assert function(*map(column, figures))[0] == expected


def test_each_poktan_has_its_own_mark():
    marks = {kind: Mark(check.group_marks(kind, 11, 10)) for kind in GroupKind}
    assert len(set(marks.values())) == 5
    assert all(mark.name == f"{kind.name}_ABOVE_TARGET" for kind, mark in marks.items())
    assert check.group_marks(GroupKind.BKB, 10, 10) == 0
    assert Mark.NEGATIVE in Mark(check.group_marks(GroupKind.BKB, -1, 10))
    assert check.group_marks(GroupKind.BKL, NO, 10) == 0


@pytest.fixture
def rows(shared_data):
    def read(name):
        with (shared_data / "siga_sulbar_2025" / name).open(encoding="utf-8-sig") as file:
            return [row for row in csv.DictReader(file, delimiter=";") if (row["KELURAHAN"] or "").strip()]

    return read


def figure(row, heading):
    return int(float(row[heading])) if row[heading].strip() else None


def test_real_members_above_targets(rows):
    november = [row for row in rows("sasaran_poktan_gabung.csv") if row["BULAN"] == "NOVEMBER"]
    above = {
        kind: sum(
            bool(check.above_target(figure(row, f"KESERTAAN {kind}"), figure(row, f"SASARAN {kind}")))
            for row in november
        )
        for kind in ("BKB", "BKR", "BKL")
    }
    assert len(november) == 312
    assert above == {"BKB": 12, "BKR": 0, "BKL": 12}


def test_real_pregnant_women_accompanied_below_zero(rows):
    mothers = rows("2025-elsimil-bumil.csv")
    assert sum(check.negative(figure(row, "BUMIL TIDAK TERDAMPINGI")) for row in mothers) == 195
    names = ("JUMLAH BUMIL", "BUMIL TERDAMPINGI", "BUMIL TIDAK TERDAMPINGI")
    assert not any(check.accompanied_differ(*(figure(row, name) for name in names)) for row in mothers)


def test_real_contraceptive_mix_adds_up(rows):
    modern = ("SUNTIK", "PIL", "KONDOM", "IMPLAN", "IUD", "VASEKTOMI", "TUBEKTOMI", "MAL")
    mix = rows("data_mix_kontra.csv")
    columns = {
        name: np.array([float(row[name] or "nan") for row in mix])
        for name in (*modern, "PA", "KB MODERN", "KB TRADISIONAL")
    }
    marks = check.users_marks(
        columns["PA"], sum(columns[name] for name in modern[3:7]), columns["KB MODERN"], columns["KB TRADISIONAL"],
        [columns[name] for name in modern],
    )  # fmt: skip
    assert len(marks) == 3432
    assert not marks.any()

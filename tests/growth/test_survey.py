"""MySurvey, the file that WHO's macros are checked with: 498 children, the z-scores and flags that the macros give."""

import csv
from importlib import resources

import numpy as np
import pytest

from balai.growth.rules import LAST_DAY_OF_TABLES, score

COLUMNS = {"waz": ("zwei", "fwei"), "haz": ("zlen", "flen"), "whz": ("zwfl", "fwfl"), "baz": ("zbmi", "fbmi"),
           "hcz": ("zhc", "fhc"), "muacz": ("zac", "fac")}  # fmt: skip
COMPARED = {"waz": 489, "haz": 475, "whz": 467, "baz": 468, "hcz": 94, "muacz": 446}


@pytest.fixture(scope="module")
def survey():
    text = (resources.files("pygrowup") / "test_datasets" / "MySurvey_z_st.csv").read_text()
    return list(csv.DictReader(text.splitlines()))


def column(survey, name):
    return np.array([float(row[name]) if row[name] not in {"", "NA"} else np.nan for row in survey])


def scored(survey, **how):
    return score(
        [int(row["GENDER"] or 0) for row in survey],
        column(survey, "age.days"), column(survey, "WEIGHT"), column(survey, "HEIGHT"),
        [{"l": 1, "h": 2}.get(row["measure"], 0) for row in survey],
        [row["oedema"] == "y" for row in survey],
        column(survey, "HEAD"), column(survey, "MUAC"), older=False, **how,
    )  # fmt: skip


@pytest.mark.parametrize("index", COLUMNS)
def test_every_z_score_and_flag_is_that_of_whos_macro(survey, index):
    theirs, flags = (column(survey, name) for name in COLUMNS[index])
    found = scored(survey, last_day=LAST_DAY_OF_TABLES)
    ours = getattr(found, index)
    assert np.array_equal(np.isnan(ours), np.isnan(theirs))
    assert np.isfinite(ours).sum() == COMPARED[index]
    assert np.nanmax(np.abs(ours - theirs)) < 1e-9
    assert np.array_equal(getattr(found, f"{index}_flag"), np.nan_to_num(flags) == 1)


def test_under_60_months_only_four_children_fall_out(survey):
    both = scored(survey, last_day=LAST_DAY_OF_TABLES), scored(survey)
    lost = np.flatnonzero(np.isfinite(both[0].waz) & np.isnan(both[1].waz))
    assert sorted(column(survey, "age.days")[lost]) == [1832, 1842, 1851, 1852]
    kept = np.isfinite(both[1].waz)
    assert np.array_equal(both[0].waz[kept], both[1].waz[kept])

"""The whole packaged tree, against the independent copy of the decree beside the project."""

import csv
import gzip
import time
from collections import Counter
from datetime import date

import pytest

from balai.regions import actions, inputs
from balai.regions.models import Place
from balai.regions.rules import Level, search_form
from tests.regions.drawn import rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("nation")]
LEVELS = {Level.PROVINCE: 38, Level.KABUPATEN: 514, Level.KECAMATAN: 7285, Level.VILLAGE: 83762}


@pytest.fixture(scope="module")
def decree(shared_data):
    with gzip.open(shared_data / "regions" / "regions.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_as_many_places_as_the_decree_says(nation):
    assert nation["places"] == nation["added"] == sum(LEVELS.values()) == 91599
    assert dict(Counter(Place.objects.values_list("level", flat=True))) == LEVELS
    kinds = Counter(Place.objects.villages().values_list("kind", flat=True))
    assert kinds == {"desa": 75252, "kelurahan": 8496, "desa_adat": 14}


def test_every_level_has_the_same_codes_parents_and_kinds_as_the_other_copy(decree):
    ours = {
        code: (str(level), parent or "", kind)
        for code, level, parent, kind in Place.objects.values_list("code", "level", "parent", "kind").iterator()
    }
    assert ours == {code: (row["level"], row["parent_code"], row["kind"]) for code, row in decree.items()}


def test_names_are_equal_but_for_spellings_that_find_their_place(decree, shared_data):
    named = dict(Place.objects.values_list("code", "search_name"))
    differing = {code for code, row in decree.items() if search_form(row["name"]) != named[code]}
    conflicts = table(shared_data / "regions" / "name_conflicts.csv")
    spaced = {
        code for code in differing if search_form(decree[code]["name"]).replace(" ", "") == named[code].replace(" ", "")
    }
    assert differing - spaced <= {row["code"] for row in conflicts}
    gazetteer = Place.objects.gazetteer()
    for row in conflicts:
        path = [decree[row["code"][:end]]["name"] for end in (2, 5, 8) if end < len(row["code"])]
        for column in row.keys() - {"code", "level"}:
            lineage = [*path, row[column]]
            spare = {2: ["Ada"] * 2, 3: ["Ada"], 4: []}[len(lineage)]
            found = gazetteer.match(*lineage, *spare)
            assert found.code == row["code"] or found.missing == int(row["level"]) + 1, row[column]


def test_every_spelling_in_conflict_is_found_by_a_search(shared_data):
    for row in table(shared_data / "regions" / "name_conflicts.csv"):
        for column in row.keys() - {"code", "level"}:
            assert row["code"] in {place.code for place in Place.objects.search(row[column], limit=500)}, row[column]


def test_kabupaten_have_as_many_villages_as_published(shared_data):
    for row in table(shared_data / "regions" / "counts_by_kabupaten.csv")[::20]:
        below = Counter(Place.objects.within(row["kab"]).values_list("kind", flat=True))
        assert [below[kind] for kind in ("kecamatan", "desa", "desa_adat", "kelurahan")] == [
            int(row[kind]) for kind in ("kecamatan", "desa", "desa_adat", "kelurahan")
        ], row["name"]


def test_loading_the_nation_again_is_quick_and_changes_nothing(who):
    start = time.process_time()
    counts = actions.load_places(**who)
    assert time.process_time() - start < 5
    assert counts == {"places": 91599, "added": 0, "changed": 0, "aliases": 0, "missing": 0}


def test_the_packaged_aliases_belong_to_packaged_places():
    known = set(Place.objects.values_list("code", flat=True))
    for code, name, source in inputs.packaged_aliases():
        assert code in known
        assert name
        assert source


SEARCHES = """
text                 | first
---------------------+------------------------------
bandung              | 32.04 32.73
kota bandung         | 32.73
palu                 | 72.71
diy                  | 34
dki jakarta          | 31
mesjid gogos         | 11.07.14.2046
2 x 11               | 13.05.04 13.05.15
19 nopember          | 74.01.01.1001
ra'as                | 35.29.22 35.26.07.2007
sendana majene       | 76.05.03 76.05.03.2021
desa baru            | 13.12.07.2002
desa mosso sendana   | 76.05.03.1001 76.05.03.1002
7605031001           | 76.05.03.1001
76.05                | 76.05 76.05.01
baru                 |
a                    |
a b c                |
selatan barat        |
banggae timur majene sulawesi barat | 76.05.08
"""


@pytest.mark.parametrize("row", rows(SEARCHES), ids=lambda row: row["text"])
def test_a_search_of_the_nation_answers_rightly(row):
    """How soon: tools/bench/regions.py."""
    expected = row["first"].split()
    assert [place.code for place in Place.objects.search(row["text"])][: len(expected)] == expected


def test_the_changes_of_2022_to_2025_lead_there_and_back(who, shared_data):
    file = shared_data / "regions" / "code_changes_2022_to_2025.csv"
    on = date(2025, 6, 30)
    report = actions.load_changes(**who, path=file, on=on, source="Kepmendagri 2025")
    assert (report["rows"], report["changes"], report["unplaced"]) == (1298, 1298, [])
    assert Place.objects.today().count() == 91599
    assert actions.load_changes(**who, path=file, on=on, source="Kepmendagri 2025")["unchanged"] == 1298
    moved = [row for row in table(file) if row["match"] == "name+parent"]
    assert len(moved) == 990
    for row in moved[::30]:
        after = Place.objects.successors(row["old_code"], date(2025, 12, 31))
        before = Place.objects.predecessors(row["new_code"], date(2022, 12, 31))
        assert row["new_code"] in after
        assert row["old_code"] in before
        old = Place.objects.get(pk=row["old_code"])
        assert (old.valid_to, old.parent.valid_to or on) == (on, on)
    assert Place.objects.on(date(2022, 1, 1)).within("92.01").exists()
    assert Place.objects.search("Klarion")[0].code == "96.01.02.2003"


def test_bps_codes_are_filled_and_are_no_key(who, decree, tmp_path):
    file = tmp_path / "bps.csv"
    pairs = [(code, row["bps_code"]) for code, row in decree.items() if code.startswith(("76", "16.05"))]
    file.write_text("code,bps_code\n" + "\n".join(map(",".join, pairs)), encoding="utf-8")
    report = actions.load_bps_codes(**who, path=file)
    assert report["conflicts"] == []
    assert report["filled"] == sum(1 for _code, bps in pairs if bps)
    majene = Place.objects.get(pk="76.05")
    assert (majene.bps_code, majene.code.replace(".", "")) == (decree["76.05"]["bps_code"], "7605")
    assert majene.bps_code != "7605"
    assert Place.objects.search(majene.bps_code)[0].code != "76.05"

"""The invented population beside the margins it follows, and beside the real file where that is at hand."""

import csv
from datetime import date

import numpy as np
import pytest

from balai.synth.rules import PART, Wanted, margins, parts, population, sizes
from balai.synth.rules.dirt import slipped
from balai.synth.rules.margins import pick, shares_out
from balai.synth.rules.people import CHILD, COUPLE, HEAD, SPOUSE, invent

ON = date(2025, 11, 30)
HOMES = (("16.05.01.2002", 6_000), ("16.05.01.2003", 14_000))
CLEAN = Wanted(seed=7, on=ON, homes=HOMES)
VERVAL = "siga_sulbar_2025/data_verval_krs_2024_sem2.csv"
MIX = "siga_sulbar_2025/data_mix_kontra.csv"


@pytest.fixture(scope="module")
def clean():
    return population(CLEAN)


@pytest.fixture(scope="module")
def everybody():
    return invent(np.random.default_rng(3), 100_000)


def uuids(table, name):
    return list(zip(table[f"{name}_hi"].tolist(), table[f"{name}_lo"].tolist(), strict=True))


def test_the_same_seed_gives_the_same_people_and_another_seed_others(clean):
    again = population(CLEAN)
    assert all(np.array_equal(clean["members"][name], again["members"][name]) for name in ("id_hi", "name", "nik"))
    other = population(Wanted(seed=8, on=ON, homes=HOMES))
    assert not np.array_equal(clean["members"]["name"][:100], other["members"]["name"][:100])


def test_every_band_of_age_and_sex_is_within_seven_tenths_of_a_point_of_the_pyramid(everybody):
    _families, people = everybody
    told = margins()["pyramid"]
    whole = sum(told["male"]) + sum(told["female"])
    band = np.clip(people.age // 5, 0, 15)
    for sex, name in ((1, "male"), (2, "female")):
        for number, thousands in enumerate(told[name]):
            share = np.mean((band == number) & (people.sex == sex))
            assert share == pytest.approx(thousands / whole, abs=0.007), (name, number)


def test_families_have_three_and_three_tenths_people(everybody):
    families, people = everybody
    # 230,353,769 people in 69,894,542 families, April 2023
    assert len(people) / len(families) == pytest.approx(3.30, abs=0.08)


def test_families_are_one_couple_or_one_parent_with_children_or_one_person(everybody):
    families, people = everybody
    heads = np.bincount(people.family[people.relation == HEAD], minlength=len(families))
    spouses = np.bincount(people.family[people.relation == SPOUSE], minlength=len(families))
    assert (heads == 1).all()
    assert np.array_equal(spouses == 1, families.kind == COUPLE)
    assert spouses.max() == 1


def test_a_mother_is_a_woman_of_the_family_and_at_least_sixteen_years_older(everybody):
    _families, people = everybody
    children = np.nonzero(people.mother >= 0)[0]
    mothers = people.mother[children]
    assert len(children) > 50_000
    assert (people.relation[children] == CHILD).all()
    assert (people.sex[mothers] == 2).all()
    assert np.array_equal(people.family[mothers], people.family[children])
    assert (people.age[mothers] - people.age[children] >= 15.99).all()


def test_target_families_and_the_four_too_are_as_in_the_real_file(everybody, shared_data):
    with open(shared_data / VERVAL, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    real = {
        name: sum(int(row[name]) for row in rows)
        for name in ("JUMLAH KELUARGA", "PUS", "TERLALU BANYAK", "TERLALU TUA")
    }
    families, _people = everybody
    couples = (families.kind == COUPLE) & (families.age < 50)
    assert couples.mean() == pytest.approx(real["PUS"] / real["JUMLAH KELUARGA"], abs=0.03)
    many, old = families.births[couples] >= 3, (families.age[couples] >= 35) & (families.age[couples] < 41)
    assert many.mean() == pytest.approx(real["TERLALU BANYAK"] / real["PUS"], abs=0.04)
    assert old.mean() == pytest.approx(real["TERLALU TUA"] / real["PUS"], abs=0.03)


def test_water_and_latrine_are_as_in_the_real_file(clean, shared_data):
    with open(shared_data / VERVAL, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    target = sum(int(row["JUMLAH KELUARGA SASARAN"]) for row in rows)
    water, latrine = (
        sum(int(row[name]) for row in rows) / target for name in ("SUMBER AIR MINUM TIDAK LAYAK", "JAMBAN TIDAK LAYAK")
    )
    housing = clean["housing"]
    # the margins are those of the whole province, this file is of three kabupaten of it
    assert np.mean(housing["water"] > 4) == pytest.approx(water, abs=0.02)
    assert np.mean(housing["latrine"] > 1) == pytest.approx(latrine, abs=0.025)


def test_methods_are_used_as_in_the_real_file(clean, shared_data):
    with open(shared_data / MIX, encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["BULAN"] == "NOVEMBER"]
    whole = sum(int(row["KB MODERN"]) + int(row["KB TRADISIONAL"]) for row in rows)
    method = clean["planning_answers"]["method"].compressed()
    for code, name in ((5, "SUNTIK"), (4, "IMPLAN"), (6, "PIL"), (1, "TUBEKTOMI")):
        real = sum(int(row[name]) for row in rows) / whole
        assert np.mean(method == code) == pytest.approx(real, abs=0.02), name


def test_what_was_not_asked_is_masked_and_not_no(clean):
    planning = clean["planning_answers"]
    pregnant = planning["pregnant"] == 1
    assert np.array_equal(~planning["weeks"].mask, pregnant)
    assert np.array_equal(~planning["uses_method"].mask, ~pregnant)
    assert np.array_equal(~planning["method"].mask, (planning["uses_method"] == 1).filled(False))


def test_numbers_are_nobodys_carry_the_day_of_birth_and_none_stands_twice(clean):
    members = clean["members"]
    known = members["nik"][members["nik"] != ""]
    assert len(set(known)) == len(known)
    assert all(len(one) == 16 and one.startswith("00") for one in known)
    both = (members["nik"] != "") & ~np.isnat(members["born_on"])
    for nik, born, sex in zip(
        members["nik"][both][:500], members["born_on"][both][:500], members["sex"][both][:500], strict=True
    ):
        day = born.astype(date)
        assert nik[6:12] == f"{day.day + (40 if sex == 2 else 0):02d}{day.month:02d}{day.year % 100:02d}"


def test_ids_are_uuids_of_version_four_and_lead_from_table_to_table(clean):
    families, members = set(uuids(clean["families"], "id")), uuids(clean["members"], "id")
    assert len(set(members)) == len(members)
    assert {hi >> 12 & 15 for hi, _lo in members} == {4}
    assert {lo >> 62 for _hi, lo in members} == {2}
    assert set(uuids(clean["members"], "family")) == families
    for name in ("member_answers", "planning_answers", "measurements", "births"):
        assert set(uuids(clean[name], "person")) <= set(members), name


def test_villages_have_as_many_families_as_were_asked_for(clean):
    codes, counts = np.unique(clean["families"]["region"].astype(str), return_counts=True)
    assert list(zip(codes.tolist(), counts.tolist(), strict=True)) == list(HOMES)


def test_about_as_many_have_an_error_as_were_asked_for_and_some_come_twice(clean):
    dirty = population(Wanted(seed=7, on=ON, homes=HOMES, dirt=0.1))
    count = len(clean["members"]["name"])
    written = dirty["members"]
    wrong = (written["name"][:count] != clean["members"]["name"]) | (written["nik"][:count] != clean["members"]["nik"])
    wrong |= np.isnat(written["born_on"][:count]) != np.isnat(clean["members"]["born_on"])
    assert np.mean(wrong) == pytest.approx(0.08, abs=0.012)
    twice = len(dirty["families"]["region"]) - len(clean["families"]["region"])
    assert twice / len(clean["families"]["region"]) == pytest.approx(0.02, abs=0.005)
    copied = written["nik"][count:]
    assert np.isin(copied[copied != ""], clean["members"]["nik"]).all()
    own = set(uuids(written, "id"))
    of_copies = list(zip(written["mother_hi"][count:], written["mother_lo"][count:], strict=True))
    assert all((int(hi), int(lo)) in own for hi, lo in of_copies if hi is not np.ma.masked)


@pytest.mark.parametrize("name", ["Zzz", "Bo", "Nur Hasanah"])
def test_a_slip_always_changes_the_name(name):
    names = np.array([name] * 200, dtype=object)
    found = slipped(np.random.default_rng(1), names, np.ones(200, dtype=bool))
    assert name not in set(found)


def test_a_population_is_made_in_parts_that_fit_into_memory():
    homes = (("a", PART - 10), ("b", 30), ("c", 2 * PART))
    made = list(parts(Wanted(1, ON, homes)))
    assert [part.families for part in made] == [PART, PART, PART, 20]
    assert [part.part for part in made] == [0, 1, 2, 3]
    assert [code for part in made for code, _count in part.homes] == ["a", "b", "b", "c", "c", "c"]
    assert list(parts(Wanted(1, ON, (("a", PART),))))[0].homes == (("a", PART),)


def test_villages_differ_in_size_and_nobody_is_lost():
    made = sizes(199, 12_000, 1)
    assert sum(made) == 12_000
    assert min(made) < 40 < 90 < max(made)
    assert shares_out(10, [1, 1, 1]).tolist() == [4, 3, 3]


def test_draws_follow_their_weights():
    drawn = pick(np.random.default_rng(1), [0, 3, 1, 0], 10_000)
    assert set(drawn.tolist()) == {1, 2}
    assert np.mean(drawn == 1) == pytest.approx(0.75, abs=0.02)


def test_children_grow_and_some_are_short(clean):
    weighed = clean["measurements"]
    assert (weighed["weight_kg"] >= 1).all()
    assert (weighed["height_cm"] < 135).all()
    assert set(np.unique(weighed["lying"]).tolist()) == {0, 1}

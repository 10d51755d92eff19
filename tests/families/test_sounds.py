"""Names that are one to the ear have one key: a drawn table, a line for each name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.families import rules
from balai.families.rules.sounds import LETTERS

ALIKE = """
    Sukarno Soekarno            | Yusuf Jusuf Yoesoef Yusup        | Joko Djoko
    Cahyadi Tjahjadi Tjahyadi   | Syarif Sjarif Sarip              | Khairul Chairul Hairul
    Zainal Zaenal Jaenal Saenal | Alexander Aleksander             | Fitri Pitri Vitri Fithri
    Rizki Rizky Rizqi Riski     | Fatimah Fatima Patimah           | Aisyah Aisjah Aisya
    Nyoman Njoman               | Ridho Rido Ridlo                 | Usman Utsman Oesman
    Zulkifli Dzulkifli Julkipli | Sofia Sofya Shofiya              | Suwarno Soewarno Suarno
    Taufik Taufiq Topik         | Christina Kristina Cristina      | Hendri Hendry Hendrie
    Ikhsan Ichsan Ihsan Iksan   | Bahtiar Bachtiar Bakhtiar        | Nurhayati Noerhajati
    Dedi Deddy Dedy             | Rahmat Rachmat Rakhmat           | Wahyu Wahjoe
"""
APART = ["Budi Badi", "Yanti Santi", "Siti Sita", "Hasan Husen", "Rina Rini", "Agus Bagus", "Dewi Devi"]


def drawn(table):
    return [cell.split() for line in table.strip().splitlines() for cell in line.split("|")]


@pytest.mark.parametrize("names", drawn(ALIKE), ids=" ".join)
def test_spellings_of_one_name_sound_alike(names):
    assert len({rules.sounds(name) for name in names}) == 1


@pytest.mark.parametrize("names", APART)
def test_other_names_sound_otherwise(names):
    one, other = names.split()
    assert rules.sounds(one) != rules.sounds(other)


@pytest.mark.parametrize("written", ["M. Rizki", "Moh. Rizki", "Muhammad Rizky", "MUHAMAD RIZQI", "Rizki Mochammad"])
def test_a_name_that_so_many_bear_comes_last(written):
    assert rules.sounds(written) == ("riski", "muhamad")
    assert rules.sought(written) == ("riski",)


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("H. Budi Santoso, S.Pd., M.Si", ("budi", "santoso")),
        ("Siti binti Usman", ("usman", "siti")),
        ("Nur'aini", ("nureni",)),
        ("Siti", ("siti",)),
        ("José Ñato", ("iose", "nato")),
        ("李明", ()),
        ("", ()),
        ("Hh", ("hh",)),
        ("Ani Budi Cici Dodi", ("ani", "budi", "cici")),
    ],
)
def test_titles_have_no_sound_and_three_parts_are_kept(written, keys):
    assert rules.sounds(written) == keys
    assert list(rules.sound_columns(written).values()) == [*keys, None, None, None][:3]


def test_the_longest_part_is_looked_for_first():
    assert rules.sought("Ani Rahmawati Budi") == ("rahmawati", "budi", "ani")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_has_short_keys_of_letters_before_z(text):
    for key in rules.sounds(text):
        assert 1 <= len(key) <= LETTERS
        assert set(key) <= set("abcdefghijklmnopqrstuvwxy")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Jalan Melati", True), ("jl mawar", True), ("Melati 4", True), ("RT 3", True), ("Siti Rahma", False)],
)
def test_a_road_or_a_number_says_where_and_not_whom(text, answer):
    assert rules.is_address(text) is answer

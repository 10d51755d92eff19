"""The lists that villages really have (sanitised), each with what is in it."""

from datetime import date

import pytest

from balai.access.models import acting
from balai.families.models import Family, Person
from balai.survey.models import Housing
from tests.families.register import HERE
from tests.rosters.lists import applied, officer, register, rows_of, sent, told

# file: (kind, new, duplicate, refused, families)
FILES = {
    "contoh_penduduk_sanitised.xlsx": ("opensid", 97, 0, 37),
    "FormatImporExcel_dataonly.xlsx": ("opensid", 1, 0, 1),
    "format_bip_2012_sanitised.xls": ("bip_2012", 8, 0, 4),
    "format_bip_2016_luwutimur_sanitised.xls": ("bip_2016", 4, 0, 2),
    "format_bip_ektp_sanitised.xls": ("bip_ektp", 17, 0, 4),
    "format_impor_dtks_regsosek2022k_sanitised.xlsx": ("regsosek", 10, 0, 2),
}


@pytest.fixture
def by(tree):
    return officer()


@pytest.fixture
def opensid(shared_data):
    return shared_data / "foreign" / "opensid"


@pytest.mark.parametrize("name", FILES)
def test_every_real_list_is_read_whole(by, opensid, name):
    kind, new, refused, families = FILES[name]
    path = opensid / name
    roster = sent(by, path.read_bytes(), path.suffix)
    assert (roster.state, roster.kind) == ("checked", kind)
    assert roster.counts == {"new": new, "changed": 0, "unchanged": 0, "duplicate": 0, "refused": refused}, told(
        by, roster
    )
    roster = applied(by, roster)
    assert register(by) == (families, new)
    again = sent(by, path.read_bytes(), path.suffix)
    assert again.counts["unchanged"] == new, told(by, again)


def test_what_the_sample_of_opensid_says_arrives(by, opensid):
    path = opensid / "contoh_penduduk_sanitised.xlsx"
    applied(by, sent(by, path.read_bytes()))
    with acting(by):
        person = Person.objects.get(name="HAFSHAH PRASETYO")
        assert (person.born_on, person.sex, person.relation) == (date(1990, 10, 25), 2, 2)
        assert person.member_answers.get().values == {"religion": 1, "schooling": 6, "work": 7, "marital": 2}
        child = Person.objects.get(name="TASNIM HUTAGALUNG")
        assert child.mother == person
        assert Family.objects.filter(address__contains="Dusun MANGSIT").count() == 6


def test_a_book_under_cards_gives_address_and_card(by, opensid):
    path = opensid / "format_bip_ektp_sanitised.xls"
    roster = sent(by, path.read_bytes(), ".xls")
    facts = [kept.facts for _row, kept in rows_of(by, roster)]
    assert len({one.card for one in facts}) == 4
    assert {one.address for one in facts} == {"DUSUN CONTOH RT 999 RW 999"}
    assert {(one.rt, one.rw) for one in facts} == {("999", "999")}


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("FormatImporRTM_sanitised.xlsx", "failed"),
        ("FormatImportDDK_sanitised.xls", "failed"),
        ("analisis_DDK_Profil_Desa.xlsx", "failed"),
        ("format_impor_program_bantuan_sanitised.xlsx", "unknown"),
        ("kode_data.csv", "failed"),
    ],
)
def test_what_is_no_list_of_residents_is_not_taken_for_one(by, opensid, name, state):
    path = opensid / name
    roster = sent(by, path.read_bytes(), path.suffix)
    assert roster.state == state
    assert roster.region == HERE


def test_the_sample_of_regsosek_brings_its_house(by, opensid):
    path = opensid / "format_impor_dtks_regsosek2022k_sanitised.xlsx"
    roster = applied(by, sent(by, path.read_bytes()))
    with acting(by):
        assert [row.values for row in Housing.objects.all()] == [{"tenure": 1}]
    assert "1.keterangan tempat" in roster.notes[0][1]["names"]
    assert "3.keterangan perumahan" not in roster.notes[0][1]["names"]

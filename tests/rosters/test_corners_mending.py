"""Rows mended in the browser where the list has its card above its people, or is already half applied; lists whose
headings or cells are odd."""

from datetime import UTC, date, datetime

import pytest

from balai.access.models import acting
from balai.accounts.models import Account
from balai.base.errors import NotValid
from balai.families.models import Person
from balai.rosters import actions
from balai.rosters.models import ColumnChoice, RosterRow
from balai.rosters.rules.states import State
from balai.sheets.rules.cells import text_of
from tests.families.register import AT, family, head
from tests.jobs import run_jobs
from tests.people import signed_in
from tests.rosters.lists import again, applied, number, officer, register, row, rows_of, sent, told, xlsx

BUDI = row(1, "Budi Santoso", "L", "01-02-1980")
COLUMNS = ("NO", "NIK", "NAMA", "JK", "TGL LHR", "HUB KEL", "GDRH")
BOOK = (
    ("1", number(1), "Budi Santoso", "L", "01-02-1980", "Kepala Keluarga", "-"),
    ("2", number(2), "Siti Aminah", "P", "03-04-1985", "Istri", "-"),
)


@pytest.fixture
def by(tree):
    return officer()


def page_of(by, roster, one):
    return signed_in(Account.objects.get(pk=by.account)), f"/impor/{roster.pk}/baris/{one.pk}"


def test_a_card_number_above_its_people_is_mended_person_by_person(by):
    roster = sent(by, xlsx([COLUMNS, *BOOK], ("NO. KK", "12345678901")))
    assert {verdict for verdict, _said in told(by, roster).values()} == {"refused"}
    for one, _kept in rows_of(by, roster):
        with acting(by):
            actions.correct_row(by=by, at=AT, row=one, values={"card": number(9_001)})
    assert told(by, roster) == {3: ("new", []), 4: ("new", [])}
    assert applied(by, again(roster)).state == State.APPLIED
    assert register(by) == (1, 2)
    with acting(by):
        assert Person.objects.first().family.numbers.get(person=None).number == number(9_001)


def test_a_card_number_below_its_label_needs_no_address_beside_it(by):
    roster = sent(by, xlsx([(number(9_001),), COLUMNS, *BOOK], ("NO. KK",)))
    assert [(kept.facts.card, kept.facts.address) for _one, kept in rows_of(by, roster)] == [(number(9_001), "")] * 2


def test_the_page_of_a_row_has_the_columns_of_its_list_and_no_others(by):
    roster = sent(by, xlsx([COLUMNS, *BOOK], ("NO. KK", number(9_001))))
    one, _kept = rows_of(by, roster)[0]
    client, page = page_of(by, roster, one)
    shown = client.get(page).content.decode()
    assert 'name="card"' in shown
    assert 'name="address"' not in shown
    assert client.post(page, {"name": "x" * 201}).status_code == 422
    with acting(by), pytest.raises(NotValid, match="Daftar ini tidak punya kolom untuk Alamat"):
        actions.correct_row(by=by, at=AT, row=one, values={"address": "Gang Mawar 9"})


def test_mending_one_of_a_card_leaves_those_that_are_applied(by):
    roster = sent(by, xlsx([BUDI, row(2, "Siti Aminah", "P", "31-02-1985", "Istri"), row(5, "Hasan", "L", card=5)]))
    roster = applied(by, roster)
    with acting(by):
        head_before, bad = RosterRow.objects.get(line=2), RosterRow.objects.get(line=3)
        actions.correct_row(by=by, at=AT, row=bad, values={"born_on": "28-02-1985"})
        assert RosterRow.objects.get(line=2).sealed == head_before.sealed
    assert [verdict for verdict, _said in told(by, roster).values()] == ["new", "new", "new"]
    assert applied(by, again(roster)).state == State.APPLIED
    assert register(by) == (2, 3)


def test_a_mended_row_may_turn_out_to_be_somebody_of_the_register(by):
    family(people=[head(name="Budi Santosa", sex=1, born_on=date(1980, 2, 1))])
    roster = sent(by, xlsx([row(1, "Budi Santoso", "L", "31-02-1980")]))
    ((one, _kept),) = rows_of(by, roster)
    with acting(by):
        mended = actions.correct_row(by=by, at=AT, row=one, values={"born_on": "01-02-1980"})
        assert (mended.verdict, mended.kept.against) == ("duplicate", str(Person.objects.get().pk))


def test_an_answer_that_changes_is_shown_in_words(by):
    applied(by, sent(by, xlsx([row(1, "Budi Santoso", "L", "01-02-1980", Pekerjaan="Petani/Pekebun")])))
    roster = sent(by, xlsx([row(1, "Budi Santoso", "L", "01-02-1980", Pekerjaan="Pedagang")]))
    client = signed_in(Account.objects.get(pk=by.account))
    page = client.get(f"/impor/{roster.pk}").content.decode()
    assert "Petani" in page
    assert "Pedagang" in page


HEADS = ("Kartu", "Nama warga", "L/P", "Kedudukan", "Tanggal lahir")
PLACES = {"card": 0, "name": 1, "sex": 2, "kin": 3, "born_on": 4}


def test_columns_that_are_chosen_without_a_name_serve_once(by):
    roster = sent(by, xlsx([(number(9_001), "Budi Santoso", "L", "Kepala keluarga", "01-02-1980")], HEADS))
    assert roster.state == State.UNKNOWN
    client, page = signed_in(Account.objects.get(pk=by.account)), f"/impor/{roster.pk}/kolom"
    assert client.post(page, PLACES | {"card": "kolom pertama"}).status_code == 422
    assert client.post(page, PLACES).status_code == 302
    run_jobs()
    assert again(roster).counts["new"] == 1
    assert not ColumnChoice.objects.exists()


@pytest.mark.parametrize(
    ("code", "verdict", "said"),
    [
        ("2", "refused", ["Menurut berkas orang ini sudah meninggal. Catat kematiannya di halaman keluarganya."]),
        (
            "3",
            "refused",
            ["Menurut berkas orang ini sudah pindah atau tidak ditemukan. Catat kepindahannya di halaman keluarganya."],
        ),
        ("1", "new", []),
        ("entah", "new", []),
    ],
)
def test_who_is_dead_or_gone_by_the_list_is_an_event_and_no_import(by, code, verdict, said):
    heads = ("No KK", "NIK", "Nama", "Sex", "Tanggal lahir", "KK level", "Status dasar")
    roster = sent(by, xlsx([(number(9_001), number(1), "Budi Santoso", "1", "01-02-1980", "1", code)], heads))
    assert (roster.kind, told(by, roster)) == ("opensid", {2: (verdict, said)})


def test_a_text_that_the_spreadsheet_made_a_date_is_the_day():
    assert text_of(datetime(2024, 5, 17, 10, 0, tzinfo=UTC)) == "2024-05-17"


def test_a_mother_of_another_family_stays_where_an_import_corrects(by):
    """She was named before she moved; the row is not refused for that."""
    child = family(people=[head("Dewi Lestari", 2, date(2001, 3, 4), nik=number(1))])
    mother = family(people=[head("Siti Aminah", 2, date(1970, 1, 1))])
    with acting(by):
        known = mother.people.get()
        child.people.update(mother=known)
    applied(by, sent(by, xlsx([row(1, "Dewi Lestari Putri", "P", "04-03-2001")])))
    with acting(by):
        person = Person.objects.get(pk=child.people.get().pk)
        assert (person.name, person.mother) == ("Dewi Lestari Putri", known)

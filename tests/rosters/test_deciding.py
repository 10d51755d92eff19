"""What people decide about a list: duplicates, approvals, columns; and what has changed meanwhile."""

from datetime import date

import pytest

from balai.access.models import acting
from balai.accounts.models import Account
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families import actions as families
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import PersonFacts, Relation
from balai.regions.models import Place
from balai.rosters import actions
from balai.rosters.models import ColumnChoice, Roster, RosterRow
from balai.rosters.rules.states import State
from balai.sheets.rules.layouts import HEADINGS
from tests.families.register import AT, HERE, RT1, family, head, places
from tests.jobs import run_jobs
from tests.people import signed_in
from tests.rosters.lists import again, applied, number, officer, register, row, rows_of, sent, told, undone, xlsx

BUDI = row(1, "Budi Santoso", "L", "01-02-1980")
SITI = row(2, "Siti Aminah", "P", "03-04-1985", "Istri")


@pytest.fixture
def by(tree):
    return officer()


@pytest.mark.parametrize(("same", "verdict", "people"), [(True, "changed", 1), (False, "new", 2)])
def test_a_possible_duplicate_waits_for_a_person(by, same, verdict, people):
    family(people=[head(name="Budi Santosa", sex=1, born_on=date(1980, 2, 1))])
    roster = sent(by, xlsx([BUDI]))
    ((one, _kept),) = rows_of(by, roster)
    assert one.verdict == "duplicate"
    with acting(by):
        assert actions.decide_row(by=by, at=AT, row=one, same=same).verdict == verdict
        assert actions.decide_row(by=by, at=AT, row=one, same=not same).verdict != verdict
        actions.decide_row(by=by, at=AT, row=one, same=same)
    roster = applied(by, again(roster))
    assert roster.state == State.APPLIED
    assert register(by)[1] == people


@pytest.mark.parametrize(
    ("theirs", "given", "verdict"),
    [
        (number(55), number(1), "new"),
        (number(55), "", "duplicate"),
        ("", number(1), "duplicate"),
        ("", "", "duplicate"),
    ],
)
def test_two_numbers_are_two_people_and_without_one_somebody_is_asked(by, theirs, given, verdict):
    family(people=[head(name="Budi Santosa", sex=1, born_on=date(1980, 2, 1), nik=theirs)])
    roster = sent(by, xlsx([row(1, "Budi Santoso", "L", "01-02-1980", NIK=given)]))
    assert [one.verdict for one, _kept in rows_of(by, roster)] == [verdict]


def test_only_a_duplicate_is_decided(by):
    roster = sent(by, xlsx([BUDI]))
    ((one, _kept),) = rows_of(by, roster)
    with acting(by), pytest.raises(Refused):
        actions.decide_row(by=by, at=AT, row=one, same=True)


def test_the_page_of_a_duplicate_asks_and_takes_the_answer(by):
    family(people=[head(name="Budi Santosa", sex=1, born_on=date(1980, 2, 1))])
    roster = sent(by, xlsx([BUDI]))
    ((one, _kept),) = rows_of(by, roster)
    client = signed_in(by_account(by))
    page = f"/impor/{roster.pk}/baris/{one.pk}"
    assert "Samakah orangnya?" in client.get(page).content.decode()
    assert client.post(f"{page}/keputusan", {"sama": "1"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Berubah" in shown
    assert "Nomor KK" in shown or "NIK" in shown


def by_account(by):
    return Account.objects.get(pk=by.account)


def test_more_than_a_hundred_changes_need_a_second_officer(by):
    roster = sent(by, xlsx([BUDI]))
    Roster.objects.update(counts={"changed": 101})
    roster = again(roster)
    other = officer()
    with acting(by), pytest.raises(Refused, match="Minta persetujuan petugas lain"):
        actions.begin_again(by=by, at=AT, roster=roster, to=State.APPLYING)
    with acting(by), pytest.raises(NotAllowed):
        actions.approve_roster(by=by, at=AT, roster=roster)
    page = signed_in(by_account(other))
    assert "Setujui perubahan ini" in page.get(f"/impor/{roster.pk}").content.decode()
    page.post(f"/impor/{roster.pk}/setujui")
    with acting(other), pytest.raises(Refused):
        actions.approve_roster(by=other, at=AT, roster=again(roster))
    assert applied(by, again(roster)).state == State.APPLIED


def test_mending_a_row_takes_the_approval_back(by):
    roster = sent(by, xlsx([BUDI]))
    Roster.objects.update(approved_at=AT, approved_by="account:x")
    ((one, _kept),) = rows_of(by, roster)
    with acting(by):
        actions.correct_row(by=by, at=AT, row=one, values={"name": "Budi Hartono"})
    assert again(roster).approved_at is None


def test_what_the_register_learnt_meanwhile_is_not_overwritten(by):
    applied(by, sent(by, xlsx([BUDI, SITI])))
    roster = sent(by, xlsx([row(1, "Budi Hartono", "L", "01-02-1980"), SITI]))
    with acting(by):
        person = Person.objects.get(name="Budi Santoso")
        families.correct_person(
            by=by, at=AT, person=person, name="Bambang Santoso", sex=1, relation=1, born_on=person.born_on
        )
    roster = applied(by, roster)
    assert roster.counts["refused"] == 1
    assert "Register berubah" in told(by, roster)[2][1][-1]
    with acting(by):
        assert Person.objects.filter(name="Bambang Santoso").exists()


def test_home_card_place_and_mother_are_completed(by):
    places(None)
    old = family(people=[head(name="Siti Aminah", born_on=date(1985, 4, 3), nik=number(2)), child()])
    cells = [
        row(2, "Siti Aminah", "P", "03-04-1985", Alamat="Gang Mawar 9", RT="1"),
        row(3, "Dewi", "P", "01-01-2010", "Anak", **{"Nama ibu": "Siti Aminah"}),
    ]
    roster = sent(by, xlsx(cells))
    changes = [kept.outcome.changes for _one, kept in rows_of(by, roster)]
    assert set(changes[0]) == {"address", "card", "region"}
    assert [one.verdict for one, _kept in rows_of(by, roster)] == ["changed", "duplicate"]
    with acting(by):
        actions.decide_row(by=by, at=AT, row=rows_of(by, roster)[1][0], same=True)
    page = signed_in(by_account(by)).get(f"/impor/{roster.pk}").content.decode()
    assert "Gang Mawar 9" in page
    assert "RT 1" in page
    roster = applied(by, again(roster))
    with acting(by):
        now = Family.objects.get(pk=old.pk)
        assert (now.address, now.region) == ("Gang Mawar 9", RT1)
        dewi = Person.objects.get(name="Dewi")
        assert dewi.mother.name == "Siti Aminah"
        assert IdentityNumber.objects.filter(family=old).count() == 3
    roster = undone(by, roster)
    assert roster.state == State.UNDONE, roster.said
    with acting(by):
        now = Family.objects.get(pk=old.pk)
        assert (now.address, now.region) == ("Jalan Melati 4", HERE)
        assert IdentityNumber.objects.filter(family=old).count() == 1
    assert Place.objects.filter(pk=RT1).exists()


def child():
    return PersonFacts("Dewi", 2, Relation.CHILD, date(2010, 1, 1))


def test_rows_that_changed_since_are_named_and_the_others_undone_on_request(by):
    roster = applied(by, sent(by, xlsx([BUDI, SITI, row(5, "Hasan", "L", "01-01-1970", card=5)])))
    with acting(by):
        person = Person.objects.get(name="Hasan")
        families.correct_person(by=by, at=AT, person=person, name="Hasan Basri", sex=1, relation=1)
    roster = undone(by, roster)
    assert roster.state == State.APPLIED
    assert roster.said[1] == {"n": 1, "lines": "4"}
    assert register(by) == (2, 3)
    client = signed_in(by_account(by))
    assert "Urungkan yang belum berubah saja" in client.get(f"/impor/{roster.pk}").content.decode()
    client.post(f"/impor/{roster.pk}/urungkan", {"sisanya": "1"})
    run_jobs()
    assert again(roster).said[0].startswith("%(n)s baris tidak diurungkan")
    assert register(by) == (1, 1)


def test_somebody_who_joined_an_imported_family_keeps_it(by):
    roster = applied(by, sent(by, xlsx([BUDI])))
    with acting(by):
        families.add_person(
            by=by, at=AT, family=Family.objects.get(), name="Rudi", sex=1, relation=3, born_on=date(2015, 1, 1)
        )
    assert undone(by, roster).state == State.APPLIED
    assert register(by) == (1, 2)


def test_columns_are_chosen_once_and_remembered(by):
    heads = ("Kartu", "Nama warga", "L/P", "Kedudukan", "Lahir", "Tanggal lahir")
    rows = [(BUDI[0], "Budi Santoso", "L", "Kepala keluarga", "x", "01-02-1980")]
    roster = sent(by, xlsx(rows, heads))
    assert roster.state == State.UNKNOWN
    client, page = signed_in(by_account(by)), f"/impor/{roster.pk}/kolom"
    given = dict.fromkeys((item.value for item in HEADINGS), "") | {"name": "1", "sex": "2", "kin": "3", "born_on": "5"}
    assert client.post(page, given).status_code == 422
    twice = {"card": 0, "name": 1, "sex": 1, "kin": 3}
    with acting(by), pytest.raises(NotValid, match="Satu kolom"):
        actions.choose_columns(by=by, at=AT, roster=roster, places=twice)
    assert client.post(page, given | {"card": "0", "called": "Daftar dusun"}).status_code == 302
    run_jobs()
    assert again(roster).counts["new"] == 1
    assert ColumnChoice.objects.get().places == {"card": 0, "name": 1, "sex": 2, "kin": 3, "born_on": 5}
    assert sent(by, xlsx(rows, heads)).headings[0]["places"] == ColumnChoice.objects.get().places


def test_a_card_number_mended_joins_the_family(by):
    roster = sent(by, xlsx([BUDI, [None, *SITI[1:]]]))
    assert told(by, roster)[3][0] == "refused"
    with acting(by):
        two = RosterRow.objects.get(line=3)
        actions.correct_row(by=by, at=AT, row=two, values={"card": BUDI[0]})
    assert [one for one, _said in told(by, roster).values()] == ["new", "new"]
    assert applied(by, again(roster)).state == State.APPLIED
    assert register(by) == (1, 2)
    with acting(by), pytest.raises(Refused):
        actions.correct_row(by=by, at=AT, row=two, values={"name": "X"})


def test_what_is_out_of_scope_is_nobodys(by, tree):
    roster = sent(by, xlsx([BUDI]))
    far = officer("76.05.03")
    ((one, _kept),) = rows_of(by, roster)
    with acting(far):
        with pytest.raises(NotAllowed):
            actions.discard_roster(by=far, at=AT, roster=roster)
        with pytest.raises(NotAllowed):
            actions.correct_row(by=far, at=AT, row=one, values={"name": "X"})
        with pytest.raises(NotAllowed):
            actions.take_in(by=far, at=AT, village=HERE, file="x.csv")
    with acting(by), pytest.raises(NotValid):
        actions.correct_row(by=by, at=AT, row=one, values={"name": "x" * 300})


def test_a_step_that_is_not_due_is_refused(by):
    roster = applied(by, sent(by, xlsx([BUDI])))
    ((one, _kept),) = rows_of(by, roster)
    client = signed_in(by_account(by))
    assert client.post(f"/impor/{roster.pk}/terapkan").status_code == 409
    assert client.post(f"/impor/{roster.pk}/batal").status_code == 409
    assert client.post(f"/impor/{roster.pk}/setujui").status_code == 409
    assert client.post(f"/impor/{roster.pk}/baris/{one.pk}/keputusan").status_code == 409
    assert client.post(f"/impor/{roster.pk}/baris/{one.pk}", {"name": "X"}).status_code == 422
    assert client.get(f"/impor/{roster.pk}/kolom").status_code == 404
    assert client.get(f"/impor/{roster.pk}/ditolak.pdf").status_code == 404
    assert client.get(f"/impor/{roster.pk}/ditolak.csv").status_code == 200
    assert client.post(f"/impor/{roster.pk}/urungkan").status_code == 302

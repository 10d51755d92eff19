"""Rows beside people of the register whom they may be: by card, by day of birth, restricted, of another family."""

from datetime import date
from uuid import uuid4

import pytest

from balai.access.models import acting
from balai.families.models import Person
from balai.rosters.rules.judging import SAME, Known, KnownPerson, judge
from balai.sheets.rules.facts import Facts
from balai.sheets.rules.households import Split
from tests.families.register import AT, HERE, family, head, left
from tests.rosters.lists import number, officer, row, rows_of, sent, told, xlsx

BORN = date(1980, 2, 1)
CARD, NIK = number(9_001), number(1)
BUDI = row(1, "Budi Santoso", "L", "01-02-1980")
NAMELESS = row(1, "Budi Santoso", "L", "01-02-1980", NIK=None)
RESTRICTED = "Data orang ini sedang dibatasi atas permintaannya; tidak diubah lewat impor."


@pytest.fixture
def by(tree):
    return officer()


def living(name="Budi Santoso", sex=1, nik=NIK, card=CARD, born_on=BORN):
    return family(people=[head(name, sex, born_on, nik=nik)], card=card)


def restrict():
    Person.objects.update(restricted_at=AT, restricted_by="account:x")


@pytest.mark.parametrize("cells", [BUDI, NAMELESS], ids=["by NIK", "by card"])
def test_who_is_restricted_is_left_alone(by, cells):
    living()
    with acting(by):
        restrict()
    assert told(by, sent(by, xlsx([cells]))) == {2: ("refused", [RESTRICTED])}


def test_who_is_restricted_is_not_shown_to_whoever_knows_the_day_of_birth(by):
    living(card="")
    with acting(by):
        restrict()
    assert told(by, sent(by, xlsx([NAMELESS]))) == {2: ("new", [])}


def test_without_a_nik_the_card_the_name_and_the_day_say_who_it_is(by):
    home = living()
    ((one, kept),) = rows_of(by, sent(by, xlsx([NAMELESS])))
    assert (one.verdict, kept.outcome.family) == ("unchanged", str(home.pk))


def test_the_same_person_of_the_card_with_another_nik_waits_for_an_answer(by):
    living(nik=number(77))
    said = "Di kartu ini sudah tercatat orang yang sama dengan NIK lain. Samakah orangnya?"
    assert told(by, sent(by, xlsx([BUDI]))) == {2: ("duplicate", [said])}


def test_another_name_on_the_same_day_of_birth_is_another_person(by):
    living("Hasan Basri", nik="", card="")
    assert told(by, sent(by, xlsx([BUDI]))) == {2: ("new", [])}


def test_a_sex_that_was_wrong_is_told_as_a_change(by):
    living(sex=2)
    ((_one, kept),) = rows_of(by, sent(by, xlsx([BUDI])))
    assert kept.outcome.changes == {"sex": (2, 1)}


def test_who_belongs_to_another_family_of_the_register_stays_there(by):
    living()
    other = living("Siti Aminah", 2, number(2), card="", born_on=date(1985, 4, 3))
    found = rows_of(by, sent(by, xlsx([BUDI, row(2, "Siti Aminah", "P", "03-04-1985", "Istri")])))
    said = [str(reason.said) for reason in found[1][1].outcome.reasons]
    assert said == ["Di register orang ini anggota keluarga lain; perpindahannya dicatat sebagai peristiwa."]
    assert (found[1][0].verdict, found[1][1].outcome.family) == ("unchanged", str(other.pk))


def test_a_mother_who_has_another_family_in_the_register_is_named(by):
    """An application would refuse her: a mother is chosen among the women of the family."""
    living("Siti Aminah", 2, number(2))
    living("Dewi Lestari", 2, number(3), card="", born_on=date(2004, 1, 1))
    rows = [
        row(2, "Siti Aminah", "P", "01-02-1980"),
        row(3, "Dewi Lestari", "P", "01-01-2004", "Anak", **{"Nama ibu": "Siti Aminah"}),
    ]
    assert told(by, sent(by, xlsx(rows))) == {2: ("unchanged", []), 3: ("unchanged", [
        "Di register ibunya, Siti Aminah, anggota keluarga lain; hubungan ibu dan anak ini tidak diubah lewat impor.",
        "Di register orang ini anggota keluarga lain; perpindahannya dicatat sebagai peristiwa.",
    ])}  # fmt: skip


def test_a_card_of_a_family_that_left_is_nobodys(by):
    left(living("Hasan Basri", nik=number(77)))
    assert told(by, sent(by, xlsx([BUDI]))) == {2: ("new", [])}


def test_a_nik_of_somebody_who_left_is_refused(by):
    left(living())
    said = "Orang dengan NIK ini tercatat sudah meninggal atau pindah. Periksa halaman keluarganya."
    assert told(by, sent(by, xlsx([BUDI]))) == {2: ("refused", [said])}


def test_whoever_was_said_to_be_the_same_may_have_left_since(by):
    """His family is none of those here any more: the row is compared with himself alone."""
    person, family_id = uuid4(), uuid4()
    known = Known(village=HERE, people={person: KnownPerson(person, family_id, HERE, "Budi", 1, BORN, 1)})
    budi = Facts(number=0, line=2, name="Budi", sex=1, born_on=BORN, relation=1, house={"roof": 1}, address="Jl. Baru")
    outcome = judge(Split(families=[[budi]]), [budi], known, {}, {0: HERE}, {0: (SAME, str(person))})[0]
    assert (outcome.verdict, outcome.changes) == ("unchanged", {})

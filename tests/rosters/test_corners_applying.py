"""The application where it does not go straight on: a batch that is refused, a register that learnt meanwhile, a job
that comes at the wrong time."""

from datetime import date

import pytest

from balai.access.models import acting
from balai.accounts.jobs import ask
from balai.base.errors import NotValid, Refused
from balai.families.models import Person
from balai.families.rules import PersonFacts, Relation
from balai.rosters import actions, jobs
from balai.rosters.rules.states import State
from tests.families.register import AT, family, head
from tests.jobs import run_jobs
from tests.rosters.lists import again, applied, number, officer, register, row, sent, told, xlsx

BUDI = row(1, "Budi Santoso", "L", "01-02-1980")
HASAN = row(5, "Hasan Basri", "L", "01-01-1970", card=5)


@pytest.fixture
def by(tree):
    return officer()


def test_a_card_that_the_register_refuses_says_why_and_the_other_cards_go_in(by):
    """The list gives no days of birth; by those of the register the woman whom it names was born after her child."""
    siti = head("Siti Aminah", born_on=date(2011, 4, 3), nik=number(2))
    family(people=[siti, PersonFacts("Dewi", 2, Relation.CHILD, date(2010, 1, 1), number(3))], card=number(9_001))
    rows = [
        row(2, "Siti Aminah", born=None),
        row(3, "Dewi", "P", None, "Anak", **{"Nama ibu": "Siti Aminah"}),
        HASAN,
    ]
    roster = sent(by, xlsx(rows))
    assert [verdict for verdict, _said in told(by, roster).values()] == ["unchanged", "changed", "new"]
    roster = applied(by, roster)
    assert (roster.state, roster.counts["refused"], roster.counts["new"]) == (State.APPLIED, 1, 1)
    assert told(by, roster)[3] == (
        "refused",
        ["Ibu dipilih dari perempuan dalam keluarga ini, yang lahir lebih dahulu."],
    )
    assert register(by) == (2, 3)
    with acting(by):
        assert Person.objects.get(name="Dewi").mother is None


@pytest.mark.parametrize(("born", "is_hers"), [("01-01-2024", True), ("01-01-1980", False)])
def test_a_child_that_is_new_in_a_known_family_gets_its_mother_at_once(by, born, is_hers):
    """Where the list names a woman who cannot be the mother, the child comes in without one."""
    family(people=[head("Siti Aminah", born_on=date(1990, 4, 3), nik=number(2))], card=number(9_001))
    rows = [row(2, "Siti Aminah", born=None), row(3, "Dewi", "P", born, "Anak", **{"Nama ibu": "Siti Aminah"})]
    roster = applied(by, sent(by, xlsx(rows)))
    assert (roster.state, roster.counts["new"]) == (State.APPLIED, 1)
    with acting(by):
        child = Person.objects.get(name="Dewi")
        assert (child.mother and child.mother.name) == ("Siti Aminah" if is_hers else None)


def test_whom_somebody_entered_meanwhile_just_so_is_not_new_any_more(by):
    roster = sent(by, xlsx([BUDI, HASAN]))
    family(people=[head("Budi Santoso", 1, date(1980, 2, 1), nik=number(1))], card=number(9_001))
    roster = applied(by, roster)
    assert told(by, roster) == {2: ("unchanged", []), 3: ("new", [])}
    assert register(by) == (2, 2)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (jobs.apply_roster, "Impor ini tidak sedang diterapkan."),
        (jobs.undo_roster, "Impor ini tidak sedang diurungkan."),
    ],
)
def test_a_job_that_comes_too_late_changes_nothing(by, work, said):
    roster = sent(by, xlsx([BUDI]))
    action = getattr(actions, work.name)
    with acting(by), pytest.raises(Refused, match=said):
        action(by=by, at=AT, roster=roster)
    with acting(by):
        ask(work, by=by, roster=roster.pk)
    run_jobs()
    assert (again(roster).state, again(roster).said) == (State.CHECKED, [])
    assert register(by) == (0, 0)


def test_a_list_belongs_to_a_village_and_to_nothing_larger(tree):
    by = officer("16.05.01")
    with acting(by), pytest.raises(NotValid, match="bukan kode desa atau kelurahan"):
        actions.take_in(by=by, at=AT, village="16.05.01", file="x.csv")


def test_a_list_of_more_people_than_a_village_has_is_refused(by):
    line = f"{number(9_001)},,Budi,L,Anak\n"
    content = "Nomor KK,NIK,Nama lengkap,Jenis kelamin,Hubungan keluarga\n" + line * 250_001
    roster = sent(by, content.encode(), ".csv")
    assert roster.state == State.FAILED
    assert roster.said == ["Berkas ini berisi lebih dari %(most)d orang. Bagi per desa.", {"most": "250000"}]


def test_a_child_whose_mother_is_restricted_is_corrected_and_keeps_her(by):
    family(people=[head("Siti Aminah", nik=number(2)), PersonFacts("Dewi", 2, 3, date(2010, 1, 1), number(3))])
    with acting(by):
        mother = Person.objects.get(name="Siti Aminah")
        Person.objects.filter(name="Dewi").update(mother=mother)
        Person.objects.filter(pk=mother.pk).update(restricted_at=AT, restricted_by="account:x")
    applied(by, sent(by, xlsx([row(2, "Siti Aminah"), row(3, "Dewi Lestari", "P", "01-01-2010", "Anak")])))
    with acting(by):
        assert Person.objects.get(name="Dewi Lestari").mother == mother

"""Undoing: exactly what was, or the reason why not."""

from datetime import timedelta

import pytest

from balai.access.models import AuditEntry, acting, unscoped
from balai.base.errors import NotAllowed, Refused
from balai.events import actions
from balai.events.models import Imprint, LifeEvent
from balai.families import actions as families
from balai.families.models import Family, IdentityNumber, Person
from balai.identity.models import Document
from tests.events.lives import FATHER, ON, SON, household, relations, the, told, whole
from tests.events.test_households import JOKO
from tests.families import register
from tests.families.register import AT, BESIDE, HERE, LATER, RT1

pytestmark = pytest.mark.django_db


def undo(event, by):
    return actions.undo(by=by, at=LATER, event=event)


def test_an_undone_event_stays_in_the_list_and_in_the_trail(officer, home):
    before = whole()
    event = actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Siti")))
    undone = undo(event, officer)
    assert whole() == before
    assert (undone.undone_at, undone.undone_by, undone.person) == (LATER, officer.name, the("Budi"))
    entry = AuditEntry.objects.get(deed="event.undo")
    assert (entry.subject, entry.detail) == (str(event.pk), {"kind": "death", "on": "2025-06-01"})
    assert {the("Budi").pk, the("Siti").pk} <= set(entry.touched.values_list("subject", flat=True))
    assert not Imprint.objects.exists()
    with pytest.raises(Refused, match="sudah dibatalkan"):
        undo(event, officer)


def test_what_was_undone_can_be_entered_again(officer, home):
    asked = told(home, by=officer, person=the("Ayu"))
    undo(actions.record_death(**asked), officer)
    actions.record_death(**asked)
    assert the("Ayu").gone_on == ON


def test_a_later_event_is_named(officer, home):
    event = actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Siti")))
    actions.record_new_head(
        **told(home, by=officer, head=the("Dimas"), reason="agreed", on=ON + timedelta(days=3), at=LATER)
    )
    with pytest.raises(Refused, match="“Ganti kepala keluarga” tanggal 04-06-2025. Batalkan dahulu"):
        undo(event, officer)
    assert relations(home)["Dimas"] == "head"


def test_a_correction_since_is_named(officer, home):
    event = actions.record_birth(**told(home, by=officer, sex=1, name="Bayu"))
    with acting(register.BY):
        families.correct_person(
            by=register.BY, at=AT, person=event.person, name="Bayu Aji", sex=1, relation=3, born_on=ON
        )
    with pytest.raises(Refused, match="Sesudah itu nama sudah diubah"):
        undo(event, officer)
    assert the("Bayu").name == "Bayu Aji"


def test_a_newborn_about_whom_more_is_known_stays(officer, home):
    event = actions.record_birth(**told(home, by=officer, sex=1, name="Bayu"))
    paper = {"kind": "birth", "is_held": True, "made_at": AT, "made_by": "uji"}
    Document.objects.create(person=event.person, family=home, region=HERE, **paper)
    with pytest.raises(Refused, match="sudah ada data lain yang dicatat bersamanya"):
        undo(event, officer)
    assert the("Bayu").gone_on is None


def test_a_newborn_who_died_since_is_named(officer, home):
    event = actions.record_birth(**told(home, by=officer, sex=1, name="Bayu"))
    actions.record_death(**told(home, by=officer, person=the("Bayu"), on=ON + timedelta(days=1), at=LATER))
    with pytest.raises(Refused, match="“Kematian” tanggal 02-06-2025"):
        undo(event, officer)


def test_a_birth_whose_later_event_was_undone_can_be_undone(officer, home):
    before = whole()
    birth = actions.record_birth(**told(home, by=officer, sex=1, name="Bayu"))
    death = actions.record_death(**told(home, by=officer, person=the("Bayu"), on=ON + timedelta(days=1)))
    undo(death, officer)
    undo(birth, officer)
    assert whole() == before
    assert set(LifeEvent.objects.values_list("person", flat=True)) == {None}


def test_the_dead_do_not_come_back_beside_another_spouse(officer, home):
    event = actions.record_death(**told(home, by=officer, person=the("Siti")))
    actions.record_moving_in(
        **told(home, by=officer, name="Rina", sex=2, relation=2, on=ON + timedelta(days=300), at=LATER)
        | {"on": ON + timedelta(days=90)}
    )
    with pytest.raises(Refused, match="Kepala keluarga atau pasangannya sudah lain"):
        undo(event, officer)
    assert relations(home)["Rina"] == "spouse"


def test_nobody_comes_back_into_a_family_that_is_no_more(officer, home):
    event = actions.record_moving_out(**told(home, by=officer, people=[the("Ayu")]))
    other = household(JOKO)
    actions.record_merge(**told(other, by=officer, other_family=home, on=ON + timedelta(days=1)))
    with pytest.raises(Refused, match="Susunan keluarganya sudah lain"):
        undo(event, officer)


def test_numbers_entered_since_go_with_the_person(officer, home):
    event = actions.record_split(**told(home, by=officer, people=[the("Dimas")], head=the("Dimas"), region=RT1))
    dimas, number = the("Dimas"), register.nik()
    families.correct_person(
        by=officer, at=AT, person=dimas, name=dimas.name, sex=1, relation=1, born_on=dimas.born_on, nik=number
    )
    undo(event, officer)
    row = IdentityNumber.objects.get()
    assert (row.number, row.family, row.region, the("Dimas").family) == (number, home, HERE, home)


def test_who_was_erased_does_not_come_back(officer, home):
    event = actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Siti")))
    with unscoped("uji: penghapusan"):
        Imprint.objects.filter(person=the("Siti")).delete()
    with pytest.raises(Refused, match="sudah dihapus"):
        undo(event, officer)


def test_who_is_restricted_is_left_alone(officer, home):
    event = actions.record_moving_out(**told(home, by=officer, people=[the("Ayu")]))
    Person.objects.filter(name__startswith="Ayu").update(restricted_at=AT, restricted_by="uji")
    with pytest.raises(Refused, match="dibatasi"):
        undo(event, officer)


def test_whoever_may_not_edit_undoes_nothing(officer, home):
    event = actions.record_death(**told(home, by=officer, person=the("Ayu")))
    for who in (register.actor("village_head", HERE), register.actor("cadre", "76")):
        with acting(who), pytest.raises(NotAllowed):
            undo(event, who)


def test_an_event_without_images_is_taken_back_as_a_word(officer, home):
    """Such as one of the invented population: nothing in the register hangs on it."""
    event = LifeEvent.objects.create(
        kind="birth", family=home, region=HERE, on=ON, people=1, made_at=AT, made_by="uji"
    )  # fmt: skip
    assert undo(event, officer).undone_at == LATER


def test_a_family_of_whom_all_are_restricted_may_stand_without_a_head(officer):
    home = household(FATHER, SON)
    event = actions.record_moving_out(**told(home, by=officer, people=[the("Dimas")]))
    with unscoped("uji: dibatasi"):
        Person.objects.filter(name__startswith="Budi").update(restricted_at=AT, restricted_by="uji", relation=4)
    with pytest.raises(Refused, match="Susunan"):
        undo(event, officer)
    assert Family.objects.filter(pk=home.pk).exists()


def test_whoever_undoes_may_edit_where_the_people_return_to(officer, home):
    event = actions.record_moving_within(**told(home, by=officer, region=BESIDE))
    beside = register.actor("cadre", BESIDE)
    with acting(beside), pytest.raises(NotAllowed):
        undo(event, beside)
    other = household(JOKO)
    wedding = actions.record_marriage(
        **told(home, by=officer, person=the("Ayu"), other_family=other, partner=the("Joko"), region=BESIDE)
    )
    with acting(beside), pytest.raises(NotAllowed):
        undo(wedding, beside)


def test_what_reaches_a_family_out_of_scope_is_not_undone(officer, home):
    event = actions.record_new_head(**told(home, by=officer, head=the("Siti"), reason="agreed"))
    with unscoped("uji: seseorang pindah"):
        Person.objects.filter(name__startswith="Budi").update(region=BESIDE)
    here = register.actor("cadre", HERE)
    with acting(here), pytest.raises(NotAllowed, match="menyangkut keluarga di luar wilayah"):
        undo(event, here)

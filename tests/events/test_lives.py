"""Birth, death and another head: what stands in the register afterwards."""

from datetime import date, timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events import actions
from balai.events.models import LifeEvent
from balai.events.rules import Kind
from balai.families.models import Family, IdentityNumber, PastStay, Person
from balai.families.rules import GoneReason, LeftReason, NoNik, Relation, Sex
from tests.events.lives import DAUGHTER, FATHER, MOTHER, ON, SINCE, SON, as_of, household, relations, the, told
from tests.families import register
from tests.families.register import AT, HERE

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def birth(family, officer, **more):
    return actions.record_birth(**told(family, by=officer, sex=Sex.FEMALE, **more))


def test_a_newborn_is_a_child_known_by_mother_and_order_until_it_has_a_nik(officer, home):
    event = birth(home, officer, name=" Melati  Putri ", mother=the("Siti"), place="facility")
    child = event.person
    assert (child.name, child.relation, child.born_on, child.since_on) == ("Melati Putri", Relation.CHILD, ON, ON)
    assert (child.mother.name, child.birth_order, child.no_nik) == ("Siti Rahmawati", 3, NoNik.NEWBORN)
    assert (event.kind, event.on, event.made_at, event.region, event.people) == (Kind.BIRTH, ON, AT, HERE, 1)
    assert event.detail == {"place": "facility"}
    assert the("Siti").name not in str(LifeEvent.objects.values_list("detail", "imprints__image"))


def test_a_birth_stands_in_the_trail_with_the_family_and_the_child(officer, home):
    event = birth(home, officer, mother=the("Siti"))
    entry = AuditEntry.objects.get(deed="event.birth")
    assert (entry.subject, entry.region, entry.detail["on"]) == (str(event.pk), HERE, "2025-06-01")
    touched = set(entry.touched.values_list("subject", flat=True))
    assert {home.pk, event.person_id, the("Siti").pk} == touched


def test_twins_have_each_their_own_order(officer, home):
    one, other = (birth(home, officer, mother=the("Siti")).person for _twin in range(2))
    assert (one.birth_order, other.birth_order) == (3, 4)
    with pytest.raises(NotValid, match="Kelahiran ke-4"):
        birth(home, officer, mother=the("Siti"), birth_order=4)


def test_a_newborn_without_a_name_is_not_called_by_its_mothers(officer, home):
    assert birth(home, officer, mother=the("Siti")).person.name == "Bayi"


def test_a_newborn_with_a_nik_is_known_by_it(officer, home):
    child = birth(home, officer, nik=register.nik()).person
    assert (child.no_nik, child.mother, child.birth_order, child.numbers.count()) == (None, None, None, 1)


def test_the_child_of_a_daughter_is_no_child_of_the_head(officer, home):
    assert birth(home, officer, mother=the("Ayu")).person.relation == Relation.OTHER


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": TODAY + timedelta(days=1)}, "belum terjadi"),
        ({"on": date(1890, 1, 1)}, "130 tahun"),
        ({"on": date(2014, 12, 31)}, "setelah tanggal itu"),
        ({"name": "Bayi 2"}, "Nama hanya berisi"),
        ({"sex": 3}, "jenis kelamin"),
        ({"nik": "12"}, "16"),
    ],
)
def test_a_birth_that_cannot_be_is_refused(officer, home, values, said):
    with pytest.raises(NotValid, match=said):
        actions.record_birth(**told(home, by=officer) | {"sex": 1} | values)
    assert not LifeEvent.objects.exists()


def test_the_mother_is_a_woman_of_the_family(officer, home):
    with pytest.raises(NotValid, match="Ibu dipilih"):
        birth(home, officer, mother=the("Budi"))
    register.family(people=[register.head("Wati Lain")])
    with pytest.raises(NotValid, match="masih menjadi anggota"):
        birth(home, officer, mother=the("Wati"))


def test_a_mother_is_older_than_her_child(officer, home):
    Person.objects.filter(pk=the("Siti").pk).update(born_on=ON)
    with pytest.raises(NotValid, match="Ibu dipilih"):
        birth(home, officer, mother=the("Siti"))
    Person.objects.filter(pk=the("Siti").pk).update(born_on=ON + timedelta(days=1))
    with pytest.raises(NotValid, match="lahir sesudah tanggal"):
        birth(home, officer, mother=the("Siti"))


def test_whoever_died_is_gone_and_the_others_stay_as_they_are(officer, home):
    event = actions.record_death(**told(home, by=officer, person=the("Ayu"), place="home"))
    gone = the("Ayu")
    assert (gone.gone_on, gone.gone_reason, gone.family) == (ON, GoneReason.DIED, home)
    assert relations(home) == {"Budi": "head", "Siti": "spouse", "Dimas": "child"}
    assert (event.person, event.detail, PastStay.objects.count()) == (gone, {"place": "home"}, 0)


def test_the_death_of_the_head_asks_who_is_head_now(officer, home):
    with pytest.raises(actions.NeedsHead, match="Pilih siapa yang menjadi kepala"):
        actions.record_death(**told(home, by=officer, person=the("Budi")))
    assert the("Budi").gone_on is None
    with pytest.raises(actions.NeedsHead):
        actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Budi")))


def test_a_widow_who_becomes_head_keeps_her_children(officer, home):
    before = as_of(ON - timedelta(days=1))
    actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Siti")))
    assert relations(home) == {"Siti": "head", "Dimas": "child", "Ayu": "child"}
    assert as_of(ON - timedelta(days=1)) == before
    stay = PastStay.objects.get()
    assert (stay.person.name, stay.relation, stay.from_on, stay.until_on) == ("Siti Rahmawati", 2, SINCE, ON)


def test_a_son_who_becomes_head_has_mother_and_sister_beside_him(officer, home):
    actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Dimas")))
    assert relations(home) == {"Dimas": "head", "Siti": "other", "Ayu": "other"}


def test_with_the_last_member_the_family_ends(officer):
    home = household(MOTHER.__class__("Siti Sendiri", 2, Relation.HEAD, date(1950, 1, 1)))
    actions.record_death(**told(home, by=officer, person=the("Siti")))
    home = Family.objects.get(pk=home.pk)
    assert (home.left_on, home.left_reason) == (ON, LeftReason.DISSOLVED)


def test_where_only_restricted_members_are_left_nobody_of_them_is_made_head(officer, home):
    Person.objects.filter(family=home).exclude(name__startswith="Budi").update(restricted_at=AT, restricted_by="uji")
    actions.record_death(**told(home, by=officer, person=the("Budi")))
    assert "head" not in relations(home).values()
    assert Family.objects.get(pk=home.pk).left_on is None


def test_who_is_restricted_has_no_event_and_is_not_made_head(officer, home):
    Person.objects.filter(name__startswith="Siti").update(restricted_at=AT, restricted_by="uji")
    with pytest.raises(Refused, match="dibatasi"):
        actions.record_death(**told(home, by=officer, person=the("Siti")))
    with pytest.raises(actions.NeedsHead):
        actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Siti")))


def test_nobody_dies_before_birth_or_twice(officer, home):
    Person.objects.filter(name__startswith="Ayu").update(born_on=ON + timedelta(days=1))
    with pytest.raises(NotValid, match="lahir sesudah tanggal"):
        actions.record_death(**told(home, by=officer, person=the("Ayu")))
    actions.record_death(**told(home, by=officer, person=the("Dimas")))
    with pytest.raises(NotValid, match="masih menjadi anggota"):
        actions.record_death(**told(home, by=officer, person=the("Dimas")))


def test_an_event_entered_late_does_not_change_what_was_entered_of_a_later_day(officer, home):
    actions.record_death(**told(home, by=officer, person=the("Budi"), new_head=the("Siti")))
    with pytest.raises(Refused, match="Tentang Siti Rahmawati sudah tercatat perubahan pada 01-06-2025"):
        actions.record_death(
            **told(home, by=officer, person=the("Siti"), new_head=the("Dimas"), on=ON - timedelta(days=9))
        )
    earlier = ON - timedelta(days=40)
    actions.record_death(**told(home, by=officer, person=the("Ayu"), on=earlier))
    assert the("Ayu").pk not in {row[0] for row in as_of(earlier)}
    assert the("Ayu").pk in {row[0] for row in as_of(earlier - timedelta(days=1))}


def test_another_head_while_the_former_one_stays(officer, home):
    event = actions.record_new_head(**told(home, by=officer, head=the("Siti"), reason="away"))
    assert relations(home) == {"Siti": "head", "Budi": "spouse", "Dimas": "child", "Ayu": "child"}
    assert (event.kind, event.detail, event.person) == (Kind.NEW_HEAD, {"why": "away"}, the("Siti"))
    with pytest.raises(NotValid, match="sudah menjadi kepala"):
        actions.record_new_head(**told(home, by=officer, head=the("Siti"), reason="away"))


def test_a_child_who_becomes_head_has_the_former_couple_as_other_members(officer, home):
    actions.record_new_head(**told(home, by=officer, head=the("Dimas"), reason="old"))
    assert relations(home) == {"Dimas": "head", "Budi": "other", "Siti": "other", "Ayu": "other"}


def test_whoever_may_not_edit_the_place_enters_no_event(officer, home):
    reader = register.actor("village_head", HERE)
    with acting(reader), pytest.raises(NotAllowed):
        birth(home, reader)
    far = register.actor("cadre", "76")
    with acting(far), pytest.raises(NotAllowed, match="tidak ada di wilayah"):
        birth(home, far)


def test_in_a_family_that_left_nothing_happens_any_more(officer, home):
    Family.objects.filter(pk=home.pk).update(left_on=TODAY, left_reason="moved_away")
    with pytest.raises(Refused, match="tidak tinggal di sini"):
        birth(home, officer)


def test_a_companion_enters_events_of_families_assigned(places, as_app):
    home = household(FATHER, MOTHER, SON, DAUGHTER, card=register.nik())
    who = register.actor("companion", HERE, families=[home.pk])
    with as_app(), acting(who):
        event = birth(home, who, mother=the("Siti"), nik=register.nik())
        actions.record_death(**told(home, by=who, person=the("Budi"), new_head=the("Siti")))
        assert IdentityNumber.objects.count() == 2
        assert event.person.name == "Bayi"

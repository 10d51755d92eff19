"""Moving, marrying, parting and joining: who is where afterwards, and what became the past."""

from datetime import date, timedelta

import pytest

from balai.access.models import acting, unscoped
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events import actions
from balai.events.models import Imprint, LifeEvent
from balai.events.rules import Kind
from balai.families.models import Family, IdentityNumber, PastStay, Person
from balai.families.rules import GoneReason, LeftReason, PersonFacts, Relation, Sex
from balai.identity.models import Document
from tests.events.lives import AUNT, DAUGHTER, FATHER, MOTHER, ON, SINCE, SON, as_of, household, relations, the, told
from tests.families import register
from tests.families.register import AT, BESIDE, FAR, HERE, RT1, RT2

pytestmark = pytest.mark.django_db
JOKO = PersonFacts("Joko Widagdo", Sex.MALE, Relation.HEAD, date(2001, 4, 4))
SRI = PersonFacts("Sri Wahyuni", Sex.FEMALE, Relation.HEAD, date(1985, 4, 4))


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_somebody_from_outside_joins_the_family(officer, home):
    number = register.nik()
    event = actions.record_moving_in(
        **told(home, by=officer, name="Rina", sex=2, relation=4, born_on=date(2010, 1, 1), mother=the("Siti")),
        nik=number, origin="province",
    )  # fmt: skip
    assert (event.person.since_on, event.person.mother, event.person.numbers.get().number) == (ON, the("Siti"), number)
    assert (event.kind, event.detail) == (Kind.MOVED_IN, {"origin": "province"})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"relation": 1}, "Kepala keluarga hanya satu"),
        ({"relation": 2}, "satu pasangan"),
        ({"born_on": ON + timedelta(days=1)}, "lahir sesudah tanggal"),
        ({"born_on": date(1984, 1, 1), "mother": "Siti"}, "Ibu dipilih"),
    ],
)
def test_who_joins_must_fit_into_the_family(officer, home, values, said):
    values = values | ({"mother": the(values["mother"])} if "mother" in values else {})
    with pytest.raises(NotValid, match=said):
        actions.record_moving_in(**told(home, by=officer) | {"name": "Rina", "sex": 2, "relation": 4} | values)


def test_a_family_from_outside_is_at_home_since_the_day_it_came(officer):
    people = [register.head("Yuni", nik=register.nik()), register.child("Tono")]
    event = actions.record_family_moving_in(
        **told(by=officer), region=RT1, people=people, card=register.nik(), address="Jalan Mawar", origin="district"
    )
    assert (event.family.region, event.family.since_on, event.people) == (RT1, ON, 2)
    assert LifeEvent.objects.counted()[Kind.MOVED_IN] == 2
    actions.undo(by=officer, at=AT, event=event)
    assert not Family.objects.exists()
    assert not IdentityNumber.objects.exists()
    assert (again(event).family, again(event).undone_by) == (None, officer.name)
    with pytest.raises(NotValid, match="130 tahun"):
        actions.record_family_moving_in(**told(by=officer, on=date(1800, 1, 1)), region=RT1, people=people)


def test_who_moves_away_is_gone_and_the_head_is_chosen_anew(officer, home):
    leaving = [the("Budi"), the("Dimas")]
    with pytest.raises(actions.NeedsHead):
        actions.record_moving_out(**told(home, by=officer, people=leaving))
    event = actions.record_moving_out(
        **told(home, by=officer, people=leaving, new_head=the("Siti"), destination="abroad")
    )
    assert relations(home) == {"Siti": "head", "Ayu": "child"}
    assert {the(name).gone_reason for name in ("Budi", "Dimas")} == {GoneReason.MOVED_AWAY}
    assert (event.people, event.person, event.detail) == (2, None, {"to": "abroad"})


def test_where_all_move_away_the_family_leaves_as_it_is(officer, home):
    event = actions.record_moving_out(**told(home, by=officer, people=Person.objects.filter(family=home)))
    assert (again(home).left_on, again(home).left_reason) == (ON, LeftReason.MOVED_AWAY)
    assert len(relations(home)) == event.people == 4
    assert as_of(ON) == set()
    with pytest.raises(NotValid, match="Pilih siapa yang pindah"):
        actions.record_moving_out(**told(household(JOKO), by=officer, people=[]))


def test_one_who_moves_away_alone_is_named(officer, home):
    assert actions.record_moving_out(**told(home, by=officer, people=[the("Ayu")])).person == the("Ayu")


def test_a_move_takes_everything_along_and_leaves_the_past(officer, home):
    number = register.nik()
    aside = household(JOKO)
    with unscoped("uji: anak yang sudah berkeluarga"):
        Person.objects.filter(name__startswith="Joko").update(mother=the("Siti"))
    actions.record_death(**told(home, by=officer, person=the("Ayu"), on=ON - timedelta(days=50)))
    actions.record_birth(**told(home, by=officer, sex=1, mother=the("Siti"), nik=number, on=ON - timedelta(days=9)))
    before = {back: as_of(ON - timedelta(days=back)) for back in (1, 20, 60)}
    event = actions.record_moving_within(**told(home, by=officer, region=RT1))
    assert (again(home).region, event.detail, event.people) == (RT1, {"before": HERE, "to": RT1}, 4)
    assert {row.region for row in Person.objects.filter(family=home)} == {RT1}
    assert IdentityNumber.objects.get(person__family=home).region == RT1
    assert again(aside).region == the("Joko").region == HERE
    assert {back: as_of(ON - timedelta(days=back)) for back in before} == before
    assert not LifeEvent.objects.filter(part_of=event).exists()
    actions.record_moving_within(**told(home, by=officer, region=RT2, on=ON + timedelta(days=9)))
    assert PastStay.objects.filter(person=the("Ayu")).count() == 1


def test_a_move_to_another_village_counts_in_both(officer, home):
    event = actions.record_moving_within(**told(home, by=officer, region=BESIDE))
    parts = LifeEvent.objects.filter(part_of=event).order_by("kind").values_list("kind", "region", "people")
    assert list(parts) == [("moved_in", BESIDE, 4), ("moved_out", HERE, 4)]
    counted = {code: LifeEvent.objects.within(code).standing().counted() for code in (HERE, BESIDE)}
    assert (counted[HERE][Kind.MOVED_OUT], counted[BESIDE][Kind.MOVED_IN]) == (4, 4)
    part = LifeEvent.objects.filter(part_of=event).first()
    with pytest.raises(Refused, match="bagian dari peristiwa lain"):
        actions.undo(by=officer, at=AT, event=part)
    actions.undo(by=officer, at=AT, event=event)
    assert not LifeEvent.objects.standing().exists()
    assert again(home).region == HERE


def test_a_family_moves_to_another_place_that_the_officer_may_edit(officer, home):
    with pytest.raises(NotValid, match="sudah tercatat di tempat itu"):
        actions.record_moving_within(**told(home, by=officer, region=HERE))
    with pytest.raises(NotAllowed):
        actions.record_moving_within(**told(home, by=officer, region=FAR))


def test_two_form_a_new_family_with_those_they_bring(officer, home):
    other = household(SRI, PersonFacts("Bagas", Sex.MALE, Relation.CHILD, date(2012, 1, 1)), region=BESIDE)
    Person.objects.filter(name="Bagas").update(mother=the("Sri"))
    event = actions.record_marriage(
        **told(home, by=officer, person=the("Dimas"), other_family=other, partner=the("Sri"), region=RT1),
        address="Jalan Baru", bringing=[the("Bagas"), the("Dimas")],
    )  # fmt: skip
    assert (event.kind, event.family.region, event.family.address, event.people) == (
        Kind.MARRIAGE, RT1, "Jalan Baru", 2,
    )  # fmt: skip
    assert relations(event.family) == {"Dimas": "head", "Sri": "spouse", "Bagas": "child"}
    assert relations(home) == {"Budi": "head", "Siti": "spouse", "Ayu": "child"}
    assert (again(other).left_reason, the("Dimas").mother, the("Bagas").mother) == (
        LeftReason.DISSOLVED, the("Siti"), the("Sri"),
    )  # fmt: skip
    assert as_of(ON - timedelta(days=1)) >= {(the("Sri").pk, other.pk, BESIDE, 1)}


def test_one_joins_the_family_of_the_other(officer, home):
    joko, sri = household(JOKO), household(SRI, AUNT)
    event = actions.record_marriage(
        **told(joko, by=officer, person=the("Joko"), other_family=sri, partner=the("Sri"), joins=joko),
        other_head=the("Wati"),
    )  # fmt: skip
    assert (event.family, event.other_family) == (joko, sri)
    assert relations(joko) == {"Joko": "head", "Sri": "spouse"}
    assert relations(sri) == {"Wati": "head"}


def test_two_of_one_family_marry_where_they_live(officer):
    home = household(JOKO, PersonFacts("Rina", Sex.FEMALE, Relation.OTHER, date(2002, 1, 1)))
    event = actions.record_marriage(
        **told(home, by=officer, person=the("Joko"), other_family=home, partner=the("Rina"), joins=home)
    )
    assert relations(home) == {"Joko": "head", "Rina": "spouse"}
    assert event.other_family is None


@pytest.mark.parametrize(
    ("person", "partner", "joins", "said"),
    [
        ("Dimas", "Joko", None, "seorang laki-laki dan seorang perempuan"),
        ("Siti", "Joko", None, "sudah tercatat berpasangan"),
        ("Ayu", "Joko", "mine", "bukan kepala keluarga"),
        ("Ayu", "Joko", "third", "salah satu dari keduanya"),
    ],
)
def test_a_marriage_that_cannot_be_is_refused(officer, home, person, partner, joins, said):
    other, third = household(JOKO), household(SRI)
    joins = {"mine": home, "third": third, None: None}[joins]
    with pytest.raises(NotValid, match=said):
        actions.record_marriage(
            **told(home, by=officer, person=the(person), other_family=other, partner=the(partner), joins=joins)
        )


def test_after_a_divorce_one_has_a_family_of_his_own(officer, home):
    event = actions.record_divorce(**told(home, by=officer, leaver=the("Budi"), children=[the("Dimas")], region=RT1))
    assert relations(home) == {"Siti": "head", "Ayu": "child"}
    assert relations(event.other_family) == {"Budi": "head", "Dimas": "child"}
    assert (the("Dimas").mother, event.people, event.other_family.region) == (the("Siti"), 2, RT1)


def test_after_a_divorce_one_may_leave_the_register(officer, home):
    event = actions.record_divorce(**told(home, by=officer, leaver=the("Siti"), away=True, destination="province"))
    assert (the("Siti").gone_reason, event.other_family) == (GoneReason.MOVED_AWAY, None)
    assert relations(home) == {"Budi": "head", "Dimas": "child", "Ayu": "child"}


def test_a_divorce_is_of_head_and_spouse(officer, home):
    with pytest.raises(NotValid, match="kepala keluarga atau pasangannya"):
        actions.record_divorce(**told(home, by=officer, leaver=the("Ayu")))
    with pytest.raises(NotValid, match="tidak ikut pergi"):
        actions.record_divorce(**told(home, by=officer, leaver=the("Budi"), children=[the("Siti")]))
    with pytest.raises(NotValid, match="kepala keluarga atau pasangannya"):
        actions.record_divorce(**told(household(JOKO), by=officer, leaver=the("Joko")))
    Person.objects.filter(name__startswith="Siti").update(restricted_at=AT, restricted_by="uji")
    with pytest.raises(Refused, match="dibatasi"):
        actions.record_divorce(**told(home, by=officer, leaver=the("Budi")))


def test_some_form_a_family_of_their_own(officer):
    wife = PersonFacts("Rina", Sex.FEMALE, Relation.OTHER, date(2004, 1, 1))
    home = household(FATHER, MOTHER, SON, DAUGHTER, wife)
    event = actions.record_split(
        **told(home, by=officer, people=[the("Dimas"), the("Rina")], head=the("Dimas"), spouse=the("Rina"))
    )
    assert relations(event.other_family) == {"Dimas": "head", "Rina": "spouse"}
    assert (event.other_family.region, event.person) == (HERE, the("Dimas"))


def test_a_couple_that_splits_off_stays_a_couple(officer, home):
    event = actions.record_split(
        **told(home, by=officer, people=[the("Budi"), the("Siti"), the("Ayu")], head=the("Siti"), new_head=the("Dimas"))
    )
    assert relations(event.other_family) == {"Siti": "head", "Budi": "spouse", "Ayu": "child"}
    assert relations(home) == {"Dimas": "head"}


@pytest.mark.parametrize(
    ("people", "head", "spouse", "said"),
    [
        (["Dimas"], "Ayu", None, "dipilih dari yang pindah"),
        (["Dimas"], "Dimas", "Dimas", "dipilih dari yang pindah"),
        (["Dimas"], "Dimas", "Ayu", "dipilih dari yang pindah"),
        (["Budi", "Siti", "Dimas", "Ayu"], "Dimas", None, "Seluruh keluarga"),
        (["Budi", "Dimas"], "Dimas", "Budi", "seorang laki-laki dan seorang perempuan"),
    ],
)
def test_a_split_that_cannot_be_is_refused(officer, home, people, head, spouse, said):
    with pytest.raises(NotValid, match=said):
        actions.record_split(
            **told(home, by=officer, people=[the(one) for one in people], head=the(head)),
            spouse=the(spouse) if spouse else None,
        )  # fmt: skip


def test_a_family_that_joins_another_is_no_more(officer, home):
    card = register.nik()
    other = household(JOKO, card=card)
    with unscoped("uji: anak"):
        Person.objects.filter(name__startswith="Joko").update(mother=the("Siti"))
    event = actions.record_merge(**told(home, by=officer, other_family=other))
    assert relations(home)["Joko"] == "child"
    assert (again(other).left_reason, event.people) == (LeftReason.DISSOLVED, 1)
    assert IdentityNumber.objects.get().family == other  # the card was the family's
    with pytest.raises(NotValid, match="keluarga yang lain"):
        actions.record_merge(**told(home, by=officer, other_family=home))


def test_without_a_head_nobody_joins(officer, home):
    other = household(JOKO)
    with unscoped("uji: tanpa kepala"):
        Person.objects.filter(name__startswith="Budi").update(relation=4)
    with pytest.raises(Refused, match="belum mempunyai kepala"):
        actions.record_merge(**told(home, by=officer, other_family=other))
    with pytest.raises(Refused, match="belum mempunyai kepala"):
        actions.record_taking_in(**told(other, by=officer, person=the("Joko"), into=home))


def test_a_child_that_kin_take_in_keeps_its_mother(officer, home):
    aunt, number = household(PersonFacts("Wati", 2, 1, date(1975, 1, 2))), register.nik()
    with acting(register.BY):
        child = actions.record_moving_in(**told(home, name="Rina", sex=2, relation=3, nik=number, mother=the("Siti")))
    later = ON + timedelta(days=1)
    event = actions.record_taking_in(**told(home, by=officer, on=later, person=child.person, into=aunt, as_child=True))
    rina = the("Rina")
    assert (rina.family, rina.relation, rina.mother, rina.since_on) == (aunt, Relation.CHILD, the("Siti"), later)
    assert (IdentityNumber.objects.get().family, event.other_family) == (aunt, aunt)
    assert PastStay.objects.get(person=rina).family == home
    with pytest.raises(NotValid, match="keluarga yang lain"):
        actions.record_taking_in(**told(home, by=officer, person=the("Ayu"), into=home))
    actions.record_taking_in(**told(home, by=officer, person=the("Ayu"), into=aunt))
    assert the("Ayu").relation == Relation.OTHER


def test_a_companion_founds_no_family(places):
    home = household()
    who = register.actor("companion", HERE, families=[home.pk])
    with acting(who), pytest.raises(NotAllowed, match="Keluarga baru dicatat"):
        actions.record_split(**told(home, by=who, people=[the("Dimas")], head=the("Dimas")))


@pytest.mark.parametrize(("role", "region"), [("cadre", HERE), ("field_officer", register.KECAMATAN)])
def test_who_edits_records_and_undoes_in_the_apps_own_role(places, as_app, role, region):
    home, other = household(card=register.nik()), household(JOKO, region=RT1)
    who = register.actor(role, region)
    with as_app(), acting(who):
        events = [
            actions.record_moving_within(**told(home, by=who, region=RT2)),
            actions.record_marriage(
                **told(home, by=who, person=the("Ayu"), other_family=other, partner=the("Joko"), region=RT1)
            ),
            actions.record_divorce(**told(home, by=who, leaver=the("Budi"), children=[the("Dimas")])),
            actions.record_moving_in(**told(home, by=who, name="Rina", sex=2, relation=4, nik=register.nik())),
        ]
        for event in reversed(events):
            actions.undo(by=who, at=AT, event=event)
        assert not Imprint.objects.exists()
        assert relations(home) == {"Budi": "head", "Siti": "spouse", "Dimas": "child", "Ayu": "child"}


def test_since_when_a_family_was_here_is_not_changed(officer, home):
    actions.record_moving_within(**told(home, by=officer, region=RT1))
    assert again(home).since_on == SINCE


def test_two_moves_of_one_day_leave_one_present(officer, home):
    before = as_of(ON - timedelta(days=1))
    events = [actions.record_moving_within(**told(home, by=officer, region=region)) for region in (RT1, RT2)]
    assert {row[2] for row in as_of(ON)} == {RT2}
    for event in reversed(events):
        actions.undo(by=officer, at=AT, event=event)
    assert as_of(ON) == as_of(ON - timedelta(days=1)) == before


def test_what_is_known_of_a_person_today_goes_along_and_what_has_ended_stays(officer, home):
    dimas, made = the("Dimas"), {"made_at": AT, "made_by": "uji", "is_held": True, "kind": "birth"}
    whose = {"person": dimas, "family": home, "region": HERE}
    ended = Document.objects.create(**whose, **made, from_on=SINCE, until_on=ON - timedelta(days=9))
    present = Document.objects.create(**whose, **made, from_on=ON - timedelta(days=9))
    event = actions.record_split(**told(home, by=officer, people=[dimas], head=dimas, region=RT1))
    assert (again(present).family, again(present).region) == (event.other_family, RT1)
    assert (again(ended).family, again(ended).region) == (home, HERE)
    actions.undo(by=officer, at=AT, event=event)
    assert (again(present).family, again(present).region) == (home, HERE)

"""Aid is recorded, corrected, ended, taken back; loaded and brought by file; who may, and what the trail says."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from balai.access.models import AuditEntry, acting
from balai.access.rules import Matter, Right
from balai.aid import actions, rules
from balai.aid.actions.planning import plan_aid
from balai.aid.inputs.files import Programme
from balai.aid.models import Aid
from balai.aid.rules import AidFacts, Line
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Person
from tests.families import register
from tests.families.register import AT, BESIDE, BY, FAR, HERE, KECAMATAN, RT1

pytestmark = pytest.mark.django_db
DAY = AT.date()
NOBODY = Programme()


def aid(family, programme="pkh", person=None, by=BY, **more):
    with acting(by):
        return actions.record_aid(by=by, at=AT, family=family, person=person, facts=AidFacts(programme, **more))


def last():
    return AuditEntry.objects.latest("pk")


def restrict(person):
    with acting(BY):
        Person.objects.filter(pk=person.pk).update(restricted_at=AT, restricted_by="uji")


@pytest.mark.parametrize(
    ("role", "region"), [("cadre", HERE), ("field_officer", KECAMATAN), ("family_office", "16.05")]
)
def test_who_writes_down_how_families_live_records_aid(places, as_app, role, region):
    family, actor = register.family(), register.actor(role, region)
    with as_app():
        row = aid(family, by=actor, from_on=DAY, amount=300_000)
    assert (row.agency, row.state, row.region, row.source) == (20, "received", HERE, "form")
    assert (last().deed, last().matters) == ("aid.record", "welfare")
    assert last().change.values["amount"] == [None, 300_000]


def test_a_companion_records_aid_of_families_assigned_and_of_no_others(places, as_app):
    mine, other = register.family(), register.family()
    companion = register.actor("companion", HERE, families=[mine.pk])
    with as_app():
        aid(mine, by=companion)
        with pytest.raises(NotAllowed), transaction.atomic():
            aid(other, by=companion)
        with acting(companion):
            assert Aid.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "region", "agency"),
    [
        ("village_head", HERE, None),
        ("agency_officer", "16.05", "social"),
        ("cadre", FAR, None),
        ("planner", "16.05", None),
    ],
)
def test_others_record_none(places, role, region, agency):
    family, actor = register.family(), register.actor(role, region, agency=agency)
    with pytest.raises(NotAllowed):
        aid(family, by=actor)


def test_who_may_edit_families_but_not_their_life_records_none(places):
    family, actor = register.family(), register.actor("cadre", HERE)
    reader = replace(actor, role=replace(actor.role, sees={**actor.role.sees, Matter.WELFARE: Right.READ}))
    with pytest.raises(NotAllowed, match="tidak mencatat bantuan"):
        aid(family, by=reader)
    with acting(reader), pytest.raises(NotAllowed, match="tidak mencatat bantuan"):
        actions.load_aid(by=reader, at=AT, rows=[{"family": family.pk, "region": HERE, "programme": "pkh"}])


def test_aid_of_a_person_names_a_member_who_may_be_shown(officer):
    family, other = register.family(), register.family()
    child = family.people.get(relation=3)
    assert aid(family, "pip", child, by=officer).person == child
    with pytest.raises(NotValid, match="bukan anggota"):
        aid(other, "pip", child, by=officer)
    with pytest.raises(NotValid, match="Pilih siapa"):
        aid(family, "pip", by=officer)
    restrict(child)
    with pytest.raises(NotValid, match="bukan anggota"):
        aid(family, "kip_kuliah", child, by=officer)
    assert list(Aid.objects.unrestricted()) == []


def test_what_goes_on_is_recorded_once(officer):
    family = register.family()
    row = aid(family, by=officer)
    with pytest.raises(Refused, match="masih berjalan"):
        aid(family, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.create(
            family=family, region=HERE, programme="pkh", agency=20, state="planned", source="form", made_at=AT,
            made_by="uji",
        )  # fmt: skip
    aid(family, until_on=DAY, by=officer)
    aid(family, state="refused", reason="sudah mampu", by=officer)
    actions.end_aid(by=officer, at=AT, aid=row, on=DAY)
    aid(family, by=officer)


def test_a_family_that_left_receives_nothing_more(officer):
    family = register.family()
    row = aid(family, by=officer)
    register.left(family, by=officer)
    for deed in (lambda: aid(family, "bst", by=officer), lambda: actions.end_aid(by=officer, at=AT, aid=row, on=DAY)):
        with pytest.raises(Refused, match="hanya dapat dibaca"):
            deed()


def test_a_correction_tells_what_stood_there(officer):
    family = register.family()
    child = family.people.get(relation=3)
    row = aid(family, from_on=DAY, by=officer)
    facts = AidFacts("pip", from_on=DAY, goods="seragam")
    actions.correct_aid(by=officer, at=AT, aid=row, facts=facts, person=child)
    row.refresh_from_db()
    assert (row.programme, row.agency, row.person, row.goods) == ("pip", 22, child, "seragam")
    assert last().change.values["programme"] == ["pkh", "pip"]
    assert "from_on" not in last().change.values
    actions.correct_aid(by=officer, at=AT, aid=row, facts=AidFacts("pip", goods="buku"), person=child)
    assert row.agency == 22


def test_aid_ends_on_a_day_that_was_and_the_ending_can_be_taken_back(officer):
    family = register.family()
    row = aid(family, from_on=DAY - timedelta(days=9), by=officer)
    for on, said in ((DAY + timedelta(days=2), "belum terjadi"), (DAY - timedelta(days=10), "baru dimulai")):
        with pytest.raises(NotValid, match=said):
            actions.end_aid(by=officer, at=AT, aid=row, on=on)
    row = actions.end_aid(by=officer, at=AT, aid=row, on=DAY, reason="lulus")
    assert (row.state, row.until_on, row.reason) == ("ended", DAY, "lulus")
    with pytest.raises(Refused, match="sudah berakhir"):
        actions.end_aid(by=officer, at=AT, aid=row, on=DAY)
    row = actions.undo_aid(by=officer, at=AT, aid=row)
    assert (row.state, row.until_on, row.reason) == ("received", None, "")
    assert last().deed == "aid.reopen"


def test_an_ending_is_not_taken_back_beside_what_began_since(officer):
    family = register.family()
    row = aid(family, by=officer)
    actions.end_aid(by=officer, at=AT, aid=row, on=DAY)
    aid(family, by=officer)
    with pytest.raises(Refused, match="masih berjalan"):
        actions.undo_aid(by=officer, at=AT, aid=row)


def test_what_was_recorded_in_error_goes_and_the_trail_keeps_it(officer):
    row = aid(register.family(), goods="beras", by=officer)
    assert actions.undo_aid(by=officer, at=AT, aid=row) is None
    assert Aid.objects.count() == 0
    assert last().change.values["goods"] == ["beras", None]
    with pytest.raises(NotAllowed, match="tidak ada di wilayah"):
        actions.undo_aid(by=officer, at=AT, aid=row)


def test_aid_goes_along_with_a_family_that_moves(officer):
    row = aid(family := register.family(), by=officer)
    register.moved(family, BESIDE, by=officer)
    row.refresh_from_db()
    assert row.region == BESIDE


DAYS = [
    ("from_on", "until_on", "state", "now", "on", "lately"),
    (None, None, "received", True, True, True),
    (-9, None, "received", True, True, True),
    (-9, 0, "ended", False, False, True),
    (0, 0, "received", False, True, True),
    (-9, -9, "received", False, False, True),
    (-900, -400, "ended", False, False, False),
    (9, None, "planned", False, False, False),
    (-9, None, "refused", False, False, False),
]


@pytest.mark.parametrize(DAYS[0], DAYS[1:])
def test_what_is_received_on_a_day(officer, from_on, until_on, state, now, on, lately):
    first, end = (None if days is None else DAY + timedelta(days=days) for days in (from_on, until_on))
    Aid.objects.create(
        family=register.family(), region=HERE, programme="pkh", agency=20, state=state, from_on=first, until_on=end,
        reason="x", source="form", made_at=AT, made_by="uji",
    )  # fmt: skip
    rows = Aid.objects.all()
    assert (rows.now().exists(), rows.on(DAY).exists(), rows.lately(DAY).exists()) == (now, on, lately)


@pytest.mark.parametrize(
    "broken",
    [{"state": "maybe"}, {"state": "ended"}, {"state": "refused"}, {"amount": 0},
     {"from_on": DAY, "until_on": date(2020, 1, 1)}],
)  # fmt: skip
def test_the_database_holds_what_must_hold(officer, broken):
    row = aid(register.family(), by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aid.objects.filter(pk=row.pk).update(**broken)


def test_aid_is_loaded_by_the_thousand_with_one_entry_a_village(places, as_app):
    one, other = register.family(RT1), register.family(BESIDE)
    with acting(BY):
        child = one.people.get(relation=3)
    batch, actor = uuid4(), register.actor("family_office", "16.05")
    rows = [
        {"family": one.pk, "region": RT1, "programme": "pkh", "from_on": DAY, "source": "invented"},
        {"family": one.pk, "person": child.pk, "region": RT1, "programme": "pip", "amount": 450_000, "id": uuid4()},
        {"family": other.pk, "region": BESIDE, "programme": "sanitation", "from_on": DAY, "agency": 27},
    ]
    with as_app(), acting(actor):
        assert actions.load_aid(by=actor, at=AT, rows=iter(rows), batch=batch) == 3
        assert Aid.objects.filter(batch=batch).count() == 3
        assert Aid.objects.get(programme="sanitation").until_on == DAY
        assert Aid.objects.get(programme="pip").pk == rows[1]["id"]
    told = AuditEntry.objects.filter(deed="aid.load")
    assert set(told.values_list("region", flat=True)) == {HERE, BESIDE}
    with acting(actor), pytest.raises(NotValid, match="Pilih bantuannya"):
        actions.load_aid(by=actor, at=AT, rows=[rows[0] | {"programme": "sulap"}])


def test_a_kader_of_an_rt_loads_for_the_rt(places):
    one, actor = register.family(RT1), register.actor("cadre", RT1)
    with acting(actor):
        actions.load_aid(by=actor, at=AT, rows=[{"family": one.pk, "region": RT1, "programme": "pkh"}])
    far = register.family(FAR)
    with acting(actor), pytest.raises(NotAllowed):
        actions.load_aid(by=actor, at=AT, rows=[{"family": far.pk, "region": FAR, "programme": "pkh"}])


@pytest.fixture
def home(officer):
    """A family with numbers: its head, its child, its card."""
    people = [register.head(nik=register.nik(11)), register.child(nik=register.nik(12))]
    return register.family(people=people, card=register.nik(13))


def planned(*lines, beside=NOBODY):
    return plan_aid(list(lines), HERE, beside, DAY)


def nik(number):
    return register.nik(number)


def test_a_line_is_found_by_nik_or_by_card_and_never_by_a_name_alone(home):
    head, child = home.people.get(relation=1), home.people.get(relation=3)
    plans = planned(
        Line(2, nik=nik(11), programme="PKH"),
        Line(3, nik=nik(12), programme="PIP"),
        Line(4, card=nik(13), name="Dimas Prasetyo", programme="KIP Kuliah"),
        Line(5, card=nik(13), name="Orang Lain", programme="KIP Kuliah"),
        Line(6, card=nik(13), programme="MBG"),
        Line(7, name=head.name, born_on=head.born_on, programme="BST"),
        Line(8, nik=nik(99), programme="BST"),
        Line(9, nik=nik(11), programme="sulap"),
        Line(10, nik=nik(11), programme="BST", from_on=DAY + timedelta(days=1)),
        Line(11, faults=(("NIK", rules.says(1, None, "")),)),
    )
    assert [(plan.outcome.value, plan.person) for plan in plans[:3]] == [
        ("new", None), ("new", child.pk), ("new", child.pk),
    ]  # fmt: skip
    assert [plan.column for plan in plans[3:]] == ["NIK", "NIK", "NIK", "NIK", "Bantuan", "Mulai", "NIK"]
    assert "Pilih siapa" in str(plans[3].said)
    assert "dengan nomor itu" in str(plans[6].said)


def test_what_stands_there_or_came_before_in_the_file_is_the_same(home, officer):
    aid(home, by=officer)
    aid(home, "bst", from_on=DAY, until_on=DAY, by=officer)
    plans = planned(
        Line(2, nik=nik(11), programme="PKH"),
        Line(3, nik=nik(11), programme="BST", from_on=DAY),
        Line(4, nik=nik(11), programme="BST", from_on=DAY - timedelta(days=30), until_on=DAY),
        Line(5, nik=nik(12), programme="BPNT"),
        Line(6, card=nik(13), programme="BPNT"),
    )
    assert [plan.outcome.value for plan in plans] == ["same", "same", "new", "new", "same"]


def test_a_file_is_applied_and_taken_back_in_one_go(home, officer):
    plans = planned(Line(2, nik=nik(11)), Line(3, nik=nik(12), programme="PIP"), beside=Programme("pkh", DAY))
    rows, batch = [(plan.family, plan.person, plan.facts) for plan in plans], uuid4()
    told = {"by": officer, "at": AT, "village": HERE, "batch": batch}
    elsewhere = [(uuid4(), None, AidFacts("pkh")), (home.pk, uuid4(), AidFacts("pip"))]
    assert actions.apply_aid(**told, rows=rows + elsewhere, origin="berkas uji") == 2
    assert actions.apply_aid(**told, rows=rows, origin="berkas uji") == 0
    assert set(Aid.objects.values_list("source", "origin")) == {("file", "berkas uji")}
    assert actions.undo_aid_file(**told) == 2
    assert Aid.objects.count() == 0
    assert last().deed == "aid.undo_file"


def test_a_file_is_for_ones_own_village(home):
    far = register.actor("cadre", FAR)
    with acting(far):
        for deed in (actions.apply_aid, actions.undo_aid_file):
            more = {"rows": [], "origin": ""} if deed is actions.apply_aid else {}
            with pytest.raises(NotAllowed):
                deed(by=far, at=AT, village=HERE, batch=uuid4(), **more)

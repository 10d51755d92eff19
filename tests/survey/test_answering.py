"""Answers day by day: what held when, who may answer, what is refused, what the trail says, and taking it back."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Person, carried
from balai.survey import actions
from balai.survey.models import ANSWERS, DevelopmentAnswers, Draft, Housing, MemberAnswers, PlanningAnswers
from balai.survey.rules import Block
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE, LATER
from tests.survey.asking import HOUSE, VISIT, couple, head_of, wife_of

pytestmark = pytest.mark.django_db


def house(by, family, on=VISIT, at=AT, **answers):
    return actions.answer(
        by=by, at=at, block=Block.HOUSING, subject=family, from_on=on, answers=answers or {"water": 3}
    )  # fmt: skip


def entry(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def test_an_answer_holds_from_the_day_of_the_visit(cadre):
    family = couple()
    row = house(cadre, family, **HOUSE)
    assert (row.from_on, row.until_on, row.region, row.made_by, row.values) == (VISIT, None, HERE, cadre.name, HOUSE)
    assert Housing.objects.on(VISIT).get() == Housing.objects.now().get() == row
    assert not Housing.objects.on(VISIT - timedelta(days=1)).exists()


def test_a_visit_on_a_later_day_closes_and_one_on_the_same_day_replaces(cadre):
    family, later = couple(), VISIT + timedelta(days=30)
    first = house(cadre, family, water=3)
    house(cadre, family, later, water=4)
    again = house(cadre, family, later, water=5)
    first.refresh_from_db()
    assert (first.until_on, again.until_on) == (later, None)
    assert [(row.from_on, row.water) for row in Housing.objects.newest_first()] == [(later, 5), (VISIT, 3)]
    assert Housing.objects.on(later - timedelta(days=1)).get().water == 3
    assert Housing.objects.on(later).get().water == 5


DAYS = st.integers(min_value=0, max_value=6)
WATERS = st.integers(min_value=1, max_value=9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=st.lists(st.tuples(DAYS, WATERS), min_size=1, max_size=7))
def test_answers_in_any_order_of_days_are_right_as_of_each_day(places, visits):
    with acting(BY):
        family, held = couple(), {}
        for day, water in visits:
            house(BY, family, VISIT - timedelta(days=day), water=water)
            held[VISIT - timedelta(days=day)] = water
        for day in range(-1, 9):
            on = VISIT - timedelta(days=day)
            due = [water for since, water in sorted(held.items()) if since <= on][-1:]
            assert [row.water for row in Housing.objects.filter(family=family).on(on)] == due
        assert Housing.objects.filter(family=family).now().get().water == held[max(held)]


def test_what_was_loaded_without_a_day_ends_with_the_first_visit(cadre):
    family = couple()
    load = {"subject": family.pk, "family": family.pk, "region": HERE, "from_on": None, "water": 7}
    actions.load_answers(by=cadre, at=AT, block=Block.HOUSING, rows=[load])
    house(cadre, family, water=3)
    assert Housing.objects.on(date(1990, 1, 1)).get().water == 7
    assert Housing.objects.on(VISIT).get().water == 3
    actions.load_answers(by=cadre, at=AT, block=Block.HOUSING, rows=[load | {"water": 6}])
    assert [(row.water, row.until_on) for row in Housing.objects.newest_first()] == [(3, None), (6, VISIT)]


def test_each_block_stands_with_its_subject(cadre):
    family = couple()
    wife = wife_of(family)
    for block, subject, answers in (
        (Block.MEMBERS, wife, {"marital": 2, "work": 2}), (Block.PLANNING, wife, {"pregnant": 2}),
        (Block.DEVELOPMENT, family, {"worship": 1}), (Block.HOUSING, family, {"water": 1}),
    ):  # fmt: skip
        row = actions.answer(by=cadre, at=AT, block=block, subject=subject, from_on=VISIT, answers=answers)
        assert (row.family_id, row.values, row.block) == (family.pk, answers, block)
    assert MemberAnswers.objects.get().person == PlanningAnswers.objects.get().person == wife
    assert DevelopmentAnswers.objects.get().family == family


def test_what_is_not_asked_is_left_out(cadre):
    family = couple()
    row = actions.answer(
        by=cadre, at=AT, block="planning", subject=wife_of(family), from_on=VISIT,
        answers={"pregnant": 1, "weeks": 9, "uses_method": 1, "method": 5},
    )  # fmt: skip
    assert row.values == {"pregnant": 1, "weeks": 9}


def test_the_trail_says_what_changed_about_whom_and_of_which_matter(cadre):
    family = couple()
    wife = wife_of(family)
    for answers in ({"pregnant": 2, "uses_method": 2, "not_using": 3}, {"pregnant": 1, "weeks": 8}):
        actions.answer(by=cadre, at=AT, block=Block.PLANNING, subject=wife, from_on=VISIT, answers=answers)
    told = entry("survey.answer")
    assert told.change.values == {
        "pregnant": [2, 1], "weeks": [None, 8], "uses_method": [2, None], "not_using": [3, None]
    }  # fmt: skip
    assert (told.matters, told.region, told.detail) == ("contraception", HERE, {"block": "planning"})
    assert set(told.touched.values_list("subject", flat=True)) == {family.pk, wife.pk}


@pytest.mark.parametrize(
    ("on", "answers", "said"),
    [
        (None, {}, "Isi tanggal kunjungan."),
        (date(2025, 12, 17), {}, "Tanggal kunjungan ini belum terjadi. Periksa tahunnya."),
        (date(1991, 5, 16), {}, "Tanggal kunjungan ini sebelum orangnya lahir. Periksa tahunnya."),
        (VISIT, {"water": 1}, "“water” bukan pertanyaan bagian ini."),
        (VISIT, {"marital": 9}, "Jawaban K.07 (Status perkawinan) tidak dikenal."),
        (VISIT, {"marital": 2, "age_married": 35}, "Usia kawin pertama lebih tinggi daripada umurnya sekarang. "
         "Periksa usia itu, atau tanggal lahirnya."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(cadre, on, answers, said):
    with pytest.raises(NotValid) as refusal:
        actions.answer(
            by=cadre, at=AT, block=Block.MEMBERS, subject=wife_of(couple()), from_on=on, answers=answers or {"work": 1}
        )
    assert str(refusal.value) == said
    assert not MemberAnswers.objects.exists()


def test_an_answer_that_seldom_is_so_is_taken(cadre):
    family = couple()
    child = family.people.get(name="Dimas Prasetyo")
    row = actions.answer(
        by=cadre, at=LATER, block=Block.MEMBERS, subject=child, from_on=VISIT, answers={"schooling": 10}
    )
    assert row.schooling == 10


@pytest.mark.parametrize(
    ("role", "region", "block", "fills"),
    [
        ("cadre", HERE, Block.PLANNING, True), ("cadre", BESIDE, Block.PLANNING, False),
        ("field_officer", register.KECAMATAN, Block.PLANNING, False),
        ("field_officer", register.KECAMATAN, Block.DEVELOPMENT, True),
        ("village_editor", HERE, Block.HOUSING, False),
    ],
)  # fmt: skip
def test_who_fills_which_block(places, role, region, block, fills):
    by, family = register.actor(role, region), couple()
    with acting(BY):
        subject = wife_of(family) if block.of_a_person else family
    with acting(by):
        if fills:
            key = "pregnant" if block is Block.PLANNING else "worship"
            assert actions.answer(by=by, at=AT, block=block, subject=subject, from_on=VISIT, answers={key: 1})
            return
        with pytest.raises(NotAllowed):
            actions.answer(by=by, at=AT, block=block, subject=subject, from_on=VISIT, answers={})
    with acting(BY):
        assert not ANSWERS[block].objects.exists()


def test_the_walls_of_the_database_let_in_what_the_role_may_write(as_app, places):
    family = couple()
    with acting(BY):
        wife = wife_of(family)
    kader, officer = register.actor("cadre", HERE), register.actor("field_officer", register.KECAMATAN)
    head = register.actor("village_head", HERE)
    with as_app():
        with acting(kader):
            actions.answer(by=kader, at=AT, block=Block.PLANNING, subject=wife, from_on=VISIT, answers={"pregnant": 2})
            actions.answer(by=kader, at=LATER, block=Block.PLANNING, subject=wife, from_on=VISIT, answers={"ideal": 2})
            actions.undo_answers(by=kader, at=LATER, family=family, block=Block.PLANNING)
            load = {"subject": family.pk, "family": family.pk, "region": HERE, "from_on": VISIT, "water": 7}
            actions.load_answers(by=kader, at=AT, block=Block.HOUSING, rows=[load])
            assert Housing.objects.get().water == 7
        with acting(officer):
            assert PlanningAnswers.objects.get().values == {"pregnant": 2}
        with acting(head):
            assert not PlanningAnswers.objects.exists()
            assert Housing.objects.exists()


def test_a_person_of_another_family_is_not_answered_for(cadre):
    family, other = couple(), couple()
    stranger = head_of(other)
    stranger.family = family
    with pytest.raises(NotAllowed, match="Keluarga ini tidak ada"):
        actions.answer(by=cadre, at=AT, block=Block.MEMBERS, subject=stranger, from_on=VISIT, answers={"work": 1})


def test_of_somebody_restricted_nothing_is_answered(cadre):
    wife = wife_of(couple())
    with acting(BY):
        Person.objects.filter(pk=wife.pk).update(restricted_at=AT, restricted_by="uji")
    with pytest.raises(Refused, match="Data orang ini sedang dibatasi"):
        actions.answer(by=cadre, at=AT, block=Block.MEMBERS, subject=wife, from_on=VISIT, answers={"work": 1})


def test_a_spouse_who_is_restricted_still_makes_a_couple(cadre):
    family = couple()
    with acting(BY):
        Person.objects.filter(pk=head_of(family).pk).update(restricted_at=AT, restricted_by="uji")
    row = actions.answer(
        by=cadre, at=AT, block=Block.PLANNING, subject=wife_of(family), from_on=VISIT, answers={"ideal": 2}
    )
    assert row.values == {"ideal": 2}


def test_who_was_not_born_yet_is_not_counted_on_the_day(cadre):
    family = couple()
    before = actions.answer(
        by=cadre, at=AT, block=Block.DEVELOPMENT, subject=family, from_on=date(2023, 8, 8), answers={"posyandu": 1}
    )
    after = actions.answer(
        by=cadre, at=AT, block=Block.DEVELOPMENT, subject=family, from_on=date(2023, 8, 9), answers={"posyandu": 1}
    )
    assert (before.values, after.values) == ({}, {"posyandu": 1})


def test_answers_move_with_the_family(places):
    family = couple()
    with acting(BY):
        house(BY, family)
        for rows in carried(family):
            rows.update(region=BESIDE)
        assert Housing.objects.get().region == BESIDE


def test_a_save_is_taken_back_with_what_it_replaced(cadre):
    family = couple()
    first = house(cadre, family, water=3)
    house(cadre, family, VISIT + timedelta(days=9), at=LATER, water=4)
    actions.undo_answers(by=cadre, at=LATER + timedelta(hours=23), family=family, block=Block.HOUSING)
    row = Housing.objects.get()
    assert (row.pk, row.water, row.until_on) == (first.pk, 3, None)
    told = entry("survey.undo")
    assert (told.matters, told.detail) == ("names", {"block": "housing"})
    with pytest.raises(Refused, match="Tidak ada simpanan"):
        actions.undo_answers(by=cadre, at=LATER, family=family, block=Block.HOUSING)


def test_a_correction_of_the_same_day_is_taken_back(cadre):
    family = couple()
    first = house(cadre, family, water=3)
    house(cadre, family, at=LATER, water=4, roof=1)
    actions.undo_answers(by=cadre, at=LATER, family=family, block=Block.HOUSING)
    row = Housing.objects.get()
    assert (row.pk, row.values, row.made_at) == (first.pk, {"water": 3}, AT)


def test_a_save_of_several_people_is_taken_back_whole(cadre):
    family = couple()
    for person in (head_of(family), wife_of(family)):
        actions.answer(by=cadre, at=AT, block=Block.MEMBERS, subject=person, from_on=VISIT, answers={"work": 2})
    actions.undo_answers(by=cadre, at=AT, family=family, block=Block.MEMBERS)
    assert not MemberAnswers.objects.exists()
    assert len(entry("survey.undo").touched.all()) == 3


def test_a_save_is_not_taken_back_after_a_day(cadre):
    family = couple()
    house(cadre, family)
    with pytest.raises(Refused, match="Tidak ada simpanan Anda"):
        actions.undo_answers(by=cadre, at=AT + timedelta(hours=24), family=family, block=Block.HOUSING)
    assert Housing.objects.exists()


def test_a_save_that_somebody_built_on_is_not_taken_back(cadre):
    family = couple()
    house(cadre, family, water=3)
    other = register.actor("cadre", HERE)
    with acting(other):
        house(other, family, at=LATER, water=4)
    with pytest.raises(Refused, match="Data ini sudah berubah"):
        actions.undo_answers(by=cadre, at=LATER, family=family, block=Block.HOUSING)
    assert Housing.objects.get().water == 4


def test_the_command_line_answers_and_has_nothing_to_take_back(places):
    by = operator("uji")
    with acting(by):
        house(by, couple())
        assert Housing.objects.exists()
        assert not Draft.objects.exists()

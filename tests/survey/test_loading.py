"""Answers in bulk: the same checks as one by one, one entry of the trail for each village."""

from datetime import date

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Person
from balai.survey import actions
from balai.survey.models import Housing, MemberAnswers, PlanningAnswers
from balai.survey.rules import Block
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE, RT1

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 3)


def row(family, subject=None, on=DAY, **answers):
    return {
        "subject": (subject or family).pk, "family": family.pk, "region": family.region, "from_on": on, **answers
    }  # fmt: skip


def test_answers_of_many_families_are_written_with_one_entry_a_village(places):
    one, other = register.family(RT1), register.family(BESIDE)
    with acting(BY):
        rows = [row(one, water=3, latrine=1, floor_area=40), row(other, water=7)]
        assert actions.load_answers(by=BY, at=AT, block=Block.HOUSING, rows=iter(rows), batch="b1") == 2
        told = {found.family_id: found for found in Housing.objects.now()}
    assert (told[one.pk].water, told[one.pk].floor_area, told[one.pk].region) == (3, 40, RT1)
    assert (told[other.pk].water, told[other.pk].latrine, told[other.pk].from_on) == (7, None, DAY)
    entries = AuditEntry.objects.filter(deed="survey.load").order_by("region")
    assert [(entry.region, entry.subject, entry.detail) for entry in entries] == [
        (HERE, "b1", {"block": "housing", "families": 1}), (BESIDE, "b1", {"block": "housing", "families": 1}),
    ]  # fmt: skip
    assert set(entries[0].touched.values_list("subject", flat=True)) == {one.pk}


def test_a_later_load_closes_what_held(places):
    family = register.family()
    head = register.head_of(family)
    with acting(BY):
        load = [row(family, head, date(2024, 3, 1), work=2), row(family, head, date(2025, 3, 1), work=3)]
        actions.load_answers(by=BY, at=AT, block=Block.MEMBERS, rows=load)
        actions.load_answers(by=BY, at=AT, block="members", rows=[row(family, head, date(2023, 3, 1), work=9)])
        found = MemberAnswers.objects.filter(person=head).order_by("from_on")
        assert [(one.work, one.until_on) for one in found] == [
            (9, date(2024, 3, 1)), (2, date(2025, 3, 1)), (3, None),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"water": 77}, "Baris 2: jawaban P.23 (Air minum) tidak dikenal."),
        ({"water": True}, "Baris 2: jawaban P.23 (Air minum) tidak dikenal."),
        ({"marital": 1}, "Baris 2: “marital” bukan pertanyaan blok ini."),
        ({"on": date(2026, 1, 1)}, "Baris 2: tanggal kunjungan ini belum terjadi."),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(places, wrong, said):
    one, other = register.family(), register.family()
    with acting(BY):
        with pytest.raises(NotValid, match=said.replace("(", r"\(").replace(")", r"\)")):
            actions.load_answers(by=BY, at=AT, block=Block.HOUSING, rows=[row(one, water=1), row(other, **wrong)])
        assert not Housing.objects.exists()


def test_answers_of_somebody_restricted_are_not_loaded(places):
    family = register.family()
    head = register.head_of(family)
    with acting(BY):
        Person.objects.filter(pk=head.pk).update(restricted_at=AT, restricted_by="uji")
        with pytest.raises(Refused, match="Baris 1: data orang ini sedang dibatasi"):
            actions.load_answers(by=BY, at=AT, block=Block.PLANNING, rows=[row(family, head, method=5)])
        assert not PlanningAnswers.objects.exists()


def test_who_may_not_edit_there_loads_nothing(cadre):
    far = register.family(BESIDE)
    with pytest.raises(NotAllowed):
        actions.load_answers(by=cadre, at=AT, block=Block.HOUSING, rows=[row(far, water=1)])

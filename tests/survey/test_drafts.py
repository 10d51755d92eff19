"""What is typed and not saved: kept for its account alone, sealed, gone when it is saved."""

from datetime import UTC, datetime, timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.base.errors import NotAllowed, NotValid
from balai.privacy.actions import retain
from balai.survey import actions
from balai.survey.models import Draft
from balai.survey.rules import Block
from tests.families import register
from tests.families.register import AT, BY, HERE, LATER
from tests.survey.asking import VISIT, couple, wife_of

pytestmark = pytest.mark.django_db
TYPED = {"typed": {"method": "5"}, "base": "", "day": "2025-11-03"}


def keep(by, family, at=AT, person=None, typed=TYPED, block=Block.PLANNING):
    return actions.keep_draft(by=by, at=at, block=block, family=family, person=person, typed=typed)


def test_what_is_typed_is_kept_sealed_and_told_once(cadre):
    family = couple()
    wife = wife_of(family)
    first = keep(cadre, family, person=wife)
    again = keep(cadre, family, LATER, wife, {"typed": {"method": "6"}})
    assert (first.pk, again.told, again.updated_at) == (again.pk, {"typed": {"method": "6"}}, LATER)
    assert b"method" not in bytes(Draft.objects.get().sealed)
    told = AuditEntry.objects.get(deed="survey.draft")
    assert (told.matters, told.detail) == ("contraception", {"block": "planning", "draft": "kept"})
    assert set(told.touched.values_list("subject", flat=True)) == {family.pk, wife.pk}


def test_each_account_has_its_own(cadre):
    family = couple()
    keep(cadre, family, block=Block.HOUSING)
    other = register.actor("cadre", HERE)
    with acting(other):
        assert not Draft.objects.typed_by(other.account).exists()
        keep(other, family, block=Block.HOUSING)
        assert Draft.objects.typed_by(other.account).count() == 1
        assert Draft.objects.count() == 2


def test_it_is_gone_when_it_is_saved(cadre):
    family = couple()
    keep(cadre, family, block=Block.HOUSING)
    keep(cadre, family, block=Block.DEVELOPMENT)
    actions.answer(by=cadre, at=LATER, block=Block.HOUSING, subject=family, from_on=VISIT, answers={"water": 2})
    assert [row.block for row in Draft.objects.typed_by(cadre.account)] == ["development"]
    assert [row.block for row in Draft.objects.saved_by(cadre.account)] == ["housing"]


def test_it_is_thrown_away_when_asked(cadre):
    family = couple()
    keep(cadre, family, block=Block.HOUSING)
    actions.drop_draft(by=cadre, at=LATER, block=Block.HOUSING, family=family)
    assert not Draft.objects.exists()
    assert AuditEntry.objects.filter(deed="survey.draft").latest("pk").detail["draft"] == "dropped"


def test_a_draft_that_is_too_long_is_refused(cadre):
    with pytest.raises(NotValid, match="terlalu panjang"):
        keep(cadre, couple(), typed={"typed": "x" * 20_000})
    assert not Draft.objects.exists()


def test_nobody_without_an_account_has_drafts(places):
    by = operator("uji")
    with acting(by), pytest.raises(NotAllowed):
        keep(by, couple())


def test_who_does_not_fill_the_block_keeps_no_draft_of_it(places):
    family = couple()
    by = register.actor("field_officer", register.KECAMATAN)
    with acting(by), pytest.raises(NotAllowed, match="Peran Anda tidak mengisi"):
        keep(by, family)


def test_a_draft_ends_after_thirty_days(cadre):
    typed_at = datetime(2027, 1, 4, 3, tzinfo=UTC)
    keep(cadre, couple(), typed_at, block=Block.HOUSING)
    with acting(BY):
        for days, left in ((30, 1), (31, 0)):
            at = typed_at + timedelta(days=days)
            retain(by=BY, at=at, on=at.date())
            assert Draft.objects.count() == left

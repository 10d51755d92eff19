"""What is typed is kept on the way, so that no lost connection costs an afternoon of questions."""

from django.db import transaction

from balai.access.actions import record
from balai.base.errors import NotAllowed, NotValid
from balai.survey import rules
from balai.survey.actions.writing import NOT_YOURS, allowed, member
from balai.survey.models import Draft


@transaction.atomic
def keep_draft(*, by, at, block, family, person, typed):
    """`typed`: what stands in the form for that person (None: the family), as JSON. It replaces what was kept there
    before, for this account alone; the trail is told the first time."""
    block = rules.Block(block)
    family = allowed(by, block, family)
    if by.account is None:
        raise NotAllowed(NOT_YOURS)
    person = member(by, family, person) if person else None
    row = Draft.objects.typed_by(by.account).about(block, family).filter(person=person).first()
    is_new = row is None
    if is_new:
        row = Draft(account=by.account, family=family, person=person, region=family.region, block=block)
    if row.hold(typed) > rules.DRAFT_LETTERS:
        raise NotValid("Isian ini terlalu panjang untuk disimpan sementara.")
    row.updated_at = at
    row.save(force_insert=is_new)
    if is_new:
        _tell(by, at, block, family, person, "kept")
    return row


@transaction.atomic
def drop_draft(*, by, at, block, family):
    """What the account has typed in that block and not saved is gone."""
    block = rules.Block(block)
    family = allowed(by, block, family)
    Draft.objects.typed_by(by.account).about(block, family).delete()
    _tell(by, at, block, family, None, "dropped")


def _tell(by, at, block, family, person, what):
    record(
        by=by, at=at, deed="survey.draft", subject=family.pk, region=family.region,
        detail={"block": block, "draft": what}, subjects=[family.pk, *([person.pk] if person else [])],
        matters=(block.matter,),
    )  # fmt: skip

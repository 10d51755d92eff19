"""One block is answered for one person or one family, on the day of a visit."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotValid, Refused
from balai.families.actions.writing import day, plain, record_change
from balai.survey import rules
from balai.survey.actions.writing import allowed, member, possible, put
from balai.survey.models import ANSWERS, Draft, facts_on
from balai.vault.models import imprints


@transaction.atomic
def answer(*, by, at, block, subject, from_on, answers):
    """`subject`: the person, in the blocks about a person, otherwise the family; `answers`: {item: value}, all that was
    answered at the visit. What is not asked of them is left out; a visit of the same day is replaced, any other stays.
    Gives the row."""
    block = rules.Block(block)
    family = allowed(by, block, subject.family if block.of_a_person else subject)
    person = member(by, family, subject) if block.of_a_person else None
    _check_day(from_on, day(at), person)
    possible(block, answers)
    facts = facts_on(from_on, family, person)
    for finding in rules.findings(block, facts, answers, from_on):
        if finding.level is rules.Level.CANNOT:
            raise NotValid(finding.said.message)
    kept = rules.kept(block, facts, answers)
    model = ANSWERS[block]
    rows = list(model.objects.filter(**{model.subject: person or family}))
    before = next((row.values for row in rows if row.holds_on(from_on)), {})
    row = model(
        **_whose(model, family, person), region=family.region, from_on=from_on, made_at=at, made_by=by.name, **kept
    )
    images = put(row, rows)
    _remember(by, at, block, row, images, len(kept))
    record_change(
        families=[family.pk], by=by, at=at, deed="survey.answer", subject=row.pk, region=family.region,
        changes=_changes(before, kept), detail={"block": block}, matters=(block.matter,),
        subjects=[family.pk, *([person.pk] if person else [])],
    )  # fmt: skip
    return row


@transaction.atomic
def undo_answers(*, by, at, family, block):
    """Takes back the last save of this account in that block of the family, as long as nobody has saved since."""
    block = rules.Block(block)
    family = allowed(by, block, family)
    require(by, Permission.FAMILY_EDIT, family.region)
    saved = list(Draft.objects.saved_by(by.account).about(block, family).filter(saved_at__gt=at - rules.UNDO_FOR))
    if not saved:
        raise Refused("Tidak ada simpanan Anda yang masih dapat dibatalkan di bagian ini.")
    for one in saved:
        imprints.put_all_back(one.told["images"])
        one.delete()
    people = [one.person_id for one in saved if one.person_id]
    record_change(
        families=[family.pk], by=by, at=at, deed="survey.undo", subject=family.pk, region=family.region,
        detail={"block": block}, subjects=[family.pk, *people], matters=(block.matter,),
    )  # fmt: skip


def _whose(model, family, person):
    return {"family": family, "person": person} if model.subject == "person" else {"family": family}


def _check_day(from_on, today, person):
    if from_on is None:
        raise NotValid("Isi tanggal kunjungan.")
    if from_on > today:
        raise NotValid("Tanggal kunjungan ini belum terjadi. Periksa tahunnya.")
    if person and person.born_on and from_on < person.born_on:
        raise NotValid("Tanggal kunjungan ini sebelum orangnya lahir. Periksa tahunnya.")


def _changes(before, after):
    """{item: (before, after)} of what differs."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: (plain(before.get(key)), plain(after.get(key))) for key in keys}


def _remember(by, at, block, row, images, count):
    """What was typed is saved now; how to undo it is kept for a while. One save may cover several people."""
    if by.account is None:
        return
    Draft.objects.typed_by(by.account).about(block, row.family).delete()
    Draft.objects.saved_by(by.account).about(block, row.family).exclude(saved_at=at).delete()
    kept = Draft(
        account=by.account, family=row.family, person=row.person if block.of_a_person else None, region=row.region,
        block=block, updated_at=at, saved_at=at,
    )  # fmt: skip
    kept.hold({"images": images, "answers": count, "from_on": row.from_on.isoformat()})
    kept.save(force_insert=True)

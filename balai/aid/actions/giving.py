"""Aid is recorded, corrected, ended; and what was recorded in error is taken back."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Matter, Permission, Right, require
from balai.aid import rules
from balai.aid.models import Aid
from balai.aid.models.receiving import OPEN
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import sentence
from balai.families.actions.writing import day, held
from balai.families.models import Person

NOT_HERE = sentence("Bantuan ini tidak ada di wilayah Anda.")
FIELDS = ("programme", "state", "from_on", "until_on", "amount", "goods", "reason")


@transaction.atomic
def record_aid(*, by, at, family, facts, person=None, agency=None, origin=""):
    """`facts`: rules.AidFacts. `agency`: its number, where another one than the programme's gives it."""
    family = held(by, family)
    _require(by, family.region)
    facts, person = checked(facts, at, family, person)
    refuse_twin(facts, family, person)
    row = made(facts, family=family, person=person, agency=agency, origin=origin, by=by, at=at)
    row.save(force_insert=True)
    _tell_aid(by, at, "aid.record", row, {name: (None, plain(getattr(row, name))) for name in FIELDS})
    return row


@transaction.atomic
def correct_aid(*, by, at, aid, facts, person=None):
    """For what was written down wrongly: the trail keeps what stood there."""
    row = _aid_held(by, aid)
    _require(by, row.region)
    facts, person = checked(facts, at, row.family, person)
    refuse_twin(facts, row.family, person, but=row)
    before = {name: plain(getattr(row, name)) for name in FIELDS} | {"person": plain(row.person_id)}
    if facts.programme != row.programme:
        row.agency = rules.programmes()[facts.programme].agency
    for name in FIELDS:
        setattr(row, name, getattr(facts, name))
    row.person = person
    row.save()
    after = {name: plain(getattr(row, name)) for name in FIELDS} | {"person": plain(row.person_id)}
    _tell_aid(
        by, at, "aid.correct", row, {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    )
    return row


@transaction.atomic
def end_aid(*, by, at, aid, on, reason=""):
    row = _aid_held(by, aid)
    _require(by, row.region)
    if row.state not in OPEN or row.until_on:
        raise Refused("Bantuan ini sudah berakhir atau ditolak.")
    if on > day(at):
        raise NotValid("Tanggal ini belum terjadi. Periksa tahunnya.")
    if row.from_on and on < row.from_on:
        raise NotValid("Bantuan ini baru dimulai setelah tanggal itu. Periksa tanggalnya.")
    before = row.state
    row.state, row.until_on, row.reason = rules.AidState.ENDED.value, on, reason
    row.save(update_fields=["state", "until_on", "reason"])
    _tell_aid(by, at, "aid.end", row, {"state": (before, row.state), "until_on": (None, str(on))})
    return row


@transaction.atomic
def undo_aid(*, by, at, aid):
    """An ending is taken back; anything else was recorded in error and goes. Gives the row, or None when it is gone."""
    row = _aid_held(by, aid)
    _require(by, row.region)
    if row.state == rules.AidState.ENDED:
        return _reopened(by, at, row)
    _tell_aid(by, at, "aid.undo", row, {name: (plain(getattr(row, name)), None) for name in FIELDS})
    row.delete()
    return None


def _reopened(by, at, row):
    refuse_twin(rules.AidFacts(row.programme), row.family, row.person, but=row)
    changes = {"state": (row.state, rules.AidState.RECEIVED.value), "until_on": (plain(row.until_on), None)}
    row.state, row.until_on, row.reason = rules.AidState.RECEIVED.value, None, ""
    row.save(update_fields=["state", "until_on", "reason"])
    _tell_aid(by, at, "aid.reopen", row, changes)
    return row


def checked(facts, at, family, person):
    """Facts as they are stored and the person as the row stands now; NotValid with the first thing that is wrong."""
    facts = rules.settled(facts)
    for _field, said in rules.faults(facts, day(at), of_person=person is not None):
        raise NotValid(said.message, **said.params)
    if person is None:
        return facts, None
    known = Person.objects.unrestricted().at_home().filter(family=family, pk=person.pk).first()
    if known is None:
        raise NotValid("Orang ini bukan anggota keluarga ini.")
    return facts, known


def refuse_twin(facts, family, person, but=None):
    """What is received or planned stands there once."""
    if facts.state not in OPEN or facts.until_on:
        return
    rows = Aid.objects.of(facts.programme).filter(family=family, person=person, until_on=None, state__in=OPEN)
    if (rows.exclude(pk=but.pk) if but else rows).exists():
        raise Refused("Bantuan ini sudah tercatat dan masih berjalan. Akhiri atau betulkan yang sudah ada.")


def made(facts, *, family, person, agency, origin, by, at, source=rules.AidSource.FORM, batch=None):
    """A row not yet saved."""
    return Aid(
        family=family, person=person, region=family.region, programme=facts.programme,
        agency=agency or rules.programmes()[facts.programme].agency, state=facts.state, from_on=facts.from_on,
        until_on=facts.until_on, amount=facts.amount, goods=facts.goods, reason=facts.reason, source=source,
        origin=origin, batch=batch, made_at=at, made_by=by.name,
    )  # fmt: skip


def plain(value):
    return value if value is None or isinstance(value, int) else str(value)


def _require(by, region):
    require(by, Permission.FAMILY_EDIT, region)
    if by.right(Matter.WELFARE) < Right.WRITE:
        raise NotAllowed("Peran Anda tidak mencatat bantuan.")


def _aid_held(by, aid):
    """The row as it stands now, locked; its family lives here."""
    row = Aid.objects.unrestricted().select_for_update(of=("self",)).filter(pk=aid.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    held(by, row.family)
    return row


def _tell_aid(by, at, deed, row, changes):
    subjects = [row.family_id] + ([row.person_id] if row.person_id else [])
    record(
        by=by, at=at, deed=deed, subject=row.pk, region=row.region, subjects=subjects, matters=(Matter.WELFARE,),
        changes={name: pair for name, pair in changes.items() if pair != (None, None)},
    )  # fmt: skip

"""Whoever is known here as gone lives here again: the old record goes on, and what lies between stays empty."""

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events.actions.asking import begin, beside, check_day, may_found, new_place
from balai.events.actions.writing import Writing, finish
from balai.events.rules import Kind
from balai.families.actions.numbers import count_search
from balai.families.actions.writing import NOT_HERE
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import GoneReason, LeftReason, NumberKind, Relation, one_line
from balai.families.rules.household import beside as clashes
from balai.vault.models import canonical

MISTAKE = "mistake"


@transaction.atomic
def record_return(*, by, at, on, family, person, relation, origin="", mistake=False):
    """A person who moved away joins the family. `mistake`: who was recorded as dead or gone was so in error."""
    writing, family = begin(by, at, on, family)
    person, gone_on = _coming(by, on, person, mistake)
    here = Person.objects.at_home().filter(family=family).values_list("relation", flat=True)
    for _field, said in clashes(relation, list(here)):
        raise beside("relation", NotValid(said.message, **said.params))
    return _returned(writing, person, gone_on, family, relation, origin, mistake)


@transaction.atomic
def record_return_alone(*, by, at, on, person, region, address="", origin="", mistake=False):
    """Whoever has no family left to come back to lives in one of his own, as its head."""
    may_found(by)
    place = new_place(by, region)
    check_day(on, at)
    person, gone_on = _coming(by, on, person, mistake)
    writing = Writing(by=by, at=at, on=on)
    own = writing.new_family(region=place, address=one_line(address), invented=person.family.invented)
    return _returned(writing, person, gone_on, own, Relation.HEAD.value, origin, mistake)


def _coming(by, on, person, mistake):
    """The person, and since when he was away; refused where he cannot come back on that day."""
    person = _gone(by, person)
    gone_on = person.gone_on or person.family.left_on
    if person.gone_reason == GoneReason.DIED and not mistake:
        wrong = NotValid(
            "%(name)s tercatat sudah meninggal. Tandai “tercatat keliru” bila itu salah.", name=person.name
        )
        raise beside("mistake", wrong)
    _must_be_later(on, gone_on)
    _number_is_free(person)
    return person, gone_on


def _returned(writing, person, gone_on, family, relation, origin, mistake):
    former = person.family
    writing.touch(person)
    writing.come_back(person, gone_on, family, relation)
    other = former if former != family else None
    return finish(
        writing, deed="event.returned", kind=Kind.RETURNED, family=family, other_family=other, person=person,
        origin=origin, why=MISTAKE if mistake else "",
    )  # fmt: skip


@transaction.atomic
def record_family_return(*, by, at, on, family, origin=""):
    """A whole family that moved away lives where it lived before; from there it may move within."""
    row = Family.objects.visible_to(by).select_for_update().filter(pk=family.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    require(by, Permission.FAMILY_EDIT, row.region)
    if row.left_reason != LeftReason.MOVED_AWAY:
        raise Refused("Hanya keluarga yang tercatat pindah dapat datang kembali.")
    check_day(on, at)
    _must_be_later(on, row.left_on)
    people = list(Person.objects.at_home().filter(family=row).order_by("pk").select_for_update(of=("self",)))
    writing = Writing(by=by, at=at, on=on)
    for person in people:
        if not person.restricted_at:
            _number_is_free(person)
        writing.end_stay(person, row.left_on)
        writing.alter(person, since_on=on)
    writing.alter(row, left_on=None, left_reason=None)
    return finish(
        writing, deed="event.returned", kind=Kind.RETURNED, family=row, people=len(people), origin=origin
    )  # fmt: skip


@transaction.atomic
def find_gone(*, by, at, written):
    """Ids of those known as gone who hold exactly this NIK; counted and recorded as any look for a number."""
    home = by.ranges[0][0]
    require(by, Permission.FAMILY_EDIT, home)
    number = canonical(written)
    count_search(by, at)
    rows = IdentityNumber.objects.unrestricted().with_number(NumberKind.NIK, number).values_list("person", flat=True)
    found = list(Person.objects.away().filter(pk__in=list(rows)).values_list("pk", flat=True))
    record(
        by=by, at=at, deed="number.search", subject="number.search", region=home, detail={"kind": NumberKind.NIK},
        subjects=found,
    )  # fmt: skip
    return found


def _gone(by, person):
    """The person as the row stands now, locked: known here as gone, and of whom may be spoken."""
    rows = Person.objects.visible_to(by).away().select_for_update(of=("self",)).select_related("family")
    row = rows.filter(pk=person.pk).first()
    if row is None:
        raise beside("other", NotValid("Pilih orang yang tercatat sudah pergi."))
    require(by, Permission.FAMILY_EDIT, row.region)
    if row.restricted_at:
        raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")
    return row


def _must_be_later(on, gone_on):
    if on < gone_on:
        wrong = NotValid(
            "Kepergiannya tercatat pada %(day)s; kembalinya sesudah itu.", day=gone_on.strftime("%d-%m-%Y")
        )
        raise beside("on", wrong)


def _number_is_free(person):
    """Whoever was entered anew in the meantime is first joined with the old record, not doubled."""
    own = person.numbers.filter(kind=NumberKind.NIK).first()
    if own is None:
        return
    others = IdentityNumber.objects.living_here().with_number(NumberKind.NIK, own.number).exclude(person=person)
    if others.exists():
        raise Refused(
            "NIK %(name)s sudah tercatat pada orang yang tinggal di sini. Gabungkan keduanya sebagai tercatat ganda.",
            name=person.name,
        )

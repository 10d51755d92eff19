"""Families that form, part, and join: marriage, divorce, split, merge, and a child taken in by kin."""

from django.db import transaction

from balai.base.errors import NotValid, Refused
from balai.events.actions.asking import at_home, begin, beside, found_family, may_found, new_place, partner_of, settle
from balai.events.actions.telling import say_marital
from balai.events.actions.writing import finish, member
from balai.events.rules import Kind, kinship, may_marry
from balai.families.models import Person
from balai.families.rules import GoneReason, Relation
from balai.survey.rules import Marital


@transaction.atomic
def record_marriage(
    *, by, at, on, family, person, other_family, partner, joins=None, bringing=(), new_head=None, other_head=None,
    region="", address="",
):  # fmt: skip
    """Both are in the register. They form a new family at `region`, its head `person`; or `joins` is the family of
    one of them, its head, into which the other one comes. `bringing`: members of either family who come along."""
    writing, family, other_family = begin(by, at, on, family, other_family)
    (person,), (partner,) = at_home(writing, family, person), at_home(writing, other_family, partner)
    _may_marry(person, partner)
    coming = _bringing(writing, (family, other_family), bringing, (person, partner))
    if joins is None:
        may_found(by)
        home = found_family(
            writing, [person, partner, *coming], person, partner,
            region=new_place(by, region or family.region), address=address,
        )  # fmt: skip
    else:
        home, head, spouse = _host(joins, (family, person), (other_family, partner))
        _join(writing, home, head, spouse, [spouse, *(one for one in coming if one.family_id != home.pk)])
    say_marital(writing, Marital.MARRIED, person, partner)
    for left in dict.fromkeys((family, other_family)):
        if left != home:
            settle(writing, left, new_head, other_head, field="new_head" if left == family else "other_head")
    return finish(
        writing, deed="event.marriage", kind=Kind.MARRIAGE, family=home, person=person, people=2,
        other_family=next((one for one in (family, other_family) if one.pk != home.pk), None),
    )  # fmt: skip


def _may_marry(person, partner):
    if person == partner or not may_marry(person.sex, partner.sex):
        raise beside("other", NotValid("Pilih seorang laki-laki dan seorang perempuan."))
    for one in (person, partner):
        if partner_of(one):
            known = NotValid(
                "%(name)s sudah tercatat berpasangan dalam keluarganya. Catat dahulu kematian atau perceraiannya.",
                name=one.name,
            )
            raise beside("other" if one == partner else "person", known)


def _host(joins, *sides):
    """(family, its head, who comes): the family that the other one joins."""
    for (home, head), (_left, spouse) in (sides, sides[::-1]):
        if home.pk == joins.pk:
            if head.relation != Relation.HEAD:
                wrong = NotValid("%(name)s bukan kepala keluarga; catat sebagai keluarga baru.", name=head.name)
                raise beside("joins", wrong)
            return home, head, spouse
    raise NotValid("Pilih keluarga salah satu dari keduanya.")


def _bringing(writing, families, people, couple):
    """Those who come along, each found in the family where he is at home."""
    wanted = [one for one in people if one not in couple]
    return [row for family in dict.fromkeys(families) for row in at_home(writing, family, *_of(family, wanted))]


def _of(family, people):
    return [one for one in people if one.family_id == family.pk]


def _join(writing, home, head, spouse, people):
    """These people become members of the home of `head`."""
    as_was = {one.pk: member(one) for one in (head, *people)}
    for one in people:
        relation = kinship(as_was[one.pk], as_was[head.pk], as_was[spouse.pk] if spouse else None).value
        if one.family_id == home.pk:
            writing.relate(one, relation)
        else:
            writing.transfer(one, home, relation)


@transaction.atomic
def record_divorce(*, by, at, on, family, leaver, children=(), away=False, destination="", region="", address=""):
    """Head or spouse leaves with the children that are named: into a family of their own at `region`, or `away` from
    the register. Whoever stays is the head."""
    writing, family = begin(by, at, on, family)
    leaver, *children = at_home(writing, family, leaver, *children)
    stays = partner_of(leaver)
    if stays is None:
        wrong = NotValid("Yang bercerai ialah kepala keluarga atau pasangannya. Periksa pilihannya.")
        raise beside("leaver", wrong)
    if stays.restricted_at:
        raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")
    if stays in children:
        raise beside("children", NotValid("Pasangan yang ditinggalkan tidak ikut pergi."))
    own = None
    if away:
        for one in (leaver, *children):
            writing.gone(one, GoneReason.MOVED_AWAY)
    else:
        own = _own_family(writing, family, [leaver, *children], leaver, None, region=region, address=address)
    settle(writing, family, stays)
    say_marital(writing, Marital.DIVORCED, stays, *(() if away else (leaver,)))
    return finish(
        writing, deed="event.divorce", kind=Kind.DIVORCE, family=family, other_family=own, person=leaver,
        people=1 + len(children), to=destination,
    )  # fmt: skip


def _own_family(writing, family, people, head, spouse, *, region, address):
    may_found(writing.by)
    place = new_place(writing.by, region or family.region)
    return found_family(writing, people, head, spouse, region=place, address=address)


@transaction.atomic
def record_split(*, by, at, on, family, people, head, spouse=None, new_head=None, region="", address=""):
    """Some of the family form one of their own. Where the whole couple leaves, spouse need not be named."""
    writing, family = begin(by, at, on, family)
    people = at_home(writing, family, *people)
    if head not in people or (spouse and (spouse not in people or spouse == head)):
        raise beside("head", NotValid("Kepala keluarga yang baru dipilih dari yang pindah."))
    if Person.objects.at_home().filter(family=family).count() == len(people):
        wrong = NotValid("Seluruh keluarga tidak dapat memisahkan diri. Catat sebagai pindah tempat.")
        raise beside("people", wrong)
    head = next(one for one in people if one == head)
    known = spouse or partner_of(head)
    spouse = next((one for one in people if one == known), None)
    if spouse and not may_marry(head.sex, spouse.sex):
        raise beside("spouse", NotValid("Pilih seorang laki-laki dan seorang perempuan."))
    own = _own_family(writing, family, people, head, spouse, region=region, address=address)
    settle(writing, family, new_head)
    return finish(
        writing, deed="event.split", kind=Kind.SPLIT, family=family, other_family=own, person=head, people=len(people)
    )


@transaction.atomic
def record_merge(*, by, at, on, family, other_family):
    """All of the other family join this one; it is dissolved."""
    if family == other_family:
        raise beside("other", NotValid("Pilih keluarga yang lain."))
    writing, family, other = begin(by, at, on, family, other_family)
    coming = list(Person.objects.at_home().filter(family=other).order_by("relation", "pk"))
    people = at_home(writing, other, *coming)
    head = Person.objects.at_home().filter(family=family, relation=Relation.HEAD).first()
    if head is None or not people:
        raise Refused("Keluarga ini belum mempunyai kepala keluarga. Tetapkan dahulu.")
    _merge(writing, family, head, people)
    settle(writing, other)
    return finish(
        writing, deed="event.merge", kind=Kind.MERGE, family=family, other_family=other, people=len(people)
    )  # fmt: skip


def _merge(writing, home, head, people):
    """A child of the couple at home comes back as their child; whoever else comes is a member like others."""
    spouse = partner_of(head)
    couple = [member(one) for one in (head, spouse) if one]
    for one in people:
        relation = kinship(member(one), couple[0], couple[1] if spouse else None)
        writing.transfer(one, home, relation.value)


@transaction.atomic
def record_taking_in(*, by, at, on, family, person, into, new_head=None, as_child=False):
    """A member goes to live with kin who take care of him; the mother stays the mother."""
    if family == into:
        raise beside("other", NotValid("Pilih keluarga yang lain."))
    writing, family, into = begin(by, at, on, family, into)
    (person,) = at_home(writing, family, person)
    head = Person.objects.at_home().filter(family=into, relation=Relation.HEAD).first()
    if head is None:
        raise Refused("Keluarga ini belum mempunyai kepala keluarga. Tetapkan dahulu.")
    relation = Relation.CHILD if as_child else kinship(member(person), member(head), None)
    writing.transfer(person, into, relation.value)
    settle(writing, family, new_head)
    return finish(
        writing, deed="event.taken_in", kind=Kind.TAKEN_IN, family=family, other_family=into, person=person
    )  # fmt: skip

"""A person enters a family; what is known of a person is corrected."""

from django.db import transaction

from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families import rules
from balai.families.actions.writing import (
    NOT_HERE,
    change_number,
    changed,
    day,
    held,
    known_number,
    record_change,
    write_number,
)  # fmt: skip
from balai.families.models import Person

AS_IT_WAS = object()


@transaction.atomic
def add_person(
    *, by, at, family, name, sex, relation, born_on=None, mother=None, nik="", no_nik=None, birth_order=None
):
    """Whoever has no NIK is known by why there is none; a newborn by its mother and the order of birth."""
    family = held(by, family)
    require(by, Permission.FAMILY_EDIT, family.region)
    facts = rules.PersonFacts(rules.one_line(name), sex, relation, born_on, known_number(nik))
    rules.check_person(facts, day(at), list(family.people.at_home().values_list("relation", flat=True)))
    person = write_person(
        family=family, facts=facts, by=by, at=at, mother=_mother(family, None, mother, born_on),
        **_known_by(facts.nik, no_nik, birth_order),
    )  # fmt: skip
    record_change(
        families=[family.pk], by=by, at=at, deed="person.add", subject=person.pk, region=family.region,
        subjects=[family.pk, person.pk],
    )  # fmt: skip
    return person


@transaction.atomic
def correct_person(
    *, by, at, person, name, sex, relation, born_on=None, mother=None, nik="", no_nik=AS_IT_WAS, birth_order=AS_IT_WAS
):
    """`nik` replaces the number, empty leaves it; a number ends the reason why there was none, on the same row. The
    head stays the head: another head is an event, no correction."""
    person = held_person(by, person)
    family = held(by, person.family)
    require(by, Permission.FAMILY_EDIT, family.region)
    if rules.Relation.HEAD in (person.relation, relation) and person.relation != relation:
        raise Refused("Pergantian kepala keluarga bukan pembetulan data; hubungan orang ini tidak diubah.")
    facts = rules.PersonFacts(rules.one_line(name), sex, relation, born_on)
    others = family.people.at_home().exclude(pk=person.pk).values_list("relation", flat=True)
    rules.check_person(facts, day(at), list(others))
    mother = _mother(family, person, mother, born_on)
    values = {"name": facts.name, "sex": sex, "relation": relation, "born_on": born_on}
    values |= _known_by(
        known_number(nik),
        person.no_nik if no_nik is AS_IT_WAS else no_nik,
        person.birth_order if birth_order is AS_IT_WAS else birth_order,
        replaces=no_nik is AS_IT_WAS,
    )
    found = changed(person, values | {"mother_id": mother.pk if mother else None})
    if "mother_id" in found:
        found["mother"] = found.pop("mother_id")
    sounded = rules.sound_columns(facts.name)
    changed(person, sounded)
    person.save(update_fields=[*values, *sounded, "mother"])
    number = change_number(number=known_number(nik), family=family, person=person, by=by, at=at)
    if number:
        found["nik"] = number
    record_change(
        families=[family.pk], by=by, at=at, deed="person.correct", subject=person.pk, region=family.region,
        changes=found, subjects=[family.pk, person.pk],
    )  # fmt: skip
    return person


def write_person(*, family, facts, by, at, mother=None, **known_by):
    person = Person.objects.create(
        family=family, region=family.region, name=facts.name, sex=facts.sex, relation=facts.relation,
        born_on=facts.born_on, mother=mother, made_at=at, made_by=by.name, **rules.sound_columns(facts.name),
        **known_by,
    )  # fmt: skip
    if facts.nik:
        write_number(number=facts.nik, family=family, person=person, by=by, at=at)
    return person


def _known_by(nik, no_nik, birth_order, replaces=False):
    """`replaces`: a number that came in ends a reason that stood before."""
    no_nik = None if nik and replaces else no_nik or None
    for _field, said in rules.identity_faults(nik, no_nik, birth_order):
        raise NotValid(said.message)
    return {"no_nik": no_nik, "birth_order": birth_order}


def held_person(by, person):
    row = Person.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=person.pk).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    if row.restricted_at:
        raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")
    return row


def _mother(family, person, mother, born_on):
    """The woman of the same family who is named as mother, as she stands now; one of another family may stay who is the
    mother already. Where nobody is named, a mother who is restricted stays: no form could have shown her."""
    if mother is None:
        known = person.mother if person else None
        return known if known and known.restricted_at else None
    row = family.people.unrestricted().filter(pk=mother.pk).first()
    if row is None and person and person.mother_id == mother.pk:
        row = person.mother
    fits = row is not None and row != person and rules.may_be_mother(born_on, row.sex, row.born_on)
    if not fits:
        raise NotValid("Ibu dipilih dari perempuan dalam keluarga ini, yang lahir lebih dahulu.")
    return row

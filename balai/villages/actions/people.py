"""The Pokja, its members and training, and the companion. Names go into the rows, never into the audit trail."""

import re

from django.db import transaction

from balai.base.errors import NotValid
from balai.villages.actions.recorded import add, kind_of
from balai.villages.models import Companion, Pokja, PokjaMember, PokjaTraining
from balai.villages.rules import CompanionKind, PokjaTemplate, check_member

_EMPLOYEE_NUMBER = re.compile(r"\d{18}")


@transaction.atomic
def record_pokja(*, by, at, kampung, template, source, from_on=None, to_on=None, decree=None, batch=None):
    """A Pokja in one of the two templates; a later one takes the place of an earlier one from its day on."""
    pokja = Pokja(
        kampung=kampung, template=kind_of(PokjaTemplate, template), from_on=from_on, to_on=to_on, decree=decree,
        source=source, batch=batch,
    )  # fmt: skip
    return add(pokja, by=by, at=at, deed="pokja.record", template=str(pokja.template))


@transaction.atomic
def record_member(
    *, by, at, pokja, name, position, source, section="", from_on=None, to_on=None, trained_on=None, batch=None
):
    check_member(PokjaTemplate(pokja.template), position, section)
    if not name.strip():
        raise NotValid("Tuliskan nama anggota Pokja.")
    member = PokjaMember(
        pokja=pokja, name=name.strip(), position=position, section=section, from_on=from_on, to_on=to_on,
        trained_on=trained_on, source=source, batch=batch,
    )  # fmt: skip
    return add(member, by=by, at=at, deed="member.record", position=position)


@transaction.atomic
def record_training(*, by, at, kampung, title, source, held_on=None, trained_members=None, evidence=None, batch=None):
    if trained_members is not None and trained_members < 0:
        raise NotValid("Jumlah anggota terlatih tidak bisa kurang dari nol.")
    training = PokjaTraining(
        kampung=kampung, title=title, held_on=held_on, trained_members=trained_members, evidence=evidence,
        source=source, batch=batch,
    )  # fmt: skip
    return add(training, by=by, at=at, deed="training.record")


@transaction.atomic
def record_companion(
    *, by, at, kampung, kind, source, name="", employee_number="", other="", from_on=None, to_on=None, batch=None
):
    """The PKB/PLKB, or who directs the village where there is none."""
    kind = kind_of(CompanionKind, kind)
    if employee_number and not _EMPLOYEE_NUMBER.fullmatch(employee_number):
        raise NotValid("NIP terdiri dari 18 angka.")
    if kind is CompanionKind.OTHER and not other.strip():
        raise NotValid("Tuliskan siapa yang mengarahkan kegiatan.")
    companion = Companion(
        kampung=kampung, kind=kind, name=name, employee_number=employee_number, other=other, from_on=from_on,
        to_on=to_on, source=source, batch=batch,
    )  # fmt: skip
    return add(companion, by=by, at=at, deed="companion.record", kind=str(kind))

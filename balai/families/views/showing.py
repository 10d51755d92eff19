"""What the pages of the register share: who may do what here, numbers as this person may see them, names of places."""

from dataclasses import dataclass
from datetime import datetime

from balai.access.rules import Matter, Permission, Right
from balai.base.errors import NotAllowed
from balai.families.models import VILLAGE_CODE, Family, IdentityNumber, Reveal, villages_of
from balai.families.rules import Member, NumberKind, unlikely
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.vault.models import blinds, masked


@dataclass(frozen=True)
class Shown:
    """A number as this person sees it now: masked, or in full until then."""

    row: IdentityNumber
    text: str
    until: datetime | None = None
    twins: tuple = ()  # other families in scope where the same NIK stands


def register_of(actor):
    """The families in scope; a role without any right to names has no register at all."""
    if actor.right(Matter.NAMES) < Right.MASKED:
        raise NotAllowed("Peran Anda tidak membuka data keluarga.")
    return Family.objects.all()


def may_enter(actor):
    """Whether the actor writes down new families: not who works for families assigned one by one."""
    return may_edit(actor) and not actor.role.assigned


def may_edit(actor):
    return actor.may(Permission.FAMILY_EDIT) and actor.right(Matter.NAMES) >= Right.WRITE


def may_reveal(actor):
    return actor.may(Permission.NUMBER_REVEAL) and actor.right(Matter.NUMBER) >= Right.REASON


def may_know_of_restriction(actor):
    return actor.may(Permission.RIGHTS_DECIDE)


def villages_here(actor):
    register_of(actor)
    return villages_of(actor).select_related("parent__parent")


def kecamatan(villages):
    """(code, name) of the kecamatan that the villages lie in, by name."""
    named = villages.select_related(None).order_by().values_list("parent", "parent__name").distinct()
    return sorted(named, key=lambda pair: pair[::-1])


def homes(actor, village):
    """(code, name) of the places in scope where a family of that village can be at home: the village first."""
    rows = Place.objects.today().within(village.pk).filter(pk__gte=village.pk).order_by("pk")
    named = {code: _named(*told) for code, *told in rows.values_list("pk", *TOLD)}
    return [
        (code, name if code == village.pk else f"{village.name}, {name}")
        for code, name in named.items()
        if actor.covers(code)
    ]


TOLD = ("name", "parent__name", "parent__level")


def _named(name, above, level):
    """Below the village, with the RW or dusun: an RT 01 may stand in each."""
    return f"{above}, {name}" if level == Level.BELOW else name


def place_names(codes):
    """Code to name of the villages and places below them, the village's name first."""
    wanted = {code for full in codes for code in (full, full[:VILLAGE_CODE])}
    rows = Place.objects.filter(pk__in=wanted).values_list("pk", *TOLD)
    names = {code: _named(*told) for code, *told in rows}
    return {
        code: ", ".join(names[part] for part in dict.fromkeys((code[:VILLAGE_CODE], code)) if part in names)
        for code in codes
    }


def numbers_of(family, actor, at):
    """Person's id (None for the KK) to the number as it may be shown, with the other places of the same NIK.

    A role without the right to numbers gets none: the manager does not even ask the table.
    """
    rows = list(IdentityNumber.objects.unrestricted().filter(family=family))
    known = {row.pk: row.number for row in rows}
    open_until = {}
    if may_reveal(actor):
        reveals = Reveal.objects.by(actor.account).open(at).filter(number__in=known)
        open_until = dict(reveals.order_by("until_at").values_list("number", "until_at"))
    twins = _twins(rows, known)
    return {
        row.person_id: Shown(
            row, spaced(known[row.pk]) if row.pk in open_until else masked(known[row.pk]), open_until.get(row.pk),
            twins.get(row.pk, ()),
        )
        for row in rows
    }  # fmt: skip


def _twins(rows, known):
    """Row to families where the same number stands too, in scope only: nothing is told of other regions. A KK number
    may rightly stand with several families; a NIK may not."""
    index = {row.pk: {(row.kind, blind) for blind in blinds(known[row.pk])} for row in rows}
    asked = {blind for wanted in index.values() for _kind, blind in wanted}
    holders = IdentityNumber.objects.unrestricted().living_here().filter(blind__in=asked).select_related("family")
    held = [(one.pk, (one.kind, one.blind), one.family) for one in holders]
    return {pk: tuple(family for one, key, family in held if one != pk and key in index[pk]) for pk in known}


def notes_of(people, numbers, on):
    """Person's id to what is unlikely about the person; nothing of it is forbidden."""
    members = [
        Member(person.pk, person.sex, person.relation, person.born_on, person.mother_id, person.no_nik,
               person.pk in numbers, person.pk not in numbers or numbers[person.pk].row.is_sound)
        for person in people
    ]  # fmt: skip
    found = {}
    for key, said in unlikely(members, on):
        found.setdefault(key, []).append(said)
    return found


def cards_of(families):
    """Family's id to its masked KK number."""
    rows = IdentityNumber.objects.filter(family__in=families, kind=NumberKind.KK)
    return {row.family_id: row.masked for row in rows}


def spaced(number):
    """'1234 5678 …': as people read it aloud."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))

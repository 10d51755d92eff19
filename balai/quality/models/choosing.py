"""The families behind a figure. A choice is a word of a closed list, so that it may stand in an address."""

from collections import Counter

from django.db.models import Exists, OuterRef, Q

from balai.access.rules import Matter, Right
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import NumberKind
from balai.quality.models import doubting
from balai.quality.models.dossiers import dossiers, doubts
from balai.quality.models.fields import families_of, without_answer
from balai.quality.models.standing import banded, standing
from balai.quality.rules import Band, State
from balai.survey.rules import Block, items

STATE, BAND, FIELD = "keadaan-", "kunjungan-", "isian-"


def blocks_of(actor):
    """The parts of the form that the reader may read."""
    return [block for block in Block if actor.right(block.matter) >= Right.MASKED]


def knows_numbers(actor):
    return actor.right(Matter.NUMBER) >= Right.MASKED


def here(code):
    return Family.objects.living_here().unrestricted().within(code)


def chosen(choice, code, on, actor):
    """The families of the choice within the place; None where there is no such choice for this reader."""
    for start, choose in ((STATE, _of_state), (BAND, _of_band), (FIELD, _of_field)):
        if choice.startswith(start):
            return choose(choice.removeprefix(start), code, on, actor)
    if choice not in NAMED or not _may_know(choice, actor):
        return None
    return here(code).filter(pk__in=NAMED[choice](code, on, actor))


def _may_know(choice, actor):
    """Of numbers and of children's growth only who may read them."""
    matter = next((matter for start, matter in MATTERS.items() if choice.startswith(start)), Matter.NAMES)
    return actor.right(matter) >= Right.MASKED


def _of_state(name, code, _on, _actor):
    return standing(here(code)).filter(state=name) if name in set(State) else None


def _of_band(name, code, on, _actor):
    return banded(standing(here(code)), on).filter(band=name) if name in set(Band) else None


def _of_field(key, code, on, actor):
    item = items().get(key)
    if item is None or item.block not in blocks_of(actor):
        return None
    return here(code).filter(pk__in=families_of(without_answer(item, code, on)))


def _people(code):
    return Person.objects.living_here().unrestricted().within(code)


def no_birthday(code, _on, _actor):
    return _people(code).filter(born_on__isnull=True).order_by().values("family")


def no_number(code, _on, _actor):
    """Of somebody neither the NIK nor why there is none."""
    numbers = IdentityNumber.objects.filter(kind=NumberKind.NIK.value, person=OuterRef("pk"))
    return _people(code).filter(~Exists(numbers), no_nik__isnull=True).order_by().values("family")


def same_number(code, _on, _actor):
    """Somebody's NIK stands with another living person in scope, too."""
    living = IdentityNumber.objects.unrestricted().living_here().filter(kind=NumberKind.NIK.value)
    other = living.filter(blind=OuterRef("blind")).exclude(pk=OuterRef("pk"))
    return living.within(code).filter(Exists(other)).order_by().values("family")


def alike(code, _on, _actor):
    """Two people of one name were born on one day: a hint that somebody was entered twice."""
    rows = _people(code).filter(born_on__isnull=False).order_by().values_list("name", "born_on", "family")
    known = [(name.casefold(), born_on, family) for name, born_on, family in rows]
    often = Counter((name, born_on) for name, born_on, _family in known)
    return {family for name, born_on, family in known if often[name, born_on] > 1}


def doubted(code, on, actor):
    return doubts_of(here(code), actor, on)


def doubts_of(families, actor, on):
    """{family: [(whom it is about (None: the family), what to look at again)]}, of those where there is something."""
    blocks, numbers = blocks_of(actor), knows_numbers(actor)
    told = ((one.family.pk, doubts(one, blocks, on, numbers=numbers)) for one in dossiers(families, blocks, on))
    return {family: strange for family, strange in told if strange}


def written_by(families, name):
    """Those of which that account wrote last."""
    return families.filter(Q(last_write__by=name) | Q(last_write__isnull=True, made_by=name))


MATTERS = {"nik": Matter.NUMBER, "ukur": Matter.CHILD_GROWTH}
NAMED = {
    "tanggal-lahir": no_birthday, "nik": no_number, "nik-sama": same_number, "mirip": alike, "janggal": doubted,
    "umur": doubting.too_old, "ukur-sebelum-lahir": doubting.measured_before_birth,
    "ukur-tanpa-lahir": doubting.measured_without_birthday, "ukur-janggal": doubting.measured_strangely,
}  # fmt: skip

"""What the pages of quality share: who may do what, who wrote, and how a family stands, in words."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission, Right
from balai.accounts.models import Account
from balai.families.models import Family
from balai.families.views import showing
from balai.quality.models import blocks_of, dossiers, gaps
from balai.quality.rules import State
from balai.survey.rules import Block, items_of

ACCOUNT = "account:"


@dataclass(frozen=True)
class Row:
    """A family in a list: where it lives, how it stands, what is missing, why it was sent back."""

    family: Family
    where: str
    state: State
    visited_on: date | None
    missing: tuple[str, ...]
    reason: str = ""
    missed: tuple[int, ...] = ()  # years of the rounds that passed it by
    is_own: bool = False


def may_verify(actor, code):
    return actor.may(Permission.FAMILY_VERIFY) and actor.covers(code)


def row(family, names, said, **more):
    return Row(family, names[family.region], State(family.state), family.visited_on, said, **more)


def missing_in(families, actor, on):
    """Family's key to what is to be asked there and has no answer, in words."""
    blocks = blocks_of(actor)
    return {one.family.pk: tuple(_gaps(one, blocks, on)) for one in dossiers(families, blocks, on)}


def _gaps(one, blocks, on):
    for person in one.shown():
        if person.born_on is None:
            yield _("%(name)s: tanggal lahir") % {"name": person.name}
    for person, items in gaps(one, blocks, on):
        block = items[0].block
        yield f"{_whose(block, person)}: {_what(block, items)}"


def _whose(block, person):
    if person is None:
        return _(block.label)
    return f"{person.name} (KB)" if block is Block.PLANNING else person.name


def _what(block, items):
    """Names of a few; of many how many."""
    if len(items) == len(items_of(block)):
        return _("belum diisi")
    if len(items) > FEW:
        return _("%(n)d isian kosong") % {"n": len(items)}
    return ", ".join(item.name((get_language() or "id")[:2]) for item in items)


FEW = 3


def names(actor, writers):
    """Name of the trail to that of the account, for readers who see who works here; others see nobody's."""
    if actor.right(Matter.STAFF) < Right.READ:
        return {}
    ids = {UUID(one.removeprefix(ACCOUNT)) for one in writers if one.startswith(ACCOUNT)}
    return {ACCOUNT + str(pk): name for pk, name in Account.objects.filter(pk__in=ids).values_list("pk", "name")}


def place_names(families):
    return showing.place_names({family.region for family in families})

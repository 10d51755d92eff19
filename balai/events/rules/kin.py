"""Relations to the head of the family, where head or family change."""

from collections.abc import Hashable
from dataclasses import dataclass

from balai.families.rules import Relation, Sex


@dataclass(frozen=True)
class Member:
    """Somebody before the change: which family, what relation, which mother."""

    id: Hashable
    family: Hashable
    relation: int
    mother: Hashable | None = None


COUPLE = frozenset({Relation.HEAD, Relation.SPOUSE})


def kinship(one: Member, head: Member, spouse: Member | None) -> Relation:
    """To the head of the family as it will be. A child is whoever has head or spouse as mother, or was a child where
    one of them was of the couple; for anybody else it is not known, and “other” claims nothing."""
    couple = [member for member in (head, spouse) if member is not None]
    if one.id == head.id:
        return Relation.HEAD
    if spouse is not None and one.id == spouse.id:
        return Relation.SPOUSE
    if one.mother is not None and one.mother in {member.id for member in couple}:
        return Relation.CHILD
    if one.relation == Relation.CHILD and any(of.family == one.family and of.relation in COUPLE for of in couple):
        return Relation.CHILD
    return Relation.OTHER


def may_marry(one: int, other: int) -> bool:
    """Of the codes of sex (UU 1/1974, article 1)."""
    return {one, other} == {Sex.MALE, Sex.FEMALE}

"""What is best put right first: by how many it concerns and by what hangs on it."""

from collections.abc import Iterable
from dataclasses import dataclass

from balai.base.words import Said
from balai.survey.rules import Block, Item

# Asked by the rule of families at risk of stunting (KRS): water, latrine, and the couple's births and contraception.
AT_RISK = frozenset({"water", "latrine", "pregnant", "births", "uses_method", "method"})
SENT_BACK, SAME_NUMBER, ALIKE, NO_BIRTHDAY, WRONG_DAY = 5, 5, 4, 4, 4
NO_NUMBER, TOO_OLD, NOT_VISITED, DOUBT = 3, 3, 2, 2


@dataclass(frozen=True)
class Issue:
    """`choice` names the list of the families behind it; `item` is the question that lacks answers, if it is one."""

    choice: str
    said: Said
    cases: int
    weight: int
    item: Item | None = None

    @property
    def effect(self) -> int:
        return self.cases * self.weight


def weight_of(item: Item) -> int:
    """Of an item that was asked and has no answer."""
    if item.key in AT_RISK:
        return 3
    return 2 if item.block is Block.DEVELOPMENT else 1


def by_effect(issues: Iterable[Issue]) -> list[Issue]:
    """Those that concern anybody, the most telling first."""
    return sorted((one for one in issues if one.cases), key=lambda one: (-one.effect, one.choice))

"""What is implausible in a row of a register. The bits that keep figures out of scores are villages' to give."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_

from balai.intake.rules.registers import Check, Register
from balai.villages.rules import GroupKind, plausibility

Values = Mapping[str, int | float | str | None]
Mark = tuple[str, list[str]]

MODERN = ("injectable", "pill", "condom", "implant", "iud", "vasectomy", "tubectomy", "lam")
LONG_ACTING = ("implant", "iud", "vasectomy", "tubectomy")
POKTAN = (GroupKind.BKB, GroupKind.BKR, GroupKind.BKL, GroupKind.UPPKA, GroupKind.PIKR)


def added(values: Values, keys: Iterable[str]) -> int | None:
    """The sum of the columns, None when one of them is not filled."""
    total = 0
    for key in keys:
        value = values.get(key)
        if not isinstance(value, int):
            return None
        total += value
    return total


def marks(register: Register, values: Values) -> list[Mark]:
    """[check, keys] for everything in the row that cannot be right; a check that lacks a figure finds nothing."""
    found: list[Mark] = []
    below = [key for key, value in values.items() if isinstance(value, int | float) and value < 0]
    if below:
        found.append(("negative", below))
    return found + [(check.name, list(check.keys)) for check in register.checks if _fails(check, values)]


def _fails(check: Check, values: Values) -> bool:
    *parts, whole = reversed(check.keys) if check.is_sum else check.keys
    total, limit = added(values, parts), added(values, (whole,))
    if total is None or limit is None:
        return False
    return total != limit if check.is_sum else total > limit


def _couples(values: Values) -> int:
    return int(plausibility.couples_marks(values.get("couples"), values.get("unmet")))


def _users(values: Values) -> int:
    return int(
        plausibility.users_marks(
            values.get("users"),
            added(values, LONG_ACTING),
            values.get("modern"),
            values.get("traditional"),
            [values.get(key) for key in MODERN],
        )
    )


def _groups(values: Values) -> int:
    """All five poktan, as far as the row speaks of them."""
    bits = [
        int(plausibility.group_marks(kind, values.get(f"{kind}_members"), values.get(f"{kind}_target")))
        for kind in POKTAN
    ]
    return reduce(or_, bits)


# Not uppka_pikr: a field belongs to one register; villages.actions.mark_crossings settles what rests on several.
MONTH_MARKS: Mapping[str, tuple[str, Callable[[Values], int]]] = {
    "pus": ("couples_marks", _couples),
    "mix": ("users_marks", _users),
    "poktan": ("groups_marks", _groups),
}


def month_marks(register: Register, values: Values, *, marked: bool) -> dict[str, int]:
    """The marks field of VillageMonth that this register fills; 0 when nothing was marked."""
    entry = MONTH_MARKS.get(register.key)
    if entry is None:
        return {}
    field, bits = entry
    return {field: bits(values) if marked else 0}

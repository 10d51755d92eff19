"""Can these figures be right? Each check has its one home here.

Every check takes plain numbers (None: not filled) or numpy arrays (NaN: not filled) and answers with a truth value, or
an array of them. A check that misses a figure it needs answers False: what is not filled is not implausible.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from balai.base.words import sentence
from balai.villages.rules.kinds import GroupKind, Mark

CHECKS = {
    "negative": sentence("angka kurang dari nol"),
    "above_target": sentence("anggota lebih banyak daripada sasaran"),
    "methods_sum": sentence("jumlah metode berbeda dari jumlah KB modern"),
    "users_sum": sentence("KB modern ditambah tradisional berbeda dari jumlah peserta"),
    "users_above_couples": sentence("peserta KB ditambah unmet need melebihi PUS"),
    "users_and_others": sentence("peserta ditambah bukan peserta berbeda dari PUS"),
    "unmet_above_couples": sentence("unmet need melebihi PUS"),
    "long_acting_above_users": sentence("peserta MKJP melebihi peserta KB"),
    "reported_above_existing": sentence("kelompok yang lapor melebihi yang ada"),
    "accompanied_sum": sentence("yang didampingi dan tidak didampingi berbeda dari jumlahnya"),
    "ages_sum": sentence("jumlah menurut umur berbeda dari jumlah penduduk"),
    "parts_sum": sentence("bagian-bagiannya tidak sama dengan jumlahnya"),
    "part_above_whole": sentence("bagian melebihi keseluruhannya"),
}

_ABOVE_TARGET = {
    GroupKind.BKB: Mark.BKB_ABOVE_TARGET,
    GroupKind.BKR: Mark.BKR_ABOVE_TARGET,
    GroupKind.BKL: Mark.BKL_ABOVE_TARGET,
    GroupKind.UPPKA: Mark.UPPKA_ABOVE_TARGET,
    GroupKind.PIKR: Mark.PIKR_ABOVE_TARGET,
}


def _float(figure: Any) -> Any:
    """None as NaN: every comparison with it but `!=` is false."""
    return np.nan if figure is None else figure


def _differ(total: Any, parts: Sequence[Any]) -> Any:
    whole, added = _float(total), sum(_float(part) for part in parts)
    return (whole < added) | (whole > added)


def negative(figure: Any) -> Any:
    return _float(figure) < 0


def above_target(members: Any, target: Any) -> Any:
    """More take part in a poktan than there are to take part."""
    return _float(members) > _float(target)


def methods_differ(modern: Any, methods: Sequence[Any]) -> Any:
    """The modern methods do not add up to the users of modern methods."""
    return _differ(modern, methods)


def users_differ(users: Any, modern: Any, traditional: Any) -> Any:
    return _differ(users, (modern, traditional))


def users_above_couples(couples: Any, users: Any, unmet: Any) -> Any:
    """Nobody both uses and has an unmet need, so the two together cannot exceed the couples."""
    return _float(users) + _float(unmet) > _float(couples)


def users_and_others_differ(couples: Any, users: Any, others: Sequence[Any]) -> Any:
    """The portal's hard rule, when all four groups of non-users are given: users + non-users = couples."""
    return _differ(couples, (users, *others))


def unmet_above_couples(unmet: Any, couples: Any) -> Any:
    return _float(unmet) > _float(couples)


def long_acting_above_users(long_acting: Any, users: Any) -> Any:
    return _float(long_acting) > _float(users)


def reported_above_existing(reported: Any, existing: Any) -> Any:
    return _float(reported) > _float(existing)


def accompanied_differ(total: Any, accompanied: Any, alone: Any) -> Any:
    return _differ(total, (accompanied, alone))


def ages_differ(population: Any, ages: Sequence[Any]) -> Any:
    return _differ(population, ages)


def _bit(found: Any, mark: Mark) -> Any:
    return found * int(mark)


def couples_marks(couples: Any, unmet: Any) -> Any:
    """Bits for VillageMonth.couples_marks."""
    return _bit(negative(couples) | negative(unmet), Mark.NEGATIVE) | _bit(
        unmet_above_couples(unmet, couples), Mark.UNMET_ABOVE_COUPLES
    )


def users_marks(users: Any, long_acting: Any, modern: Any, traditional: Any, methods: Sequence[Any]) -> Any:
    """Bits for VillageMonth.users_marks. `methods`: all modern methods."""
    below = negative(users) | negative(long_acting) | negative(modern) | negative(traditional)
    for method in methods:
        below = below | negative(method)
    sums = (
        methods_differ(modern, methods)
        | users_differ(users, modern, traditional)
        | long_acting_above_users(long_acting, users)
    )
    return _bit(below, Mark.NEGATIVE) | _bit(sums, Mark.SUM)


def group_marks(kind: GroupKind, members: Any, target: Any) -> Any:
    """Bits for VillageMonth.groups_marks that one poktan gives; the marks of the five are joined by `|`."""
    return _bit(negative(members) | negative(target), Mark.NEGATIVE) | _bit(
        above_target(members, target), _ABOVE_TARGET[kind]
    )

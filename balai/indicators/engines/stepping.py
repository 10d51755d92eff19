"""The operations of expressions on pairs of arrays, with SQL's three values (see arrays)."""

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np

Pair = tuple[Any, Any]
Work = Callable[..., Pair]


def plain(one: Pair) -> Pair:
    """A yes or no as values, and where there is one."""
    return one[0], one[0] | one[1]


def truth(one: Pair) -> Pair:
    """And back."""
    return one[0] & one[1], ~one[0] & one[1]


def _compared(compare: Callable[[Any, Any], Any]) -> Work:
    return lambda a, b: truth((compare(a[0], b[0]), a[1] & b[1]))


def _counted(count: Callable[[Any, Any], Any]) -> Work:
    return lambda a, b: (count(a[0], b[0]), a[1] & b[1])


def _and(a: Pair, b: Pair) -> Pair:
    return a[0] & b[0], a[1] | b[1]


def _or(a: Pair, b: Pair) -> Pair:
    return a[0] | b[0], a[1] & b[1]


def _in(one: Pair, *options: Pair) -> Pair:
    return truth((reduce(operator.or_, (one[0] == option[0] for option in options)), one[1]))


def _between(one: Pair, low: Pair, high: Pair) -> Pair:
    return _and(OPERATIONS[">="](one, low), OPERATIONS["<="](one, high))


def _first(*parts: Pair) -> Pair:
    *others, found = parts
    for one in reversed(others):
        found = np.where(one[1], one[0], found[0]), one[1] | found[1]
    return found


def _chosen(choose: Callable[[Any, Any], Any]) -> Work:
    """The least or greatest of those that are there."""

    def two(a: Pair, b: Pair) -> Pair:
        return np.where(a[1] & b[1], choose(a[0], b[0]), np.where(a[1], a[0], b[0])), a[1] | b[1]

    return lambda *parts: reduce(two, parts)


def _case(*parts: Pair) -> Pair:
    *pairs, found = parts
    for number in range(len(pairs) - 2, -1, -2):
        test, then = pairs[number][0], pairs[number + 1]
        found = np.where(test, then[0], found[0]), np.where(test, then[1], found[1])
    return found


def _month(day: Pair) -> Pair:
    return day[0].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64), day[1]


def _day(day: Pair) -> Pair:
    first = day[0].astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return day[0] - first, day[1]


def _months(month: Pair, day: Pair, month_before: Pair, day_before: Pair) -> Pair:
    return month[0] - month_before[0] - (day[0] < day_before[0]), month[1] & month_before[1]


def _years(*parts: Pair) -> Pair:
    months, known = _months(*parts)
    return months // 12, known


OPERATIONS: Mapping[str, Work] = MappingProxyType({
    "and": _and, "or": _or, "not": lambda one: (one[1], one[0]), "is_null": lambda one: (~one[1], one[1] | False),
    "=": _compared(operator.eq), "<>": _compared(operator.ne), "<": _compared(operator.lt),
    "<=": _compared(operator.le), ">": _compared(operator.gt), ">=": _compared(operator.ge), "in": _in,
    "between": _between, "+": _counted(operator.add), "-": _counted(operator.sub), "*": _counted(operator.mul),
    "negative": lambda one: (-one[0], one[1]), "coalesce": _first, "least": _chosen(np.minimum),
    "greatest": _chosen(np.maximum), "case": _case, "month": _month, "day": _day, "months_between": _months,
    "years_between": _years, "days_between": _counted(operator.sub),
})  # fmt: skip


def _rolling(collect: Callable[[int, Any, Any, Pair], Pair]) -> Work:
    """`collect`: how many keys, the key of each row, the rows that count, what is asked of them: a pair by key."""

    def work(keys: Pair, ours: Pair, theirs: Pair, where: Pair, of: Pair) -> Pair:
        value, known = collect(int(keys[0]), theirs[0], where[0] & theirs[1], of)
        return np.where(ours[1], value[ours[0]], 0).astype(value.dtype), known[ours[0]] & ours[1]

    return work


def _there(keys: int, key: Any, chosen: Any) -> Any:
    found = np.zeros(keys, bool)
    found[key[chosen]] = True
    return found


def _count(keys: int, key: Any, chosen: Any, _of: Pair) -> Pair:
    return np.bincount(key[chosen], minlength=keys), np.ones(keys, bool)


def _any(keys: int, key: Any, chosen: Any, of: Pair) -> Pair:
    yes, no = (_there(keys, key, chosen & one) for one in of)
    return yes, no & ~yes


def _all(keys: int, key: Any, chosen: Any, of: Pair) -> Pair:
    yes, no = (_there(keys, key, chosen & one) for one in of)
    return yes & ~no, no


def _gathered(gather: np.ufunc, start: Callable[[Any], Any]) -> Callable[[int, Any, Any, Pair], Pair]:
    def collect(keys: int, key: Any, chosen: Any, of: Pair) -> Pair:
        asked = chosen & of[1]
        values = np.broadcast_to(of[0], key.shape)[asked]
        found = np.full(keys, start(values.dtype))
        gather.at(found, key[asked], values)
        return found, _there(keys, key, asked)

    return collect


def _limit(which: str) -> Callable[[Any], Any]:
    return lambda kind: getattr(np.finfo(kind) if kind.kind == "f" else np.iinfo(kind), which)


def _number(work: Work) -> Work:
    """Where there are no rows the count is 0."""

    def counted(*given: Pair) -> Pair:
        value, _known = work(*given)
        return value, np.ones(value.shape, bool)

    return counted


ROLLING: Mapping[str, Work] = MappingProxyType({
    "count": _number(_rolling(_count)), "any": _rolling(_any), "all": _rolling(_all),
    "sum": _rolling(_gathered(np.add, lambda kind: kind.type(0))),
    "min": _rolling(_gathered(np.minimum, _limit("max"))), "max": _rolling(_gathered(np.maximum, _limit("min"))),
})  # fmt: skip

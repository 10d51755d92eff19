"""From columns of inputs to columns of scores, indices and classes: for one village or a million alike.

Every score has a lowest and a highest value over all completions of what is not filled. Both agree: that is the score.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from balai.classification.rules.bands import Bands, Numbers, Scores
from balai.classification.rules.declared import AnyIndicator, Count, MeanPercent, Percent, Table, Yes
from balai.classification.rules.vocabulary import DIMENSIONS, INDICATORS
from balai.villages.rules import Mark

Letters = NDArray[np.uint8]
Flags = NDArray[np.bool_]
EXACT = 9  # decimals: percentages of whole numbers that differ, differ before the ninth


@dataclass(frozen=True)
class Plan:
    """An indicator made ready: bands parsed, tables laid out."""

    indicator: AnyIndicator
    bands: Bands | None
    low: Scores
    high: Scores


@dataclass(frozen=True)
class Columns:
    """The inputs as columns of equal length; NaN is not filled, a column that is not there is not filled at all."""

    columns: Mapping[str, Numbers]
    size: int
    missing_is_zero: bool
    plausible_only: bool

    def __getitem__(self, key: str) -> Numbers:
        found = self.columns.get(key)
        return np.full(self.size, np.nan) if found is None else found

    def marked(self, mark: Mark) -> Flags:
        return np.asarray((np.nan_to_num(self["marks"]).astype(np.int64) & int(mark)) != 0)


@dataclass(frozen=True)
class Scored:
    low: Scores
    high: Scores
    letters: Letters


@dataclass(frozen=True)
class Judged:
    """`scores` 0 and `village_class` 0: cannot be told. `indices` in hundredths, -1: no index."""

    scores: Scores
    low: Scores
    high: Scores
    reasons: Letters
    indices: NDArray[np.int16]
    village_class: Scores
    class_low: Scores
    class_high: Scores


def _letters(size: int, *choices: tuple[Flags, str]) -> Letters:
    """The first choice that holds, else 'a'."""
    return np.select([flag for flag, _letter in choices], [ord(letter) for _flag, letter in choices], ord("a")).astype(
        np.uint8
    )


def exact(values: Numbers, rounding: str) -> Numbers:
    """Binary noise removed; whole percent, halves up, where the rule rounds."""
    clean = np.round(values, EXACT)
    return np.floor(clean + 0.5) if rounding == "half_up" else clean


def _table(plan: Plan, columns: Columns) -> Scored:
    rule = plan.indicator
    assert isinstance(rule, Table)
    state = np.zeros(columns.size, dtype=np.int64)
    gaps = np.zeros(columns.size, dtype=np.bool_)
    filled = np.zeros(columns.size, dtype=np.bool_)
    for key in rule.columns:
        missing = np.isnan(columns[key])
        fact = np.where(missing, 0 if columns.missing_is_zero else 2, columns[key] > 0)
        state = state * 3 + fact.astype(np.int64)
        gaps |= missing
        filled |= ~missing
    low, high = plan.low[state], plan.high[state]
    no_decree = (columns["pokja_sk"] == 0) & (columns["pokja"] > 0) if "pokja_sk" in rule.columns else ~filled & filled
    letters = _letters(columns.size, *_count_letters(columns, low, high, gaps, ~filled), (no_decree, "s"))
    return Scored(low, high, letters)


def _count_letters(columns: Columns, low: Scores, high: Scores, gaps: Flags, empty: Flags) -> list[tuple[Flags, str]]:
    if columns.missing_is_zero:
        return [(gaps, "z")]
    return [(empty & (low < high), "m"), (low < high, "u"), (gaps, "p")]


def _count(plan: Plan, columns: Columns) -> Scored:
    rule = plan.indicator
    assert isinstance(rule, Count)
    assert plan.bands is not None
    found, total = columns[rule.count], float("inf") if rule.total is None else float(rule.total)
    unfilled = np.isnan(found)
    stated = columns[rule.unknown] if rule.unknown else np.full(columns.size, np.nan)
    unknown = np.where(np.isnan(stated), np.where(unfilled, total, 0.0), stated)
    found = np.nan_to_num(found)
    low = plan.bands.score(found)
    high = low if columns.missing_is_zero else plan.bands.score(np.minimum(found + unknown, total))
    gaps, empty = unknown > 0, unknown >= total
    held_back = np.zeros(columns.size, dtype=np.bool_)
    if rule.needs:
        need = columns[rule.needs]
        held_back = (low > rule.without_at_most) & ((need == 0) | (columns.missing_is_zero & np.isnan(need)))
        gaps = gaps | ((high > rule.without_at_most) & np.isnan(need))
        high = np.where(need == 0, np.minimum(high, rule.without_at_most), high)
        low = np.where(need > 0, low, np.minimum(low, rule.without_at_most))
        high = low if columns.missing_is_zero else high
    letters = _letters(columns.size, *_count_letters(columns, low, high, gaps, empty), (held_back, "r"))
    return Scored(low.astype(np.int8), high.astype(np.int8), letters)


def _yes(plan: Plan, columns: Columns) -> Scored:
    rule = plan.indicator
    assert isinstance(rule, Yes)
    assert plan.bands is not None
    facts = np.stack([columns[key] for key in rule.yes_of])
    found = (facts > 0).sum(axis=0).astype(np.float64)
    unknown = np.isnan(facts).sum(axis=0)
    low = plan.bands.score(found)
    high = low if columns.missing_is_zero else plan.bands.score(found + unknown)
    letters = _letters(columns.size, *_count_letters(columns, low, high, unknown > 0, unknown == len(rule.yes_of)))
    return Scored(low, high, letters)


def implausible_percent(columns: Columns, of: str, per: str) -> Flags:
    """Figures that cannot be right: negative, a part above its whole, users whose methods do not add up, users and
    unmet need that together exceed the couples."""
    part, whole = columns[of], columns[per]
    wrong: Flags = (part < 0) | (whole < 0) | (part > whole)
    if "couples" in (of, per):
        wrong |= columns["users"] + columns["unmet"] > columns["couples"]
    return wrong | columns.marked(Mark.SUM) if "users" in (of, per) else wrong


def _percent(plan: Plan, columns: Columns) -> Scored:
    rule = plan.indicator
    assert isinstance(rule, Percent)
    assert plan.bands is not None
    part, whole = columns[rule.of], columns[rule.per]
    wrong = implausible_percent(columns, rule.of, rule.per)
    left_out = wrong & columns.plausible_only
    missing = np.isnan(part) | np.isnan(whole) | left_out
    empty = ~missing & (whole <= 0)
    usable = ~missing & ~empty
    value = np.divide(100 * part, whole, out=np.zeros(columns.size), where=usable)
    score = plan.bands.score(exact(value, rule.round))
    as_zero = empty & (rule.nothing_to_divide == "zero")
    told = usable | as_zero | columns.missing_is_zero
    low, high = np.where(told, score, 1), np.where(told, score, rule.best)
    letters = _letters(columns.size, (left_out, "i"), (~told, "m"), (missing, "z"), (empty, "e"), (wrong, "x"))
    if rule.report:
        no_report = np.all([np.isnan(columns[key]) | left_out for key in rule.report], axis=0)
        low = high = np.where(no_report, rule.score_without_report or 1, low)
        nothing = ~usable & ~left_out
        letters = np.where(nothing, np.where(no_report, ord("l"), ord("d")), letters).astype(np.uint8)
    return Scored(low.astype(np.int8), high.astype(np.int8), letters)


def _mean_percent(plan: Plan, columns: Columns) -> Scored:
    rule = plan.indicator
    assert isinstance(rule, MeanPercent)
    assert plan.bands is not None
    members = np.stack([columns[f"{group}_members"] for group in rule.groups])
    target = np.stack([columns[f"{group}_target"] for group in rule.groups])
    wrong = (members < 0) | (target < 0) | (members > target)
    usable = ~np.isnan(members) & (target > 0) & ~(wrong & columns.plausible_only)
    values = np.divide(100 * members, target, out=np.zeros(members.shape), where=usable)
    if rule.cap is not None:
        values = np.minimum(values, rule.cap)
    known = usable.sum(axis=0)
    over = np.maximum(known, 1) if rule.mean_over == "known" else len(rule.groups)
    score = plan.bands.score(exact(values.sum(axis=0) / over, rule.round))
    told = (known > 0) | columns.missing_is_zero
    some_wrong = wrong.any(axis=0)
    partial = (known > 0) & (known < len(rule.groups))
    letters = _letters(
        columns.size,
        (~told & some_wrong, "i"), (~told, "m"), (np.asarray(some_wrong & (not columns.plausible_only)), "x"),
        (np.asarray(partial & (rule.mean_over == "known")), "n"), (known < len(rule.groups), "z"),
    )  # fmt: skip
    low, high = np.where(told, score, 1), np.where(told, score, rule.best)
    return Scored(low.astype(np.int8), high.astype(np.int8), letters)


MEASURES: dict[type[AnyIndicator], Callable[[Plan, Columns], Scored]] = {
    Table: _table,
    Count: _count,
    Yes: _yes,
    Percent: _percent,
    MeanPercent: _mean_percent,
}


def mean(total: int, count: int) -> int:
    """Mean of `count` scores in hundredths, halves up: whole numbers only."""
    return (200 * total + count) // (2 * count)


def index(scores: Scores) -> NDArray[np.int16]:
    count = scores.shape[1]
    return np.asarray((200 * scores.sum(axis=1, dtype=np.int32) + count) // (2 * count), dtype=np.int16)


def judge(
    plans: Mapping[str, Plan],
    places: Mapping[str, list[int]],
    class_of: NDArray[np.int8],
    pass_at: int,
    columns: Columns,
) -> Judged:
    """`places`: dimension to the columns of its scores; `class_of[input, process, output]`: 0 or 1 each."""
    scored = [MEASURES[type(plans[key].indicator)](plans[key], columns) for key in INDICATORS]
    low = np.stack([part.low for part in scored], axis=1)
    high = np.stack([part.high for part in scored], axis=1)
    scores = np.where(low == high, low, 0).astype(np.int8)
    indices = np.full((columns.size, len(DIMENSIONS)), -1, dtype=np.int16)
    passes_low, passes_high = [], []
    for number, dimension in enumerate(DIMENSIONS):
        part = places[dimension]
        told = (scores[:, part] > 0).all(axis=1)
        indices[:, number] = np.where(told, index(scores[:, part]), -1)
        passes_low.append((index(low[:, part]) >= pass_at).astype(np.int8))
        passes_high.append((index(high[:, part]) >= pass_at).astype(np.int8))
    class_low, class_high = class_of[tuple(passes_low)], class_of[tuple(passes_high)]
    return Judged(
        scores=scores, low=low, high=high, reasons=np.stack([part.letters for part in scored], axis=1),
        indices=indices, village_class=np.where(class_low == class_high, class_low, 0).astype(np.int8),
        class_low=class_low, class_high=class_high,
    )  # fmt: skip

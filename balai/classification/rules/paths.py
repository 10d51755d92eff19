"""The shortest ways to a better class: fewest score points first, then least work."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balai.base.words import Said
from balai.classification.rules.explaining import Inputs, Village, judged_village
from balai.classification.rules.judging import Judged, mean
from balai.classification.rules.moves import FORM_MOVES, Move
from balai.classification.rules.results import output_moves
from balai.classification.rules.ruleset import RuleSet
from balai.classification.rules.vocabulary import DIMENSIONS, INDICATORS

KINDS = ("fill", "form", "result")


@dataclass(frozen=True)
class Step:
    """`changes`: the inputs after the step; a number nobody filled in yet is stood for by the least that is enough."""

    key: str
    from_score: int | None
    to_score: int
    what: Said
    who: Said
    kind: str
    changes: dict[str, int]


@dataclass(frozen=True)
class Path:
    to_class: int
    points: int
    steps: list[Step]


@dataclass(frozen=True)
class _Way:
    points: int
    effort: float
    moves: Mapping[str, Move]


NOTHING = _Way(0, 0.0, {})


def paths(ruleset: RuleSet, inputs: Inputs, figures: str | None = None, limit: int = 3) -> list[Path]:
    """Ways to each better class than the one the village surely has; empty at the top."""
    village = judged_village(ruleset, inputs, figures)
    judged = village.judged
    low = dict(zip(INDICATORS, judged.low[0].tolist(), strict=True))
    ways = {dimension: _cheapest(village, dimension, low, limit) for dimension in DIMENSIONS}
    found = []
    for passes in itertools.product((False, True), repeat=len(DIMENSIONS)):
        to_class = int(ruleset.class_of[tuple(map(int, passes))])
        if to_class <= judged.class_low[0] or _falls(passes, ways):
            continue
        wanted = [ways[dimension] for dimension, pass_it in zip(DIMENSIONS, passes, strict=True) if pass_it]
        found += [
            (sum(w.points for w in used), -to_class, sum(w.effort for w in used), passes, used)
            for used in itertools.product(*wanted)
        ]
    found.sort(key=lambda way: way[:4])
    return [
        Path(-negative, points, _steps(ruleset, judged, used))
        for points, negative, _effort, _passes, used in found[:limit]
    ]


def _falls(passes: tuple[bool, ...], ways: Mapping[str, list[_Way]]) -> bool:
    """A dimension that passes already stays passed."""
    return any(not wanted and not ways[d][0].points for d, wanted in zip(DIMENSIONS, passes, strict=True))


def _cheapest(village: Village, dimension: str, low: Mapping[str, int], limit: int) -> list[_Way]:
    """Ways to pass one dimension with the fewest points, least work first; no two raise the same indicators."""
    ruleset, keys = village.ruleset, village.ruleset.dimensions[dimension]
    now = tuple(low[key] for key in keys)
    if ruleset.passes(now):
        return [NOTHING]
    form = {} if dimension == "output" else {key: _form_moves(village, key, low[key]) for key in keys}
    levels = [
        [low[key], *(form[key] if form else range(low[key] + 1, ruleset.indicators[key].best + 1))] for key in keys
    ]
    needed = _least_total(ruleset, len(keys))
    passing = [scores for scores in itertools.product(*levels) if sum(scores) >= needed]
    fewest = min(map(sum, passing))
    ways: dict[frozenset[str], _Way] = {}
    for scores in passing:
        if sum(scores) == fewest:
            wanted = dict(zip(keys, scores, strict=True))
            moves = (
                {key: form[key][score] for key, score in wanted.items() if score > low[key]}
                if form
                else output_moves(village, low, wanted)
            )
            way = _Way(fewest - sum(now), sum(move.effort for move in moves.values()), moves)
            known = ways.get(raised := frozenset(moves))
            ways[raised] = way if known is None or way.effort < known.effort else known
    return sorted(ways.values(), key=lambda way: way.effort)[:limit]


def _form_moves(village: Village, key: str, low: int) -> dict[int, Move]:
    moves = FORM_MOVES[type(village.ruleset.indicators[key])](village, key, low)
    return {move.score: move for move in moves}


def _least_total(ruleset: RuleSet, count: int) -> int:
    """The smallest sum of `count` scores whose mean passes: the mean depends on the sum alone."""
    return next(total for total in range(count, 4 * count + 1) if mean(total, count) >= ruleset.pass_at)


def _steps(ruleset: RuleSet, judged: Judged, ways: Sequence[_Way]) -> list[Step]:
    scores = dict(zip(INDICATORS, judged.scores[0].tolist(), strict=True))
    steps = [
        Step(key, scores[key] or None, move.score, move.what, move.who, _kind(ruleset, key, scores[key]), move.changes)
        for way in ways
        for key, move in way.moves.items()
    ]
    return sorted(steps, key=lambda step: KINDS.index(step.kind))


def _kind(ruleset: RuleSet, key: str, score: int) -> str:
    if not score:
        return "fill"
    return "result" if ruleset.dimension_of(key) == "output" else "form"

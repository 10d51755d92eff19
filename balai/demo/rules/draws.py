"""Draws scores that give a wanted class. The class itself is left to the classification."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.int64]

CANDIDATES = 600
# Score sums from which the mean is 3.00 or more: five, three and four indicators.
PASSING = {"input": 15, "process": 9, "output": 12}
# For each class the dimensions (input, process, output) that pass, and how often each way is taken.
WAYS = {
    1: (((0, 0, 0), 0.45), ((1, 0, 0), 0.20), ((0, 1, 0), 0.05), ((0, 0, 1), 0.30)),
    2: (((1, 1, 0), 1.0),),
    3: (((1, 0, 1), 0.65), ((0, 1, 1), 0.35)),
    4: (((1, 1, 1), 1.0),),
}
# Few poktan cannot reach many families.
PARTICIPATION_CAP = {1: 1, 2: 3, 3: 4, 4: 4}


def way(rng: np.random.Generator, village_class: int) -> tuple[int, int, int]:
    """Which dimensions pass in a village of that class."""
    ways, weights = [taken for taken, _share in WAYS[village_class]], [share for _taken, share in WAYS[village_class]]
    return ways[int(rng.choice(len(ways), p=weights))]


def scores(
    rng: np.random.Generator,
    dimension: str,
    weights: Sequence[Sequence[float]],
    passes: bool,
    before: Scores | None = None,
    groups: int = 4,
) -> Scores:
    """A draw by `weights` that passes or fails as wanted; after `before` the one nearest to it that loses least.

    `groups` is the score of the poktan: it caps the participation, first of the output scores.
    """
    shares = np.cumsum(np.array(weights, dtype=float), axis=1)
    shares /= shares[:, -1:]
    drawn: Scores = 1 + (rng.random((CANDIDATES, len(weights), 1)) > shares).sum(axis=2)
    if dimension == "output":
        drawn[:, 0] = np.minimum(drawn[:, 0], PARTICIPATION_CAP[groups])
    fitting: Scores = drawn[(drawn.sum(axis=1) >= PASSING[dimension]) == passes]
    if before is None:
        return np.asarray(fitting[0])
    lost = np.maximum(before - fitting, 0).sum(axis=1)
    moved = np.abs(fitting - before).sum(axis=1)
    return np.asarray(fitting[int(np.argmin(3 * lost + moved))])


def within(rng: np.random.Generator, span: Sequence[float]) -> float:
    return float(rng.uniform(span[0], span[1]))

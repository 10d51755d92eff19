"""The margins as arrays, read once from the file that names their sources."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
BAND = 5  # years of age
YEAR = 365.25  # days


@cache
def margins() -> Mapping[str, Any]:
    return tomllib.loads(files("balai.synth.rules").joinpath("margins.toml").read_text("utf-8"))


@cache
def names() -> Mapping[str, list[str]]:
    return tomllib.loads(files("balai.synth.rules").joinpath("names.toml").read_text("utf-8"))


def pick(rng: np.random.Generator, weights: Any, size: int) -> Ints:
    """Indices drawn by weights."""
    steps = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(steps / steps[-1], rng.random(size), side="right").astype(np.int64)


def ages(rng: np.random.Generator, weights: Any, size: int, youngest: int) -> Floats:
    """Years of age drawn by weights of five years each, the first beginning with `youngest`."""
    return youngest + BAND * (pick(rng, weights, size) + rng.random(size))


def shares_out(total: int, weights: Any) -> Ints:
    """`total` in whole parts in proportion to the weights: the largest remainders get what is left over."""
    exact = total * np.asarray(weights, dtype=float) / np.sum(weights)
    parts: Ints = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]] += 1
    return parts

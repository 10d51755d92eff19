"""What the demonstration tells: `story.toml`, with the figures of `targets.toml` put in where it names them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from balai.base import months

CLASSES = ("dasar", "berkembang", "mandiri", "berkelanjutan")


@dataclass(frozen=True)
class Target:
    """A published figure: how many (or what per cent of all) villages had a Kampung KB, and of which class."""

    region: str
    period: str
    source: str
    formed: int | None = None
    formed_percent: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)

    def number(self, villages: int) -> int:
        return self.formed if self.formed is not None else round((self.formed_percent or 0) / 100 * villages)


@dataclass(frozen=True)
class Kabupaten:
    """`formed`: (day, how many villages have a Kampung KB by then), in order. `first_classes`: number of villages of
    each class among those that were formed by the end of the month `past`; empty when nothing was published."""

    code: str
    name: str
    villages: int
    formed: tuple[tuple[date, int], ...]
    classes: tuple[float, ...]
    first_classes: tuple[int, ...]


@dataclass(frozen=True)
class Story:
    """`past` is the month of the published classes, `opening` to `closing` the twelve months told in full."""

    source: str
    seed: int
    families: int
    families_full: int
    dirt: float
    past: str
    opening: str
    closing: str
    exported_on: date
    kabupaten: tuple[Kabupaten, ...]
    weights: Mapping[str, Sequence[Sequence[float]]]
    rates: Mapping[str, Sequence[tuple[float, float]]]
    holes: Mapping[str, float]
    activities: tuple[tuple[int, str], ...]

    @property
    def months(self) -> list[str]:
        return [self.past, *months.between(self.opening, self.closing)]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("balai.demo.rules").joinpath(name).read_text("utf-8"))


@cache
def targets() -> Mapping[str, Target]:
    return {key: Target(**fields) for key, fields in _read("targets.toml").items()}


def _number(step: Mapping[str, Any], villages: int) -> int:
    return int(step["number"]) if "number" in step else targets()[step["target"]].number(villages)


def _kabupaten(fields: Mapping[str, Any]) -> Kabupaten:
    counts = targets()[fields["first_classes"]].counts if "first_classes" in fields else {}
    return Kabupaten(
        code=fields["code"],
        name=fields["name"],
        villages=fields["villages"],
        formed=tuple((step["by"], _number(step, fields["villages"])) for step in fields["formed"]),
        classes=tuple(fields["classes"]),
        first_classes=tuple(counts[key] for key in CLASSES) if counts else (),
    )


@cache
def story() -> Story:
    told = _read("story.toml")
    kabupaten, activities = told.pop("kabupaten"), told.pop("activity")
    return Story(
        kabupaten=tuple(_kabupaten(fields) for fields in kabupaten),
        activities=tuple((entry["agency"], entry["title"]) for entry in activities),
        **told,
    )

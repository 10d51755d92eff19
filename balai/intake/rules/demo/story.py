"""What the demonstration tells: `story.toml`, with the published figures put in where it names them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from balai.base import months
from balai.intake.rules.published import Published, published

CLASSES = ("dasar", "berkembang", "mandiri", "berkelanjutan")


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


def _number(step: Mapping[str, Any], villages: int, figures: Mapping[str, Published]) -> int:
    """How many villages; a published share is of all villages of the kabupaten."""
    if "number" in step:
        return int(step["number"])
    figure = figures[step["figure"]]
    return figure.total if figure.total is not None else round(figure.percent["formed"] / 100 * villages)


def _kabupaten(fields: Mapping[str, Any], figures: Mapping[str, Published]) -> Kabupaten:
    counts = figures[fields["first_classes"]].counts if "first_classes" in fields else {}
    return Kabupaten(
        code=fields["code"],
        name=fields["name"],
        villages=fields["villages"],
        formed=tuple((step["by"], _number(step, fields["villages"], figures)) for step in fields["formed"]),
        classes=tuple(fields["classes"]),
        first_classes=tuple(counts[key] for key in CLASSES) if counts else (),
    )


@cache
def story() -> Story:
    told = tomllib.loads(files("balai.intake.rules.demo").joinpath("story.toml").read_text("utf-8"))
    kabupaten, activities = told.pop("kabupaten"), told.pop("activity")
    return Story(
        kabupaten=tuple(_kabupaten(fields, published()) for fields in kabupaten),
        activities=tuple((entry["agency"], entry["title"]) for entry in activities),
        **told,
    )

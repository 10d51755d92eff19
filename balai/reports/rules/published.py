"""Figures that others published of a region, each with its source and what is odd about it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Published:
    region: str
    when: str
    source: str
    formed: int | None = None
    villages: int | None = None
    about: bool = False
    together: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    url: str = ""
    note_id: str = ""
    note_en: str = ""

    def note(self, language: str) -> str:
        return self.note_en if language == "en" else self.note_id

    def percent(self, key: str) -> float | None:
        """The published share of a class, computed only where counts and their total are both there."""
        if key in self.counts and self.formed:
            return 100 * self.counts[key] / self.formed
        return self.shares.get(key)


@cache
def every() -> tuple[Published, ...]:
    text = files("balai.reports").joinpath("published.toml").read_text(encoding="utf-8")
    return tuple(Published(**entry) for entry in tomllib.loads(text)["figure"])


def of_region(code: str) -> tuple[Published, ...]:
    return tuple(figure for figure in every() if figure.region == code)

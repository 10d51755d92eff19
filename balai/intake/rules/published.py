"""Figures of class and coverage that were published, with their source (`published.toml`)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True)
class Published:
    """One line of comparison. `counts` and `percent` by class key (dasar …), also "formed", "mandiri_berkelanjutan".

    `note_id` and `note_en` say where the source contradicts itself, or what else to know.
    """

    key: str
    region: str
    period: str
    name_id: str
    name_en: str
    source: str
    total: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    percent: Mapping[str, float] = field(default_factory=dict)
    note_id: str = ""
    note_en: str = ""


@cache
def published() -> Mapping[str, Published]:
    document = tomllib.loads(files("balai.intake.rules").joinpath("published.toml").read_text("utf-8"))
    return MappingProxyType({fields["key"]: Published(**fields) for fields in document["figures"]})

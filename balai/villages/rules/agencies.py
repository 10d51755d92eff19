"""The 37 agencies that the national portal knows, as `agencies.toml` lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from balai.villages.rules.kinds import Pentahelix


@dataclass(frozen=True)
class Agency:
    """`pentahelix` is our own reading of the name; None where the name does not tell."""

    number: int
    name_id: str
    name_en: str
    pentahelix: Pentahelix | None
    own_programme: bool = False


@cache
def agencies() -> Mapping[int, Agency]:
    rows = tomllib.loads(files("balai.villages.rules").joinpath("agencies.toml").read_text("utf-8"))["agencies"]
    return MappingProxyType(
        {
            int(number): Agency(
                number=int(number),
                name_id=row["name_id"],
                name_en=row["name_en"],
                pentahelix=Pentahelix(row["pentahelix"]) if "pentahelix" in row else None,
                own_programme=row.get("own_programme", False),
            )
            for number, row in rows.items()
        }
    )


@cache
def own_programme() -> tuple[int, ...]:
    """Numbers of the agencies that run the programme itself and so are not another sector."""
    return tuple(number for number, agency in agencies().items() if agency.own_programme)

"""The class of a Rumah DataKu by what stands there: a decision table.

Source: Panduan Rumah DataKu 2020 as quoted by Perwakilan BKKBN Bangka Belitung (2022).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from balai.base.errors import NotValid
from balai.base.words import sentence
from balai.villages.rules.kinds import DataHouseClass


@dataclass(frozen=True)
class Limits:
    """What a class needs at least; `source` says how sure that is."""

    house_class: DataHouseClass
    needs: Mapping[str, int]
    source: str


@dataclass(frozen=True)
class Gap:
    """What is not enough for the next class; `found` is None when nobody has filled it in."""

    key: str
    found: int | None
    needs: int


FOUND = {
    "decree": sentence("SK"),
    "orientation": sentence("orientasi (1 dasar, 2 ditambah analisis, 3 lengkap)"),
    "facilities": sentence("sarana"),
    "data_kinds": sentence("jenis data"),
    "presentations": sentence("bentuk penyajian"),
    "uses": sentence("pemanfaatan"),
}

LIMITS = (
    Limits(
        DataHouseClass.SIMPLE,
        {"decree": 1, "orientation": 1, "facilities": 1, "data_kinds": 1, "presentations": 1},
        sentence("Panduan Rumah DataKu 2020."),
    ),
    Limits(
        DataHouseClass.COMPLETE,
        {"decree": 1, "orientation": 2, "facilities": 2, "data_kinds": 3, "presentations": 2, "uses": 1},
        sentence("Perwakilan BKKBN Kepulauan Bangka Belitung, 2022."),
    ),
    Limits(
        DataHouseClass.FULL,
        {"decree": 1, "orientation": 3, "facilities": 2, "data_kinds": 3, "presentations": 2, "uses": 1},
        sentence(
            "Pasti: SK dan orientasi lengkap. Batas lainnya terpotong dalam sumber; dipakai batas kelas lengkap, "
            "karena kelas yang lebih tinggi tidak menuntut lebih sedikit."
        ),
    ),
    # Integratif was added in 2022; nothing says what it needs, so no rule gives it.
)


def check_found(found: Mapping[str, int | None]) -> Mapping[str, int | None]:
    """A copy with all keys and no others, every figure a count; NotValid otherwise."""
    if unknown := sorted(set(found) - set(FOUND)):
        raise NotValid("Butir Rumah DataKu tidak dikenal: %(names)s.", names=", ".join(unknown))
    for key, figure in found.items():
        if figure is not None and figure < 0:
            raise NotValid("%(item)s: jumlah tidak bisa kurang dari nol (%(value)s).", item=FOUND[key], value=figure)
    return MappingProxyType({key: found.get(key) for key in FOUND})


def _gaps(limits: Limits, found: Mapping[str, int | None]) -> list[Gap]:
    return [
        Gap(key, figure, need)
        for key, need in limits.needs.items()
        if (figure := found.get(key)) is None or figure < need
    ]


def data_house_class(found: Mapping[str, int | None]) -> DataHouseClass | None:
    """The highest class of which everything is there; None when even sederhana is not reached."""
    reached = [limits.house_class for limits in LIMITS if not _gaps(limits, found)]
    return reached[-1] if reached else None


def next_class(found: Mapping[str, int | None]) -> tuple[DataHouseClass, list[Gap]] | None:
    """The class above and what is missing for it; None for paripurna, above which no rule leads."""
    return next(((limits.house_class, gaps) for limits in LIMITS if (gaps := _gaps(limits, found))), None)

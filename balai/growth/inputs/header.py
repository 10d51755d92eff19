"""Which column of a file is which."""

from dataclasses import dataclass

from balai.base.errors import NotValid
from balai.growth.engines import WHY
from balai.growth.rules import Index

MEASURES = ("weight_kg", "height_cm", "head_cm", "muac_cm")
AGES = (("age_days",), ("birth_date", "measured_on"), ("age_months",))
KNOWN = ("sex", *(name for names in AGES for name in names), *MEASURES, "position", "oedema")
ADDED = (*Index, *(f"{index}_flag" for index in Index), WHY)


@dataclass(frozen=True, slots=True)
class Header:
    """The place of each column that Balai knows; names are compared without case and spaces around them."""

    places: dict[str, int]

    @classmethod
    def of(cls, names: list[str]) -> "Header":
        plain = [name.strip().casefold() for name in names]
        _no_doubles(plain)
        places = {name: plain.index(name) for name in KNOWN if name in plain}
        if "sex" not in places:
            raise NotValid("Kolom sex tidak ada di berkas.")
        if not any(set(names) <= set(places) for names in AGES):
            raise NotValid("Kolom umur tidak ada: perlu age_days, atau birth_date dan measured_on, atau age_months.")
        if not set(MEASURES) & set(places):
            raise NotValid("Kolom ukuran tidak ada: perlu weight_kg, height_cm, head_cm, atau muac_cm.")
        return cls(places)


def _no_doubles(plain: list[str]) -> None:
    for name in plain:
        if plain.count(name) > 1 and name in KNOWN:
            raise NotValid("Kolom %(column)s ada dua kali di berkas.", column=name)
        if name in ADDED:
            raise NotValid("Kolom %(column)s sudah ada di berkas; hapus atau ganti namanya.", column=name)

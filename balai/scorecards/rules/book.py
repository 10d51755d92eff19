"""The catalogue as pages show it: every figure an entry, the parts of an indicator one each, by programme."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from balai.base.words import Said, sentence
from balai.indicators.rules.declared import Band, Indicator
from balai.indicators.rules.measures import parts
from balai.indicators.rules.results import CLASS, is_share

PROGRAMMES = {
    "data": sentence("Data dan administrasi kependudukan"),
    "behaviour": sentence("Perubahan perilaku keluarga"),
    "health": sentence("KB, kesehatan ibu dan reproduksi"),
    "stunting": sentence("Stunting dan pendampingan"),
    "education": sentence("Pendidikan"),
    "protection": sentence("Perlindungan sosial"),
    "economy": sentence("Ekonomi keluarga"),
    "environment": sentence("Rumah, air, dan lingkungan"),
}
BASES = {
    "confirmed": sentence("tertulis dalam aturan resminya"),
    "inferred": sentence("disimpulkan Balai; belum ditemukan aturan tertulisnya"),
    "standard": sentence("baku internasional atau perhitungan lazim"),
}
# What brings the data that an indicator waits for.
WAITS = {
    "care": sentence("pendampingan dan rujukan"),
    "convergence": sentence("rencana aksi dan kegiatan lintas instansi"),
    "village_index": sentence("indeks desa dari kementeriannya"),
    "ks_items": sentence("butir tahapan keluarga sejahtera, yang tidak ditanyakan lagi sejak 2021"),
}
DECIMALS = {"count": 0, "index": 2}


@dataclass(frozen=True)
class Entry:
    """One figure: `own` is its definition, `indicator` that of the whole it is a part of (or itself)."""

    code: str
    indicator: Indicator
    own: Indicator
    waits: str = ""

    def name(self, language: str) -> str:
        whole, own = (
            (one.name_en if language == "en" else one.name_id) for one in (self.indicator, self.own)
        )  # fmt: skip
        return own if whole in own else f"{whole}: {own}"

    @property
    def is_part(self) -> bool:
        return self.code != self.indicator.code

    @property
    def table(self) -> str:
        return self.own.table

    @property
    def waiting(self) -> Said:
        """What it waits for, in words."""
        return said_of(self.waits)

    @property
    def programme(self) -> str:
        return self.indicator.programme

    @property
    def share(self) -> bool:
        """Whether those counted are some of the others: a share, with an interval."""
        return is_share(self.own) and not self.is_class

    @property
    def is_class(self) -> bool:
        return self.own.unit == CLASS

    def class_name(self, language: str) -> str:
        return self.own.name_en if language == "en" else self.own.name_id

    @property
    def decimals(self) -> int:
        return DECIMALS.get(self.own.unit, 1)

    @property
    def per_cent(self) -> bool:
        return self.own.unit == "percent"


def entries(indicators: Iterable[Indicator], waits: Callable[[Indicator], str]) -> dict[str, Entry]:
    """Code to entry, in the order of the catalogue; `waits` says what a definition waits for."""
    return {code: Entry(code, one, own, waits(own)) for one in indicators for code, own in parts(one).items()}


def band(one: Indicator, value: float, on: date) -> Band | None:
    """The first of the bands in force that day that holds the value."""
    return next((band for band in one.bands if band.since <= on and _holds(band, value)), None)


def _holds(band: Band, value: float) -> bool:
    above = band.at_least is None or value >= band.at_least
    return above and (band.at_most is None or value <= band.at_most)


def by_programme(known: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    """Every programme, also one without an entry."""
    return {key: [entry for entry in known.values() if entry.programme == key] for key in PROGRAMMES}


def words(indicator: Indicator) -> str:
    """Everything that a search looks at, in lower case."""
    told = (indicator.code, indicator.name_id, indicator.name_en, indicator.means_id, indicator.means_en,
            indicator.counted_id, indicator.of_id, indicator.source)  # fmt: skip
    return " ".join(told).lower()


def matching(indicators: Iterable[Indicator], text: str) -> list[Indicator]:
    """Those that hold every word of the text."""
    sought = text.lower().split()
    return [one for one in indicators if all(word in words(one) for word in sought)]


def said_of(waits: str) -> Said:
    """What brings the data that is waited for, in words."""
    return Said(WAITS[waits]) if waits in WAITS else Said("%(what)s", {"what": waits})

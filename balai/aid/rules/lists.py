"""Lists of others that say something of families: which there are, what they say, and how that was matched."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from balai.base.dated import Dated
from balai.base.words import Labelled, Said, sentence

DECILES = (1, 10)
MARK, EDITION, SOURCE, NAME = 60, 40, 120, 120  # letters
KEPT = timedelta(days=365)  # an entry that matches nobody (fields.toml says the same)

# Up to which decile a ranked list calls a family poor. A decile is a relative rank: it moves when others move.
POOR_UP_TO = Dated(
    {date(2022, 6, 8): 4}, source="Inpres 4/2022: sasaran penghapusan kemiskinan ekstrem, desil 1-4 P3KE"
)


class ListKind(Labelled, StrEnum):
    DTSEN = "dtsen"
    P3KE = "p3ke"
    DTKS = "dtks"
    BPJS_PBI = "bpjs_pbi"
    DUKCAPIL = "dukcapil"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LISTS[self]


class MatchState(Labelled, StrEnum):
    BY_NIK = "by_nik"
    BY_CARD = "by_card"
    BY_PERSON = "by_person"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    NONE = "none"

    @property
    def label(self) -> str:
        return _STATES[self]


class Work(Labelled, StrEnum):
    """What a worker does with a list just now."""

    NONE = "none"
    MATCHING = "matching"  # line by line, as it came
    AGAIN = "again"  # once more, those who matched nobody

    @property
    def label(self) -> str:
        return _WORKS[self]


MATCHED = (MatchState.BY_NIK, MatchState.BY_CARD, MatchState.BY_PERSON)
RANKED = (ListKind.DTSEN, ListKind.P3KE, ListKind.OTHER)  # a low decile means poor
POOR_BY_ENTRY = (ListKind.DTKS,)  # whoever stands there is poor

_LISTS = {
    ListKind.DTSEN: sentence("DTSEN"),
    ListKind.P3KE: sentence("P3KE"),
    ListKind.DTKS: sentence("DTKS"),
    ListKind.BPJS_PBI: sentence("Peserta PBI BPJS Kesehatan"),
    ListKind.DUKCAPIL: sentence("Padanan Dukcapil"),
    ListKind.OTHER: sentence("Daftar lain"),
}
_WORKS = {
    Work.NONE: sentence("sudah dicocokkan"),
    Work.MATCHING: sentence("sedang dicocokkan"),
    Work.AGAIN: sentence("sedang dicocokkan lagi"),
}
_STATES = {
    MatchState.BY_NIK: sentence("cocok NIK"),
    MatchState.BY_CARD: sentence("cocok nomor KK"),
    MatchState.BY_PERSON: sentence("dicocokkan petugas"),
    MatchState.PROPOSED: sentence("menunggu dicocokkan"),
    MatchState.REJECTED: sentence("bukan orang yang sama"),
    MatchState.NONE: sentence("tidak ditemukan"),
}
EXPLAINED: Mapping[ListKind, str] = MappingProxyType(
    {
        ListKind.DTSEN: sentence("Data Tunggal Sosial dan Ekonomi Nasional: desil 1 sampai 10."),
        ListKind.P3KE: sentence("Pensasaran Percepatan Penghapusan Kemiskinan Ekstrem: desil 1 sampai 10."),
        ListKind.DTKS: sentence("Data Terpadu Kesejahteraan Sosial: yang tercatat di sana layak dibantu."),
        ListKind.BPJS_PBI: sentence("Orang yang iuran jaminan kesehatannya dibayar pemerintah."),
        ListKind.DUKCAPIL: sentence("Apakah NIK padan dengan data kependudukan."),
        ListKind.OTHER: sentence("Daftar lain dari instansi."),
    }
)


def says(decile: int | None, rank: int | None, mark: str) -> Said:
    """What an entry says of a family, as a sentence that “menurut …” may follow."""
    if decile is not None:
        return Said("Desil %(decile)s", {"decile": decile})
    if rank is not None:
        return Said("Peringkat %(rank)s", {"rank": rank})
    return Said("“%(mark)s”", {"mark": mark}) if mark else Said("Tercatat")


def poor_up_to(on: date) -> int:
    return POOR_UP_TO.on(on)

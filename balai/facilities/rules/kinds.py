"""Kinds of facility and what they offer, as Kampung KB profiles and SIGA name them; the codes are our own."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from balai.base.words import Labelled, sentence


class FacilityKind(Labelled, StrEnum):
    POSYANDU = "posyandu"
    PUSKESMAS = "puskesmas"
    PUSTU = "pustu"
    POSKESDES = "poskesdes"
    CLINIC = "clinic"
    HOSPITAL = "hospital"
    PAUD = "paud"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    PKBM = "pkbm"
    BKB = "bkb"
    BKR = "bkr"
    BKL = "bkl"
    PIKR = "pikr"
    UPPKA = "uppka"
    DATA_HOUSE = "data_house"
    WATER = "water"
    LATRINE = "latrine"
    WASTE = "waste"
    HALL = "hall"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _KINDS[self]


class Service(Labelled, StrEnum):
    WEIGHING = "weighing"
    IMMUNISATION = "immunisation"
    ANTENATAL = "antenatal"
    DELIVERY = "delivery"
    CONTRACEPTION = "contraception"
    LONG_ACTING = "long_acting"
    TREATMENT = "treatment"
    COUNSELLING = "counselling"
    FEEDING = "feeding"
    EARLY_YEARS = "early_years"
    SCHOOLING = "schooling"
    EQUIVALENCY = "equivalency"
    PARENTING = "parenting"
    YOUTH = "youth"
    ELDERLY = "elderly"
    CAPITAL = "capital"
    DATA = "data"
    DRINKING_WATER = "drinking_water"
    SANITATION = "sanitation"
    WASTE = "waste"

    @property
    def label(self) -> str:
        return _SERVICES[self]


class ClosedReason(Labelled, StrEnum):
    CLOSED = "closed"
    MOVED = "moved"
    MERGED = "merged"
    ENTERED_TWICE = "entered_twice"

    @property
    def label(self) -> str:
        return _REASONS[self]


_KINDS = {
    FacilityKind.POSYANDU: sentence("Posyandu"),
    FacilityKind.PUSKESMAS: sentence("Puskesmas"),
    FacilityKind.PUSTU: sentence("Puskesmas pembantu"),
    FacilityKind.POSKESDES: sentence("Poskesdes atau polindes"),
    FacilityKind.CLINIC: sentence("Klinik, dokter, atau bidan praktik"),
    FacilityKind.HOSPITAL: sentence("Rumah sakit"),
    FacilityKind.PAUD: sentence("PAUD atau TK"),
    FacilityKind.PRIMARY: sentence("SD atau MI"),
    FacilityKind.LOWER_SECONDARY: sentence("SMP atau MTs"),
    FacilityKind.UPPER_SECONDARY: sentence("SMA, SMK, atau MA"),
    FacilityKind.PKBM: sentence("PKBM"),
    FacilityKind.BKB: sentence("Tempat BKB"),
    FacilityKind.BKR: sentence("Tempat BKR"),
    FacilityKind.BKL: sentence("Tempat BKL"),
    FacilityKind.PIKR: sentence("Tempat PIK-R"),
    FacilityKind.UPPKA: sentence("Kelompok UPPKA"),
    FacilityKind.DATA_HOUSE: sentence("Rumah DataKu"),
    FacilityKind.WATER: sentence("Sumber air bersih"),
    FacilityKind.LATRINE: sentence("Jamban umum atau IPAL komunal"),
    FacilityKind.WASTE: sentence("Bank sampah atau TPS"),
    FacilityKind.HALL: sentence("Balai desa atau balai warga"),
    FacilityKind.OTHER: sentence("Fasilitas lain"),
}
_SERVICES = {
    Service.WEIGHING: sentence("Penimbangan dan pengukuran balita"),
    Service.IMMUNISATION: sentence("Imunisasi"),
    Service.ANTENATAL: sentence("Pemeriksaan kehamilan"),
    Service.DELIVERY: sentence("Persalinan"),
    Service.CONTRACEPTION: sentence("Pelayanan KB"),
    Service.LONG_ACTING: sentence("Pelayanan KB jangka panjang"),
    Service.TREATMENT: sentence("Pengobatan"),
    Service.COUNSELLING: sentence("Konseling"),
    Service.FEEDING: sentence("Makanan tambahan atau DASHAT"),
    Service.EARLY_YEARS: sentence("Pendidikan anak usia dini"),
    Service.SCHOOLING: sentence("Sekolah"),
    Service.EQUIVALENCY: sentence("Kejar paket A, B, atau C"),
    Service.PARENTING: sentence("Pembinaan keluarga balita"),
    Service.YOUTH: sentence("Pembinaan remaja"),
    Service.ELDERLY: sentence("Pembinaan lansia"),
    Service.CAPITAL: sentence("Usaha ekonomi keluarga"),
    Service.DATA: sentence("Pendataan dan data desa"),
    Service.DRINKING_WATER: sentence("Air minum atau air bersih"),
    Service.SANITATION: sentence("Sanitasi"),
    Service.WASTE: sentence("Pengelolaan sampah"),
}
_REASONS = {
    ClosedReason.CLOSED: sentence("Tidak melayani lagi"),
    ClosedReason.MOVED: sentence("Pindah tempat"),
    ClosedReason.MERGED: sentence("Digabung dengan yang lain"),
    ClosedReason.ENTERED_TWICE: sentence("Tercatat dua kali"),
}
# What every village needs within reach: any kind of a group will do. The sentence stands where the group is empty.
NEEDED: tuple[tuple[frozenset[FacilityKind], str], ...] = (
    (frozenset({FacilityKind.POSYANDU}), sentence("belum ada posyandu tercatat")),
    (
        frozenset({FacilityKind.PUSKESMAS, FacilityKind.PUSTU, FacilityKind.POSKESDES, FacilityKind.HOSPITAL}),
        sentence("belum ada tempat berobat tercatat"),
    ),
    (frozenset({FacilityKind.PAUD}), sentence("belum ada PAUD tercatat")),
    (frozenset({FacilityKind.PRIMARY}), sentence("belum ada SD tercatat")),
    (frozenset({FacilityKind.LOWER_SECONDARY}), sentence("belum ada SMP tercatat")),
    (frozenset({FacilityKind.UPPER_SECONDARY}), sentence("belum ada SMA tercatat")),
    (frozenset({FacilityKind.PKBM}), sentence("belum ada PKBM tercatat")),
    (frozenset({FacilityKind.BKB}), sentence("belum ada tempat BKB tercatat")),
    (frozenset({FacilityKind.BKR, FacilityKind.PIKR}), sentence("belum ada tempat BKR atau PIK-R tercatat")),
    (frozenset({FacilityKind.BKL}), sentence("belum ada tempat BKL tercatat")),
    (frozenset({FacilityKind.UPPKA}), sentence("belum ada kelompok UPPKA tercatat")),
    (frozenset({FacilityKind.DATA_HOUSE}), sentence("belum ada Rumah DataKu tercatat")),
    (frozenset({FacilityKind.WATER}), sentence("belum ada air bersih tercatat")),
    (frozenset({FacilityKind.LATRINE}), sentence("belum ada jamban umum atau IPAL tercatat")),
)
# Other words under which files name a kind.
WORDS: Mapping[str, FacilityKind] = MappingProxyType(
    {
        "polindes": FacilityKind.POSKESDES, "poskesdes": FacilityKind.POSKESDES, "pustu": FacilityKind.PUSTU,
        "klinik": FacilityKind.CLINIC, "bidan": FacilityKind.CLINIC, "rs": FacilityKind.HOSPITAL,
        "rsud": FacilityKind.HOSPITAL, "paud": FacilityKind.PAUD, "tk": FacilityKind.PAUD, "ra": FacilityKind.PAUD,
        "sd": FacilityKind.PRIMARY, "mi": FacilityKind.PRIMARY, "smp": FacilityKind.LOWER_SECONDARY,
        "mts": FacilityKind.LOWER_SECONDARY, "sma": FacilityKind.UPPER_SECONDARY, "smk": FacilityKind.UPPER_SECONDARY,
        "ma": FacilityKind.UPPER_SECONDARY, "bkb": FacilityKind.BKB, "bkr": FacilityKind.BKR, "bkl": FacilityKind.BKL,
        "pik-r": FacilityKind.PIKR, "uppka": FacilityKind.UPPKA, "air bersih": FacilityKind.WATER,
        "sumur": FacilityKind.WATER, "mck": FacilityKind.LATRINE, "ipal": FacilityKind.LATRINE,
        "bank sampah": FacilityKind.WASTE, "balai desa": FacilityKind.HALL,
    }
)  # fmt: skip


def missing(kinds: set[str]) -> list[str]:
    """What a village with open facilities of these kinds still lacks in the record, as sentences."""
    return [said for group, said in NEEDED if not group & kinds]

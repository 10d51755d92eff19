"""Kinds and choices of the registry, as the law and the national portal name them: pure.

Sources: Perban BKKBN 20/2023 (formation, Pokja), kampungkb.bkkbn.go.id forms (kinds and choices).
"""

from enum import IntFlag, StrEnum


class Choice(StrEnum):
    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(item.value, item.value) for item in cls]


class ItemKind(Choice):
    YES_NO = "yes_no"
    COUNT = "count"
    CHOICE = "choice"
    TEXT = "text"


class Frequency(Choice):
    WEEKLY = "mingguan"
    MONTHLY = "bulanan"
    QUARTERLY = "triwulan"
    HALF_YEARLY = "semesteran"
    YEARLY = "tahunan"
    OTHER = "lainnya"


class Pentahelix(Choice):
    GOVERNMENT = "government"
    COMMUNITY = "community"
    PRIVATE = "private"
    ACADEMIA = "academia"
    MEDIA = "media"


class FormationStepKind(Choice):
    SOCIALISATION = "sosialisasi"
    COORDINATION = "koordinasi"
    POLICY = "kebijakan"
    PEOPLE = "sdm"
    POKJA = "pokja"


class DocumentKind(Choice):
    POKJA_DECREE = "sk_pokja"
    REGULATION = "regulasi"
    WORK_PLAN = "rkm"
    DATA_HOUSE_DECREE = "sk_rumah_dataku"
    OTHER = "lainnya"


class IssuerLevel(Choice):
    GOVERNOR = "gubernur"
    REGENT = "bupati"
    CAMAT = "camat"
    VILLAGE_HEAD = "kades"
    OTHER = "lainnya"


class PokjaTemplate(Choice):
    FOUR_SECTIONS = "empat_seksi"
    EIGHT_FUNCTIONS = "delapan_fungsi"


class CompanionKind(Choice):
    PKB = "pkb"
    CADRE = "kader"
    NEIGHBOURHOOD_HEAD = "rt_rw"
    VILLAGE_STAFF = "perangkat"
    PKK = "pkk"
    LEADER = "toga_toma"
    OPD_KB = "opd_kb"
    PROVINCE = "perwakilan"
    PLKB_CONTRACT = "plkb_non_pns"
    OTHER = "lainnya"


class Extent(Choice):
    RW = "rw"
    DUSUN = "dusun"
    VILLAGE = "desa"


class DataHouseClass(Choice):
    SIMPLE = "sederhana"
    COMPLETE = "lengkap"
    FULL = "paripurna"
    INTEGRATED = "integratif"


class GroupKind(Choice):
    BKB = "bkb"
    BKR = "bkr"
    BKL = "bkl"
    UPPKA = "uppka"
    PIKR = "pikr"


class Mark(IntFlag):
    """Why a reported figure is left out of scores (bits of VillageMonth.*_marks)."""

    NEGATIVE = 1
    SUM = 2  # methods do not add up to the users
    UNMET_ABOVE_COUPLES = 4
    BKB_ABOVE_TARGET = 8
    BKR_ABOVE_TARGET = 16
    BKL_ABOVE_TARGET = 32
    UPPKA_ABOVE_TARGET = 64
    PIKR_ABOVE_TARGET = 128
    USERS_ABOVE_COUPLES = 256  # users + unmet need exceed the couples: two registers contradict each other

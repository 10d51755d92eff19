"""Codes as the national family data collection (Pendataan Keluarga 2021, block I) prints them: K.03 sex, K.10 relation
to the head of the family. Their numbers are kept, so that an export needs no translation."""

from enum import IntEnum, StrEnum

from balai.base.words import Labelled, sentence


class Sex(Labelled, IntEnum):
    MALE = 1
    FEMALE = 2

    @property
    def label(self) -> str:
        return _SEXES[self]


class Relation(Labelled, IntEnum):
    """To the head of the family. A family is one couple, or a parent with children, or a person alone."""

    HEAD = 1
    SPOUSE = 2
    CHILD = 3
    OTHER = 4

    @property
    def label(self) -> str:
        return _RELATIONS[self]


class NumberKind(Labelled, StrEnum):
    NIK = "nik"  # of a person
    KK = "kk"  # of the family card; one card may cover several families, and the reverse

    @property
    def label(self) -> str:
        return self.upper()


class LeftReason(Labelled, StrEnum):
    """Why a family is no longer in the register of the village."""

    MOVED_AWAY = "moved_away"
    DISSOLVED = "dissolved"
    ENTERED_TWICE = "entered_twice"

    @property
    def label(self) -> str:
        return _REASONS[self]


class GoneReason(Labelled, StrEnum):
    """Why a person is no longer a member of any family here."""

    DIED = "died"
    MOVED_AWAY = "moved_away"
    SAME_PERSON = "same_person"  # was entered twice; joined into the row that stays

    @property
    def label(self) -> str:
        return _GONE[self]


class NoNik(Labelled, StrEnum):
    """Why a person has no NIK in the register. A newborn is known by the mother and the order of birth until then."""

    NEWBORN = "newborn"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    FOREIGN = "foreign"

    @property
    def label(self) -> str:
        return _NO_NIK[self]


_SEXES = {Sex.MALE: sentence("Laki-laki"), Sex.FEMALE: sentence("Perempuan")}
_RELATIONS = {
    Relation.HEAD: sentence("Kepala keluarga"),
    Relation.SPOUSE: sentence("Suami/istri"),
    Relation.CHILD: sentence("Anak"),
    Relation.OTHER: sentence("Anggota lain"),
}
_REASONS = {
    LeftReason.MOVED_AWAY: sentence("Pindah ke luar wilayah"),
    LeftReason.DISSOLVED: sentence("Semua anggota meninggal atau bergabung dengan keluarga lain"),
    LeftReason.ENTERED_TWICE: sentence("Tercatat dua kali"),
}
_GONE = {
    GoneReason.DIED: sentence("Meninggal"),
    GoneReason.MOVED_AWAY: sentence("Pindah ke luar wilayah"),
    GoneReason.SAME_PERSON: sentence("Orang yang sama, tercatat dua kali"),
}
_NO_NIK = {
    NoNik.NEWBORN: sentence("Bayi yang baru lahir"),
    NoNik.NOT_YET: sentence("Belum punya NIK"),
    NoNik.UNKNOWN: sentence("NIK tidak diketahui"),
    NoNik.FOREIGN: sentence("Warga negara asing"),
}

"""The figures of SIGA and Verval KRS that stand beside an indicator: ours, theirs, the difference and why it may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balai.base.words import sentence

Figures = Mapping[str, int | float | None]
LONG_ACTING = ("iud", "implant", "vasectomy", "tubectomy")
LEAST_COVERED = 0.9  # below this share of what the other system counts, coverage is named as a reason

USERS = sentence("SIGA menghitung peserta dari laporan pelayanan bulan itu; Balai dari jawaban keluarga yang didata.")
COUPLES = sentence("SIGA mencatat PUS dari laporan kader; Balai menghitung perempuan kawin 15–49 tahun dari anggota.")
UNMET = sentence("SIGA menjumlah IAT dan TIAL yang dilaporkan; Balai menurunkannya dari jawaban blok KB.")
GROUPS = sentence(
    "SIGA menghitung anggota kelompok yang dilaporkan; Balai keluarga yang menjawab ikut, dan sasarannya dari umur."
)
AT_RISK = sentence(
    "Verval KRS memakai daftar air dan jamban tahun itu; Balai memakai daftar yang berlaku pada harinya."
)
WEIGHED = sentence("Laporan posyandu menghitung yang datang; Balai menghitung anak yang hasil timbangnya tercatat.")
ACCOMPANIED = sentence("Elsimil menghitung yang didampingi menurut aplikasinya; Balai menurut catatan kunjungan.")


@dataclass(frozen=True)
class Twin:
    """Columns of a register whose sum is the numerator, and those of the denominator (none for a plain count)."""

    register: str
    counted: tuple[str, ...]
    of: tuple[str, ...] = ()
    why: str = ""
    of_register: str = ""

    @property
    def registers(self) -> tuple[str, str]:
        return self.register, self.of_register or self.register


def _method(*columns: str) -> Twin:
    return Twin("mix", columns, ("users",), USERS)


def _risk(*columns: str, of: str = "target") -> Twin:
    return Twin("krs", columns, (of,), AT_RISK)


TWINS = {
    "F01": Twin("pus", ("couples",), why=COUPLES),
    "F02": Twin("mix", ("users",), ("couples",), USERS, "pus"),
    "F03": Twin("mix", ("modern",), ("couples",), USERS, "pus"),
    "F04": _method(*LONG_ACTING),
    "F04_modern": Twin("mix", LONG_ACTING, ("modern",), USERS),
    "F05": Twin("pus", ("unmet",), ("couples",), UNMET),
    "F08": Twin("mix", ("traditional",), ("couples",), USERS, "pus"),
    "F09.mow": _method("tubectomy"),
    "F09.mop": _method("vasectomy"),
    "F09.iud": _method("iud"),
    "F09.implant": _method("implant"),
    "F09.injection": _method("injectable"),
    "F09.pill": _method("pill"),
    "F09.condom": _method("condom"),
    "F09.lam": _method("lam"),
    "F09.traditional": _method("traditional"),
    "F14": _risk("pregnant", of="couples"),
    "F19": _method("vasectomy", "condom"),
    "F28": _risk("four_too", of="couples"),
    "F29": _risk("too_young", of="couples"),
    "F30": _risk("too_old", of="couples"),
    "F31": _risk("too_close", of="couples"),
    "F32": _risk("too_many", of="couples"),
    "A01": Twin("poktan", ("bkb_members",), ("bkb_target",), GROUPS),
    "A02": Twin("poktan", ("bkr_members",), ("bkr_target",), GROUPS),
    "A03": Twin("poktan", ("bkl_members",), ("bkl_target",), GROUPS),
    "S07": Twin("weighing", ("weighed",), ("target",), WEIGHED),
    "S24": Twin("krs", ("target",), why=AT_RISK),
    "S25": _risk("at_risk"),
    "S26": _risk("bad_water"),
    "S27": _risk("bad_toilet"),
    "S29": _risk("under2", of="at_risk"),
    "S35": Twin("pregnant", ("accompanied",), ("pregnant",), ACCOMPANIED),
    "S36": Twin("pregnant", ("week32_will",), ("week32",), ACCOMPANIED),
}
REGISTERS = frozenset(register for twin in TWINS.values() for register in twin.registers)


def total(figures: Figures, columns: Iterable[str]) -> int | None:
    """The sum of the columns; None where one of them is not filled, for missing is not zero."""
    found = [figures.get(column) for column in columns]
    return None if not found or None in found else int(sum(value for value in found if value is not None))


def theirs(twin: Twin, returned: Mapping[str, Figures]) -> tuple[int | None, int | None]:
    """Numerator and denominator as the registers say them."""
    first, second = (returned.get(name, {}) for name in twin.registers)
    return total(first, twin.counted), total(second, twin.of)


def covered(mine: int, whole: int | None) -> int | None:
    """Per cent of the other system's whole that Balai has, where so little that it explains a difference."""
    return 100 * mine // whole if whole and mine < LEAST_COVERED * whole else None

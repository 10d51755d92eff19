"""The words that every rule set shares: what goes in, what is scored, and what comes out."""

from dataclasses import dataclass

from balai.base.words import sentence

INPUTS: tuple[str, ...] = (
    "pokja", "pokja_sk", "pokja_members", "pokja_trained",
    "funds", "funds_unknown", "poktan", "poktan_unknown", "secretariat", "data_house", "companion", "regulation",
    "data_uses", "data_uses_unknown", "mechanisms", "mechanisms_unknown", "rkm",
    "agencies_ever", "agencies_year", "agencies_year_all",
    "bkb_members", "bkb_target", "bkr_members", "bkr_target", "bkl_members", "bkl_target",
    "uppka_members", "uppka_target", "pikr_members", "pikr_target",
    "couples", "users", "long_acting", "unmet", "marks",
)  # fmt: skip

INDICATORS: tuple[str, ...] = (
    "pokja", "funds", "poktan", "facilities", "companion_regulation",
    "data_use", "mechanisms", "agencies",
    "participation", "cpr", "mkjp", "unmet",
)  # fmt: skip

DIMENSIONS: tuple[str, ...] = ("input", "process", "output")
GROUPS: tuple[str, ...] = ("bkb", "bkr", "bkl", "uppka", "pikr")

# Numbers in villages/agencies.toml of the programme's own two bodies: OPD-KB and Perwakilan BKKBN.
OWN_AGENCIES: frozenset[int] = frozenset({26, 34})


@dataclass(frozen=True)
class ClassName:
    number: int
    key: str
    name: str
    colour: str


CLASSES: dict[int, ClassName] = {
    1: ClassName(1, "dasar", sentence("Dasar"), "red"),
    2: ClassName(2, "berkembang", sentence("Berkembang"), "amber"),
    3: ClassName(3, "mandiri", sentence("Mandiri"), "green"),
    4: ClassName(4, "berkelanjutan", sentence("Berkelanjutan"), "blue"),
}

# One letter a score says how it came about; Outcome.reasons holds twelve of them.
REASONS: dict[str, str] = {
    "a": sentence("Dihitung dari data yang lengkap."),
    "p": sentence("Sebagian belum diisi, tetapi skornya sama apa pun isinya."),
    "u": sentence("Sebagian belum diisi; skornya belum dapat ditentukan."),
    "m": sentence("Belum diisi; belum ada skor."),
    "z": sentence("Yang belum diisi dihitung nol."),
    "i": sentence("Angka yang dilaporkan tidak masuk akal, jadi tidak dihitung."),
    "x": sentence("Angka tidak masuk akal, tetapi dihitung seperti dilaporkan."),
    "n": sentence("Dihitung dari poktan yang angkanya ada dan masuk akal saja."),
    "d": sentence("PUS nol atau belum diisi, jadi portal menghitung 0 % dan memberi skor terbaik."),
    "l": sentence("Tidak ada laporan sama sekali, jadi portal memberi skor terendah."),
    "s": sentence("Tanpa SK Pokja skornya paling tinggi 2."),
    "r": sentence("Tanpa RKM skornya paling tinggi 3."),
    "e": sentence("Belum ada peserta KB, jadi dihitung 0 %."),
}

"""What cannot be, or hardly can, as it was written: counted in every snapshot, told on a page, never left out in
silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from balai.base.words import sentence
from balai.indicators.rules import catalogue, compiled
from balai.indicators.rules.measures import parts
from balai.snapshot.rules.pruning import pruned

HEIGHTS, WEIGHTS = frozenset({"haz", "whz", "baz"}), frozenset({"waz", "whz", "baz", "gain"})
GROWTH = HEIGHTS | WEIGHTS
NO_SCORE = sentence("Tidak diberi skor: tidak ikut angka gizi dan kenaikan berat. Pengukurannya tetap tersimpan.")
REFUSED = sentence(
    "Ditolak saat diisi dan saat berkas dimuat, dengan alasannya; hanya potret dari luar dapat memuatnya. Di sana "
    "ditandai dan tidak ikut angka gizi."
)


@dataclass(frozen=True)
class Doubt:
    """Rows of a promised table of which `where` holds. `said`: what is doubted; `fate`: what becomes of such a row;
    `mend`: what to do; `touches`: the columns through which it would reach a figure."""

    table: str
    where: str
    said: str
    fate: str
    mend: str
    touches: Mapping[str, frozenset[str]]


def _of_children(columns: frozenset[str]) -> Mapping[str, frozenset[str]]:
    return {"children": columns, "measurements": columns}


DOUBTS: Mapping[str, Doubt] = MappingProxyType({
    "measured_before_birth": Doubt(
        "measurements", "measured_on < born_on", sentence("diukur sebelum lahir (umur negatif)"), NO_SCORE,
        sentence("Periksa tanggal lahir dan tanggal ukur; salah satunya keliru."), _of_children(GROWTH),
    ),
    "measured_without_birthday": Doubt(
        "measurements", "born_on IS NULL", sentence("diukur, tetapi tanggal lahirnya tidak tercatat"), NO_SCORE,
        sentence("Isi tanggal lahir anak dari akta atau kartu keluarga."), _of_children(GROWTH),
    ),
    "measured_twice_a_day": Doubt(
        "measurements",
        "(member, measured_on) IN (SELECT (member, measured_on) FROM measurements"
        " GROUP BY member, measured_on HAVING count(*) > 1)",
        sentence("satu anak diukur dua kali pada satu hari"),
        sentence(
            "Yang kedua ditolak saat diisi dan saat berkas dimuat; hanya potret dari luar dapat memuat keduanya. Di "
            "sana keduanya dihitung sebagai pengukuran, dan anaknya tetap satu."
        ),
        sentence("Buka catatan hari itu dan betulkan; jangan mencatat yang kedua."), _of_children(GROWTH),
    ),
    "height_in_metres": Doubt(
        "measurements", "height_cm < 2.5", sentence("panjang atau tinggi seperti dalam meter"), REFUSED,
        sentence("Tulis dalam sentimeter: 0,76 m ialah 76 cm."), _of_children(HEIGHTS),
    ),
    "weight_in_grams": Doubt(
        "measurements", "weight_kg >= 250", sentence("berat seperti dalam gram"), REFUSED,
        sentence("Tulis dalam kilogram: 9.400 gram ialah 9,4 kg."), _of_children(WEIGHTS),
    ),
    "implausible_scores": Doubt(
        "measurements", "waz_flagged OR haz_flagged OR whz_flagged OR baz_flagged",
        sentence("skor-z di luar batas wajar WHO"),
        sentence("Diperlihatkan dengan tanda, tanpa kategori, dan tidak ikut prevalensi dan kenaikan berat."),
        sentence("Periksa tanggal lahir, lalu timbang dan ukur ulang."), _of_children(GROWTH),
    ),
    "older_than_120": Doubt(
        "members", "born_on < as_of - INTERVAL 120 YEAR", sentence("umur lebih dari 120 tahun"),
        sentence("Tetap dihitung dengan umur itu, karena belum ada yang memastikan; di sini ditandai."),
        sentence("Periksa tahun lahirnya pada kartu keluarga."), {"members": frozenset({"born_on"})},
    ),
    "without_birthday": Doubt(
        "members", "born_on IS NULL", sentence("tanggal lahir tidak tercatat"),
        sentence("Dihitung sebagai anggota, tetapi tidak ikut angka yang menanyakan umur."),
        sentence("Isi tanggal lahir dari akta atau kartu keluarga."), {"members": frozenset({"born_on"})},
    ),
})  # fmt: skip


@cache
def figures_of(kind: str) -> tuple[str, ...]:
    """The figures that rest on a column through which such a row would reach them."""
    touches = DOUBTS[kind].touches
    return tuple(
        code for code, asked in _asked().items() if any(asked.get(name, set()) & touches[name] for name in touches)
    )


@cache
def _asked() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Figure to table to the columns that it is made of; numbers of law change no column, so any day will do."""
    found = catalogue()
    codes = [code for one in found.indicators.values() for code, own in parts(one).items() if own.table]
    return {
        code: {
            name: frozenset(table.complete)
            for name, table in pruned(found, compiled([code], date.max), date.max).items()
        }
        for code in codes
    }

"""An indicator as Satu Data Indonesia describes one (Perpres 39/2019; metadata of indicators, Peraturan BPS 5/2020)."""

from typing import Any

from balai.indicators.rules.declared import Indicator

READING = {
    "up": "Makin tinggi makin baik.",
    "down": "Makin rendah makin baik.",
    "context": "Tidak dinilai baik atau buruk.",
}


def metadata(one: Indicator, waits: str) -> dict[str, Any]:
    return {
        "kode": one.code, "nama": one.name_id, "nama_en": one.name_en, "program": one.programme,
        "definisi": one.means_id, "definisi_en": one.means_en, "interpretasi": READING[one.direction],
        "rumus": f"{one.counted_id} / {one.of_id}" if one.of_id else one.counted_id, "pembilang": one.counted_id,
        "penyebut": one.of_id or None, "satuan": one.unit, "komposit": bool(one.formula), "tingkat": one.levels,
        "bagian": sorted(one.parts), "definisi_lain": list(one.beside), "sumber": one.source, "dasar": one.basis,
        "catatan": one.note_id or None, "versi": one.version, "berlaku_sejak": one.since.isoformat(),
        "tabel": one.table or None, "menunggu": waits or None,
        "ambang": [
            {"sejak": band.since.isoformat(), "paling_banyak": band.at_most, "paling_sedikit": band.at_least,
             "disebut": band.word_id, "sumber": band.source}
            for band in one.bands
        ],
    }  # fmt: skip

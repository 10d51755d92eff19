"""What the book says of an indicator, in the fields of Satu Data Indonesia (Perpres 39/2019; BPS 5/2020): the one
record that page, file and command give."""

from typing import Any

from balai.base.words import sentence
from balai.indicators.rules.declared import Indicator
from balai.indicators.rules.measures import parts, waits_for
from balai.indicators.rules.reading import Catalogue

FORMULA_KEYS = ("table", "among", "counted", "against", "value", "over", "how", "formula")
UNITS = {
    "percent": sentence("persen"),
    "per_100": sentence("per 100"),
    "per_1000": sentence("per 1.000"),
    "per_village_month": sentence("per desa dan bulan"),
    "count": sentence("jumlah"),
    "mean": sentence("rata-rata"),
    "median": sentence("median"),
    "index": sentence("indeks"),
    "years": sentence("tahun"),
    "class": sentence("kelas"),
}
DIRECTIONS = {
    "up": sentence("makin tinggi makin baik"),
    "down": sentence("makin rendah makin baik"),
    "context": sentence("tidak dinilai baik atau buruk"),
}
SIZES = {"percent": "proporsi", "per_100": "rasio", "per_1000": "rasio", "count": "jumlah"}


def entry(catalogue: Catalogue, one: Indicator) -> dict[str, Any]:
    """One indicator as a record: metadata first (konsep, definisi, klasifikasi, ukuran, satuan), then how it is worked
    out, part by part."""
    figures = parts(one)
    return {
        "code": one.code,
        "programme": one.programme,
        "konsep": one.name_id,
        "definisi": one.means_id,
        "klasifikasi": [part.name_id for code, part in figures.items() if code != one.code],
        "ukuran": SIZES.get(one.unit, UNITS[one.unit]),
        "satuan": UNITS[one.unit],
        "name_en": one.name_en,
        "means_en": one.means_en,
        "numerator": {"id": one.counted_id, "en": one.counted_en},
        "denominator": {"id": one.of_id, "en": one.of_en},
        "unit": one.unit,
        "direction": one.direction,
        "interpretasi": DIRECTIONS[one.direction],
        "komposit": bool(one.formula),
        "levels": one.levels,
        "source": one.source,
        "basis": one.basis,
        "note": {"id": one.note_id, "en": one.note_en},
        "version": one.version,
        "since": one.since.isoformat(),
        "waits": waits_for(catalogue, one),
        "beside": list(one.beside),
        "bands": [
            {"from": band.since.isoformat(), "at_least": band.at_least, "at_most": band.at_most,
             "word": {"id": band.word_id, "en": band.word_en}, "source": band.source}
            for band in one.bands
        ],
        "figures": {code: _said(part) for code, part in figures.items()},
    }  # fmt: skip


def _said(part: Indicator) -> dict[str, Any]:
    return {key: value for key in FORMULA_KEYS if (value := getattr(part, key))}


def book(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "definitions": catalogue.digest,
        "parameters": {
            name: [{"from": value.since.isoformat(), "is": _plain(value.value)} for value in one.values]
            for name, one in catalogue.parameters.items()
        },
        "indicators": [entry(catalogue, one) for one in catalogue.indicators.values()],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value

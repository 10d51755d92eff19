"""The sheets of the profile workbook: one declaration for the blank form and for reading it back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from balai.base import months
from balai.base.words import sentence
from balai.intake.rules.numbers import count
from balai.villages.rules import (
    DocumentKind,
    IssuerLevel,
    ItemKind,
    PokjaTemplate,
    agencies,
    items,
)
from balai.villages.rules.pokja import POSITIONS, SECTIONS

YES, NO, CLEAR = "ya", "tidak", "hapus"
YES_WORDS, NO_WORDS = frozenset({"ya", "y", "1"}), frozenset({"tidak", "tdk", "t", "0"})
CLEAR_WORDS = frozenset({"-", CLEAR})
TEXT_OF = ".text"  # the key of the column that takes an item's choice: "companion.text"
LONGEST_TEXT = 5_000
EARLIEST = date(1970, 6, 29)  # before the first family-planning programme nothing here began

_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[A-Za-z]+)[-/. ]+((?:19|20)\d{2})")
_MONTH = re.compile(r"([A-Za-z]+) +((?:19|20)\d{2})")
_ISO_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])(?:-\d{2})?")


@dataclass(frozen=True)
class SheetColumn:
    """kind: code, name, text, choice, yes_no, count, date, month or agency."""

    key: str
    label: str
    kind: str
    choices: tuple[str, ...] = ()
    required: bool = False
    group: str = ""


@dataclass(frozen=True)
class Sheet:
    key: str
    name: str
    columns: tuple[SheetColumn, ...]

    @property
    def by_key(self) -> dict[str, SheetColumn]:
        return {column.key: column for column in self.columns}


PLACE = (
    SheetColumn("code", sentence("Kode desa"), "code", required=True),
    SheetColumn("name", sentence("Desa"), "name"),
)


def _item_columns() -> list[SheetColumn]:
    columns = []
    for item in items().values():
        kind = {ItemKind.YES_NO: "yes_no", ItemKind.COUNT: "count", ItemKind.CHOICE: "choice"}.get(item.kind, "text")
        choices = item.choices if kind == "choice" else ()
        columns.append(SheetColumn(item.key, item.name_id, kind, choices, group=item.group))
        if kind == "yes_no" and item.choices:
            label = f"{item.name_id}: {', '.join(item.choices)}"
            columns.append(SheetColumn(item.key + TEXT_OF, label, "choice", item.choices, group=item.group))
    return columns


# Fields of VillageMonth and what else a register's return holds, by register.
MONTHLY: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "uppka_pikr": {
            "uppka_members": sentence("UPPKA: anggota"),
            "uppka_target": sentence("UPPKA: sasaran"),
            "pikr_members": sentence("PIK-R: anggota"),
            "pikr_target": sentence("PIK-R: sasaran"),
        },
        "poktan": {
            f"{kind}_{what}": f"{kind.upper()}: {name}"
            for kind in ("bkb", "bkr", "bkl")
            for what, name in (("members", "anggota"), ("target", "sasaran"))
        },
        "pus": {
            "couples": sentence("Pasangan usia subur (PUS)"),
            "unmet": sentence("Unmet need (IAT + TIAL)"),
            "pregnant": sentence("Bukan peserta: hamil"),
            "want_soon": sentence("Bukan peserta: ingin anak segera (IAS)"),
            "want_later": sentence("Bukan peserta: ingin anak ditunda (IAT)"),
            "want_no_more": sentence("Bukan peserta: tidak ingin anak lagi (TIAL)"),
        },
        "mix": {
            "users": sentence("Peserta KB aktif (PA)"),
            "injectable": sentence("Suntik"),
            "pill": sentence("Pil"),
            "condom": sentence("Kondom"),
            "implant": sentence("Implan"),
            "iud": sentence("IUD"),
            "vasectomy": sentence("Vasektomi (MOP)"),
            "tubectomy": sentence("Tubektomi (MOW)"),
            "lam": sentence("MAL"),
            "modern": sentence("KB modern"),
            "traditional": sentence("KB tradisional"),
        },
    }
)


def agency_choice(number: int) -> str:
    return f"{number} - {agencies()[number].name_id}"


def _of_templates(named: Mapping[PokjaTemplate, Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for names in named.values() for key in names))


@cache
def sheets() -> Mapping[str, Sheet]:
    """The sheets that take answers, by key, in the order of the workbook."""
    monthly = [SheetColumn(key, label, "count") for fields in MONTHLY.values() for key, label in fields.items()]
    found = (
        Sheet("profile", "Profil", (
            *PLACE,
            SheetColumn("from_on", sentence("Berlaku sejak"), "date", required=True),
            SheetColumn("founded_on", sentence("Tanggal Kampung KB dibentuk"), "date"),
            *_item_columns(),
        )),
        Sheet("pokja", "Pokja", (
            *PLACE,
            SheetColumn("template", sentence("Susunan Pokja"), "choice", tuple(PokjaTemplate), required=True),
            SheetColumn("from_on", sentence("Pokja berlaku sejak"), "date", required=True),
            SheetColumn("member", sentence("Nama anggota"), "text", required=True),
            SheetColumn("position", sentence("Jabatan"), "choice", _of_templates(POSITIONS), required=True),
            SheetColumn("section", sentence("Seksi"), "choice", _of_templates(SECTIONS)),
            SheetColumn("trained_on", sentence("Dilatih pada"), "date"),
        )),
        Sheet("documents", "Dokumen", (
            *PLACE,
            SheetColumn("kind", sentence("Jenis dokumen"), "choice", tuple(DocumentKind), required=True),
            SheetColumn("level", sentence("Tingkat penerbit"), "choice", tuple(IssuerLevel), required=True),
            SheetColumn("issuer", sentence("Penerbit"), "text"),
            SheetColumn("number", sentence("Nomor"), "text"),
            SheetColumn("dated_on", sentence("Tanggal dokumen"), "date"),
            SheetColumn("from_on", sentence("Berlaku sejak"), "date"),
            SheetColumn("to_on", sentence("Berlaku sampai"), "date"),
            SheetColumn("title", sentence("Judul"), "text"),
        )),
        Sheet("activities", "Kegiatan", (
            *PLACE,
            SheetColumn("agency", sentence("Instansi"), "agency", required=True),
            SheetColumn("on", sentence("Tanggal kegiatan"), "date", required=True),
            SheetColumn("title", sentence("Kegiatan"), "text"),
        )),
        Sheet("months", "Bulanan", (
            *PLACE,
            SheetColumn("period", sentence("Bulan"), "month", required=True),
            SheetColumn("reported_on", sentence("Tanggal laporan (kosong: hari terakhir bulan itu)"), "date"),
            *monthly,
        )),
    )  # fmt: skip
    return MappingProxyType({sheet.key: sheet for sheet in found})


Cell = str | int | date | None


def cell(column: SheetColumn, text: str) -> Cell:
    """What the cell says; ValueError when it says nothing of that kind. `text` is stripped and not empty."""
    return _READERS[column.kind](column, text)


def day(text: str) -> date:
    """2025-12-05, 5/12/2025, 5 Desember 2025; ValueError for anything else."""
    found = _DAY.fullmatch(text)
    if not found:
        read = date.fromisoformat(text[:10] if text[10:] in {"", " 00:00:00"} else text)
    else:
        number = int(found[2]) if found[2].isdigit() else months.number_of(found[2])
        read = date(int(found[3]), number or 0, int(found[1]))
    if read < EARLIEST:
        raise ValueError(text)
    return read


def month(text: str) -> str:
    """2025-11, November 2025, or any day of that month; ValueError for anything else."""
    if found := _ISO_MONTH.fullmatch(text):
        return f"{found[1]}-{found[2]}"
    found = _MONTH.fullmatch(text)
    number = months.number_of(found[1]) if found else None
    if found is None or number is None:
        raise ValueError(text)
    return f"{found[2]}-{number:02d}"


def _text(column: SheetColumn, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(text[:80])
    return text


def _chosen(column: SheetColumn, text: str) -> str:
    chosen = text.lower()
    if chosen not in column.choices:
        raise ValueError(text)
    return chosen


def _yes_no(column: SheetColumn, text: str) -> int:
    word = text.lower()
    if word not in YES_WORDS | NO_WORDS:
        raise ValueError(text)
    return int(word in YES_WORDS)


def _count(column: SheetColumn, text: str) -> int | None:
    return count(text)


def _day(column: SheetColumn, text: str) -> date:
    return day(text)


def _month(column: SheetColumn, text: str) -> str:
    return month(text)


def _agency(column: SheetColumn, text: str) -> int:
    number = int(text.split("-", 1)[0])
    if number not in agencies():
        raise ValueError(text)
    return number


_READERS: Mapping[str, Callable[[SheetColumn, str], Cell]] = MappingProxyType(
    {
        "code": _text,
        "name": _text,
        "text": _text,
        "choice": _chosen,
        "yes_no": _yes_no,
        "count": _count,
        "date": _day,
        "month": _month,
        "agency": _agency,
    }
)

"""A list of cadres that an officer sends in: its columns, and what each row would do."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from balai.access.rules import ROLES
from balai.accounts.rules.naming import tidy_name, tidy_phone, tidy_username
from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.regions.rules import dotted

MOST_ROWS = 5000


class Column(StrEnum):
    NAME = "Nama"
    USERNAME = "Nama akun"
    PHONE = "Telepon"
    ROLE = "Peran"
    REGION = "Wilayah"
    FROM = "Mulai"
    TO = "Sampai"


REQUIRED = (Column.NAME, Column.ROLE, Column.REGION)
# Other headings that people write.
HEADINGS = {
    "nama lengkap": Column.NAME, "nama kader": Column.NAME, "username": Column.USERNAME, "no hp": Column.PHONE,
    "nomor hp": Column.PHONE, "hp": Column.PHONE, "nomor telepon": Column.PHONE, "jabatan": Column.ROLE,
    "kode wilayah": Column.REGION, "kode desa": Column.REGION, "mulai bertugas": Column.FROM,
    "sampai dengan": Column.TO, **{column.value.lower(): column for column in Column},
}  # fmt: skip
_ROLE_WORDS = {"kader": "cadre", "tpk": "companion", "tim pendamping keluarga": "companion", "pokja": "working_group"}
_DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TWICE = "twice"
    REFUSED = "refused"


NAMES = {
    Kind.NEW: sentence("Baru"),
    Kind.CHANGED: sentence("Berubah"),
    Kind.SAME: sentence("Tidak berubah"),
    Kind.TWICE: sentence("Ganda"),
    Kind.REFUSED: sentence("Ditolak"),
}


@dataclass(frozen=True)
class Cadre:
    """One row as it will be used. `line` is its number in the file."""

    line: int
    name: str
    username: str
    phone: str
    role: str
    region: str
    from_on: date | None
    to_on: date | None


@dataclass
class Result:
    """What became, or would become, of a row; for a refused one the column that has to be mended."""

    line: int
    kind: Kind
    name: str = ""
    username: str = ""
    region: str = ""
    reason: Said | None = None
    column: str = ""
    what: list[Said] = field(default_factory=list)
    account: UUID | None = None
    days: tuple[date, date | None] | None = None  # from when until when a new person's grant runs


class _Mistake(Exception):
    def __init__(self, column: Column, reason: Said) -> None:
        super().__init__(column, reason)
        self.column, self.reason = column, reason


def headings(cells: list[Any]) -> dict[Column, int]:
    """Where each column stands; NotValid when a required one is missing."""
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        words = re.sub(r"[\s_.*:]+", " ", str(cell)).strip().lower()
        if words in HEADINGS:
            found.setdefault(HEADINGS[words], place)
    missing = [column.value for column in REQUIRED if column not in found]
    if missing:
        raise NotValid(
            "Kolom %(columns)s tidak ada di baris judul. Pakai templat, dan jangan ubah judul kolomnya.",
            columns=", ".join(missing),
        )
    return found


def cadre_of(line: int, cells: list[Any], places: dict[Column, int]) -> Cadre | Result:
    """The row as it will be used, or a refusal that names the cell."""
    raw = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
    try:
        return Cadre(
            line, _checked(Column.NAME, tidy_name, raw), _username(raw), _phone(raw), _role(raw), _region(raw),
            _day(Column.FROM, raw), _day(Column.TO, raw),
        )  # fmt: skip
    except _Mistake as mistake:
        name = text_of(raw.get(Column.NAME, ""))[:60]
        return Result(line, Kind.REFUSED, name=name, reason=mistake.reason, column=mistake.column.value)


def text_of(cell: Any) -> str:
    """A cell as text; a whole number without its '.0'."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _checked(column: Column, check: Any, raw: dict[Column, Any], text: str | None = None) -> str:
    try:
        return str(check(text_of(raw.get(column, "")) if text is None else text))
    except NotValid as problem:
        raise _Mistake(column, Said(problem.message, problem.params)) from problem


def _username(raw: dict[Column, Any]) -> str:
    return _checked(Column.USERNAME, tidy_username, raw) if text_of(raw.get(Column.USERNAME, "")) else ""


def _phone(raw: dict[Column, Any]) -> str:
    """A number cell has lost the zero at its beginning."""
    cell = raw.get(Column.PHONE, "")
    text = text_of(cell)
    if text.startswith("8") and 9 <= len(text) <= 12:
        text = "0" + text
    return _checked(Column.PHONE, tidy_phone, raw, text)


def _role(raw: dict[Column, Any]) -> str:
    words = " ".join(text_of(raw.get(Column.ROLE, "")).lower().split())
    titles = {role.title.lower(): name for name, role in ROLES.items()}
    found = titles.get(words) or _ROLE_WORDS.get(words)
    if found is None:
        reason = Said(sentence("“%(text)s” bukan peran. Tulis misalnya Kader atau TPK."), {"text": words[:40]})
        raise _Mistake(Column.ROLE, reason)
    return found


def _region(raw: dict[Column, Any]) -> str:
    text = text_of(raw.get(Column.REGION, "")).partition(" ")[0]
    if isinstance(raw.get(Column.REGION), float) and "." in text:
        reason = sentence("Kode wilayah ini tersimpan sebagai angka. Ubah kolomnya menjadi Teks, lalu tulis lagi.")
        raise _Mistake(Column.REGION, Said(reason))
    if not text:
        raise _Mistake(Column.REGION, Said(sentence("Tulis kode wilayahnya.")))
    return dotted(text) or text[:24]


def _day(column: Column, raw: dict[Column, Any]) -> date | None:
    cell = raw.get(column, "")
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found:
        first, month, last = (int(part) for part in found.groups())
        year, day = (first, last) if first > 31 else (last, first)
        try:
            return date(year, month, day)
        except ValueError:
            pass
    reason = sentence("“%(text)s” bukan tanggal. Tulis misalnya 17-05-2026.")
    raise _Mistake(column, Said(reason, {"text": text[:40]}))

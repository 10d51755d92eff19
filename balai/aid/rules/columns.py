"""Which column of somebody's table holds what: guessed from its heading, or named by the person who sends it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from balai.base.words import Said, sentence

_OTHER = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")
_BETWEEN = re.compile(r"[\s.\u00a0\u2009\u202f']+")
UNKNOWN = "9" * 16  # what national forms write where there is no NIK
HEADING_WITHIN = 15  # rows in which the heading is looked for
END = "###"  # OpenSID: what follows are notes


class Part(StrEnum):
    NIK = "nik"
    CARD = "card"
    NAME = "name"
    BORN = "born_on"
    DECILE = "decile"
    RANK = "rank"
    MARK = "mark"
    VILLAGE = "village"
    PROGRAMME = "programme"
    FROM = "from_on"
    UNTIL = "until_on"
    AMOUNT = "amount"
    GOODS = "goods"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Part.NIK: sentence("NIK"),
    Part.CARD: sentence("Nomor KK"),
    Part.NAME: sentence("Nama"),
    Part.BORN: sentence("Tanggal lahir"),
    Part.DECILE: sentence("Desil"),
    Part.RANK: sentence("Peringkat"),
    Part.MARK: sentence("Keterangan"),
    Part.VILLAGE: sentence("Kode desa"),
    Part.PROGRAMME: sentence("Bantuan"),
    Part.FROM: sentence("Mulai"),
    Part.UNTIL: sentence("Sampai"),
    Part.AMOUNT: sentence("Nilai"),
    Part.GOODS: sentence("Barang"),
}
_WORDS = {
    Part.NIK: "nik nonik nomornik nikkrt nikkepalakeluarga nikanggota nikpenerima noktp nomorktp nikpeserta",
    Part.CARD: "kk nokk nomorkk nokartukeluarga nomorkartukeluarga idkk nokartukk",
    Part.NAME: "nama namalengkap namakrt namakepalakeluarga namaanggota namapenerima namapeserta namapengurus",
    Part.BORN: "tanggallahir tgllahir tglahir lahir",
    Part.DECILE: "desil desilkesejahteraan desilnasional desilp3ke desildtsen",
    Part.RANK: "peringkat rank ranking peringkatkesejahteraan",
    Part.MARK: "status keterangan statuspadan padan statusdtks kepesertaan statuskepesertaan hasilpadan",
    Part.VILLAGE: "kodedesa kodewilayah kodedesakelurahan kodekemendagri kddesa",
    Part.PROGRAMME: "program bantuan namaprogram namabantuan jenisbantuan",
    Part.FROM: "mulai sejak tanggalmulai periodeawal tanggalterima tanggal tglterima",
    Part.UNTIL: "sampai tanggalakhir periodeakhir hingga",
    Part.AMOUNT: "nilai jumlah nominal rupiah besarbantuan jumlahuang",
    Part.GOODS: "barang wujud bentukbantuan wujudbantuan",
}
_KNOWN = {word: part for part, words in _WORDS.items() for word in words.split()}
KEYS = (Part.NIK, Part.CARD, Part.NAME)


@dataclass(frozen=True)
class Line:
    """A row of the table as it will be used; `faults` are (column, what is wrong) of what was left out of it."""

    line: int
    nik: str = ""
    card: str = ""
    name: str = ""
    born_on: date | None = None
    decile: int | None = None
    rank: int | None = None
    mark: str = ""
    village: str = ""
    programme: str = ""
    from_on: date | None = None
    until_on: date | None = None
    amount: int | None = None
    goods: str = ""
    faults: tuple[tuple[str, Said], ...] = ()

    @property
    def can_be_matched(self) -> bool:
        return bool(self.nik or self.card or (self.name and self.born_on))


def squeezed(text: object) -> str:
    return _OTHER.sub("", str(text or "").lower())


def guessed(cells: Sequence[Any], named: Mapping[Part, str]) -> dict[Part, int]:
    """Where each part stands in a row of headings. What the person named goes before what is guessed."""
    headings = [squeezed(cell) for cell in cells]
    found = {part: headings.index(squeezed(text)) for part, text in named.items() if squeezed(text) in headings}
    for place, heading in enumerate(headings):
        part = _KNOWN.get(heading)
        if part and part not in found and place not in found.values():
            found[part] = place
    return found


def is_heading(places: Mapping[Part, int]) -> bool:
    return any(part in places for part in KEYS) and len(places) > 1


def read(line: int, cells: Sequence[Any], places: Mapping[Part, int]) -> Line:
    """A fault in one cell costs that cell, not the row."""
    known: dict[str, Any] = {}
    faults = []
    for part, place in places.items():
        cell = cells[place] if place < len(cells) else None
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        try:
            known[part.value] = _READERS[part](cell)
        except _Wrong as wrong:
            faults.append((part.label, wrong.said))
    return Line(line, **known, faults=tuple(faults))


class _Wrong(Exception):
    def __init__(self, said: Said) -> None:
        super().__init__(said.message)
        self.said = said


def _number(cell: Any) -> str:
    if isinstance(cell, float):
        raise _Wrong(Said("Angka terakhir nomor ini hilang di lembar kerja. Simpan kolomnya sebagai teks."))
    text = _BETWEEN.sub("", str(cell))
    if text == UNKNOWN:
        return ""
    if not (len(text) == len(UNKNOWN) and text.isascii() and text.isdigit()):
        raise _Wrong(Said("Nomor bukan 16 angka. Salin sekali lagi dari kartunya."))
    return text


def _text(cell: Any) -> str:
    return " ".join(str(cell).split())[:120]


def _short(cell: Any) -> str:
    return _text(cell)[:60]


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(_text(cell))
    try:
        first, month, last = (int(part) for part in found.groups()) if found else (0, 0, 0)
        return date(first, month, last) if first > 31 else date(last, month, first)
    except ValueError:
        raise _Wrong(Said("Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-05-1984.")) from None


def _whole(cell: Any) -> int:
    text = re.sub(r"(?i)^(rp|desil)\.?\s*", "", _text(cell))
    text = re.sub(r"[.,]0+$", "", text) if isinstance(cell, float) else re.sub(r"\.(?=\d{3}(\D|$))", "", text)
    if not (text.isascii() and text.isdigit()):
        raise _Wrong(Said("Isian ini bukan angka."))
    return int(text)


def _decile(cell: Any) -> int:
    number = _whole(cell)
    if not 1 <= number <= 10:
        raise _Wrong(Said("Desil ialah angka 1 sampai 10."))
    return number


def _village(cell: Any) -> str:
    return _text(cell)[:24]


_READERS = {
    Part.NIK: _number, Part.CARD: _number, Part.NAME: _text, Part.BORN: _day, Part.DECILE: _decile, Part.RANK: _whole,
    Part.MARK: _short, Part.VILLAGE: _village, Part.PROGRAMME: _text, Part.FROM: _day, Part.UNTIL: _day,
    Part.AMOUNT: _whole, Part.GOODS: _text,
}  # fmt: skip

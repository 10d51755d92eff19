"""What stands in a cell, however it was typed. Each function gives a value, or a `Mistake` that says how to mend it.

Empty, “-” and “0” are nothing. Nothing is guessed: a day that could be two days, or a number with fifteen digits, is
asked for again.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.families.rules import UNKNOWN_NIK, one_line
from balai.sheets.rules.items import CODED, NUMBERS, WORDS, Item, squeezed
from balai.vault.rules import canonical

NOTHING = frozenset({"", "-", "--", "0", "NULL", "null", "0000-00-00", "00-00-0000", "?"})
SERIAL_BEGINS = date(1899, 12, 30)  # day 0 of a spreadsheet that believes in 29 February 1900
SERIALS = (2, 73_050)  # 1 January 1900 to 31 December 2099
YEARS = (1850, 2100)
DIGITS = 16
SHOWN = 30  # letters of a cell that a sentence repeats
_DAY = re.compile(r"(\d{1,4})\s?[-/. ]\s?(\d{1,2}|[a-zA-Z]{3,9})\s?[-/. ]\s?(\d{1,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES")
_ENGLISH = {"MAY": 5, "AUG": 8, "OCT": 10, "DEC": 12, "AGT": 8, "NOP": 11, "PEB": 2}
_ROUNDED = re.compile(r"[\d.,]+E\+?\d+", re.IGNORECASE)

ROUNDED = Said(
    sentence(
        "Excel telah membulatkan nomor ini, angka terakhirnya hilang. Ubah kolomnya menjadi Teks, lalu tulis lagi "
        "16 angka dari kartunya."
    )
)


class Mistake(Exception):
    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.said = Said(message, params)


def text_of(cell: Any) -> str:
    """A cell as one line of text; a whole number without its “.0”."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = one_line(str(cell)).strip("'\u2019 ")
    return "" if text in NOTHING else text


def day_of(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    if text.isdigit() and text.isascii():
        return _from_serial(text)
    found = _DAY.fullmatch(text)
    if not found:
        raise Mistake(
            sentence("“%(text)s” bukan tanggal. Tulis hari-bulan-tahun, misalnya 17-05-1984."), text=text[:SHOWN]
        )
    return _calendar_day(text, *found.groups())


def _from_serial(text: str) -> date:
    number = int(text[:9])
    if YEARS[0] <= number < YEARS[1]:
        raise Mistake(sentence("“%(text)s” hanya tahun. Tulis hari-bulan-tahun, misalnya 17-05-1984."), text=text)
    if not SERIALS[0] <= number <= SERIALS[1] or len(text) > 5:
        raise Mistake(
            sentence("“%(text)s” bukan tanggal. Tulis hari-bulan-tahun, misalnya 17-05-1984."), text=text[:SHOWN]
        )
    return SERIAL_BEGINS + timedelta(days=number)


def _calendar_day(text: str, first: str, middle: str, last: str) -> date:
    year, day = (first, last) if len(first) == 4 else (last, first)
    if len(year) != 4 or len(day) > 2:
        raise Mistake(
            sentence("Tahun pada “%(text)s” harus empat angka. Tulis misalnya 17-05-1984."), text=text[:SHOWN]
        )
    month = int(middle) if middle.isdigit() else _month(middle, text)
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise Mistake(
            sentence("Tanggal “%(text)s” tidak ada di kalender. Tulis hari-bulan-tahun, misalnya 17-05-1984."),
            text=text[:SHOWN],
        ) from None


def _month(word: str, text: str) -> int:
    short = word[:3].upper()
    if short in _ENGLISH:
        return _ENGLISH[short]
    if short not in _MONTHS:
        raise Mistake(
            sentence("“%(text)s” bukan tanggal. Tulis hari-bulan-tahun, misalnya 17-05-1984."), text=text[:SHOWN]
        )
    return _MONTHS.index(short) + 1


def number_of(cell: Any) -> str:
    """A NIK or KK number: 16 digits, or nothing where there is none."""
    if isinstance(cell, float) and abs(cell) >= 1e15:
        raise Mistake(ROUNDED.message)
    text = text_of(cell).replace(" ", "").replace(".", "") if not isinstance(cell, str) else _plain(cell)
    if not text or set(text) == {"0"} or text == UNKNOWN_NIK:
        return ""
    if _ROUNDED.fullmatch(text) or (len(text) == DIGITS and text.endswith("0000")):
        raise Mistake(ROUNDED.message)
    try:
        return canonical(text)
    except NotValid as problem:
        raise Mistake(problem.message, **problem.params) from problem


def _plain(text: str) -> str:
    known = text_of(text)
    return known if _ROUNDED.fullmatch(known) else re.sub(r"[\s.'`\u00a0]", "", known)


def code_of(item: Item, cell: Any, scheme: str) -> int | str | None:
    """What a code or a word means; None for nothing, and for words that say nothing here."""
    text = text_of(cell)
    word = squeezed(text)
    if not word:
        return None
    found = NUMBERS[item].get(scheme, {}).get(int(word[:9])) if word.isdigit() else WORDS[item].get(word)
    if found is None:
        raise Mistake(
            sentence("“%(text)s” tidak dikenal di kolom ini. Tulis salah satu pilihan di templat."), text=text[:SHOWN]
        )
    return found or None


def value_of(item: Item, cell: Any, scheme: str) -> Any:
    """The cell as its item takes it."""
    if item is Item.BORN_ON:
        return day_of(cell)
    if item in (Item.CARD, Item.NIK, Item.MOTHER_NIK, Item.FATHER_NIK):
        return number_of(cell)
    if item in CODED:
        return code_of(item, cell, scheme)
    return text_of(cell)

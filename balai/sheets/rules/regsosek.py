"""What Regsosek 2022 K asks of a family as a whole, on sheets of their own: the house and the programmes it received.
The rows of a family are found by its card."""

import calendar
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

from balai.base.words import sentence
from balai.sheets.rules.cells import text_of
from balai.sheets.rules.facts import Reason
from balai.sheets.rules.items import squeezed

KEY = "regsosek"  # of the layout
CARD = "NOKARTUKELUARGA"
YES, NO = "1", "2"
AREA = (1, 5_000)  # square metres that the survey takes
EARLIEST = 2015

UNKNOWN_CODE = sentence("Pertanyaan %(code)s: jawaban “%(text)s” tidak dikenal, jadi tidak dibaca.")
NO_POWER = sentence("Pertanyaan 307: daya listriknya kosong, jadi penerangan tidak dibaca.")
NO_TANK = sentence("Pertanyaan 310: tempat buang tinja kosong, jadi jamban tidak dibaca.")
NO_MONTH = sentence(
    "Pertanyaan %(code)s: bulan dan tahun terakhir diterima tidak terbaca, jadi bantuannya tidak dicatat."
)

_DATA = tomllib.loads(files("balai.sheets.rules").joinpath("regsosek.toml").read_text(encoding="utf-8"))
_NEEDS = (frozenset(_DATA["housing"]["needs"]), frozenset(_DATA["programmes"]["needs"]))
_CODES: Mapping[str, tuple[str, Mapping[str, int]]] = {
    question: (known["item"], known["codes"]) for question, known in _DATA["answers"].items()
}
AID: Mapping[str, str] = _DATA["aid"]
WITHOUT: Mapping[str, str] = _DATA["without"]
HOUSE = (*(item for item, _codes in _CODES.values()), "floor_area", "light", "latrine")


def recognised(cells: Sequence[Any]) -> dict[str, int]:
    """Where each question stands, of a row of headings of such a sheet; nothing of any other row."""
    words = [squeezed(text_of(cell)) for cell in cells]
    if not any(needs.issubset(words) for needs in _NEEDS):
        return {}
    found: dict[str, int] = {}
    for place, word in enumerate(words):
        if word:
            found.setdefault(word, place)
    return found


def answers(places: Mapping[str, int], rows: Iterable[tuple[int, list[Any]]]) -> dict[str, dict[str, Any]]:
    """Card to question to cell, of the rows below the headings."""
    found: dict[str, dict[str, Any]] = {}
    for _line, cells in rows:
        told = {word: cells[place] for word, place in places.items() if place < len(cells) and text_of(cells[place])}
        card = text_of(told.pop(CARD, None))
        if card and told:
            found.setdefault(card, {}).update(told)
    return found


def read(told: Mapping[str, Any], on: date) -> tuple[dict[str, int], dict[str, str], list[Reason]]:
    """(item -> answer, programme -> last day of the month in which it came last, what could not be read)."""
    cells = {question: text_of(cell).lstrip("0") for question, cell in told.items()}
    house, reasons = _coded(cells)
    _area(cells.get("302", ""), house, reasons)
    _light(cells, house, reasons)
    _latrine(cells, house, reasons)
    aid: dict[str, str] = {}
    for question, programme in AID.items():
        _programme(question, programme, cells, on, aid, reasons)
    return house, aid, reasons


def _unknown(question: str, text: str) -> Reason:
    return Reason(UNKNOWN_CODE, {"code": question.lower(), "text": text[:20]}, mild=True)


def _coded(cells: Mapping[str, str]) -> tuple[dict[str, int], list[Reason]]:
    house, reasons = {}, []
    for question, (item, codes) in _CODES.items():
        text = cells.get(question, "")
        if text in codes:
            house[item] = codes[text]
        elif text:
            reasons.append(_unknown(question, text))
    return house, reasons


def _area(text: str, house: dict[str, int], reasons: list[Reason]) -> None:
    try:
        metres = round(float(text.replace(",", "."))) if text else None
    except (ValueError, OverflowError):
        metres = 0
    if metres is not None and AREA[0] <= metres <= AREA[1]:
        house["floor_area"] = metres
    elif metres is not None:
        reasons.append(_unknown("302", text))


def _light(cells: Mapping[str, str], house: dict[str, int], reasons: list[Reason]) -> None:
    """A meter of the grid by what it lets through: up to 900 watts, or more."""
    source = cells.get("307A", "")
    powers = [cells.get(question, "") for question in ("307B1", "307B2", "307B3")]
    known = [int(power) for power in powers if power in ("1", "2", "3", "4", "5")]
    others = {"2": 4, "3": 3, "4": 5}
    if source in others:
        house["light"] = others[source]
    elif source == "1" and known:
        house["light"] = 1 if max(known) <= 2 and len(known) == 1 else 2
    elif source:
        reasons.append(Reason(NO_POWER, mild=True) if source == "1" else _unknown("307A", source))


def _latrine(cells: Mapping[str, str], house: dict[str, int], reasons: list[Reason]) -> None:
    """Its own with a tank, its own without, a shared one, or none that is used."""
    place, end = cells.get("309A", ""), cells.get("310", "")
    others = {"2": 3, "3": 3, "4": 3, "5": 4, "6": 4}
    if place in others:
        house["latrine"] = others[place]
    elif place == "1" and end:
        house["latrine"] = 1 if end in ("1", "2") else 2
    elif place:
        reasons.append(Reason(NO_TANK, mild=True) if place == "1" else _unknown("309A", place))


def _programme(
    question: str, programme: str, cells: Mapping[str, str], on: date, aid: dict[str, str], reasons: list[Reason]
) -> None:
    text = cells.get(question, "")
    if text not in ("", YES, NO):
        reasons.append(_unknown(question, text))
    if text != YES:
        return
    last = _last_day(cells.get(question + "BULAN", ""), cells.get(question + "TAHUN", ""), on)
    if last:
        aid[programme] = last.isoformat()
    else:
        reasons.append(Reason(NO_MONTH, {"code": question.lower()}, mild=True))


def _last_day(month: str, year: str, on: date) -> date | None:
    """Of a month that has begun."""
    if not (month.isdecimal() and year.isdecimal() and 1 <= int(month) <= 12 and EARLIEST <= int(year) <= on.year):
        return None
    first = date(int(year), int(month), 1)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if first <= on else None


def without(questions: Iterable[str]) -> list[str]:
    """Of the questions that a list answers: those that nothing of the register answers to, by name."""
    found = dict.fromkeys(WITHOUT.get(one) or WITHOUT.get(one[:3], "") for one in questions)
    return sorted(name for name in found if name)

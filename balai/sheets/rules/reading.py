"""A row of cells as facts, and everything that is wrong with its cells at once."""

from datetime import date
from typing import Any

from balai.base.words import sentence
from balai.families.rules import PersonFacts, of_person, one_line
from balai.sheets.rules import regsosek
from balai.sheets.rules.cells import Mistake, value_of
from balai.sheets.rules.facts import Facts, Reason
from balai.sheets.rules.items import ANSWERS, LABELS, NEEDED, Item, Kin
from balai.sheets.rules.layouts import Headed, Line

MISSING = sentence("%(item)s kosong. Isi, lalu impor lagi baris ini.")
DEAD = sentence("Menurut berkas orang ini sudah meninggal. Catat kematiannya di halaman keluarganya.")
AWAY = sentence(
    "Menurut berkas orang ini sudah pindah atau tidak ditemukan. Catat kepindahannya di halaman keluarganya."
)
ROUND_NIK = sentence("NIK ini berakhir 000. Periksa dengan kartunya: Excel mungkin telah membulatkannya.")
LONG = sentence("Isi sel ini terlalu panjang: paling banyak %(most)d huruf.")
LONGEST = {Item.NAME: 120, Item.ADDRESS: 200, Item.DUSUN: 60, Item.RT: 20, Item.RW: 20, Item.MOTHER: 120,
           Item.FATHER: 120}  # fmt: skip
_OF_PERSON = {"name": Item.NAME, "born_on": Item.BORN_ON}
_TEXT = (Item.NAME, Item.MOTHER, Item.FATHER, Item.ADDRESS, Item.DUSUN, Item.RW, Item.RT)
_SOFT = (Item.LIFE, Item.STUDYING, Item.MOTHER_NIK, Item.FATHER_NIK)  # what cannot be read there refuses nobody


def read(number: int, line: Line, headed: Headed, on: date) -> tuple[Facts, list[Reason]]:
    values, reasons = _values(line, headed)
    facts = Facts(number=number, line=line.line)
    for item in (*_TEXT, Item.CARD, Item.NIK, Item.MOTHER_NIK, Item.FATHER_NIK, Item.BORN_ON, Item.SEX):
        if values.get(item):
            setattr(facts, item.value, values[item])
    facts.kin = Kin(values[Item.KIN]) if values.get(Item.KIN) else None
    facts.life = values.get(Item.LIFE) or "here"
    facts.answers = {item.value: values[item] for item in ANSWERS if values.get(item)}
    _study(facts, values.get(Item.STUDYING))
    facts.address = facts.address or line.address
    facts.rt, facts.rw = facts.rt or line.rt, facts.rw or line.rw
    facts.house, facts.aid, unread = regsosek.read(line.beside, on) if line.beside else ({}, {}, [])
    return facts, [*reasons, *unread, *_missing(facts, reasons), *_impossible(facts, reasons, on)]


def _values(line: Line, headed: Headed) -> tuple[dict[Item, Any], list[Reason]]:
    values: dict[Item, Any] = {}
    reasons = []
    cells = {item: line.cells[place] if place < len(line.cells) else None for item, place in headed.places.items()}
    if line.card is not None:
        cells[Item.CARD] = line.card
    for item, cell in cells.items():
        if cell is None or item is Item.SERIAL:
            continue
        try:
            values[item] = value_of(item, cell, headed.layout.numbers)
        except Mistake as mistake:
            if item not in _SOFT:
                mild = item in ANSWERS
                reasons.append(Reason(mistake.said.message, dict(mistake.said.params), item.value, mild))
    return values, reasons


def _study(facts: Facts, studying: int | None) -> None:
    """Whoever still learns is where he learns; a child of whom only “not done” is told is not said to have left."""
    if studying:
        facts.answers["schooling"] = studying


def _missing(facts: Facts, reasons: list[Reason]) -> list[Reason]:
    told = {reason.item for reason in reasons}
    there = {Item.NAME: facts.name, Item.SEX: facts.sex, Item.KIN: facts.kin}
    return [
        Reason(MISSING, {"item": LABELS[item]}, item.value)
        for item in NEEDED
        if not there[item] and item.value not in told
    ]


def _impossible(facts: Facts, reasons: list[Reason], on: date) -> list[Reason]:
    found = []
    if facts.name and facts.sex:
        given = PersonFacts(facts.name, facts.sex, 4, facts.born_on)
        found = [
            Reason(said.message, dict(said.params), _OF_PERSON[field].value)
            for field, said in of_person(given, on)
            if field in _OF_PERSON
        ]
    for item, most in LONGEST.items():
        if len(getattr(facts, item.value)) > most:
            found.append(Reason(LONG, {"most": most}, item.value))
    if facts.life != "here":
        found.append(Reason(DEAD if facts.life == "dead" else AWAY, {}, Item.LIFE.value))
    if facts.nik.endswith("000"):
        found.append(Reason(ROUND_NIK, {}, Item.NIK.value, mild=True))
    return found


def corrected(cells: list[Any], place: int, text: str) -> list[Any]:
    """The cells with one of them typed anew."""
    longer = [*cells, *([None] * (place + 1 - len(cells)))]
    longer[place] = one_line(text) or None
    return longer


def plain(cell: Any) -> Any:
    """A cell as JSON keeps it, and as it can be read again."""
    return cell.isoformat() if isinstance(cell, date) else cell

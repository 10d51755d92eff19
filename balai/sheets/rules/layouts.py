"""Which list a sheet is, and its rows. A list that is not known is read by the columns that somebody chose."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from balai.sheets.rules.cells import text_of
from balai.sheets.rules.items import Item, squeezed

HEADED_WITHIN = 40  # rows at the top in which headings are looked for
END = "###"  # OpenSID's mark under the last row
CERTAIN = 88  # of 100: how alike a heading must be to what it is taken for
REASON_COLUMN = "Alasan Balai"
CARD_COLUMN, ADDRESS_COLUMN = "No. KK", "Alamat"
OTHER = "other"


@dataclass(frozen=True)
class Layout:
    """`columns`: heading as it is compared -> item."""

    key: str
    name_id: str
    name_en: str
    numbers: str
    needs: tuple[str, ...] = ()
    columns: Mapping[str, Item] = field(default_factory=dict)
    blocks: bool = False
    serial: bool = False

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id


@dataclass(frozen=True)
class Headed:
    """A sheet whose headings were found on `line`: where each item stands, and the headings as they were written."""

    layout: Layout
    line: int
    places: Mapping[Item, int]
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One person's row; card and address are those of the block it stands under. `beside`: what other sheets of the
    file say of the family, question to cell."""

    line: int
    cells: list[Any]
    card: Any = None
    address: str = ""
    rt: str = ""
    rw: str = ""
    fresh: bool = False  # a new family begins here
    beside: Mapping[str, Any] = field(default_factory=dict)


def _layout(key: str, known: dict[str, Any]) -> Layout:
    columns = {head: Item(item) for head, item in known.pop("columns").items() if item}
    return Layout(key=key, columns=columns, needs=tuple(known.pop("needs")), **known)


LAYOUTS: Mapping[str, Layout] = {
    key: _layout(key, known)
    for key, known in tomllib.loads(
        files("balai.sheets.rules").joinpath("layouts.toml").read_text(encoding="utf-8")
    ).items()
}
_CHOSEN = Layout(OTHER, "Lembar lain", "Other sheet", "words")
KINDS: Mapping[str, Layout] = {**LAYOUTS, OTHER: _CHOSEN}

# What people write over a column.
HEADINGS: Mapping[Item, str] = {
    Item.CARD: "NO KK|NOMOR KK|NOKK|NO KARTU KELUARGA|NOMOR KARTU KELUARGA|KK",
    Item.NIK: "NIK|NO KTP|NOMOR INDUK KEPENDUDUKAN|NO NIK",
    Item.NAME: "NAMA|NAMA LENGKAP|NAMA PENDUDUK|NAMA ANGGOTA KELUARGA|NAMA WARGA",
    Item.SEX: "JK|JENIS KELAMIN|SEX|L P|KELAMIN|GENDER",
    Item.BORN_ON: "TGL LHR|TANGGAL LAHIR|TGL LAHIR|TANGGALLAHIR|LAHIR TANGGAL|TGL BLN TH",
    Item.KIN: "HUB KEL|SHDK|HUBUNGAN KELUARGA|HUBUNGAN|STATUS HUBUNGAN DALAM KELUARGA|HUBUNGAN DALAM KELUARGA|KK LEVEL",
    Item.MARITAL: "STATUS|STATUS KAWIN|STATUS PERKAWINAN|STAT KWN|KAWIN",
    Item.RELIGION: "AGAMA|AGAMA KEPERCAYAAN",
    Item.SCHOOLING: "PENDIDIKAN|PENDIDIKAN TERAKHIR|PENDIDIKAN DALAM KK",
    Item.WORK: "PEKERJAAN|JENIS PEKERJAAN",
    Item.HEALTH_COVER: "JAMINAN KESEHATAN|ASURANSI|BPJS|ASURANSI KESEHATAN",
    Item.MOTHER: "NAMA IBU|IBU|NAMA IBU KANDUNG",
    Item.FATHER: "NAMA AYAH|AYAH|NAMA AYAH KANDUNG",
    Item.ADDRESS: "ALAMAT|ALAMAT RUMAH|ALAMAT TINGGAL",
    Item.DUSUN: "DUSUN|LINGKUNGAN|JORONG|BANJAR",
    Item.RW: "RW|NO RW",
    Item.RT: "RT|NO RT",
    Item.SERIAL: "NO|NOMOR|NO URUT",
}
_WORDS = {squeezed(word): item for item, words in HEADINGS.items() for word in words.split("|")}


def heads_of(cells: Sequence[Any]) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in cells)


def recognised(line: int, cells: Sequence[Any], below: Sequence[Any] = ()) -> Headed | None:
    """The list whose headings these are; some go over two rows, the second is `below`."""
    heads = heads_of(cells)
    words = [squeezed(head) for head in heads]
    there = set(words)
    if squeezed(REASON_COLUMN) in there:
        return _corrected(line, heads, words)
    for layout in LAYOUTS.values():
        if there.issuperset(layout.needs):
            second = _places([squeezed(head) for head in heads_of(below)], layout.columns)
            return Headed(layout, line, second | _places(words, layout.columns), heads)
    return None


def _places(words: Sequence[str], columns: Mapping[str, Item]) -> dict[Item, int]:
    """The first column of each item: some lists repeat their headings further right."""
    found: dict[Item, int] = {}
    for place, word in enumerate(words):
        if word in columns:
            found.setdefault(columns[word], place)
    return found


def _corrected(line: int, heads: tuple[str, ...], words: Sequence[str]) -> Headed:
    """Our own sheet of refused rows: the columns of the list it came from, with card and address beside them."""
    there = set(words)
    fitting = (one for one in LAYOUTS.values() if there.issuperset(set(one.needs) - {"TGLLHR"}))
    layout = next(fitting, None)
    columns = {**_WORDS, **(layout.columns if layout else {})}
    flat = Layout(OTHER, _CHOSEN.name_id, _CHOSEN.name_en, layout.numbers if layout else "words")
    return Headed(flat, line, _places(words, columns), heads)


def guessed(cells: Sequence[Any]) -> dict[Item, int]:
    """Which columns hold what, by the words over them; whoever sent the file looks over it."""
    found: dict[Item, int] = {}
    for place, head in enumerate(heads_of(cells)):
        word = squeezed(head)
        item = _WORDS.get(word)
        if item is None and len(word) > 2:
            near = process.extractOne(word, list(_WORDS), scorer=fuzz.ratio, score_cutoff=CERTAIN)
            item = _WORDS[near[0]] if near else None
        if item is not None:
            found.setdefault(item, place)
    return found


def chosen(line: int, cells: Sequence[Any], places: Mapping[Item, int]) -> Headed:
    return Headed(_CHOSEN, line, places, heads_of(cells))


def lines(headed: Headed, rows: Iterable[tuple[int, list[Any]]]) -> Iterator[Line]:
    """The people of a sheet, of which all rows are given: a card may stand above the headings."""
    if headed.layout.blocks:
        yield from _under_cards(headed, rows)
        return
    card: Any = None
    for number, cells in rows:
        if any(isinstance(cell, str) and cell.startswith(END) for cell in cells):
            return
        if number <= headed.line or not _is_person(headed, cells):
            continue
        fresh = headed.layout.serial and text_of(_cell(headed, cells, Item.SERIAL)) == "1"
        own = _cell(headed, cells, Item.CARD)
        card = own if own is not None or fresh or not headed.layout.serial else card
        yield Line(number, cells, card=card, fresh=fresh)


def _cell(headed: Headed, cells: Sequence[Any], item: Item) -> Any:
    place = headed.places.get(item)
    return cells[place] if place is not None and place < len(cells) else None


def _is_person(headed: Headed, cells: Sequence[Any]) -> bool:
    return any(text_of(_cell(headed, cells, item)) for item in (Item.NAME, Item.NIK))


_CARD = re.compile(r"NO(MOR)?KK")
_ADDRESS = re.compile(r"ALAMAT")
_RTRW = re.compile(r"NORTRW")
_RT_RW = re.compile(r"(\d+)\s*/\s*(\d+)")
_IN_TEXT = re.compile(r"\bRT\.?\s*(\d+)|\bRW\.?\s*(\d+)", re.IGNORECASE)


@dataclass
class _Card:
    """What stands above a block: where its labels are, and what they say."""

    place: int | None = None
    address_place: int | None = None
    card: Any = None
    address: str = ""
    rt: str = ""
    rw: str = ""
    fresh: bool = True


def _under_cards(headed: Headed, rows: Iterable[tuple[int, list[Any]]]) -> Iterator[Line]:
    above = _Card()
    for number, cells in rows:
        words = [squeezed(cell) if isinstance(cell, str) else "" for cell in cells]
        if set(headed.layout.needs) <= set(words):
            continue
        if any(_CARD.fullmatch(word) for word in words):
            above = _labelled(cells, words)
        elif _below_label(above, cells):
            above = _filled(above, cells)
        elif any(_ADDRESS.fullmatch(word) or _RTRW.fullmatch(word) for word in words):
            _beside(above, cells, words)
        elif _is_numbered(headed, cells):
            yield Line(number, cells, above.card, above.address, above.rt, above.rw, fresh=above.fresh)
            above.fresh = False


def _labelled(cells: Sequence[Any], words: Sequence[str]) -> _Card:
    """“NO. KK :” with the number to the right of it, or below it."""
    place = next(place for place, word in enumerate(words) if _CARD.fullmatch(word))
    address = next((place for place, word in enumerate(words) if _ADDRESS.fullmatch(word)), None)
    beside = next((cell for cell in cells[place + 1 :] if _is_long(cell)), None)
    if beside is not None:
        return _Card(card=beside)
    return _Card(place=place, address_place=address)


def _is_long(cell: Any) -> bool:
    """Like a number of sixteen digits, whole or spoilt."""
    return len(text_of(cell)) >= 10 and sum(sign.isdigit() for sign in text_of(cell)) >= 8


def _below_label(above: _Card, cells: Sequence[Any]) -> bool:
    """The row with the number, under its label or, further down the page, without one."""
    return above.place is not None and above.place < len(cells) and _is_long(cells[above.place])


def _filled(above: _Card, cells: Sequence[Any]) -> _Card:
    assert above.place is not None
    address = ""
    if above.address_place is not None and above.address_place < len(cells):
        address = text_of(cells[above.address_place])
    rt, rw = _from_text(address)
    return _Card(above.place, above.address_place, cells[above.place], address, rt, rw)


def _from_text(address: str) -> tuple[str, str]:
    found = list(_IN_TEXT.finditer(address))
    rt = next((part[1] for part in found if part[1]), "")
    return rt, next((part[2] for part in found if part[2]), "")


def _beside(above: _Card, cells: Sequence[Any], words: Sequence[str]) -> None:
    for place, word in enumerate(words):
        told = next((text_of(cell) for cell in cells[place + 1 :] if text_of(cell)), "")
        if _ADDRESS.fullmatch(word):
            above.address = told
            above.rt, above.rw = _from_text(told)
        elif _RTRW.fullmatch(word) and (found := _RT_RW.search(told)):
            above.rt, above.rw = found[1], found[2]


def _is_numbered(headed: Headed, cells: Sequence[Any]) -> bool:
    """A person's row begins with its number; what is printed below the table does not."""
    serial = text_of(_cell(headed, cells, Item.SERIAL))
    return serial.isdigit() and bool(text_of(_cell(headed, cells, Item.NAME)))

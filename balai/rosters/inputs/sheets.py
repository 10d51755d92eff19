"""Files that go out: the template to fill in, and what was refused, to be mended and sent in again."""

from io import BytesIO

import xlsxwriter

from balai.base import cells
from balai.sheets.rules.items import LABELS, Item
from balai.sheets.rules.layouts import ADDRESS_COLUMN, CARD_COLUMN, REASON_COLUMN
from balai.survey.rules import Block, items_of

TEMPLATE = (
    ("Nomor KK", Item.CARD), ("NIK", Item.NIK), ("Nama lengkap", Item.NAME), ("Jenis kelamin", Item.SEX),
    ("Tanggal lahir", Item.BORN_ON), ("Hubungan keluarga", Item.KIN), ("Status perkawinan", Item.MARITAL),
    ("Agama", Item.RELIGION), ("Pendidikan", Item.SCHOOLING), ("Pekerjaan", Item.WORK),
    ("Jaminan kesehatan", Item.HEALTH_COVER), ("Nama ibu", Item.MOTHER), ("Nama ayah", Item.FATHER),
    ("Alamat", Item.ADDRESS), ("Dusun", Item.DUSUN), ("RW", Item.RW), ("RT", Item.RT),
)  # fmt: skip
KINS = ("Kepala keluarga", "Suami", "Istri", "Anak", "Menantu", "Cucu", "Orang tua", "Mertua", "Famili lain", "Lainnya")
SEXES = ("Laki-laki", "Perempuan")
ROWS = 2000  # with a choice in their cells


def choices():
    """Item to the words that its cells take."""
    found = {Item.SEX: SEXES, Item.KIN: KINS}
    for item in items_of(Block.MEMBERS):
        if item.key in {one.value for one in Item}:
            found[Item(item.key)] = tuple(code.name_id for code in item.codes)
    return found


def template():
    """The list to be filled in, its columns as text, and a sheet of all words and codes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet, codes = book.add_worksheet("Penduduk"), book.add_worksheet("Kode")
    sheet.freeze_panes(1, 3)
    known = choices()
    for column, (head, item) in enumerate(TEMPLATE):
        sheet.set_column(column, column, 20, text)
        sheet.write_string(0, column, head, bold)
        if item in known:
            words = known[item]
            place = list(known).index(item)
            codes.write_string(0, place, head, bold)
            codes.set_column(place, place, 30)
            codes.write_column(1, place, words)
            letter = chr(ord("A") + place)
            listed = {"validate": "list", "source": f"=Kode!${letter}$2:${letter}${len(words) + 1}"}
            sheet.data_validation(1, column, ROWS, column, listed)
    book.close()
    return out.getvalue()


def refused(headings, rows, kind, spoken):
    """`rows`: (row, kept) of what was refused, in the columns in which it came, with the reasons beside. Every list of
    the file has its own columns; they are told apart by the sheet that most rows are from."""
    shown = max({row.sheet for row, _kept in rows}, key=[row.sheet for row, _kept in rows].count) if rows else 0
    heading = headings[shown]
    named = {place: LABELS[Item(item)] for item, place in heading["places"].items()}
    heads = [head or named.get(place, "") for place, head in enumerate(heading["heads"])]
    width = max([len(heads), *named, *(len(kept.cells) for _row, kept in rows)])
    heads += [named.get(place, "") for place in range(len(heads), width)]
    above = heading["blocks"]
    told = [
        [*([kept.card, kept.address] if above else []), *_padded(kept.cells, width), _reasons(kept, spoken)]
        for _row, kept in rows
    ]
    head = [*([CARD_COLUMN, ADDRESS_COLUMN] if above else []), *heads, REASON_COLUMN]
    return cells.WRITERS[kind](head, [[_safe(cell) for cell in row] for row in told])


def _padded(row, width):
    return [*row, *([None] * (width - len(row)))]


def _safe(cell):
    """Text stays text: a number of sixteen digits would lose its last in a spreadsheet."""
    return None if cell is None or cell == "" else str(cell)


def _reasons(kept, spoken):
    return " ".join(spoken(reason.said) for reason in kept.outcome.reasons if not reason.mild)

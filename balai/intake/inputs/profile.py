"""A filled profile workbook: every cell is read, and what cannot be read is told with sheet, row and column."""

from dataclasses import dataclass, field

from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.intake.inputs import workbooks
from balai.intake.inputs.held import NOTE, REFUSED, Remark
from balai.intake.rules.registers import heading
from balai.intake.rules.sheets import CLEAR_WORDS, TEXT_OF, cell, sheets
from balai.regions.rules import Level

NOT_AFTER_TODAY = {"from_on", "founded_on", "on", "reported_on", "dated_on", "trained_on"}
OWN_PAGES = {"Petunjuk", "Daftar"}
KEYS, LABELS = "keys", "labels"
FIX_CELL = sentence("Betulkan sel ini, lalu impor lagi.")
FILL_CELL = sentence("Isi sel ini, lalu impor lagi.")
SKIPPED = sentence("lembar ini tidak dikenal dan dilewati")
NO_COLUMN = sentence("kolom ini tidak dikenal dan dilewati")
USE_TEMPLATE = sentence("Pakai lembar dari “balai template profile”.")


@dataclass(slots=True)
class SheetRow:
    """A row with at least one filled cell that could be read. `cells`: key to value; None: not filled any more."""

    file: str
    line: int
    code: str
    cells: dict
    came: dict


@dataclass
class SheetTally:
    """rows counts what was filled in: answers in the sheet Profil, rows elsewhere."""

    file: str
    key: str
    rows: int = 0
    refused: int = 0
    blank: int = 0
    good: list = field(default_factory=list)


def item_of(key):
    """An answer and its choice stand in two columns and are one: "companion", "companion.text"."""
    return key.removesuffix(TEXT_OF)


def open_workbook(path):
    if not path.is_file():
        raise NotValid("Berkas %(path)s tidak ada.", path=path)
    if path.suffix.lower() != ".xlsx":
        raise NotValid("%(file)s bukan berkas XLSX. Pakai lembar dari “balai template profile”.", file=path.name)
    return workbooks.sheets(path)


def read(path, villages, today, tell):
    """Sheet key -> SheetTally. `villages`: finds a code that is known; NotValid when no sheet is recognised."""
    found = {}
    with open_workbook(path) as pages:
        for name, rows in pages:
            label = f"{path.name} [{name}]"
            sheet, places, waiting = _recognise(name, rows)
            if sheet is None:
                if name not in OWN_PAGES:
                    tell(Remark(NOTE, label, None, "", "", Said(SKIPPED), Said(USE_TEMPLATE)))
                continue
            reader = _Reader(sheet, places, label, villages, today, tell)
            tally = found.setdefault(sheet.key, reader.tally)
            reader.tally = tally
            for row in waiting:
                reader.take(row)
            for row in rows:
                reader.take(row)
    if not found:
        raise NotValid(
            "%(file)s tidak berisi lembar profil. Pakai lembar dari “balai template profile”.", file=path.name
        )
    return found


def _recognise(name, rows):
    """(sheet, column key by place, rows read too far): by the hidden keys, else by the sheet's name and its labels."""
    first = _next_filled(rows)
    if first is None:
        return None, {}, []
    keyed = dict(enumerate(text.strip() for text in first.cells))
    sheet = sheets().get(keyed.get(0, "").partition(".")[0])
    if sheet and keyed[0] == f"{sheet.key}.code":
        places = {place: text.partition(".")[2] for place, text in keyed.items() if text}
        second = _next_filled(rows)
        return sheet, places, [] if second is None or _is_head(sheet, second) else [second]
    sheet = next((one for one in sheets().values() if one.name.upper() == name.strip().upper()), None)
    if sheet is None or not _is_head(sheet, first):
        return None, {}, []
    labels = {_label(column.label): column.key for column in sheet.columns}
    return sheet, {place: labels.get(_label(text), text) for place, text in keyed.items() if text}, []


def _next_filled(rows):
    return next((row for row in rows if any(text.strip() for text in row.cells)), None)


def _label(text):
    return heading(text.rstrip("* "))


def _is_head(sheet, row):
    return bool(row.cells) and _label(row.cells[0]) == _label(sheet.columns[0].label)


class _Reader:
    def __init__(self, sheet, places, label, villages, today, tell):
        self.tally = SheetTally(label, sheet.key)
        self._sheet, self._label, self._villages, self._today, self._tell = sheet, label, villages, today, tell
        columns = sheet.by_key
        self._columns = {place: columns[key] for place, key in places.items() if key in columns}
        for key in places.values():
            if key not in columns:
                tell(Remark(NOTE, label, None, key, "", Said(NO_COLUMN), Said(USE_TEMPLATE)))

    def take(self, row):
        filled = {
            column: row.cells[place].strip()
            for place, column in self._columns.items()
            if place < len(row.cells) and row.cells[place].strip()
        }
        answers = [column for column in filled if self._is_answer(column)]
        if not answers:
            self.tally.blank += 1
            return
        came = {column.key: text for column, text in filled.items()}
        units = len({item_of(column.key) for column in answers}) if self._by_cell else 1
        self.tally.rows += units
        cells = self._cells(row.line, filled, came)
        code = self._code(row.line, cells, came)
        if code is None:
            self.tally.refused += units
            return
        bad = {item_of(column.key) for column in answers if column.key not in cells}
        if bad and not self._by_cell:
            self.tally.refused += 1
            return
        self.tally.refused += len(bad)
        cells = {key: value for key, value in cells.items() if item_of(key) not in bad}
        self.tally.good.append(SheetRow(self._label, row.line, code, cells, came))

    @property
    def _by_cell(self):
        return self._sheet.key == "profile"

    def _is_answer(self, column):
        return column.kind not in {"code", "name"} and not (self._by_cell and column.key == "from_on")

    def _cells(self, line, filled, came):
        """The readable cells; the others are told."""
        cells = {}
        for column, text in filled.items():
            if column.kind == "name":
                continue
            try:
                cells[column.key] = self._cell(column, text)
            except ValueError:
                reason = Said(
                    sentence("“%(text)s” tidak dapat dibaca sebagai %(label)s"),
                    {"text": text[:80], "label": column.label},
                )
                self.refuse(line, column.label, text, reason, Said(FIX_CELL), came)
        return cells

    def _cell(self, column, text):
        if column.kind not in {"code", "name"} and text.lower() in CLEAR_WORDS:
            return None
        value = cell(column, text)
        if column.key in NOT_AFTER_TODAY and value > self._today:
            raise ValueError(text)
        return value

    def _code(self, line, cells, came):
        """The village's code, when the row names one that is known and has what it must have."""
        for column in self._sheet.columns:
            if not column.required or cells.get(column.key) is not None:
                continue
            if column.key in cells or column.key not in came:
                self.refuse(line, column.label, "", Said(sentence("sel ini wajib diisi")), Said(FILL_CELL), came)
            return None
        code = self._villages(cells["code"])
        if code is None or code.count(".") + 1 != Level.VILLAGE:
            self.refuse(
                line, self._sheet.columns[0].label, cells["code"], Said(sentence("kode desa ini tidak dikenal")),
                Said(sentence("Cari kodenya dengan “balai regions search”.")), came,
            )  # fmt: skip
            return None
        return code

    def refuse(self, line, column, value, reason, remedy, came):
        self._tell(Remark(REFUSED, self._label, line, column, value, reason, remedy, came))

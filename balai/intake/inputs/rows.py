"""One table of a register: its columns are found, its rows become returns or remarks."""

from dataclasses import dataclass, field

from balai.base import months
from balai.base.words import Said, sentence
from balai.intake.inputs.held import MARKED, NOTE, REFUSED, Remark
from balai.intake.inputs.tables import Broken
from balai.intake.rules import periods
from balai.intake.rules.marking import added, marks, month_marks
from balai.intake.rules.registers import CODE, PERIOD_COLUMN, VILLAGE, heading
from balai.villages.rules import ReturnRow, plausibility

UNNAMED = {"", "NO"}
PERIOD_OF = {"month": periods.month, "half": periods.half_year}
DO_NOTHING = sentence("Tidak perlu apa-apa, kecuali kolom itu seharusnya ada.")
ASK_SOURCE = sentence("Minta desa memeriksa angkanya. Angka tetap disimpan, tetapi tidak ikut dinilai.")
FIX_CELL = sentence("Betulkan sel ini di sumbernya, lalu impor lagi.")
EXPORT_AGAIN = sentence("Ekspor ulang berkas ini dari sumbernya.")


@dataclass
class Tally:
    """Of one table. rows = good + refused + waiting; blank rows are counted apart."""

    rows: int = 0
    good: int = 0
    refused: int = 0
    waiting: int = 0
    blank: int = 0
    marked: int = 0
    periods: dict = field(default_factory=dict)


class _HeldBack(Exception):
    def __init__(self, status, column, value, reason, remedy):
        super().__init__()
        self.told = (status, column, value, reason, remedy)


def as_it_came(headings, cells):
    """The cells by their headings; what has none is named by its place."""
    named = {}
    for place, cell in enumerate(cells):
        name = headings[place] if place < len(headings) else ""
        named[name if name and name not in named else f"{name}#{place + 1}"] = cell[:1000]
    return named


class Columns:
    """Where the register's columns stand in this table."""

    def __init__(self, register, headings):
        self.forms = [heading(text) for text in headings]
        first = {form: place for place, form in reversed(list(enumerate(self.forms)))}
        self.names = tuple(first[name] for name in VILLAGE)
        self.code = first.get(CODE)
        self.period = first.get(PERIOD_COLUMN.get(register.period))
        self.figures = [(first[form], column) for form, column in register.columns.items() if form in first]
        present = {column.key for _place, column in self.figures}
        self.month = {name: keys for name, keys in register.month.items() if present.intersection(keys)}
        self.lacking = [form for form in register.columns if form not in first]
        used = {*self.names, self.code, self.period, *(place for place, _column in self.figures)} - {None}
        self.width = max(used) + 1
        self.told = [place for place, form in enumerate(self.forms) if form not in UNNAMED]
        self.twice = [
            (first[form], place)
            for place, form in enumerate(self.forms)
            if first[form] != place and first[form] in used
        ]
        self.foreign = [
            form for place, form in enumerate(self.forms) if form not in UNNAMED and first[form] not in used
        ]


class Rows:
    """Iterates over the good rows as ReturnRow; everything else goes to `tell` as a Remark. `tally` counts all."""

    def __init__(self, table, register, naming, exported_on, tell, *, last_month=False):
        self._table, self._register, self._naming, self._tell = table, register, naming, tell
        self.columns = Columns(register, table.headings)
        self.tally = Tally(blank=table.blank_before)
        self.lines = None
        self._exported_on = exported_on
        self._fixed_period = None
        if register.period not in PERIOD_OF or (last_month and self.columns.period is None):
            self._fixed_period = periods.described(exported_on)
            self.tally.periods[""] = self._fixed_period
        self._note_columns()

    def _note_columns(self):
        for form in self.columns.foreign:
            self._remark(
                NOTE, None, form, "", Said(sentence("kolom ini tidak dikenal dan tidak disimpan")), Said(DO_NOTHING)
            )
        for form in self.columns.lacking:
            self._remark(NOTE, None, form, "", Said(sentence("kolom ini tidak ada di berkas")), Said(DO_NOTHING))

    def __iter__(self):
        tally = self.tally
        for found in self._table.rows:
            if not isinstance(found, Broken) and self._is_padding(found.cells):
                tally.blank += 1
                continue
            tally.rows += 1
            try:
                row = self._row(found)
            except _HeldBack as held:
                self._hold(found, held.told)
                continue
            tally.good += 1
            if row.marks:
                self._mark(found, row)
            yield found.line, row

    def _is_padding(self, cells):
        """Blank, but perhaps for a running number in an unnamed column."""
        if len(cells) > self.columns.names[3] and cells[self.columns.names[3]].strip():
            return False
        beyond = cells[len(self.columns.forms) :]
        told = [cells[place] for place in self.columns.told if place < len(cells)]
        return not "".join([*told, *beyond]).strip()

    def _row(self, found):
        cells, columns = found.cells, self.columns
        self._check_shape(found)
        province, kabupaten, kecamatan, village = (cells[place] for place in columns.names)
        kode = cells[columns.code] if columns.code is not None else ""
        place = self._naming.find(province, kabupaten, kecamatan, village, kode)
        if place.code is None:
            raise _HeldBack(place.status, place.column, place.value, place.reason, place.remedy)
        period = self._fixed_period or self._period(cells)
        try:
            values = {column.key: column.figure(cells[at]) for at, column in columns.figures}
        except ValueError:
            raise self._unreadable(cells) from None
        marked = marks(self._register, values)
        return ReturnRow(
            code=place.code,
            period=period,
            values=values,
            marks=marked,
            month={name: added(values, keys) for name, keys in columns.month.items()},
            month_marks=month_marks(self._register, values, marked=bool(marked)) if columns.month else {},
        )

    def _check_shape(self, found):
        cells, columns = found.cells, self.columns
        if isinstance(found, Broken):
            raise _HeldBack(REFUSED, "", "", found.reason, found.remedy)
        if len(cells) < columns.width:
            raise _HeldBack(
                REFUSED, "", str(len(cells)),
                Said(sentence("baris terpotong: %(n)d sel, seharusnya %(m)d"), {"n": len(cells), "m": columns.width}),
                Said(EXPORT_AGAIN),
            )  # fmt: skip
        if len(cells) > len(columns.forms) and "".join(cells[len(columns.forms) :]).strip():
            raise _HeldBack(
                REFUSED, "", cells[-1], Said(sentence("lebih banyak sel daripada judul kolom")), Said(EXPORT_AGAIN)
            )
        for first, second in columns.twice:
            if cells[first].strip() != cells[second].strip():
                raise _HeldBack(
                    REFUSED, columns.forms[first], cells[second],
                    Said(sentence("kolom ini ada dua kali dan isinya berbeda")), Said(EXPORT_AGAIN),
                )  # fmt: skip

    def _period(self, cells):
        place = self.columns.period
        text = cells[place] if place is not None else ""
        known = self.tally.periods
        if text not in known:
            period = PERIOD_OF[self._register.period](text, self._exported_on)
            if period is None:
                raise _HeldBack(
                    REFUSED, PERIOD_COLUMN[self._register.period], text,
                    Said(sentence("bulan atau periode tidak dikenal: “%(text)s”"), {"text": text.strip()}),
                    Said(sentence("Tulis nama bulan seperti NOVEMBER, atau periode seperti Sem 2 2024.")),
                )  # fmt: skip
            known[text] = period
        return known[text]

    def _unreadable(self, cells):
        name, text = next(
            (column.heading, cells[place])
            for place, column in self.columns.figures
            if not _is_readable(column, cells[place])
        )
        reason = Said(sentence("“%(text)s” bukan angka yang dapat dibaca"), {"text": text.strip()})
        return _HeldBack(REFUSED, name, text, reason, Said(FIX_CELL))

    def _hold(self, found, told):
        status, column, value, reason, remedy = told
        if status == REFUSED:
            self.tally.refused += 1
        else:
            self.tally.waiting += 1
        self._remark(status, found.line, column, value, reason, remedy, as_it_came(self.columns.forms, found.cells))

    def _mark(self, found, row):
        self.tally.marked += 1
        headings = {column.key: column.heading for _place, column in self.columns.figures}
        for check, keys in row.marks:
            self._remark(
                MARKED, found.line, ", ".join(headings[key] for key in keys),
                ", ".join(str(row.values[key]) for key in keys),
                Said(plausibility.CHECKS[check]), Said(ASK_SOURCE),
            )  # fmt: skip

    def _remark(self, status, line, column, value, reason, remedy, row=None):
        self._tell(Remark(status, self._table.name, line, column, value, reason, remedy, row or {}))


def _is_readable(column, text):
    try:
        column.figure(text)
    except ValueError:
        return False
    return True


def period_name(period):
    """'November 2025' for '2025-11', 'Semester 2 2024' for '2024-S2'."""
    year, part = period.split("-")
    if part.startswith("S"):
        return f"Semester {part[1]} {year}"
    return f"{months.NAMES_ID[int(part) - 1]} {year}"

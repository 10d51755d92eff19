"""Lists and aid as files. Any sheet will do in which a heading names NIK, KK or name within the first rows."""

from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from balai.aid import rules
from balai.aid.rules import Part, columns
from balai.base.errors import NotValid
from balai.base.workbooks import read_sheets

KINDS = (".xlsx", ".xls", ".csv")
MOST_LINES = 20_000
MOST_AID = 5_000
SHEETS = 20  # in which the heading is looked for
ABOUT = 20  # rows of a sheet of settings
# OpenSID: in a programme for families the column of participants holds numbers of family cards.
OF_FAMILIES, PARTICIPANT = (2, "2"), "Peserta"


@dataclass
class Table:
    """What a file says: its lines, which heading was taken for what, which headings were left, and what stands beside
    the table (OpenSID: the programme and its period)."""

    lines: list[rules.Line]
    taken: dict[Part, str]
    left: list[str]
    about: dict[str, object] = field(default_factory=dict)


def read_table(name, content, named, most):
    """A Table; NotValid where no heading is found or there is too much."""
    if not name.lower().endswith(KINDS):
        raise NotValid(
            "Hanya berkas XLSX, XLS, atau CSV yang dapat dibaca. Simpan ulang dari aplikasi lembar kerja Anda."
        )
    about = {}
    with read_sheets(content, name=name, legacy=True) as sheets:
        for sheet in islice(sheets, SHEETS):
            of_families = about.get("sasaranprogram") in OF_FAMILIES
            table, beside = _table(sheet, ({Part.CARD: PARTICIPANT} if of_families else {}) | named, most)
            about |= beside
            if table:
                table.about = about
                return table
    raise NotValid(
        "Tidak ada kolom NIK, nomor KK, atau nama di berkas ini. Beri judul kolom, atau tulis judulnya di formulir."
    )


def _table(sheet, named, most):
    """The table of a sheet, or None; and pairs of a name and a value that stand above it."""
    above, places, heading, lines = {}, None, [], []
    for row in sheet.rows:
        first = row[0]
        if places is None:
            guess = columns.guessed(row.cells, named)
            if columns.is_heading(guess):
                places, heading = guess, row.cells
            elif len(above) < ABOUT:
                above[columns.squeezed(first)] = row[1]
        elif isinstance(first, str) and first.strip() == columns.END:
            break
        else:
            lines.append(columns.read(row.line, row.cells, places))
            _not_too_many(lines, most)
    if places is None:
        return None, above
    taken = {part: str(heading[place]) for part, place in places.items()}
    left = [str(cell) for place, cell in enumerate(heading) if cell is not None and place not in places.values()]
    if not lines:
        raise NotValid("Berkas ini hanya berisi baris judul.")
    return Table(lines, taken, left), above


def _not_too_many(lines, most):
    if len(lines) > most:
        raise NotValid(
            "Berkas ini berisi lebih dari %(most)s baris. Bagi menjadi beberapa berkas.",
            most=f"{most:,}".replace(",", "."),
        )


@dataclass(frozen=True)
class Programme:
    """Of a file whose lines name none: which it is, and from when to when."""

    code: str | None = None
    from_on: date | None = None
    until_on: date | None = None


def programme_beside(about):
    """As OpenSID's template writes it on its first sheet."""
    name, begins, ends = (about.get(key) for key in ("namaprogram", "rentangwaktuawal", "rentangwaktuakhir"))
    return Programme(rules.programme_of(str(name or "")), _day(begins), _day(ends))


def _day(cell):
    read = columns.read(1, [cell], {Part.FROM: 0})
    return read.from_on

"""A folder of SIGA exports: its files, and which register each of their tables is."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from balai.base.errors import NotValid
from balai.base.words import Said, sentence
from balai.intake.inputs import workbooks
from balai.intake.inputs.held import NOTE, REFUSED, Remark
from balai.intake.inputs.rows import Columns
from balai.intake.inputs.tables import Broken, csv_table, table
from balai.intake.rules.registers import CODE, PERIOD_COLUMN, VILLAGE, heading, nearest, recognise

TEXTS, BOOKS = {".csv", ".txt", ".tsv"}, {".xlsx", ".xls"}
REPORT_HEADINGS = ["file", "line", "column", "value", "status", "reason", "remedy"]
SKIPPED = sentence("bukan tabel (CSV atau XLSX), dilewati")
OWN_REPORT = sentence("laporan Balai sendiri, dilewati")
NOTHING_TO_DO = sentence("Tidak perlu apa-apa.")
REPAIR_FILE = sentence("Perbaiki atau ekspor ulang berkas ini, lalu impor lagi.")


@dataclass
class Folder:
    """`files` in the order of their names; `others` are not tables. `remarks` are about whole files."""

    path: Path
    files: list[Path]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def name(self):
        return self.path.resolve().name

    @property
    def size(self):
        return sum(path.stat().st_size for path in self.files)


def open_folder(path, *, besides=None):
    """The tables of a folder, but for the report that is being written (`besides`); NotValid when there are none."""
    path = Path(path)
    if not path.exists():
        raise NotValid("Folder %(path)s tidak ada.", path=path)
    if not path.is_dir():
        raise NotValid("%(path)s bukan folder. Sebutkan folder tempat ekspor SIGA.", path=path)
    here = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    besides = besides and Path(besides).resolve()
    tables = [one for one in here if one.is_file() and one.suffix.lower() in TEXTS | BOOKS and one.resolve() != besides]
    if not tables:
        raise NotValid("Folder %(path)s tidak berisi berkas CSV atau XLSX.", path=path)
    skipped = [one for one in here if one not in tables and one.resolve() != besides]
    remarks = [Remark(NOTE, one.name, None, "", "", Said(SKIPPED), Said(NOTHING_TO_DO)) for one in skipped]
    return Folder(path, tables, remarks)


@contextmanager
def tables_of(path):
    """Iterates over the tables of a file: one for a text file, one a sheet that is not empty for a workbook."""
    if path.suffix.lower() in TEXTS:
        with csv_table(path) as found:
            yield iter([found])
    else:
        with workbooks.sheets(path) as sheets:
            yield _sheet_tables(path, sheets)


def _sheet_tables(path, sheets):
    for name, rows in sheets:
        label = f"{path.name} [{name}]"
        try:
            found = table(label, rows)
        except NotValid:
            continue
        yield found


@dataclass
class Survey:
    """What a first look at every table showed: `of` by table name, `last_month`: tables that describe one month."""

    registers: dict = field(default_factory=dict)
    last_month: set = field(default_factory=set)
    unreadable: list = field(default_factory=list)


def survey(folder, naming, looked_at):
    """Recognises every table and lets those with codes teach `naming`; NotValid when no table is recognised.

    `looked_at(path)` is called after each file."""
    seen = Survey()
    for path in folder.files:
        try:
            with tables_of(path) as tables:
                for one in tables:
                    _look_at(one, naming, seen)
        except NotValid as problem:
            seen.unreadable.append((path, problem))
        looked_at(path)
    if not any(seen.registers.values()):
        raise NotValid(
            "Tidak ada berkas SIGA yang dikenali di folder %(path)s (%(n)d berkas).",
            path=folder.path, n=len(folder.files),
        )  # fmt: skip
    return seen


def _look_at(one, naming, seen):
    forms = [heading(text) for text in one.headings]
    register = seen.registers[one.name] = recognise(forms)
    if register is None:
        return
    without_month = register.period in PERIOD_COLUMN and PERIOD_COLUMN[register.period] not in forms
    if CODE not in forms and not without_month:
        return
    columns, met, repeated = Columns(register, one.headings), set(), False
    for found in one.rows:
        if isinstance(found, Broken) or len(found.cells) < columns.width:
            continue
        names = tuple(found.cells[place] for place in columns.names)
        kode = found.cells[columns.code] if columns.code is not None else ""
        key = "\x1f".join((*names, kode))
        repeated = repeated or key in met
        if key not in met and kode.strip():
            naming.teach(names, kode)
        met.add(key)
    if without_month and not repeated:
        seen.last_month.add(one.name)


def is_report(one):
    """Whether the table is a report that an earlier import wrote into the folder."""
    return [text.strip() for text in one.headings] == REPORT_HEADINGS


def unknown(one):
    """(the remark about the file, reason for each of its rows, remedy) for a table that is no known register."""
    forms = [heading(text) for text in one.headings]
    register, lacking = nearest(forms)
    reason = Said(
        sentence("berkas tidak dikenali; paling mirip “%(register)s”, tetapi kurang kolom %(lacking)s"),
        {"register": register.name_id, "lacking": ", ".join(lacking) or "–"},
    )
    remedy = Said(
        sentence("Berkas SIGA memuat kolom %(columns)s dan kolom angkanya. Ekspor ulang dengan kolom lengkap."),
        {"columns": ", ".join(VILLAGE)},
    )
    columns = ", ".join(text.strip() for text in one.headings if text.strip())
    return Remark(NOTE, one.name, one.line, "", columns, reason, remedy), reason, remedy


def unreadable(path, problem):
    return Remark(REFUSED, path.name, None, "", "", Said(problem.message, problem.params), Said(REPAIR_FILE))

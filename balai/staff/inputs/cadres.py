"""A list of cadres as a file: a small workbook or CSV, looked at before it is opened."""

import csv
import re
import zipfile
from io import BytesIO, StringIO

from python_calamine import CalamineError, load_workbook

from balai.base import cells
from balai.base.errors import NotValid
from balai.base.words import sentence
from balai.staff.rules import cadres

LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_ENTRIES = 200
HIGHEST_RATIO = 200
FURTHEST_ROW = 20_000
FURTHEST_COLUMN = 2  # letters: no column beyond ZZ
PLACES = re.compile(rb"""\br\s*=\s*["']([A-Z]*)(\d+)["']""")
LONGEST_CELL = 4096
LOCAL_HEADER = 30
DELIMITERS = ";,\t"
EXAMPLE = sentence("Siti Aminah (contoh, hapus baris ini)")


def read_cadres(name, content):
    """A list of Cadre and refused Result, one for every row that is not blank, in the order of the file."""
    if len(content) > LARGEST:
        raise NotValid("Berkas ini terlalu besar: paling banyak 5 MB.")
    rows = _rows(name.lower(), content)
    start = next((place for place, row in enumerate(rows) if _full(row)), None)
    if start is None:
        raise NotValid("Lembar pertama berkas ini kosong. Isi templatnya, lalu unggah lagi.")
    places = cadres.headings(rows[start])
    found = [(line, row) for line, row in enumerate(rows[start + 1 :], start=start + 2) if _full(row)]
    if not found:
        raise NotValid("Berkas ini hanya berisi baris judul. Isi satu baris untuk satu orang.")
    if len(found) > cadres.MOST_ROWS:
        raise NotValid("Berkas ini berisi %(count)d baris; paling banyak 5.000. Bagi menjadi beberapa berkas.",
                       count=len(found))  # fmt: skip
    return [cadres.cadre_of(line, row, places) for line, row in found]


def template(translate):
    """The blank workbook, with one example."""
    row = [translate(EXAMPLE), "siti.aminah", "0812-3456-7890", "Kader", "16.05.01.2002", "", ""]
    return cells.as_xlsx([column.value for column in cadres.Column], [row])


def _full(row):
    return any(cadres.text_of(cell) for cell in row)


def _rows(name, content):
    if name.endswith(".xlsx"):
        return _workbook(content)
    if name.endswith(".csv"):
        return _csv(content)
    raise NotValid("Hanya berkas XLSX atau CSV yang dapat dibaca. Simpan ulang dari aplikasi lembar kerja Anda.")


def _workbook(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries, directory = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as failure:
        raise NotValid("Berkas ini bernama .xlsx tetapi bukan XLSX. Buka, lalu simpan sebagai XLSX.") from failure
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise NotValid("Berkas ini bernama .xlsx tetapi bukan XLSX. Buka, lalu simpan sebagai XLSX.")
    if _is_bomb(entries, directory) or _is_vast(content, entries):
        raise NotValid("Berkas ini ditolak: isinya jauh lebih besar daripada daftar kader.")
    try:
        sheet = load_workbook(BytesIO(content)).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as failure:
        raise NotValid("Berkas XLSX ini rusak. Buka, lalu simpan ulang.") from failure


def _is_bomb(entries, directory):
    return (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED
        or any(entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries)
        or any(entry.flag_bits & 1 for entry in entries)
        or _overlap(entries, directory)
    )


def _is_vast(content, entries):
    """Cells far apart: the reader makes room for everything between them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in entries:
            if not entry.filename.lower().startswith("xl/worksheets/"):
                continue
            for column, row in PLACES.findall(archive.read(entry)):
                if int(row) > FURTHEST_ROW or len(column) > FURTHEST_COLUMN:
                    return True
    return False


def _overlap(entries, directory):
    """Entries that share bytes with each other or with the directory (CVE-2024-0450)."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
    return end > directory


def _csv(content):
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or b"\0" in content:
        raise NotValid("Berkas ini bernama .csv tetapi bukan CSV. Beri nama yang sesuai isinya, atau simpan ulang.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    try:
        rows = list(reader)
    except csv.Error as failure:
        raise NotValid("Baris %(line)d tidak terbaca. Periksa tanda kutipnya.", line=reader.line_num) from failure
    for line, row in enumerate(rows, start=1):
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise NotValid("Baris %(line)d berisi sel yang terlalu panjang. Periksa tanda kutipnya.", line=line)
    return rows

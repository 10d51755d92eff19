"""A list of cadres as a file: the first sheet of a small workbook, or CSV."""

from itertools import islice

from balai.base import cells
from balai.base.errors import NotValid
from balai.base.words import sentence
from balai.base.workbooks import read_sheets
from balai.staff.rules import cadres

LARGEST = 5 * 1024 * 1024
LONGEST_CELL = 4096
KINDS = (".xlsx", ".csv")
EXAMPLE = sentence("Siti Aminah (contoh, hapus baris ini)")


def read_cadres(name, content):
    """A list of Cadre and refused Result, one for every row that is not blank, in the order of the file."""
    if not name.lower().endswith(KINDS):
        raise NotValid("Hanya berkas XLSX atau CSV yang dapat dibaca. Simpan ulang dari aplikasi lembar kerja Anda.")
    with read_sheets(content, name=name, largest=LARGEST, longest_cell=LONGEST_CELL) as sheets:
        first = (row for sheet in islice(sheets, 1) for row in sheet.rows)
        found = [row for row in first if any(cadres.text_of(cell) for cell in row.cells)]
    if not found:
        raise NotValid("Lembar pertama berkas ini kosong. Isi templatnya, lalu unggah lagi.")
    heading, *people = found
    places = cadres.headings(heading.cells)
    if not people:
        raise NotValid("Berkas ini hanya berisi baris judul. Isi satu baris untuk satu orang.")
    if len(people) > cadres.MOST_ROWS:
        raise NotValid("Berkas ini berisi %(count)d baris; paling banyak 5.000. Bagi menjadi beberapa berkas.",
                       count=len(people))  # fmt: skip
    return [cadres.cadre_of(row.line, row.cells, places) for row in people]


def template(translate):
    """The blank workbook, with one example."""
    row = [translate(EXAMPLE), "siti.aminah", "0812-3456-7890", "Kader", "16.05.01.2002", "", ""]
    return cells.as_xlsx([column.value for column in cadres.Column], [row])

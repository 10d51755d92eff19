"""Workbooks made for the tests: good ones, and twenty that are meant to harm their reader."""

import io
import struct
import zipfile

import xlsxwriter
from hypothesis import strategies as st

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELLS = st.one_of(
    st.none(), st.integers(-(10**15) + 1, 10**15 - 1), st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=9).map("t{}".format),
)  # fmt: skip


def book(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for line, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, str):
                        page.write_string(line, place, cell)
                    elif cell is not None:
                        page.write(line, place, cell)
    return out.getvalue()


with zipfile.ZipFile(io.BytesIO(book(A=[[1]]))) as _made:
    PARTS = {name: _made.read(name) for name in _made.namelist() if name != "xl/worksheets/sheet1.xml"}
PARTS["xl/worksheets/sheet1.xml"] = SHEET.format(ONE_CELL)


def packed(parts=PARTS, method=zipfile.ZIP_DEFLATED, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in {**parts, **more}.items():
            archive.writestr(name, content)
    return out.getvalue()


def rows(content):
    return packed({**PARTS, "xl/worksheets/sheet1.xml": SHEET.format(content)})


def directory(content, number):
    """Where the entry of this number begins in the directory."""
    place = -1
    for _ in range(number + 1):
        place = content.index(b"PK\x01\x02", place + 1)
    return place


def rewritten(content, place, value):
    return content[:place] + struct.pack("<L", value) + content[place + 4 :]


def overlapping():
    content = packed(method=zipfile.ZIP_STORED)
    first, second = directory(content, 0), directory(content, 1)
    (offset,) = struct.unpack("<L", content[first + 42 : first + 46])
    return rewritten(content, second + 42, offset)


def running_into_the_directory():
    content = packed(method=zipfile.ZIP_STORED)
    last = directory(content, len(PARTS) - 1)
    return rewritten(rewritten(content, last + 20, 50_000), last + 24, 50_000)


def lying_about_its_size():
    content = packed({**PARTS, "xl/worksheets/sheet1.xml": SHEET.format(ONE_CELL + " " * 5_000)})
    return rewritten(content, directory(content, len(PARTS) - 1) + 24, 100)


def linked():
    out = io.BytesIO(packed())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/media/a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def twice():
    content = packed(**{"xl/worksheets/sheet2.xml": ONE_CELL})
    return content.replace(b"sheet2.xml", b"sheet1.xml")


def flagged_as_locked():
    content = packed()
    place = directory(content, 1) + 8
    return content[:place] + b"\1\0" + content[place + 2 :]


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

# name -> (content, what the refusal says)
BOMBS = {
    "ratio": (packed(**{"xl/a.xml": "0" * 5_000_000}), "bom ZIP"),
    "entries": (packed(**{f"xl/{n}.xml": "x" for n in range(200)}), "bom ZIP"),
    "overlap": (overlapping(), "bom ZIP"),
    "overlap with the directory": (running_into_the_directory(), "bom ZIP"),
    "another packing": (packed(method=zipfile.ZIP_BZIP2), "bom ZIP"),
    "symbolic link": (linked(), "bom ZIP"),
    "name outside": (packed(**{"../../etc/cron.xml": "x"}), "bom ZIP"),
    "absolute name": (packed(**{"/etc/cron.xml": "x"}), "bom ZIP"),
    "one name twice": (twice(), "bom ZIP"),
    "locked entry": (flagged_as_locked(), "bom ZIP"),
    "entities": (packed(**{"xl/workbook.xml": ENTITIES}), "pernyataan XML"),
    "entities in UTF-16": (packed(**{"xl/workbook.xml": ENTITIES.encode("utf-16")}), "pernyataan XML"),
    "outer document type": (packed(**{"xl/a.rels": '<!DOCTYPE a SYSTEM "file:///etc/passwd">'}), "pernyataan XML"),
    "cells far apart": (rows(FAR), "terlalu besar untuk dibaca"),
    "macros": (packed(**{"xl/vbaProject.bin": "x"}), "memuat makro"),
    "old macros": (packed(**{"xl/macrosheets/sheet1.xml": "x"}), "memuat makro"),
    "link to another book": (packed(**{"xl/externalLinks/externalLink1.xml": "<a/>"}), "tautan ke berkas lain"),
    "embedded object": (packed(**{"xl/embeddings/oleObject1.bin": "x"}), "tautan ke berkas lain"),
    "truncated": (packed()[:-40], "rusak atau terpotong"),
    "lying about its size": (lying_about_its_size(), "rusak atau terpotong"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "dilindungi kata sandi"),
}

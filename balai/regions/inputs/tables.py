"""Tables that an operator hands in: changes of codes, BPS codes."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from balai.base.errors import NotValid
from balai.regions.rules import dotted

CHANGE_COLUMNS = ("old_code", "old_name", "new_code", "new_name", "match")
BPS_COLUMNS = ("code", "bps_code")
MATCHES = {"name+parent": True, "name": False, "new": True, "none": True}


@dataclass(frozen=True)
class ChangeRow:
    """One row of a file of changes; `certain` is False where the two sides were matched by name only."""

    line: int
    old: str
    old_name: str
    new: str
    new_name: str
    certain: bool


def read_changes(path):
    """The rows of a file of changes; the whole file is refused when one row cannot be read."""
    return [_change(line, row, path) for line, row in _rows(path, CHANGE_COLUMNS)]


def _change(line, row, path):
    where = {"file": Path(path).name, "line": line}
    if row["match"] not in MATCHES:
        raise NotValid(
            "%(file)s baris %(line)d: kolom match berisi “%(text)s”. Pakai name+parent, name, new atau none.",
            **where, text=row["match"],
        )  # fmt: skip
    old, new = (dotted(row[column]) if row[column] else "" for column in ("old_code", "new_code"))
    if old is None or new is None or not (old or new):
        raise NotValid(
            "%(file)s baris %(line)d: “%(old)s” → “%(new)s” bukan kode wilayah. Tulis seperti 76.05.03.2024.",
            **where, old=row["old_code"], new=row["new_code"],
        )  # fmt: skip
    return ChangeRow(line, old, row["old_name"], new, row["new_name"], MATCHES[row["match"]])


def read_bps_codes(path):
    """(line, code, BPS code) as text, unchecked: what is wrong is for the report. Blank codes say nothing."""
    return [(line, row["code"], row["bps_code"]) for line, row in _rows(path, BPS_COLUMNS) if row["bps_code"]]


def _rows(path, columns):
    """(line, row) with names and values stripped; NotValid for what is no table with these columns."""
    name = Path(path).name
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as why:
        raise NotValid("Berkas %(file)s tidak dapat dibaca: %(why)s.", file=name, why=why.strerror) from why
    except UnicodeDecodeError as why:
        raise NotValid("Berkas %(file)s bukan teks UTF-8. Simpan sebagai CSV UTF-8.", file=name) from why
    first = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    missing = [column for column in columns if column not in (table.fieldnames or [])]
    if missing:
        raise NotValid(
            "Berkas %(file)s tidak punya kolom %(missing)s. Baris pertama harus: %(columns)s.",
            file=name, missing=", ".join(missing), columns=",".join(columns),
        )  # fmt: skip
    for row in table:
        cells = {column: " ".join((row[column] or "").split()) for column in columns}
        if any(cells.values()):
            yield table.line_num, cells

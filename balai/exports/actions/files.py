"""Files that wait for whoever asked: for their owner alone, under names that tell nothing, gone after a day."""

import csv
import os
from contextlib import contextmanager
from itertools import chain

import duckdb
import pyzipper
from django.utils.translation import gettext

from balai.base import cells
from balai.exports.rules import LIVES, Format, as_it_is

PRIVATE, OURS = 0o600, 0o700
MEMORY = "128MB"
NOTE = "KETERANGAN.txt"
# DuckDB reads what was just written with the types that we say, and writes it in columns.
TO_PARQUET = """
    COPY (SELECT * FROM read_csv($plain, header=true, auto_detect=false, delim=',', quote='"', escape='"', nullstr='',
                                 parallel=false, columns=$columns))
    TO $target (FORMAT parquet, COMPRESSION zstd, KV_METADATA {balai: $note})"""


def write_file(path, format_, columns, rows, *, language, headings, note, password=None, named="data"):
    """Writes the file at `path`, in a ZIP under a password where one is given; gives its size. What is written on the
    way lies beside it under the same name, and is gone at the end, however it ends."""
    path.parent.mkdir(mode=OURS, exist_ok=True)
    plain = path.with_suffix(".part")
    try:
        WRITERS[format_](plain, columns, rows, language=language, headings=headings, note=note)
        if password:
            _close(path, plain, f"{named}.{format_}", password, note)
        else:
            plain.rename(path)
        return path.stat().st_size
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        for left in (plain, path.with_suffix(".raw")):
            left.unlink(missing_ok=True)


@contextmanager
def _private(path, mode, **how):
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE), mode, **how) as file:
        yield file


def _in_words(columns, rows, language):
    for row in rows:
        yield [_spoken(one, one.in_words(row.get(one.key), language)) for one in columns]


def _spoken(column, said):
    """A code's name in the language of the file; what people wrote stays as it is."""
    of_a_code = column.say is not as_it_is and isinstance(said, str) and said
    return gettext(said) if of_a_code else said


def _csv(path, columns, rows, *, language, headings, note):
    with _private(path, "w", encoding="utf-8", newline="") as file:
        cells.write_csv(file, headings, chain(_in_words(columns, rows, language), [[], [note]]))


def _xlsx(path, columns, rows, *, language, headings, note):
    how = {"constant_memory": True, "tmpdir": str(path.parent)}
    with _private(path, "w+b") as file:
        cells.write_xlsx(file, headings, _in_words(columns, rows, language), how, note)


def _parquet(path, columns, rows, *, language, headings, note):
    raw = path.with_suffix(".raw")
    with _private(raw, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(one.key for one in columns)
        writer.writerows([row.get(one.key) for one in columns] for row in rows)
    with _private(path, "wb"), duckdb.connect(config={"memory_limit": MEMORY, "threads": 1}) as base:
        types = {one.key: one.form.value for one in columns}
        base.execute(TO_PARQUET, {"plain": str(raw), "columns": types, "target": str(path), "note": note})
    path.chmod(PRIVATE)


WRITERS = {Format.CSV.value: _csv, Format.XLSX.value: _xlsx, Format.PARQUET.value: _parquet}


def _close(path, plain, inside, password, note):
    """AES with 256 bits, which common programs open."""
    how = {"compression": pyzipper.ZIP_DEFLATED, "encryption": pyzipper.WZ_AES}
    with _private(path, "w+b") as file, pyzipper.AESZipFile(file, "w", **how) as packed:
        packed.setpassword(password.encode())
        packed.write(plain, inside)
        packed.writestr(NOTE, note)


def sweep(folder, at):
    """Removes what is older than a file may be: whatever a crash left behind."""
    old = [path for path in folder.glob("*") if path.stat().st_mtime < (at - LIVES).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)

"""Workbooks (XLSX, XLS): the ZIP directory is checked first, then a limited child process reads the cells."""

import json
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

from balai.base.errors import NotValid
from balai.intake.inputs.tables import Record

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_ENTRIES = 200
HIGHEST_RATIO = 200
TIMEOUT = 90
LOCAL_HEADER = 30
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check(path):
    """NotValid unless the file is a workbook as its name says and unpacks to a bearable size."""
    if path.stat().st_size > LARGEST:
        raise NotValid("%(file)s terlalu besar: paling banyak 20 MB.", file=path.name)
    with path.open("rb") as file:
        start = file.read(8)
    if path.suffix.lower() == ".xls":
        if start != OLE:
            raise NotValid("%(file)s bukan berkas XLS. Buka lalu simpan sebagai XLSX.", file=path.name)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries, directory = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as failure:
        raise NotValid("%(file)s bukan berkas XLSX.", file=path.name) from failure
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise NotValid("%(file)s bukan berkas XLSX.", file=path.name)
    if _is_bomb(entries, directory):
        raise NotValid("%(file)s ditolak: susunannya seperti bom ZIP.", file=path.name)


def _is_bomb(entries, directory):
    return (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED
        or any(entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries)
        or any(entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS for entry in entries)
        or _overlap(entries, directory)
    )


def _overlap(entries, directory):
    """Entries that share bytes with each other or with the directory (CVE-2024-0450)."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
    return end > directory


@contextmanager
def sheets(path, timeout=TIMEOUT):
    """Yields an iterator of (sheet name, rows); rows are Records whose line is the row number of the sheet.

    Sheets come in the order of the book and have to be read in that order.
    """
    check(path)
    with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as complaints:
        command = [sys.executable, "-m", "balai.intake.inputs.sheet_reader", str(path.resolve())]
        root = Path(__file__).resolve().parents[3]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=complaints, timeout=timeout, cwd=root, check=False
            )
        except subprocess.TimeoutExpired as failure:
            raise NotValid("%(file)s tidak selesai dibaca dalam %(n)s detik.", file=path.name, n=timeout) from failure
        if done.returncode != 0:
            raise NotValid("%(file)s rusak atau terlalu besar untuk dibaca.", file=path.name)
        out.seek(0)
        yield _sheets(out)


def _sheets(lines):
    """The child writes a JSON string for a sheet's name, then a JSON list for each of its rows."""
    waiting = next(lines, None)

    def rows():
        nonlocal waiting
        for number, line in enumerate(lines, start=1):
            found = json.loads(line)
            if isinstance(found, str):
                waiting = line
                return
            yield Record(number, found)

    while waiting is not None:
        name, waiting = json.loads(waiting), None
        current = rows()
        yield name, current
        for _rest in current:
            pass

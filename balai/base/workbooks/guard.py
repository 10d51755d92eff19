"""What is known of a workbook before its cells are read: kind, size, directory, forbidden parts."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from balai.base.errors import NotValid

MB = 1 << 20
LARGEST = 20 * MB
LARGEST_UNPACKED = 64 * MB
MOST_ENTRIES = 200
HIGHEST_RATIO = 200
LOCAL_HEADER = 30
ENCRYPTED = 0x1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BLOCK = 1 << 16

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
KINDS = (
    (ZIP, "ZIP/XLSX"), (OLE, "XLS"), (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"{\\rtf", "RTF"),
)  # fmt: skip
_PAGE = re.compile(rb"<(!doctype\s+html|html|table|head|meta)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|\0")  # NUL: XML in UTF-16 would hide the other two
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
_MACRO = re.compile(r"vbaProject|/macrosheets/|/activeX/", re.IGNORECASE)
_LINKED = re.compile(r"/externalLinks/|/embeddings/|/queryTables/|/connections\.xml$", re.IGNORECASE)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def kind_of(start: bytes) -> str | None:
    """What the first bytes of a file say that it is; None for what is not known, text among it."""
    return next((name for mark, name in KINDS if start.startswith(mark)), "HTML" if _PAGE.search(start) else None)


def check(file: BinaryIO, name: str, *, legacy: bool = False, largest: int = LARGEST) -> None:
    """NotValid unless the open file is the workbook that its name says, of bearable size and without hidden parts."""
    measure(file, name, largest)
    start = file.read(512)
    wanted = "XLS" if legacy and name.lower().endswith(".xls") else "ZIP/XLSX"
    found = kind_of(start)
    if found == "XLS":
        _check_ole(file, name, wanted)
    elif wanted == "XLS" or found != "ZIP/XLSX":
        raise _other_kind(name, wanted, found)
    else:
        _check_zip(file, name)
    file.seek(0)


def measure(file: BinaryIO, name: str, largest: int) -> None:
    """NotValid when there is nothing in the file, or too much."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise NotValid("%(file)s kosong. Simpan ulang dari aplikasi asalnya.", file=name)
    if size > largest:
        raise NotValid(
            "%(file)s terlalu besar: paling banyak %(most)d MB. Bagi menjadi beberapa berkas.",
            file=name, most=largest // MB,
        )  # fmt: skip


def _other_kind(name: str, wanted: str, found: str | None) -> NotValid:
    if found is None:
        return NotValid("%(file)s bukan buku kerja. Buka di aplikasi asalnya, lalu simpan sebagai XLSX.", file=name)
    if wanted == "XLS" and found == "ZIP/XLSX":
        return NotValid("%(file)s sebenarnya XLSX. Ganti akhiran namanya menjadi .xlsx.", file=name)
    return NotValid(
        "%(file)s bukan buku kerja: isinya %(kind)s. Buka di aplikasi asalnya, lalu simpan sebagai XLSX.",
        file=name, kind=found,
    )  # fmt: skip


def _check_ole(file: BinaryIO, name: str, wanted: str) -> None:
    file.seek(0)
    content = file.read()
    if _ENCRYPTED_PACKAGE in content:
        raise locked(name)
    if wanted != "XLS":
        raise NotValid("%(file)s adalah XLS, bentuk lama. Buka, lalu simpan sebagai XLSX.", file=name)
    if _OLE_MACROS in content:
        raise _macros(name)


def locked(name: str) -> NotValid:
    return NotValid("%(file)s dilindungi kata sandi. Buka, hapus kata sandinya, lalu simpan ulang.", file=name)


def _macros(name: str) -> NotValid:
    return NotValid("%(file)s memuat makro. Simpan ulang sebagai XLSX biasa, tanpa makro.", file=name)


def _damaged(name: str) -> NotValid:
    return NotValid("%(file)s rusak atau terpotong. Salin atau unduh ulang, lalu coba lagi.", file=name)


def _check_zip(file: BinaryIO, name: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_directory(entries, archive.start_dir, name)
            _check_parts(archive, entries, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError) as failure:
        raise _damaged(name) from failure


def _check_directory(entries: list[zipfile.ZipInfo], directory: int, name: str) -> None:
    names = [entry.filename for entry in entries]
    if _is_bomb(entries, directory):
        raise NotValid(
            "%(file)s ditolak: susunannya seperti bom ZIP. Salin isinya ke buku kerja baru, lalu simpan.", file=name
        )
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise NotValid(
            "%(file)s menjadi lebih dari %(most)d MB bila dibuka. Hapus baris dan kolom kosong di ujung lembarnya, "
            "atau bagi menjadi beberapa berkas.",
            file=name, most=LARGEST_UNPACKED // MB,
        )  # fmt: skip
    if "xl/workbook.xml" not in names:
        raise NotValid("%(file)s bukan buku kerja XLSX. Buka, lalu simpan sebagai XLSX.", file=name)
    if any(_MACRO.search(one) for one in names):
        raise _macros(name)
    linked = next((one for one in names if _LINKED.search(one)), None)
    if linked is not None:
        raise NotValid(
            "%(file)s memuat tautan ke berkas lain atau benda tertanam (%(part)s). Putuskan tautannya (di Excel: "
            "Data, Edit Tautan, Putuskan), atau salin nilainya ke buku kerja baru.",
            file=name, part=linked,
        )  # fmt: skip


def _is_bomb(entries: list[zipfile.ZipInfo], directory: int) -> bool:
    return (
        len(entries) > MOST_ENTRIES
        or len({entry.filename for entry in entries}) < len(entries)
        or any(entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1) for entry in entries)
        or any(entry.flag_bits & ENCRYPTED or entry.compress_type not in METHODS for entry in entries)
        or any(_OUTSIDE.search(entry.filename) or _is_link(entry) for entry in entries)
        or _overlap(entries, directory)
    )


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _overlap(entries: list[zipfile.ZipInfo], directory: int) -> bool:
    """Entries that share bytes with each other or with the directory (CVE-2024-0450)."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
    return end > directory


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> None:
    """Reads every XML part once, in blocks: what it declares, and that it is whole."""
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            for block in _blocks(archive, entry):
                if _DECLARED.search(block):
                    raise NotValid(
                        "%(file)s ditolak: %(part)s memuat pernyataan XML yang tidak dipakai lembar kerja. "
                        "Salin isinya ke buku kerja baru, lalu simpan.",
                        file=name, part=entry.filename,
                    )  # fmt: skip


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Blocks that overlap, so that no word is cut in two."""
    rest = b""
    with archive.open(entry) as part:
        while block := part.read(BLOCK):
            yield rest + block
            rest = block[-10:]

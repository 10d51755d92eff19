"""Parquet to Parquet without reading what only passes through: groups of rows are copied, new columns put behind them.

In Parquet a column of a group of rows is a run of bytes, and the footer says where it lies. So the bytes of each group
are copied as they are, those of the new columns follow, and the footer names both.
"""

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from balai.growth.engines import Added, Batch
from balai.growth.engines.compact import BINARY, INT, LONG, Struct, dumped, loaded

MAGIC = b"PAR1"
BATCH = 1 << 16  # values encoded at a time
LEAST, MOST = 1 << 14, 1 << 20  # rows of a group: smaller ones are put together, larger ones taken apart
FOOTER = 1 << 23  # bytes, some 100,000 columns of groups
PIECE = 1 << 20
SCHEMA, KEYS, GROUPS, ORDERS = 2, 5, 4, 7  # fields of the footer
CHILDREN = 5  # of a schema's element
COLUMNS, BYTES, ROWS, BEGIN, STORED = 1, 2, 3, 5, 6  # of a group
FILE, OFFSET, ABOUT, INDICES, LOCKED = 1, 2, 3, (4, 5, 6, 7), (8, 9)  # of a column; its index of pages stays behind
SIZE, DATA, INDEX, DICTIONARY, BLOOM = 7, 9, 10, 11, (14, 15)  # of what a column says about itself
KINDS = b"ARROW:schema"


@dataclass(frozen=True, slots=True)
class Group:
    rows: int
    begin: int
    end: int
    told: Struct


def footer(file: BinaryIO) -> Struct | None:
    """None where it is too long to be held."""
    file.seek(-8, 2)
    (size,) = struct.unpack("<i4x", file.read(8))
    if size > FOOTER:
        return None
    file.seek(-8 - size, 2)
    return loaded(file.read(size))


def copyable(told: Struct) -> list[Group]:
    """The groups, where all can be copied: neither small nor large, each one run of bytes in this file, not locked."""
    groups = [_group(group) for group in told[GROUPS][1][1]]
    fitting = all(group and 0 < group.rows <= MOST for group in groups)
    return groups if fitting and all(group.rows >= LEAST for group in groups[:-1]) else []


def _group(told: Struct) -> Group | None:
    columns = told[COLUMNS][1][1]
    if any(ABOUT not in column or column.keys() & {FILE, *LOCKED} for column in columns):
        return None
    runs = [_run(column[ABOUT][1]) for column in columns]
    whole = all(end == begin for (_, end), (begin, _) in zip(runs, runs[1:], strict=False))
    return Group(told[ROWS][1], runs[0][0], runs[-1][1], told) if whole else None


def _run(about: Struct) -> tuple[int, int]:
    """First byte and the one after the last."""
    begin = min(about[place][1] for place in (DATA, DICTIONARY) if place in about and about[place][1] > 0)
    return begin, begin + about[SIZE][1]


def _moved(column: Struct, by: int) -> Struct:
    about = {
        number: (kind, value + by if number in {DATA, INDEX, DICTIONARY} and value > 0 else value)
        for number, (kind, value) in column[ABOUT][1].items()
        if number not in BLOOM
    }
    kept = {number: field for number, field in column.items() if number not in INDICES}
    return kept | {OFFSET: (LONG, 0), ABOUT: (column[ABOUT][0], about)}


class Copied:
    """A Parquet file of which every group can be copied."""

    def __init__(self, path: Path, told: Struct, groups: list[Group], schema: pa.Schema) -> None:
        self.path, self.told, self.groups, self.schema = path, told, groups, schema

    @classmethod
    def of(cls, path: Path, schema: pa.Schema) -> "Copied | None":
        with path.open("rb") as file:
            told = footer(file)
        groups = copyable(told) if told else []
        return cls(path, told, groups, schema) if told and groups else None


class Beside:
    copies = True

    def __init__(self, path: Path, source: Copied) -> None:
        self.source = source
        self._from, self._into = source.path.open("rb"), path.open("wb")
        self._into.write(MAGIC)
        self._waiting: list[pa.RecordBatch] = []
        self._written: list[Struct] = []
        self._new: Struct = {}
        self._kinds: pa.Schema = None

    def made(self, batch: Batch, added: Added) -> pa.RecordBatch:
        return pa.record_batch([*arrays(added)], names=added.names())

    def write(self, made: pa.RecordBatch) -> None:
        self._waiting.append(made)
        group = self.source.groups[len(self._written)]
        if sum(map(len, self._waiting)) == group.rows:
            table = pa.Table.from_batches(self._waiting)
            self._waiting = []
            self._put(group, encoded(table))
            self._kinds = table.schema

    def _put(self, group: Group, new: pa.Buffer) -> None:
        """Copies a group and puts the only group of another file, `new`, behind it."""
        begin = self._into.tell()
        for piece in _pieces(self._from, group.begin, group.end):
            self._into.write(piece)
        between = self._into.tell()
        told = footer(pa.BufferReader(new))
        ((_, (beside,)),) = (told[GROUPS][1],)
        other = _group(beside)
        self._into.write(memoryview(new)[other.begin : other.end])
        kind, columns = group.told[COLUMNS][1]
        moved = [_moved(column, begin - group.begin) for column in columns]
        moved += [_moved(column, between - other.begin) for column in beside[COLUMNS][1][1]]
        sums = {number: (LONG, group.told[number][1] + beside[number][1]) for number in (BYTES, STORED)
                if number in group.told}  # fmt: skip
        self._written.append(group.told | {COLUMNS: (group.told[COLUMNS][0], (kind, moved))} | sums
                             | ({BEGIN: (LONG, begin)} if BEGIN in group.told else {}))  # fmt: skip
        self._new = told

    def close(self) -> None:
        with self._from, self._into:
            if len(self._written) == len(self.source.groups):
                end = dumped(self._footer())
                self._into.write(end + struct.pack("<i4s", len(end), MAGIC))

    def _footer(self) -> Struct:
        told, new = self.source.told, self._new
        kind, (root, *elements) = told[SCHEMA][1]
        own = new[SCHEMA][1][1]
        root = root | {CHILDREN: (INT, root[CHILDREN][1] + own[0][CHILDREN][1])}
        found = told | {
            SCHEMA: (told[SCHEMA][0], (kind, [root, *elements, *own[1:]])),
            GROUPS: (told[GROUPS][0], (told[GROUPS][1][0], self._written)),
        }
        if ORDERS in told:
            kind, orders = told[ORDERS][1]
            found[ORDERS] = (told[ORDERS][0], (kind, orders + new[ORDERS][1][1]))
        if KEYS in told:
            kind, keys = told[KEYS][1]
            found[KEYS] = (told[KEYS][0], (kind, [self._key(key) for key in keys]))
        return found

    def _key(self, key: Struct) -> Struct:
        """What Arrow notes of the kinds of columns would no longer fit."""
        if key[1][1] != KINDS:
            return key
        schema = pa.schema([*self.source.schema, *self._kinds], self.source.schema.metadata)
        return key | {2: (BINARY, base64.b64encode(schema.serialize().to_pybytes()))}


def arrays(added: Added) -> Iterator[pa.Array]:
    """Straight from the numbers' own memory; a z-score and its flag share what says where there is one."""
    known = {name: ~np.isnan(z) for name, z in added.z.items()}
    bits = {name: None if there.all() else _bits(there) for name, there in known.items()}
    for name, z in added.z.items():
        yield pa.Array.from_buffers(pa.float64(), len(z), [bits[name], pa.py_buffer(z)])
    for name, flag in added.flag.items():
        yield pa.Array.from_buffers(pa.bool_(), len(flag), [bits[name], _bits(flag)])
    places = added.why.places
    said = _bits(np.array([bool(text) for text in added.why.distinct])[places])
    indices = pa.Array.from_buffers(pa.int32(), len(places), [said, pa.py_buffer(places.astype(np.int32))])
    yield pa.DictionaryArray.from_arrays(indices, pa.array(added.why.distinct, pa.string()))


def _bits(truths: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(truths, bitorder="little"))


def encoded(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    few = [name for name in table.schema.names if not name.endswith("_flag")]
    pq.write_table(table, sink, row_group_size=MOST, compression="snappy", use_dictionary=few, write_statistics=False,
                   store_schema=False, write_batch_size=BATCH)  # fmt: skip
    return sink.getvalue()


def _pieces(file: BinaryIO, begin: int, end: int) -> Iterator[bytes]:
    file.seek(begin)
    while begin < end:
        piece = file.read(min(PIECE, end - begin))
        begin += len(piece)
        yield piece

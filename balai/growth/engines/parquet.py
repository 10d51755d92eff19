"""Parquet, through pyarrow (the extra `arrow`): columns pass through without being looked at."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from balai.base.errors import NotValid
from balai.growth.engines import Added, Batch, Column, Source, Target, Texts
from balai.growth.engines.beside import Beside, Copied, arrays

ROWS = 1 << 17
FEW = 4  # bytes a value: a column stored in less repeats itself, and is kept as a dictionary while it passes


class Arrow:
    def __init__(self, first: int, batch: pa.RecordBatch, wanted: Collection[int] | None = None) -> None:
        self.numbers = range(first, first + batch.num_rows)
        self.batch = batch
        self._places = range(batch.num_columns) if wanted is None else sorted(wanted)

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def column(self, place: int) -> Column:
        column = self.batch.column(self._places.index(place))
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = column.dictionary_encode()
        if pa.types.is_dictionary(column.type):
            return _texts(column)
        if pa.types.is_boolean(column.type):
            return column.fill_null(False).to_numpy(zero_copy_only=False)
        if pa.types.is_temporal(column.type):
            return column.cast(pa.date32()).to_numpy(zero_copy_only=False).astype("datetime64[D]")
        try:
            return column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            name = self.batch.schema.names[self._places.index(place)]
            raise NotValid("Kolom %(column)s bukan angka, teks, atau tanggal.", column=name) from error

    def rows(self) -> list[list[str]]:
        return [list(row) for row in zip(*self.texts(), strict=True)]

    def texts(self) -> list[Sequence[str]]:
        return [["" if cell is None else str(cell) for cell in column.to_pylist()] for column in self.batch.columns]


def _texts(column: Any) -> Texts:
    distinct = ["" if text is None else str(text) for text in column.dictionary.to_pylist()]
    places = column.indices.cast(pa.int64()).fill_null(len(distinct)).to_numpy(zero_copy_only=False)
    return Texts([*distinct, ""], places)


class Parquet:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            file = pq.ParquetFile(path)
        except pa.ArrowInvalid as error:
            raise NotValid("Berkas %(file)s tidak terbaca sebagai Parquet.", file=path.name) from error
        self.header = list(file.schema_arrow.names)
        self.repeating, texts = _repeating(file.metadata)
        self._how = {"read_dictionary": texts}
        self.schema = file.schema_arrow
        self.copied = Copied.of(path, file.schema_arrow)
        file.close()

    def batches(self, wanted: Collection[int] | None = None) -> Iterator[Batch]:
        first = 1
        with pq.ParquetFile(self.path, **self._how) as file:
            for batch in self._read(file, wanted):
                yield Arrow(first, batch, wanted)
                first += batch.num_rows
        if first == 1:
            yield Arrow(first, pa.RecordBatch.from_pylist([], self.schema))

    def _read(self, file: Any, wanted: Collection[int] | None) -> Iterator[pa.RecordBatch]:
        """Of wanted columns alone group by group, for these are copied so."""
        if wanted is None:
            yield from file.iter_batches(ROWS)
        else:
            names = [self.header[place] for place in sorted(wanted)]
            for group in range(file.num_row_groups):
                yield from file.iter_batches(ROWS, row_groups=[group], columns=names)


def _repeating(metadata: Any) -> tuple[list[str], list[str]]:
    """Columns whose values repeat, judged by the first group of rows; those of texts among them."""
    group = metadata.row_group(0) if metadata.num_row_groups else None
    columns = [group.column(place) for place in range(group.num_columns)] if group else []
    repeating = [
        column
        for column in columns
        if column.has_dictionary_page and column.total_uncompressed_size < FEW * column.num_values
    ]
    texts = [column.path_in_schema for column in repeating if column.physical_type == "BYTE_ARRAY"]
    return [column.path_in_schema for column in repeating], texts


def target(path: Path, source: Source) -> Target:
    if isinstance(source, Parquet) and source.copied:
        return Beside(path, source.copied)
    return ParquetTarget(path, source.header, getattr(source, "repeating", []))


class ParquetTarget:
    """The kinds of the columns stay; `repeating` names those worth a dictionary."""

    copies = False

    def __init__(self, path: Path, header: list[str], repeating: list[str]) -> None:
        self.path, self.header, self.repeating = path, header, repeating
        self._writer: Any = None

    def made(self, batch: Batch, added: Added) -> pa.RecordBatch:
        carried = batch.batch.columns if isinstance(batch, Arrow) else [pa.array(texts) for texts in batch.texts()]
        return pa.record_batch([*carried, *arrays(added)], names=[*self.header, *added.names()])

    def write(self, made: pa.RecordBatch) -> None:
        if self._writer is None:
            scores = made.schema.names[len(self.header) :]
            self._writer = pq.ParquetWriter(
                self.path, made.schema, compression="snappy", write_batch_size=ROWS, store_schema=False,
                use_dictionary=[*self.repeating, *(name for name in scores if not name.endswith("_flag"))],
                write_statistics=self.header,
            )  # fmt: skip
        self._writer.write_batch(made, row_group_size=ROWS)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()

"""CSV: cells pass through as they are, byte for byte."""

import csv
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from balai.base.errors import NotValid
from balai.growth.engines import Added, Batch, Texts

ROWS = 1 << 14
SEPARATORS = ",;\t|"
HOW: dict[str, Any] = {"encoding": "utf-8", "errors": "surrogateescape", "newline": ""}
MARK = "\ufeff"
csv.field_size_limit(1 << 20)


class Cells:
    def __init__(self, numbered: list[tuple[int, list[str]]], width: int) -> None:
        self.numbers = [number for number, _cells in numbered]
        self.width = width
        self._cells = [cells for _number, cells in numbered]
        self._columns = list(zip_longest(*self._cells, fillvalue=""))

    def __len__(self) -> int:
        return len(self._cells)

    def column(self, place: int) -> Texts:
        return Texts.of(self.texts()[place])

    def rows(self) -> list[list[str]]:
        return self._cells

    def texts(self) -> list[Sequence[str]]:
        return [*self._columns, *[("",) * len(self)] * (self.width - len(self._columns))][: self.width]


class Delimited:
    """The separator is the one that stands most often in the header; a byte-order mark is kept for who needs it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(**HOW) as file:
            line = file.readline()
        self.mark = MARK if line.startswith(MARK) else ""
        line = line.removeprefix(MARK)
        self.separator = max(SEPARATORS, key=line.count)
        self.header = next(csv.reader([line], delimiter=self.separator), [])

    def batches(self, wanted: Collection[int] | None = None) -> Iterator[Batch]:
        with self.path.open(**HOW) as file:
            rows = csv.reader(file, delimiter=self.separator)
            numbered = ((number, row) for number, row in enumerate(rows, start=1) if row and number > 1)
            try:
                yield Cells(list(islice(numbered, ROWS)), len(self.header))
                while part := list(islice(numbered, ROWS)):
                    yield Cells(part, len(self.header))
            except csv.Error as error:
                raise NotValid("Baris %(row)d tidak terbaca sebagai CSV.", row=rows.line_num) from error


class DelimitedTarget:
    copies = False

    def __init__(self, path: Path, header: list[str], separator: str = ",", mark: str = "") -> None:
        self.width = len(header)
        self._file = path.open("w", **HOW)
        self._file.write(mark)
        self._rows = csv.writer(self._file, delimiter=separator, lineterminator="\n")
        self.header = header
        self._begun = False

    def made(self, batch: Batch, added: Added) -> list[list[str]]:
        """The header on top: the first batch writes it, the others leave it out."""
        shown = zip(*_shown(added), strict=True)
        beside = (self._beside(row, more) for row, more in zip(batch.rows(), shown, strict=True))
        return [[*self.header, *added.names()], *beside]

    def write(self, made: list[list[str]]) -> None:
        self._rows.writerows(made[1:] if self._begun else made)
        self._begun = True

    def _beside(self, row: list[str], more: tuple[str, ...]) -> list[str]:
        """What is added stands below its heading, also where a row has too few cells or too many."""
        if len(row) == self.width:
            return [*row, *more]
        return [*row[: self.width], *[""] * (self.width - len(row)), *more, *row[self.width :]]

    def close(self) -> None:
        self._file.close()


def _shown(added: Added) -> Iterator[list[str]]:
    for z in added.z.values():
        yield [f"{value:.2f}" if value == value else "" for value in z.tolist()]
    for name, flag in added.flag.items():
        yield np.where(np.isnan(added.z[name]), "", np.where(flag, "1", "0")).tolist()
    yield added.why.rows()

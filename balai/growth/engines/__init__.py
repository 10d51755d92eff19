"""Files of measurements, read and written batch by batch: what their kinds have in common."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
WHY = "why"  # the column that says what cannot be right in a row


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: the distinct ones, and which of them stands in each row. Nothing known is the empty text."""

    distinct: list[str]
    places: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        known = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        return cls(list(known), np.fromiter(map(known.__getitem__, texts), np.int64, len(texts)))

    def rows(self) -> list[str]:
        return list(map(self.distinct.__getitem__, self.places.tolist()))


Column = Texts | NDArray[Any]  # or numbers (float64, NaN), days (datetime64[D], NaT), truths (bool)


class Batch(Protocol):
    """Some rows of a file, as they came."""

    numbers: Sequence[int]  # of the rows, as a person counts them in this kind of file

    def __len__(self) -> int: ...

    def column(self, place: int) -> Column: ...

    def rows(self) -> list[list[str]]:
        """All cells as text, row by row."""
        ...

    def texts(self) -> list[Sequence[str]]:
        """All cells as text, column by column; as many as the header has."""
        ...


class Source(Protocol):
    header: list[str]

    def batches(self, wanted: Collection[int] | None = None) -> Iterator[Batch]:
        """At least one, even of a file without rows. Columns that are not wanted need not be read (None: all are)."""
        ...


@dataclass(frozen=True, slots=True)
class Added:
    """The columns that a batch gets: z-scores (NaN: none) and their flags by name, and what is wrong with a row."""

    z: dict[str, NDArray[np.float64]]
    flag: dict[str, NDArray[np.bool_]]
    why: Texts

    def names(self) -> list[str]:
        return [*self.z, *(f"{name}_flag" for name in self.flag), WHY]


class Target(Protocol):
    copies: bool  # it takes the rows from the file itself, so that only what is looked at need be read

    def made(self, batch: Batch, added: Added) -> Any:
        """The rows of a batch, each with what it gets, ready to be written; several may be made at once."""
        ...

    def write(self, made: Any) -> None:
        """One after another, in the order of the file."""
        ...

    def close(self) -> None: ...

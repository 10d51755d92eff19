"""What the files of promised tables and of the catalogue may say. An unknown key or a wrong type is an error.

A promised table (`promised/<table>.toml`):
    [table]         name, about, about_en, row, waits, keys
                    `keys`: which of "family", "member" identify a row; they stand as text columns after `village`,
                    `rt`, `as_of`, which every table has without saying so.
    [column.NAME]   type, about, about_en, item, unit, codes, source, required, made; or one line each under [column]
                    `codes`: "1 belum kawin; 2 kawin; 3-4 pernah kawin", "N naik; T tidak": no other may be named.
                    `made = "growth"`: not in the raw table, put in by balai.growth when it is completed.
    [rolled.NAME]   type, about, about_en, unit, source, basis, from, by, how, where, of
                    over the rows of `from` with the same `by`; `how`: count, any, all, min, max, sum. Without rows a
                    count is 0 and all else is NULL. `any` and `all` ask `of` and leave out rows whose `of` is NULL. A
                    table that rolls another up is completed after it and may name all its columns; no two may roll up
                    each other. Over a table that is not there yet (it waits) every rolled column is NULL, a count too.
    [derived.NAME]  type, about, about_en, unit, codes, source, basis, is: an expression on columns of the table
`promised/parameters.toml`, one table a number that law or science may change; `{NAME}` in an expression:
    [NAME]          about, about_en, source, basis, values = [{ from = 2022-01-01, is = 35 }]; `is` is a whole number,
                    a list of them (`water IN {unsafe}`), or a date. The value of the snapshot's day is put in.

An indicator (`catalogue/<programme>.toml`, key = code):
    table, among, counted                  n = rows of `among` that are `counted`, d = rows of `among`; without
                                           `counted` n = rows of `among` and d is empty (a count)
    table, among, counted, against         n as before, d = rows of `among` that are `against` (one group to another)
    table, among, value, how, scale        mean: n = sum, d = rows with a value; sum: n; max: n; median: a histogram
    table, among, value, how="ratio", over n = sum of `value`, d = sum of `over`, of the rows that have both
    parts = { mow = { counted = "..." } }  several figures `F09.mow`; each may change any key above and its own names
    formula = "5 * (F16.a15 + F16.a20)"    of n / d / scale of other codes (of n where there is no d), with + - * and
                                           ratio(a, b), worked out after the roll-up; it has no interval
    waits = "care"                         not worked out before that has come; expressions may already stand
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

Type = Literal["bool", "int", "real", "date", "text"]
Basis = Literal["confirmed", "inferred", "standard"]
Unit = Literal[
    "percent", "per_100", "per_1000", "per_village_month", "count", "mean", "median", "index", "years", "class"
]
How = Literal["mean", "sum", "median", "max", "ratio"]
KEYS = ("family", "member")
FACTORS = {"percent": 100, "per_100": 100, "per_1000": 1000}


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An unknown key is an error."""


class _Described(_Strict, frozen=True, kw_only=True):
    type: Type
    about: str
    about_en: str
    unit: str = ""
    source: str = ""


class Column(_Described, frozen=True, kw_only=True):
    item: str = ""
    codes: str = ""
    required: bool = False
    made: str = ""


class Derived(_Described, frozen=True, kw_only=True):
    expression: str = msgspec.field(name="is")
    basis: Basis = "standard"
    codes: str = ""


class Rolled(_Described, frozen=True, kw_only=True):
    over: str = msgspec.field(name="from")
    how: Literal["count", "any", "all", "min", "max", "sum"]
    by: str = "family"
    where: str = ""
    of: str = ""
    basis: Basis = "standard"


class Head(_Strict, frozen=True, kw_only=True):
    name: str
    about: str
    about_en: str
    row: str
    waits: str = ""
    keys: tuple[Literal["family", "member"], ...] = ()


class TableFile(_Strict, frozen=True, kw_only=True):
    table: Head
    column: dict[str, Column]
    derived: dict[str, Derived] = {}
    rolled: dict[str, Rolled] = {}


class ParameterValue(_Strict, frozen=True, kw_only=True):
    since: datetime.date = msgspec.field(name="from")
    value: int | datetime.date | tuple[int, ...] = msgspec.field(name="is")


class ParameterEntry(_Strict, frozen=True, kw_only=True):
    about: str
    about_en: str
    source: str
    values: tuple[ParameterValue, ...]
    basis: Basis = "standard"


class Band(_Strict, frozen=True, kw_only=True):
    since: datetime.date = msgspec.field(name="from")
    word_id: str
    word_en: str
    source: str
    at_most: float | None = None
    at_least: float | None = None


class Part(_Strict, frozen=True, kw_only=True):
    """What a part says otherwise than the indicator it belongs to; None: the same."""

    name_id: str | None = None
    name_en: str | None = None
    table: str | None = None
    among: str | None = None
    counted: str | None = None
    against: str | None = None
    value: str | None = None
    over: str | None = None
    how: How | None = None
    scale: int | None = None


class Indicator(_Strict, frozen=True, kw_only=True):
    name_id: str
    name_en: str
    means_id: str
    means_en: str
    counted_id: str
    counted_en: str
    of_id: str
    of_en: str
    unit: Unit
    direction: Literal["up", "down", "context"]
    levels: str
    source: str
    basis: Basis
    since: datetime.date
    note_id: str = ""
    note_en: str = ""
    version: int = 1
    table: str = ""
    among: str = ""
    counted: str = ""
    against: str = ""
    value: str = ""
    over: str = ""
    how: Literal["", "mean", "sum", "median", "max", "ratio"] = ""
    scale: int = 1
    parts: dict[str, Part] = {}
    formula: str = ""
    waits: str = ""
    beside: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    code: str = ""  # given by the loader: the key in its file
    programme: str = ""  # given by the loader: the name of its file
    place: str = ""  # given by the loader: file and line


class Parameter(_Strict, frozen=True, kw_only=True):
    name: str
    about: str
    about_en: str
    source: str
    basis: Basis
    values: tuple[ParameterValue, ...]


class Table(_Strict, frozen=True, kw_only=True):
    """A promised table as read: its columns in their order, what every table has included."""

    name: str
    about: str
    about_en: str
    row: str
    waits: str
    keys: tuple[str, ...]
    columns: dict[str, Column]
    derived: dict[str, Derived]
    rolled: dict[str, Rolled]
    places: dict[str, str]  # column to file and line

    @property
    def raw(self) -> list[str]:
        """The columns that the register fills."""
        return [name for name, column in self.columns.items() if not column.made]

    @property
    def complete(self) -> dict[str, Column | Derived | Rolled]:
        """Every column an indicator may name, in the order of the files."""
        return {**self.columns, **self.rolled, **self.derived}

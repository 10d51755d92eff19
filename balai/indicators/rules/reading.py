"""Reads the folders of promised tables and of the catalogue. Every mistake names file, line and what may be meant."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from balai.base.dated import Dated
from balai.base.errors import NotValid
from balai.indicators.rules.declared import (
    KEYS,
    Column,
    Derived,
    Head,
    Indicator,
    Parameter,
    ParameterEntry,
    Part,
    Rolled,
    Table,
    TableFile,
)
from balai.indicators.rules.files import Text
from balai.indicators.rules.near import near

PROGRAMMES = ("data", "behaviour", "health", "stunting", "education", "protection", "economy", "environment")
FOLDER = resources.files("balai.indicators.rules")
EVERYWHERE = {
    "village": Column(type="text", about="Kode desa", about_en="Code of the village", required=True),
    "rt": Column(type="text", about="RT", about_en="Neighbourhood (RT)"),
    "as_of": Column(type="date", about="Hari potret", about_en="Day of the snapshot", required=True),
    "family": Column(type="text", about="Tanda keluarga (acak)", about_en="Key of the family (random)"),
    "member": Column(type="text", about="Tanda anggota (acak)", about_en="Key of the member (random)"),
}  # fmt: skip
GROUPS: dict[str, type] = {"column": Column, "rolled": Rolled, "derived": Derived}
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
CODE = re.compile(r"[A-Z][0-9]{2}(_[a-z0-9_]+)?", re.ASCII)
PART = re.compile(r"[a-z0-9_]+", re.ASCII)


@dataclass(frozen=True)
class Catalogue:
    """Everything declared, as read from the files."""

    tables: Mapping[str, Table]
    parameters: Mapping[str, Parameter]
    indicators: Mapping[str, Indicator]
    digest: str

    def indicator(self, code: str) -> Indicator:
        """By its code, or by that of one of its parts."""
        base, _, part = code.partition(".")
        found = self.indicators.get(base)
        if found is None or (part and part not in found.parts):
            raise NotValid(
                "Tidak ada indikator “%(code)s”.%(near)s", code=code, near=near(code, self.indicators)
            )  # fmt: skip
        return found

    def parameters_on(self, day: date) -> dict[str, Any]:
        """The numbers in force that day; one that has not begun yet is left out."""
        found = {}
        for name, one in self.parameters.items():
            dated = Dated({value.since: value.value for value in one.values}, source=one.source)
            try:
                found[name] = dated.on(day)
            except LookupError:
                continue
        return found


def table_of(text: Text) -> Table:
    """One promised table; the columns that every table has stand first."""
    keys = [key for key in KEYS if key in text.data.get("table", {}).get("keys", ())]
    first = {name: EVERYWHERE[name] for name in ("village", "rt", "as_of", *keys)}
    places = dict.fromkeys(first, text.place("table"))
    for group, kind in GROUPS.items():
        for name, entry in text.data.get(group, {}).items():
            place = text.place(group, name)
            _named(NAME, name, place)
            if name in places:
                raise NotValid("%(place)s: kolom “%(name)s” sudah ada.", place=place, name=name)
            text.convert(entry, kind, group, name)
            places[name] = place
    text.convert(text.data.get("table", {}), Head, "table")
    read = text.convert(text.data, TableFile)
    return Table(
        **msgspec.structs.asdict(read.table), columns={**first, **read.column}, rolled=read.rolled,
        derived=read.derived, places=places,
    )  # fmt: skip


def _named(shape: re.Pattern[str], name: str, place: str) -> None:
    if not shape.fullmatch(name):
        raise NotValid("%(place)s: “%(name)s” bukan nama yang dapat dipakai.", place=place, name=name)


def parameters_of(text: Text) -> dict[str, Parameter]:
    found = {}
    for name, data in text.data.items():
        _named(NAME, name, text.place(name))
        entry = text.convert(data, ParameterEntry, name)
        found[name] = Parameter(name=name, **msgspec.structs.asdict(entry))
    return found


def indicators_of(text: Text) -> Iterator[Indicator | NotValid]:
    """The indicators of one programme; a mistake stands in place of the indicator that has it."""
    for code, data in text.data.items():
        place = text.place(code)
        try:
            _named(CODE, code, place)
            for part, entry in data.get("parts", {}).items():
                _named(PART, part, place)
                text.convert(entry, Part, code, "parts", part)
            read = text.convert(data, Indicator, code)
        except NotValid as mistake:
            yield mistake
        else:
            yield msgspec.structs.replace(read, code=code, programme=text.name.removesuffix(".toml"), place=place)


class Reading:
    """What has been read so far, with the mistakes found on the way."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.parameters: dict[str, Parameter] = {}
        self.indicators: dict[str, Indicator] = {}
        self.mistakes: list[NotValid] = []
        self.digest = hashlib.sha256()

    def promised(self, text: Text) -> None:
        if text.name == "parameters.toml":
            self.parameters = parameters_of(text)
        else:
            table = table_of(text)
            self.tables[table.name] = table

    def catalogue(self, text: Text) -> None:
        for one in indicators_of(text):
            if isinstance(one, NotValid):
                self.mistakes.append(one)
            elif one.code in self.indicators:
                self.mistakes.append(NotValid("%(place)s: kode “%(name)s” sudah ada.", place=one.place, name=one.code))
            else:
                self.indicators[one.code] = one

    def folder(self, folder: Traversable) -> None:
        for name, take in (("promised", self.promised), ("catalogue", self.catalogue)):
            for path in _files(folder / name):
                try:
                    text = Text(path)
                    self.digest.update(text.bytes)
                    take(text)
                except NotValid as mistake:
                    self.mistakes.append(mistake)

    def result(self) -> Catalogue:
        ordered = sorted(self.indicators.values(), key=_order)
        return Catalogue(
            self.tables, self.parameters, {one.code: one for one in ordered}, self.digest.hexdigest()
        )  # fmt: skip


def read(folder: Traversable) -> tuple[Catalogue, list[NotValid]]:
    """What stands in `folder/promised` and `folder/catalogue`, and every mistake that reading finds."""
    reading = Reading()
    reading.folder(folder)
    return reading.result(), reading.mistakes


def _order(one: Indicator) -> tuple[int, str]:
    """Programme after programme as the village's page shows them; a programme that is not ours comes last."""
    known = one.programme in PROGRAMMES
    return PROGRAMMES.index(one.programme) if known else len(PROGRAMMES), one.code


def _files(folder: Traversable) -> list[Traversable]:
    found = [path for path in folder.iterdir() if path.name.endswith(".toml")] if folder.is_dir() else []
    return sorted(found, key=lambda one: one.name)

"""What is held, why, for whom and how long: `fields.toml`, table by table.

The file is the one source of the processing register, of the report that a person gets, of erasure and of retention.
Its order is the order of erasure: what hangs on a row stands before that row.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from balai.access.rules import DataClass

PERSONAL = (DataClass.P3, DataClass.P4)


class Erase(StrEnum):
    """What erasing a person does to the rows that lead to the person."""

    DELETE = "delete"
    BLANK = "blank"  # columns of P3 and P4 are emptied, the rest stays for counts
    FORGET = "forget"  # the trail does it: what was said is gone, that something was done stays
    STAYS = "stays"  # with the reason in `stays_because`


@dataclass(frozen=True)
class Phrase:
    """The same in both languages."""

    id: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language == "en" else self.id


@dataclass(frozen=True)
class Basis:
    """A ground of UU 27/2022, article 20. `lawyer`: a lawyer has yet to confirm it."""

    name: Phrase
    source: str
    lawyer: bool


@dataclass(frozen=True)
class Keep:
    """How long rows stay after the moment in the column `ends` of their table; None: as long as the purpose lasts."""

    name: Phrase
    days: int | None
    since: date
    source: str
    lawyer: bool

    def due_before(self, on: date) -> date | None:
        """Rows that ended before this day are due on the day `on`."""
        if self.days is None or on < self.since:
            return None
        return on - timedelta(days=self.days)


@dataclass(frozen=True)
class Table:
    """`person`, `family`, `account`, `username`: how a row leads to whose data it is; empty when it does not.
    `named_in`: where rows only carry a name, the way to the village in which somebody of that name may be meant."""

    key: str
    name: Phrase
    purpose: Phrase
    basis: Basis
    keep: Keep
    receives: tuple[Phrase, ...]
    classes: Mapping[str, DataClass]
    labels: Mapping[str, Phrase]
    person: str = ""
    family: str = ""
    account: str = ""
    username: str = ""
    named_in: str = ""
    after_leaving: str = ""  # delete: what becomes of the rows of an account whose owner left and is erased
    secret: str = ""  # columns that open something, apart by spaces: in no report
    erase: Erase = Erase.STAYS
    stays_because: str = ""
    unwalled_because: str = ""
    ends: str = ""
    at_end: str = ""  # delete, blank, erase (each person) or cut (the trail); empty: nothing is done by the clock

    @property
    def highest(self) -> DataClass:
        return max(self.classes.values(), default=DataClass.P0)

    @property
    def is_personal(self) -> bool:
        return self.highest in PERSONAL

    @property
    def leads_to_a_person(self) -> bool:
        return bool(self.person or self.family)

    def fields_of(self, *classes: DataClass) -> list[str]:
        return [name for name, one in self.classes.items() if one in classes]

    @property
    def leads_to_an_account(self) -> bool:
        return bool(self.account or self.username)

    def of_account(self) -> list[str]:
        """Columns that the owner of an account is shown: not those of residents, nor what opens something."""
        hidden = {*self.secret.split(), *self.fields_of(*PERSONAL)}
        return [name for name in self.classes if name not in hidden]

    def label(self, field: str) -> Phrase:
        return self.labels.get(field) or Phrase(field, field)


@dataclass(frozen=True)
class Catalogue:
    tables: Mapping[str, Table]
    keeps: Mapping[str, Keep]
    bases: Mapping[str, Basis]


def _phrase(pair: Any) -> Phrase:
    return Phrase(*pair)


def _keep(said: dict[str, Any]) -> Keep:
    return Keep(_phrase(said["name"]), said.get("days"), said["since"], said["source"], said.get("lawyer", False))


def _basis(said: dict[str, Any]) -> Basis:
    return Basis(_phrase(said["name"]), said["source"], said.get("lawyer", False))


def _classes(said: dict[str, str]) -> Mapping[str, DataClass]:
    """{"P3": "name born_on"} turned round; ValueError for a field named twice."""
    found: dict[str, DataClass] = {}
    for one, names in said.items():
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} is in {found[name]} and {one}")
            found[name] = DataClass(one)
    return MappingProxyType(found)


def _table(key: str, said: dict[str, Any], document: dict[str, Any], shared: Catalogue) -> Table:
    classes = _classes(said.pop("fields"))
    own = said.pop("label", {})
    labels = {name: _phrase(pair) for name, pair in (document["label"] | own).items() if name in classes}
    return Table(
        key=key,
        name=_phrase(said.pop("name")),
        purpose=_phrase(said.pop("purpose")),
        basis=shared.bases[said.pop("basis")],
        keep=shared.keeps[said.pop("keep")],
        receives=tuple(_phrase(document["receiver"][one]) for one in said.pop("receives")),
        classes=classes,
        labels=MappingProxyType(labels),
        erase=Erase(said.pop("erase", "stays")),
        **said,
    )


def read(text: str) -> Catalogue:
    document = tomllib.loads(text)
    shared = Catalogue(
        tables=MappingProxyType({}),
        keeps=MappingProxyType({key: _keep(said) for key, said in document["keep"].items()}),
        bases=MappingProxyType({key: _basis(said) for key, said in document["basis"].items()}),
    )
    tables = {key: _table(key, said, document, shared) for key, said in document["table"].items()}
    return Catalogue(MappingProxyType(tables), shared.keeps, shared.bases)


@cache
def catalogue() -> Catalogue:
    return read(files("balai.privacy").joinpath("fields.toml").read_text("utf-8"))


def for_readers() -> list[Table]:
    """The file begins with what hangs on others, for that is the order of erasure; a reader begins with the family."""
    tables = list(catalogue().tables.values())
    order = {table.key: place for place, table in enumerate(tables)}
    return sorted(tables, key=lambda table: (table.erase is not Erase.DELETE, -order[table.key]))

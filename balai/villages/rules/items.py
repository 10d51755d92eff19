"""The scalar items of a village's profile, as `items.toml` lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from balai.base.errors import NotValid
from balai.villages.rules.kinds import ItemKind


@dataclass(frozen=True)
class Item:
    """`choices` bind the text of the answer: the kind of companion, the frequency of a mechanism."""

    key: str
    kind: ItemKind
    group: str
    name_id: str
    name_en: str
    help_id: str
    help_en: str
    source: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class ItemGroup:
    key: str
    name_id: str
    name_en: str


def _document() -> dict[str, dict[str, dict[str, object]]]:
    return tomllib.loads(files("balai.villages.rules").joinpath("items.toml").read_text("utf-8"))


@cache
def items() -> Mapping[str, Item]:
    """All items by key, in the order of the form."""
    found = {}
    for key, fields in _document()["items"].items():
        kind, choices = ItemKind(str(fields.pop("kind"))), fields.pop("choices", [])
        found[key] = Item(key=key, kind=kind, choices=tuple(choices), **fields)  # type: ignore[arg-type]
    return MappingProxyType(found)


@cache
def groups() -> Mapping[str, ItemGroup]:
    """The parts of the form by key, in its order."""
    return MappingProxyType(
        {key: ItemGroup(key=key, **names) for key, names in _document()["groups"].items()}  # type: ignore[arg-type]
    )


def items_of(group: str) -> tuple[str, ...]:
    """Keys of the items of one part of the form, e.g. the six fund sources."""
    return tuple(key for key, item in items().items() if item.group == group)


def _number(item: Item, text: str) -> None:
    """Coordinates are kept as text, but have to be numbers inside the country's bounds."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    low, high = item.minimum, item.maximum
    if low is not None and high is not None and not low <= value <= high:
        raise NotValid(
            "%(item)s: “%(text)s” bukan angka antara %(low)s dan %(high)s.",
            item=item.name_id, text=text, low=low, high=high,
        )  # fmt: skip


def check_answer(key: str, value: int | None, text: str) -> Item:
    """The item that `key` names, when such an answer to it can be; NotValid otherwise."""
    item = items().get(key)
    if item is None:
        raise NotValid("“%(key)s” bukan butir profil yang dikenal.", key=key)
    if value is not None:
        _check_value(item, value)
    if text:
        _check_text(item, text)
    return item


def _check_value(item: Item, value: int) -> None:
    if item.kind is ItemKind.YES_NO and value not in (0, 1):
        raise NotValid("%(item)s: jawab ya atau tidak, bukan %(value)s.", item=item.name_id, value=value)
    if item.kind is ItemKind.COUNT and value < 0:
        raise NotValid("%(item)s: jumlah tidak bisa kurang dari nol (%(value)s).", item=item.name_id, value=value)
    if item.kind in (ItemKind.TEXT, ItemKind.CHOICE):
        raise NotValid("%(item)s: isinya teks, bukan angka %(value)s.", item=item.name_id, value=value)


def _check_text(item: Item, text: str) -> None:
    if item.choices and text not in item.choices:
        raise NotValid(
            "%(item)s: “%(text)s” bukan pilihan. Pilihannya: %(choices)s.",
            item=item.name_id, text=text, choices=", ".join(item.choices),
        )  # fmt: skip
    if item.minimum is not None:
        _number(item, text)

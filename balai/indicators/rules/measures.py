"""An indicator taken apart into what is counted: one measure a figure, its expressions read and checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from balai.base.errors import NotValid
from balai.indicators.rules.checking import known
from balai.indicators.rules.declared import Indicator
from balai.indicators.rules.expressions import Known, Node, condition, whole
from balai.indicators.rules.formulas import codes, formula
from balai.indicators.rules.near import near
from balai.indicators.rules.reading import Catalogue

SUMS = ("mean", "sum", "ratio")


@dataclass(frozen=True)
class Measure:
    """`how`: "count", or how values are taken together. `d` is None where there is no denominator."""

    code: str
    table: str
    how: str
    n: Node | None  # the condition of what is counted; of whose values are taken together
    d: Node | None  # the condition of the denominator
    value: Node | None = None
    over: Node | None = None
    divided: bool = False


def parts(indicator: Indicator) -> dict[str, Indicator]:
    """Code to definition of every figure under the indicator: its parts, and itself where it says how."""
    found = {}
    whole_one = msgspec.structs.replace(indicator, parts={})
    if not indicator.parts or indicator.counted or indicator.value or indicator.formula:
        found[indicator.code] = whole_one
    for name, part in indicator.parts.items():
        said = {key: value for key, value in msgspec.structs.asdict(part).items() if value is not None}
        found[f"{indicator.code}.{name}"] = msgspec.structs.replace(whole_one, formula="", **said)
    return found


def both(first: Node | None, second: Node | None) -> Node | None:
    if first is None or second is None:
        return first or second
    return Node("and", "bool", (first, second))


def measure(code: str, one: Indicator, catalogue: Catalogue, parameters: Mapping[str, Any]) -> Measure:
    """The measure of a definition that counts in a table."""
    if one.table not in catalogue.tables:
        raise NotValid(
            "%(place)s: tidak ada tabel “%(name)s”.%(near)s",
            place=one.place, name=one.table, near=near(one.table, catalogue.tables),
        )  # fmt: skip
    about = known(catalogue.tables[one.table], parameters)
    _check(code, one)
    among = _condition(code, one, "among", about)
    if one.value:
        return _of_values(code, one, among, about)
    counted, against = _condition(code, one, "counted", about), _condition(code, one, "against", about)
    return Measure(
        code, one.table, "count", n=both(among, counted), d=both(among, against), divided=bool(one.counted)
    )  # fmt: skip


def _condition(code: str, one: Indicator, key: str, about: Known) -> Node | None:
    text = getattr(one, key)
    return condition(text, replace(about, place=f"{one.place} [{code}] {key}")) if text else None


def _of_values(code: str, one: Indicator, among: Node | None, about: Known) -> Measure:
    value = whole(one.value, replace(about, place=f"{one.place} [{code}] value"))
    there = both(among, _present(value))
    if one.how != "ratio":
        return Measure(code, one.table, one.how, n=there, d=there, value=value, divided=one.how == "mean")
    over = whole(one.over, replace(about, place=f"{one.place} [{code}] over"))
    there = both(there, _present(over))
    return Measure(code, one.table, "ratio", n=there, d=there, value=value, over=over, divided=True)


def _present(node: Node) -> Node:
    return Node("not", "bool", (Node("is_null", "bool", (node,)),))


def _check(code: str, one: Indicator) -> None:
    """Keys that contradict each other."""
    wrong = [
        key
        for key, is_wrong in (
            ("how", bool(one.value) != bool(one.how)),
            ("over", bool(one.over) != (one.how == "ratio")),
            ("counted", bool(one.counted and one.value)),
            ("against", bool(one.against) and not one.counted),
            ("scale", one.scale < 1),
        )
        if is_wrong
    ]
    if wrong:
        raise NotValid("%(place)s [%(code)s]: “%(key)s” tidak cocok dengan kunci lainnya.", place=one.place, code=code,
                       key=wrong[0])  # fmt: skip


def definitions(catalogue: Catalogue, asked: Iterable[str]) -> dict[str, Indicator]:
    """Every figure of the codes asked, with those that their formulas are made of."""
    found: dict[str, Indicator] = {}
    waiting = list(dict.fromkeys(asked))
    while waiting:
        code = waiting.pop(0)
        indicator = catalogue.indicator(code)
        of_it = parts(indicator)
        chosen = of_it if code == indicator.code else {code: of_it[code]}
        for name, one in chosen.items():
            if name not in found:
                found[name] = msgspec.structs.replace(one, code=name)
                if one.formula:
                    waiting += codes(formula(one.formula, one.place))
    return found


def waits_for(catalogue: Catalogue, one: Indicator) -> str:
    """What has to come before the figure can be worked out; "" where nothing has."""
    if one.waits or not one.formula:
        return one.waits or (catalogue.tables[one.table].waits if one.table in catalogue.tables else "")
    found = (
        waits_for(catalogue, other) for code, other in definitions(catalogue, [one.code]).items() if code != one.code
    )
    return next(filter(None, found), "")


def _unknown(place: str, code: str, known_codes: Iterable[str]) -> NotValid:
    return NotValid(
        "%(place)s: tidak ada indikator “%(name)s”.%(near)s", place=place, name=code, near=near(code, known_codes)
    )  # fmt: skip


def _operands(catalogue: Catalogue, one: Indicator) -> None:
    """A formula is made of figures that are counted, not of other formulas or of codes that have only parts."""
    known_figures = {name for other in catalogue.indicators.values() for name in parts(other)}
    for code in codes(formula(one.formula, one.place)):
        if code not in catalogue.indicators and code not in known_figures:
            raise _unknown(one.place, code, known_figures)
        figure = parts(catalogue.indicator(code)).get(code)
        if figure is None or figure.formula:
            raise NotValid("%(place)s: rumus memakai “%(code)s”, yang tidak dihitung dari tabel.", place=one.place,
                           code=code)  # fmt: skip


def mistakes_of_indicators(catalogue: Catalogue, parameters: Mapping[str, Any]) -> Iterator[NotValid]:
    for indicator in catalogue.indicators.values():
        for other in indicator.beside:
            if other not in catalogue.indicators:
                yield _unknown(indicator.place, other, catalogue.indicators)
        for code, one in parts(indicator).items():
            try:
                if one.formula:
                    _operands(catalogue, one)
                elif one.table or not one.waits:
                    measure(code, one, catalogue, parameters)
            except NotValid as mistake:
                yield mistake

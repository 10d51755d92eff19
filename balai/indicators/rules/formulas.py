"""Figures made of other figures: + - * and ratio(a, b) over codes, exact until the last step."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from balai.base.errors import NotValid
from balai.indicators.rules.expressions import ARITHMETIC, Node

Operand = Callable[[str], Fraction | None]


def formula(text: str, place: str) -> Node:
    try:
        parsed = sqlglot.parse(text)
    except SqlglotError as error:
        raise _broken(text, place) from error
    if len(parsed) != 1 or parsed[0] is None:
        raise _broken(text, place)
    return _read(parsed[0], text, place)


def _broken(text: str, place: str) -> NotValid:
    return NotValid("%(place)s: rumus “%(text)s” tidak dapat dibaca.", place=place, text=text)


def _read(node: exp.Expr, text: str, place: str) -> Node:
    kind = type(node)
    if kind in ARITHMETIC:
        return Node(ARITHMETIC[kind], "real", tuple(_read(part, text, place) for part in (node.this, node.expression)))
    if kind is exp.Paren:
        return _read(node.this, text, place)
    if kind is exp.Neg:
        return Node("negative", "real", (_read(node.this, text, place),))
    if kind is exp.Literal and not node.is_string and node.this.isdecimal():
        return Node("literal", "int", value=int(node.this))
    if kind is exp.Column and not node.args.get("db"):
        return Node("column", "real", value=f"{node.text('table')}.{node.name}".lstrip("."))
    if kind is exp.Anonymous and node.name.lower() == "ratio" and len(node.expressions) == 2:
        return Node("ratio", "real", tuple(_read(part, text, place) for part in node.expressions))
    raise _broken(text, place)


def codes(node: Node) -> Iterator[str]:
    return node.columns()


def worked_out(node: Node, operand: Operand) -> Fraction | None:
    """None where an operand is missing or a divisor is nothing."""
    if node.op == "literal":
        return Fraction(node.value)
    if node.op == "column":
        return operand(node.value)
    parts = [worked_out(part, operand) for part in node.parts]
    if any(part is None for part in parts):
        return None
    return OPERATIONS[node.op](*[part for part in parts if part is not None])


def _ratio(first: Fraction, second: Fraction) -> Fraction | None:
    return first / second if second else None


OPERATIONS: dict[str, Callable[..., Fraction | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "negative": lambda a: -a,
    "ratio": _ratio,
}

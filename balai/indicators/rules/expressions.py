"""Expressions of the declarations: parsed by sqlglot, then taken over node by node into a small typed tree of our own.

What is not named here is refused, so nothing reaches an engine that was not thought of. Logic has three values: a
comparison with NULL is NULL, and a NULL condition does not count.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from balai.base.errors import NotValid
from balai.indicators.rules.near import near

FUNCTIONS = {"months_between": ("date", "int"), "years_between": ("date", "int"), "days_between": ("date", "int")}
CHOICES = ("coalesce", "least", "greatest")
COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
}  # fmt: skip
ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
PARAMETER = re.compile(r"\{([a-z0-9_]+)\}", re.ASCII)
# Quotes and backslashes inside a text are read differently by the engines, so no text has them.
TEXT = re.compile(r"[A-Za-z0-9_. /+-]*", re.ASCII)
COMMENT = re.compile(r"--|/\*|#")
LARGEST = 2**31 - 1
ORDERED = {"int", "real", "date"}


@dataclass(frozen=True)
class Node:
    """`op` with its operands; a column has its name, a literal its value in `value`."""

    op: str
    type: str
    parts: tuple["Node", ...] = ()
    value: Any = None

    def columns(self) -> Iterator[str]:
        if self.op == "column":
            yield self.value
        for part in self.parts:
            yield from part.columns()


@dataclass(frozen=True)
class Known:
    """What an expression may name (columns with their types and codes, numbers in force), and where it stands."""

    table: str
    types: Mapping[str, str]
    codes: Mapping[str, frozenset[Any]]
    parameters: Mapping[str, Any]
    place: str


def condition(text: str, known: Known) -> Node:
    return _typed(text, known, ("bool",))


def whole(text: str, known: Known) -> Node:
    return _typed(text, known, ("int",))


def _typed(text: str, known: Known, wanted: tuple[str, ...]) -> Node:
    node = expression(text, known)
    if node.type not in wanted:
        raise NotValid(
            "%(place)s: hasil “%(text)s” adalah %(found)s, seharusnya %(wanted)s.",
            place=known.place, text=text, found=node.type, wanted=" / ".join(wanted),
        )  # fmt: skip
    return node


def expression(text: str, known: Known) -> Node:
    """The typed tree of `text`, or NotValid."""
    hidden = COMMENT.search(text)
    if hidden:
        raise Reader(known).refused(hidden[0])
    filled = PARAMETER.sub(lambda match: literal(_parameter(match[1], known)), text)
    try:
        parsed = sqlglot.parse(filled)
    except SqlglotError as error:
        why = re.sub(r"\x1b\[\d+m", "", str(error)).splitlines()[0]
        raise NotValid(
            "%(place)s: “%(text)s” tidak dapat dibaca: %(why)s", place=known.place, text=text, why=why
        ) from error
    if len(parsed) != 1 or parsed[0] is None:
        raise NotValid("%(place)s: “%(text)s” harus satu ungkapan.", place=known.place, text=text)
    return Reader(known).read(parsed[0])


def _parameter(name: str, known: Known) -> Any:
    if name not in known.parameters:
        raise NotValid(
            "%(place)s: tidak ada parameter “%(name)s” yang berlaku.%(near)s",
            place=known.place, name=name, near=near(name, known.parameters),
        )  # fmt: skip
    return known.parameters[name]


def literal(value: Any) -> str:
    """A value as it stands in an expression."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, tuple | list):
        return f"({', '.join(str(int(one)) for one in value)})"
    return str(int(value))


class Reader:
    """Takes over one parsed expression. Each method answers for one kind of node; there is none for the others."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def read(self, node: exp.Expr) -> Node:
        kind = type(node)
        if kind in COMPARISONS:
            return self._comparison(COMPARISONS[kind], node.this, node.expression)
        if kind in ARITHMETIC:
            return self._arithmetic(ARITHMETIC[kind], self.read(node.this), self.read(node.expression))
        if kind in READERS:
            return READERS[kind](self, node)
        if isinstance(node, exp.Func):
            raise self.refused(node.name if kind is exp.Anonymous else node.sql_name(), FUNCTIONS_KNOWN)
        raise self.refused(kind.__name__)

    def refused(self, what: str, known: tuple[str, ...] = ()) -> NotValid:
        return NotValid(
            "%(place)s: “%(what)s” tidak boleh dipakai di sini.%(near)s",
            place=self.known.place, what=what.lower(), near=near(what.lower(), known),
        )  # fmt: skip

    def _kinds(self, what: str, *nodes: Node) -> NotValid:
        return NotValid(
            "%(place)s: %(what)s tidak dapat dipakai untuk %(types)s.",
            place=self.known.place, what=what, types=", ".join(node.type for node in nodes),
        )  # fmt: skip

    def _bools(self, op: str, *parts: exp.Expr) -> Node:
        nodes = tuple(self.read(part) for part in parts)
        if any(node.type not in ("bool", "null") for node in nodes):
            raise self._kinds(op.upper(), *nodes)
        return Node(op, "bool", nodes)

    def both(self, node: exp.Expr) -> Node:
        return self._bools("and" if isinstance(node, exp.And) else "or", node.this, node.expression)

    def no(self, node: exp.Expr) -> Node:
        return self._bools("not", node.this)

    def paren(self, node: exp.Expr) -> Node:
        return self.read(node.this)

    def column(self, node: exp.Expr) -> Node:
        name = node.name
        if node.args.get("table") or node.this.quoted:
            raise self.refused(node.sql())
        if name not in self.known.types:
            raise NotValid(
                "%(place)s: tidak ada kolom “%(name)s” di tabel %(table)s.%(near)s",
                place=self.known.place, name=name, table=self.known.table, near=near(name, self.known.types),
            )  # fmt: skip
        return Node("column", self.known.types[name], value=name)

    def literal(self, node: exp.Expr) -> Node:
        text = node.this
        if node.args["is_string"]:
            if not TEXT.fullmatch(text):
                raise self.refused(text)
            return Node("literal", "text", value=text)
        if re.fullmatch(r"\d+", text):
            if int(text) > LARGEST:
                raise self.refused(text)
            return Node("literal", "int", value=int(text))
        if re.fullmatch(r"\d+\.\d+", text):
            return Node("literal", "real", value=float(text))
        raise self.refused(text)

    def boolean(self, node: exp.Expr) -> Node:
        return Node("literal", "bool", value=bool(node.this))

    def null(self, _node: exp.Expr) -> Node:
        return Node("literal", "null")

    def day(self, node: exp.Expr) -> Node:
        """Of all casts only DATE '2026-11-22'."""
        inner = node.this
        if not (isinstance(inner, exp.Literal) and inner.is_string and node.args["to"].this is exp.DataType.Type.DATE):
            raise self.refused(node.sql())
        try:
            return Node("literal", "date", value=date.fromisoformat(inner.this))
        except ValueError as error:
            raise self.refused(inner.this) from error

    def negative(self, node: exp.Expr) -> Node:
        inner = self.read(node.this)
        if inner.type not in ("int", "real"):
            raise self._kinds("-", inner)
        if inner.op == "literal":
            return Node("literal", inner.type, value=-inner.value)
        return Node("negative", inner.type, (inner,))

    def _arithmetic(self, op: str, left: Node, right: Node) -> Node:
        if left.type not in ("int", "real") or right.type not in ("int", "real"):
            raise self._kinds(op, left, right)
        return Node(op, "real" if "real" in (left.type, right.type) else "int", (left, right))

    def _comparison(self, op: str, left: exp.Expr, right: exp.Expr) -> Node:
        return self._compared(op, self.read(left), self.read(right))

    def _compared(self, op: str, *nodes: Node) -> Node:
        """All of one type (whole and other numbers go together); text and yes/no have no order."""
        kinds = {"real" if node.type == "int" else node.type for node in nodes}
        if len(kinds) > 1 or "null" in kinds or (op not in ("=", "<>", "in") and not kinds <= ORDERED):
            raise self._kinds(op.upper(), *nodes)
        self._coded(nodes)
        return Node(op, "bool", nodes)

    def _coded(self, nodes: tuple[Node, ...]) -> None:
        """A literal beside a column with codes is one of them."""
        for column in nodes:
            codes = self.known.codes.get(column.value, frozenset()) if column.op == "column" else frozenset()
            for other in nodes if codes else ():
                if other.op == "literal" and other.value not in codes:
                    raise NotValid(
                        "%(place)s: “%(code)s” bukan kode kolom “%(name)s” (%(codes)s).",
                        place=self.known.place, code=other.value, name=column.value,
                        codes=", ".join(str(code) for code in sorted(codes)),
                    )  # fmt: skip

    def within(self, node: exp.Expr) -> Node:
        options = [self.read(option) for option in node.expressions]
        if node.args.get("query") or node.args.get("unnest") or any(option.op != "literal" for option in options):
            raise self.refused("in")
        return self._compared("in", self.read(node.this), *options)

    def between(self, node: exp.Expr) -> Node:
        if node.args.get("symmetric"):
            raise self.refused("symmetric")
        return self._compared(
            "between", self.read(node.this), self.read(node.args["low"]), self.read(node.args["high"])
        )

    def missing(self, node: exp.Expr) -> Node:
        if not isinstance(node.expression, exp.Null):
            raise self.refused("is")
        return Node("is_null", "bool", (self.read(node.this),))

    def case(self, node: exp.Expr) -> Node:
        """CASE WHEN condition THEN … ELSE … END; what falls through is NULL."""
        if node.this:
            raise self.refused("case …")
        tests = [self.read(branch.this) for branch in node.args["ifs"]]
        if any(test.type != "bool" for test in tests):
            raise self._kinds("WHEN", *tests)
        default = node.args.get("default")
        last = self.read(default) if default else Node("literal", "null")
        values = [self.read(branch.args["true"]) for branch in node.args["ifs"]] + [last]
        parts = [part for pair in zip(tests, values, strict=False) for part in pair] + [last]
        return Node("case", self._one_type("CASE", values), tuple(parts))

    def _one_type(self, what: str, nodes: list[Node]) -> str:
        kinds = {node.type for node in nodes} - {"null"}
        if len(kinds) != 1:
            raise self._kinds(what, *nodes)
        return kinds.pop()

    def choice(self, node: exp.Expr) -> Node:
        """COALESCE, and LEAST and GREATEST, which leave NULL out on every engine."""
        op = type(node).__name__.lower()
        nodes = [self.read(part) for part in (node.this, *node.expressions)]
        kind = self._one_type(op.upper(), nodes)
        if op != "coalesce" and kind not in ORDERED:
            raise self._kinds(op.upper(), *nodes)
        return Node(op, kind, tuple(nodes))

    def span(self, node: exp.Expr) -> Node:
        """months_between(later, earlier) and its like."""
        name = "months_between" if isinstance(node, exp.MonthsBetween) else node.name.lower()
        if name not in FUNCTIONS:
            raise self.refused(name, FUNCTIONS_KNOWN)
        given = [node.this, node.expression] if isinstance(node, exp.MonthsBetween) else node.expressions
        nodes = tuple(self.read(part) for part in given)
        if [one.type for one in nodes] != ["date", "date"]:
            raise self._kinds(name, *nodes)
        return Node(name, "int", nodes)


FUNCTIONS_KNOWN = (*FUNCTIONS, *CHOICES)
READERS: dict[type[exp.Expr], Callable[[Reader, Any], Node]] = {
    exp.And: Reader.both, exp.Or: Reader.both, exp.Not: Reader.no, exp.Paren: Reader.paren, exp.Column: Reader.column,
    exp.Literal: Reader.literal, exp.Boolean: Reader.boolean, exp.Null: Reader.null, exp.Cast: Reader.day,
    exp.Neg: Reader.negative, exp.In: Reader.within, exp.Between: Reader.between, exp.Is: Reader.missing,
    exp.Case: Reader.case, exp.Coalesce: Reader.choice, exp.Least: Reader.choice, exp.Greatest: Reader.choice,
    exp.MonthsBetween: Reader.span, exp.Anonymous: Reader.span,
}  # fmt: skip

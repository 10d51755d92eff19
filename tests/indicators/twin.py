"""The slow and obvious twin: conditions asked row by row in plain Python, counted with a loop. None is NULL."""

from collections import Counter
from datetime import date

import sqlglot
from sqlglot import exp

from balai.indicators.rules import Row

COMPARED = {
    exp.EQ: lambda a, b: a == b, exp.NEQ: lambda a, b: a != b, exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b, exp.GT: lambda a, b: a > b, exp.GTE: lambda a, b: a >= b,
    exp.Add: lambda a, b: a + b, exp.Sub: lambda a, b: a - b, exp.Mul: lambda a, b: a * b,
}  # fmt: skip


def said(text, row):
    """What an expression says of one row."""
    return _said(sqlglot.parse_one(text), row)


def _said(node, row):
    kind = type(node)
    if kind in COMPARED:
        a, b = _said(node.this, row), _said(node.expression, row)
        return None if a is None or b is None else COMPARED[kind](a, b)
    return SAID[kind](node, row)


def _and(node, row):
    both = (_said(node.this, row), _said(node.expression, row))
    return False if False in both else None if None in both else True


def _or(node, row):
    both = (_said(node.this, row), _said(node.expression, row))
    return True if True in both else None if None in both else False


def _not(node, row):
    inner = _said(node.this, row)
    return None if inner is None else not inner


def _literal(node, _row):
    return node.this if node.is_string else float(node.this) if "." in node.this else int(node.this)


def _in(node, row):
    value = _said(node.this, row)
    return None if value is None else value in [_said(one, row) for one in node.expressions]


def _between(node, row):
    value, low, high = (_said(part, row) for part in (node.this, node.args["low"], node.args["high"]))
    above = None if value is None or low is None else value >= low
    below = None if value is None or high is None else value <= high
    return False if False in (above, below) else None if None in (above, below) else True


def _case(node, row):
    for branch in node.args["ifs"]:
        if _said(branch.this, row) is True:
            return _said(branch.args["true"], row)
    return _said(node.args["default"], row) if node.args.get("default") else None


def _filled(node, row):
    return [value for part in (node.this, *node.expressions) if (value := _said(part, row)) is not None]


def _span(node, row):
    name = "months_between" if isinstance(node, exp.MonthsBetween) else node.name
    a, b = (_said(part, row) for part in (node.expressions or (node.this, node.expression)))
    if a is None or b is None:
        return None
    if name == "days_between":
        return (a - b).days
    months = (a.year - b.year) * 12 + a.month - b.month - (a.day < b.day)
    return months // 12 if name == "years_between" else months


SAID = {
    exp.And: _and, exp.Or: _or, exp.Not: _not, exp.Literal: _literal, exp.In: _in, exp.Between: _between,
    exp.Paren: lambda node, row: _said(node.this, row),
    exp.Column: lambda node, row: row[node.name],
    exp.Cast: lambda node, row: date.fromisoformat(node.this.this),
    exp.Boolean: lambda node, row: node.this,
    exp.Null: lambda node, row: None,
    exp.Neg: lambda node, row: None if (value := _said(node.this, row)) is None else -value,
    exp.Is: lambda node, row: _said(node.this, row) is None,
    exp.Case: _case,
    exp.Coalesce: lambda node, row: next(iter(_filled(node, row)), None),
    exp.Least: lambda node, row: min(_filled(node, row), default=None),
    exp.Greatest: lambda node, row: max(_filled(node, row), default=None),
    exp.MonthsBetween: _span, exp.Anonymous: _span,
}  # fmt: skip


def figures(code, one, rows):
    """The rows of one figure, village by village."""
    for village in sorted({row["village"] for row in rows}):
        among = [row for row in rows if row["village"] == village and holds(one.among, row)]
        yield from _of_village(village, code, one, among)


def holds(text, row):
    return not text or said(text, row) is True


def _of_village(village, code, one, among):
    if not one.value:
        n = sum(holds(one.counted, row) for row in among)
        d = sum(holds(one.against, row) for row in among) if one.counted else None
        yield Row(village, code, n, d, None)
        return
    values = [(said(one.value, row), said(one.over, row) if one.over else 0) for row in among]
    values = [(value, over) for value, over in values if value is not None and over is not None]
    if one.how == "median":
        for value, count in Counter(value for value, _over in values).items():
            yield Row(village, code, count, None, value)
    elif one.how == "max":
        yield Row(village, code, max((value for value, _over in values), default=None), None, None)
    else:
        d = {"mean": len(values), "sum": None, "ratio": sum(over for _value, over in values)}[one.how]
        yield Row(village, code, sum(value for value, _over in values), d, None)

"""All figures by pandas, as one writes it by hand: a condition a figure, then the groups of villages added up.

`(frame.age_months < 60) & frame.haz_counts & (frame.haz < -2)`: columns that know a third truth (numpy_nullable), each
table read once, only the columns needed, equal sums taken once.
"""

import operator
from functools import reduce

import pandas as pd

from balai.indicators import rules
from balai.indicators.engines.arrays import measures
from balai.indicators.rules import Row

COMPARED = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "and": operator.and_, "or": operator.or_, "*": operator.mul, "+": operator.add, "-": operator.sub,
}  # fmt: skip
OTHERS = {
    "not": lambda a: ~a,
    "is_null": lambda a: a.isna(),
    "between": lambda a, low, high: (a >= low) & (a <= high),
    "in": lambda a, *codes: a.isin(codes).astype("boolean").mask(a.isna()),
    "coalesce": lambda *parts: reduce(lambda a, b: a.fillna(b), parts),
    "days_between": lambda later, earlier: (later - earlier).dt.days,
    "months_between": lambda later, earlier: (
        (later.dt.year - earlier.dt.year) * 12 + later.dt.month - earlier.dt.month - (later.dt.day < earlier.dt.day)
    ),
}


def column(frame, node):
    if node.op == "column":
        return frame[node.value]
    if node.op == "literal":
        return node.value
    parts = [column(frame, part) for part in node.parts]
    found = (COMPARED.get(node.op) or OTHERS[node.op])(*parts)
    return found.astype("boolean") if node.type == "bool" else found  # of texts it is a kind of Arrow's


def condition(frame, node):
    found = True if node is None else column(frame, node)
    return pd.Series(found, index=frame.index, dtype="boolean").fillna(False).astype(bool)


def summed(frame, node, where):
    """What is added: the value where the condition holds, one where there is no value."""
    holds = condition(frame, where)
    return holds if node is None else column(frame, node).where(holds, 0).fillna(0).astype("int64")


def read(folders, query, table):
    paths = [path for folder in folders if (path := folder / f"{query.table}.parquet").exists()]
    frames = [pd.read_parquet(path, columns=list(query.columns), dtype_backend="numpy_nullable") for path in paths]
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    for name in query.columns:
        if table.complete[name].type == "date":
            frame[name] = pd.to_datetime(frame[name])
    return frame


def of_table(frame, asked):
    sums, slots, rows = {}, [], []
    for one in asked:
        if one.how == "median":
            there = frame[condition(frame, one.n)]
            sizes = there.groupby(["village", column(there, one.value)]).size()
            rows += [Row(village, one.code, int(n), None, int(bin_)) for (village, bin_), n in sizes.items()]
            continue
        n, d = (one.value, one.n), (one.over, one.d) if one.divided else None
        slots.append((one.code, n, d))
        sums |= {key: None for key in (n, d) if key is not None}
    made = pd.DataFrame({place: summed(frame, *key) for place, key in enumerate(sums)})
    places = {key: place for place, key in enumerate(sums)}
    added = made.groupby(frame["village"]).sum()
    columns = {place: added[place].tolist() for place in made}
    for number, village in enumerate(added.index):
        for code, n, d in slots:
            rows.append(Row(village, code, columns[places[n]][number], columns[places[d]][number] if d else None, None))
    return rows


def figures(folders, plan, on):
    found, rows = rules.catalogue(), []
    for query in plan.queries:
        frame = read(folders, query, found.tables[query.table])
        rows += of_table(frame, measures(found, query, found.parameters_on(on)))
    return rows

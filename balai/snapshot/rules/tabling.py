"""Promised tables on arrays, of the stages of one village: raw.toml read without SQL, and what growth says beside."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from balai.indicators.rules import Table
from balai.snapshot.rules import growing
from balai.snapshot.rules.frames import Frame, Pair, Values, all_of, met, nothing, number_of, taken
from balai.snapshot.rules.pruning import GROWN
from balai.snapshot.rules.raw import OF_THE_DAY, RawTable, Told, raw_tables
from balai.snapshot.rules.staging import Stages

Tables = dict[str, dict[str, Any]]
YES, NO, NOT_ASKED = 1, 2, 3  # as the survey codes them


def tabled(tables: Mapping[str, Table], at: Stages, *, grown: bool) -> Tables:
    """Table to its filled columns: pairs of arrays, or masked ones where growth says them."""
    found: Tables = {name: _columns(table, raw_tables()[name], at) for name, table in tables.items()}
    if grown:
        _grow(found, at)
    return found


def _columns(table: Table, raw: RawTable, at: Stages) -> dict[str, Any]:
    told = {name: _told(table.name, name) for name in table.raw}
    base, first = raw.rows.split()
    frames, index = {first: at[base]}, {first: np.arange(at[base].rows)}
    for join in raw.joined({one.alias for one in told.values() if one}):
        frames[join.alias] = at[join.stage]
        left = taken(frames[join.other][join.key], index[join.other])
        rows, found = met(left, frames[join.alias][join.by], at.size)
        if rows is not None:
            index = {alias: places[rows] for alias, places in index.items()}
        index[join.alias] = found
    return {
        name: _filled(one, taken(frames[one.alias][one.column], index[one.alias])) if one
        else _of_the_day(name, at.day) if name in OF_THE_DAY else nothing(len(index[first]))
        for name, one in told.items()
    }  # fmt: skip


@cache
def _told(table: str, column: str) -> Told | None:
    return raw_tables()[table].told(column)


def _filled(told: Told, column: Pair) -> Pair:
    values, known = column
    if told.how == "there":
        return all_of(known.astype(np.int64))
    if told.how == "yes":
        return (values == YES).astype(np.int64), known & ((values == YES) | (values == NO))
    if told.how == "applies":
        return ((values == YES) | (values == NO)).astype(np.int64), known & (values >= YES) & (values <= NOT_ASKED)
    return column


def _of_the_day(name: str, day: date) -> tuple[np.int64, np.bool_]:
    """One for all rows, and worked with as such."""
    return np.int64(number_of(day if name == "as_of" else day.replace(day=1))), np.True_


def _masked(columns: Mapping[str, Pair], names: Mapping[str, str]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for name, source in names.items():
        values, known = columns[source]
        found[name] = np.ma.masked_array(values, mask=~known)
    return found


def _since(columns: Mapping[str, Pair], later: str) -> Values:
    """Days of age on a day of the row."""
    days, born = columns[later], columns["born_on"]
    found: Values = np.ma.masked_array(days[0] - born[0], mask=~(days[1] & born[1]))
    return found


def _grow(found: Tables, at: Stages) -> None:
    measurements, children = (found[name] for name in GROWN)
    rows = np.lexsort((measurements["measured_on"][0], measurements["member"][0]))
    measurements = {name: (pair[0][rows], pair[1][rows]) if np.ndim(pair[0]) else pair
                    for name, pair in measurements.items()}  # fmt: skip
    same = ("sex", "weight_kg", "height_cm", "position", "oedema", "head_cm", "muac_cm")
    given = _masked(measurements, {name: name for name in same} | {"measured": "measured_on"})
    member = measurements["member"][0]
    said = growing.of_measurements(given | {"child": member, "days": _since(measurements, "measured_on")}, at.day)
    found["measurements"] = measurements | said
    asked = {name: name for name in (*same, "weighed_kg", "weighed_oedema")}
    days = {"weighed_days": _since(children, "weighed_on"), "days": _since(children, "measured_on")}
    children |= growing.of_children(_masked(children, asked) | days)
    children |= _gains(member, said["gain"], children["member"], at)


def _gains(member: Values, gain: Values, children: Pair, at: Stages) -> dict[str, Pair]:
    """The last two of each child of whom there are some; rows stand by child and day."""
    rows = np.flatnonzero(~np.ma.getmaskarray(gain))
    values, of = at.words.numbers(np.ma.getdata(gain)[rows].tolist()), member[rows]
    last = np.flatnonzero(np.diff(of, append=-1) != 0)
    before = np.maximum(last - 1, 0)
    had = (last > 0) & (of[before] == of[last])
    weighed = Frame(len(last), {"gain": all_of(values[last]), "gain_before": (values[before], had)})
    _rows, index = met(children, all_of(of[last]), at.size)
    return {name: taken(weighed[name], index) for name in weighed.columns}

"""Judging the villages of a region and storing what came out, for one month or many at once."""

from collections import Counter
from itertools import repeat

import numpy as np
from django.db import connection, transaction

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base import months
from balai.base.errors import NotValid
from balai.classification import rules as classes
from balai.classification.actions.evidence import gather
from balai.classification.models import Outcome, Run
from balai.regions.models import Place
from balai.regions.rules import Level

COLUMNS = ("run_id", "rules", "period", "code", "village_class", "class_low", "class_high", "input_index",
           "process_index", "output_index", "scores", "reasons", "inputs", "formed", "superseded")  # fmt: skip
FORMED = (False, True, None)  # by evidence's NO, YES, UNKNOWN: the last is the place -1
# What stands for NULL in a row of whole numbers: SQLite's driver is slow with anything but numbers and text.
NULL = {"village_class": 0, "input_index": -1, "process_index": -1, "output_index": -1, "formed": -1}
BATCH = 900


def classify(*, by, at, period, rules, region="", figures=None, progress=None):
    """One month. Only outcomes whose inputs, rules or figures changed are written; the others keep their row."""
    return classify_months(
        by=by, at=at, periods=[period], rules=rules, region=region, figures=figures, progress=progress
    )[0]


@transaction.atomic
def classify_months(*, by, at, periods, rules, region="", figures=None, progress=None):
    """The runs, one a month. `progress(done, of)` is told after each part of the region."""
    require(by, Permission.CLASSIFY, region)
    ruleset = classes.load(rules)
    figures = figures or ruleset.figures
    runs = [
        Run(rules=rules, rules_version=ruleset.stamp, figures=figures, period=months.parse(period), region=region,
            at=at, by=by.name)
        for period in periods
    ]  # fmt: skip
    for run in runs:
        run.save(force_insert=True)
    parts = _parts(region)
    for number, part in enumerate(parts, start=1):
        _classify_part(part, runs, ruleset)
        if progress:
            progress(number, len(parts))
    Run.objects.bulk_update(runs, ["villages", "changed"])
    audit.record(
        by=by, at=at, deed="classification.run", subject=f"{rules} {periods[0]}–{periods[-1]}", region=region,
        detail={"figures": figures, "version": ruleset.stamp, "villages": sum(run.villages for run in runs),
                "changed": sum(run.changed for run in runs)},
    )  # fmt: skip
    return runs


def _parts(region):
    """Regions small enough to be held in memory: provinces, or the region itself."""
    if region:
        if not Place.objects.filter(code=region).exists():
            raise NotValid("Tidak ada wilayah dengan kode “%(code)s”. Tulis kode Kemendagri bertitik, misalnya 76.05.",
                           code=region)  # fmt: skip
        return [region]
    return list(Place.objects.filter(level=Level.PROVINCE).order_by("code").values_list("code", flat=True))


def _classify_part(region, runs, ruleset):
    run_of = {run.period: run for run in runs}
    found = gather(region, list(run_of))
    current = _current(region, ruleset.name, list(run_of))
    changed = _changed(found, current, ruleset.stamp, runs[0].figures)
    for period, count in Counter(found.periods).items():
        run_of[period].villages += count
    stale = [row[0] for row in current.values()]  # rows that were taken out of `current` still hold
    for first in range(0, len(stale), BATCH):
        Outcome.objects.filter(pk__in=stale[first : first + BATCH]).update(superseded=True)
    if len(changed):
        judged = ruleset.judge({key: column[changed] for key, column in found.columns.items()}, runs[0].figures)
        _insert(_rows(found, changed, judged, ruleset.name, run_of))


def _current(region, rules, periods):
    """(period, code) to what stands now."""
    rows = (
        Outcome.objects.within(region).filter(rules=rules, period__in=periods, superseded=False).order_by()
        .values_list("period", "code", "pk", "inputs", "formed", "run__rules_version", "run__figures")
    )  # fmt: skip
    return {row[:2]: row[2:] for row in rows.iterator(chunk_size=5000)}


def _changed(found, current, stamp, figures):
    """Places of the rows that have to be written; what did not change is taken out of `current`."""
    if not current:
        return np.arange(len(found.codes))
    changed = []
    formed = [FORMED[state] for state in found.formed.tolist()]
    for place, key in enumerate(zip(found.periods, found.codes, strict=True)):
        stands = current.get(key)
        if stands is not None and stands[1:] == (found.inputs[place], formed[place], stamp, figures):
            del current[key]
        else:
            changed.append(place)
    return np.array(changed, dtype=np.int64)


def _rows(found, changed, judged, rules, run_of):
    """Rows for the database, made column by column."""
    places = changed.tolist()
    periods = [found.periods[place] for place in places]
    for period, count in Counter(periods).items():
        run_of[period].changed += count
    marks = np.where(judged.scores > 0, judged.scores + ord("0"), ord(".")).astype(np.uint8)
    return zip(
        [run_of[period].pk for period in periods], repeat(rules), periods, [found.codes[place] for place in places],
        judged.village_class.tolist(), judged.class_low.tolist(), judged.class_high.tolist(),
        *judged.indices.T.tolist(), _texts(marks), _texts(judged.reasons), [found.inputs[place] for place in places],
        found.formed[changed].tolist(), repeat(0),
    )  # fmt: skip


def _texts(letters):
    return np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel().astype(str).tolist()


def _insert(rows):
    """Straight to the table: at a million rows the ORM's objects would cost more than the rest together."""
    table, columns = Outcome._meta.db_table, ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover  the suite's run on PostgreSQL proves it
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(_with_nulls(row))
        else:
            places = ", ".join(f"NULLIF(%s, {NULL[column]})" if column in NULL else "%s" for column in COLUMNS)
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608  own names only


def _with_nulls(row):  # pragma: no cover  the suite's run on PostgreSQL proves it
    *values, formed, _superseded = [
        None if column in NULL and value == NULL[column] else value for column, value in zip(COLUMNS, row, strict=True)
    ]
    return (*values, None if formed is None else bool(formed), False)

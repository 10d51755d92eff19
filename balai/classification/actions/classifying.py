"""Judging the villages of a region and storing what came out, for one month or many at once."""

from contextlib import closing

import numpy as np
from django.db import connection, transaction

from balai.access import actions as audit
from balai.access.rules import Permission, require
from balai.base import months
from balai.base.errors import NotValid
from balai.base.memory import uncollected
from balai.classification import rules as classes
from balai.classification.actions.ahead import ahead, here, may_read_beside
from balai.classification.actions.reading import rows_of
from balai.classification.models import Edition, Outcome, Run
from balai.regions.models import Place
from balai.regions.rules import Level

COLUMNS = ("run_id", "edition_id", "code", "village_class", "class_low", "class_high", "input_index",
           "process_index", "output_index", "scores", "reasons", "inputs", "formed")  # fmt: skip
FORMED = (False, True, None)  # by evidence's NO, YES, UNKNOWN: the last is the place -1
# What stands for NULL in a row of whole numbers: SQLite's driver is slow with anything but numbers and text.
NULL = {"village_class": 0, "input_index": -1, "process_index": -1, "output_index": -1, "formed": -1}
BATCH = 900
AT_ONCE = 200  # rows a statement: a statement a row costs SQLite half as much again


def classify(*, by, at, period, rules, region="", figures=None, progress=None):
    """One month. Only outcomes whose inputs, rules or figures changed are written; the others keep their row."""
    return classify_months(
        by=by, at=at, periods=[period], rules=rules, region=region, figures=figures, progress=progress
    )[0]


def classify_months(*, by, at, periods, rules, region="", figures=None, progress=None):
    """The runs, one a month. `progress(done, of)` is told after each part of the region."""
    require(by, Permission.CLASSIFY, region)
    ruleset = classes.load(rules)
    periods = list(dict.fromkeys(map(months.parse, periods)))
    batch = Batch(ruleset, figures or ruleset.figures, periods)
    parts = _parts(region)
    read = ahead if len(parts) > 1 and may_read_beside() else here
    with transaction.atomic(), uncollected(), closing(read(parts, periods)) as evidence:
        batch.begin(region, at, by)
        for number, (part, found) in enumerate(zip(parts, evidence, strict=True), start=1):
            batch.classify(part, found)
            if progress:
                progress(number, len(parts))
        runs = batch.end()
        audit.record(
            by=by, at=at, deed="classification.run", subject=f"{rules} {periods[0]}–{periods[-1]}", region=region,
            detail={"figures": batch.figures, "version": ruleset.stamp, "villages": sum(run.villages for run in runs),
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


class Batch:
    """The runs of one rule set for some months, and what they store."""

    def __init__(self, ruleset, figures, periods):
        self.ruleset, self.figures, self.periods = ruleset, figures, periods

    def begin(self, region, at, by):
        named = [{"rules": self.ruleset.name, "period": period} for period in self.periods]
        self.editions = [Edition.objects.get_or_create(**name)[0].pk for name in named]
        self.runs = [
            Run(rules_version=self.ruleset.stamp, figures=self.figures, region=region, at=at, by=by.name, **name)
            for name in named
        ]
        for run in self.runs:
            run.save(force_insert=True)
        self.alike = set(
            Run.objects.filter(rules_version=self.ruleset.stamp, figures=self.figures).values_list("pk", flat=True)
        )

    def end(self):
        Run.objects.bulk_update(self.runs, ["villages", "changed"])
        return self.runs

    def classify(self, region, found):
        standing = self._standing(region)
        changed = self._changed(found, standing)
        stale = [row[0] for row in standing.values()]  # what did not change has been taken out
        for first in range(0, len(stale), BATCH):
            Outcome.objects.filter(pk__in=stale[first : first + BATCH]).update(superseded=True)
        for month, run in enumerate(self.runs):
            run.villages += int(np.count_nonzero(found.months == month))
            run.changed += int(np.count_nonzero(found.months[changed] == month))
        if len(changed):
            judged = self.ruleset.judge({key: column[changed] for key, column in found.columns.items()}, self.figures)
            _insert(self._columns(found, changed, judged))

    def _standing(self, region):
        """(edition, code) to what stands now: key, run, formed, inputs."""
        rows = rows_of(
            Outcome.objects.within(region).filter(edition__in=self.editions, superseded=False).order_by()
            .values_list("edition_id", "code", "pk", "run_id", "formed", "inputs")
        )  # fmt: skip
        return {row[:2]: row[2:] for row in rows}

    def _changed(self, found, standing):
        """Places of the rows that have to be written, month after month as the index wants them; what did not change
        is taken out of `standing`."""
        by_month = np.argsort(found.months, kind="stable")
        if not standing:
            return by_month
        editions = [self.editions[month] for month in found.months.tolist()]
        changed = []
        for place in by_month.tolist():
            key = (editions[place], found.codes[place])
            stands = standing.get(key)
            same = stands and (stands[3] == found.inputs[place] and stands[1] in self.alike)
            if same and stands[2] == FORMED[found.formed[place]]:
                del standing[key]
            else:
                changed.append(place)
        return np.array(changed, dtype=np.int64)

    def _columns(self, found, changed, judged):
        """What the database takes, in the order of COLUMNS."""
        places, month = changed.tolist(), found.months[changed]
        marks = np.where(judged.scores > 0, judged.scores + ord("0"), ord(".")).astype(np.uint8)
        return [
            np.array([run.pk for run in self.runs])[month].tolist(), np.array(self.editions)[month].tolist(),
            [found.codes[place] for place in places],
            judged.village_class.tolist(), judged.class_low.tolist(), judged.class_high.tolist(),
            *judged.indices.T.tolist(), _texts(marks), _texts(judged.reasons),
            [found.inputs[place] for place in places], found.formed[changed].tolist(),
        ]  # fmt: skip


def _texts(letters):
    return np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel().astype(str).tolist()


def _insert(columns):
    """Straight to the table: at a million rows the ORM's objects would cost more than the rest together."""
    into = f"{Outcome._meta.db_table} ({', '.join(COLUMNS)}, superseded)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover  the suite's run on PostgreSQL proves it
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in zip(*columns, strict=True):
                    copy.write_row(_with_nulls(row))
            return
        places = ", ".join(f"NULLIF(%s, {NULL[column]})" if column in NULL else "%s" for column in COLUMNS)
        values = _one_after_the_other(columns)
        width, whole = len(COLUMNS), len(columns[0]) // AT_ONCE * AT_ONCE
        for first, last, size in ((0, whole, AT_ONCE), (whole, len(columns[0]), len(columns[0]) - whole)):
            if first < last:
                cursor.executemany(
                    f"INSERT INTO {into} VALUES {', '.join([f'({places}, FALSE)'] * size)}",  # noqa: S608  own names
                    (values[row * width : (row + size) * width] for row in range(first, last, size)),
                )


def _one_after_the_other(columns):
    """The values of the first row, then those of the second …, without a tuple for each."""
    values = [None] * (len(columns) * len(columns[0]))
    for place, column in enumerate(columns):
        values[place :: len(columns)] = column
    return values


def _with_nulls(row):  # pragma: no cover  the suite's run on PostgreSQL proves it
    *values, formed = [
        None if column in NULL and value == NULL[column] else value for column, value in zip(COLUMNS, row, strict=True)
    ]
    return (*values, None if formed is None else bool(formed), False)

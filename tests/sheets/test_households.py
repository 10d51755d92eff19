"""Who is a family, of the rows of one card: drawn, each family with its head first."""

import pytest

from balai.sheets.rules.facts import Facts
from balai.sheets.rules.households import split
from balai.sheets.rules.items import Kin

L, P = 1, 2

# name of the case: rows (name, sex, kin, marital, mother, father), families (names)
CARDS = {
    "one couple with a child": (
        [("A", L, "head", 2), ("B", P, "wife", 2), ("C", L, "child", 1, "B", "A")], [["A", "B", "C"]],
    ),
    "a woman is the head": ([("B", P, "head", 4), ("C", L, "child", 1)], [["B", "C"]]),
    "a married child with husband and their child": (
        [("A", L, "head", 2), ("B", P, "wife", 2), ("C", P, "child", 2), ("D", L, "child_in_law", 2),
         ("E", L, "grandchild", 1, "C", "D")],
        [["A", "B"], ["D", "C", "E"]],
    ),
    "two married children, told apart by the grandchildren": (
        [("A", L, "head", 4), ("C", P, "child", 2), ("F", P, "child", 2), ("D", L, "child_in_law", 2),
         ("G", L, "child_in_law", 2), ("E", L, "grandchild", 1, "C", "D"), ("H", P, "grandchild", 1, "F", "G")],
        [["A"], ["D", "C", "E"], ["G", "F", "H"]],
    ),
    "two married children whom nothing tells apart": (
        [("A", L, "head", 4), ("C", P, "child", 2), ("F", P, "child", 2), ("D", L, "child_in_law", 2),
         ("G", L, "child_in_law", 2)],
        [["A", "C", "F", "D", "G"]],
    ),
    "a grandchild without parents' names joins the only couple": (
        [("A", L, "head", 4), ("C", P, "child", 2), ("D", L, "child_in_law", 2), ("E", L, "grandchild", 1)],
        [["A"], ["D", "C", "E"]],
    ),
    "both parents of the head": (
        [("A", L, "head", 1), ("X", P, "parent", 2), ("Y", L, "parent", 2)], [["A"], ["Y", "X"]],
    ),
    "one parent stays": ([("A", L, "head", 1), ("X", P, "parent", 4)], [["A", "X"]]),
    "a second wife with her child": (
        [("A", L, "head", 2), ("B", P, "wife", 2), ("W", P, "wife", 2), ("C", L, "child", 1, "B", "A"),
         ("Z", P, "child", 1, "W", "A")],
        [["A", "B", "C"], ["W", "Z"]],
    ),
    "nobody is head": ([("B", P, "wife", 2), ("C", L, "child", 1)], [["B", "C"]]),
}  # fmt: skip


def rows_of(drawn):
    return [
        Facts(
            number=number, line=number + 2, name=name, sex=sex, kin=Kin(kin), card="1", answers={"marital": marital},
            mother=(names[0] if names else ""), father=(names[1] if len(names) > 1 else ""),
        )
        for number, (name, sex, kin, marital, *names) in enumerate(drawn)
    ]  # fmt: skip


@pytest.mark.parametrize("case", CARDS)
def test_a_card_is_split_into_families(case):
    drawn, families = CARDS[case]
    found = split(rows_of(drawn))
    assert [[row.name for row in family] for family in found.families] == families
    for family in found.families:
        assert [row.relation for row in family].count(1) == 1
        assert [row.relation for row in family].count(2) <= 1


def test_what_cannot_be_told_apart_says_so():
    found = split(rows_of(CARDS["two married children whom nothing tells apart"][0]))
    assert set(found.reasons) == {3, 4}
    assert all(reason.mild for reasons in found.reasons.values() for reason in reasons)


def test_the_mother_is_found_by_her_nik():
    rows = rows_of([("A", P, "head", 2), ("B", P, "child", 1)])
    rows[0].nik, rows[1].mother_nik = "1", "1"
    split(rows)
    assert rows[1].mother_row == 0


def test_a_card_of_bad_rows_alone_is_no_family():
    rows = rows_of([("A", L, "wife", 2)])
    assert split(rows).families == []
    assert split([rows[0]], {0}).families == []

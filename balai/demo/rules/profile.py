"""From scores of the input and process side to the answers of a profile, and to the agencies that came."""

from collections.abc import Mapping, Sequence

import numpy as np

from balai.demo.rules.draws import Scores

Answer = tuple[int | None, str]

FUNDS = ("fund_dana_desa", "fund_apbd", "fund_swadaya", "fund_apbn", "fund_csr", "fund_hibah")
POKTAN = ("poktan_bkb", "poktan_bkl", "poktan_bkr", "poktan_pikr", "poktan_uppka")
FACILITIES = ("data_house", "secretariat")
SUPPORT = ("companion", "regulation")
DATA_USES = ("use_pk", "use_routine", "use_potential", "use_sector", "use_other")
MECHANISMS = ("mech_planning", "mech_reporting", "mech_socialisation", "mech_coordination", "mech_monitoring")
# How many of a list a score of 1, 2, 3, 4 stands for: (least, most).
HOW_MANY = {
    "funds": ((0, 0), (1, 1), (2, 4), (5, 6)),
    "poktan": ((0, 0), (2, 2), (3, 4), (5, 5)),
    "facilities": ((0, 0), (1, 1), (2, 2)),
    "support": ((0, 0), (1, 1), (2, 2)),
    "data_uses": ((0, 0), (1, 1), (2, 3), (4, 5)),
    "mechanisms": ((0, 0), (1, 2), (3, 4), (5, 5)),
    "agencies": ((0, 0), (2, 3), (4, 6), (7, 11)),
}
FREQUENCIES = ("bulanan", "triwulan", "semesteran", "tahunan")
OTHER_COMPANIONS = ("kader", "perangkat", "pkk")


def how_many(rng: np.random.Generator, what: str, score: int) -> int:
    least, most = HOW_MANY[what][score - 1]
    return int(rng.integers(least, most + 1))


def _first(order: Sequence[str], number: int) -> dict[str, Answer]:
    """Yes to the first of the list: villages take up the same things in about the same order."""
    return {item: (int(place < number), "") for place, item in enumerate(order)}


def _pokja(rng: np.random.Generator, score: int) -> dict[str, Answer]:
    members = int(rng.integers(9, 26))
    trained = score == 4 or (score == 3 and rng.random() < 0.2)
    counted = score == 4 or (score == 3 and not trained)
    answers: dict[str, Answer] = {
        "pokja": (int(score > 1), ""),
        "pokja_sk": (int(score > 2 or (score == 2 and rng.random() < 0.4)), ""),
        "pokja_trained": (int(trained), ""),
    }
    if counted:
        answers["pokja_members"] = (members, "")
    if trained and counted:
        answers["pokja_trained_members"] = (int(rng.integers(2, members)), "")
    return answers


def _with_text(
    rng: np.random.Generator, answers: dict[str, Answer], items: Sequence[str], texts: Sequence[str]
) -> None:
    for item in items:
        if answers[item][0]:
            answers[item] = (1, texts[int(rng.integers(len(texts)))])


def answers(rng: np.random.Generator, given: Scores, process: Scores) -> dict[str, Answer]:
    """A whole profile in which the portal's rule finds these scores (agencies apart)."""
    pokja, funds, poktan, facilities, support = map(int, given)
    uses = how_many(rng, "data_uses", int(process[0]))
    found: dict[str, Answer] = {
        **_pokja(rng, pokja),
        **_first(FUNDS, how_many(rng, "funds", funds)),
        **_first(POKTAN, how_many(rng, "poktan", poktan)),
        **_first(_turned(rng, FACILITIES), how_many(rng, "facilities", facilities)),
        **_first(_turned(rng, SUPPORT), how_many(rng, "support", support)),
        "data_use": (int(uses > 0), ""),
        **_first(DATA_USES, uses),
        **_first(MECHANISMS, how_many(rng, "mechanisms", int(process[1]))),
        "rkm": (int(process[1] == 4 or rng.random() < 0.3), ""),
    }
    _with_text(rng, found, MECHANISMS, FREQUENCIES)
    found["companion"] = (1, "pkb") if found["companion"][0] else (0, OTHER_COMPANIONS[int(rng.integers(3))])
    return found


def _turned(rng: np.random.Generator, pair: Sequence[str]) -> Sequence[str]:
    return pair if rng.random() < 0.6 else pair[::-1]


def changes(
    rng: np.random.Generator, known: Mapping[str, Answer], found: Mapping[str, Answer], unfilled: float
) -> dict[str, Answer]:
    """What is answered anew. What was there and still is stays as it was answered; of what is not there a share stays
    unfilled (the portal sees no difference)."""
    new = {}
    for item, said in found.items():
        old = known.get(item)
        still_there = old is not None and bool(old[0]) == bool(said[0])
        left_open = old is None and not said[0] and rng.random() < unfilled
        if not still_there and not left_open:
            new[item] = said
    return new

"""Random villages, and a slow second opinion on what is the least a class asks for."""

import itertools

from hypothesis import strategies as st

from balai.classification.rules import DIMENSIONS, GROUPS

FACT = st.sampled_from([0, 1])
COUNTS = {"funds": 6, "poktan": 5, "data_uses": 5, "mechanisms": 5}


def maybe(strategy, missing):
    return st.none() | strategy if missing else strategy


@st.composite
def villages(draw, missing=True, wrong=True):
    """Inputs of one village; `missing`: parts may be unfilled; `wrong`: figures may contradict each other."""
    facts = ("pokja", "pokja_sk", "pokja_trained", "secretariat", "data_house", "companion", "regulation", "rkm")
    found = {key: draw(maybe(FACT, missing)) for key in facts}
    found["pokja_members"] = draw(maybe(st.integers(0, 20), missing))
    for key, total in COUNTS.items():
        unknown = draw(st.integers(0, total)) if missing else 0
        found |= {key: draw(st.integers(0, total - unknown)), f"{key}_unknown": unknown}
    ever = draw(maybe(st.integers(0, 12), missing))
    year = None if ever is None else draw(st.integers(0, ever))
    found |= {"agencies_ever": ever, "agencies_year": year, "agencies_year_all": year}
    for group in GROUPS:
        target = draw(st.integers(0 if wrong else 1, 400))
        members = draw(st.integers(0, 500 if wrong else target))
        found |= {f"{group}_target": draw(maybe(st.just(target), missing)),
                  f"{group}_members": draw(maybe(st.just(members), missing))}  # fmt: skip
    couples = draw(st.integers(0 if wrong else 1, 900))
    users = draw(st.integers(0, 950 if wrong else couples))
    long_acting = draw(st.integers(0, 950 if wrong else users))
    unmet = draw(st.integers(0, 950 if wrong else couples - users))
    figures = {"couples": couples, "users": users, "long_acting": long_acting, "unmet": unmet}
    found |= {key: draw(maybe(st.just(value), missing)) for key, value in figures.items()}
    return found | {"marks": draw(st.sampled_from([0, 2])) if wrong else 0}


def fewest_points(ruleset, low, to_class):
    """Tries every set of higher scores, dimension by dimension."""
    cost = {}
    for dimension in DIMENSIONS:
        keys = ruleset.dimensions[dimension]
        choices = itertools.product(*(range(low[key], ruleset.indicators[key].best + 1) for key in keys))
        cost[dimension] = min(
            sum(scores) - sum(low[key] for key in keys) for scores in choices if sum(scores) / len(keys) >= 2.995
        )
    totals = []
    for passes in itertools.product((0, 1), repeat=3):
        fallen = any(not wanted and not cost[d] for d, wanted in zip(DIMENSIONS, passes, strict=True))
        if not fallen and ruleset.class_of[passes] == to_class:
            totals.append(sum(cost[d] for d, wanted in zip(DIMENSIONS, passes, strict=True) if wanted))
    return min(totals)

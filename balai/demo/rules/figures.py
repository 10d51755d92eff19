"""From output scores to what the registers report in a month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from balai.demo.rules.draws import Scores, within

Values = dict[str, int | float | None]

GROUPS = ("bkb", "bkr", "bkl", "uppka", "pikr")
# How far each group reaches beside the mean of the five (they add up to 5), and the share of families it is for.
REACH = {"bkb": 1.9, "bkr": 1.0, "bkl": 1.4, "uppka": 0.2, "pikr": 0.5}
TARGET = {"bkb": 0.33, "bkr": 0.44, "bkl": 0.27, "uppka": 1.0, "pikr": 0.62}
MOST_REACHED = 96.0
FAMILIES_PER_COUPLE = 1.35
LONG_ACTING = {"implant": 0.58, "iud": 0.21, "tubectomy": 0.19, "vasectomy": 0.02}
SHORT_ACTING = {"injectable": 0.71, "pill": 0.22, "condom": 0.05, "lam": 0.01, "traditional": 0.01}
RATES = ("participation", "cpr", "mkjp", "unmet")
NOISE = {"participation": 0.5, "cpr": 0.35, "mkjp": 0.25, "unmet": 0.2}


@dataclass(frozen=True)
class Rates:
    """In per cent; participation is the mean of the five groups."""

    participation: float
    cpr: float
    mkjp: float
    unmet: float


def rates(rng: np.random.Generator, scores: Scores, spans: Mapping[str, Sequence[Sequence[float]]]) -> Rates:
    """Rates that give these output scores."""
    return Rates(*(within(rng, spans[name][score - 1]) for name, score in zip(RATES, scores, strict=True)))


def between(rng: np.random.Generator, first: Rates, last: Rates, passed: float) -> Rates:
    """The rates of a month: `passed` of the way from one to the other, with a little unrest; ends are exact."""
    unrest = 0.0 if passed in (0.0, 1.0) else 1.0
    found = {}
    for name in RATES:
        start, end = getattr(first, name), getattr(last, name)
        found[name] = max(0.3, start + (end - start) * passed + unrest * float(rng.normal(0, NOISE[name])))
    return Rates(**found)


def split(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers that add up to `total`: what is left over goes to the first."""
    parts = {name: int(total * share) for name, share in shares.items()}
    first = next(iter(parts))
    parts[first] += total - sum(parts.values())
    return parts


def _reach(participation: float, owned: Sequence[str]) -> dict[str, float]:
    """Per cent reached by each group that exists, so that the mean of all five is as wanted where it can be."""
    left, reached = 5 * participation, {}
    for place, group in enumerate(owned):
        weight = REACH[group] / sum(REACH[other] for other in owned[place:])
        reached[group] = min(MOST_REACHED, left * weight)
        left -= reached[group]
    return reached


def registers(couples: int, month: Rates, owned: Sequence[str]) -> dict[str, Values]:
    """What each register says of a village of that many couples that has these groups."""
    users = round(couples * month.cpr / 100)
    long_acting = round(users * month.mkjp / 100)
    methods = split(long_acting, LONG_ACTING) | split(users - long_acting, SHORT_ACTING)
    families = couples * FAMILIES_PER_COUPLE
    reached = _reach(month.participation, owned)
    members: dict[str, Values] = {}
    for group in GROUPS:
        target = round(families * TARGET[group])
        counted: Values = {f"{group}_target": target, f"{group}_members": round(target * reached.get(group, 0.0) / 100)}
        register = "uppka_pikr" if group in ("uppka", "pikr") else "poktan"
        members[register] = members.get(register, {}) | counted
    return {
        "pus": {"couples": couples, "unmet": round(couples * month.unmet / 100)},
        "mix": {"users": users, "modern": users - methods["traditional"], **methods},
        # The marks of all groups share one field: the register that may be implausible comes last.
        "uppka_pikr": members["uppka_pikr"],
        "poktan": members["poktan"],
        **{group: {"groups": int(group in owned), "reporting": int(group in owned)} for group in GROUPS},
    }


def spoilt(rng: np.random.Generator, values: Mapping[str, Values]) -> dict[str, Values]:
    """The same month with one figure that cannot be right."""
    found = {register: dict(columns) for register, columns in values.items()}
    kind = rng.integers(3)
    if kind == 0:
        found["poktan"]["bkb_members"] = round((found["poktan"]["bkb_target"] or 0) * 1.4) + 3
    elif kind == 1:
        found["mix"]["pill"] = (found["mix"]["pill"] or 0) + int(rng.integers(5, 40))
    else:
        found["pus"]["unmet"] = (found["pus"]["couples"] or 0) + int(rng.integers(1, 30))
    return found

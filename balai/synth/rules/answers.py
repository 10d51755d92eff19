"""What the invented answer, receive and weigh: columns named after the items of the survey, shaped to the margins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from balai.synth.rules import growing
from balai.synth.rules.margins import BAND, Bools, Floats, Ints, margins, pick
from balai.synth.rules.people import CHILD, COUPLE, FEMALE, HEAD, MALE, SPOUSE, Families, People

Column = npt.NDArray[Any]
YES, NO = 1, 2
VISITED = 330  # days back within which everybody was visited
FERTILE = (15, 50)  # years of the wife in a couple of reproductive age (PUS)
# II.7 to II.8: where a method is obtained, [I]: hospital for operations, midwives for the rest
OPERATIONS, LATEST = (1, 2), 9


@dataclass(frozen=True)
class Answers:
    """Columns about `people` (places in People), or about `families` where `people` is None."""

    columns: Mapping[str, Column]
    families: Ints
    people: Ints | None = None


def everything(rng: np.random.Generator, families: Families, people: People, on: np.datetime64) -> dict[str, Answers]:
    """Table name to answers: every family was visited once within the last year."""
    visited = on - rng.integers(1, VISITED, len(families)).astype("timedelta64[D]")
    size = np.bincount(people.family, minlength=len(families))
    parts: dict[str, Callable[[], Answers]] = {
        "member_answers": lambda: _members(rng, families, people, visited),
        "planning_answers": lambda: _planning(rng, families, people, visited),
        "development_answers": lambda: _development(rng, families, people, visited),
        "housing": lambda: _housing(rng, families, size, visited),
        "aid": lambda: _aid(rng, families, visited),
        "measurements": lambda: _measurements(rng, people, on),
        "births": lambda: _births(people, on),
    }
    return {name: part() for name, part in parts.items()}


def _nothing(values: Column, known: Bools) -> Column:
    """Masked where nothing was asked or answered."""
    return np.ma.masked_array(values, mask=~known)


def _yes(rng: np.random.Generator, share: float | Floats, size: int) -> Ints:
    return np.where(rng.random(size) < share, YES, NO)


def _members(rng: np.random.Generator, families: Families, people: People, visited: Column) -> Answers:
    size, age = len(people), people.age
    grown, partnered = age >= 10, families.kind[people.family] == COUPLE
    lone = np.where(rng.random(size) < 0.72, 4, 3)
    parents = np.isin(people.relation, (HEAD, SPOUSE))
    marital = np.where(parents, np.where(partnered, 2, np.where(age < 25, 1, lone)), 1)
    married = np.minimum(np.clip(rng.normal(21.5, 3.5, size), 15, 40), age).astype(np.int64)
    columns = {
        "marital": _nothing(marital, grown),
        "age_married": _nothing(married, marital > 1),
        "birth_certificate": _yes(rng, np.where(age < 18, 0.93, 0.6), size),
        "religion": pick(rng, (87, 7, 3, 1.7, 0.7, 0.1, 0.3, 0.2), len(families))[people.family] + 1,
        "work": _nothing(_work(rng, people), age >= 6),
        "schooling": _schooling(rng, age),
        "health_cover": pick(rng, (0.42, 0.30, 0.03, 0.25), len(families))[people.family] + 1,
        "presence": pick(rng, (0.955, 0.04, 0.005), size) + 1,
        "from_on": visited[people.family],
    }
    return Answers(columns, people.family, np.arange(size))


def _work(rng: np.random.Generator, people: People) -> Ints:
    size, age = len(people), people.age
    men = pick(rng, (0.08, 0.36, 0.05, 0.10, 0.06, 0.14, 0.09, 0.02, 0.10), size) + 1
    women = pick(rng, (0.58, 0.14, 0.0, 0.10, 0.04, 0.05, 0.05, 0.01, 0.03), size) + 1
    return np.where(age < 17, 1, np.where(people.sex == MALE, men, women)).astype(np.int64)


def _schooling(rng: np.random.Generator, age: Floats) -> Ints:
    """The school of the age, or what was reached: the older, the less."""
    size = len(age)
    reached = np.where(
        age < 45, pick(rng, (0.02, 0.06, 0, 0.22, 0, 0.24, 0, 0.34, 0, 0.12), size),
        pick(rng, (0.10, 0.22, 0, 0.36, 0, 0.14, 0, 0.13, 0, 0.05), size),
    ) + 1  # fmt: skip
    at_school = np.select([age < 7, age < 13, age < 16, age < 19], [1, 3, 5, 7], 9)
    dropped = np.select([age < 7, age < 13, age < 16, age < 19], [1, 2, 4, 6], 8)
    stays = np.select([age < 7, age < 13, age < 16, age < 19, age < 23], [1.0, 0.985, 0.95, 0.80, 0.22], 0.0)
    return np.where(rng.random(size) < stays, at_school, np.where(age < 23, dropped, reached)).astype(np.int64)


def _planning(rng: np.random.Generator, families: Families, people: People, visited: Column) -> Answers:
    told = margins()["couples"]
    asked = np.nonzero(
        (families.kind[people.family] == COUPLE) & (people.relation == SPOUSE) & (people.sex == FEMALE)
        & (people.age >= FERTILE[0]) & (people.age < FERTILE[1])
    )[0]  # fmt: skip
    family, age, size = people.family[asked], people.age[asked], len(asked)
    births = families.births[family]
    eager = np.clip((44 - age) / 15, 0.05, 2.2)  # pregnancies come to the younger
    pregnant = rng.random(size) < told["pregnant"] * eager / eager.mean()
    free = ~pregnant
    user = free & (rng.random(size) < told["user"] / (1 - told["pregnant"]))
    wants = np.where(rng.random(size) < 0.5, 2, 3)
    open_need = rng.random(size) < told["unmet"] / (1 - told["user"] - told["pregnant"])
    wants = np.where(free & ~user & ~open_need, 1, wants)
    method = pick(rng, told["methods"], size) + 1
    place = np.where(
        np.isin(method, OPERATIONS), 1, pick(rng, (0, 0, 0.22, 0.02, 0.03, 0.4, 0.25, 0.02, 0.06), size) + 1
    )
    months = rng.integers(1, 60, size)
    since = visited[family].astype("datetime64[M]") - months.astype("timedelta64[M]")
    alive = np.minimum(births, births - (rng.random(size) < 0.03) * (births > 0))
    boys = rng.binomial(births, 0.513)
    columns = {
        "births": births,
        "born_boys": boys,
        "born_girls": births - boys,
        "alive_boys": np.minimum(boys, alive),
        "alive_girls": alive - np.minimum(boys, alive),
        "pregnant": np.where(pregnant, YES, NO),
        "weeks": _nothing(rng.integers(5, 40, size), pregnant),
        "pregnancy_wanted": _nothing(pick(rng, (0.86, 0.09, 0.05), size) + 1, pregnant),
        "wants_child": _nothing(wants, free),
        "uses_method": _nothing(np.where(user, YES, NO), free),
        "using_since": _nothing(since.astype("datetime64[D]"), user),
        "method": _nothing(method, user),
        "obtained": _nothing(place, user & (method < LATEST - 1)),
        "not_using": _nothing(
            np.where(wants == 1, 1, pick(rng, (0, 4, 14, 20, 2, 3, 4, 6, 14, 3, 18, 1, 11), size) + 1), free & ~user
        ),
        "from_on": visited[family],
    }
    return Answers(columns, family, asked)


def _development(rng: np.random.Generator, families: Families, people: People, visited: Column) -> Answers:
    size = len(families)
    couple = families.kind == COUPLE
    said = {
        "worship": 0.96, "silence": 0.03, "left_home": 0.012, "violence": 0.006, "earns": 0.93,
        "varied_food": 0.86, "savings": 0.31, "ill": 0.13, "online": 0.78, "interaction": 0.92, "recreation": 0.6,
        "community": 0.74,
    }  # fmt: skip
    columns: dict[str, Column] = {name: _yes(rng, share, size) for name, share in said.items()}
    columns["marriage_book"] = np.where(couple, _yes(rng, 0.87, size), 3)
    columns["separate_beds"] = np.where(couple, _yes(rng, 0.02, size), 3)
    columns["parenting"] = np.where(couple & _with(people, size, 0, 18), _yes(rng, 0.85, size), 3)
    shares = margins()["groups"]
    for name, (low, high) in GROUPS.items():
        columns[name] = _nothing(_yes(rng, shares[name], size), _with(people, size, low, high))
    return Answers({**columns, "from_on": visited}, np.arange(size))


# P.13 to P.17: whom a group is for, ages of at least one member
GROUPS = {"posyandu": (0, 6), "bkb": (0, 7), "bkr": (10, 25), "pikr": (10, 25), "bkl": (60, 200)}


def _with(people: People, size: int, low: int, high: int) -> Bools:
    here = (people.age >= low) & (people.age < high)
    found: Bools = np.bincount(people.family[here], minlength=size) > 0
    return found


def _housing(rng: np.random.Generator, families: Families, size: Ints, visited: Column) -> Answers:
    told, count = margins()["housing"], len(families)
    columns = {
        "roof": pick(rng, (0.03, 0.42, 0.48, 0.02, 0.005, 0.04, 0.005), count) + 1,
        "wall": pick(rng, (0.68, 0.26, 0.02, 0.03, 0.01), count) + 1,
        "floor": pick(rng, (0.40, 0.38, 0.16, 0.02, 0.04), count) + 1,
        "light": pick(rng, (0.62, 0.28, 0.02, 0.07, 0.01), count) + 1,
        "water": pick(rng, told["water"], count) + 1,
        "latrine": pick(rng, told["latrine"], count) + 1,
        "floor_area": np.clip(rng.gamma(6, 9.5, count), 9, 400).astype(np.int64),
        "occupants": size,
        "fuel": pick(rng, (0.83, 0.02, 0.145, 0.005), count) + 1,
        "tenure": pick(rng, (0.80, 0.05, 0.06, 0.07, 0.01, 0.01), count) + 1,
        "from_on": visited,
    }
    return Answers(columns, np.arange(count))


def _aid(rng: np.random.Generator, families: Families, visited: Column) -> Answers:
    """The poorer the rank, the likelier the aid; one row a family and programme."""
    told, size = margins()["welfare"], len(families)
    rank = pick(rng, told["ranks"], size)
    ease = np.array([1.9, 1.6, 1.3, 1.0, 0.6])[rank]
    rows: list[Ints] = []
    programmes: list[Column] = []
    for name, share in (("pkh", told["pkh"]), ("sembako", told["food"]), ("rice", told["rice"])):
        here = np.nonzero(rng.random(size) < np.clip(share * ease, 0, 1))[0]
        rows.append(here)
        programmes.append(np.full(len(here), name, dtype=object))
    found = np.concatenate(rows)
    begun = visited[found] - rng.integers(30, 700, len(found)).astype("timedelta64[D]")
    return Answers({"programme": np.concatenate(programmes), "from_on": begun}, found)


def _measurements(rng: np.random.Generator, people: People, on: np.datetime64) -> Answers:
    """The last twelve months of every child under five that is a child of the family: who came, what was read."""
    children = np.nonzero((people.age < BAND) & (people.relation == CHILD))[0]
    place, columns = growing.measured(rng, people.age[children], people.sex[children], on)
    whose = children[place]
    return Answers(columns, people.family[whose], whose)


def _births(people: People, on: np.datetime64) -> Answers:
    """Those of the last year, as events: the day of the event and the day it was entered, some weeks later."""
    born = np.nonzero((people.age < 1) & (people.relation == CHILD))[0]
    days = np.floor(people.age[born] * 365.25).astype("timedelta64[D]")
    entered = np.minimum(on - days + np.timedelta64(21, "D"), on)
    return Answers({"on": on - days, "entered_on": entered}, people.family[born], born)

"""Families and their people: couples by the age of the wife, children by the births of the mother, all vectorised."""

from dataclasses import dataclass

import numpy as np

from balai.synth.rules.margins import BAND, YEAR, Bools, Floats, Ints, ages, margins, pick

COUPLE, MOTHER, FATHER, ALONE = range(4)
MALE, FEMALE = 1, 2
HEAD, SPOUSE, CHILD, OTHER = 1, 2, 3, 4
BIRTHS = 8  # most of one mother
FERTILE_UNTIL = 46  # years


@dataclass(frozen=True)
class Families:
    """One entry a family. `age` is that of the woman, or of the man where there is none; in years."""

    kind: Ints
    age: Floats
    births: Ints
    close: Bools  # two births less than two years apart

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class People:
    """One entry a person, family by family, the head first. `mother`: place of the mother in these arrays, or -1."""

    family: Ints
    sex: Ints
    age: Floats
    relation: Ints
    mother: Ints
    order: Ints  # of birth, 0 where there is no mother here

    def __len__(self) -> int:
        return len(self.family)


@dataclass(frozen=True)
class Children:
    """Families x births. `age` is nan where there is no child at home."""

    age: Floats
    sex: Ints
    order: Ints


def invent(rng: np.random.Generator, count: int) -> tuple[Families, People]:
    """`count` families and everybody in them."""
    told = margins()
    kind = pick(rng, [told["kinds"][name] for name in ("couple", "mother", "father", "alone")], count)
    age = _ages(rng, kind)
    mothers = (kind == COUPLE) | (kind == MOTHER)
    children, births, close = _children(rng, age, mothers | (kind == FATHER))
    home = ~np.isnan(children.age)
    # a parent without a partner is a family because there is a child; otherwise the person is alone
    kind = np.where(np.isin(kind, (MOTHER, FATHER)) & ~home.any(axis=1), ALONE, kind)
    home &= (kind != ALONE)[:, None]
    families = Families(kind, age, np.where(mothers, births, 0), close & mothers)
    return families, _people(rng, families, children, home)


def _ages(rng: np.random.Generator, kind: Ints) -> Floats:
    told, found = margins(), np.empty(len(kind))
    weights = {
        COUPLE: told["wives"]["thousands"], MOTHER: told["mothers_alone"]["weights"],
        FATHER: told["mothers_alone"]["weights"], ALONE: told["alone"]["weights"],
    }  # fmt: skip
    for one, given in weights.items():
        here = kind == one
        found[here] = ages(rng, given, int(here.sum()), 15)
    return found


def _children(rng: np.random.Generator, age: Floats, parents: Bools) -> tuple[Children, Ints, Bools]:
    """Those at home, how many were born, and whether two came close."""
    told, count = margins()["children"], len(age)
    cohort = np.digitize(age, (35, 50))
    wanted = np.empty(count, dtype=np.int64)
    for place, name in enumerate(("young", "middle", "old")):
        wanted[cohort == place] = pick(rng, told[name], int((cohort == place).sum()))
    mean, deviation = told["first_birth"]
    first = np.clip(rng.normal(mean, deviation, count), 16, 40)
    least, above = told["spacing"]
    gaps = least + rng.gamma(2.0, above / 2, (count, BIRTHS - 1))
    at = np.concatenate([first[:, None], first[:, None] + np.cumsum(gaps, axis=1)], axis=1)
    grown = age[:, None] - at
    born = (np.arange(BIRTHS) < wanted[:, None]) & (grown >= 0) & (at < FERTILE_UNTIL) & parents[:, None]
    sex = _sexes(rng, (count, BIRTHS))
    stays = np.asarray([told["sons"], told["daughters"]])[sex - 1, np.clip(grown // BAND, 0, 9).astype(np.int64)]
    home = born & (rng.random((count, BIRTHS)) < stays)
    close = (born[:, 1:] & (gaps < 2)).any(axis=1)
    order = np.where(home, np.arange(1, BIRTHS + 1), 0)
    return Children(np.where(home, grown, np.nan), sex, order), born.sum(axis=1), close


def _people(rng: np.random.Generator, families: Families, children: Children, home: Bools) -> People:
    kind, age, numbers = families.kind, families.age, np.arange(len(families))
    alone, told = kind == ALONE, margins()
    couple = kind == COUPLE
    head_sex = np.where(couple | (kind == FATHER), MALE, FEMALE)
    head_sex[alone] = np.where(rng.random(int(alone.sum())) < told["alone"]["women"], FEMALE, MALE)
    head_age = np.where(couple, np.maximum(age + rng.normal(4, 4, len(age)), 19), age)
    whose, place = np.nonzero(home)
    others = np.nonzero(rng.random(len(age)) < told["others"]["share"])[0]
    parts: list[tuple[Ints, Ints, Floats, int, Ints]] = [
        (numbers, head_sex, head_age, HEAD, np.zeros_like(numbers)),
        (numbers[couple], np.full(int(couple.sum()), FEMALE), age[couple], SPOUSE, np.zeros_like(numbers[couple])),
        (whose, children.sex[whose, place], children.age[whose, place], CHILD, children.order[whose, place]),
        (others, _sexes(rng, len(others)), rng.uniform(2, 24, len(others)), OTHER, np.zeros_like(others)),
    ]
    family = np.concatenate([part[0] for part in parts])
    sex = np.concatenate([part[1] for part in parts])
    years = np.concatenate([part[2] for part in parts])
    relation = np.concatenate([np.full(len(part[0]), part[3]) for part in parts])
    birth = np.concatenate([part[4] for part in parts])
    sorting = np.lexsort((-years, relation, family))
    family, sex, years, relation, birth = (one[sorting] for one in (family, sex, years, relation, birth))
    return People(
        family, sex, years, relation, _mothers(families, family, sex, relation), np.where(relation == CHILD, birth, 0)
    )


def _sexes(rng: np.random.Generator, size: int | tuple[int, int]) -> Ints:
    """The first bands of the pyramid, as births are: a little over half are boys."""
    told = margins()["pyramid"]
    boys = sum(told["male"][:3]) / (sum(told["male"][:3]) + sum(told["female"][:3]))
    return np.where(rng.random(size) < boys, MALE, FEMALE)


def _mothers(families: Families, family: Ints, sex: Ints, relation: Ints) -> Ints:
    kind = families.kind[family]
    is_mother = ((kind == COUPLE) & (relation == SPOUSE)) | ((kind == MOTHER) & (relation == HEAD) & (sex == FEMALE))
    of_family = np.full(len(families), -1)
    of_family[family[is_mother]] = np.nonzero(is_mother)[0]
    return np.where(relation == CHILD, of_family[family], -1)


def days(age: Floats) -> Ints:
    """Whole days lived."""
    return np.floor(age * YEAR).astype(np.int64)

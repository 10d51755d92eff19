"""The whole invented population as tables of columns, ready to be written. The same seed gives the same people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from balai.synth.rules import answers, dirt
from balai.synth.rules.identity import Identity, identify
from balai.synth.rules.margins import Ints, shares_out
from balai.synth.rules.people import People, invent

Column = npt.NDArray[Any]
Table = Mapping[str, Column]
UNEVEN = 0.45  # deviation of the logarithm of a village's size [I]
PART = 100_000  # families that are held in memory at once
ID = npt.NDArray[np.uint64]  # rows x 2: the halves of a uuid


@dataclass(frozen=True)
class Wanted:
    """What is to be invented: how many families in which village, seen on which day, how dirty (0 to 1)."""

    seed: int
    on: date
    homes: Sequence[tuple[str, int]]
    dirt: float = 0.0
    part: int = 0

    @property
    def families(self) -> int:
        return sum(count for _code, count in self.homes)


def sizes(villages: int, families: int, seed: int) -> list[int]:
    """How many families each village has, together so many: villages differ as towns and hamlets do."""
    weights = np.random.default_rng([seed, villages]).lognormal(0, UNEVEN, villages)
    return [int(size) for size in shares_out(families, weights)]


def parts(wanted: Wanted) -> Iterator[Wanted]:
    """In the order of the homes, each with at most PART families."""
    waiting: list[tuple[str, int]] = []
    number = 0
    for code, count in wanted.homes:
        left = count
        while left:
            room = PART - sum(size for _code, size in waiting)
            taken = min(left, room)
            waiting.append((code, taken))
            left -= taken
            if taken == room:
                yield replace(wanted, homes=tuple(waiting), part=number)
                waiting, number = [], number + 1
    if waiting:
        yield replace(wanted, homes=tuple(waiting), part=number)


@dataclass(frozen=True)
class Rows:
    """Which families and people are written, in order: those who are entered twice come once more at the end."""

    families: Ints
    people: Ints
    family_of: Ints  # of each written person: the place of the family among the written
    mother_of: Ints  # the place of the mother among the written, or -1


def population(wanted: Wanted) -> dict[str, Table]:
    """Table name to its columns. Ids are pairs of columns `…_hi`, `…_lo`; dates datetime64; what is unknown is masked,
    NaT or ""."""
    rng = np.random.default_rng([wanted.seed, wanted.part])
    on = np.datetime64(wanted.on)
    families, people = invent(rng, wanted.families)
    place = np.repeat(np.arange(len(wanted.homes)), [count for _code, count in wanted.homes])
    identity = identify(rng, families, people, place, on)
    rows = _rows(people, dirt.doubles(rng, len(families), wanted.dirt))
    ids = {"family": _ids(rng, len(rows.families)), "person": _ids(rng, len(rows.people))}
    soiled = dirt.soil(rng, _written(identity, rows), wanted.dirt)
    codes = np.array([code for code, _count in wanted.homes], dtype=object)
    region = codes[place][rows.families]
    told = answers.everything(rng, families, people, on)
    return {
        "families": _families(ids["family"], region, soiled),
        "members": _members(ids, rows, people, region, soiled),
        **{name: _keyed(ids, table, people, region) for name, table in told.items()},
    }


def _rows(people: People, doubles: Ints) -> Rows:
    """Places of the written rows, given which families are entered twice."""
    starts = np.searchsorted(people.family, doubles)
    sizes = np.searchsorted(people.family, doubles, side="right") - starts
    total = int(sizes.sum())
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)  # where a copied family begins among the copies
    copies = np.repeat(starts, sizes) + np.arange(total) - first
    families, count = int(people.family[-1]) + 1, len(people)
    mothers = people.mother[copies]
    moved = np.where(mothers >= 0, mothers - np.repeat(starts, sizes) + count + first, -1)
    return Rows(
        families=np.concatenate([np.arange(families), doubles]),
        people=np.concatenate([np.arange(count), copies]),
        family_of=np.concatenate([people.family, families + np.repeat(np.arange(len(doubles)), sizes)]),
        mother_of=np.concatenate([people.mother, moved]),
    )


def _written(identity: Identity, rows: Rows) -> Identity:
    return Identity(
        name=identity.name[rows.people], born=identity.born[rows.people], nik=identity.nik[rows.people],
        address=identity.address[rows.families], since=identity.since[rows.families],
        card=identity.card[rows.families],
    )  # fmt: skip


def _ids(rng: np.random.Generator, count: int) -> ID:
    """Random uuids of version 4, as two halves; in order, so that who loads them fills every index at its end."""
    halves = rng.integers(0, 2**64, (count, 2), dtype=np.uint64)
    halves[:, 0] = (np.sort(halves[:, 0]) & np.uint64(0xFFFFFFFFFFFF0FFF)) | np.uint64(0x4000)
    halves[:, 1] = (halves[:, 1] & np.uint64(0x3FFFFFFFFFFFFFFF)) | np.uint64(1 << 63)
    return halves


def _key(name: str, ids: ID) -> dict[str, Column]:
    return {f"{name}_hi": ids[:, 0], f"{name}_lo": ids[:, 1]}


def _families(ids: ID, region: Column, identity: Identity) -> Table:
    return {
        **_key("id", ids), "region": region, "address": identity.address, "since_on": identity.since,
        "card": identity.card,
    }  # fmt: skip


def _members(ids: Mapping[str, ID], rows: Rows, people: People, region: Column, identity: Identity) -> Table:
    mother, known = rows.mother_of, rows.mother_of >= 0
    mothers = np.ma.masked_array(ids["person"][mother], mask=np.repeat(~known[:, None], 2, axis=1))
    order = people.order[rows.people]
    return {
        **_key("id", ids["person"]), **_key("family", ids["family"][rows.family_of]),
        "region": region[rows.family_of], "name": identity.name, "sex": people.sex[rows.people],
        "born_on": identity.born, "relation": people.relation[rows.people], **_key("mother", mothers),
        "birth_order": np.ma.masked_array(order, mask=(order == 0) | ~known), "nik": identity.nik,
    }  # fmt: skip


def _keyed(ids: Mapping[str, ID], table: answers.Answers, people: People, region: Column) -> Table:
    """With the ids of those whom a table is about."""
    if table.people is None:
        return {**_key("family", ids["family"][table.families]), "region": region[table.families], **table.columns}
    family = people.family[table.people]
    return {
        **_key("person", ids["person"][table.people]), **_key("family", ids["family"][family]),
        "region": region[family], **table.columns,
    }  # fmt: skip

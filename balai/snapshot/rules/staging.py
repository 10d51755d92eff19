"""The stages of raw.toml on arrays, for one village while its page waits: each is the twin of the query of its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from balai.base import months
from balai.snapshot.rules.frames import (
    Frame,
    Pair,
    Values,
    Words,
    all_of,
    among,
    any_of,
    grouped,
    joined,
    marked,
    met,
    months_between,
    most,
    not_after,
    number_of,
    stacked,
    taken,
)

VILLAGE = 13  # letters of a village's code
UNDER_FIVE = 60  # months
PAPERS = {"id_card": "card", "family_card": "family_card", "birth_paper": "birth", "child_card": "child_card",
          "marriage_paper": "marriage"}  # fmt: skip
POSITIONS = {"l": 1, "h": 2}
NEVER = np.iinfo(np.int64).min


@dataclass
class Stages:
    """Sources and, as they are asked for, the stages made of them."""

    sources: Mapping[str, Frame]
    words: Words
    day: date
    made: dict[str, Frame] = field(default_factory=dict)
    told: list[Any] = field(default_factory=list)

    def __getitem__(self, name: str) -> Frame:
        if name in self.sources:
            return self.sources[name]
        if name not in self.made:
            self.made[name] = STAGES[name](self)
        return self.made[name]

    @property
    def size(self) -> int:
        return len(self.words)

    @property
    def on(self) -> int:
        return number_of(self.day)

    def texts(self) -> list[Any]:
        """By number."""
        if len(self.told) != self.size:
            self.told = list(self.words)
        return self.told


def _placed(at: Stages, rows: Frame) -> Frame:
    """With the village and, below it, the RT of the region."""
    texts = at.texts()
    regions, inverse = np.unique(rows["region"][0], return_inverse=True)
    codes = [texts[region] or "" for region in regions.tolist()]
    villages = at.words.numbers([code[:VILLAGE] for code in codes])
    long = np.array([len(code) > VILLAGE for code in codes], bool)
    known = rows["region"][1]
    return rows.beside(village=(villages[inverse], known), rt=(rows["region"][0], known & long[inverse]))


def _persons_then(at: Stages) -> Frame:
    rows = at["persons"].renamed({"id": "member"})
    here = rows.where(not_after(rows["since_on"], at.on) & not_after(rows["born_on"], at.on))
    return stacked(here, at["past"].renamed({"person": "member"}))


def _places(at: Stages) -> Frame:
    rows = at["registered"].renamed({"id": "family"})
    here, past = rows.where(not_after(rows["since_on"], at.on)), at["past"]
    elsewhere = past.where(~among(past["family"], marked(here["family"], at.size)))
    texts, first = at.texts(), dict[int, int]()
    for family, region in zip(elsewhere["family"][0].tolist(), elsewhere["region"][0].tolist(), strict=True):
        first[family] = min(first.get(family, region), region, key=texts.__getitem__)
    families, regions = (np.array(list(column), np.int64) for column in (first.keys(), first.values()))
    return stacked(here, Frame(len(families), {"family": all_of(families), "region": all_of(regions)}))


def _homes(at: Stages) -> Frame:
    rows = at["places"]
    return _placed(at, rows.where(among(rows["family"], marked(at["persons_then"]["family"], at.size))))


def _people(at: Stages) -> Frame:
    homes = at["homes"]
    rows, index = joined(at["persons_then"], "family", homes, "family", at.size)
    return rows.beside(village=taken(homes["village"], index), rt=taken(homes["rt"], index))


def _newest(at: Stages) -> dict[str, Values]:
    """Kind of list to the day of the newest that speaks of a village, by the village's number."""
    texts, lists = at.texts(), at["lists"]
    found: dict[str, Values] = {}
    rows = [
        (texts[kind], texts[region], day)
        for kind, region, day in zip(*(lists[name][0].tolist() for name in ("kind", "region", "dated_on")), strict=True)
    ]
    for village in np.unique(at["homes"]["village"][0]).tolist():
        for kind, region, day in rows:
            if texts[village].startswith(region or ""):
                days = found.setdefault(kind, np.full(at.size, NEVER))
                days[village] = max(days[village], day)
    return found


def _ranks(at: Stages) -> Frame:
    homes, newest, size = at["homes"], _newest(at), at.size
    listed, home = joined(at["listed"], "family", homes, "family", size)
    columns: dict[str, Pair] = {"family": homes["family"]}
    for kind in ("dtsen", "p3ke", "other", "dtks"):
        day = newest.get(kind, np.full(size, NEVER))[homes["village"][0]]
        asked = day > NEVER
        here = (listed["kind"][0] == at.words.get(kind, -1)) & (listed["dated_on"][0] == day[home])
        values, known = listed["decile"]
        columns[f"decile_{kind}"] = most(home, (values, known & here), homes.rows, least=True)
        columns[f"in_{kind}"] = any_of(home, here, homes.rows).astype(np.int64), asked
        matched = any_of(home, here & (listed["by_number"][0] == 1) & listed["by_number"][1], homes.rows)
        columns[f"{kind}_matched"] = matched.astype(np.int64), asked
    return Frame(homes.rows, columns)


def _papers(at: Stages) -> Frame:
    rows = at["documents"]
    people, place = grouped(rows["person"], at.size)
    of, kind, (held, known) = place[rows["person"][0]], rows["kind"][0], rows["is_held"]
    columns: dict[str, Pair] = {"person": all_of(people)}
    for name, called in PAPERS.items():
        here = known & (kind == at.words.get(called, -1))
        columns[name] = any_of(of, here & (held == 1), len(people)).astype(np.int64), any_of(of, here, len(people))
    return Frame(len(people), columns)


def _year_before(day: date) -> date:
    last = months.last_day(months.shift(months.of(day), -12))
    return last.replace(day=min(day.day, last.day))


def _mothers(at: Stages) -> Frame:
    births, people = _placed(at, at["births"]), at["people"]
    births = births.where(births["born_on"][1] & (births["born_on"][0] <= at.on))
    rows, index = met(births["mother"], people["member"], at.size)
    births = births if rows is None else births.take(rows)
    here = (index >= 0) & (taken(people["village"], index)[0] == births["village"][0])
    births = births.where(here)
    mothers, place = grouped(births["mother"], at.size)
    of, day = place[births["mother"][0]], births["born_on"][0]
    last = most(of, births["born_on"], len(mothers))
    before = most(of, (day, day < last[0][of]), len(mothers))
    recent = np.bincount(of[day > number_of(_year_before(at.day))], minlength=len(mothers))
    return Frame(
        len(mothers),
        {"mother": all_of(mothers), "last_on": last, "previous_on": before, "last_year": all_of(recent)},
    )


def _women(at: Stages) -> Frame:
    people, mothers = at["people"], at["mothers"]
    sex, known = people["sex"]
    women = np.flatnonzero(marked(people.where((sex == 2) & known)["member"], at.size))  # noqa: PLR2004  as the survey codes
    _rows, index = met(all_of(women), mothers["mother"], at.size)
    values, there = taken(mothers["last_year"], index)
    return Frame(len(women), {"member": all_of(women), "last_year": all_of(np.where(there, values, 0))})


def _visited(at: Stages) -> Frame:
    members = at["member_answers"]
    days = Frame(members.rows, {name: members[name] for name in ("family", "from_on")})
    rows = stacked(days, at["housing"])
    families, place = grouped(rows["family"], at.size)
    return Frame(
        len(families),
        {"family": all_of(families), "on_day": most(place[rows["family"][0]], rows["from_on"], len(families))},
    )


def _wives(at: Stages) -> Frame:
    people, size = at["people"], at.size
    relation, known = people["relation"]
    heads, spouses = (marked(people.where(known & (relation == one))["family"], size) for one in (1, 2))
    wife = known & (relation >= 1) & (relation <= 2) & (people["sex"][0] == 2) & people["sex"][1]  # noqa: PLR2004
    return people.where(wife & among(people["family"], heads & spouses))


def _young(at: Stages) -> Frame:
    people = at["people"]
    age, known = months_between(all_of(np.array([at.on])), people["born_on"])
    return people.where(known & (age < UNDER_FIVE))


def _weighings(at: Stages) -> Frame:
    people, words = at["people"], at.words
    rows, index = joined(at["measured"], "person", people, "member", at.size)
    columns = {name: taken(people[name], index) for name in ("village", "rt", "family", "member", "sex", "born_on")}
    position = sum(number * (rows["position"][0] == words.get(letter, -1)) for letter, number in POSITIONS.items())
    found = rows.beside(**columns, position=all_of(np.asarray(position)))
    age, born = months_between(found["measured_on"], found["born_on"])
    return found.where((found["measured_on"][0] <= at.on) & (~born | (age < UNDER_FIVE)))


def _last(at: Stages, name: str) -> Frame:
    """Of each member the newest that has it."""
    rows = at["weighings"]
    rows = rows.where(rows[name][1])
    order = np.lexsort((-rows["measured_on"][0], rows["member"][0]))
    member = rows["member"][0][order]
    return rows.take(order[np.diff(member, prepend=-1) != 0])


def _given(at: Stages) -> Frame:
    homes, people = at["homes"], at["people"]
    rows, index = joined(at["received"], "family", homes, "family", at.size)
    rows = rows.beside(village=taken(homes["village"], index), rt=taken(homes["rt"], index))
    here = ~rows["person"][1] | among(rows["person"], marked(people["member"], at.size))
    return rows.where(here & not_after(rows["from_on"], at.on))


def _inhabited(at: Stages) -> Frame:
    village = at["told_of_villages"]["village"]
    homes = np.bincount(at["homes"]["village"][0], minlength=at.size)
    return Frame(len(village[0]), {"village": village, "families": all_of(homes[village[0]])})


STAGES: Mapping[str, Callable[[Stages], Frame]] = MappingProxyType({
    "persons_then": _persons_then, "places": _places, "homes": _homes, "people": _people, "ranks": _ranks,
    "papers": _papers, "mothers": _mothers, "women": _women, "visited": _visited, "wives": _wives, "young": _young,
    "weighings": _weighings, "last_weighed": lambda at: _last(at, "weight_kg"),
    "last_measured": lambda at: _last(at, "height_cm"), "given": _given,
    "occurred": lambda at: _placed(at, at["happened"]), "serving": lambda at: _placed(at, at["places_of_service"]),
    "inhabited": _inhabited,
})  # fmt: skip

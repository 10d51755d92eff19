"""What is known of the villages of a region at the end of each of some months, as columns for `RuleSet.judge`.

All months of a region are read in one go: each table once, straight from the cursor, and laid on a grid of villages
by months. A day holds "at the end of a month" when its own month is not later, so months are compared, not days.
"""

from dataclasses import dataclass
from itertools import chain

import msgspec
import numpy as np

from balai.classification import rules
from balai.classification.actions import reading
from balai.classification.actions.reading import FIGURES, GROUPS
from balai.villages.models import Companion, Document
from balai.villages.rules import CompanionKind, DocumentKind, own_programme

FUNDS = ("fund_apbn", "fund_apbd", "fund_dana_desa", "fund_hibah", "fund_csr", "fund_swadaya")
GROUP_ITEMS = tuple(f"poktan_{group}" for group in rules.GROUPS)
USES = ("use_pk", "use_routine", "use_potential", "use_sector", "use_other")
MECHANISMS = ("mech_planning", "mech_coordination", "mech_socialisation", "mech_monitoring", "mech_reporting")
SINGLE = ("pokja", "pokja_sk", "pokja_members", "pokja_trained", "secretariat", "data_house", "companion",
          "regulation", "rkm", "data_use")  # fmt: skip
ITEMS = (*SINGLE, *FUNDS, *GROUP_ITEMS, *USES, *MECHANISMS)
DOCUMENTS = {"pokja_sk": DocumentKind.POKJA_DECREE, "regulation": DocumentKind.REGULATION,
             "rkm": DocumentKind.WORK_PLAN}  # fmt: skip
PROFILE = rules.INPUTS[: rules.INPUTS.index("agencies_ever")]
AGENCIES = ("agencies_ever", "agencies_year", "agencies_year_all")
ITEM = {key: place for place, key in enumerate(ITEMS)}
YEAR = 12
EARLIEST, NEVER = 0, 1_000_000
UNKNOWN, NO, YES = -1, 0, 1
NULL = str(-(2**40))  # stands for null where figures are read as whole numbers: no figure is that low


@dataclass(frozen=True)
class Evidence:
    """One row a village and month, months within villages. `formed`: YES, NO or UNKNOWN."""

    codes: list[str]
    months: np.ndarray  # place of the month among those asked for
    columns: dict[str, np.ndarray]
    formed: np.ndarray
    inputs: list[str]


def number_of(month):
    """Months counted from year 0, so that they can be compared and subtracted."""
    return int(month[:4]) * YEAR + int(month[5:7])


class Months(dict):
    """Text to month number, each text read once; no date is `none`."""

    def __init__(self, none):
        self[None] = none

    def __missing__(self, text):
        self[text] = found = number_of(text)
        return found


def month_numbers(texts, none):
    """A column, to be compared with a row of months."""
    return np.array(list(map(Months(none).__getitem__, texts)))[:, None]


def gather(region, periods):
    """Evidence of every village of the region with a Kampung KB or a figure in a month, for these months."""
    kampungs = reading.kampungs(region)
    figures = [
        (period, msgspec.json.decode(codes), groups, texts)
        for period, codes, groups, texts in reading.rows_of(reading.figures(region, periods))
    ]
    codes = sorted({row[0] for row in kampungs}.union(*(row[1] for row in figures)))
    grid = Grid(codes, periods)
    formed = grid.formed(kampungs)
    columns, texts, has_figures = grid.figures(figures)
    profile = grid.profile(reading.rows_of(reading.answers(region)), columns)
    _fill_from_rows(grid, region, profile)
    columns |= profile | grid.agencies(reading.rows_of(reading.activities(region)))
    return _chosen(grid, columns, formed, texts, has_figures)


class Grid:
    """Villages by months."""

    def __init__(self, codes, periods):
        self.codes, self.periods = codes, periods
        self.village = {code: place for place, code in enumerate(codes)}
        self.numbers = np.array([number_of(period) for period in periods])
        self.shape = (len(codes), len(periods))

    def places(self, rows, at=0):
        return np.fromiter(map(self.village.__getitem__, (row[at] for row in rows)), dtype=np.int64, count=len(rows))

    def known(self, rows):
        """Rows of villages that are in the grid."""
        return [row for row in rows if row[0] in self.village]

    def formed(self, kampungs):
        found = np.full(self.shape, NO, dtype=np.int8)
        if not kampungs:
            return found
        place = self.places(kampungs)
        earliest, latest, ended = (
            month_numbers([row[at] for row in kampungs], none) for at, none in ((1, EARLIEST), (2, NEVER), (3, NEVER))
        )
        surely, maybe = latest <= self.numbers, earliest <= self.numbers
        state = np.where(ended <= self.numbers, NO, np.where(surely, YES, np.where(maybe, UNKNOWN, NO)))
        found[place] = state
        return found

    def figures(self, rows):
        """Columns of the monthly figures, their JSON, and where there are any."""
        keys = (*GROUPS, *FIGURES)
        table = np.full((len(keys), self.shape[0] * self.shape[1]), np.nan)
        texts = np.full(table.shape[1], ",".join(["null"] * len(FIGURES)), dtype=object)
        has = np.zeros(table.shape[1], dtype=np.bool_)
        if rows:
            periods, codes, groups, figures = zip(*rows, strict=True)
            villages = np.array(list(map(self.village.__getitem__, chain.from_iterable(codes))))
            month = np.repeat([self.periods.index(period) for period in periods], list(map(len, codes)))
            where = villages * len(self.periods) + month
            table[: len(GROUPS), where], _texts = numbers_of(groups, len(GROUPS))
            table[len(GROUPS) :, where], texts[where] = numbers_of(figures, len(FIGURES))
            has[where] = True
        columns = {key: column.reshape(self.shape) for key, column in zip(keys, table, strict=True)}
        return columns, texts, has.reshape(self.shape)

    def answered(self, rows):
        """Items (in the order of ITEMS) by villages by months."""
        answers = np.full((len(ITEMS), *self.shape), np.nan)
        villages, items, values, months = _sorted_answers(self.places(rows), rows)
        state, before = np.full(answers.shape[:2], np.nan), EARLIEST
        for place in np.argsort(self.numbers):
            until = self.numbers[place]
            new = (months > before) & (months <= until)
            # Oldest first, so the last assignment to a cell is its newest answer.
            state[items[new], villages[new]] = values[new]
            answers[:, :, place], before = state, until
        return answers

    def profile(self, rows, figures):
        """Columns of the input and process side; the month's own count of groups goes before the profile's answer."""
        answers = self.answered(self.known(rows))
        of = {key: answers[place] for place, key in enumerate(ITEMS)}
        columns = {key: of[key].copy() for key in SINGLE if key != "data_use"}
        groups = [
            np.where(np.isnan(figures[count]), of[item], (figures[count] > 0).astype(np.float64))
            for count, item in zip(GROUPS, GROUP_ITEMS, strict=True)
        ]
        uses = [np.where(np.isnan(of[key]) & (of["data_use"] == 0), 0.0, of[key]) for key in USES]
        counted = {"funds": [of[key] for key in FUNDS], "poktan": groups, "data_uses": uses,
                   "mechanisms": [of[key] for key in MECHANISMS]}  # fmt: skip
        for key, facts in counted.items():
            columns[key] = sum((fact > 0).astype(np.float64) for fact in facts)
            columns[f"{key}_unknown"] = sum(np.isnan(fact).astype(np.float64) for fact in facts)
        return columns

    def held(self, rows):
        """Where one of the rows (village, from month, to month, …) holds."""
        found = np.zeros(self.shape, dtype=np.bool_)
        if rows:
            since, until = (month_numbers([row[at] for row in rows], none) for at, none in ((1, EARLIEST), (2, NEVER)))
            np.logical_or.at(found, self.places(rows), (since <= self.numbers) & (until > self.numbers))
        return found

    def agencies(self, rows):
        """Distinct agencies ever and in twelve months; nothing ever recorded is not known, which is not none."""
        villages, agency, month = _agencies(self.known(rows), self.village)
        first, last = (int(self.numbers.min()) - YEAR + 1, int(self.numbers.max())) if len(self.numbers) else (0, 0)
        # Everything before the first month that a year can begin with is one month.
        month = np.maximum(month - first + 1, 0)
        kept = month <= last - first + 1
        seen = np.zeros((last - first + 2, len(self.codes), int(agency.max(initial=0)) + 1), dtype=np.bool_)
        seen[month[kept], villages[kept], agency[kept]] = True
        own = [number for number in own_programme() if number < seen.shape[2]]
        counts = {key: np.full(self.shape, np.nan) for key in AGENCIES}
        for place, number in enumerate(self.numbers):
            end = int(number) - first + 2
            ever, year = seen[:end].any(axis=0), seen[end - YEAR : end].any(axis=0)
            known = ever.any(axis=1)
            every = year.sum(axis=1)
            counted = {"agencies_ever": ever.sum(axis=1), "agencies_year": every - year[:, own].sum(axis=1),
                       "agencies_year_all": every}  # fmt: skip
            for key, value in counted.items():
                counts[key][:, place] = np.where(known, value, np.nan)
        return counts


def numbers_of(lists, width):
    """(numbers, one row a column; texts) of JSON lists of lists of that many numbers."""
    text = "],[".join([found[2:-2] for found in lists])
    flat = np.fromstring(text.replace("],[", ",").replace("null", NULL), dtype=np.int64, sep=",")
    table = flat.reshape(-1, width).T.astype(np.float64)
    table[table == float(NULL)] = np.nan
    return table, text.split("],[")


def _joined(lists):
    """JSON lists as one list, and how long each was. PostgreSQL's driver has read the JSON already."""
    decode = msgspec.json.decode
    lists = [found if isinstance(found, list) else decode(found) for found in lists]
    return list(chain.from_iterable(lists)), [len(found) for found in lists]


class Activities(dict):
    """ "agency month" to (agency, month number), each text taken apart once."""

    def __missing__(self, key):
        agency, month = key.split(" ")
        self[key] = found = (int(agency), number_of(month))
        return found


def _agencies(rows, village):
    """Village, agency and month of every activity."""
    keys, counts = _joined(row[1] for row in rows)
    pairs = np.array(list(map(Activities().__getitem__, keys)), dtype=np.int64).reshape(-1, 2)
    places = np.array([village[row[0]] for row in rows], dtype=np.int64)
    return np.repeat(places, counts), pairs[:, 0], pairs[:, 1]


class Keys(dict):
    """ "item day moment" to a number, each text taken apart once. A batch has few, whatever its size."""

    def __init__(self):
        self.items, self.months, self.moments = [], [], []

    def __missing__(self, key):
        item, moment = key.split(" ", 1)
        self.items.append(ITEM.get(item, -1))
        self.months.append(number_of(moment))
        self.moments.append(moment)
        self[key] = found = len(self.items) - 1
        return found


def _sorted_answers(villages, rows):
    """Village, item, value and month of every answer, oldest first by day, then by the moment of entry."""
    keys = Keys()
    values, counts = _joined(row[1] for row in rows)
    values = np.array(values, dtype=np.float64)
    key = np.fromiter(map(keys.__getitem__, _joined(row[2] for row in rows)[0]), np.int64, len(values))
    # Equal moments of one item come in the order they were read.
    order = np.argsort(np.argsort(np.argsort(keys.moments, kind="stable"))[key] if len(key) else key, kind="stable")
    order = order[np.array(keys.items, dtype=np.int64)[key[order]] >= 0] if len(key) else order
    key = key[order]
    return (
        np.repeat(villages, counts)[order], np.array(keys.items, dtype=np.int64)[key], values[order],
        np.array(keys.months, dtype=np.int64)[key],
    )  # fmt: skip


def _fill_from_rows(grid, region, profile):
    """Where the profile is silent, documents, companions and the Rumah DataKu answer."""
    documents, companions, houses = (
        grid.known(reading.rows_of(rows))
        for rows in (reading.of_kampung(Document, region).filter(kind__in=DOCUMENTS.values()),
                     reading.of_kampung(Companion, region), reading.houses(region))
    )  # fmt: skip
    for key, kind in DOCUMENTS.items():
        _fill(profile[key], grid.held(_of(kind, documents)), 1.0)
    _fill(profile["companion"], grid.held(_of(CompanionKind.PKB, companions)), 1.0)
    _fill(profile["companion"], grid.held(companions), 0.0)
    there, absent = grid.held(_of(True, houses)), grid.held(_of(False, houses))
    house = profile["data_house"]
    house[absent], house[there] = 0.0, 1.0


def _of(kind, rows):
    return [row for row in rows if row[3] == kind]


def _fill(column, where, value):
    column[np.isnan(column) & where] = value


def fragments(columns):
    """For each row the JSON of these columns, none of them below zero. A village's months are mostly alike."""
    values = np.stack(columns, axis=1)
    values[~(values >= 0)] = -1
    other = np.ones(len(values), dtype=np.bool_)
    other[1:] = (values[1:] != values[:-1]).any(axis=1)
    encoded = msgspec.json.encode(values[other].astype(np.int64).tolist())[2:-2].decode()
    texts = encoded.replace("-1", "null").split("],[")
    return np.array(texts, dtype=object)[np.cumsum(other) - 1].tolist()


def _chosen(grid, columns, formed, texts, has_figures):
    """The rows that get an outcome: a Kampung KB that may exist, or a figure."""
    kept = np.flatnonzero(((formed != NO) | has_figures).reshape(-1))
    flat = {key: columns[key].reshape(-1)[kept] for key in rules.INPUTS}
    villages, months = np.divmod(kept, max(1, len(grid.periods)))
    profile, agencies = (
        (fragments([flat[key] for key in keys]) for keys in (PROFILE, AGENCIES)) if len(kept) else ([], [])
    )
    return Evidence(
        codes=np.array(grid.codes, dtype=object)[villages].tolist(), months=months, columns=flat,
        formed=formed.reshape(-1)[kept],
        inputs=[f"[{a},{b},{text}]" for a, b, text in zip(profile, agencies, texts[kept].tolist(), strict=True)],
    )  # fmt: skip

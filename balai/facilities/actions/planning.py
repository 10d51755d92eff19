"""What each row of a file of facilities would do beside those that are there."""

from dataclasses import asdict, dataclass

from balai.base.words import Said
from balai.facilities import rules
from balai.facilities.models import Facility


@dataclass(frozen=True)
class Planned:
    """What a row of a file does, or would do: the facility that it changes, and what changes."""

    read: rules.Read
    outcome: rules.Outcome
    facility: Facility | None = None
    changes: tuple[tuple[str, object, object], ...] = ()


def planned(reads, known):
    """What each row would do beside the open facilities `known`; a row that names one a second time is refused."""
    found, taken = [], set()
    for read in reads:
        if read.facts is None:
            found.append(Planned(read, rules.Outcome.REFUSED))
            continue
        twin = twin_of(read.facts, known)
        key = (read.facts.kind, rules.letters(read.facts.name))
        if key in taken:
            again = Said("Fasilitas ini sudah disebut di baris sebelumnya.")
            column = rules.Column.NAME.value
            found.append(Planned(rules.Read(read.line, None, read.name, column, again), rules.Outcome.REFUSED))
            continue
        taken.add(key)
        found.append(_compared(read, twin))
    return found


def _compared(read, twin):
    if twin is None:
        return Planned(read, rules.Outcome.NEW)
    changes = tuple((field, *pair) for field, pair in changed(twin, read.facts).items())
    return Planned(read, rules.Outcome.CHANGED if changes else rules.Outcome.SAME, twin, changes)


def twin_of(facts, rows):
    return next((row for row in rows if row.kind == facts.kind and rules.same_name(row.name, facts.name)), None)


def values_of(facts):
    return asdict(facts) | {"services": list(facts.services)}


def changed(row, facts):
    pairs = {field: (getattr(row, field), value) for field, value in values_of(facts).items()}
    return {field: tuple(map(_plain, pair)) for field, pair in pairs.items() if pair[0] != pair[1]}


def _plain(value):
    return value if value is None or isinstance(value, str | int | float | list) else str(value)

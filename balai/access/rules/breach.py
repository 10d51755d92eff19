"""The list after a breach: whose data an account reached, which, when, how often (UU 27/2022, article 46)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import NamedTuple
from uuid import UUID

from balai.access.rules.deeds import reached_data
from balai.access.rules.matters import DataClass, Matter
from balai.access.rules.trail import is_personal
from balai.base.words import sentence

HEAD = (
    sentence("Keluarga atau orang"), sentence("Kelas data"), sentence("Data"), sentence("Perbuatan"),
    sentence("Pertama"), sentence("Terakhir"), sentence("Berapa kali"),
)  # fmt: skip


class Reached(NamedTuple):
    """Entries of one account that say the same of one subject."""

    subject: UUID
    deed: str
    matters: tuple[Matter, ...]
    first_at: datetime
    last_at: datetime
    times: int


@dataclass
class Affected:
    """One person or family."""

    subject: UUID
    matters: set[Matter]
    deeds: set[str]
    first_at: datetime
    last_at: datetime
    times: int = 0

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.first_at, self.last_at

    @property
    def classes(self) -> list[DataClass]:
        return sorted({matter.data_class for matter in self.matters})


def affected(rows: Iterable[Reached]) -> list[Affected]:
    """One line for every subject of whom something personal was read or changed; the first reached comes first."""
    found: dict[UUID, Affected] = {}
    for row in rows:
        if not is_personal(row.matters):
            continue
        one = found.setdefault(row.subject, Affected(row.subject, set(), set(), row.first_at, row.last_at))
        one.matters |= {matter for matter in row.matters if matter.data_class >= DataClass.P3}
        one.deeds.add(row.deed)
        one.first_at, one.last_at = min(one.first_at, row.first_at), max(one.last_at, row.last_at)
        one.times += row.times
    return sorted(found.values(), key=lambda one: (one.first_at, one.subject))


def table(
    people: Iterable[Affected], zone: tzinfo, say: Callable[[str], str]
) -> tuple[list[str], list[list[str | int]]]:
    """Head and rows of the list as a file, in the language of `say`."""
    return [say(text) for text in HEAD], [
        [
            str(one.subject), ", ".join(one.classes), ", ".join(map(say, reached_data(one.matters, one.deeds))),
            ", ".join(sorted(one.deeds)), *(at.astimezone(zone).isoformat(" ", "seconds") for at in one.span),
            one.times,
        ]
        for one in people
    ]  # fmt: skip

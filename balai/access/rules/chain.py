"""Walking the chains of the trail: the first entry of each that is not as it was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from balai.access.rules.trail import link
from balai.base.words import sentence

Head = tuple[int, str]  # number and hash of the last entry of a chain


class Damage(StrEnum):
    ALTERED = sentence("isinya diubah")
    MISSING = sentence("tidak ada di tempatnya: dihapus atau ditukar")
    MISPLACED = sentence("tidak pada tempatnya: disisipkan atau ditukar")
    VALUES = sentence("nilai sebelum dan sesudahnya diubah atau dihapus")
    CUT = sentence("hilang bersama semua yang sesudahnya: ujung rantai dipotong")
    HEAD = sentence("catatan ujung rantai tidak cocok dengannya")
    SEAL = sentence("tidak cocok dengan segel yang disimpan di luar")
    ENDING = sentence("awal rantai yang diakhiri setelah masa simpan tidak cocok dengan catatannya")
    FORGETTING = sentence("nilainya dikosongkan tanpa catatan penghapusan")


@dataclass(frozen=True)
class Fault:
    """`number` counts within the chain `shard`; `entry` is the row where it shows, if there is one."""

    shard: str
    number: int
    damage: Damage
    entry: int | None = None


@dataclass
class Walk:
    """One chain, read from its beginning, or from `begun`, the last entry that was ended. It stops at the first fault:
    what follows hangs on nothing."""

    shard: str
    head: Head | None = None
    seals: Mapping[int, str] = field(default_factory=dict)
    begun: Head = (0, "")
    fault: Fault | None = None

    def __post_init__(self) -> None:
        self.number, self.hash = self.begun

    def step(self, entry: int, number: int, stored: str, line: str, *, whole: bool) -> Fault | None:
        """The next row; `whole` says that what may be erased is as it was."""
        if self.fault:
            return None
        damage = self._damage(number, stored, line, whole=whole)
        if damage is None:
            self.number, self.hash = number, stored
            return None
        at = self.number + 1 if damage is Damage.MISSING else number
        self.fault = Fault(self.shard, at, damage, entry)
        return self.fault

    def _damage(self, number: int, stored: str, line: str, *, whole: bool) -> Damage | None:
        if number != self.number + 1:
            return Damage.MISSING if number > self.number + 1 else Damage.MISPLACED
        if link(self.hash, line) != stored:
            return Damage.ALTERED
        if not whole:
            return Damage.VALUES
        if self.seals.get(number, stored) != stored:
            return Damage.SEAL
        if self.head and self.head[0] == number and self.head[1] != stored:
            return Damage.HEAD
        return None

    def end(self) -> Fault | None:
        """After the last row: what the head and the seals know of must have come."""
        if self.fault:
            return None
        number, link = self.begun
        if self.seals.get(number, link) != link:
            self.fault = Fault(self.shard, number, Damage.SEAL)
            return self.fault
        known = max(self.head[0] if self.head else 0, *self.seals, 0)
        if known > self.number:
            self.fault = Fault(self.shard, self.number + 1, Damage.CUT)
        elif self.head is None or (self.head[0] == self.number and self.head[1] != self.hash):
            self.fault = Fault(self.shard, self.number, Damage.HEAD)
        return self.fault

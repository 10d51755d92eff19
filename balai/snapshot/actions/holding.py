"""What was read of a village stays in memory as numbers, without a name; what was written since is read again."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from balai.snapshot.models import MANY, OF_FAMILIES, SMALL, Look
from balai.snapshot.rules.frames import Frame, Words, all_of, among, framed, marked, stacked
from balai.snapshot.rules.packed import Versions, unpacked
from balai.snapshot.rules.sources import sources

ROWS = 250_000  # of all sources of the villages held: some fifteen villages of a thousand families, about 40 MB
FAMILY = {"registered": "id"}  # the column that says whose a row is, where it is not called so
OF_VERSIONS = {"families", "people", "restricted"}
BESIDE = {"verified": ("verified", "rounds"), "listed": ("listed", "lists")}  # told by counts or by what is small


@dataclass(frozen=True)
class Mark:
    """What no writing leaves as it was."""

    counts: dict[str, str]
    small: dict[str, int]

    def changed(self, before: "Mark") -> set[str]:
        ours, theirs = self.counts | self.small, before.counts | before.small
        return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}


@dataclass(frozen=True)
class Held:
    """The sources of one village, as one actor may see them on a day."""

    day: date
    mark: Mark
    versions: Versions
    words: Words
    frames: dict[str, Frame]

    @property
    def rows(self) -> int:
        return sum(frame.rows for frame in self.frames.values())


class Reading:
    """One village at one moment, within `acting` and `consistent`."""

    def __init__(self, by, code, day):
        self.look, self.day = Look(by, code, day), day
        self.small = self.look.small()
        self.mark = Mark(self.look.counts(), {name: hash(tuple(rows)) for name, rows in self.small.items()})

    def held(self, before, wanted):
        """With all sources that are wanted. `before`: what was held, or None."""
        if before is None or before.day != self.day:
            return self._anew(wanted)
        changed = self.mark.changed(before.mark)
        if not changed and before.frames.keys() >= set(wanted):
            return before
        versions = self.look.versions() if changed & OF_VERSIONS else before.versions
        families = versions.changed(before.versions)
        if len(families) > MANY:
            return self._anew({*wanted, *before.frames})
        words, frames = Words(before.words), {}
        for name in {*wanted, *before.frames}:
            frames[name] = self._again(name, before.frames.get(name), changed, families, words)
        return Held(self.day, self.mark, versions, words, frames)

    def _anew(self, wanted):
        words = Words()
        frames = {name: self._whole(name, words) for name in wanted}
        return Held(self.day, self.mark, self.look.versions(), words, frames)

    def _whole(self, name, words):
        rows = self.small[name] if name in self.small else self.look.whole(name)
        there = unpacked if name in SMALL or name not in self.small else framed
        return there(rows, sources()[name], words)

    def _again(self, name, frame, changed, families, words):
        told = changed.intersection(BESIDE.get(name, ()))
        if frame is None or told or (name in changed and not (families and name in OF_FAMILIES)):
            return self._whole(name, words)
        if not families or name in self.small:
            return frame
        if name == "numbers":
            families = self._sharing(frame, families, words)
        if name not in OF_FAMILIES or len(families) > MANY:
            return self._whole(name, words)
        rows = [row for family in sorted(families) for row in self.look.of_family(name, family)]
        written = marked(all_of(words.numbers(families)), len(words))
        kept = frame.where(~among(frame[FAMILY.get(name, "family")], written))
        return stacked(kept, unpacked(rows, sources()[name], words))

    def _sharing(self, frame, families, words):
        """With those who share a number with somebody, or did: theirs may be shared no longer, or now."""
        shared, known = frame["shared"]
        texts = list(words)
        before = {texts[number] for number in frame["family"][0][known & (shared == 1)].tolist()}
        return families.union(before, *(self.look.sharing(one) for one in families))


class Shelf:
    """Of some villages; those asked for longest ago go first. Threads may meet: then one works for nothing."""

    def __init__(self, rows=ROWS):
        self.most, self.kept, self.lock = rows, OrderedDict(), Lock()

    def get(self, key):
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key, held):
        with self.lock:
            self.kept[key] = held
            self.kept.move_to_end(key)
            while len(self.kept) > 1 and sum(one.rows for one in self.kept.values()) > self.most:
                self.kept.popitem(last=False)

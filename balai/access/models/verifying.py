"""Reading the whole trail against its own hashes: one pass, in the order in which it was written."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from balai.access.models.trail import AuditChain, AuditChange, AuditEntry, AuditSubject
from balai.access.rules.chain import Damage, Fault, Walk
from balai.access.rules.cutting import LEAST_KEPT
from balai.access.rules.trail import CUT, FORGOTTEN, canonical, digest, root

CHUNK = 5000


def _as_written(column):
    """The text that was hashed, not what it means."""
    return Cast(column, TextField())


SAID = ("at", "by", "hat", "device", "deed", "region", "subject", "matters", _as_written("detail"), "kept")
KEPT = ("entry_id", "why", _as_written("values"), "salt", "forgotten")


@dataclass(frozen=True)
class Checked:
    entries: int
    chains: int
    seals: int
    faults: list[Fault]  # the first of each chain, in the order of the trail


class Alongside:
    """Rows of a second table, in the same order as the entries they belong to."""

    def __init__(self, rows):
        self.rows = iter(rows)
        self.ahead = next(self.rows, None)

    def of(self, entry):
        found = []
        while self.ahead and self.ahead[0] <= entry:
            if self.ahead[0] == entry:
                found.append(self.ahead[1:])
            self.ahead = next(self.rows, None)
        return found


def verify(shard=None, seals=()):
    """Checks every chain, or one. `seals` are what `actions.seal` gave on former days.

    What is read later may hold more than what was read before, never less: so the heads come first, and writers need
    not wait.
    """
    one = {} if shard is None else {"shard": shard}
    walks = _walks(AuditChain.objects.filter(**one), seals, shard)
    inside = {} if shard is None else {"entry__shard": shard}
    rows = AuditEntry.objects.filter(**one).order_by("pk").values_list("pk", "shard", "number", "hash", *SAID)
    entries = rows.iterator(CHUNK)
    first = next(entries, None)
    subjects = Alongside(_rows(AuditSubject.objects.filter(**inside), "entry_id", "subject"))
    changes = Alongside(_rows(AuditChange.objects.filter(**inside), *KEPT))
    faults, erased, count = [], [], 0
    while first:
        pk, at, number, stored, *said = first
        walk = walks.setdefault(at, Walk(at))
        line = canonical(*said, sorted(one.hex for (one,) in subjects.of(pk)))
        kept = changes.of(pk)
        faults.append(walk.step(pk, number, stored, line, whole=_is_whole(said[9], kept)))
        erased += [(pk, at, number, forgotten) for *_values, forgotten in kept if forgotten]
        count, first = count + 1, next(entries, None)
    faults += [walk.end() for walk in walks.values()]
    faults += _unexplained(erased)
    faults += _miscut(seals)
    return Checked(count, len(walks), len(seals), [fault for fault in faults if fault])


def _rows(rows, *fields):
    return rows.order_by("entry_id").values_list(*fields).iterator(CHUNK)


def _walks(heads, seals, shard):
    walks = {
        head.shard: Walk(head.shard, (head.number, head.hash), begun=(head.cut_number, head.cut_hash))
        for head in heads
    }  # fmt: skip
    for seal in seals:
        for at, (number, link) in seal["heads"].items():
            if shard in (None, at):
                walk = walks.setdefault(at, Walk(at))
                walk.seals = {**walk.seals, number: link}
    return walks


def _is_whole(kept, changes):
    """Whether what may be erased is there as it was, or said to be erased."""
    if not kept or len(changes) != 1:
        return not kept and not changes
    why, values, salt, forgotten = changes[0]
    return bool(forgotten) or digest(why, values, salt) == kept


def _unexplained(erased):
    """Values that are gone while no entry of an erasure names them."""
    told = dict(AuditEntry.objects.filter(deed=FORGOTTEN).values_list("pk", "detail"))
    for entry, shard, number, forgotten in erased:
        if entry not in told.get(forgotten, {}).get("entries", ()):
            yield Fault(shard, number, Damage.FORGETTING, entry)


def _miscut(seals):
    """Beginnings that were ended otherwise than the newest entry of an ending tells; what a seal still guarded."""
    told = AuditEntry.objects.filter(deed=CUT).order_by("-pk").first()
    cuts = AuditChain.objects.cuts()
    if told is None and not cuts:
        return
    before = datetime.fromisoformat(told.detail["before"]) if told else None
    if told is None or root(cuts) != told.subject or before > told.at - LEAST_KEPT:
        yield Fault(told.shard if told else "", told.number if told else 0, Damage.ENDING, told and told.pk)
        return
    for seal in seals:
        for shard, (number, _link) in seal["heads"].items():
            if datetime.fromisoformat(seal["at"]) >= before and cuts.get(shard, (0, ""))[0] > number:
                yield Fault(shard, number, Damage.SEAL)

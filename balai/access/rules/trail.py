"""The audit trail: what an entry says, how the entries hang together, what must never stand in them."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from balai.access.rules.actors import Actor
from balai.access.rules.matters import DataClass, Matter

# UU 27/2022, article 46 (1): written notice within 3 x 24 hours.
NOTICE_WITHIN = timedelta(hours=3 * 24)

FORGOTTEN = "trail.forget"  # the deed that blanks what entries kept of a person
SEALED = "trail.seal"
CUT = "trail.cut"  # the deed that ends the oldest entries

_COMPACT = json.JSONEncoder(separators=(",", ":"))
_SORTED = json.JSONEncoder(separators=(",", ":"), sort_keys=True)
_KABUPATEN = 5  # letters of the code of a kabupaten
_HIDDEN = "•••"
_SECRETS = {"password", "secret", "seed", "token", "pin", "otp", "recovery", "sandi"}
_NUMBERS = {"nik", "kk"}
_SIXTEEN = re.compile(r"(?<![0-9A-Za-z])(?:\d{4}([ .-]?)\d{4}\1\d{4}\1|\d{6}([ .-]?)\d{6}\2)\d{4}(?![0-9A-Za-z])")

# First word of a deed -> what it is about, where the caller does not say.
_ABOUT = {
    "number": Matter.NUMBER, "account": Matter.STAFF, "grant": Matter.STAFF, "device": Matter.STAFF,
    "factor": Matter.STAFF, "kampung": Matter.VILLAGE,
}  # fmt: skip


def shard_of(region: str) -> str:
    """The chain that an entry hangs on: one a kabupaten, "" for provinces and the nation."""
    return region[:_KABUPATEN] if len(region) >= _KABUPATEN else ""


def hat_of(by: Actor) -> str:
    """The role that was worn, with the agency: "agency_officer@health"."""
    return f"{by.role.name}@{by.agency}" if by.agency else by.role.name


def matters_of(
    deed: str, matters: Iterable[Matter], subjects: Iterable[str], changes: Mapping[str, Any]
) -> tuple[Matter, ...]:
    """What the deed is about. One that touched persons and says nothing is taken to have shown their names."""
    found = set(matters)
    if not found:
        about = _ABOUT.get(deed.split(".")[0], Matter.NAMES if list(subjects) else None)
        found = {about} if about else set()
    if _NUMBERS & {word for field in changes for word in field.split("_")}:
        found.add(Matter.NUMBER)
    return tuple(sorted(found))


def is_personal(matters: Iterable[Matter]) -> bool:
    return any(matter.data_class >= DataClass.P3 for matter in matters)


def masked(value: Any, field: str = "") -> Any:
    """What JSON can hold, without secrets and with numbers of identity by their last four only."""
    words = set(field.lower().split("_"))
    if value is None or value == "":
        return value
    if words & _SECRETS:
        return _HIDDEN
    if words & _NUMBERS and not isinstance(value, Mapping | list | tuple):
        return _last_four(str(value))
    if isinstance(value, Mapping):
        return {str(name): masked(one, f"{field}_{name}") for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(one, field) for one in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return _last_four(str(value)) if _SIXTEEN.fullmatch(str(value)) else int(value)
    if isinstance(value, bytes | memoryview):
        return _HIDDEN
    text = value.isoformat() if isinstance(value, date) else str(value)
    return _SIXTEEN.sub(lambda found: _last_four(found[0]), text)


def _last_four(digits: str) -> str:
    return f"•••• •••• •••• {digits[-4:]}" if len(digits) > 4 else _HIDDEN


def written(value: Any) -> str:
    """The one way in which a value is written as JSON: the same bytes on every database and in every year."""
    return _SORTED.encode(value)


def digest(why: str, values: str, salt: UUID) -> str:
    """Stands in the chain for what may be erased: salted, so that after the erasure nobody finds it by guessing."""
    return sha256(written([salt.hex, why, values]).encode()).hexdigest()


def canonical(
    at: datetime, by: str, hat: str, device: UUID | None, deed: str, region: str, subject: str, matters: str,
    detail: str, kept: str, subjects: Iterable[str],
) -> str:  # fmt: skip
    """All that an entry says, as one line. `kept` is the digest of what may be erased, `subjects` are sorted."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [moment, by, hat, device.hex if device else "", deed, region, subject, matters, detail, kept, *subjects]
    return _COMPACT.encode(told)


def link(previous: str, line: str) -> str:
    """The hash of an entry: of the hash before it and of its own line."""
    return sha256((previous + line).encode()).hexdigest()


def root(heads: Mapping[str, tuple[int, str]]) -> str:
    """One hash over the heads of all chains: what is printed and kept elsewhere."""
    return sha256(written(sorted((shard, *head) for shard, head in heads.items())).encode()).hexdigest()

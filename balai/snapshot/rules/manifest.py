"""What a folder of a snapshot says of itself."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping

import msgspec

MANIFEST = "manifest.json"


class File(msgspec.Struct, frozen=True):
    rows: int
    sha256: str
    schema: str  # digest of the names and types of the columns


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`stamp`: of the rows it was made from; `closed`: the period had ended, the folder stays as it is."""

    period: str
    kabupaten: str
    as_of: datetime.date
    made_at: datetime.datetime
    code: str
    definitions: str
    stamp: str
    closed: bool
    files: Mapping[str, File]
    doubts: Mapping[str, int]
    doubted: Mapping[str, Mapping[str, int]] = {}  # kind of doubt to village to rows

    @property
    def families(self) -> int:
        return self.files["families"].rows


def written(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def read(text: bytes) -> Manifest:
    return msgspec.json.decode(text, type=Manifest)


def digest(manifests: Iterable[Manifest]) -> str:
    """Of everything that a snapshot holds, whenever and in which order it was made."""
    found = sorted(
        (one.kabupaten, name, file.sha256, file.schema) for one in manifests for name, file in one.files.items()
    )
    return hashlib.sha256(repr(found).encode()).hexdigest()

"""Whether a snapshot is still what was written: every file by its digest."""

from hashlib import file_digest
from typing import NamedTuple

from balai.base.errors import Refused
from balai.snapshot.actions.building import manifest_of


class Checked(NamedTuple):
    kabupaten: int
    files: int
    broken: list[str]


def manifests(folder):
    """(folder, manifest) of every kabupaten in a snapshot of one period, or in one kabupaten's own folder."""
    places = [folder, *sorted(folder.glob("[0-9]*"))]
    found = [(place, told) for place in places if (told := manifest_of(place))]
    if not found:
        raise Refused("Folder itu tidak berisi potret. Susun dengan “balai snapshot build”.")
    return found


def check(folder):
    """Looks at every file of a folder of snapshots, of one period, or of one kabupaten."""
    periods = sorted(folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]"))
    found = [pair for place in periods or [folder] for pair in manifests(place)]
    names = [(place / f"{name}.parquet", file) for place, told in found for name, file in told.files.items()]
    broken = [str(path.relative_to(folder)) for path, file in names if not _is(path, file)]
    return Checked(len(found), len(names), broken)


def _is(path, file):
    if not path.exists():
        return False
    with path.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest() == file.sha256

"""Files that their owner alone reads and that nothing overwrites: keys."""

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Makes the file, with its text on the disk before this returns; FileExistsError when it is there already."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Puts the names in the folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Which files may prove something, told by their first bytes and never by their name."""

from dataclasses import dataclass
from uuid import UUID

LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class FileKind:
    media_type: str
    suffix: str


PDF = FileKind("application/pdf", ".pdf")
JPEG = FileKind("image/jpeg", ".jpg")
PNG = FileKind("image/png", ".png")
WEBP = FileKind("image/webp", ".webp")
FILE_KINDS = (PDF, JPEG, PNG, WEBP)

_STARTS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}


def sniff(content: bytes) -> FileKind | None:
    """What the file is by its first bytes; None for everything that Balai does not keep."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)


def stored_name(key: UUID, media_type: str) -> str:
    """Where the file lies, below the folder of files."""
    return f"evidence/{key}{next(kind.suffix for kind in FILE_KINDS if kind.media_type == media_type)}"

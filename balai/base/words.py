"""Sentences that will be translated where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


def sentence(text: str) -> str:
    """Marks `text` (Bahasa Indonesia) for translation and returns it as it is."""
    return text


@dataclass(frozen=True)
class Said:
    """A sentence with %(name)s places and what fills them. `str()` gives the Indonesian."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Labelled(Enum):
    """Codes that have words: what a form or a table offers of them."""

    @property
    def label(self) -> str:
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[Any, str]]:
        return [(one.value, one.label) for one in cls]

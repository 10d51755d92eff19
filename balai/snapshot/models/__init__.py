"""What the register says of a place on a day, column by column, and its way into files of text."""

from balai.snapshot.models.pouring import consistent, listed, pour_out
from balai.snapshot.models.reading import MANY, OF_FAMILIES, SMALL, Look
from balai.snapshot.models.registers import closed, registers, repeated
from balai.snapshot.models.villages import facts_of_villages

__all__ = [
    "MANY",
    "OF_FAMILIES",
    "SMALL",
    "Look",
    "closed",
    "consistent",
    "facts_of_villages",
    "listed",
    "pour_out",
    "registers",
    "repeated",
]

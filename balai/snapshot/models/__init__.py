"""What the register says of a place on a day, column by column, and its way into files of text."""

from balai.snapshot.models.dirty import mark, stamp
from balai.snapshot.models.pouring import consistent, pour_out
from balai.snapshot.models.registers import closed, registers
from balai.snapshot.models.villages import facts_of_villages

__all__ = ["closed", "consistent", "facts_of_villages", "mark", "pour_out", "registers", "stamp"]

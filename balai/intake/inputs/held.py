"""What is told of a row: refused, waiting, marked or just noted."""

from dataclasses import dataclass, field

from balai.base.words import Said

REFUSED, WAITING, MARKED, NOTE = "refused", "waiting", "marked", "note"


@dataclass(slots=True)
class Remark:
    """One line of the report; `row` is the row as it came, for those that are held back."""

    status: str
    file: str
    line: int | None
    column: str
    value: str
    reason: Said
    remedy: Said
    row: dict = field(default_factory=dict)

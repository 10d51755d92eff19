"""What an import did, counted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass
class FileSummary:
    """rows = applied + refused + waiting; applied includes the unchanged; blank rows are not among `rows`."""

    file: str
    register: str
    rows: int = 0
    applied: int = 0
    unchanged: int = 0
    refused: int = 0
    waiting: int = 0
    blank: int = 0
    marked: int = 0
    periods: Mapping[str, str] = field(default_factory=dict)
    unreadable: bool = False


COUNTED = ("rows", "applied", "unchanged", "refused", "waiting", "blank", "marked")


@dataclass
class Summary:
    """`new`: something was added (in a dry run: would have been). `batch`: its id, None when nothing is kept."""

    name: str
    files: list[FileSummary] = field(default_factory=list)
    marked_across: int = 0
    aliases: int = 0
    kampung: int = 0
    data_houses: int = 0
    answers: int = 0
    activities: int = 0
    new: bool = False
    dry_run: bool = False
    batch: str | None = None

    def total(self, counted: str) -> int:
        return sum(getattr(one, counted) for one in self.files)

    @property
    def periods(self) -> dict[str, str]:
        """Month as written to the month it was taken for, over all files."""
        return {text.strip(): period for one in self.files for text, period in one.periods.items()}

    def as_dict(self) -> dict[str, object]:
        totals = {counted: self.total(counted) for counted in COUNTED}
        totals["marked"] += self.marked_across
        return {**asdict(self), **totals, "periods": self.periods}

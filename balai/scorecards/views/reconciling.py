"""What SIGA and Verval KRS say of the same village, beside our figures."""

from dataclasses import dataclass

from balai.scorecards.rules.siga import REGISTERS, TWINS, Twin, covered, theirs
from balai.villages.models import Return


@dataclass(frozen=True)
class Beside:
    """The other system's figure of one indicator. `difference`: ours less theirs, of the values or of the counts."""

    twin: Twin
    period: str
    n: int
    d: int | None
    value: float
    ours: float
    covered: int | None
    odd: bool

    @property
    def difference(self):
        return self.ours - self.value


def add(found, village, period):
    """Puts what the other systems returned last, no later than the month, into the rows it stands beside."""
    newest = {}
    rows = Return.objects.in_force().filter(code=village, register__in=REGISTERS)
    for row in sorted(rows, key=lambda row: month(row.period)):
        if month(row.period) <= period:
            newest[row.register] = row
    values = {register: row.values for register, row in newest.items()}
    for code, twin in TWINS.items():
        if code in found and twin.register in newest:
            found[code].twin = beside(found[code], twin, newest, theirs(twin, values))


def month(period):
    """The month in which a half-year ends: '2024-S2' is '2024-12'."""
    return period.replace("S1", "06").replace("S2", "12")


def beside(row, twin, newest, pair):
    n, d = pair
    if row.here.figure is None or n is None or (twin.of and not d):
        return None
    value = 100 * n / d if twin.of else float(n)
    mine = row.here.d if twin.of else row.here.n
    odd = any(newest[name].marks for name in twin.registers if name in newest)
    return Beside(twin, newest[twin.register].period, n, d, value, row.here.value, covered(mine, d or n), odd)

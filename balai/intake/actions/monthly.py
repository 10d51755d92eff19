"""The monthly figures of the profile workbook, as returns of the registers that they belong to."""

from collections import defaultdict

from balai.base import months
from balai.base.words import Said
from balai.intake.inputs.held import MARKED, Remark
from balai.intake.inputs.rows import ASK_SOURCE
from balai.intake.rules.marking import added, marks, month_marks
from balai.intake.rules.registers import registers
from balai.intake.rules.sheets import MONTHLY
from balai.villages import actions as villages
from balai.villages.rules import Mark, ReturnRow, plausibility

OTHERS = ("pregnant", "want_soon", "want_later", "want_no_more")


class Monthly:
    """Each register's part of a row is an entry of its own: a return, exported on the day of the report."""

    def __init__(self, *, who, batch, tell, counted):
        self._who, self._batch, self._tell, self._counted = who, batch, tell, counted

    def apply(self, rows):
        """How many of the returns were not known before."""
        parts = defaultdict(list)
        for row in rows:
            day = row.cells.get("reported_on") or months.last_day(row.cells["period"])
            for register, fields in MONTHLY.items():
                values = {key: row.cells[key] for key in fields if key in row.cells}
                if values:
                    self._counted.rows += 1
                    parts[register, day].append(self._return(row, register, values))
        new = 0
        for (register, day), returns in parts.items():
            new += villages.record_returns(
                **self._who, batch=self._batch, register=register, exported_on=day, rows=returns
            ).written
        if parts:
            seen = [one for returns in parts.values() for one in returns]
            codes = sorted({one.code for one in seen})
            periods = sorted({one.period for one in seen})
            villages.mark_crossings(**self._who, periods=periods, first=codes[0], last=codes[-1])
        return new

    def _return(self, row, key, values):
        register = registers()[key]
        found, bits = marks(register, values), None
        groups = [values.get(name) for name in OTHERS]
        if key == "pus" and plausibility.users_and_others_differ(values.get("couples"), row.cells.get("users"), groups):
            found.append(("users_and_others", ["couples", *OTHERS]))
            bits = int(Mark.SUM)
        for check, keys in found:
            told = Said(plausibility.CHECKS[check])
            names = ", ".join(MONTHLY[key][name] for name in keys)
            figures = ", ".join(str(values[name]) for name in keys)
            self._tell(Remark(MARKED, row.file, row.line, names, figures, told, Said(ASK_SOURCE)))
        self._counted.marked += bool(found)
        month_bits = month_marks(register, values, marked=bool(found))
        if bits:
            month_bits["couples_marks"] |= bits
        fields = {name: keys for name, keys in register.month.items() if values.keys() & set(keys)}
        return ReturnRow(
            code=row.code, period=row.cells["period"], values=values, marks=found,
            month={name: added(values, keys) for name, keys in fields.items()}, month_marks=month_bits,
        )  # fmt: skip

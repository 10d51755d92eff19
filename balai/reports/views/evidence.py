"""What was reported of one village in one month: every register, its vintages and marks."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from balai.intake.rules.registers import registers
from balai.villages.models import Return
from balai.villages.rules.plausibility import CHECKS


@dataclass
class Vintage:
    exported_on: object
    changed: list


@dataclass
class Reported:
    """One register: figures in force as (name, value, marks), and what older exports said differently."""

    name: str
    source: str
    exported_on: object
    figures: list
    older: list = field(default_factory=list)


def reported(village, period):
    rows = Return.objects.filter(code=village, period=period).order_by("register", "-exported_on", "-position")
    found = {}
    for row in rows:
        found.setdefault(row.register, []).append(row)
    order = list(registers())
    keys = sorted(found, key=lambda key: order.index(key) if key in order else len(order))
    return [of_register(key, found[key]) for key in keys]


def of_register(key, vintages):
    register = registers().get(key)
    names = column_names(register)
    newest = next((row for row in vintages if not row.superseded), vintages[0])
    odd = marks_by_column(newest)
    figures = [(names.get(column, column), value, odd.get(column, ())) for column, value in newest.values.items()]
    older = [
        Vintage(row.exported_on, [(names.get(column, column), value) for column, value in row.values.items()
                                  if newest.values.get(column) != value])
        for row in vintages if row is not newest
    ]  # fmt: skip
    title = key if register is None else register.name_en if get_language() == "en" else register.name_id
    return Reported(title, register.source if register else "", newest.exported_on, figures, older)


def column_names(register):
    if register is None:
        return {}
    english = get_language() == "en"
    return {column.key: column.name_en if english else column.name_id for column in register.columns.values()}


def marks_by_column(row):
    """Column to the sentences that say why its figure cannot be right."""
    odd = {}
    for check, columns in row.marks:
        for column in columns:
            odd.setdefault(column, []).append(CHECKS.get(check, check))
    return odd

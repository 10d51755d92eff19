"""Writes filled profile sheets for the tests, without the program's own writer."""

import xlsxwriter

from balai.intake.rules.sheets import sheets


def fill(path, *, keys=True, **rows):
    """`rows`: sheet key to a list of dicts of column key to cell."""
    with xlsxwriter.Workbook(str(path)) as book:
        for key, filled in rows.items():
            sheet = sheets()[key]
            page = book.add_worksheet(sheet.name)
            columns = [column.key for column in sheet.columns]
            head = [[f"{key}.{name}" for name in columns]] if keys else []
            head.append([column.label for column in sheet.columns])
            for line, cells in enumerate([*head, *([row.get(name, "") for name in columns] for row in filled)]):
                for place, cell in enumerate(cells):
                    page.write(line, place, cell)
    return path

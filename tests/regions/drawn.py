"""Tables drawn in tests: `a | b` rows under a header; «\\n» is a line break."""


def rows(table):
    lines = [line.strip() for line in table.strip().splitlines() if set(line.strip()) - set("-+ ")]
    cells = [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]

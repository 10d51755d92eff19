"""Reads tables drawn with | in spec/."""

from pathlib import Path

SPEC = Path(__file__).resolve().parent.parent.parent / "spec"


def drawn(path):
    """Rows as dictionaries of text. Lines that start with # say what the table is; a line of dashes is a rule."""
    lines = [
        line for line in (SPEC / path).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    header, rule, *rows = lines
    assert set(rule) <= set("-+"), f"{path}: no rule under the header"
    names = cells(header)
    found = []
    for row in rows:
        values = cells(row)
        assert len(values) == len(names), f"{path}: {row}"
        found.append(dict(zip(names, values, strict=True)))
    return found


def cells(line):
    return [cell.strip() for cell in line.split("|")]


def inputs(text):
    """'couples=100 users=40' as a dictionary of numbers."""
    return {key: int(value) for key, value in (pair.split("=") for pair in text.split())}


def span(text):
    """'3' as (3, 3), '1..4' as (1, 4)."""
    low, _dots, high = text.partition("..")
    return int(low), int(high or low)

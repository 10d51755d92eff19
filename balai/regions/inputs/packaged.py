"""The national tree and the other names that come with Balai."""

import csv
import gzip
from importlib.resources import files

DATA = files("balai.regions") / "data"
SOURCE = "Kepmendagri 300.2.2-2430/2025 (idn-area-data 4.0.1)"


def packaged_places():
    """(code, name) of the whole nation in the order of codes, so that a parent comes before its children."""
    with (DATA / "places.csv.gz").open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from map(tuple, rows)


def packaged_aliases():
    """(code, name, source) of the other names in use that Balai brings with it."""
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from map(tuple, rows)

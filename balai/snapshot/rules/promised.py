"""What is declared: promised tables and indicators."""

from functools import cache

from balai.indicators.rules.reading import FOLDER, Catalogue, read


@cache
def catalogue() -> Catalogue:
    return read(FOLDER)[0]

"""What may have been meant by a word that nobody knows."""

import difflib
from collections.abc import Iterable


def near(word: str, known: Iterable[str]) -> str:
    """As it stands behind a sentence; "" where nothing is like it."""
    found = difflib.get_close_matches(word, list(known), n=1)
    return f" (“{found[0]}”?)" if found else ""

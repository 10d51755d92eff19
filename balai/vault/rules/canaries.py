"""The texts by which a planted row is known again, and those to look for in what somebody found outside."""

import re
from datetime import date

WORD = re.compile(r"[^\W\d_]+")
CODE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile(r"(?<!\d)\d(?:[\s.\u00a0\u202f-]?\d){15}(?!\d)")
FEWEST, MOST = 2, 4  # words of a name


def of_name(name: str) -> str:
    return f"name|{_words(name)}"


def of_birth(name: str, born_on: date) -> str:
    """A name is shared by many; with the day of birth hardly ever."""
    return f"born|{_words(name)}|{born_on.isoformat()}"


def of_home(name: str, village: str) -> str:
    return f"home|{_words(name)}|{village}"


def codes_in(found: str) -> set[str]:
    """Codes of persons, families and files in a text."""
    return set(CODE.findall(found.lower()))


def numbers_in(found: str) -> set[str]:
    return {re.sub(r"\D", "", one) for one in NUMBER.findall(found)}


def names_in(found: str) -> set[str]:
    """Everything in a text that may be a name: some words, one after another."""
    words = WORD.findall(found.upper())
    sizes = range(FEWEST, MOST + 1)
    return {
        of_name(" ".join(words[start : start + size])) for size in sizes for start in range(len(words) - size + 1)
    }  # fmt: skip


def _words(name: str) -> str:
    return " ".join(WORD.findall(name.upper()))

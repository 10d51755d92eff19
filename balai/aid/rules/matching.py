"""Whether two written names may be one person's: Indonesian names, old and new spelling, as they sound."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

ALIKE = 85  # of 100: enough for a proposal that a person decides about
CLEARLY = 5  # the next best must be at least so much less alike
_OTHER = re.compile(r"[^a-z ]+")
_TITLES = frozenset(
    ("h", "hj", "haji", "hajjah", "dr", "drs", "dra", "ir", "prof", "ny", "nyonya", "tn", "tuan", "alm", "almh", "sdr",
     "sdri", "bin", "binti", "se", "sh", "skm", "spd", "sag", "ssos", "mm")
)  # fmt: skip
# Old spelling (before 1972) and what sounds alike, in this order.
_SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"), ("kh", "h"), ("sy", "s"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("v", "f"), ("p", "f"), ("z", "s"), ("x", "s"), ("q", "k"),
    ("j", "y"), ("y", "i"), ("w", "u"), ("ck", "k"),
)  # fmt: skip
_KNOWN = {
    "moch": "muhamad",
    "moh": "muhamad",
    "mohd": "muhamad",
    "muh": "muhamad",
    "mhd": "muhamad",
    "md": "muhamad",
    "m": "muhamad",
}
_DOUBLED = re.compile(r"(.)\1+")


def heard(name: str) -> str:
    """The name as it sounds: 'H. Moch. Djoenaedi, S.Pd' and 'Moch Junaedi' are the same."""
    called = name.lower().partition(",")[0] or name.lower()  # degrees follow a comma
    text = "".join(one for one in unicodedata.normalize("NFKD", called) if not unicodedata.combining(one))
    words = _OTHER.sub("", text.replace(".", " ").replace(",", " ").replace("-", " ")).split()
    kept = [word for word in words if word not in _TITLES] or words
    return " ".join(_sounding(_KNOWN.get(word, word)) for word in kept)


def _sounding(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", word)


def likeness(one: str, other: str) -> float:
    """Of two heard names, 0 to 100; the order of the words does not count."""
    return fuzz.token_sort_ratio(one, other)


def proposed(name: str, names: Sequence[str]) -> int | None:
    """Which of the names may be the same as `name`; None where none is alike or two are nearly equally so."""
    sound = heard(name)
    scored = sorted(((likeness(sound, heard(one)), place) for place, one in enumerate(names)), reverse=True)
    if not scored or scored[0][0] < ALIKE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEARLY:
        return None
    return scored[0][1]

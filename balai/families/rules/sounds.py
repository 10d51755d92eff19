"""How a name sounds, so that it is found however it was spelled: Soekarno and Sukarno, Tjahjadi and Cahyadi, Moh. and
Muhammad. Old spelling (before 1947 and 1972), Arabic letters written in several ways, and letters that are one to the
ear here: f, v and p; z and s; i and y. A key is for looking up, never for showing."""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

SOUNDS = 3  # keys kept of one name; the parts that tell most come first
SOUND_COLUMNS = tuple(f"sound_{number}" for number in range(1, SOUNDS + 1))
LETTERS = 16  # of a key

# Not part of the name: titles, and words between names.
_TITLES = frozenset(
    {
        "h", "hj", "haji", "hajjah", "dr", "drs", "dra", "drg", "ir", "prof", "kh", "ust", "ustadz", "ustadzah", "rr",
        "bin", "binti", "binte", "bt", "al", "el",
    }
)  # fmt: skip
# Short and long forms of names that so many bear, or leave out, that they tell little.
_COMMON = MappingProxyType(
    {
        form: long
        for long, forms in {
            "muhamad": "m md moh mohd much muh muhd mohamad mohammad mohamed mohammed muhamad muhammad muhamed "
            "muhammed moch mochamad mochammad mokhamad mukhamad mukhammad muchamad muchammad",
            "ahmad": "a ach achmad achmat ahmad ahmat ahmed akh akhmad",
            "siti": "s st sti siti sitti sity citi",
            "abdul": "abd abdul abdoel abdl",
            "nur": "n nur noer noor nor nurul nurull",
        }.items()
        for form in forms.split()
    }
)
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^j(?=a[ieh]|ub|ul[kfp])", "z"),  # Jaenal, Jubaidah, Julkifli
        ("^c?hr|^cr", "kr"),
        ("oe|oo|ou", "u"),
        ("tsy|sj|sh|dz|dj(?=[^aeiou])|ts|z", "s"),
        ("tj|tc", "c"),
        ("dj|j", "y"),
        ("(?:kh|ch|h)(?=s)", "k"),  # Ichsan, Ihsan, Iksan
        ("kh|ch", "h"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("ph|f|v|pf", "p"),
        ("([bdglt])h", r"\1"),
        ("dl", "d"),
        ("sy", "s"),
        ("a[ei]|ay(?![aeiou])|e[iy]", "e"),
        ("au|aw(?![aeiou])", "o"),
        ("y|ie$", "i"),
        ("uw(?=[aeio])", "u"),
        (r"(.)\1+", r"\1"),
        ("h$", ""),
    )
)
_ASIDE = re.compile("['`´‘’ʼ]")  # noqa: RUF001  apostrophes as people type them
_ADDRESS = re.compile(
    r"\d|\b(jalan|jln?|gang|gg|lorong|blok|rt|rw|no|dusun|kampung|kp|perum\w*|komplek\w*)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"[^a-z]+")


def is_address(text: str) -> bool:
    """Whether somebody looks for where, and not for whom."""
    return bool(_ADDRESS.search(text))


def sounds(name: str) -> tuple[str, ...]:
    """Keys of the parts of a name, the telling ones first; titles and what follows a comma have none."""
    telling, common = _keys(name)
    return tuple(dict.fromkeys([*telling, *common]))[:SOUNDS]


def sound_columns(name: str) -> dict[str, str | None]:
    """The columns of a person that keep the keys."""
    keys = sounds(name)
    return {column: keys[place] if place < len(keys) else None for place, column in enumerate(SOUND_COLUMNS)}


def sought(text: str) -> tuple[str, ...]:
    """Keys to look for, the longest first. Common names are looked for only where there is nothing else: whoever is
    Muhammad Rizki here is Rizki elsewhere."""
    telling, common = _keys(text)
    return tuple(sorted(dict.fromkeys(telling or common), key=lambda key: (-len(key), key)))


def _keys(text: str) -> tuple[list[str], list[str]]:
    plain = _ASIDE.sub("", text.partition(",")[0])
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    parts = [part for part in _BETWEEN.split(plain.lower()) if part and part not in _TITLES]
    common = [_COMMON[part] for part in parts if part in _COMMON]
    return [key_of(part) for part in parts if part not in _COMMON], common


@lru_cache(maxsize=50_000)
def key_of(part: str) -> str:
    """Of one part of a name, in small letters a to z."""
    key = part
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return (key or part)[:LETTERS]

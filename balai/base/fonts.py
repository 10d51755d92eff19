"""The fonts that Balai brings for documents: what is printed looks the same on every machine."""

from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

from fontTools.ttLib import TTFont

FONTS = {"sans": "noto-sans-latin-400.woff", "ext": "noto-sans-latin-ext-400.woff",
         "vietnamese": "noto-sans-vietnamese-400.woff", "strong": "noto-sans-latin-700.woff"}  # fmt: skip
FALLBACK = ("ext", "vietnamese")  # in this order, for letters that `sans` does not have


def font(name: str) -> Traversable:
    """To be opened by `as_file`."""
    return files("balai.base") / "data" / "vendor" / FONTS[name]


@cache
def drawn() -> frozenset[int]:
    """Code points that the fonts can draw."""
    known: set[int] = set()
    for name in ("sans", *FALLBACK):
        with as_file(font(name)) as path:
            known |= TTFont(path).getBestCmap().keys()
    return frozenset(known)

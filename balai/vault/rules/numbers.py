"""NIK and KK numbers as written by people. Nothing is read out of a NIK: its digits are no source of a day of birth."""

import re

from balai.base.errors import NotValid

DIGITS = 16
SHOWN = 4
BETWEEN = re.compile(r"[\s.\u00a0\u2009\u202f]+")
STRANGE = re.compile(r"[^0-9]")


def canonical(written: str) -> str:
    """The 16 digits of a number written with or without spaces and dots, or NotValid. Never repeats the number."""
    number = BETWEEN.sub("", written)
    if not number:
        raise NotValid("Nomor belum diisi. Salin 16 angka dari KTP atau kartu keluarga.")
    strange = STRANGE.search(number)
    if strange:
        raise NotValid(
            "Tanda ke-%(place)d nomor ini “%(sign)s”, padahal nomor hanya berisi angka. Ganti dengan angka di kartu.",
            place=strange.start() + 1, sign=strange.group(),
        )  # fmt: skip
    if len(number) != DIGITS:
        raise NotValid(
            "Nomor ini berisi %(count)d angka, seharusnya 16. Salin sekali lagi dari KTP atau kartu keluarga.",
            count=len(number),
        )
    return number


def masked(number: str) -> str:
    """All a page shows unasked: the last four. Digits 7 to 12 would tell the day of birth."""
    return "•••• •••• •••• " + canonical(number)[-SHOWN:]

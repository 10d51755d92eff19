"""How the digits of a NIK are put together: a check of what was written, never a source of anybody's day of birth.

Six digits of the place of first registration, day (of women 40 more), month and year of birth, a serial number. Source:
Dinas Dukcapil (parts, days and months), rules of the Pendataan Keluarga client (not one digit 16 times).
"""

from datetime import date

DIGITS, WOMEN = 16, 40
CENTURIES = (1900, 2000)  # the year has two digits: a day is right when it exists in one of them


def is_sound(nik: str) -> bool:
    """Whether 16 digits can be a NIK. An old number stays right after its holder moved or the day was corrected."""
    if len(nik) != DIGITS or not (nik.isascii() and nik.isdecimal()) or len(set(nik)) == 1:
        return False
    day, month, year, serial = int(nik[6:8]), int(nik[8:10]), int(nik[10:12]), nik[12:]
    return serial != "0000" and any(
        _exists(century + year, month, day - WOMEN if day > WOMEN else day) for century in CENTURIES
    )


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True

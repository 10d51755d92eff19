"""Numbers, shares and days as they are written in Indonesian and in English."""

from datetime import date, datetime

NARROW_SPACE = "\u202f"
TO_INDONESIAN = str.maketrans(",.", ".,")
SHORT_MONTHS = {
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
LONG_MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni",
           "Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}  # fmt: skip
FEW = 30  # below this many, a share carries its n


def number(value: float, decimals: int = 0, language: str = "id") -> str:
    """1234.5 as '1.234,5' (id) or '1,234.5' (en)."""
    text = f"{value:,.{decimals}f}"
    return text if language == "en" else text.translate(TO_INDONESIAN)


def plain(value: float, language: str = "id") -> str:
    """A whole number without decimals, any other with as many as it needs, at most two."""
    if float(value).is_integer():
        return number(value, 0, language)
    text = number(value, 2, language)
    return text[:-1] if text.endswith("0") else text


def share(part: int, whole: int, language: str = "id") -> str:
    """'44 %'; one decimal where rounding would say 0 or 100 although it is not."""
    if not whole:
        return "–"
    percent = 100 * part / whole
    if 0 < percent < 0.05:
        return "< " + number(0.1, 1, language) + NARROW_SPACE + "%"
    if part < whole and percent > 99.95:
        return "> " + number(99.9, 1, language) + NARROW_SPACE + "%"
    decimals = 1 if (percent < 1 and part) or (percent > 99 and part < whole) else 0
    return number(percent, decimals, language) + NARROW_SPACE + "%"


def is_few(whole: int) -> bool:
    return 0 < whole < FEW


def month(period: str, language: str = "id", short: bool = False) -> str:
    """'2021-12' as 'Desember 2021'; a half-year '2024-S2' as it is."""
    year, _, part = period.partition("-")
    if not part.isdigit():
        return period
    names = (SHORT_MONTHS if short else LONG_MONTHS)[language]
    return f"{names[int(part) - 1]} {year}"


def day(value: date | datetime, language: str = "id") -> str:
    """'21 Nov 2026'."""
    return f"{value.day} {SHORT_MONTHS[language][value.month - 1]} {value.year}"

"""What an officer typed into the forms of a request."""

from datetime import date

from balai.base.errors import NotValid


def corrected(typed):
    """Facts of a person as `actions.correct_by_request` takes them."""
    return {
        "name": typed.get("nama", ""),
        "sex": _number(typed.get("jenis_kelamin", "")),
        "relation": _number(typed.get("hubungan", "")),
        "born_on": _day(typed.get("lahir", "")),
        "nik": typed.get("nik", ""),
    }


def _number(text):
    if not text.isascii() or not text.isdigit():
        raise NotValid("Pilihan “%(value)s” tidak dikenal. Pilih dari daftar.", value=text)
    return int(text)


def _day(text):
    """The day, or None where nothing is typed."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as reason:
        raise NotValid("“%(text)s” bukan tanggal. Tulis TTTT-BB-HH, misalnya 1990-08-17.", text=text) from reason

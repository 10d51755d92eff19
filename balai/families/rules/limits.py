"""Limits of the register, each with its reason. They protect persons from a curious holder of a valid account."""

from datetime import timedelta

# A NIK in full: with a reason, for an hour (the table of agencies and classes of data, ADR 0011).
REVEAL_LASTS = timedelta(hours=1)
REASON_LETTERS = 10  # enough for a purpose, too many for "cek"
REVEALS_AN_HOUR = 30
SEARCHES_A_MINUTE = 30  # exact look-ups of a number: a person at a desk needs a few
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

MEMBERS_AT_ONCE = 20  # that one form takes; more are added on the family's page
NAME_LETTERS, ADDRESS_LETTERS = 120, 200
MOST_BIRTHS = 25  # of one mother; more is a slip of the pen
HOMES_AT_ONCE = 1_000  # of a large load, held in memory together
OLDEST = timedelta(days=130 * 366)  # no day of birth lies further back
UNKNOWN_NIK = "9" * 16  # what the national forms write where there is no NIK; it may repeat, so it is no number


def letters(text: str) -> int:
    """How many letters stand in the text: signs and digits are no reason."""
    return sum(sign.isalpha() for sign in text)

"""How much may leave, how long a file waits, and when a second officer looks: Balai's own rules (UU 27/2022, articles
35 and 36: the controller keeps data secure and confidential; the numbers are Balai's proposal)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median

from balai.access.rules import DataClass
from balai.access.rules.trail import masked
from balai.base.errors import NotValid
from balai.exports.rules.sheets import Column

LIVES = timedelta(hours=24)  # of a file
PERSONS_ALONE = 1_000  # in a file without a second officer, as long as no column is specific data (P4)
QUOTA = 5_000  # persons in the files that one account takes within DAY without a second officer
DAY = timedelta(days=1)
ALERT_TIMES, ALERT_DAYS = 3, 30  # a day of three times the median of one's own days is told to the trail
PURPOSE_LETTERS, PURPOSE_LONGEST = 10, 200
TRACE_LONGEST = 4_000  # letters of what was found outside
PASSWORD_BYTES = 20  # five bits are used of each
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"  # no l, o, 0, 1


def needs_second(persons: int, columns: Iterable[Column]) -> bool:
    """Whether a second officer must approve: many persons, or specific data."""
    return persons > PERSONS_ALONE or any(one.data_class is DataClass.P4 for one in columns)


def left_of_quota(asked: int) -> int:
    return max(QUOTA - asked, 0)


def is_unusual(before: int, now: int, past: Sequence[int]) -> bool:
    """Whether a day's persons have just passed three times the median of the days on which anything was asked for."""
    return bool(past) and before <= ALERT_TIMES * median(past) < before + now


def purpose_of(written: str) -> str:
    """What somebody typed as the purpose, or NotValid."""
    purpose = " ".join(written.split())
    if masked(purpose) != purpose:
        raise NotValid("Jangan menulis NIK atau nomor KK di sini. Tulis untuk apa datanya dipakai.")
    if sum(sign.isalpha() for sign in purpose) < PURPOSE_LETTERS or len(purpose) > PURPOSE_LONGEST:
        raise NotValid(
            "Tulis alasannya dengan %(least)s huruf atau lebih, paling banyak %(most)s tanda.",
            least=PURPOSE_LETTERS, most=PURPOSE_LONGEST,
        )  # fmt: skip
    return purpose


def password_of(drawn: bytes) -> str:
    """Random bytes as signs that nobody confuses, in groups of five."""
    signs = "".join(_SIGNS[one % len(_SIGNS)] for one in drawn)
    return "-".join(signs[start : start + 5] for start in range(0, len(signs), 5))

"""Limits of verification, each with its reason."""

from datetime import timedelta

UNDO_FOR = timedelta(days=7)  # a slip is noticed within the week; later, the family is decided about anew
AT_ONCE = 200  # families that one officer can have looked at before confirming
REASON_LETTERS = 300
SMALL = 10  # fewer families than that are told as a count, not as a share
FIRST_YEAR, LAST_YEAR = 2021, 2100  # the register began with the national collection of 2021

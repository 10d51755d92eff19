"""Limits of the survey, each with its reason."""

from datetime import timedelta

UNDO_FOR = timedelta(hours=24)  # a slip is noticed the same day; later, the day is answered anew
DRAFT_LETTERS = 20_000  # of one person's or family's answers as they are typed: ten times what the longest block needs

"""Limits of measuring children, each with its source."""

from datetime import timedelta

UNDO_FOR = timedelta(hours=24)  # a slip is noticed the same day; later, the row is corrected
LAST_DAY = 1826  # of age: up to it the current tables of WHO score a child under five (domain dossier 6.2)
LYING_BEFORE = 731  # days: younger children are measured lying, older ones standing (WHO 2006)

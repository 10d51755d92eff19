"""Promised tables, definitions, their expressions and translation, intervals: pure."""

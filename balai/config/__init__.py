"""Puts the house together. Nobody imports it."""

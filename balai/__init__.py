"""Balai: the system of Indonesia's Kampung Keluarga Berkualitas. Rooms and floors: docs/adr/0001."""

__version__ = "0.1.0"

"""Invents the demonstration data: pure, and the same for the same seed (docs/adr/0008)."""

from balai.demo.rules.invention import Invented, Village, invent
from balai.demo.rules.story import Kabupaten, Story, Target, story, targets

__all__ = ["Invented", "Kabupaten", "Story", "Target", "Village", "invent", "story", "targets"]

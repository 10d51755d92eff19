"""Invents the demonstration data: pure, and the same for the same seed (docs/adr/0008)."""

from balai.intake.rules.demo.invention import Invented, Village, invent
from balai.intake.rules.demo.story import Kabupaten, Story, Target, story, targets

__all__ = ["Invented", "Kabupaten", "Story", "Target", "Village", "invent", "story", "targets"]

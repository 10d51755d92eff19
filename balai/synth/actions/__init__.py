"""The invented population as files, and from the files into the register."""

from balai.synth.actions.loading import load
from balai.synth.actions.writing import homes, write

__all__ = ["homes", "load", "write"]

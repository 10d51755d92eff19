"""The invented population into the register. Writing its files (actions.writing) touches no database."""

from balai.synth.actions.loading import load

__all__ = ["load"]

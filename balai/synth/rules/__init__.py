"""An invented population, vectorised: pure."""

from balai.synth.rules.margins import margins
from balai.synth.rules.population import PART, Wanted, parts, population, sizes

__all__ = ["PART", "Wanted", "margins", "parts", "population", "sizes"]

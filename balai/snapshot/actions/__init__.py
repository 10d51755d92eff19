"""Building snapshots of the register, looking after them, running the indicators on them."""

from balai.snapshot.actions.building import Built, build
from balai.snapshot.actions.checking import Checked, check, manifests
from balai.snapshot.actions.inventing import from_synth

__all__ = ["Built", "Checked", "build", "check", "from_synth", "manifests"]

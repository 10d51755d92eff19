"""Building snapshots of the register, looking after them, running the indicators on them."""

from balai.snapshot.actions.building import Built, build
from balai.snapshot.actions.checking import Checked, check, manifests
from balai.snapshot.actions.inventing import from_synth
from balai.snapshot.actions.living import Live, live
from balai.snapshot.actions.running import Ran, run, store

__all__ = ["Built", "Checked", "Live", "Ran", "build", "check", "from_synth", "live", "manifests", "run", "store"]

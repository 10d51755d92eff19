"""Building snapshots of the register. Looking at files (checking, running, inventing) and at one village (living,
behind) writes nothing into it."""

from balai.snapshot.actions.building import Built, build

__all__ = ["Built", "build"]

"""Every import: what was read is applied in one go, or not at all."""

from balai.intake.actions.profile import import_profile
from balai.intake.actions.siga import import_siga

__all__ = ["import_profile", "import_siga"]

from balai.staff.actions.cadres import apply_cadres
from balai.staff.actions.handover import hand_over

__all__ = ["apply_cadres", "hand_over"]

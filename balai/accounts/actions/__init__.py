from balai.accounts.actions.granting import assign, confirm, end, give, move, resettle, unassign
from balai.accounts.actions.handover import hand_over
from balai.accounts.actions.people import correct_account, create_account, resume, suspend

__all__ = [
    "assign",
    "confirm",
    "correct_account",
    "create_account",
    "end",
    "give",
    "hand_over",
    "move",
    "resettle",
    "resume",
    "suspend",
    "unassign",
]

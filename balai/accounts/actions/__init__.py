from balai.accounts.actions.devices import enrol, invite_device, revoke, revoke_device, try_pin, unlock_pin
from balai.accounts.actions.granting import assign, confirm, end, give, move, resettle, unassign
from balai.accounts.actions.invitations import accept_invitation, invite, try_code
from balai.accounts.actions.people import correct_account, create_account, resume, suspend
from balai.accounts.actions.setup import issue_setup_code, set_up
from balai.accounts.actions.signing_in import (
    change_password,
    end_sessions,
    note_second_factor,
    note_sign_in,
    note_sign_out,
    reset_second_factor,
    unlock,
)

__all__ = [
    "accept_invitation",
    "assign",
    "change_password",
    "confirm",
    "correct_account",
    "create_account",
    "end",
    "end_sessions",
    "enrol",
    "give",
    "invite",
    "invite_device",
    "issue_setup_code",
    "move",
    "note_second_factor",
    "note_sign_in",
    "note_sign_out",
    "reset_second_factor",
    "resettle",
    "resume",
    "revoke",
    "revoke_device",
    "set_up",
    "suspend",
    "try_code",
    "try_pin",
    "unassign",
    "unlock",
    "unlock_pin",
]

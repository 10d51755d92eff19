from balai.accounts.models.account import Account
from balai.accounts.models.grants import Assignment, Grant
from balai.accounts.models.hats import Hat, actor_of, hats_of

__all__ = ["Account", "Assignment", "Grant", "Hat", "actor_of", "hats_of"]

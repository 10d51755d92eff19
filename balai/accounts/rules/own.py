"""What everybody may do with their own account, and with no other."""

from uuid import UUID

from balai.access.rules import PUBLIC, Actor
from balai.base.errors import NotAllowed


def require(by: Actor, account: UUID) -> None:
    """Raises NotAllowed unless `by` is that account."""
    if by.account != account:
        raise NotAllowed("Hanya pemilik akun yang dapat melakukan ini.")


def oneself(account: UUID) -> Actor:
    """The account as the actor of its own signing in, before it wears a hat."""
    return Actor(name=f"account:{account}", role=PUBLIC, ranges=(), account=account, assurance=0)

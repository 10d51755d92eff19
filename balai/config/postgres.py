"""Which login of PostgreSQL does what: the owner makes tables and walls, the app works behind them."""

import dj_database_url

from balai.access.rules import APP_ROLE

OWNER = "owner"


def databases(app, owner=""):
    """Connections of the app and of the owner. With one login for both, the app leaves the owner's rights as each
    connection begins; a pooler that shares connections needs two logins."""
    default = dj_database_url.parse(app, conn_max_age=60, conn_health_checks=True)
    if not owner:
        default["OPTIONS"] = {**default.get("OPTIONS", {}), "assume_role": APP_ROLE}
    return {"default": default, OWNER: dj_database_url.parse(owner or app)}


def owners(connections):
    """The alias of the connection that makes tables."""
    return OWNER if OWNER in connections else "default"

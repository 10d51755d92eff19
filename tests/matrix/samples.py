"""What stands in an address for each target. A new address with a part that is not named here fails the matrix."""

from uuid import uuid4

from tests.matrix.world import UNKNOWN

NOWHERE = "16.05.99.9999"
OF_REGIONS = ("region", "export_region", "one_region", "doubts_region")  # of scorecards: kabupaten and above


def sample(name, part, target):
    """The value of `part` in the address called `name` for a target (UNKNOWN: something that exists nowhere).

    KeyError when nobody said what it is.
    """
    make = BY_NAME.get((name, part)) or BY_NAME[(name.partition(":")[0], part)]
    return make(target)


def scoped(name, parts):
    """Whether the address leads to something that lies in a place."""
    return any((name, part) not in FREE and (name.partition(":")[0], part) not in FREE for part in parts)


def village(target):
    return NOWHERE if target is UNKNOWN else target.region[:13]


def kabupaten(target):
    return village(target)[:5]


def thing(what):
    return lambda target: uuid4() if target is UNKNOWN else target.things[what].pk


BY_NAME = {
    ("aid", "code"): village,
    ("aid", "pk"): thing("aid"),
    ("aid:file", "pk"): thing("aid file"),
    ("aid:record", "pk"): lambda target: uuid4() if target is UNKNOWN else target.family.pk,
    **{(f"aid:{name}", "pk"): thing("list") for name in ("list", "list_apply", "list_remove", "desk", "again")},
    ("access", "kind"): lambda target: "csv",
    ("access:entry", "pk"): lambda target: 999_999 if target is UNKNOWN else target.things["entry"].pk,
    ("staff", "pk"): lambda target: uuid4() if target is UNKNOWN else target.account.pk,
    ("staff", "kind"): lambda target: "csv",
    ("mfa_remove_webauthn", "pk"): lambda target: 999_999,
    ("reports", "code"): village,
    ("reports", "kind"): lambda target: "csv",
    ("reports:ruleset", "name"): lambda target: "balai-2026",
    ("facilities", "code"): village,
    ("facilities", "kind"): lambda target: "csv",
    ("facilities", "pk"): thing("facility"),
    ("families", "code"): village,
    ("families:assigned", "pk"): lambda target: uuid4() if target is UNKNOWN else target.account.pk,
    ("families", "pk"): lambda target: uuid4() if target is UNKNOWN else target.family.pk,
    ("families", "person"): thing("person"),
    ("families", "number"): thing("number"),
    ("identity", "pk"): lambda target: uuid4() if target is UNKNOWN else target.family.pk,
    ("identity", "person"): thing("person"),
    ("events", "code"): village,
    ("events", "pk"): lambda target: uuid4() if target is UNKNOWN else target.family.pk,
    ("events", "event"): thing("event"),
    ("events:form", "kind"): lambda target: "birth",
    ("quality", "code"): village,
    ("quality", "pk"): lambda target: uuid4() if target is UNKNOWN else target.family.pk,
    ("measurements", "code"): village,
    ("measurements", "pk"): thing("child"),
    ("measurements:correct", "pk"): thing("measurement"),
    ("measurements:remove", "pk"): thing("measurement"),
    ("scorecards", "code"): village,
    **{
        (f"scorecards:{name}", "code"): kabupaten for name in ("region", "export_region", "one_region", "doubts_region")
    },
    ("scorecards", "indicator"): lambda target: "F03",
    ("scorecards", "kind"): lambda target: "csv",
    ("survey", "code"): village,
    ("survey", "pk"): lambda target: uuid4() if target is UNKNOWN else target.family.pk,
    ("exports", "code"): village,
    ("exports", "what"): lambda target: "keluarga",
    ("exports", "pk"): thing("export"),
    ("rosters", "code"): village,
    ("rosters", "kind"): lambda target: "csv",
    ("rosters", "pk"): thing("roster"),
    ("rosters", "row"): thing("roster row"),
    ("privacy:what", "person"): thing("person"),
    ("privacy:erase_account", "pk"): lambda target: uuid4() if target is UNKNOWN else target.account.pk,
    ("privacy", "pk"): thing("request"),
    ("accounts", "pk"): lambda target: uuid4() if target is UNKNOWN else target.account.pk,
}
# Parts that choose a form of the answer, not a thing.
FREE = {
    ("access", "kind"),
    ("facilities", "kind"),
    ("exports:ask", "what"),
    ("rosters", "kind"),
    ("staff", "kind"),
    ("events:form", "kind"),
    ("mfa_remove_webauthn", "pk"),
    ("reports", "kind"),
    ("reports:ruleset", "name"),
    # kabupaten and above are open to all who sign in
    *((f"scorecards:{name}", "code") for name in OF_REGIONS),
    ("scorecards", "indicator"),
    ("scorecards", "kind"),
}
# (address, method): what a rule deeper than door and scope answers to a bare request; the room's own tests say why.
DEEPER = {
    ("aid:desk", "POST"): 404,  # names no row
    ("access:breach_letter", "GET"): 404,  # names no account
    ("access:breach_export", "GET"): 404,
    ("accounts:hat", "POST"): 403,  # names no hat that is held
    ("accounts:password", "GET"): 403,  # these accounts sign in without a password
    ("accounts:password", "POST"): 403,
    ("accounts:leave_device", "POST"): 404,  # there is no such device
    ("accounts:device_unlock", "POST"): 404,
    ("accounts:device_revoke", "POST"): 404,
    ("accounts:device_lost", "POST"): 404,
    ("staff:grant_end", "POST"): 404,  # names no grant
    ("families:assigned", "POST"): 404,
    ("identity:part", "POST"): 404,  # was not joined with anybody
    ("privacy:erase_account", "POST"): 403,  # decides, and yet does not govern the account
    ("identity:undo_double", "POST"): 404,  # the family was not entered twice
    ("quality:place_name", "GET"): 404,  # names no place
    ("rosters:columns", "GET"): 404,  # the list is known by its headings
    ("rosters:columns", "POST"): 404,
    ("staff:grant_review", "POST"): 404,
}
# Addresses on which an account settles its own sign-in: they concern nobody else, and answer by what it has set up.
OWN = ("mfa_", "account_reauthenticate")

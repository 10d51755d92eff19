"""Which deeds write the data of a family by hand: nobody verifies what the same person wrote."""

from balai.access.rules.deeds import DEEDS
from balai.families.rules import LOOKING

WRITTEN = ("event.", "family.", "person.", "survey.")
# Files that an officer brought in are data of others; a draft says nothing yet; the rest writes nothing of a family.
NOT_BY_HAND = frozenset(
    {
        "family.count", "family.load", "person.erase", "person.replay", "person.report",
        "survey.draft", "survey.load",
    }
)  # fmt: skip
BY_HAND = frozenset(deed for deed in DEEDS if deed.startswith(WRITTEN)) - LOOKING - NOT_BY_HAND

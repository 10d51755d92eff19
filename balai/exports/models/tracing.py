"""From which export something comes that was found outside: the trail tells, also when the export itself is gone."""

from dataclasses import dataclass
from uuid import UUID

from balai.access.models import AuditEntry
from balai.vault.models import Canary
from balai.vault.rules import canaries

TRACE = "export.trace"


@dataclass(frozen=True)
class Origin:
    """`sure`: by a number or code that stands nowhere else. `entries` of the trail; none, where the reader may not see
    any: it lies in another region."""

    export: UUID
    sure: bool
    entries: list[AuditEntry]

    @property
    def asked(self):
        """The entry that tells most: of the asking, or the first that is open."""
        return next((one for one in self.entries if one.deed == "export.ask"), next(iter(self.entries), None))

    @property
    def purpose(self):
        return getattr(getattr(self.asked, "change", None), "why", "")


def origins(actor, found):
    """Where what somebody pasted comes from, the surest first."""
    codes = canaries.codes_in(found)
    exact = codes | canaries.numbers_in(found)
    planted = Canary.objects.planted(exact | canaries.names_in(found))
    known = dict.fromkeys(planted.values(), False)
    known |= {planted[text]: True for text in exact & planted.keys()}
    known |= {UUID(code): True for code in _exports(codes)}
    return [
        Origin(export, sure, _entries(actor, export))
        for export, sure in sorted(known.items(), key=lambda one: (not one[1], one[0]))
    ]


def _exports(codes):
    """Those of the codes that are the number of an export, as every file bears it."""
    asked = AuditEntry.objects.filter(subject__in=codes, deed="export.ask")
    return asked.order_by().values_list("subject", flat=True).distinct()


def _entries(actor, export):
    rows = AuditEntry.objects.visible_to(actor).filter(subject=str(export)).exclude(deed=TRACE)
    return list(rows.select_related("change").order_by("pk"))

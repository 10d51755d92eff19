"""On the page of a family: which papers its people have, and what is missing among them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.base.words import Said
from balai.families.models import Person
from balai.families.rules import LeftReason, Relation
from balai.families.views import showing
from balai.families.views.panels import Panel
from balai.identity.models import Document
from balai.identity.rules import DocumentKind, paper_warnings

COUPLE = {Relation.HEAD, Relation.SPOUSE}


@dataclass(frozen=True)
class Papers:
    """Of one person: names of the papers that are there and of those that are not, and what to look at."""

    person: Person
    held: tuple[str, ...]
    lacking: tuple[str, ...]
    notes: tuple[Said, ...]


def panel(request, family, people):
    """Every reader of the page may read it; whoever edits the register asks."""
    may = showing.may_edit(request.actor)
    edits = may and family.left_on is None
    context = {"family": family, "rows": _rows(people, timezone.localdate()), "edits": edits,
               "twice": may and family.left_reason == LeftReason.ENTERED_TWICE}  # fmt: skip
    return Panel("dokumen", _("Dokumen"), "identity/_panel.html", context)


def _rows(people, on):
    known = {}
    for row in Document.objects.filter(person__in=people).now():
        known.setdefault(row.person_id, {})[row.kind] = row.is_held
    couple = {person.relation for person in people} >= COUPLE
    return [_papers(person, known.get(person.pk, {}), on, couple and person.relation in COUPLE) for person in people]


def _papers(person, known, on, married):
    held, lacking = (tuple(kind.label for kind in DocumentKind if known.get(kind) is there) for there in (True, False))
    notes = tuple(said for _kind, said in paper_warnings(known, person.born_on, on, married=married))
    return Papers(person, held, lacking, notes)

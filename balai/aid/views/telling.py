"""How pages tell of aid and of lists, and who may."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission, Right
from balai.aid import rules
from balai.aid.inputs.forms import programme_name
from balai.aid.models import Aid, ListEntry, ListVersion
from balai.base.errors import NotAllowed
from balai.base.words import Said
from balai.villages.rules import agencies


@dataclass(frozen=True)
class ToldAid:
    """Aid as a page tells it. `who`: the person; empty for the whole family."""

    row: Aid
    programme: str
    agency: str
    state: str
    source: str
    who: str


@dataclass(frozen=True)
class ToldList:
    """What the newest edition of one list says of a family: sentences, or none where it has nothing on it."""

    title: str
    dated_on: date
    explained: str
    entries: tuple[tuple[Said, str, str, date], ...]  # what it says, of whom, how matched, since when
    earlier: tuple[tuple[Said, str], ...]  # what an edition before said, and which


def may_read(actor, matter):
    return actor.right(matter) >= Right.MASKED


def may_record(actor):
    return actor.may(Permission.FAMILY_EDIT) and actor.right(Matter.WELFARE) >= Right.WRITE


def may_bring(actor):
    return actor.right(Matter.POVERTY) >= Right.WRITE


def need(actor, matter, right=Right.MASKED):
    """A role may pass the door and yet have no right to the matter."""
    if actor.right(matter) < right:
        raise NotAllowed("Peran Anda tidak membuka bagian ini.")


def agency_name(number):
    known = agencies().get(number)
    return known.name_id if known else ""


def told_aid(rows, names):
    """`names`: person's id to name of those who may be shown; aid of others is left out."""
    return [
        ToldAid(
            row, programme_name(row.programme), agency_name(row.agency), _(rules.AidState(row.state).label),
            row.origin or _(rules.AidSource(row.source).label), names.get(row.person_id, ""),
        )
        for row in rows
        if row.person_id is None or row.person_id in names
    ]  # fmt: skip


def told_lists(family, names):
    """Of every list that speaks of the family's place: what its newest edition says, or that it says nothing."""
    versions = ListVersion.objects.applied().covering(family.region).order_by("kind", "-dated_on", "-brought_at")
    entries = ListEntry.objects.matched().filter(family=family, version__in=versions).select_related("version")
    by_version = {}
    for entry in entries.order_by("line"):
        if entry.person_id is None or entry.person_id in names:
            by_version.setdefault(entry.version_id, []).append(entry)
    by_kind = {}
    for version in versions:
        by_kind.setdefault(version.kind, []).append(version)
    return [_told_list(kind, there, by_version, names) for kind, there in sorted(by_kind.items())]


def _told_list(kind, versions, by_version, names):
    """`versions` of one list, the newest first; several files may make up one edition."""
    newest = [version for version in versions if version.dated_on == versions[0].dated_on]
    now = [entry for version in newest for entry in by_version.get(version.pk, ())]
    before = [] if now else [entry for version in versions for entry in by_version.get(version.pk, ())]
    entries = tuple((said(one), names.get(one.person_id, ""), _how(one), one.matched_on) for one in now)
    earlier = tuple((said(one), one.version.title) for one in before[:1])
    return ToldList(newest[0].title, newest[0].dated_on, _(rules.EXPLAINED[rules.ListKind(kind)]), entries, earlier)


def said(entry):
    return rules.says(entry.decile, entry.rank, entry.mark)


def _how(entry):
    return _(rules.MatchState(entry.state).label)

"""What the pages of exports share."""

from django.utils.translation import get_language, gettext

from balai.access.rules import Matter, Permission, Right
from balai.base.errors import NotAllowed
from balai.base.words import Said
from balai.exports.rules import SHEETS, Format, State
from balai.privacy.views.wording import officers
from balai.regions.models import Place


def need_register(actor):
    """A role without any right to names takes nothing along."""
    if actor.right(Matter.NAMES) < Right.MASKED:
        raise NotAllowed("Peran Anda tidak membuka data keluarga.")


def sheets_for(actor):
    return [sheet for sheet in SHEETS.values() if sheet.open_to(actor)]


def told(exports):
    """Each with its table, the name of its place, who asked and who decided, for the page."""
    exports = list(exports)
    places = Place.objects.select_related("parent").in_bulk([one.region for one in exports])
    known = {who for one in exports for who in (one.asked_by, one.approved_by, one.refused_by) if who}
    names = officers(known)
    return [_told(one, places.get(one.region), names) for one in exports]


def _told(one, place, names):
    return {
        "row": one, "sheet": one.known_sheet, "state": one.known_state, "place": place,
        "columns": [_heading(column) for column in one.known_columns],
        "narrowed": [_narrowed(known, one.filters[known.key]) for known in one.known_sheet.filters
                     if known.key in one.filters],
        "format": Format(one.format), "asked_by": names.get(one.asked_by, ""),
        "approved_by": names.get(one.approved_by, ""), "refused_by": names.get(one.refused_by, ""),
        "ready": one.known_state is State.READY, "waits": one.known_state is State.WAITING,
        "writes": one.known_state is State.WRITING,
        "why": Said(**one.stopped_said) if one.stopped_said else None,
    }  # fmt: skip


def _heading(column):
    return column.heading_en if get_language() == "en" and column.heading_en else column.heading


def _narrowed(known, value):
    choice = next(one for one in known.choices if one.value == value)
    return known.heading, choice.name_en if get_language() == "en" and choice.name_en else choice.name


def may_judge(actor):
    return actor.may(Permission.EXPORT_APPROVE)


def spoken(problem):
    return gettext(problem.message) % problem.params if problem.params else gettext(problem.message)

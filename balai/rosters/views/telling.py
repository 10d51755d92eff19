"""Rows of a list as a reader takes them: numbers by their last four, codes by their words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from balai.aid.rules import programmes
from balai.base.words import Said
from balai.families.rules import FIELDS, told_value
from balai.regions.models import Place
from balai.rosters.rules.judging import AID
from balai.sheets.rules.items import LABELS, Item
from balai.sheets.rules.layouts import KINDS
from balai.survey.rules import Block, items_of, told
from balai.vault.models import masked

NUMBERS = ("nik", "card")
OF_FIELDS = {"card": "kk"}


def spoken(said):
    """In the reader's language, with what fills it: the names of items are sentences too."""
    known = {name: gettext(value) if isinstance(value, str) and value else value for name, value in said.params.items()}
    return gettext(said.message) % known if known else gettext(said.message)


def sentences(pairs):
    """Of [sentence, what fills it]."""
    return [spoken(Said(message, params)) for message, params in pairs]


def kind_name(key):
    return KINDS[key].name(get_language()) if key in KINDS else ""


def changes(outcome):
    """(what, before, after) of each field."""
    items = {item.key: item for block in (Block.MEMBERS, Block.HOUSING) for item in items_of(block)}
    return [_change(field, before, after, items.get(field)) for field, (before, after) in outcome.changes.items()]


def _change(field, before, after, item):
    nothing, language = gettext(told_value(field, None)), get_language()
    if item:
        name = item.name_en if language == "en" else item.name_id
        return name, told(item, before, language) or nothing, told(item, after, language)
    if field.startswith(AID):
        return programmes()[field.removeprefix(AID)].name(language), _last(before) or nothing, _last(after)
    title = gettext(FIELDS[OF_FIELDS.get(field, field)])
    if field in NUMBERS:
        return title, nothing, masked(after)
    if field == "mother":
        return title, nothing, gettext("ibu dalam berkas ini")
    if field == "region":
        return title, *(_place(code) for code in (before, after))
    return title, gettext(told_value(field, before)), gettext(told_value(field, after))


def _last(told):
    """In which month aid came last."""
    return gettext("terakhir %(month)s") % {"month": date_format(date.fromisoformat(told), "F Y")} if told else ""


def _place(code):
    return Place.objects.filter(pk=code).values_list("name", flat=True).first() or code


def told_row(row):
    """What the list of results shows of one row."""
    kept = row.kept
    facts = kept.facts
    return {
        "row": row, "name": facts.name, "born_on": facts.born_on,
        "nik": masked(facts.nik) if facts.nik else "", "changes": changes(kept.outcome),
        "reasons": [(spoken(reason.said), _item(reason), reason.mild) for reason in kept.outcome.reasons],
    }  # fmt: skip


def _item(reason):
    return gettext(LABELS[Item(reason.item)]) if reason.item else ""

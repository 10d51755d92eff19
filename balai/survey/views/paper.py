"""The form on paper: of one family with what is known, or blank; the order and the numbers are those of the pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from balai.access.rules import Matter, Permission, Right
from balai.access.views import door, found, seen
from balai.base.errors import NotAllowed
from balai.families.models import Family
from balai.families.views.showing import place_names, villages_here
from balai.survey import rules
from balai.survey.rules import Block
from balai.survey.views import showing
from balai.survey.views.printed import as_pdf

ROWS = 8  # members that a blank form has room for


@door(Permission.FAMILY_VIEW, reads=(Matter.NAMES,))
def filled(request, pk):
    return render(request, "survey/paper.html", _of_family(request, pk))


@door(Permission.FAMILY_VIEW, reads=(Matter.NAMES,))
def filled_pdf(request, pk):
    return _pdf(_of_family(request, pk))


def _of_family(request, pk):
    """The blocks that the reader may read; no number of identity."""
    if request.actor.right(Matter.NAMES) < Right.MASKED:
        raise NotAllowed("Peran Anda tidak membuka data keluarga.")
    family = found(Family.objects.unrestricted(), pk=pk)
    people, on = showing.people_of(family), timezone.localdate()
    blocks = [block for block in Block if showing.may_read(request.actor, block)]
    seen(
        request, deed="survey.print", region=family.region, subjects=[family.pk, *(one.pk for one in people)],
        matters=[block.matter for block in blocks],
    )  # fmt: skip
    asked = {block: showing.whom(family, block, on, people) for block in blocks}
    members = asked.pop(Block.MEMBERS)
    return {
        "family": family, "serial": f"{family.pk.hex[:8].upper()}-{on:%y%m%d}", **showing.village_of(family),
        "where": place_names([family.region])[family.region], "people": people,
        "on": on,
        "members": _table(members), "legend": _legend(Block.MEMBERS), "here": "families", "invented": family.invented,
        "blocks": [(block, _questions(block, one)) for block, found in asked.items() for one in found],
    }  # fmt: skip


@door(Permission.FAMILY_VIEW)
def blank(request, code):
    return render(request, "survey/paper.html", _of_nobody(request, code))


@door(Permission.FAMILY_VIEW)
def blank_pdf(request, code):
    return _pdf(_of_nobody(request, code))


def _pdf(told):
    response = HttpResponse(as_pdf(told, timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="formulir-{told["serial"]}.pdf"'
    return response


def _of_nobody(request, code):
    place = found(villages_here(request.actor), pk=code)
    nobody = [None] * ROWS
    return {
        "serial": f"{place.pk}-{timezone.localtime():%y%m%d%H%M%S}",
        "where": f"{place.name}, {place.parent.name}", "people": nobody, "members": _table(nobody),
        "legend": _legend(Block.MEMBERS), "here": "families", "village": place.pk, "village_name": place.name,
        "blocks": [(block, _questions(block, None)) for block in Block if block is not Block.MEMBERS],
    }  # fmt: skip


def _values(one):
    return one.row.values if one and one.row else {}


def _table(members):
    """(code, name, answer of each member) of the items of block I."""
    language = get_language()
    told = [_values(one) for one in members]
    return [
        (item.code, item.name(language), [values.get(item.key, "") for values in told])
        for item in rules.items_of(Block.MEMBERS)
    ]


def _legend(block):
    language = get_language()
    return [
        (item.code, item.name(language), [(code.number, code.name(language)) for code in item.codes])
        for item in rules.items_of(block)
        if item.codes
    ]


def _questions(block, one):
    """(code, question, [(number, name, whether chosen)], answer) of what may be asked; on a blank form, of all."""
    language, values = get_language(), _values(one)
    items = rules.offered(block, one.facts) if one else rules.items_of(block)
    found = []
    for item in items:
        value = values.get(item.key)
        chosen = rules.chosen(item, value) if item.kind is rules.Kind.SEVERAL and value else [value]
        codes = [(code.number, code.name(language), code.number in chosen) for code in item.codes]
        found.append((item.code, item.ask(language), codes, rules.told(item, value, language)))
    return found

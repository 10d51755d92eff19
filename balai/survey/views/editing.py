"""A block is filled: one calm page, which keeps what was typed, and is asked again where an answer is strange."""

from dataclasses import replace

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door, seen
from balai.survey import actions, inputs, rules
from balai.survey.models import Draft
from balai.survey.views import showing

WRONG, OVERTAKEN = 422, 409


def form(block):
    """The page of a block's form and what it sends."""

    @door(Permission.FAMILY_EDIT, reads=(Matter.NAMES, block.matter))
    def ask(request, pk):
        family = showing.fillable(request, pk, block)
        return _page(request, family, _sheet(request, family, block))

    @door(Permission.FAMILY_EDIT, methods=("POST",), reads=(Matter.NAMES, block.matter))
    def save(request, pk):
        family = showing.fillable(request, pk, block)
        sheet = _sheet(request, family, block, request.POST)
        if not sheet.is_valid():
            return _page(request, family, sheet, WRONG)
        if sheet.is_overtaken:
            return _page(request, family, sheet, OVERTAKEN)
        if sheet.doubts and not sheet.is_sure:
            return _page(request, family, sheet, WRONG)
        if not _save(request.actor, sheet, family):
            sheet.visit.add_error(None, _("Belum ada yang berubah: isi sedikitnya satu jawaban."))
            return _page(request, family, sheet, WRONG)
        return redirect(_after(request, family, block))

    return by_method(get=ask, post=save)


def draft(block):
    """Keeps what stands in the form, as it is typed; tells what seems wrong so far."""

    @door(Permission.FAMILY_EDIT, methods=("POST",), reads=(Matter.NAMES, block.matter))
    def keep(request, pk):
        family = showing.fillable(request, pk, block)
        sheet = _sheet(request, family, block, request.POST)
        sheet.check_names()
        at, day = timezone.now(), request.POST.get(inputs.VISIT, "")
        for one in sheet.forms:
            typed = {"typed": one.typed(), "base": sheet.base, "day": day}
            actions.keep_draft(by=request.actor, at=at, block=block, family=family, person=one.whom.person, typed=typed)
        said = sheet.said()
        return JsonResponse({"at": timezone.localtime(at).strftime("%H.%M"), "said": said})

    return keep


def drop(block):
    @door(Permission.FAMILY_EDIT, methods=("POST",), reads=(Matter.NAMES, block.matter))
    def forget(request, pk):
        family = showing.fillable(request, pk, block)
        actions.drop_draft(by=request.actor, at=timezone.now(), block=block, family=family)
        return redirect(showing.address("form", block, family))

    return forget


def undo(block):
    @door(Permission.FAMILY_EDIT, methods=("POST",), reads=(Matter.NAMES, block.matter))
    def take_back(request, pk):
        family = showing.fillable(request, pk, block)
        actions.undo_answers(by=request.actor, at=timezone.now(), family=family, block=block)
        return redirect(showing.address("", block, family))

    return take_back


def _sheet(request, family, block, data=None):
    on = timezone.localdate()
    asked = showing.whom(family, block, on)
    drafts = {}
    if data is None:
        kept = Draft.objects.typed_by(request.actor.account).about(block, family)
        drafts = {row.person_id: row.told for row in kept}
    asked = [replace(one, draft=drafts.get(one.person and one.person.pk)) for one in asked]
    return inputs.Sheet(block, asked, on=on, version=showing.version(asked), data=data)


def _save(actor, sheet, family):
    """Whether anything was saved: whoever was not asked, and what is known already, is left as it is."""
    at, saved = timezone.now(), 0
    for form in sheet.forms:
        answers, row = form.answers(), form.whom.row
        known = row is not None and row.from_on == sheet.day and row.values == answers
        if known or (row is None and not answers):
            continue
        actions.answer(
            by=actor, at=at, block=sheet.block, subject=form.whom.person or family, from_on=sheet.day, answers=answers
        )
        saved += 1
    return saved


def _after(request, family, block):
    following = showing.next_block(request.actor, family, block) if inputs.THEN in request.POST else None
    return showing.address("form", following, family) if following else showing.address("", block, family)


def _page(request, family, sheet, status=200):
    people = [form.whom.person.pk for form in sheet.forms if form.whom.person]
    seen(request, deed="survey.form", region=family.region, subjects=[family.pk, *people])
    answered, asked = sheet.count()
    context = {
        "family": family, "sheet": sheet, "part": sheet.block, "here": "families", "invented": family.invented,
        **showing.village_of(family), "wrong": status == WRONG,
        "overtaken": sheet.is_overtaken, "forms": [_shown(form, sheet) for form in sheet.forms],
        "answered": answered, "asked": asked, "next": showing.next_block(request.actor, family, sheet.block),
        "saved": showing.last_saved(request, family, timezone.now()), "read": showing.address("", sheet.block, family),
        "draft": showing.address("draft", sheet.block, family), "drop": showing.address("drop", sheet.block, family),
    }  # fmt: skip
    return render(request, "survey/form.html", context, status=status)


def _shown(form, sheet):
    """One form with its questions: what was typed, what seems strange, and what is saved where somebody overtook."""
    one, row = form.whom, form.whom.row
    values = row.values if row else {}
    told = showing.in_words(sheet.block, one.facts, values) if sheet.is_overtaken else []
    known = {each.item.key: each.answer for each in told}
    return {
        "person": one.person, "age": one.facts.about and one.facts.about.age, "prefix": form.prefix or "",
        "is_whole": row is not None and not rules.missing(sheet.block, one.facts, values),
        "is_due": rules.is_due(sheet.block, one.facts),
        "rows": [
            {
                "item": item, "field": form[item.key], "when": "|".join(item.when), "is_wide": showing.is_wide(item),
                "doubt": sheet.doubts.get(form.add_prefix(item.key), ""),
                "is_overtaken": item.key in known, "known": known.get(item.key, ""),
            }
            for item in form.items
        ],
    }  # fmt: skip

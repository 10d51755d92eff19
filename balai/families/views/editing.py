"""Forms of the register: one calm page each, which keeps what was typed and says beside the field what is wrong."""

from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import by_method, door, found, seen
from balai.base.errors import NotAllowed
from balai.families import actions, inputs
from balai.families.models import IdentityNumber, Person
from balai.families.rules import Relation
from balai.families.views import showing
from balai.families.views.family import one

WRITES = {"methods": ("POST",), "reads": (Matter.NAMES, Matter.NUMBER)}
SHOWS = {"reads": (Matter.NAMES, Matter.NUMBER)}
WRONG = 422
KNOWN = ("name", "sex", "relation", "born_on", "mother", "no_nik", "birth_order")


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_family(request, code):
    place, places = _home(request, code)
    return _add_page(request, place, inputs.Household(None, places=places, on=timezone.localdate()))


@door(Permission.FAMILY_EDIT, **WRITES)
def save_family(request, code):
    place, places = _home(request, code)
    form = inputs.Household(request.POST, places=places, on=timezone.localdate())
    if form.asked_more:
        return _add_page(request, place, form)
    if not form.is_valid():
        return _add_page(request, place, form, WRONG)
    row = actions.add_family(by=request.actor, at=timezone.now(), people=form.facts(), **form.home.cleaned_data)
    return redirect("families:family", pk=row.pk)


add = by_method(get=ask_family, post=save_family)


def _home(request, code):
    """The village in scope, and its places in scope."""
    place = found(showing.villages_here(request.actor), pk=code)
    if not showing.may_enter(request.actor):
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")
    return place, showing.homes(request.actor, place)


def _add_page(request, place, form, status=200):
    context = {"place": place, "form": form, "here": "families", "wrong": status == WRONG}
    return render(request, "families/add.html", context, status=status)


def editable(request, pk):
    """The family in scope, as long as it lives here."""
    return found(showing.register_of(request.actor).living_here(), pk=one(request, pk).pk)


def _page(request, row, form, template, status=200, **more):
    seen(request, deed="family.form", region=row.region, subjects=[row.pk])
    context = {"family": row, "form": form, "here": "families", "invented": row.invented, **more}
    return render(request, f"families/{template}.html", context, status=status)


def _correct_form(row, data=None):
    numbered = IdentityNumber.objects.filter(family=row, person=None).exists()
    initial = {"address": row.address, "since_on": row.since_on}
    return inputs.FamilyForm(data, on=timezone.localdate(), numbered=numbered, initial=initial)


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_correction(request, pk):
    row = editable(request, pk)
    return _page(request, row, _correct_form(row), "correct")


@door(Permission.FAMILY_EDIT, **WRITES)
def save_correction(request, pk):
    row = editable(request, pk)
    form = _correct_form(row, request.POST)
    if not form.is_valid():
        return _page(request, row, form, "correct", WRONG)
    actions.correct_family(by=request.actor, at=timezone.now(), family=row, **form.cleaned_data)
    return redirect("families:family", pk=pk)


correct = by_method(get=ask_correction, post=save_correction)


def _member_form(row, data=None, known=None):
    """Of a new member, or of one who is `known`. Who is head is no matter of correction."""
    people = Person.objects.filter(family=row).at_home()
    others = people.exclude(pk=known.pk) if known else people
    relations = [one for one in Relation if one is not Relation.HEAD]
    if known and known.relation == Relation.HEAD:
        relations = [Relation.HEAD]
    more = {}
    if known:
        initial = {name: getattr(known, name) for name in KNOWN}
        more = {"initial": initial, "numbered": IdentityNumber.objects.filter(person=known).exists()}
    return inputs.MemberForm(
        data, on=timezone.localdate(), people=others.unrestricted(), relations=relations,
        others=others.values_list("relation", flat=True), **more,
    )  # fmt: skip


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_member(request, pk):
    row = editable(request, pk)
    return _page(request, row, _member_form(row), "member")


@door(Permission.FAMILY_EDIT, **WRITES)
def save_member(request, pk):
    row = editable(request, pk)
    form = _member_form(row, request.POST)
    if not form.is_valid():
        return _page(request, row, form, "member", WRONG)
    actions.add_person(by=request.actor, at=timezone.now(), family=row, **form.cleaned_data)
    return redirect("families:family", pk=pk)


member = by_method(get=ask_member, post=save_member)


def editable_person(request, pk, person):
    row = editable(request, pk)
    return row, found(Person.objects.unrestricted(), pk=person, family=row)


@door(Permission.FAMILY_EDIT, **SHOWS)
def ask_person(request, pk, person):
    row, known = editable_person(request, pk, person)
    return _page(request, row, _member_form(row, known=known), "member", person=known)


@door(Permission.FAMILY_EDIT, **WRITES)
def save_person(request, pk, person):
    row, known = editable_person(request, pk, person)
    form = _member_form(row, request.POST, known)
    if not form.is_valid():
        return _page(request, row, form, "member", WRONG, person=known)
    actions.correct_person(by=request.actor, at=timezone.now(), person=known, **form.cleaned_data)
    return redirect("families:family", pk=pk)


person = by_method(get=ask_person, post=save_person)

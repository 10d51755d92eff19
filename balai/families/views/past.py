"""A family as it was on a day of the past."""

from django.shortcuts import render
from django.utils import timezone

from balai.access.rules import Matter, Permission
from balai.access.views import door, seen
from balai.families.inputs import OnDayForm
from balai.families.models import PastStay, Person
from balai.families.rules import Relation
from balai.families.views import showing
from balai.families.views.family import one


@door(Permission.FAMILY_VIEW, reads=(Matter.NAMES, Matter.NUMBER))
def on_day(request, pk):
    row = one(request, pk)
    form = OnDayForm(request.GET if "on" in request.GET else None, today=timezone.localdate())
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    people = members(row, on) if on else []
    seen(request, deed="family.view", region=row.region, subjects=[row.pk, *(person.pk for person, _said in people)])
    context = {
        "family": row, "form": form, "on": on, "people": people, "invented": row.invented, "here": "families",
        "where": showing.place_names([row.region])[row.region],
    }  # fmt: skip
    return render(request, "families/on_day.html", context, status=422 if form.errors else 200)


def members(family, on):
    """(person, relation) of who lived there that day and may be shown: whoever still does, and whoever did."""
    stays = PastStay.objects.filter(family=family, person__restricted_at__isnull=True).on(on)
    past = {stay.person_id: (stay.person, stay.relation) for stay in stays.select_related("person")}
    now = Person.objects.unrestricted().of_family_on(family, on)
    found = past | {person.pk: (person, person.relation) for person in now if person.pk not in past}
    ordered = sorted(found.values(), key=lambda pair: (pair[1], str(pair[0].born_on or "9"), pair[0].name))
    return [(person, Relation(relation).label) for person, relation in ordered]

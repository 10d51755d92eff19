from django.shortcuts import render

from balai.access.views import seen


def page(request, row, person, template, status=200, **more):
    """A form about somebody of a family."""
    seen(request, deed="family.form", region=row.region, subjects=[row.pk, person.pk])
    context = {"family": row, "person": person, "here": "families", "invented": row.invented, **more}
    return render(request, f"identity/{template}.html", context, status=status)

"""A throw-away house of defects: addresses that leak, each in one way, beside two that are sound."""

from django.http import HttpResponse
from django.urls import include, path

from balai.access.actions import record
from balai.access.models import unscoped
from balai.access.rules import Matter, Permission
from balai.access.views import door, found, public, seen
from balai.config.urls import handler400, handler500, urlpatterns  # noqa: F401
from balai.families.models import Family, IdentityNumber, Person
from tests.matrix.world import AT

READS = {"reads": (Matter.NAMES, Matter.NUMBER)}
VIEW, EDIT = Permission.FAMILY_VIEW, Permission.FAMILY_EDIT


def told(rows, request=None, **headers):
    """The names of the families, one a line; with `request` the reading is recorded, as a page should."""
    rows = list(rows)
    if request:
        seen(request, deed="family.list", region=request.actor.ranges[0][0], subjects=[row.pk for row in rows])
    names = Person.objects.filter(family__in=rows).values_list("name", flat=True)
    return HttpResponse("\n".join(names), headers=headers)


@door(VIEW, **READS)
def sound(request, pk):
    return told([found(Family.objects.all(), pk=pk)], request)


@door(EDIT, methods=("POST",), **READS)
def sound_write(request, pk):
    row = found(Family.objects.visible_to(request.actor), pk=pk)
    Family.objects.filter(pk=row.pk).update(address="Gang Mawar")
    record(by=request.actor, at=AT, deed="family.correct", subject=row.pk, region=row.region)
    return HttpResponse()


@door(VIEW, **READS)
def forgets_the_scope(request, pk):
    with unscoped("planted"):
        return told([found(Family.objects.all(), pk=pk)], request)


@door(VIEW, **READS)
def exports_too_many_rows(request):
    with unscoped("planted"):
        return told(Family.objects.all(), request)


@door(**READS)
def asks_no_permission(request):
    with unscoped("planted"):
        return told(Family.objects.filter(region__startswith="16.05.02.2001"), request)


@public()
def is_open_to_everybody(request):
    with unscoped("planted"):
        return told(Family.objects.all())


@door(VIEW, **READS)
def names_in_a_header(request):
    with unscoped("planted"):
        answer = told(Family.objects.all(), request)
    return HttpResponse(headers={"Content-Disposition": f'attachment; filename="{answer.content.decode().split()[0]}"'})


@door(VIEW, **READS)
def shows_the_whole_number(request, pk):
    row = found(Family.objects.all(), pk=pk)
    seen(request, deed="family.view", region=row.region, subjects=[row.pk])
    return HttpResponse("".join(one.number for one in IdentityNumber.objects.filter(family=row)))


@door(VIEW, **READS)
def shows_the_last_digits_to_all(request, pk):
    row = found(Family.objects.all(), pk=pk)
    seen(request, deed="family.view", region=row.region, subjects=[row.pk])
    with unscoped("planted"):
        return HttpResponse("".join(one.masked for one in IdentityNumber.objects.filter(region__startswith="16.05")))


@door(VIEW, **READS)
def leaves_no_trace(request, pk):
    return told([found(Family.objects.all(), pk=pk)])


@door(VIEW, **READS)
def tells_that_it_is_there(request, pk):
    with unscoped("planted"):
        there = Family.objects.filter(pk=pk).exists()
    if there and not Family.objects.filter(pk=pk).exists():
        return HttpResponse(status=403)
    return told([found(Family.objects.all(), pk=pk)], request)


@door(EDIT, methods=("POST",), **READS)
def writes_across_the_scope(request, pk):
    with unscoped("planted"):
        row = found(Family.objects.all(), pk=pk)
        Family.objects.filter(pk=pk).update(address="Gang Mawar")
    record(by=request.actor, at=AT, deed="family.correct", subject=row.pk, region=row.region)
    return HttpResponse()


@door(EDIT, methods=("POST",), **READS)
def writes_and_tells_nobody(request, pk):
    Family.objects.filter(pk=found(Family.objects.all(), pk=pk).pk).update(address="Gang Mawar")
    return HttpResponse()


@door(EDIT, methods=("POST",), **READS)
def refuses_too_late(request, pk):
    with unscoped("planted"):
        Family.objects.filter(pk=pk).update(address="Gang Mawar")
    found(Family.objects.all(), pk=pk)
    return HttpResponse(status=409)


def has_no_door(request):
    return HttpResponse()


SOUND = {sound: "GET", sound_write: "POST"}
# Defect: what the matrix must say of it.
DEFECTS = {
    forgets_the_scope: "not found expected, 200 came",
    exports_too_many_rows: "leaks the name of other province",
    asks_no_permission: "leaks the name of own",
    is_open_to_everybody: "leaks the name of own",
    names_in_a_header: "leaks the name of",
    shows_the_whole_number: "leaks the number of own",
    shows_the_last_digits_to_all: "leaks the last digits of",
    leaves_no_trace: "a reading that is not in the trail",
    tells_that_it_is_there: "not found expected, 403 came",
    writes_across_the_scope: "not found expected, 200 came",
    writes_and_tells_nobody: "wrote without a word in the trail",
    refuses_too_late: "refused and yet wrote",
}
ONE = {"sound", "sound_write"} | {view.__name__ for view in DEFECTS} - {
    "exports_too_many_rows", "asks_no_permission", "is_open_to_everybody", "names_in_a_header",
}  # fmt: skip


def address_of(view):
    return path(f"tanam/{view.__name__}/<uuid:pk>" if view.__name__ in ONE else f"tanam/{view.__name__}", view,
                name=view.__name__)  # fmt: skip


planted = [address_of(view) for view in (*SOUND, *DEFECTS)]
urlpatterns = [*urlpatterns, path("", include((planted, "families"), namespace="planted"))]

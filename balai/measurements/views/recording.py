"""Writing down one measuring, correcting it, removing it, and taking the last save back."""

from django.shortcuts import redirect, render
from django.utils import timezone

from balai.access.rules import Permission, Right
from balai.access.views import by_method, door, found, seen
from balai.base.errors import NotValid, Refused
from balai.facilities.models import Facility
from balai.facilities.rules import FacilityKind
from balai.families.models import VILLAGE_CODE
from balai.measurements import actions
from balai.measurements.actions.measuring import Doubtful, Twice
from balai.measurements.inputs import MeasureForm, spoken
from balai.measurements.models import FACTS, Measurement
from balai.measurements.views import showing

WRITES = {"methods": ("POST",), "reads": showing.READS}
OEDEMA = {None: "", True: "1", False: "0"}
WHERE = (FacilityKind.POSYANDU, FacilityKind.PUSKESMAS)


def done(form, deed):
    """Whether it was done; what a rule says against it stands on the form."""
    if not form.is_valid():
        return False
    try:
        deed(facts=form.facts(), sure=form.cleaned_data["yakin"])
    except Doubtful as doubt:
        form.doubt = spoken(doubt)
    except Twice as twin:
        form.twin = twin.row
        form.add_error("measured_on" if "measured_on" in form.fields else None, spoken(twin))
    except (NotValid, Refused) as problem:
        form.add_error(None, spoken(problem))
    else:
        return True
    return False


def _writable(request, pk):
    return showing.child_here(request, pk, Right.WRITE)


def _form(child, data=None, **more):
    places = Facility.objects.within(child.region[:VILLAGE_CODE]).open_now()
    return MeasureForm(
        data, child=child, on=timezone.localdate(), places=places.filter(kind__in=WHERE).in_order(), **more
    )  # fmt: skip


def _page(request, child, form, **more):
    seen(request, deed="measurement.form", region=child.region, subjects=[child.family_id, child.pk])
    wrong = bool(form.errors or form.doubt)
    context = {
        "child": child, "form": form, "here": "families", "invented": child.family.invented, "on": timezone.localdate(),
        "age": showing.standings([child], timezone.localdate())[0].age, **showing.village_of(child), **more,
    }  # fmt: skip
    return render(request, "measurements/measure.html", context, status=422 if wrong else 200)


@door(Permission.FAMILY_EDIT, reads=showing.READS)
def ask_record(request, pk):
    child = _writable(request, pk)
    return _page(request, child, _form(child, initial={"measured_on": timezone.localdate()}))


@door(Permission.FAMILY_EDIT, **WRITES)
def save_record(request, pk):
    child = _writable(request, pk)
    form = _form(child, request.POST)
    told = {"by": request.actor, "at": timezone.now(), "person": child}
    if not done(form, lambda **given: actions.record_measurement(**told, place=form.cleaned_data["place"], **given)):
        return _page(request, child, form)
    return redirect("measurements:child", pk=child.pk)


def _row(request, pk):
    """The row in scope, with its child as it stands now."""
    showing.need(request.actor, Right.WRITE)
    row = found(Measurement.objects.unrestricted(), pk=pk)
    return row, _writable(request, row.person_id)


@door(Permission.FAMILY_EDIT, reads=showing.READS)
def ask_correction(request, pk):
    row, child = _row(request, pk)
    kept = {name: getattr(row, name) for name in FACTS} | {"oedema": OEDEMA[row.oedema], "place": row.place_id}
    return _page(request, child, _form(child, initial=kept), row=row)


@door(Permission.FAMILY_EDIT, **WRITES)
def save_correction(request, pk):
    row, child = _row(request, pk)
    form = _form(child, request.POST)
    told = {"by": request.actor, "at": timezone.now(), "measurement": row}
    if not done(form, lambda **given: actions.correct_measurement(**told, place=form.cleaned_data["place"], **given)):
        return _page(request, child, form, row=row)
    return redirect("measurements:child", pk=child.pk)


@door(Permission.FAMILY_EDIT, **WRITES)
def remove(request, pk):
    row, child = _row(request, pk)
    actions.remove_measurement(by=request.actor, at=timezone.now(), measurement=row)
    return redirect("measurements:child", pk=child.pk)


@door(Permission.FAMILY_EDIT, **WRITES)
def undo(request, pk):
    child = _writable(request, pk)
    actions.undo_measurement(by=request.actor, at=timezone.now(), person=child)
    return redirect("measurements:child", pk=child.pk)


record = by_method(get=ask_record, post=save_record)
correct = by_method(get=ask_correction, post=save_correction)

"""Lists of others: what was brought, a new one looked at and applied, one taken away."""

from hashlib import sha256
from uuid import UUID

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission, Right
from balai.access.views import POST, by_method, door, found, seen
from balai.accounts.jobs import ask as ask_for
from balai.aid import actions, jobs, rules
from balai.aid.inputs import files, forms
from balai.aid.models import ListEntry, ListVersion
from balai.aid.views import telling
from balai.aid.views.recording import done, spoken
from balai.base.errors import NotValid
from balai.base.words import Said
from balai.regions.models import Place

READS = (Matter.NAMES, Matter.POVERTY)
WRITES = {"methods": POST, "reads": READS}


def regions_of(actor):
    """(code, name) of the regions that a list which this actor brings may cover."""
    found_here = {}
    for lo, hi in actor.ranges:
        rows = Place.objects.today().official().filter(pk__gte=lo, pk__lt=hi).exclude(pk="").order_by("pk")
        for place in rows.select_related("parent"):
            found_here[place.pk] = f"{place.name}, {place.parent.name}" if place.parent else place.name
    return list(found_here.items())


@door(Permission.FAMILY_VIEW, reads=READS)
def history(request):
    telling.need(request.actor, Matter.POVERTY)
    versions = list(
        ListVersion.objects.open_to(request.actor).exclude(applied_at=None, removed_at__isnull=False).in_order()
    )
    names = dict(Place.objects.filter(pk__in={one.region for one in versions}).values_list("pk", "name"))
    rows = [(one, names.get(one.region, ""), _waiting(one)) for one in versions]
    return render(
        request, "aid/lists.html", {"rows": rows, "may_bring": telling.may_bring(request.actor), "here": "families"}
    )


def _waiting(version):
    return ListEntry.objects.filter(version=version).proposals().count()


def _writer(request):
    telling.need(request.actor, Matter.POVERTY, Right.WRITE)


@door(Permission.FAMILY_VIEW, reads=READS)
def ask(request):
    _writer(request)
    return _form_page(request, _form(request))


@door(Permission.FAMILY_VIEW, **WRITES)
def look(request):
    _writer(request)
    form, made = _form(request, request.POST, request.FILES), []
    if not done(form, lambda: made.append(_brought(request, form))):
        return _form_page(request, form)
    return redirect("aid:list", pk=made[0].pk)


def _form(request, *data):
    return forms.ListForm(*data, on=timezone.localdate(), regions=regions_of(request.actor))


def _form_page(request, form):
    return render(request, "aid/bring.html", {"form": form, "here": "families"}, status=422 if form.errors else 200)


def _brought(request, form):
    """What is wrong with the file is said beside its field; a worker then matches it line by line."""
    given = {name: form.cleaned_data[name] for name in ("kind", "edition", "dated_on", "region", "source")}
    sent, content = form.cleaned_data["berkas"], form.cleaned_data["berkas"].read()
    named = form.named()
    table = files.read_table(sent.name, content, named, files.MOST_LINES)
    name = jobs.kept(content, sent.name)
    row = actions.take_in_list(
        by=request.actor, at=timezone.now(), sha256=sha256(content).hexdigest(), total=len(table.lines), file=name,
        named={part.value: text for part, text in named.items()}, **given,
    )  # fmt: skip
    ask_for(jobs.match_list, by=request.actor, version=row.pk)
    return row


def one(request, pk):
    telling.need(request.actor, Matter.POVERTY)
    return found(ListVersion.objects.open_to(request.actor), pk=pk)


@door(Permission.FAMILY_VIEW, reads=READS)
def version(request, pk):
    row = one(request, pk)
    return _progress(request, row) if row.is_working else page(request, row)


def _progress(request, row):
    place = Place.objects.filter(pk=row.region).first()
    return render(request, "aid/progress.html", {"version": row, "place": place, "here": "families"})


def page(request, row):
    counted = ListEntry.objects.filter(version=row).counted()
    place = Place.objects.filter(pk=row.region).first()
    context = {
        "version": row, "place": place, "said": row.said and spoken(Said(*row.said)), "here": "families",
        "states": [(_(state.label), counted.get(state.value, 0)) for state in rules.MatchState],
        "read": row.counts.get("read", 0), "refused": row.counts.get("refused", 0),
        "faulty": row.counts.get("faulty", 0), "waiting": counted.get(rules.MatchState.PROPOSED.value, 0),
        "unmatched": counted.get(rules.MatchState.NONE.value, 0) + counted.get(rules.MatchState.REJECTED.value, 0),
        "may_bring": telling.may_bring(request.actor) and request.actor.covers(row.region),
    }  # fmt: skip
    return render(request, "aid/list.html", context)


def _written(request, pk):
    _writer(request)
    rows = ListVersion.objects.open_to(request.actor)
    row = found(rows, pk=pk)
    return found(rows if request.actor.covers(row.region) else rows.none(), pk=pk)


@door(Permission.FAMILY_VIEW, **WRITES)
def apply(request, pk):
    actions.apply_list(by=request.actor, at=timezone.now(), version=_written(request, pk))
    return redirect("aid:list", pk=pk)


@door(Permission.FAMILY_VIEW, **WRITES)
def remove(request, pk):
    actions.remove_list(by=request.actor, at=timezone.now(), version=_written(request, pk))
    return redirect("aid:lists")


@door(Permission.FAMILY_VIEW, **WRITES)
def again(request, pk):
    """Looks once more for those who matched nobody."""
    row = actions.begin_again(by=request.actor, at=timezone.now(), version=_written(request, pk))
    ask_for(jobs.match_again, by=request.actor, version=row.pk)
    return redirect("aid:list", pk=pk)


@door(Permission.FAMILY_VIEW, reads=READS)
def desk(request, pk):
    _writer(request)
    return _desk_page(request, _written(request, pk))


@door(Permission.FAMILY_VIEW, **WRITES)
def decide(request, pk):
    """One proposal: the same person, or another. The last decision may be taken back."""
    row = _written(request, pk)
    entries = ListEntry.objects.unrestricted().filter(version=row)
    entry = found(entries, pk=_key(request.POST.get("baris", "")))
    answer = request.POST.get("jawab", "")
    told = {"by": request.actor, "at": timezone.now(), "entry": entry}
    if answer == "urung":
        actions.undo_decision(**told)
        return _desk_page(request, row)
    if answer not in ("ya", "bukan"):
        raise NotValid("Pilih “Sama” atau “Bukan”.")
    actions.decide_match(**told, same=answer == "ya")
    return _desk_page(request, row, last=entry)


def _key(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def _desk_page(request, row, last=None):
    waiting = ListEntry.objects.unrestricted().filter(version=row).proposals()
    entry = waiting.select_related("person", "family").order_by("line", "pk").first()
    if entry:
        seen(request, deed="list.desk", region=entry.region, subjects=[entry.family_id, entry.person_id])
    context = {
        "version": row, "entry": entry, "waiting": waiting.count(), "last": last, "here": "families",
        "says": entry and telling.said(entry),
    }  # fmt: skip
    return render(request, "aid/desk.html", context)


bring = by_method(get=ask, post=look)
matching = by_method(get=desk, post=decide)

"""The desk: requests that wait, taking one in, their register as CSV."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.rules import Matter, Permission
from balai.access.views import POST, by_method, door, found, seen
from balai.base import cells
from balai.base.errors import NotValid
from balai.families.models import Person
from balai.privacy import actions
from balai.privacy.models import Request
from balai.privacy.rules import OPEN, Guardian, Proof, RequestKind, is_child
from balai.privacy.views.wording import moment
from balai.regions.models import Place

LISTED = 200
FOUND = 30
LETTERS = 3  # of a name, before somebody is looked for
VILLAGE_LETTERS = 13  # of a region code down to the village


def said(problem):
    sentence = _(problem.message)
    return sentence % problem.params if problem.params else sentence


def villages(codes):
    """Region code to the name of its village; the code itself where the tree does not know it."""
    short = {code: code[:VILLAGE_LETTERS] for code in codes}
    names = dict(Place.objects.filter(pk__in=short.values()).values_list("pk", "name"))
    return {code: names.get(village, village) for code, village in short.items()}


def home(actor):
    """Where a reading over several places is kept: with those who look after the officer's own place."""
    return actor.ranges[0][0]


def people(requests):
    """Person id to name, of those that whoever acts may see."""
    ids = {request.person for request in requests if request.person}
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


def hours_left(request, at):
    """Full hours until the clock runs out, negative when it has; None for what is finished."""
    if request.known_state not in OPEN:
        return None
    return int((request.due_at - at).total_seconds() // 3600)


@door(Permission.RIGHTS_RECEIVE, reads=(Matter.NAMES,))
def requests(request):
    at = timezone.now()
    rows = list(Request.objects.most_urgent_first()[: LISTED + 1])
    more, rows = len(rows) > LISTED, rows[:LISTED]
    names, places = people(rows), villages({row.region for row in rows})
    listed = [
        {"row": row, "name": names.get(row.person, ""), "village": places[row.region], "left": hours_left(row, at)}
        for row in rows
    ]
    waiting = Request.objects.waiting()
    if names:
        seen(request, deed="request.list", region=home(request.actor), subjects=list(names))
    return render(request, "privacy/requests.html", {
        "listed": listed, "more": more, "waiting": waiting.count(), "late": waiting.filter(due_at__lt=at).count(),
    })  # fmt: skip


@door(Permission.RIGHTS_RECEIVE)
def ask_who(request):
    return render(request, "privacy/who.html", {})


@door(Permission.RIGHTS_RECEIVE, methods=POST, reads=(Matter.NAMES,))
def find_who(request):
    """By POST: a name does not stand in an address. Also those whose data is restricted can be found here."""
    typed = " ".join(request.POST.get("nama", "").split())
    if len(typed) < LETTERS:
        error = _("Ketik sedikitnya %(letters)d huruf dari namanya.") % {"letters": LETTERS}
        return render(request, "privacy/who.html", {"typed": typed, "error": error}, status=422)
    rows = list(Person.objects.filter(name__icontains=typed).order_by("name", "pk")[: FOUND + 1])
    more, rows = len(rows) > FOUND, rows[:FOUND]
    if rows:
        seen(request, deed="request.search", region=home(request.actor), subjects=[row.pk for row in rows])
    places = villages({row.region for row in rows})
    listed = [{"person": row, "village": places[row.region]} for row in rows]
    return render(request, "privacy/who.html", {"typed": typed, "listed": listed, "more": more, "sought": True})


who = by_method(get=ask_who, post=find_who)


def _form(request, person, typed, error="", status=200):
    seen(request, deed="request.form", region=person.region, subjects=[person.pk])
    return render(request, "privacy/receive.html", {
        "person": person, "village": villages({person.region})[person.region],
        "child": is_child(person.born_on, timezone.localdate()), "kinds": list(RequestKind), "proofs": list(Proof),
        "guardians": list(Guardian), "typed": typed, "error": error,
    }, status=status)  # fmt: skip


@door(Permission.RIGHTS_RECEIVE, reads=(Matter.NAMES,))
def ask_what(request, person):
    return _form(request, found(Person.objects, pk=person), {})


@door(Permission.RIGHTS_RECEIVE, methods=POST, reads=(Matter.NAMES,))
def receive(request, person):
    person = found(Person.objects, pk=person)
    typed = request.POST
    try:
        made = actions.receive_request(
            by=request.actor, at=timezone.now(), person=person, kind=typed.get("jenis", ""),
            proof=typed.get("bukti", ""), guardian_name=typed.get("wali", ""),
            guardian_relation=typed.get("hubungan", ""), note=typed.get("catatan", ""),
        )  # fmt: skip
    except NotValid as problem:
        return _form(request, person, typed, said(problem), problem.status)
    return redirect("privacy:request", pk=made.pk)


what = by_method(get=ask_what, post=receive)


@door(Permission.RIGHTS_RECEIVE)
def export(request):
    """The register of requests without names and without reasons."""
    rows = list(Request.objects.order_by("received_at"))
    places = villages({row.region for row in rows})
    head = [_("Nomor"), _("Kode wilayah"), _("Desa/kelurahan"), _("Jenis"), _("Untuk anak"), _("Bukti diri"),
            _("Diterima"), _("Batas"), _("Keadaan"), _("Diputuskan"), _("Selesai"), _("Tepat waktu")]  # fmt: skip
    cut = [
        [str(row.pk), row.region, places[row.region], _(row.known_kind.label), yes(row.for_child),
         _(Proof(row.proof).label), moment(row.received_at), moment(row.due_at), _(row.known_state.label),
         moment(row.decided_at) if row.decided_at else "", moment(row.done_at) if row.done_at else "", in_time(row)]
        for row in rows
    ]  # fmt: skip
    response = HttpResponse(cells.as_csv(head, cut), content_type=cells.MEDIA_TYPES["csv"])
    response["Content-Disposition"] = 'attachment; filename="permintaan-hak-warga.csv"'
    return response


def yes(value):
    return _("ya") if value else _("tidak")


def in_time(row):
    """Whether the answer came before the clock ran out; nothing while there is no answer."""
    answered = row.done_at or (row.decided_at if row.known_state not in OPEN else None)
    return yes(answered <= row.due_at) if answered else ""

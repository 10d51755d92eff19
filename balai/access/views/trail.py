"""The trail as pages: who did what, one entry, and whose data an account reached. Reading it is itself recorded."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from balai.access.actions import record
from balai.access.models import AuditEntry
from balai.access.rules import Permission, Right, asked
from balai.access.rules.breach import affected, table
from balai.access.rules.deeds import DEEDS, hat_title, reached_data
from balai.access.rules.matters import DataClass
from balai.access.rules.trail import NOTICE_WITHIN
from balai.access.views.doors import NotFound, door, found
from balai.base import cells

ON_A_PAGE = 50
COUNTED = 10_000  # beyond it a page says "more than"
EXPORTED = 50_000  # rows of a file
LISTED = 500  # affected persons on a page; the file holds all


def _note(request, deed, *, told, subject="trail", **more):
    """Puts the reading into the trail, where the reader's own region is."""
    actor = request.actor
    region = actor.ranges[0][0] if len(actor.ranges) == 1 else ""
    detail = {key: text for key, text in told.items() if text}
    record(by=actor, at=timezone.now(), deed=deed, region=region, subject=subject, detail=detail, **more)


def _asked(request):
    return asked.of_list(request.GET, timezone.get_current_timezone())


def _rows(actor, question):
    """What the question finds; nothing while something in it is wrong."""
    rows = AuditEntry.objects.visible_to(actor)
    return rows.none() if question.wrong else rows.asked(question.wanted)


def _shown(entry):
    return {"entry": entry, "hat": hat_title(entry.hat), "deed": DEEDS.get(entry.deed, entry.deed)}


@door(Permission.AUDIT_READ)
def trail(request):
    question = _asked(request)
    rows = _rows(request.actor, question)
    page = list(rows[: ON_A_PAGE + 1])
    count = rows[: COUNTED + 1].count()
    _note(request, "trail.read", told=question.typed)
    return render(
        request,
        "access/trail.html",
        {
            "asked": question, "rows": [_shown(entry) for entry in page[:ON_A_PAGE]],
            "older": page[ON_A_PAGE - 1].pk if len(page) > ON_A_PAGE else None,
            "count": min(count, COUNTED), "more": count > COUNTED, "deeds": DEEDS, "exported": EXPORTED,
        },
        status=422 if question.wrong else 200,
    )  # fmt: skip


@door(Permission.AUDIT_READ)
def export(request, kind):
    """The entries that the filter finds, newest first, without the values before and after."""
    question = _asked(request)
    if kind not in cells.WRITERS or question.wrong:
        raise NotFound
    rows = _rows(request.actor, question).values_list(
        "pk", "at", "by", "hat", "device", "deed", "region", "subject", "matters", "change__why"
    )[:EXPORTED]
    head = [_("Nomor"), _("Waktu"), _("Pelaku"), _("Peran"), _("Perangkat"), _("Perbuatan"), _("Wilayah"),
            _("Perihal"), _("Data"), _("Alasan")]  # fmt: skip
    lines = [
        [pk, timezone.localtime(at).isoformat(" "), by, hat, str(device or ""), *rest]
        for pk, at, by, hat, device, *rest in rows
    ]
    _note(request, "trail.export", told={**question.typed, "kind": kind, "rows": len(lines)})
    return _download(kind, head, lines, "jejak")


def _download(kind, head, lines, name):
    response = HttpResponse(cells.WRITERS[kind](head, lines), content_type=cells.MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="balai-{name}.{kind}"'
    return response


@door(Permission.AUDIT_READ)
def entry(request, pk):
    one = found(AuditEntry.objects.visible_to(request.actor).select_related("change", "change__forgotten"), pk=pk)
    change = getattr(one, "change", None)
    _note(request, "trail.read", told={"entry": pk}, subject=pk)
    return render(
        request,
        "access/entry.html",
        {
            **_shown(one), "change": change, "open": _may_see_values(request.actor, one),
            "data": reached_data(set(one.about), {one.deed}), "subjects": one.touched.order_by("subject"),
        },
    )  # fmt: skip


def _may_see_values(actor, one):
    """Values of persons are open to nobody who may not see those persons' data anyway."""
    return all(matter.data_class < DataClass.P3 or actor.right(matter) >= Right.READ for matter in one.about)


def _affected(request, question):
    """Everybody whose personal data the account reached, as far as the reader's region goes."""
    return affected(_rows(request.actor, question).reached())


def _breach_asked(request):
    return asked.of_breach(request.GET, timezone.get_current_timezone())


@door(Permission.AUDIT_READ)
def breach(request):
    if not request.GET:
        return render(request, "access/breach.html", {"asked": asked.Asked({})})
    question = _breach_asked(request)
    people = _affected(request, question)
    _note(request, "breach.list", told={**question.typed, "affected": len(people)})
    return render(
        request,
        "access/breach.html",
        {
            "asked": question, "count": len(people), "listed": LISTED,
            "rows": [(one, reached_data(one.matters, one.deeds)) for one in people[:LISTED]],
            "hours": int(NOTICE_WITHIN.total_seconds() // 3600),
        },
        status=422 if question.wrong else 200,
    )  # fmt: skip


@door(Permission.AUDIT_READ)
def breach_export(request, kind):
    question = _breach_asked(request)
    if kind not in cells.WRITERS or question.wrong:
        raise NotFound
    people = _affected(request, question)
    _note(request, "breach.list", told={**question.typed, "kind": kind, "affected": len(people)})
    return _download(kind, *table(people, timezone.get_current_timezone(), _), "terdampak")


@door(Permission.AUDIT_READ)
def letter(request):
    """A draft of the notice that UU 27/2022, article 46, asks for: to one person, or about all to the authority."""
    question = _breach_asked(request)
    chosen = request.GET.get("orang", "")
    people = [one for one in _affected(request, question) if chosen in ("", str(one.subject))]
    if not people:
        raise NotFound
    _note(request, "breach.letter", told={**question.typed, "orang": chosen})
    return render(
        request,
        "access/letter.html",
        {
            "asked": question, "one": people[0] if chosen else None, "count": len(people), "on": timezone.localdate(),
            "data": sorted({text for one in people for text in reached_data(one.matters, one.deeds)}),
            "first_at": min(one.first_at for one in people), "last_at": max(one.last_at for one in people),
            "hours": int(NOTICE_WITHIN.total_seconds() // 3600),
        },
    )  # fmt: skip

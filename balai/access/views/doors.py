"""Doors: what every view wears. A view without one is refused at start-up and at every request (docs/adr/0012)."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.db import connection, transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from balai.access.actions import record
from balai.access.models import acting
from balai.access.rules import Matter, Permission
from balai.base.errors import NotAllowed

GET = ("GET", "HEAD")
POST = ("POST",)
SIGN_IN = "/masuk/"
SECOND_FACTOR = "/akun/faktor-kedua"
PATH_KEPT = 150  # letters of an address that the trail keeps


class NotFound(Http404):
    """Unknown or out of scope: nobody is told which."""


@dataclass(frozen=True)
class Door:
    """Who may pass: anybody, any account (`permission` None), or holders of a permission; by which methods; and which
    personal matters the page behind it shows."""

    methods: tuple[str, ...]
    public: bool = False
    permission: Permission | None = None
    reads: tuple[Matter, ...] = ()
    settling: bool = False  # pages on which an account settles its sign-in: open before the second factor is there

    def __post_init__(self):
        if self.permission and self.settling:
            raise TypeError("who still settles the sign-in has no permission yet")
        if self.permission and len({method in GET for method in self.methods}) > 1:
            raise TypeError("reading and writing are two declarations: by_method(get=…, post=…)")


def public(methods=GET):
    """Open to everybody; shows nothing personal."""
    return _hang(Door(methods=tuple(methods), public=True))


def door(permission=None, *, methods=GET, reads=(), settling=False):
    """Open to accounts that hold `permission`; with None to every account."""
    return _hang(Door(methods=tuple(methods), permission=permission, reads=tuple(reads), settling=settling))


def by_method(**views):
    """One address, one declared door a method: by_method(get=show, post=save)."""
    doors = {method.upper(): view.doors[method.upper()] for method, view in views.items()}
    doors |= {"HEAD": doors["GET"]} if "GET" in doors else {}

    def dispatch(request, *args, **kwargs):
        view = views.get("get" if request.method == "HEAD" else request.method.lower())
        if view is None:
            return HttpResponseNotAllowed(doors)
        return view(request, *args, **kwargs)

    dispatch.doors = doors
    return dispatch


def _hang(frame):
    def hang(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method not in frame.methods:
                return HttpResponseNotAllowed(frame.methods)
            if frame.public:
                return view(request, *args, **kwargs)
            try:
                response = _turned_away(request, frame) or _passed(request, frame, view, args, kwargs)
            except (NotAllowed, NotFound) as refusal:
                _note(request, refusal)
                raise
            response.headers["Cache-Control"] = "no-store, private"
            return response

        guarded.doors = dict.fromkeys(frame.methods, frame)
        return guarded

    return hang


def _passed(request, frame, view, args, kwargs):
    request.readings = []
    with acting(request.actor), _transaction(request):
        response = view(request, *args, **kwargs)
        # Django renders a TemplateResponse after the view, when nobody acts any more.
        response = response.render() if hasattr(response, "render") else response
        if request.readings and not frame.reads:
            raise TypeError("a page that records a reading declares what it reads: door(…, reads=…)")
        # Last, so that the chain of the kabupaten is locked for no longer than it takes to write.
        for reading in request.readings:
            matters = {*frame.reads, *reading.pop("matters")}
            record(by=request.actor, at=timezone.now(), matters=matters, **reading)
        return response


def _transaction(request):
    """On SQLite every transaction takes the write lock: a page that only reads goes without one. On PostgreSQL the
    database is told in the transaction who acts."""
    writes = request.method not in GET or connection.vendor == "postgresql"
    return transaction.atomic() if writes else nullcontext()


def _turned_away(request, frame):
    """The answer to somebody who must sign in first, or None; NotAllowed where signing in would not help."""
    actor = request.actor
    if actor.account is None:
        return _to_sign_in(request)
    if frame.settling:
        return None
    if actor.role.second_factor and actor.assurance < 2:
        return _sent(request, SECOND_FACTOR)
    if frame.permission and not actor.may(frame.permission):
        raise NotAllowed("Peran Anda tidak membuka halaman ini.")
    return None


def _to_sign_in(request):
    if request.method in GET or request.headers.get("HX-Request"):
        return _sent(request, f"{SIGN_IN}?{urlencode({'next': _here(request)})}")
    sentence = _("Anda belum masuk, atau sesi Anda sudah berakhir. Masuk dahulu, lalu ulangi.")
    return render(request, "refusal.html", {"sentence": sentence}, status=401)


def _sent(request, address):
    """To another page; htmx would put a redirect's page into the middle of this one, so it is told by a header."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)


def _here(request):
    """Path and query of the page that the person sees, on this host only: “//elsewhere” would lead to another."""
    if not request.headers.get("HX-Request"):
        return escape_leading_slashes(request.get_full_path())
    shown = request.headers.get("HX-Current-URL", "")
    if not url_has_allowed_host_and_scheme(shown, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(shown)
    return escape_leading_slashes(parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _note(request, refusal):
    """A refusal stays in the trail although what it refused is rolled back; it is kept where the account works."""
    actor = request.actor
    record(
        by=actor,
        at=timezone.now(),
        deed="refused",
        subject=request.resolver_match.view_name,
        region=actor.ranges[0][0] if actor.ranges else "",
        detail={
            "method": request.method,
            "path": request.path[:PATH_KEPT],
            "status": 404 if isinstance(refusal, NotFound) else 403,
        },
    )


def seen(request, *, deed, region, subjects, why="", matters=()):
    """Puts a reading of personal rows into the trail before the page is answered: without the entry, no page.
    `matters` are those that this reader was shown besides what the door declares."""
    reading = {"deed": deed, "region": region, "subject": deed, "subjects": list(subjects), "why": why}
    request.readings.append(reading | {"matters": tuple(matters)})


def found(rows, **lookup):
    """The one row in scope, or not found: out of scope and unknown are the same answer."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise NotFound
    return row

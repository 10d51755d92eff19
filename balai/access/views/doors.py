"""Doors: what every view wears. A view without one is refused at start-up and at every request."""

from dataclasses import dataclass
from functools import wraps

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone

from balai.access.actions import record
from balai.access.models import acting
from balai.access.rules import Matter, Permission
from balai.base.errors import NotAllowed

GET = ("GET", "HEAD")
POST = ("POST",)


@dataclass(frozen=True)
class Door:
    """Who may pass: anybody, any account (`permission` None), or holders of a permission; by which methods; and which
    personal matters the page behind it shows."""

    methods: tuple[str, ...]
    public: bool = False
    permission: Permission | None = None
    reads: tuple[Matter, ...] = ()
    settling: bool = False  # pages on which an account settles its sign-in: open before the second factor is there


def public(methods=GET):
    """Open to everybody; shows nothing personal."""
    return _hang(Door(methods=methods, public=True))


def door(permission=None, *, methods=GET, reads=(), settling=False):
    """Open to accounts that hold `permission`; with None to every account."""
    return _hang(Door(methods=methods, permission=permission, reads=tuple(reads), settling=settling))


def by_method(**views):
    """One address, one declared door a method: by_method(get=show, post=save)."""

    def dispatch(request, *args, **kwargs):
        view = views.get("get" if request.method == "HEAD" else request.method.lower())
        if view is None:
            return HttpResponseNotAllowed([method.upper() for method in views])
        return view(request, *args, **kwargs)

    dispatch.doors = {method.upper(): view.doors[method.upper()] for method, view in views.items()}
    return dispatch


def _hang(frame):
    def hang(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method not in frame.methods:
                return HttpResponseNotAllowed(frame.methods)
            turned_away = None if frame.public else _turned_away(request, frame)
            if turned_away is not None:
                return turned_away
            if frame.public:
                return view(request, *args, **kwargs)
            with transaction.atomic(), acting(request.actor):
                response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store, private"
            return response

        guarded.doors = dict.fromkeys(frame.methods, frame)
        return guarded

    return hang


def _turned_away(request, frame):
    actor = request.actor
    if actor.account is None:
        if request.method in GET and not request.headers.get("HX-Request"):
            return redirect(f"/masuk/?next={request.get_full_path()}")
        return HttpResponse(status=401)
    if frame.settling:
        return None
    if actor.role.second_factor and actor.assurance < 2:
        return redirect("/akun/faktor-kedua")
    if frame.permission and not actor.may(frame.permission):
        raise NotAllowed("Peran Anda tidak membuka halaman ini.")
    return None


def seen(request, *, deed, region, subjects, why=""):
    """Puts a reading of personal rows into the trail, in the transaction of the page."""
    record(by=request.actor, at=timezone.now(), deed=deed, region=region, subject=deed, subjects=subjects, why=why)


def found(rows, **lookup):
    """The one row in scope, or not found: out of scope and unknown are the same answer."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise Http404
    return row

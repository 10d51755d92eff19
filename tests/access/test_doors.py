"""Doors: who passes, by which method, where the others are sent, what stays of a refusal."""

from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.http import Http404, HttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch, include, path

from balai.access.models import AuditEntry, NoPrincipal
from balai.access.rules import PUBLIC, ROLES, STRANGER, Actor, Matter, Permission
from balai.access.views import GET, POST, by_method, door, found, public, seen
from balai.base.errors import NotAllowed, Refused
from balai.config.checks import refuse_unsound
from balai.config.middleware import doors
from balai.families.models import Family
from tests.access.register import OWN, PROVINCE, actor, register

FAMILIES = Permission.FAMILY_VIEW
NAMES = (Matter.NAMES,)


def answer(request, **kwargs):
    return HttpResponse("terbuka")


def asked(method="GET", who=STRANGER, at="/keluarga/", **headers):
    request = RequestFactory().generic(method, at, headers=headers)
    request.actor, request.hats = who, ()
    request.resolver_match = ResolverMatch(answer, (), {}, url_name="family", namespaces=["families"])
    return request


def wearing(role, assurance=2, region=OWN):
    known = actor(role, region)
    return Actor(known.name, known.role, known.ranges, account=known.account, assurance=assurance)


CADRE, AUDITOR = wearing("cadre"), wearing("auditor")
NEWCOMER = Actor("account:baru", PUBLIC, (), account=uuid4(), assurance=1)


# Who passes -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frame", "who", "status"),
    [
        (public(), STRANGER, 200), (public(), CADRE, 200), (public(), NEWCOMER, 200),
        (door(), STRANGER, 302), (door(), CADRE, 200), (door(), NEWCOMER, 200), (door(), wearing("cadre", 1), 302),
        (door(), wearing("working_group", 1), 200),
        (door(settling=True), wearing("cadre", 1), 200), (door(settling=True), STRANGER, 302),
        (door(FAMILIES), STRANGER, 302), (door(FAMILIES), CADRE, 200), (door(FAMILIES), AUDITOR, 403),
        (door(FAMILIES), NEWCOMER, 403), (door(FAMILIES), wearing("cadre", 1), 302),
        (door(FAMILIES, reads=NAMES), CADRE, 200), (door(FAMILIES, reads=NAMES), AUDITOR, 403),
    ],
)  # fmt: skip
def test_a_door_opens_to_those_it_names(frame, who, status):
    view = frame(answer)
    if status == 403:
        with pytest.raises(NotAllowed, match="tidak membuka halaman"):
            view(asked(who=who))
    else:
        assert view(asked(who=who)).status_code == status


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", Permission)
@pytest.mark.django_db
def test_every_role_passes_exactly_the_doors_of_its_permissions(role, permission):
    view, who = door(permission)(answer), wearing(role)
    if permission in ROLES[role].may:
        assert view(asked(who=who)).content == b"terbuka"
    else:
        with pytest.raises(NotAllowed):
            view(asked(who=who))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frame", "method", "status"),
    [
        (public(), "GET", 200), (public(), "HEAD", 200), (public(), "POST", 405), (public(), "DELETE", 405),
        (public(POST), "POST", 200), (public(POST), "GET", 405), (public(GET + POST), "POST", 200),
        (door(), "POST", 405), (door(methods=POST), "POST", 200), (door(FAMILIES, methods=POST), "PUT", 405),
        (door(FAMILIES), "OPTIONS", 405),
    ],
)  # fmt: skip
def test_a_door_answers_only_the_methods_it_declares(frame, method, status):
    response = frame(answer)(asked(method, CADRE))
    assert response.status_code == status
    assert (status == 405) is ("Allow" in response.headers)


@pytest.mark.django_db
def test_one_address_declares_each_method_apart():
    view = by_method(get=door()(answer), post=door(Permission.FAMILY_EDIT, methods=POST)(answer))
    assert {method: frame.permission for method, frame in view.doors.items()} == {
        "GET": None, "HEAD": None, "POST": Permission.FAMILY_EDIT,
    }  # fmt: skip
    assert view(asked("HEAD", CADRE)).status_code == 200
    assert view(asked("POST", CADRE)).status_code == 200
    assert view(asked("PUT", CADRE)).headers["Allow"] == "GET, POST, HEAD"
    with pytest.raises(NotAllowed):
        view(asked("POST", wearing("village_head")))
    assert set(by_method(post=public(POST)(answer)).doors) == {"POST"}


def test_no_declaration_covers_reading_and_writing():
    with pytest.raises(TypeError, match="two declarations"):
        door(FAMILIES, methods=GET + POST)
    with pytest.raises(TypeError, match="settles"):
        door(FAMILIES, settling=True)
    with pytest.raises(KeyError):
        by_method(post=door()(answer))


# Where the others are sent --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "address"),
    [
        ("/keluarga/", "/masuk/?next=%2Fkeluarga%2F"),
        ("/keluarga/?a=1&next=//jahat.example", "/masuk/?next=%2Fkeluarga%2F%3Fa%3D1%26next%3D%2F%2Fjahat.example"),
        ("//jahat.example/x", "/masuk/?next=%2F%252Fjahat.example%2Fx"),
        ("/kel%0d%0aSet-Cookie:x/", "/masuk/?next=%2Fkel%250D%250ASet-Cookie%3Ax%2F"),
    ],
)
def test_a_stranger_is_sent_to_sign_in_and_back_to_this_host_only(at, address):
    request = asked(at="/")
    request.path = request.path_info = at.partition("?")[0].replace("%0d%0a", "\r\n")
    request.META["QUERY_STRING"] = at.partition("?")[2]
    response = door()(answer)(request)
    assert (response.status_code, response.headers["Location"]) == (302, address)


@pytest.mark.parametrize(
    ("shown", "back"),
    [
        ("http://testserver/keluarga/desa?q=siti", "%2Fkeluarga%2Fdesa%3Fq%3Dsiti"),
        ("http://testserver", "%2F"),
        ("http://testserver//jahat.example", "%2F%252Fjahat.example"),
        ("https://jahat.example/", "%2F"),
        ("javascript:alert(1)", "%2F"),
        ("http://[", "%2F"),
        ("", "%2F"),
    ],
)
def test_htmx_is_told_to_open_the_sign_in_instead_of_putting_it_into_the_page(shown, back):
    for method in ("GET", "POST"):
        frame = door(methods=GET if method == "GET" else POST)
        response = frame(answer)(asked(method, **{"HX-Request": "true", "HX-Current-URL": shown}))
        assert (response.status_code, response.headers["HX-Redirect"]) == (401, f"/masuk/?next={back}")
        assert "Location" not in response.headers


def test_a_form_of_a_session_that_ended_is_refused_with_a_sentence():
    request = asked("POST")
    response = door(methods=POST)(answer)(request)
    assert response.status_code == 401
    assert "sesi Anda sudah berakhir" in response.content.decode()


def test_without_the_second_factor_every_way_leads_there():
    who = wearing("cadre", 1)
    assert door()(answer)(asked(who=who)).headers["Location"] == "/akun/faktor-kedua"
    assert door(methods=POST)(answer)(asked("POST", who)).headers["Location"] == "/akun/faktor-kedua"
    assert door()(answer)(asked(who=who, **{"HX-Request": "true"})).headers["HX-Redirect"] == "/akun/faktor-kedua"


@pytest.mark.django_db
@pytest.mark.parametrize("frame", [door(), door(FAMILIES), door(settling=True), door(methods=POST)])
def test_what_lies_behind_a_door_is_kept_by_no_cache(frame):
    method = "POST" if "POST" in frame(answer).doors else "GET"
    for who in (CADRE, STRANGER):
        assert frame(answer)(asked(method, who)).headers["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in public()(answer)(asked()).headers


# What happens behind --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_behind_a_door_the_actor_of_the_request_acts(as_app):
    register()

    def count(request):
        return HttpResponse(Family.objects.count())

    with as_app():
        assert door(FAMILIES)(count)(asked(who=CADRE)).content == b"1"
        assert door(FAMILIES)(count)(asked(who=wearing("cadre", region="76.06"))).content == b"0"
    with pytest.raises(NoPrincipal):
        public()(count)(asked(who=CADRE))


@pytest.mark.django_db
def test_a_page_that_is_rendered_late_is_rendered_behind_the_door():
    register()
    template = engines["django"].from_string("{% for family in families %}{{ family.region }}{% endfor %}")

    def late(request):
        return SimpleTemplateResponse(template, {"families": Family.objects.all()})

    assert door(FAMILIES)(late)(asked(who=CADRE)).content.decode() == OWN


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("frame", "method", "begins"),
    [
        (door(), "GET", False), (door(FAMILIES, reads=NAMES), "GET", False), (door(methods=POST), "POST", True),
        (public(), "GET", False), (public(POST), "POST", False),
    ],
)  # fmt: skip
def test_only_pages_that_write_take_the_lock_of_sqlite(frame, method, begins):
    within = []

    def look(request):
        within.append(connection.in_atomic_block)
        return HttpResponse()

    frame(look)(asked(method, CADRE))
    private = frame is not None and not frame(answer).doors[method].public
    assert within == [private if connection.vendor == "postgresql" else begins]


@pytest.mark.django_db
def test_a_page_that_records_a_reading_declares_it():
    def look(request):
        seen(request, deed="family.view", region=OWN, subjects=[uuid4()])
        return HttpResponse()

    with pytest.raises(TypeError, match="declares"):
        door(FAMILIES)(look)(asked(who=CADRE))
    assert not AuditEntry.objects.exists()
    door(FAMILIES, reads=NAMES)(look)(asked(who=CADRE))
    assert AuditEntry.objects.get().about == NAMES


@pytest.mark.django_db
def test_a_page_that_fails_leaves_nothing_behind():
    def fail(request):
        seen(request, deed="family.view", region=OWN, subjects=[uuid4()])
        raise Refused("Tidak bisa.")

    with pytest.raises(Refused):
        door(FAMILIES, reads=NAMES)(fail)(asked(who=CADRE))
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_a_reading_is_recorded_with_the_matters_of_its_door_when_the_page_is_done():
    family = uuid4()

    def look(request):
        seen(request, deed="family.view", region=OWN, subjects=[family], why="kunjungan")
        return HttpResponse(str(AuditEntry.objects.count()))

    assert door(FAMILIES, reads=NAMES)(look)(asked(who=CADRE)).content == b"0"
    entry = AuditEntry.objects.of(family).get()
    assert (entry.about, entry.change.why) == (NAMES, "kunjungan")


@pytest.mark.django_db
def test_a_page_whose_reading_cannot_be_recorded_is_not_shown():
    def look(request):
        seen(request, deed="family.view", region=OWN, subjects=["bukan kode"])
        return HttpResponse("rahasia")

    with pytest.raises(ValueError, match="badly formed"):
        door(FAMILIES, reads=NAMES)(look)(asked(who=CADRE))


# What stays of a refusal ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("frame", "who", "status"),
    [
        (door(FAMILIES, reads=NAMES), AUDITOR, 403),
        (door(FAMILIES, reads=NAMES), CADRE, 404),
        (door(reads=NAMES), NEWCOMER, 404),
    ],
)
def test_a_refusal_of_an_account_stays_in_the_trail(frame, who, status):
    def look(request):
        seen(request, deed="family.view", region=OWN, subjects=[uuid4()])
        return found(Family.objects, pk=uuid4())

    with pytest.raises((NotAllowed, Http404)):
        frame(look)(asked(who=who))
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.deed, entry.subject) == (who.name, "refused", "families:family")
    assert entry.detail == {"method": "GET", "path": "/keluarga/", "status": status}
    assert entry.region == (OWN if who.ranges else "")


@pytest.mark.django_db
def test_an_action_that_refuses_is_rolled_back_and_noted():
    def act(request):
        seen(request, deed="family.view", region=OWN, subjects=[uuid4()])
        raise NotAllowed("Tidak berwenang.")

    with pytest.raises(NotAllowed):
        door(methods=POST)(act)(asked("POST", CADRE))
    assert [entry.deed for entry in AuditEntry.objects.all()] == ["refused"]


@pytest.mark.django_db
def test_other_pages_that_do_not_exist_and_strangers_are_not_noted():
    def missing(request):
        raise Http404

    with pytest.raises(Http404):
        door()(missing)(asked(who=CADRE))
    assert door(FAMILIES)(missing)(asked()).status_code == 302
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_out_of_scope_and_unknown_are_one_answer():
    families = register()

    def look(request, pk):
        return HttpResponse(found(Family.objects.all(), pk=pk).region)

    view = door(FAMILIES)(look)
    assert view(asked(who=CADRE), pk=families[OWN].pk).content.decode() == OWN
    told = []
    for pk in (families[PROVINCE].pk, uuid4()):
        with CaptureQueriesContext(connection) as queries, pytest.raises(Http404) as refusal:
            view(asked(who=CADRE), pk=pk)
        told.append((str(refusal.value), len(queries)))
    assert told[0] == told[1]


# Default deny ---------------------------------------------------------------------------------------------------------


def handler404(request, exception):
    return HttpResponse(status=404)


nested = [path("dalam/<uuid:pk>", answer)]
urlpatterns = [
    path("terbuka", public()(answer)),
    path("tertutup", answer),
    path("di/", include(nested)),
    path("", include("balai.reports.urls")),
]
bare = override_settings(ROOT_URLCONF=__name__)


@bare
def test_an_address_without_a_door_keeps_the_server_from_starting():
    wrong = [found.msg for found in run_checks() if found.id == "balai.E001"]
    assert [message.split("”")[0] for message in wrong] == ["alamat “/tertutup", "alamat “/di/dalam/<uuid:pk>"]
    with pytest.raises(Refused, match="Balai tidak dijalankan") as refusal:
        refuse_unsound()
    assert "/tertutup" in refusal.value.params["wrong"]


def test_every_address_of_balai_has_its_door():
    assert [found for found in run_checks() if found.is_serious()] == []
    refuse_unsound()


@pytest.mark.django_db
@bare
def test_where_the_check_was_passed_by_the_request_is_refused(client):
    assert client.get("/terbuka").status_code == 200
    for method in ("get", "post", "put", "delete", "patch", "options"):
        assert getattr(client, method)("/tertutup").status_code == 404
        assert getattr(client, method)(f"/di/dalam/{uuid4()}").status_code == 404


def test_the_middleware_lets_doors_through():
    guard = doors(answer)
    assert guard.process_view(asked(), public()(answer), (), {}) is None
    assert guard(asked()).content == b"terbuka"
    with pytest.raises(Http404):
        guard.process_view(asked(), answer, (), {})

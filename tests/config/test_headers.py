"""T9: what every answer carries, whatever made it."""

import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver, include, path

from balai.access.views import door, public
from balai.config.checks import addresses
from balai.config.headers import headers, page
from tests.config.processes import fetched, serving
from tests.people import person, signed_in

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
SAMPLES = {"uuid": str(uuid.UUID(int=7)), "int": "7"}
NAMED = {"code": "16.05.02.2001", "kind": "csv", "name": "balai-2026"}


def sample(route):
    """An address of the route, with something in each place."""
    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: SAMPLES.get(found[1]) or NAMED.get(found[2], "x"), route)


def every_address():
    return sorted({sample(route) for route, _view in addresses(get_resolver())})


def lacking(response):
    """What is missing or wrong in the headers of an answer."""
    have = response.headers
    policy = have.get("Content-Security-Policy", "")
    wrong = [name for name, value in ALWAYS.items() if have.get(name) != value]
    if (
        "default-src 'none'" not in policy
        or "unsafe" in policy
        or not re.search(r"script-src 'self' 'nonce-[\w-]{22}'", policy)
    ):
        wrong.append("Content-Security-Policy")
    if "camera=()" not in have.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if "Cookie" not in have.get("Vary", ""):
        wrong.append("Vary")
    if not {"no-cache", "no-store"} & set(have.get("Cache-Control", "").split(", ")):
        wrong.append("Cache-Control")
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["stranger", "officer"])
def test_every_address_answers_every_method_with_all_headers(who):
    client = signed_in(person("family_office", "16.05")) if who == "officer" else Client()
    client.raise_request_exception = False
    statuses, wrong = set(), {}
    for address in every_address():
        for method in METHODS:
            response = getattr(client, method)(address)
            statuses.add(response.status_code)
            if found := lacking(response):
                wrong[method, address] = found
            if who == "officer" and response.headers.get("Cache-Control") != "no-store, private":
                wrong[method, address] = "could be kept"
        if who == "officer" and "keluar" in address:
            client = signed_in(person("family_office", "16.05"))
            client.raise_request_exception = False
    assert wrong == {}
    assert {200, 302, 404, 405} <= statuses


@pytest.mark.django_db
def test_what_is_not_public_is_never_kept_not_even_its_refusal():
    kept = {}
    for route, view in addresses(get_resolver()):
        if not any(each.public for each in view.doors.values()):
            answers = [getattr(Client(raise_request_exception=False), method)(sample(route)) for method in METHODS]
            kept[route] = {answer.headers["Cache-Control"] for answer in answers} - {"no-store, private"}
    assert len(kept) > 20
    assert {route: found for route, found in kept.items() if found} == {}


@public()
def shown(request):
    return HttpResponse("semua")


@door()
def own(request):
    return HttpResponse("saya")


@public(methods=("GET", "HEAD", "POST"))
def broken(request):
    raise RuntimeError("boom")


@public(methods=("POST",))
def left(request):
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [
    path("shown", shown),
    path("own", own),
    path("broken", broken),
    path("", include("balai.config.urls")),
]
handler400 = "balai.config.errors.wrong"
handler500 = "balai.config.errors.broken"
here = override_settings(ROOT_URLCONF=__name__)


@here
def test_a_public_page_may_be_asked_for_again_by_a_stranger_only():
    answers = {
        "stranger": Client().get("/shown"),
        "with a session": Client().get("/shown", headers={"cookie": "sesi=abc"}),
        "with a token": Client().get("/shown", headers={"authorization": "Bearer x"}),
        "nowhere": Client().get("/tidak-ada"),
    }
    assert {who: answer.headers["Cache-Control"] for who, answer in answers.items()} == {
        "stranger": "no-cache",
        "with a session": "no-store, private",
        "with a token": "no-store, private",
        "nowhere": "no-store, private",
    }


@here
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "more", "status"),
    [("/shown", {"headers": {"host": "jahat.example"}}, 400), ("/broken", {}, 500), ("/tidak-ada", {}, 404)],
)
def test_errors_carry_the_headers_too(address, more, status):
    answer = Client(raise_request_exception=False).get(address, **more)
    assert answer.status_code == status
    assert lacking(answer) == []
    assert answer.headers["Cache-Control"] == "no-store, private" or status == 500


@here
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_forged_form_gets_a_friendly_page_with_what_to_do(method):
    answer = getattr(Client(enforce_csrf_checks=True), method)("/broken")
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "Isian ini belum tersimpan" in said
    assert "muat ulang halaman itu" in said
    assert lacking(answer) == []


def test_every_answer_has_a_nonce_of_its_own_and_templates_know_it():
    request = RequestFactory().get("/x?a=1")
    request.resolver_match = None
    answers = [headers(lambda asked: HttpResponse(page(asked)["nonce"]))(request) for _time in range(20)]
    nonces = [answer.content.decode() for answer in answers]
    assert len(set(nonces)) == 20
    assert all(
        f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
        for nonce, answer in zip(nonces, answers, strict=True)
    )
    assert page(RequestFactory().get("/x?a=1")) == {"nonce": "", "back_to": "/x?…"}


LEAVES = [(left, "account_logout", True), (left, "other", False)]


@pytest.mark.parametrize(("view", "name", "cleared"), LEAVES)
def test_leaving_clears_what_the_browser_kept(view, name, cleared):
    class Match:
        func, url_name = view, name

    request = RequestFactory().post("/keluar/")
    request.resolver_match = Match
    assert ("Clear-Site-Data" in headers(view)(request).headers) is cleared


@pytest.mark.django_db
def test_signing_out_clears_what_the_browser_kept():
    answer = signed_in(person("family_office", "16.05")).post("/keluar/")
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'  # not cookies: the device stays enrolled
    assert "Clear-Site-Data" not in Client().get("/keluar/").headers


def test_files_carry_no_cookie_rules_and_https_is_asked_for(settings):
    settings.HTTPS, settings.SECURE_HSTS_SECONDS = True, 9
    answer = headers(lambda asked: HttpResponse("css"))(RequestFactory().get("/static/x.css"))
    assert answer.headers["Strict-Transport-Security"] == "max-age=9"
    assert "Vary" not in answer.headers


HSTS = "max-age=63072000"
ASKED = {"Host": "balai.contoh.go.id", "X-Forwarded-Proto": "https"}


def test_behind_https_cookies_and_headers_are_strict(home):
    """The server itself, told its address; static files, redirects and pages alike."""
    with serving(home, BALAI_ADDRESS="https://balai.contoh.go.id", BALAI_CONTACT="Dinas PPKB") as address:
        page_ = fetched(address + "/masuk/", ASKED)
        plain = fetched(address + "/aturan", {"Host": "balai.contoh.go.id"})
        file = fetched(address + re.search(r'href="(/static/reports/balai[^"]+css)"', page_.text)[1], ASKED)
        nowhere = fetched(address + "/tidak-ada", ASKED)
        moved = fetched(address + "/akun/", ASKED)
    assert [each.status for each in (page_, plain, file, nowhere, moved)] == [200, 301, 200, 404, 302]
    assert plain.headers["Location"] == "https://balai.contoh.go.id/aturan"
    for answer in (page_, plain, file, nowhere, moved):
        assert answer.headers["Strict-Transport-Security"] == HSTS
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    cookies = page_.headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_on_ones_own_machine_names_are_plain_and_nothing_asks_for_https(home):
    with serving(home) as address:
        answer = fetched(address + "/masuk/")
    assert answer.status == 200
    assert "Strict-Transport-Security" not in answer.headers
    assert any(cookie.startswith("csrf=") and "HttpOnly" in cookie for cookie in answer.headers.get_all("Set-Cookie"))

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import include, path
from django.utils.translation import get_language

from balai.access.views import public
from balai.base.errors import NotAllowed, NotValid, Refused


@public()
def speak(request):
    return HttpResponse(get_language())


@public()
def refuse(request, kind):
    raise {"refused": Refused, "not-allowed": NotAllowed, "not-valid": NotValid}[kind]("Baris %(n)d keliru.", n=7)


@public()
def plain(request):
    raise Refused("Tidak bisa.")


@public()
def broken(request):
    raise RuntimeError("boom")


urlpatterns = [
    path("speak", speak),
    path("refuse/<kind>", refuse),
    path("plain", plain),
    path("broken", broken),
    path("", include("balai.config.urls")),
]
here = override_settings(ROOT_URLCONF=__name__)


@here
@pytest.mark.parametrize(("cookie", "language"), [(None, "id"), ("en", "en"), ("id", "id"), ("fr", "id")])
def test_indonesian_unless_chosen_otherwise(client, cookie, language):
    if cookie:
        client.cookies["bahasa"] = cookie
    response = client.get("/speak", headers={"accept-language": "en"})
    assert response.content.decode() == response.headers["Content-Language"] == language


@here
def test_every_answer_carries_the_policy(client):
    response = client.get("/speak")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
@here
@pytest.mark.parametrize(("kind", "status"), [("refused", 409), ("not-allowed", 403), ("not-valid", 422)])
def test_a_refusal_is_a_page_with_its_sentence(client, kind, status):
    response = client.get(f"/refuse/{kind}")
    assert response.status_code == status
    assert "Baris 7 keliru." in response.content.decode()


@pytest.mark.django_db
@here
def test_a_refusal_without_places(client):
    assert "Tidak bisa." in client.get("/plain").content.decode()


@here
def test_other_errors_are_not_swallowed(client):
    with pytest.raises(RuntimeError, match="boom"):
        client.get("/broken")


@pytest.mark.django_db
def test_wsgi_application_answers():
    from balai.config.wsgi import application

    started = []
    environ = RequestFactory().get("/tidak-ada").environ
    application({**environ, "HTTP_HOST": "localhost"}, lambda status, headers: started.append(status))
    assert started[0].startswith("404")

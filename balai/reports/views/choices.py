"""Language and light: plain links that set a cookie and lead back."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme

from balai.access.views import public
from balai.base.errors import NotValid

LANGUAGES = {"id", "en"}
THEMES = {"terang", "gelap", "ikut"}
YEAR = 365 * 24 * 3600


@public()
def language(request):
    return remembered(request, "bahasa", LANGUAGES)


@public()
def theme(request):
    return remembered(request, "tema", THEMES)


def remembered(request, cookie, known):
    chosen = request.GET.get("ke", "")
    if chosen not in known:
        raise NotValid(
            "“%(chosen)s” bukan pilihan. Yang ada: %(known)s.", chosen=chosen, known=", ".join(sorted(known))
        )
    back = request.GET.get("kembali", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        cookie, chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=not settings.DEBUG and request.is_secure()
    )
    return response


@public()
def favicon(request):
    return HttpResponseRedirect(static("reports/favicon.svg"))

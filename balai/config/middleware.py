"""What holds for every request: the chosen language, who acts, and the answer to a refusal."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext

from balai.access.rules import STRANGER
from balai.accounts.views.sitting import by_token, sit
from balai.base.errors import Problem
from balai.config.logs import masked

LANGUAGE_COOKIE = "bahasa"


def language(get_response):
    """Bahasa Indonesia unless the person chose English; the browser's own preference does not decide."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request):
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        code = chosen if chosen in known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def hats(get_response):
    """Who acts in this request, and in which of the person's roles; without a session nobody asks the database."""

    def middleware(request):
        request.actor, request.hats = STRANGER, ()
        turned_away = None
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not by_token(request):
            turned_away = sit(request, timezone.now())
        return turned_away or get_response(request)

    return middleware


def doors(get_response):
    """Behind the check at start-up: a view that says of nobody that he may enter is not there."""

    class Middleware:
        def __call__(self, request):
            return get_response(request)

        def process_view(self, request, view, args, kwargs):
            if not getattr(view, "doors", None):
                raise Http404

    return Middleware()


def refusals(get_response):
    """Every Problem becomes one page with its sentence and its status."""

    class Middleware:
        def __call__(self, request):
            return get_response(request)

        def process_exception(self, request, exception):
            if not isinstance(exception, Problem):
                return None
            sentence = gettext(exception.message)
            if exception.params:
                sentence %= exception.params
            return render(request, "refusal.html", {"sentence": masked(sentence)}, status=exception.status)

    return Middleware()

"""Pages for requests that never reached a view, or broke in one. They show nothing of what was sent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from balai.config.logs import request_number


def forged(request, reason=""):
    """The form did not come from a page that we gave: too old, cookies off, or another site sent it."""
    return render(request, "forged.html", status=403)


def wrong(request, exception):
    return _bare("400.html", 400)


def broken(request):
    return _bare("500.html", 500)


def _bare(template, status):
    """A page that needs no database, no account and no language."""
    return HttpResponse(render_to_string(template, {"number": request_number.get()}), status=status)

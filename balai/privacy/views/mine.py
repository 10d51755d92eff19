"""What Balai holds of the account that is signed in, for its owner: as a page, as JSON, on paper."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from balai.access.views import POST, by_method, door
from balai.privacy import actions
from balai.privacy.views import paper


@door()
def show(request):
    return render(request, "privacy/mine.html", {"sections": list(paper.sections(_report(request)))})


@door(methods=POST)
def save(request):
    report = _report(request)
    if request.POST.get("bentuk") == "json":
        response = JsonResponse(paper.as_json(report), json_dumps_params={"ensure_ascii": False, "indent": 1})
        kind = "json"
    else:
        response = HttpResponse(paper.as_pdf(report), content_type="application/pdf")
        kind = "pdf"
    response["Content-Disposition"] = f'attachment; filename="data-akun-saya.{kind}"'
    return response


def _report(request):
    return actions.report_account(by=request.actor, at=timezone.now(), account=request.user)


mine = by_method(get=show, post=save)

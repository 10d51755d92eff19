"""Where data and files come from, and under which terms: one place to read it."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.shortcuts import render

from balai.access.views import public
from balai.classification import rules as classification
from balai.intake.rules.registers import registers
from balai.regions.models import Boundary
from balai.reports.rules import published
from balai.reports.views import places


@public()
def about(request):
    return render(
        request, "reports/about.html",
        {"here": "about", "notice": notice(), "vendored": vendored(), "published": published.every(),
         "registers": list(registers().values()), "invented": places.any_invented(""),
         "rulesets": [(name, classification.load(name)) for name in classification.names()],
         "boundaries": Boundary.objects.order_by().values_list("source", flat=True).distinct()},
    )  # fmt: skip


def notice():
    """The NOTICE of this product, from its source tree; empty where only the package is installed."""
    path = Path(settings.BASE_DIR).parent / "NOTICE"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def vendored():
    """The manifest of the front-end files of others."""
    path = finders.find("vendor/manifest.toml")
    return tomllib.loads(Path(path).read_text(encoding="utf-8"))["file"]

"""A real browser against the pages: Debian's chromium, on the loopback only."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

from tests.people import signed_in

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
# Playwright's own event loop makes Django think that the tests are asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def chromium():
    sync_api = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.fail("Debian's chromium is missing: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _fresh_cache():
    caches["figures"].clear()


class Visit:
    """One page in the browser, with everything it complained about and everywhere it went."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints, self.strangers = [], []
        page.on(
            "console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text)
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    def _request(self, request):
        if not request.url.startswith((self.address, "data:")):
            self.strangers.append(request.url)

    def open(self, path):
        self.page.goto(self.address + path)
        return self

    def axe(self):
        """Violations that axe finds, as (rule, elements). Run outside the page's own policy on scripts."""
        self.page.wait_for_load_state()  # a click ends where the next page begins
        found = self.page.evaluate(AXE.read_text(encoding="utf-8") + ";axe.run().then(r => r.violations)")
        return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]

    def overflows(self):
        """How many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def visit(chromium, live_server):
    """visit(width, height, scheme, **context options) -> Visit; closed at the end."""
    contexts = []

    def start(width=1280, height=800, scheme="light", **options):
        size = {"width": width, "height": height}
        context = chromium.new_context(viewport=size, color_scheme=scheme, **options)
        contexts.append(context)
        return Visit(context.new_page(), live_server.url)

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def sit(visit):
    """sit(account, width, height, scheme, **options) -> Visit in which the account is signed in."""

    def start(account, *size, **options):
        here = visit(*size, **options)
        cookie = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
        here.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": here.address}])
        return here

    return start

"""Every page, at both sizes, light and dark: nothing for axe to find, nothing to scroll sideways, nobody else asked."""

import pytest

from tests.looks import LOOKS
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/", "/wilayah/16", "/wilayah/16.05", "/wilayah/16.05.01", "/wilayah/33.29", f"/desa/{seed.MAIN}",
    f"/desa/{seed.UNFORMED}", f"/desa/{seed.SILENT}", f"/desa/{seed.TWICE}", f"/desa/{seed.UNKNOWN}",
    f"/desa/{seed.MAIN}/andaikan?pokja=1", "/cari?q=surodadi", "/cari?q=tidakada", "/aturan", "/aturan/balai-2026",
    "/aturan/portal-2023?wilayah=16", "/tentang-data", "/wilayah/16.05?periode=1999-01",
)  # fmt: skip
REFUSED = {"/wilayah/33.29", "/wilayah/16.05?periode=1999-01"}  # the browser reports their status on the console


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_is_clean(visit, width, height, scheme):
    seed.world()
    here = visit(width, height, scheme)
    found = {}
    for path in PAGES:
        here.complaints.clear()
        here.open(path)
        here.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        said = [] if path in REFUSED else list(here.complaints)
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": said}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


@pytest.mark.parametrize("theme", ["terang", "gelap"])
def test_the_chosen_light_stays_clean(visit, theme):
    seed.world()
    here = visit(scheme="dark" if theme == "terang" else "light").open(f"/tema?ke={theme}&kembali=/wilayah/16.05.01")
    assert here.page.locator("html").get_attribute("data-theme") == theme
    assert here.axe() == []


def test_an_empty_house_says_what_to_do(visit):
    here = visit(360, 640).open("/")
    assert "balai demo" in here.page.inner_text("main")
    assert here.axe() == []
    assert here.overflows() == 0


def test_targets_on_a_phone_are_large_enough(visit):
    seed.world()
    here = visit(360, 640).open("/wilayah/16.05.01")
    low = here.page.evaluate(
        """() => [...document.querySelectorAll(
            'button, .ways a, .foot a, input:not([type=hidden]):not([type=checkbox]), select, summary, .brand'
        )].filter(one => one.offsetHeight && one.getBoundingClientRect().height < 47.5)
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert low == []

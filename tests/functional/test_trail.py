"""The pages of the trail in a real browser: clean at both sizes, light and dark; usable by keyboard and on paper."""

import pytest
from django.conf import settings

from tests.access.trails import CADRE, FAMILIES, MAJENE, entry, several
from tests.looks import LOOKS
from tests.people import person, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BREACH = f"akun={CADRE.account}&dari=2026-03-01&sampai=2026-03-02"


@pytest.fixture
def sit(visit):
    """sit(width, height, scheme) -> Visit of the data protection officer of Kabupaten Majene."""

    def start(*size):
        here = visit(*size)
        cookie = signed_in(person("auditor", MAJENE)).cookies[settings.SESSION_COOKIE_NAME].value
        here.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": here.address}])
        return here

    return start


def pages():
    """Addresses of every page of the trail, with something to show."""
    several(60)
    made = entry(
        70, subjects=FAMILIES[:3], deed="number.reveal", why="memastikan orangnya", changes={"nik": (None, "1" * 16)}
    )  # fmt: skip
    return (
        "/jejak", "/jejak?wilayah=76.5", "/jejak?perihal=tidak-ada", f"/jejak/{made.pk}", "/jejak/kebocoran",
        f"/jejak/kebocoran?{BREACH}", f"/jejak/kebocoran/surat?{BREACH}",
        f"/jejak/kebocoran/surat?{BREACH}&orang={FAMILIES[0]}",
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_of_the_trail_is_clean(sit, width, height, scheme):
    addresses = pages()
    here = sit(width, height, scheme)
    found = {}
    for path in addresses:
        here.complaints.clear()
        here.open(path)
        said = [] if "76.5" in path else list(here.complaints)
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": said}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


def test_the_way_from_the_trail_to_a_letter(sit):
    pages()
    page = sit(360, 640).open("/jejak").page
    page.click("text=Daftar orang terdampak kebocoran")
    page.fill("main [name=akun]", str(CADRE.account))
    page.fill("main [name=dari]", "2026-03-01T00:00")
    page.fill("main [name=sampai]", "2026-03-02T00:00")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=9 keluarga dan orang")
    page.click("text=Draf surat >> nth=0")
    page.wait_for_selector("text=Pemberitahuan kegagalan pelindungan data pribadi")
    page.emulate_media(media="print")
    assert not page.is_visible(".note.no-print")
    assert page.is_visible("article.letter")

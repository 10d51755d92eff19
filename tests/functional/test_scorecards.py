"""Scorecards in a real browser: at both sizes, light and dark, without JavaScript, clean, within their budget."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.families import register
from tests.functional.test_families import low
from tests.looks import LOOKS, PHONE
from tests.people import person
from tests.scorecards import seed
from tests.scorecards.seed import KABUPATEN, KECAMATAN, VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUDGET = 100_000  # bytes, compressed, of a first visit
ONE = f"/rapor/desa/{VILLAGE}/indikator/F03"
PAGES = (
    f"/rapor/desa/{VILLAGE}", ONE, f"{ONE}/daftar", f"{ONE}/daftar?sisi=penyebut", f"/rapor/desa/{VILLAGE}/pengukuran",
    f"/rapor/wilayah/{KABUPATEN}?program=stunting", f"/rapor/wilayah/{KABUPATEN}/indikator/S01",
    f"/rapor/wilayah/{KECAMATAN}?program=health", "/rapor/?program=health", "/rapor/indikator/A07",
    "/rapor/indikator/S33", "/indikator/", "/indikator/?cari=stunting&hanya=dihitung", "/indikator/S01",
    "/rapor/wilayah/16?program=education", f"/rapor/desa/{VILLAGE}/diragukan",
    f"/rapor/wilayah/{KABUPATEN}/diragukan",
)  # fmt: skip


@pytest.fixture
def world(transactional_db):
    register.places(seed.world())
    return register.family(VILLAGE, people=[register.head(), register.child()])


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_is_clean(sit, world, width, height, scheme):
    here, found = sit(person("family_office", KABUPATEN), width, height, scheme), {}
    for path in PAGES:
        here.complaints.clear()
        here.open(path)
        here.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints), "low": low(here)}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


def test_a_planner_finds_the_worst_village_without_javascript(sit, world):
    page = sit(person("family_office", KABUPATEN), *PHONE, java_script_enabled=False).open("/rapor/").page
    page.get_by_role("link", name="Sumatera Selatan").first.click()
    page.get_by_role("link", name="Kabupaten Musi Rawas").first.click()
    page.get_by_label("Program").select_option("Stunting dan pendampingan")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("#peringkat")).to_have_text("Balita pendek (stunting, TB/U)")
    last = page.locator(".ranking tbody tr").last
    name = last.locator("a").inner_text()
    last.locator("a").click()
    expect(page.locator(".trail")).to_contain_text(name)
    expect(page.locator("h1")).to_have_text("Balita pendek (stunting, TB/U)")
    page.get_by_text("Rumus yang dijalankan").click()


def test_a_page_prints(sit, world):
    page = sit(person("family_office", KABUPATEN)).open(f"/rapor/desa/{VILLAGE}").page
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("path", PAGES[:8])
def test_a_first_visit_stays_within_the_budget(sit, world, path):
    here, sizes = sit(person("family_office", KABUPATEN)), []
    here.page.on("response", lambda response: sizes.append(weight(response)))
    here.open(path).page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < BUDGET


def weight(response):
    """As a server sends it: compressed."""
    return len(gzip.compress(response.body())) if response.status == 200 else 0

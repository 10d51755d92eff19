"""What people do: search, ask what if, filter, change language; by mouse, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    return seed.world()


def test_the_class_follows_a_change_at_once(visit, world):
    page = visit().open(f"/desa/{seed.MAIN}").page
    expect(page.locator("#jawab")).to_contain_text("Belum ada yang diubah")
    page.get_by_label("Pokja ada", exact=True).select_option("")
    expect(page.locator("#jawab")).to_contain_text("1 isian diubah")
    assert f"/desa/{seed.MAIN}/andaikan" in page.url
    page.reload()
    expect(page.locator("#jawab")).to_contain_text("1 isian diubah")
    page.get_by_role("link", name="Kembali ke keadaan sebenarnya").click()
    expect(page.locator("#jawab")).to_contain_text("Belum ada yang diubah")


def test_the_class_follows_by_keyboard(visit, world):
    page = visit().open(f"/desa/{seed.MAIN}").page
    page.get_by_label("Anggota Pokja").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("77")
    expect(page.locator("#jawab")).to_contain_text("Anggota Pokja")
    assert page.locator("#jawab").get_attribute("aria-live") == "polite"
    assert page.evaluate("document.activeElement.name") == "pokja_members"


def test_a_path_can_be_tried(visit, world):
    page = visit().open(f"/desa/{seed.MAIN}").page
    target = page.locator(".path .badge").first.inner_text().split("\n")[-1]
    page.get_by_role("link", name="Coba di Andaikan").first.click()
    assert target in page.locator("#jawab .badge.big").inner_text()


def test_search_as_you_type_by_keyboard(visit, world):
    page = visit().open("/wilayah/16").page
    page.keyboard.press("/")
    page.keyboard.type("surod")
    expect(page.locator("#cari-usul a").first).to_contain_text("Surodadi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Surodadi")


def test_escape_closes_the_suggestions(visit, world):
    page = visit().open("/").page
    page.locator("#cari").fill("surod")
    expect(page.locator("#cari-usul a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#cari-usul a")).to_have_count(0)
    page.locator("#cari").fill("suro")
    expect(page.locator("#cari-usul a").first).to_be_visible()
    page.locator("h1").click()
    expect(page.locator("#cari-usul a")).to_have_count(0)


def test_the_list_is_filtered_without_leaving_the_page(visit, world):
    page = visit().open("/wilayah/16.05").page
    page.get_by_label("Nama atau kode").fill("kalibening")
    expect(page.locator("#desa [role=status]")).to_contain_text("2 dari 20")
    assert "saring=kalibening" in page.url
    page.get_by_label("Urutkan").select_option("-kode")
    expect(page.locator("#desa tbody th").first).to_contain_text("Muara Lakitan")


def test_the_language_stays(visit, world):
    page = visit().open("/wilayah/16.05").page
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/wilayah/16.05")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Indonesia", exact=True).first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Bahasa Indonesia").click()
    assert page.locator("html").get_attribute("lang") == "id"


def test_the_skip_link_comes_first(visit, world):
    page = visit().open("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_everything_works_without_javascript(visit, world):
    page = visit(360, 640, java_script_enabled=False).open("/").page
    page.locator("#cari").fill("surodadi")
    page.locator("#cari").press("Enter")
    page.locator("main tbody a").first.click()
    assert "Surodadi" in page.locator("h1").inner_text()
    page.get_by_label("Pokja ada", exact=True).select_option("0")
    page.get_by_role("button", name="Hitung").click()
    assert "andaikan" in page.url
    page.get_by_role("link", name="Musi Rawas").click()
    page.get_by_label("Nama atau kode").fill("widodo")
    page.get_by_role("button", name="Saring").click()
    assert "2 dari 20" in page.locator("#desa").inner_text()


def test_a_page_prints_on_paper(visit, world):
    page = visit().open(f"/desa/{seed.MAIN}").page
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator(".find").is_visible()

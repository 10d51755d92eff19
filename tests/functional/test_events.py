"""Events in a real browser, on a phone of 360 px: a birth and a death are recorded, one of them is taken back."""

import pytest
from playwright.sync_api import expect

from balai.access.models import acting
from balai.families.models import Person
from balai.families.rules import Sex
from tests.events.lives import household, relations, the
from tests.families import register
from tests.families.register import HERE
from tests.looks import PHONE
from tests.people import person
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village(transactional_db):
    return register.places(seed.places())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_kader_records_a_birth_and_takes_it_back(sit, village, script):
    home = household()
    page = sit(person("cadre", HERE), *PHONE, java_script_enabled=script).open(f"/keluarga/{home.pk}").page
    page.get_by_role("link", name="Kelahiran").click()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    page.get_by_label("Tanggal kejadian").fill("2025-06-01")
    page.get_by_label("Nama bayi").fill("Kenanga")
    page.get_by_label("Perempuan").check()
    page.get_by_label("Siti Rahmawati").check()
    page.get_by_label("Tempat lahir").select_option("Fasilitas kesehatan")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_contain_text("“Kelahiran” sudah dicatat")
    expect(page.locator("section[aria-labelledby=orang]")).to_contain_text("Kenanga")
    assert "Kenanga" not in page.url
    page.get_by_role("button", name="Batalkan Kelahiran").click()
    expect(page.get_by_role("status")).to_contain_text("sudah dibatalkan")
    expect(page.locator("section[aria-labelledby=orang]")).not_to_contain_text("Kenanga")


def test_the_death_of_the_head_asks_who_is_head_now(sit, village):
    home = household()
    page = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/{home.pk}").page
    page.get_by_role("link", name="Kematian").click()
    page.get_by_label("Tanggal kejadian").fill("2025-06-01")
    page.get_by_role("group", name="Siapa yang meninggal?").get_by_label("Budi Santoso").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#id_new_head_error")).to_contain_text("Pilih siapa yang menjadi kepala keluarga")
    expect(page.get_by_role("group", name="Siapa yang meninggal?").get_by_label("Budi Santoso")).to_be_checked()
    page.get_by_role("group", name="Siapa kepala keluarga sekarang?").get_by_label("Siti Rahmawati").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("h1")).to_have_text("Keluarga Siti Rahmawati")
    assert relations(home) == {"Siti": "head", "Dimas": "child", "Ayu": "child"}


def test_a_bride_is_found_by_name(sit, village):
    home = household()
    other = household(register.head("Joko Widagdo", sex=Sex.MALE))
    page = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/{home.pk}/peristiwa/marriage").page
    page.get_by_role("group", name="Siapa yang menikah?").get_by_label("Ayu Lestari").check()
    page.get_by_label("Cari nama").fill("joko")
    page.get_by_role("button", name="Cari").click()
    page.get_by_label("Joko Widagdo").check()
    page.get_by_label("Tanggal kejadian").fill("2025-06-01")
    page.get_by_label("Tinggal dalam keluarga pasangannya").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_contain_text("“Perkawinan” sudah dicatat")
    assert relations(other) == {"Joko": "head", "Ayu": "spouse"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(sit, village, scheme):
    home = household()
    desk = sit(person("field_officer", register.KECAMATAN), *PHONE, scheme)
    kinds = ("birth", "death", "marriage", "divorce", "split", "returned")
    pages = [f"/keluarga/{home.pk}/peristiwa/{kind}" for kind in kinds]
    for path in (
        *pages,
        f"/peristiwa/desa/{HERE}",
        f"/peristiwa/desa/{HERE}/datang",
        f"/peristiwa/desa/{HERE}/kembali",
        f"/keluarga/{home.pk}",
    ):
        here = desk.open(path)
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        assert wrong == {"axe": [], "sideways": 0, "said": []}, path
    with acting(register.BY):
        assert Person.objects.count() == 4
    assert the("Ayu").gone_on is None

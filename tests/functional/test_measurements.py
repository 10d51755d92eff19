"""Measuring children in a real browser: at the scale with a telephone, and every page clean."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from balai.access.models import acting
from balai.measurements.models import Measurement
from tests.families import register
from tests.families.register import BY, HERE, RT1
from tests.functional.test_families import low
from tests.looks import LOOKS, PHONE
from tests.measurements.rows import baby, measure, today
from tests.people import person, signed_in
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = "form.sheet > ul > li"
LIST, SHEET = f"/balita/desa/{HERE}", f"/balita/desa/{HERE}/ukur"


@pytest.fixture
def village(transactional_db):
    return register.places(seed.places())


@pytest.fixture
def sit(visit):
    def start(*size, **options):
        here = visit(*size, **options)
        cookie = signed_in(person("cadre", HERE)).cookies[settings.SESSION_COOKIE_NAME].value
        here.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": here.address}])
        return here

    return start


def rows():
    with acting(BY):
        return list(Measurement.objects.in_order())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_kader_weighs_a_child_and_takes_it_back(sit, village, script):
    child = baby()
    here = sit(*PHONE, java_script_enabled=script).open(f"/keluarga/{child.family_id}")
    page = here.page
    page.get_by_role("link", name="Catat pengukuran Dimas Prasetyo").click()
    expect(page.get_by_label("Tanggal", exact=True)).to_have_value(today().isoformat())
    page.get_by_label("Berat (kg)").fill("9400")
    page.get_by_label("Panjang atau tinggi (cm)").fill("0,765")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".field.wrong").first).to_contain_text("Maksudnya 9,4 kg?")
    expect(page.get_by_label("Berat (kg)")).to_have_value("9400")
    page.get_by_role("button", name="Pakai angka yang ditawarkan").click()
    expect(page.locator(".lead")).to_contain_text("Pada pengukuran terakhir")
    assert here.overflows() == 0
    assert [str(row.weight_kg) for row in rows()] == ["9.40"]
    page.get_by_role("button", name="Batalkan simpanan itu").click()
    expect(page.locator(".lead")).to_contain_text("Belum ada pengukuran")
    assert rows() == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_posyandu_day_loses_nothing(sit, village, script):
    baby("Ani Lestari", 300)
    baby("Budi Santoso", 500)
    here = sit(*PHONE, java_script_enabled=script).open(LIST)
    page = here.page
    page.get_by_role("link", name="Hari posyandu").click()
    one, other = page.locator(ROWS).first, page.locator(ROWS).last
    one.get_by_label("Berat (kg)").fill("8,1")
    other.get_by_label("Berat (kg)").fill("98")
    other.get_by_label("Tinggi (cm)").fill("80,5")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 anak tersimpan")
    other = page.locator(ROWS).last
    expect(other).to_contain_text("Maksudnya 9,8 kg?")
    expect(other.get_by_label("Tinggi (cm)")).to_have_value("80,5")
    other.get_by_label("Berat (kg)").fill("9.8")
    other.get_by_label("Berat (kg)").press("Enter")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert sorted(str(row.weight_kg) for row in rows()) == ["8.10", "9.80"]


def everything():
    """Children of every kind; the addresses of all pages."""
    long = baby(("Muhammad " + "Panjang " * 8).strip(), days=1200, region=RT1)
    for ago in (400, 370, 60, 30, 0):
        measure(long, ago, "9.5", "85.5", muac_cm="13.5", head_cm="47", oedema=False, position="h")
    child = baby(days=600)
    for ago, weight in ((90, "8.2"), (60, "8.9"), (30, "22"), (1, "9.2")):
        row = measure(child, ago, weight, "76.5", position="l")
    baby("Tanpa Ukuran", days=10)
    return (
        f"/keluarga/{child.family_id}", f"/anak/{child.pk}/tumbuh", f"/anak/{long.pk}/tumbuh", f"/anak/{child.pk}/ukur",
        f"/ukuran/{row.pk}/ubah", LIST, f"{LIST}?hanya=merah", SHEET,
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_of_measurements_is_clean(sit, village, width, height, scheme):
    here, found = sit(width, height, scheme), {}
    for path in everything():
        here.complaints.clear()
        here.open(path)
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        wrong["low"] = [one for one in low(here) if 'type="checkbox"' not in one]  # its label is high enough
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []

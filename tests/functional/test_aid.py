"""Aid in a real browser: written down on a phone, proposals decided by keyboard, every page clean."""

import pytest
from playwright.sync_api import expect

from balai.access.models import acting
from balai.aid import actions
from balai.aid.models import Aid
from balai.aid.rules import AidFacts, Line
from tests.aid.test_listing import bring
from tests.facilities.test_actions import facility
from tests.families import register
from tests.families.register import AT, BY, HERE, KABUPATEN
from tests.functional.test_families import low
from tests.looks import DESK, LOOKS, PHONE
from tests.people import person
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NIK = register.nik(91)


@pytest.fixture
def village(transactional_db):
    return register.places(seed.places())


@pytest.fixture
def row(village):
    return register.family(people=[register.head(nik=NIK), register.child()])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_kader_records_aid_on_a_phone(sit, row, script):
    here = sit(person("cadre", HERE), *PHONE, java_script_enabled=script).open(f"/keluarga/{row.pk}")
    page = here.page
    page.get_by_role("link", name="Catat bantuan").click()
    page.get_by_label("Bantuan", exact=True).select_option("Program Indonesia Pintar (PIP)")
    page.get_by_label("Diterima sejak").fill("2025-07-14")
    page.get_by_label("Nilai sekali terima").fill("450.000")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".field.wrong")).to_contain_text("Pilih siapa yang menerimanya")
    expect(page.get_by_label("Nilai sekali terima")).to_have_value("450.000")
    page.get_by_label("Penerima").select_option("Dimas Prasetyo")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("section[aria-labelledby=bantuan]")).to_contain_text("Rp 450.000")
    assert here.overflows() == 0
    with acting(BY):
        assert Aid.objects.get().person.name == "Dimas Prasetyo"


def test_proposals_are_decided_by_keyboard(sit, row):
    born_on = register.head().born_on
    register.family(people=[register.head("Bambang Sutejo", born_on=born_on)])
    version = bring(
        Line(2, name="Sitti Rahmawati", born_on=born_on, decile=1), Line(3, name="Bambang Soetedjo", born_on=born_on),
        region=HERE,
    )  # fmt: skip
    page = sit(person("family_office", KABUPATEN), *DESK).open(f"/daftar-lain/{version.pk}/cocokkan").page
    expect(page.locator("main")).to_contain_text("Sitti Rahmawati")
    page.keyboard.press("y")
    expect(page.locator("main")).to_contain_text("Bambang Soetedjo")
    page.keyboard.press("u")
    expect(page.locator("main")).to_contain_text("Sitti Rahmawati")
    page.keyboard.press("n")
    expect(page.locator("main")).to_contain_text("Bambang Soetedjo")
    page.keyboard.press("n")
    expect(page.locator("main")).to_contain_text("Semua usulan sudah diputuskan")


def everything(row):
    """Something on every page; their addresses."""
    with acting(BY):
        told = {"by": BY, "at": AT, "family": row}
        one = actions.record_aid(**told, facts=AidFacts("pkh", from_on=AT.date(), amount=300_000, goods="beras 10 kg"))
        actions.record_aid(**told, facts=AidFacts("housing", "planned"))
    poor = register.family(people=[register.head("Ani " + "panjang " * 9, nik=register.nik(92), born_on=AT.date())])
    lines = (Line(2, nik=NIK, decile=2), Line(3, nik=register.nik(92), decile=1))
    version = bring(*lines, Line(4, name="Ani " + "panjang " * 9, born_on=AT.date()), region=HERE)
    with acting(BY):
        actions.apply_list(by=BY, at=AT, version=version)
    place = facility(services=("weighing",), address="Gang 2")
    facility(kind="hospital", name="Rumah sakit " + "panjang " * 9, outside=True, travel_km=40.5)
    assert poor.region == HERE
    aid, lists, facilities = f"/bantuan/{one.pk}", f"/daftar-lain/{version.pk}", f"/fasilitas/desa/{HERE}"
    return (
        f"/keluarga/{row.pk}", f"/bantuan/keluarga/{row.pk}/catat", f"{aid}/ubah", f"{aid}/akhiri",
        f"/bantuan/desa/{HERE}", f"/bantuan/desa/{HERE}?lihat=tanpa", f"/bantuan/desa/{HERE}/impor", "/daftar-lain/",
        "/daftar-lain/bawa", lists, f"{lists}/cocokkan", facilities, f"{facilities}/tambah", f"{facilities}/impor",
        f"/fasilitas/{place.pk}/ubah", f"/fasilitas/{place.pk}/tutup",
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_of_aid_and_facilities_is_clean(sit, row, width, height, scheme):
    here, found = sit(person("family_office", KABUPATEN), width, height, scheme), {}
    for path in everything(row):
        here.complaints.clear()
        here.open(path)
        here.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        wrong["low"] = [one for one in low(here) if 'type="checkbox"' not in one]  # its label is high enough
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []

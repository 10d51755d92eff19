"""Verification in a real browser: an officer verifies a list, a kader walks with a telephone and with paper."""

import pytest
from playwright.sync_api import expect

from balai.quality.rules import State
from tests.families import register
from tests.families.register import HERE, KECAMATAN, RT1, RT2
from tests.looks import DESK, PHONE
from tests.people import person
from tests.quality import records
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village(transactional_db):
    return register.places(seed.places())


def sound(here):
    """What is wrong with the page as it stands."""
    return [*here.axe(), *here.complaints, *here.strangers, here.overflows()]


def test_an_officer_verifies_a_list_and_takes_it_back(sit, village):
    rows = [records.family(RT1, "Siti Aminah"), records.family(RT2, "Budi Santoso")]
    here = sit(person("field_officer", KECAMATAN), *DESK).open("/periksa/")
    page = here.page
    assert sound(here) == [0]
    page.get_by_role("link", name="Surodadi").click()
    expect(page.locator("main")).to_contain_text("2 keluarga menunggu pengesahan Anda.")
    page.get_by_role("checkbox", name="Siti Aminah").check()
    page.get_by_role("checkbox", name="Budi Santoso").check()
    page.get_by_label("Berapa keluarga yang Anda tandai?").fill("1")
    page.get_by_role("button", name="Sahkan yang ditandai").click()
    expect(page.get_by_role("alert")).to_contain_text("menandai 2 keluarga, tetapi mengetik 1")
    expect(page.get_by_role("checkbox", name="Siti Aminah")).to_be_checked()
    page.get_by_label("Berapa keluarga yang Anda tandai?").fill("2")
    page.get_by_role("button", name="Sahkan yang ditandai").click()
    expect(page.get_by_role("status")).to_contain_text("2 keluarga disahkan.")
    assert [records.state(row) for row in rows] == [State.VERIFIED, State.VERIFIED]
    page.get_by_role("button", name="Batalkan", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("2 keputusan dibatalkan.")
    assert here.axe() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_cadre_walks_with_a_telephone(sit, village, scheme):
    row = records.family(RT1, "Siti Aminah", address="Gang Mawar 3")
    records.family(RT2, "Budi Santoso")
    records.sent_back(row, reason="Tanggal lahir anaknya keliru.")
    here = sit(person("cadre", HERE), *PHONE, scheme).open(f"/kunjungan/desa/{HERE}")
    page = here.page
    expect(page.locator("main")).to_contain_text("2 dari 2 keluarga perlu dikunjungi.")
    expect(page.locator("#perbaiki + p + ul")).to_contain_text("Tanggal lahir anaknya keliru.")
    assert sound(here) == [0]
    assert page.locator(".walk a.target").first.bounding_box()["height"] >= 48
    page.emulate_media(media="print")
    expect(page.locator(".walk .box").first).to_be_visible()
    expect(page.locator(".exports").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator(".walk").get_by_role("link", name="Siti Aminah").click()
    expect(page.locator("main")).to_contain_text("Perlu diperbaiki")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_figures_can_be_read_everywhere(sit, village, size):
    records.visited(records.family(RT1, "Siti Aminah"))
    row = records.family(RT2, "Budi Santoso")
    here = sit(person("field_officer", KECAMATAN), *size)
    figures, check = f"/mutu/desa/{HERE}", f"/periksa/desa/{HERE}"
    lists = (f"{figures}/betulkan", f"{figures}/keluarga?isi=janggal", f"/periksa/keluarga/{row.pk}/kembalikan")
    for path in ("/mutu/", figures, check, f"/keluarga/{row.pk}", *lists):
        assert sound(here.open(path)) == [0], path

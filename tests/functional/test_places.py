"""RT, RW and dusun of a village in a real browser: added, renamed, ended and opened again on a phone, by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.families import register
from tests.families.register import HERE, RT1
from tests.looks import PHONE
from tests.people import person
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(here):
    """What is wrong with the page as it stands."""
    return [*here.axe(), *here.complaints, *here.strangers, here.overflows()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_places_of_a_village_are_kept_on_a_phone(sit, transactional_db, scheme):
    register.places(seed.places())
    register.family(RT1)
    here = sit(person("village_editor", HERE), *PHONE, scheme=scheme).open(f"/keluarga/desa/{HERE}")
    page = here.page
    page.get_by_role("link", name="RT, RW, dan dusun").click()
    assert sound(here) == [0]
    page.get_by_role("radio", name="RW").check()
    page.get_by_label("Nomor atau nama").fill("4")
    page.get_by_role("button", name="Tambah", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("RW 04 sudah ditambahkan.")
    page.get_by_role("link", name="Ganti nama RW 04").click()
    assert sound(here) == [0]
    page.get_by_label("Nama baru").fill("5")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status")).to_contain_text("Namanya sekarang RW 05.")
    page.get_by_role("button", name="Akhiri RT 2").click()
    expect(page.get_by_role("status")).to_contain_text("RT 2 sudah berakhir.")
    assert sound(here) == [0]
    page.get_by_role("button", name="Buka lagi RT 2").click()
    expect(page.get_by_role("status")).to_contain_text("RT 2 berlaku lagi.")
    expect(page.get_by_role("button", name="Akhiri RT 1")).to_have_count(0)

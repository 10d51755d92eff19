"""A person comes with a request: on a phone, by keyboard and without JavaScript; every page clean for axe."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from balai.access.models import acting
from balai.privacy import actions
from tests import people
from tests.families import register
from tests.looks import LOOKS
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = register.AT
LONG = "alasan yang cukup panjang"


@pytest.fixture
def siti(transactional_db):
    register.places(seed.places())
    return register.head_of(register.family(people=[register.head("Siti Aminah"), register.child()]))


@pytest.fixture
def officer(siti):
    return people.person("field_officer", register.KECAMATAN, name="Bu Ratna")


def sign_in(here, account):
    """The browser of `here` in the session of the account."""
    cookie = people.signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    here.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": here.address}])
    return here


def requests(person):
    """One request of every kind and state; their ids."""
    made = []
    with acting(register.BY):
        for kind in ("access", "correction", "restriction", "erasure", "objection"):
            request = actions.receive_request(
                by=register.BY, at=AT, person=person, kind=kind, proof="known", guardian_name="Ibu Wali",
                guardian_relation="mother", note="namanya salah tulis",
            )  # fmt: skip
            if kind in ("access", "correction", "restriction"):
                actions.grant_request(by=register.BY, at=AT, request=request, reason=LONG)
            if kind == "objection":
                actions.refuse_request(by=register.BY, at=AT, request=request, reason=LONG)
            made.append(request.pk)
            if kind == "restriction":
                actions.lift_restriction(by=register.BY, at=AT, request=request, reason=LONG)
    return made


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_of_the_desk_is_clean(visit, siti, officer, width, height, scheme):
    made = requests(siti)
    here = sign_in(visit(width, height, scheme), officer)
    paths = ["/hak-warga/", "/hak-warga/baru", f"/hak-warga/baru/{siti.pk}", "/hak-warga/pemrosesan",
             "/akun/data", *(f"/hak-warga/{pk}" for pk in made), f"/hak-warga/{made[-1]}/surat"]  # fmt: skip
    found = {}
    for path in paths:
        here.complaints.clear()
        here.open(path)
        assert here.page.locator("h1").count() == 1, path
        here.page.evaluate("document.querySelectorAll('details:not(.who-menu)').forEach(one => { one.open = true })")
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


def test_targets_on_a_phone_are_large_enough(visit, siti, officer):
    made = requests(siti)
    here = sign_in(visit(360, 640), officer)
    for path in ("/hak-warga/", f"/hak-warga/baru/{siti.pk}", f"/hak-warga/{made[3]}", "/hak-warga/pemrosesan"):
        low = here.open(path).page.evaluate(
            """() => [...document.querySelectorAll('main button, main .button, main select, main textarea,'
                + 'main summary, main .tick, main tbody a,'
                + 'main input:not([type=hidden]):not([type=radio]):not([type=checkbox])')]
            .filter(one => one.offsetHeight && one.getBoundingClientRect().height < 47.5)
            .map(one => one.outerHTML.slice(0, 80))"""
        )
        assert low == [], path


@pytest.mark.parametrize("script", [True, False])
def test_a_request_goes_from_the_door_to_the_letter(visit, siti, officer, script):
    page = sign_in(visit(360, 640, java_script_enabled=script), officer).open("/hak-warga/").page
    page.get_by_role("link", name="Terima permintaan").click()
    page.get_by_label("Nama, sedikitnya 3 huruf").fill("aminah")
    page.locator("main").get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Siti Aminah").click()
    page.get_by_label("Membatasi pemakaian data").check()
    page.get_by_label("Menunjukkan Kartu Keluarga").check()
    page.get_by_role("button", name="Simpan permintaan").click()
    expect(page.locator(".lead")).to_contain_text("harus dijawab dalam")
    page.get_by_label("Kabulkan").check()
    page.locator("#alasan").fill("ia mencabut persetujuannya")
    page.get_by_role("button", name="Simpan putusan").click()
    expect(page.locator(".lead")).to_contain_text("Selesai dilaksanakan")
    page.get_by_role("link", name="Surat jawaban").click()
    expect(page.locator("main")).to_contain_text("ia mencabut persetujuannya")


def test_a_mistake_is_told_and_keeps_what_was_typed(visit, siti, officer):
    page = sign_in(visit(360, 640), officer).open(f"/hak-warga/baru/{siti.pk}").page
    page.get_by_label("Memperbaiki data").check()
    page.get_by_label("Menunjukkan Kartu Keluarga").check()
    page.get_by_label("Hubungannya").select_option("mother")
    page.get_by_label("Catatan").fill("lahirnya salah")
    page.get_by_role("button", name="Simpan permintaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Isi nama dan hubungan")
    expect(page.get_by_label("Catatan")).to_have_value("lahirnya salah")


def test_the_letter_and_the_register_print_on_paper(visit, siti, officer):
    made = requests(siti)
    here = sign_in(visit(), officer)
    for path in (f"/hak-warga/{made[-1]}/surat", "/hak-warga/pemrosesan"):
        assert here.open(path).page.pdf(format="A4").startswith(b"%PDF")

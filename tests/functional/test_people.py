"""Officers at work in a real browser: inviting downwards, suspending, handing over; every page at both sizes."""

import re

import pytest
from django.conf import settings

from balai.accounts.models import Account, Grant
from tests.accounts.seed import AT, SIBLING, VILLAGE, lay_out
from tests.looks import LOOKS
from tests.people import granted, person, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sit(visit, account, width=1280, height=800, scheme="light"):
    """A browser in which the account is signed in."""
    here = visit(width, height, scheme)
    kept = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    here.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kept, "url": here.address}])
    return here


def invite(here, name, role, region):
    page = here.open("/petugas/baru").page
    page.fill("#id_name", name)
    page.select_option("#id_role", role)
    page.fill("#id_region", region)
    page.click("main button[type=submit]")
    assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page.inner_text("main .code"))
    return Account.objects.get(name=name)


def test_an_office_invites_an_officer_who_invites_a_cadre(visit):
    lay_out()
    office = sit(visit, person("family_office", "16.05", name="Dinas"), 360)
    officer = invite(office, "Rahma PKB", "field_officer", "16.05.01")
    assert office.overflows() == 0
    pkb = sit(visit, officer, 360)
    cadre = invite(pkb, "Siti Kader", "cadre", f"{VILLAGE} Surodadi")
    assert Grant.objects.get(account=cadre).given_by == f"account:{officer.pk}"
    page = pkb.open(f"/petugas/{cadre.pk}").page
    page.click("text=Tangguhkan akun")
    page.fill("#suspend", "hp hilang")
    page.click("button:text-is('Tangguhkan')")
    assert "ditangguhkan sejak" in page.inner_text("main .lead")
    page.fill("#resume", "sudah ketemu")
    page.click("text=Pulihkan akun")
    assert "belum pernah masuk" in page.inner_text("main .lead")
    assert pkb.complaints == office.complaints == []


def test_an_officer_hands_over_what_a_cadre_held(visit):
    lay_out()
    former, successor = person("cadre", VILLAGE, name="Lama"), person("cadre", SIBLING, name="Baru")
    here = sit(visit, person("field_officer", "16.05.01"), 360)
    page = here.open(f"/petugas/{former.pk}/serah-terima").page
    page.fill("#id_successor", successor.username)
    page.fill("#id_reason", "pindah rumah")
    page.click("button:text-is('Serahkan')")
    assert "dipegang Baru" in page.inner_text("main .lead")
    assert here.axe() == []
    assert set(successor.grants.values_list("region", flat=True)) == {VILLAGE, SIBLING}


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_is_clean(visit, width, height, scheme):
    lay_out()
    officer = person("field_officer", "16.05.01")
    account = person("cadre", VILLAGE, name="Ani", phone="+6281234567890")
    granted(account, "companion", SIBLING, ended_at=AT, ended_by="operator:test", ended_reason="pindah")
    shut = person("cadre", VILLAGE, suspended_at=AT, suspended_by="operator:test", suspended_reason="hp hilang")
    here = sit(visit, officer, width, height, scheme)
    found = {}
    for path in (
        "/petugas/", "/petugas/?q=zzz", "/petugas/baru", "/petugas/impor", f"/petugas/{account.pk}",
        f"/petugas/{shut.pk}", f"/petugas/{account.pk}/ubah", f"/petugas/{account.pk}/penugasan",
        f"/petugas/{account.pk}/pindah", f"/petugas/{account.pk}/serah-terima", "/peran",
    ):  # fmt: skip
        here.complaints.clear()
        here.open(path)
        here.page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mistake_and_a_list_looked_at_are_clean_too(visit, scheme):
    lay_out()
    here = sit(visit, person("field_officer", "16.05.01"), 360, 640, scheme)
    here.open("/petugas/baru").page.click("main button[type=submit]")
    assert "Belum tersimpan." in here.page.inner_text("main")
    assert (here.axe(), here.overflows()) == ([], 0)
    head, row = "Nama,Peran,Wilayah\n", f"Siti,Kader,{VILLAGE}\nBudi,raja,{VILLAGE}\n"
    sent = {"name": "kader.csv", "mimeType": "text/csv", "buffer": (head + row).encode()}
    here.open("/petugas/impor").page.set_input_files("#berkas", sent)
    here.page.click("main button:text-is('Periksa')")
    assert "bukan peran" in here.page.inner_text("main")
    assert (here.axe(), here.overflows()) == ([], 0)
    here.page.click("button:text-is('Terapkan')")
    assert "cetak atau bacakan sekarang" in here.page.inner_text("main .lead")
    assert (here.axe(), here.overflows()) == ([], 0)

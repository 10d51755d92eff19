"""A list is asked for, approved by a second officer and fetched; on a phone, without JavaScript, clean for axe."""

import csv
import re
from pathlib import Path

import pytest
import pyzipper
from django.conf import settings
from playwright.sync_api import expect

from balai.exports.models import Export
from tests import people
from tests.exports import taking
from tests.families import register
from tests.functional.test_privacy import sign_in
from tests.jobs import run_jobs
from tests.looks import LOOKS
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(transactional_db, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "EXPORTS", tmp_path / "exports")
    register.places(seed.places())
    taking.home("Siti Aminah")
    return people.person("field_officer", register.KECAMATAN, name="Bu Ratna")


@pytest.fixture
def second(officer):
    return people.person("family_office", register.KABUPATEN, name="Pak Joko")


@pytest.mark.parametrize("script", [True, False])
def test_a_number_in_full_goes_through_a_second_officer(visit, officer, second, script):
    page = sign_in(visit(360, 640, java_script_enabled=script), officer).open(f"/keluarga/desa/{register.HERE}").page
    page.locator("main").get_by_role("link", name="Unduhan").click()
    page.get_by_role("link", name="Anggota keluarga", exact=True).click()
    page.get_by_label("NIK lengkap (data khusus)").check()
    page.get_by_label("Dipakai untuk apa").fill("pemadanan dengan puskesmas")
    page.get_by_role("button", name="Hitung dahulu").click()
    expect(page.get_by_role("status")).to_contain_text("Data 2 orang. Perlu persetujuan petugas kedua")
    page.get_by_role("button", name="Minta unduhan").click()
    expect(page.locator(".lead")).to_contain_text("menunggu persetujuan petugas kedua")

    other = sign_in(visit(360, 640, java_script_enabled=script), second).open("/unduhan/").page
    other.get_by_role("link", name="1 permintaan menunggu persetujuan Anda").click()
    other.get_by_role("link", name="Anggota keluarga").click()
    expect(other.locator("main")).to_contain_text("pemadanan dengan puskesmas")
    other.get_by_label("Setujui").check()
    other.get_by_role("button", name="Simpan putusan").click()
    expect(other.locator("main")).to_contain_text("Tidak ada yang menunggu")
    run_jobs()

    page.reload()
    page.get_by_role("button", name="Tampilkan kata sandi").click()
    password = page.locator("main code").inner_text()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Unduh berkas").click()
    assert re.fullmatch(rf"anggota-{register.HERE}\.zip", coming.value.suggested_filename)
    with pyzipper.AESZipFile(Path(coming.value.path())) as packed:
        packed.setpassword(password.encode())
        assert "Siti Aminah" in packed.read("anggota.csv").decode()
    page.reload()
    expect(page.locator("main code")).to_have_count(0)


def exports(officer):
    """One of every state, of this officer or of another."""
    closed = {"columns": ["called", "card_full"], "needs_approval": True}
    other = taking.account()
    made = [
        taking.row_of(officer, rows=7, written=3),
        taking.row_of(officer, state="ready", file="x", size=2000, ready_at=taking.AT, ends_at=taking.AT),
        taking.row_of(officer, state="stopped", stopped_said={"message": "Terhenti.", "params": {}}),
        taking.row_of(officer, state="waiting", unusual=True, **closed),
        taking.row_of(other, state="waiting", **closed),
        taking.row_of(officer, state="refused", refused_at=taking.AT, refused_by="x", refused_reason="y", **closed),
    ]  # fmt: skip
    ready = taking.row_of(
        officer, state="ready", file="y", size=2000, ready_at=taking.AT, ends_at=taking.AT, approved_at=taking.AT,
        approved_by=f"account:{other.pk}", fetched_at=taking.AT, fetched=2, **closed,
    )  # fmt: skip
    ready.hold("rahasia")
    ready.save()
    return [*made, ready]


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_is_clean(visit, officer, width, height, scheme):
    made = exports(officer)
    here = sign_in(visit(width, height, scheme), officer)
    paths = ["/unduhan/", f"/unduhan/desa/{register.HERE}", "/unduhan/baru/keluarga", "/unduhan/baru/jawaban-anggota",
             "/unduhan/persetujuan", *(f"/unduhan/{one.pk}" for one in made)]  # fmt: skip
    found = {}
    for path in paths:
        here.complaints.clear()
        here.open(path)
        assert here.page.locator("h1").count() == 1, path
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


def test_targets_on_a_phone_are_large_enough(visit, officer):
    made = exports(officer)
    here = sign_in(visit(360, 640), officer)
    for path in ("/unduhan/", "/unduhan/baru/anggota", *(f"/unduhan/{one.pk}" for one in made)):
        low = here.open(path).page.evaluate(
            """() => [...document.querySelectorAll('main button, main .button, main select, main textarea,'
                + 'main summary, main tbody a, main ul.plain a, main .chips label,'
                + 'main input:not([type=hidden]):not([type=radio]):not([type=checkbox])')]
            .filter(one => one.offsetHeight && one.getBoundingClientRect().height < 47.5)
            .map(one => one.outerHTML.slice(0, 80))"""
        )
        assert low == [], path


def test_a_mistake_keeps_what_was_typed(visit, officer):
    page = sign_in(visit(360, 640), officer).open("/unduhan/baru/anggota").page
    page.get_by_label("NIK lengkap (data khusus)").check()
    page.get_by_label("Dipakai untuk apa").fill("rapat")
    page.get_by_role("button", name="Hitung dahulu").click()
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    expect(page.get_by_label("Dipakai untuk apa")).to_have_value("rapat")
    expect(page.get_by_label("NIK lengkap (data khusus)")).to_be_checked()
    assert not Export.objects.exists()


@pytest.fixture
def leaked(officer, settings):
    """The row of nobody in a file that was taken along."""
    export = taking.written(officer, taking.wish("members", columns=("person", "name", "place")), settings.EXPORTS)
    with (settings.EXPORTS / export.file).open(encoding="utf-8-sig", newline="") as file:
        return next(row for row in csv.reader(file) if row and taking.is_planted(row))


@pytest.mark.parametrize("script", [True, False])
def test_a_row_found_outside_leads_to_who_took_it(visit, leaked, script):
    auditor = people.person("auditor", register.KABUPATEN, name="Pak Dpo")
    page = sign_in(visit(360, 640, java_script_enabled=script), auditor).open("/jejak/kebocoran").page
    page.get_by_role("link", name="Ada potongan berkas yang ditemukan di luar?").click()
    page.get_by_label("Yang ditemukan").fill(";".join(leaked))
    page.get_by_role("button", name="Cari asalnya").click()
    expect(page.locator("main")).to_contain_text("Pasti: nomor atau kode itu hanya ada di unduhan ini.")
    expect(page.locator("main")).to_contain_text("Bu Ratna")
    expect(page.get_by_label("Yang ditemukan")).to_have_value(";".join(leaked))
    page.get_by_label("Yang ditemukan").fill("Siti Aminah")
    page.get_by_role("button", name="Cari asalnya").click()
    expect(page.get_by_role("status")).to_contain_text("Tidak ada baris penanda di dalamnya")
    page.get_by_role("link", name="Kebocoran").click()


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_the_page_of_a_leak_is_clean(visit, leaked, width, height, scheme):
    here = sign_in(visit(width, height, scheme), people.person("auditor", register.KABUPATEN))
    for found in ("", f"{leaked[1]} lain", ";".join(leaked), "x"):
        here.complaints.clear()
        here.open("/unduhan/asal")
        here.page.get_by_label("Yang ditemukan").fill(found)
        here.page.get_by_role("button", name="Cari asalnya").click()
        here.page.wait_for_load_state()
        said = [one for one in here.complaints if found or "422" not in one]
        assert (here.axe(), here.overflows(), said) == ([], 0, []), found
    assert here.strangers == []

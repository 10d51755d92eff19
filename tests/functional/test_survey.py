"""The survey in a real browser: a kader fills blocks on a phone, loses the connection, comes back to what was typed."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from balai.access.models import acting
from balai.survey.models import Draft, Housing, PlanningAnswers
from tests.families import register
from tests.families.register import HERE
from tests.looks import DESK, LOOKS, PHONE
from tests.people import person, signed_in
from tests.reports import seed
from tests.survey.asking import couple

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village(transactional_db):
    return register.places(seed.places())


@pytest.fixture
def sit(visit):
    """sit(account, width, height, scheme, **options) -> Visit in which the account is signed in."""

    def start(account, *size, **options):
        here = visit(*size, **options)
        cookie = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
        here.page.set_default_timeout(10_000)
        here.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": here.address}])
        return here

    return start


def question(page, item):
    return page.locator(f'.q[data-item="{item}"]')


def choice(page, item, words):
    """Its label begins with the number of its code."""
    return question(page, item).get_by_label(re.compile(rf"^[\d–]*{re.escape(words)}$"))


def choose(page, item, words):
    choice(page, item, words).check()


def test_a_kader_fills_the_house_on_a_phone_and_takes_it_back(sit, village):
    family = couple()
    page = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/{family.pk}").page
    page.get_by_role("link", name="Isi atau ubah Rumah").click()
    for item, words in (
        ("roof", "Genteng"), ("wall", "Tembok"), ("floor", "Semen"), ("water", "Sumur terlindung"),
        ("latrine", "Jamban sendiri dengan tangki septik"), ("tenure", "Milik sendiri"),
    ):  # fmt: skip
        choose(page, item, words)
    question(page, "occupants").locator("input").fill("3")
    expect(page.locator(".progress")).to_have_text("7 dari 10 terisi")
    expect(page.locator("#tersimpan")).to_contain_text("Isian Anda tersimpan sementara pukul")
    expect(question(page, "occupants")).to_contain_text("lebih sedikit daripada anggota keluarga")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("ada jawaban yang jarang terjadi")
    page.get_by_label("Jawaban yang ditandai memang benar").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".saved")).to_contain_text("Rumah: 7 jawaban")
    expect(page.locator("main")).to_contain_text("Sumur terlindung")
    with acting(register.BY):
        assert Housing.objects.get().values["occupants"] == 3
        assert not Draft.objects.filter(saved_at=None).exists()
    page.get_by_role("button", name="Batalkan simpanan ini").click()
    expect(page.locator("main")).to_contain_text("Belum ada jawaban.")
    with acting(register.BY):
        assert not Housing.objects.exists()


def test_only_what_follows_from_the_answers_is_asked(sit, village):
    family = couple()
    here = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/{family.pk}/pendataan/kb/isi")
    page = here.page
    expect(question(page, "uses_method")).to_be_hidden()
    choose(page, "pregnant", "Tidak")
    expect(question(page, "weeks")).to_be_hidden()
    choose(page, "uses_method", "Ya")
    expect(question(page, "not_using")).to_be_hidden()
    choose(page, "method", "Suntik")
    choose(page, "pregnant", "Ya")
    expect(question(page, "method")).to_be_hidden()
    expect(page.locator(".progress")).to_have_text("1 dari 6 terisi")
    choose(page, "pregnant", "Tidak")
    expect(choice(page, "method", "Suntik")).to_be_checked()
    page.get_by_role("button", name="Simpan, lalu Kehidupan keluarga").click()
    expect(page.locator("h1")).to_have_text("Kehidupan keluarga")
    with acting(register.BY):
        assert PlanningAnswers.objects.get().values == {"pregnant": 2, "uses_method": 1, "method": 5}
    assert here.complaints == []


def test_a_lost_connection_is_told_and_nothing_is_lost(sit, village):
    family, kader = couple(), person("cadre", HERE)
    address = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    page = sit(kader, *PHONE).open(address).page
    choose(page, "water", "Air hujan")
    expect(page.locator("#tersimpan")).to_contain_text("tersimpan sementara")
    page.context.set_offline(True)
    choose(page, "roof", "Genteng")
    expect(page.locator("#tersimpan")).to_contain_text("sambungan terputus")
    page.context.set_offline(False)
    expect(page.locator("#tersimpan")).to_contain_text("tersimpan sementara")
    page.reload()
    expect(page.locator(".saved")).to_contain_text("dimuat kembali")
    expect(choice(page, "roof", "Genteng")).to_be_checked()
    elsewhere = sit(kader, *DESK).open(address).page
    expect(choice(elsewhere, "water", "Air hujan")).to_be_checked()
    elsewhere.get_by_role("button", name="Buang isian itu").click()
    expect(choice(elsewhere, "water", "Belum diisi")).to_be_checked()


def test_two_kader_overtake_each_other_and_both_answers_are_shown(sit, village):
    family = couple()
    address = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    first, second = (sit(person("cadre", HERE), *PHONE).open(address).page for _kader in range(2))
    choose(first, "water", "Air hujan")
    choose(second, "water", "Sumur terlindung")
    first.get_by_role("button", name="Simpan", exact=True).click()
    expect(first.locator(".saved")).to_contain_text("Tersimpan.")
    second.get_by_role("button", name="Simpan", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("jawaban lain sudah disimpan")
    expect(question(second, "water")).to_contain_text("Tersimpan sekarang: Air hujan")
    expect(choice(second, "water", "Sumur terlindung")).to_be_checked()
    second.get_by_role("button", name="Simpan", exact=True).click()
    expect(second.locator("main")).to_contain_text("Sumur terlindung")


def test_the_keyboard_is_enough(sit, village):
    family = couple()
    page = sit(person("cadre", HERE), *DESK).open(f"/keluarga/{family.pk}/pendataan/rumah/isi").page
    choice(page, "roof", "Belum diisi").focus()
    page.keyboard.press("2")
    expect(choice(page, "roof", "Genteng")).to_be_checked()
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    expect(choice(page, "wall", "Tembok")).to_be_checked()
    question(page, "floor_area").locator("input").focus()
    page.keyboard.type("36")
    page.keyboard.press("Enter")
    page.keyboard.type("4")
    expect(question(page, "floor_area").locator("input")).to_have_value("36")
    expect(question(page, "occupants").locator("input")).to_have_value("4")
    page.goto(page.url.replace("rumah", "anggota"))
    schooling = page.locator('.q[data-item="schooling"]').first
    schooling.get_by_label("Belum diisi").focus()
    page.keyboard.press("1")
    page.keyboard.press("0")
    expect(schooling.get_by_label("Tamat kuliah")).to_be_checked()


def test_without_script_everything_is_asked_and_the_server_leaves_out_what_is_not(sit, village):
    family = couple()
    page = sit(person("cadre", HERE), *PHONE, java_script_enabled=False).open(
        f"/keluarga/{family.pk}/pendataan/kb/isi"
    ).page  # fmt: skip
    choose(page, "pregnant", "Ya")
    choose(page, "method", "Pil")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".saved")).to_contain_text("Keluarga berencana: 1 jawaban")
    with acting(register.BY):
        assert PlanningAnswers.objects.get().values == {"pregnant": 1}


PAGES = (
    "pendataan/anggota", "pendataan/anggota/isi", "pendataan/kb", "pendataan/kb/isi", "pendataan/kehidupan/isi",
    "pendataan/rumah?hari=2025-01-01", "pendataan/rumah/isi", "pendataan/cetak", "",
)  # fmt: skip


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_is_clean(sit, village, width, height, scheme):
    family = couple()
    here, found = sit(person("cadre", HERE), width, height, scheme), {}
    for path in [f"/keluarga/{family.pk}/{page}".rstrip("/") for page in PAGES] + [
        f"/keluarga/desa/{HERE}/formulir-kosong"
    ]:
        here.complaints.clear()
        here.open(path)
        here.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints)}
        found[re.sub(r"[0-9a-f-]{36}", "…", path)] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


def test_targets_on_a_phone_are_large_enough(sit, village):
    family = couple()
    here = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/{family.pk}/pendataan/rumah/isi")
    low = here.page.evaluate(
        """() => [...document.querySelectorAll(
            'main button, main summary, .choices label, main input:not([type=hidden]):not([type=radio])'
        )].filter(one => one.offsetHeight && one.getBoundingClientRect().height < 47.5)
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert low == []

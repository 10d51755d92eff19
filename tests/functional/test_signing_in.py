"""Signing in as people do, on a small telephone: password and code, passkey, device and PIN."""

import pytest
from allauth.mfa.models import Authenticator

from balai.accounts.models import Enrolment
from tests.accounts.signing import PASSWORD, code, with_generator, with_password
from tests.people import person, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VILLAGE = "16.05.02.2001"
PIN, OTHER_PIN = "274916", "583016"
SCHEMES = ("light", "dark")


def phone(visit, scheme="light"):
    return visit(360, 640, scheme)


def fill(here, **typed):
    for name, text in typed.items():
        here.page.fill(f'main [name="{name}"]', text)


def press(here, label):
    here.page.click(f'main button:has-text("{label}"):visible')
    here.page.wait_for_load_state("load")


def with_password_at(here, account):
    here.open("/masuk/")
    fill(here, login=account.username, password=PASSWORD)
    here.page.click("main form.entry:not([data-passkey]) button.main")
    here.page.wait_for_load_state("load")


def clean(here):
    assert here.axe() == []
    assert here.overflows() == 0


def virtual_authenticator(here):
    """A finger sensor that always agrees."""
    session = here.page.context.new_cdp_session(here.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                     "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip


def test_password_and_code(visit):
    account = with_password()
    with_generator(account)
    here = phone(visit)
    with_password_at(here, account)
    assert here.page.url.endswith("/masuk/faktor-kedua")
    fill(here, code=code())
    press(here, "Masuk")
    assert here.page.url.endswith("/akun/")
    assert "OPD-KB" in here.page.inner_text("main")
    here.page.click(".who-menu summary")
    here.page.click('.who-menu button:has-text("Keluar")')
    here.page.wait_for_load_state("load")
    here.open("/akun/")
    assert "/masuk/" in here.page.url


def test_setting_up_a_code_generator_and_keeping_the_recovery_codes(visit):
    account = with_password()
    here = phone(visit)
    with_password_at(here, account)
    here.open("/petugas/")
    assert here.page.url.endswith("/akun/faktor-kedua")
    clean(here)
    here.page.click("text=Aplikasi kode di ponsel")
    here.page.wait_for_load_state("load")
    clean(here)
    fill(here, code=code(seed=here.page.inner_text(".secret")))
    press(here, "Pasang")
    assert len(here.page.query_selector_all(".codes li")) == 10
    clean(here)
    here.open("/petugas/")
    assert here.page.url.endswith("/petugas/")


def test_a_passkey_is_added_and_signs_in_alone_and_as_the_second_factor(visit):
    account = with_password()
    here = phone(visit)
    virtual_authenticator(here)
    with_password_at(here, account)
    here.open("/akun/faktor-kedua/kunci-sandi")
    clean(here)
    fill(here, name="Ponsel kantor")
    press(here, "Pasang kunci sandi")
    here.page.wait_for_url("**/kode-cadangan")
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1
    assert here.page.context.cookies()
    here.open("/keluar/")
    press(here, "Keluar")
    here.open("/masuk/")
    here.page.click('main button:has-text("Masuk dengan kunci sandi")')
    here.page.wait_for_url("**/akun/")
    assert "OPD-KB" in here.page.inner_text("main")
    here.open("/akun/faktor-kedua")
    assert "Ponsel kantor" in here.page.inner_text("main")
    clean(here)
    here.open("/keluar/")
    press(here, "Keluar")
    with_password_at(here, account)
    here.page.click('main button:has-text("Pakai kunci sandi")')
    here.page.wait_for_url("**/akun/")
    assert here.complaints == []


def test_a_refused_passkey_says_so(visit):
    here = phone(visit)
    here.page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('refused'))")
    here.open("/masuk/")
    here.page.click('main button:has-text("Masuk dengan kunci sandi")')
    here.page.wait_for_selector(".passkey .notice:visible")
    clean(here)


def test_showing_a_passkey_again_before_a_change(visit):
    account = with_password()
    here = phone(visit)
    virtual_authenticator(here)
    with_password_at(here, account)
    here.open("/akun/faktor-kedua/kunci-sandi")
    press(here, "Pasang kunci sandi")
    here.page.wait_for_url("**/kode-cadangan")
    here.open("/akun/ulang/kunci-sandi?next=/akun/kata-sandi")
    clean(here)
    press(here, "Pakai kunci sandi")
    here.page.wait_for_url("**/akun/kata-sandi")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_telephone_is_enrolled_and_two_kaders_change_over_on_it(visit, tree, scheme):
    desk = signed_in(person("village_editor", VILLAGE))
    siti, dewi = person("cadre", VILLAGE, name="Siti Aminah"), person("cadre", VILLAGE, name="Dewi Lestari")
    here = phone(visit, scheme)
    for account, pin in ((siti, PIN), (dewi, OTHER_PIN)):
        here.open("/perangkat/daftar")
        clean(here)
        shown = desk.post(f"/petugas/{account.pk}/perangkat/kode").context["code"]
        fill(here, kode=shown, pin=pin, ulang=pin)
        press(here, "Daftarkan ponsel ini")
    assert here.page.url.endswith("/pin")
    clean(here)
    here.page.check(f'input[value="{Enrolment.objects.get(account=siti).pk}"]')
    fill(here, pin=PIN)
    press(here, "Masuk")
    assert here.page.inner_text("h1") == "Siti Aminah"
    clean(here)
    here.page.click(".who-menu summary")
    clean(here)
    here.page.click(".who-menu >> text=Ganti orang")
    here.page.wait_for_load_state("load")
    here.page.check(f'input[value="{Enrolment.objects.get(account=dewi).pk}"]')
    fill(here, pin="000000")
    press(here, "Masuk")
    assert "Sisa percobaan: 4" in here.page.inner_text("main")
    fill(here, pin=OTHER_PIN)
    press(here, "Masuk")
    assert here.page.inner_text("h1") == "Dewi Lestari"
    low = here.page.evaluate(
        """() => [...document.querySelectorAll('main button, main a.button, .who-menu summary, main input')]
        .filter(one => one.offsetHeight && one.getBoundingClientRect().height < 47.5).map(one => one.outerHTML)"""
    )
    assert low == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_pages_before_signing_in_are_clean(visit, scheme):
    here = phone(visit, scheme)
    for page in ("/masuk/", "/undangan", "/perangkat/daftar", "/pin", "/persiapan", "/masuk/ditangguhkan"):
        clean(here.open(page))
    account = with_password()
    for _try in range(6):
        here.open("/masuk/")
        fill(here, login=account.username, password="bukan ini")
        here.page.click("main form.entry:not([data-passkey]) button.main")
        here.page.wait_for_load_state("load")
    assert "Terlalu banyak percobaan" in here.page.inner_text("h1")
    clean(here)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_officers_page_about_a_persons_ways_in_is_clean(visit, tree, live_server, scheme):
    officer, kader = person("field_officer", "16.05.02"), person("cadre", VILLAGE)
    here = phone(visit, scheme)
    here.page.context.add_cookies(
        [{"name": "sesi", "value": signed_in(officer).cookies["sesi"].value, "url": live_server.url}]
    )
    for page in (f"/petugas/{kader.pk}/perangkat", "/akun/", "/akun/kata-sandi", "/keluar/", "/akun/faktor-kedua"):
        if "kata-sandi" not in page:
            clean(here.open(page))
    here.open(f"/petugas/{kader.pk}/perangkat")
    press(here, "Buat kode perangkat")
    assert here.page.inner_text(".code-shown")
    clean(here)

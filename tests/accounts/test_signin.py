"""Signing in with a password, and out again."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher

from balai.access.models import AuditEntry
from balai.accounts.models import Session
from tests.accounts.signing import PASSWORD, now, try_password, with_password
from tests.people import person

pytestmark = pytest.mark.django_db


def plain(answer):
    """The page without its token against forged forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)


def test_a_password_is_kept_as_argon2id_with_the_measured_parameters():
    stored = with_password().password
    assert stored.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(stored).decode(stored)["parallelism"] == 1


def test_the_right_password_signs_in_and_leads_to_ones_account(client):
    account = with_password()
    answer = try_password(client, account.username)
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    assert client.session["assurance"] == 1
    assert Session.objects.get().account_id == account.pk
    assert Session.objects.get().get_decoded()["assurance"] == 1
    assert AuditEntry.objects.filter(deed="account.sign_in", subject=str(account.pk)).exists()


def test_the_name_may_be_typed_in_capitals_and_with_blanks(client):
    account = with_password(username="siti.aminah")
    assert try_password(client, " Siti.Aminah ").status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(client):
    account = with_password()
    wrong = try_password(client, account.username, "bukan ini kata sandinya")
    unknown = try_password(client, "tidak.ada", "bukan ini kata sandinya")
    assert "Nama akun atau kata sandi tidak cocok" in wrong.text
    assert plain(wrong).replace(account.username, "x") == plain(unknown).replace("tidak.ada", "x")
    assert wrong.status_code == unknown.status_code == 200


def test_whoever_is_signed_in_is_led_past_the_sign_in(client):
    account = with_password()
    try_password(client, account.username)
    assert client.get("/masuk/").headers["Location"] == "/akun/"


def test_the_page_one_came_for_opens_after_signing_in_and_no_foreign_one(client):
    account = with_password("working_group", "16.05.02.2001")
    answer = client.post("/masuk/?next=/akun/faktor-kedua", {"login": account.username, "password": PASSWORD})
    assert answer["Location"] == "/akun/faktor-kedua"
    client.post("/keluar/")
    data = {"login": account.username, "password": PASSWORD, "next": "https://jahat.example/"}
    assert client.post("/masuk/", data)["Location"] == "/akun/"


def test_the_key_of_the_session_changes_at_sign_in(client):
    account = with_password()
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sesi"] = before = session.session_key
    try_password(client, account.username)
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_tells_the_browser_to_forget(client):
    account = with_password()
    try_password(client, account.username)
    assert "Keluar" in client.get("/keluar/").text
    answer = client.post("/keluar/")
    assert answer["Location"] == "/masuk/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(account_id=account.pk).exists()
    assert AuditEntry.objects.filter(deed="account.sign_out").exists()
    assert client.get("/akun/")["Location"].startswith("/masuk/?next=")


def test_somebody_without_a_password_cannot_sign_in_with_an_empty_one_or_any(client):
    account = person("cadre", "16.05.02.2001")
    for tried in ("", "!", PASSWORD):
        assert try_password(client, account.username, tried).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_suspended_person_is_told_so_only_after_the_right_password(client):
    account = with_password(
        suspended_at="2025-07-01T00:00Z", suspended_by="operator:test", suspended_reason="Cuti panjang"
    )
    assert "tidak cocok" in try_password(client, account.username, "bukan ini kata sandinya").text
    answer = try_password(client, account.username)
    assert answer["Location"] == "/masuk/ditangguhkan"
    assert "Akun ini ditangguhkan" in client.get("/masuk/ditangguhkan").text


def test_there_is_no_way_to_sign_up_and_nobody_resets_a_password_by_mail(client):
    for address in ("/accounts/signup/", "/masuk/daftar", "/accounts/password/reset/", "/admin/"):
        assert client.get(address).status_code == 404


def test_the_header_offers_signing_in_and_then_the_account(client):
    assert 'href="/masuk/"' in client.get("/").text
    account = with_password(name="Siti Aminah")
    try_password(client, account.username)
    page = client.get("/").text
    assert "Siti" in page
    assert "Aminah" not in page
    assert 'href="/akun/"' in page


def test_one_changes_ones_password_after_showing_who_one_is(client):
    account = with_password()
    try_password(client, account.username)
    elsewhere = client.__class__()
    try_password(elsewhere, account.username)
    assert "Ganti kata sandi" in client.get("/akun/kata-sandi").text
    said = client.post("/akun/kata-sandi", {"baru": "kampung damai baru", "ulang": "kampung damai lain"})
    assert "tidak sama" in said.text
    assert said.status_code == 422
    answer = client.post(
        "/akun/kata-sandi", {"baru": "bukit hijau sebelah utara", "ulang": "bukit hijau sebelah utara"}
    )
    assert answer["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert elsewhere.get("/akun/").status_code == 302
    account.refresh_from_db()
    assert account.check_password("bukit hijau sebelah utara")
    assert AuditEntry.objects.filter(deed="account.password").exists()


@pytest.mark.parametrize("poor", ["password1234", "pendek", "123456789012", "siti.aminah.ok"])
def test_a_poor_password_is_refused_with_the_reason(client, poor):
    account = with_password(username="siti.aminah")
    try_password(client, account.username)
    said = client.post("/akun/kata-sandi", {"baru": poor, "ulang": poor})
    assert said.status_code == 422
    assert "belum cukup kuat" in said.text


def test_after_a_while_the_password_is_asked_again_before_it_changes(client):
    account = with_password()
    try_password(client, account.username)
    age(client, minutes=6)
    asked = client.get("/akun/kata-sandi")
    assert asked["Location"] == "/akun/ulang?next=%2Fakun%2Fkata-sandi"
    new = {"baru": "bukit hijau sebelah utara", "ulang": "bukit hijau sebelah utara"}
    assert client.post("/akun/kata-sandi", new)["Location"] == "/akun/kata-sandi"
    assert "tidak cocok" in client.post(asked["Location"], {"password": "bukan ini"}).text
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/akun/kata-sandi"
    assert client.post("/akun/kata-sandi", new)["Location"] == "/akun/"


def test_whoever_has_no_password_changes_none(client):
    account = person("working_group", "16.05.02.2001")
    client.force_login(account)
    assert client.get("/akun/kata-sandi").status_code == 403


def age(client, **past):
    """Makes the session began so long ago."""
    session = client.session
    session["began_at"] = (now() - timedelta(**past)).isoformat()
    session.save()

"""The second factor: where it is needed, that it works once, and what happens when it is lost."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import CacheHandler, cache
from hypothesis import given
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.access.rules import ROLES
from balai.accounts import actions
from balai.accounts.models import Session
from balai.accounts.rules import clocks
from balai.base.errors import NotAllowed, Refused
from balai.config.second_factor import spent
from tests.accounts.signing import PASSWORD, SEED, code, now, try_password, with_generator, with_password
from tests.accounts.test_signin import age
from tests.config.processes import state_of
from tests.people import actor, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    account = with_password()
    with_generator(account)
    return account


def half_way(client, account):
    """Past the password, before the second factor."""
    assert try_password(client, account.username)["Location"].startswith("/masuk/faktor-kedua")


def test_after_the_password_the_code_is_asked_and_then_one_is_in(client, officer):
    half_way(client, officer)
    assert "kode enam angka" in client.get("/masuk/faktor-kedua").text
    assert client.get("/akun/").status_code == 302
    assert client.post("/masuk/faktor-kedua", {"code": code()})["Location"] == "/akun/"
    assert client.session["assurance"] == 2
    entry = AuditEntry.objects.get(deed="account.sign_in")
    assert entry.detail == {"way": "password+totp"}


def test_the_page_of_the_second_factor_is_closed_to_whoever_gave_no_password(client):
    assert client.get("/masuk/faktor-kedua")["Location"] == "/masuk/"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_half_a_minute_of_difference_between_clocks_is_borne(client, officer, steps):
    half_way(client, officer)
    assert client.post("/masuk/faktor-kedua", {"code": code(steps)}).status_code == 302


@pytest.mark.parametrize(("steps", "said"), [(-10, "terlambat sekitar 5 menit"), (12, "terlalu cepat sekitar 6 menit")])
def test_a_clock_that_is_wrong_is_named_and_its_code_burnt(client, officer, steps, said):
    half_way(client, officer)
    shown = code(steps)
    assert said in client.post("/masuk/faktor-kedua", {"code": shown}).text
    assert spent(officer, shown)


def test_a_code_works_once(client, officer):
    half_way(client, officer)
    shown = code()
    client.post("/masuk/faktor-kedua", {"code": shown})
    client.post("/keluar/")
    half_way(client, officer)
    assert client.post("/masuk/faktor-kedua", {"code": shown}).status_code == 200
    assert client.get("/akun/").status_code == 302


def test_a_used_code_stays_used_as_long_as_the_library_would_take_it(client, officer):
    half_way(client, officer)
    shown = code(1)
    client.post("/masuk/faktor-kedua", {"code": shown})
    client.post("/keluar/")
    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={shown}")  # as after half a minute
    half_way(client, officer)
    assert "sudah dipakai" in client.post("/masuk/faktor-kedua", {"code": shown}).text


def test_a_code_of_somebody_who_has_only_a_passkey_is_just_wrong():
    account = with_password()
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "Laptop", "credential": {}})
    client = signed_in(account)
    assert "tidak cocok" in client.post("/akun/ulang", {"password": "x"}).text
    RecoveryCodes.activate(account)
    assert "tidak cocok" in client.post("/akun/ulang/kode", {"code": code()}).text


def test_too_many_codes_are_answered_in_words(client, officer):
    half_way(client, officer)
    for _try in range(5):
        assert "tidak cocok" in client.post("/masuk/faktor-kedua", {"code": "000000"}).text
    assert "Tunggu 15 menit" in client.post("/masuk/faktor-kedua", {"code": code()}).text


def test_seeds_are_sealed_in_the_database(client):
    account = with_password()
    try_password(client, account.username)
    page = client.get("/akun/faktor-kedua/aplikasi")
    seed = page.context["form"].secret
    assert client.post("/akun/faktor-kedua/aplikasi", {"code": code(seed=seed)}).status_code == 302
    stored = [str(row.data) for row in Authenticator.objects.all()]
    assert len(stored) == 2
    assert all(seed not in one for one in stored)
    assert all("v1." in one for one in stored)
    assert seed not in str(client.session.items())


def test_setting_one_up_raises_the_session_under_a_new_key_and_shows_the_recovery_codes_once(client):
    account = with_password()
    try_password(client, account.username)
    before = client.session.session_key
    seed = client.get("/akun/faktor-kedua/aplikasi").context["form"].secret
    answer = client.post("/akun/faktor-kedua/aplikasi", {"code": code(seed=seed)})
    assert answer["Location"] == "/akun/faktor-kedua/kode-cadangan"
    assert client.session["assurance"] == 2
    assert client.session.session_key != before
    page = client.get("/akun/faktor-kedua/kode-cadangan")
    spare = page.context["unused_codes"]
    assert len(spare) == 10
    assert spare[0] in page.text
    again = client.get("/akun/faktor-kedua/kode-cadangan")
    assert spare[0] not in again.text
    assert "Masih ada 10" in again.text
    assert AuditEntry.objects.filter(deed="account.second_factor", detail={"change": "added"}).exists()
    client.post("/keluar/")
    half_way(client, account)
    assert client.post("/masuk/faktor-kedua", {"code": spare[0]}).status_code == 302
    assert client.session["assurance"] == 2
    assert "tidak berlaku lagi" in client.get("/akun/faktor-kedua/kode-cadangan/baru").text
    assert client.post("/akun/faktor-kedua/kode-cadangan/baru")["Location"] == "/akun/faktor-kedua/kode-cadangan"
    fresh = client.get("/akun/faktor-kedua/kode-cadangan").context["unused_codes"]
    assert not set(fresh) & set(spare)


def test_a_wrong_clock_is_named_when_setting_up_too(client):
    try_password(client, with_password().username)
    seed = client.get("/akun/faktor-kedua/aplikasi").context["form"].secret
    said = client.post("/akun/faktor-kedua/aplikasi", {"code": code(-6, seed)}).text
    assert re.search("terlambat sekitar [34] menit", said)  # a step may begin between the code and its answer
    assert "Kode tidak cocok" in client.post("/akun/faktor-kedua/aplikasi", {"code": "1"}).text


@pytest.mark.parametrize("role", [role for role in ROLES.values() if role.second_factor], ids=lambda role: role.name)
def test_a_role_that_needs_it_opens_nothing_before(role):
    level = {0: "", 1: "16", 2: "16.05", 3: "16.05.02", 4: "16.05.02.2001", 5: "16.05.02.2001"}
    agency = "health" if role.by_agency else ""
    account = person(role, level[min(role.reach)], agency)
    client = signed_in(account, assurance=1)
    for page in ("/keluarga/", "/petugas/", "/jejak", "/hak-warga/"):
        assert client.get(page)["Location"] == "/akun/faktor-kedua", page
    assert "kata sandi saja tidak cukup" in client.get("/akun/faktor-kedua").text
    assert "pasang faktor kedua" in client.get("/akun/").text


def test_a_role_that_does_not_need_it_may_have_one(client):
    client = signed_in(person("working_group", "16.05.02.2001"), assurance=1)
    assert "tidak mewajibkan" in client.get("/akun/faktor-kedua").text


def test_a_session_that_never_showed_the_factor_there_is_cannot_add_another():
    account = with_password()
    client = signed_in(account, assurance=1)
    with_generator(account)
    for page in ("aplikasi", "kunci-sandi", "kode-cadangan"):
        assert client.get(f"/akun/faktor-kedua/{page}").status_code == 403


def test_a_device_with_a_pin_keeps_no_second_factors():
    account = person("working_group", "16.05.02.2001")
    assert signed_in(account).get("/akun/faktor-kedua/aplikasi").status_code == 200


def test_the_last_factor_of_a_role_that_needs_one_stays(officer):
    client = signed_in(officer)
    assert client.get("/akun/faktor-kedua/aplikasi")["Location"] == "/akun/faktor-kedua/aplikasi/hapus"
    assert client.post("/akun/faktor-kedua/aplikasi/hapus").status_code == 403
    assert Authenticator.objects.exists()


def test_a_factor_that_is_not_the_last_goes(officer):
    key = Authenticator.objects.create(user=officer, type="webauthn", data={"name": "Laptop", "credential": {}})
    client = signed_in(officer)
    assert "Laptop" in client.get("/akun/faktor-kedua").text
    assert "Hapus aplikasi kode" in client.get("/akun/faktor-kedua/aplikasi/hapus").text
    assert client.post("/akun/faktor-kedua/aplikasi/hapus")["Location"] == "/akun/faktor-kedua/semua"
    assert client.get("/akun/faktor-kedua/semua")["Location"] == "/akun/faktor-kedua"
    assert list(Authenticator.objects.all()) == [key]
    with_generator(officer)
    assert "Laptop" in client.get(f"/akun/faktor-kedua/kunci-sandi/{key.pk}/hapus").text
    client.post(f"/akun/faktor-kedua/kunci-sandi/{key.pk}/hapus")
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert AuditEntry.objects.filter(deed="account.second_factor", detail={"change": "removed"}).count() == 2


def test_whoever_is_asked_again_may_show_the_second_factor_instead(officer):
    client = signed_in(officer)
    age(client, minutes=6)
    asked = client.get("/akun/faktor-kedua/kode-cadangan/baru")["Location"]
    assert asked.startswith("/akun/ulang?")
    assert "/akun/ulang/kode" in client.get(asked).text
    assert "Pakai kata sandi" in client.get("/akun/ulang/kode").text
    assert "tidak cocok" in client.post("/akun/ulang/kode", {"code": "1"}).text
    assert client.post("/akun/ulang/kode", {"code": code()}).status_code == 302
    assert client.get("/akun/faktor-kedua/kode-cadangan/baru").status_code == 200


def test_asking_again_too_often_is_answered_in_words(officer):
    client = signed_in(officer)
    answers = [client.post("/akun/ulang", {"password": "x"}).status_code for _try in range(11)]
    assert answers[-1] == 429
    assert "Tunggu" in client.post("/akun/ulang/kode", {"code": "1"}).text


def test_a_second_officer_resets_a_lost_factor_and_the_next_sign_in_sets_up_a_new_one(client, tree):
    lost = with_password("field_officer", "16.05.02")
    with_generator(lost)
    theirs = signed_in(lost)
    above = signed_in(person("family_office", "16.05"))
    page = above.get(f"/petugas/{lost.pk}/perangkat")
    assert "Faktor kedua hilang" in page.text
    answer = above.post(f"/petugas/{lost.pk}/faktor-kedua", {"alasan": "Ponsel hilang di pasar"})
    assert "memasang yang baru" in answer.text
    assert not Authenticator.objects.filter(user=lost).exists()
    assert theirs.get("/akun/").status_code == 302
    assert AuditEntry.objects.filter(deed="account.factor_reset", subject=str(lost.pk)).exists()
    try_password(client, lost.username)
    assert client.get("/keluarga/")["Location"] == "/akun/faktor-kedua"
    assert above.post(f"/petugas/{lost.pk}/faktor-kedua", {"alasan": "Lagi"}).status_code == 409


def test_nobody_resets_their_own_factor_nor_that_of_a_colleague_elsewhere_or_above(tree):
    above, below, elsewhere = with_password(), person("field_officer", "16.05.02"), person("family_office", "61.04")
    with_generator(above)
    for by in (above, below, elsewhere):
        with pytest.raises(NotAllowed):
            actions.reset_second_factor(by=actor(by), at=now(), account=above, reason="coba")
    assert Authenticator.objects.exists()
    assert not Session.objects.exists()


def test_one_officer_alone_does_not_open_the_account_of_another(tree):
    """A new password and a factor taken away, both by one hand, would."""
    lost = person("field_officer", "16.05.02")
    with_generator(lost)
    one, other = actor(person("family_office", "16.05")), actor(person("family_office", "16.05"))
    actions.invite(by=one, at=now(), account=lost, code_hash="a")
    with pytest.raises(Refused, match="petugas lain"):
        actions.reset_second_factor(by=one, at=now(), account=lost, reason="Ponsel hilang")
    actions.reset_second_factor(by=other, at=now(), account=lost, reason="Ponsel hilang")
    with pytest.raises(Refused, match="petugas lain"):
        actions.invite(by=other, at=now(), account=lost, code_hash="b")
    actions.invite(by=one, at=now(), account=lost, code_hash="c")
    actions.invite(by=other, at=now() + timedelta(hours=73), account=lost, code_hash="d")


def test_what_is_not_there_cannot_be_reset(tree):
    with pytest.raises(Refused):
        actions.reset_second_factor(
            by=actor(person("family_office", "16.05")), at=now(),
            account=person("field_officer", "16.05.02"), reason="coba",
        )  # fmt: skip


def test_an_unknown_passkey_is_answered_in_words(client):
    answer = client.get("/masuk/kunci-sandi", headers={"accept": "application/json"})
    assert "challenge" in str(answer.json()["request_options"])
    assert client.get("/masuk/kunci-sandi")["Location"] == "/masuk/"
    assert client.post("/masuk/kunci-sandi", {"credential": "{}"})["Location"] == "/masuk/"
    assert "tidak dikenal di sini" in client.get("/masuk/").text
    assert "tidak dikenal di sini" not in client.get("/masuk/").text


def test_whoever_has_no_passkey_is_asked_for_something_else(officer):
    assert signed_in(officer).get("/akun/ulang/kunci-sandi")["Location"] == "/akun/ulang"


def test_the_page_that_adds_a_passkey_asks_for_one_that_signs_in_by_itself(officer):
    page = signed_in(officer).get("/akun/faktor-kedua/kunci-sandi")
    wanted = page.context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert "Kunci sandi 1" in page.text


@given(st.integers(-40, 40))
def test_a_clock_is_recognised_within_ten_minutes(step):
    def code_at(counter):
        return f"{counter:06d}"

    found = clocks.step_of(code_at(1000 + step), code_at, 1000)
    assert found == (step if clocks.TOLERATED < abs(step) <= clocks.LOOKED_AT else None)


@pytest.mark.parametrize(("step", "minutes"), [(2, 1), (-2, -1), (6, 3), (-20, -10), (3, 2)])
def test_a_difference_is_told_in_whole_minutes(step, minutes):
    assert clocks.minutes(step) == minutes


OTHER_WORKER = """
import django
django.setup()
from types import SimpleNamespace
from django.core.management import call_command
from balai.config.second_factor import spent
call_command("createcachetable", verbosity=0)
print(spent(SimpleNamespace(pk=7), "123 456"))
"""


def test_two_workers_share_the_codes_that_were_used(tmp_path):
    home = state_of(tmp_path, DJANGO_SETTINGS_MODULE="balai.config.settings")
    workers = [
        subprocess.run([sys.executable, "-c", OTHER_WORKER], env=home, capture_output=True, text=True, check=True)
        for _worker in range(2)
    ]
    assert [worker.stdout.strip() for worker in workers] == ["False", "True"]


def test_two_clients_of_the_cache_agree_on_what_was_used():
    first, second = CacheHandler().create_connection("default"), CacheHandler().create_connection("default")
    assert first.add("second-factor:7:123456", "used")
    assert not second.add("second-factor:7:123456", "used")


def test_the_seed_of_the_tests_is_one_that_nobody_uses():
    assert len(SEED) == 32
    assert PASSWORD

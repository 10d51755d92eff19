"""One-time codes: a first password, a forgotten one, and the very first account."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.access.rules import operator
from balai.accounts import actions
from balai.accounts.models import Account, OneTimeCode
from balai.accounts.rules import codes, own
from balai.base.errors import NotAllowed, Refused
from tests.accounts.signing import PASSWORD, now, try_password, with_generator, with_password
from tests.people import actor, person, signed_in

AT = datetime(2026, 11, 22, 5, tzinfo=UTC)
CODE = "ABCD2345"


@given(st.randoms())
def test_a_code_is_read_as_it_was_drawn_however_it_is_typed(rng):
    code = codes.drawn(rng.choice)
    assert len(code) == 8
    assert codes.tidy(f" {codes.shown(code).lower()} ") == code
    assert codes.digest(codes.shown(code).lower(), "kunci") == codes.digest(code, "kunci") != codes.digest(code, "x")


@pytest.mark.parametrize(
    ("used", "left", "tries", "state"),
    [(None, 1, 0, "live"), (None, 1, 4, "live"), (None, 1, 5, "tried"), (None, 0, 0, "expired"), (AT, 1, 0, "used")],
)
def test_the_states_of_a_code(used, left, tries, state):
    assert codes.state(used_at=used, expires_at=AT + timedelta(hours=left), tries=tries, at=AT) == state


def test_no_code_is_drawn_twice_in_a_row():
    rng = random.Random(1)
    assert len({codes.drawn(rng.choice) for _one in range(1000)}) == 1000


@pytest.fixture
def key(settings):
    return settings.SECRET_KEY


def invited(account, key, by=None):
    return actions.invite(by=by or operator("test"), at=now(), account=account, code_hash=codes.digest(CODE, key))


def answer(client, account, code=CODE, new=PASSWORD, again=None):
    form = {"akun": account.username, "kode": code, "baru": new, "ulang": again or new}
    return client.post("/undangan", form)


@pytest.mark.django_db
class TestAnInvitation:
    def test_it_sets_ones_own_password_once(self, client, key):
        account = person("family_office", "16.05")
        invited(account, key)
        assert "sekali pakai" in client.get("/undangan").text
        assert answer(client, account)["Location"] == "/akun/"
        assert client.session["assurance"] == 1
        account.refresh_from_db()
        assert account.check_password(PASSWORD)
        again = answer(client.__class__(), account)
        assert again.status_code == 409
        assert "sudah dipakai" in again.text

    def test_a_forgotten_password_is_replaced_and_every_session_ends(self, client, key):
        account = with_password("working_group", "16.05.02.2001")
        try_password(client, account.username)
        invited(account, key)
        assert answer(client.__class__(), account, new="bukit hijau sebelah utara").status_code == 302
        assert client.get("/akun/").status_code == 302

    def test_it_does_not_step_around_the_second_factor(self, client, key):
        account = with_password()
        with_generator(account)
        invited(account, key)
        assert answer(client, account)["Location"] == "/akun/"
        assert client.get("/akun/").status_code == 302

    def test_it_lasts_seventy_two_hours(self, client, key):
        account = person("family_office", "16.05")
        code = invited(account, key)
        assert code.expires_at - code.made_at == timedelta(hours=72)
        OneTimeCode.objects.update(expires_at=now())
        said = answer(client, account)
        assert said.status_code == 409
        assert "lewat waktunya" in said.text
        assert account.username in said.text

    def test_five_wrong_codes_end_it(self, client, key):
        account = person("family_office", "16.05")
        invited(account, key)
        for _try in range(6):
            assert "tidak cocok" in answer(client, account, code="ZZZZ9999").text
        assert OneTimeCode.objects.get().tries == 5
        assert "terlalu sering" in answer(client, account).text
        assert AuditEntry.objects.filter(deed="code.wrong").count() == 5

    def test_an_unknown_name_is_answered_like_a_wrong_code(self, client, key):
        account = person("family_office", "16.05")
        invited(account, key)
        unknown = client.post("/undangan", {"akun": "tidak.ada", "kode": CODE, "baru": PASSWORD, "ulang": PASSWORD})
        assert unknown.status_code == answer(client, account, code="ZZZZ9999").status_code == 422
        assert "tidak cocok" in unknown.text

    @pytest.mark.parametrize(
        ("new", "again", "said"),
        [("pendek", None, "belum cukup kuat"), (PASSWORD, "lain", "tidak sama")],
    )
    def test_a_poor_password_leaves_the_code_in_force(self, client, key, new, again, said):
        account = person("family_office", "16.05")
        invited(account, key)
        refused = answer(client, account, new=new, again=again)
        assert refused.status_code == 422
        assert said in refused.text
        assert CODE in refused.text
        assert answer(client, account).status_code == 302

    def test_a_suspended_person_is_not_invited_and_an_older_code_is_closed(self, client, key):
        account = person("family_office", "16.05")
        invited(account, key)
        account.suspended_at, account.suspended_by, account.suspended_reason = AT, "operator:test", "Cuti"
        account.save()
        assert "tidak cocok" in answer(client, account).text
        with pytest.raises(Refused):
            invited(account, key)

    def test_only_who_may_appoint_invites_and_nobody_oneself(self, key, tree):
        account = person("field_officer", "16.05.02")
        for by in (account, person("village_editor", "16.05.02.2001"), person("family_office", "61.04")):
            with pytest.raises(NotAllowed):
                invited(account, key, by=actor(by))
        assert invited(account, key, by=actor(person("family_office", "16.05")))

    def test_nobody_else_accepts_it(self, key):
        account, other = person("family_office", "16.05"), person("family_office", "16.05")
        code = invited(account, key)
        with pytest.raises(NotAllowed):
            actions.accept_invitation(by=own.oneself(other.pk), at=AT, code=code, password=PASSWORD)


FIRST = {"kode": "abcd-2345", "nama": "Admin Pertama", "akun": "admin", "baru": PASSWORD, "ulang": PASSWORD}


def set_up_code(key):
    return actions.issue_setup_code(by=operator("test"), at=now(), code_hash=codes.digest(CODE, key))


@pytest.mark.django_db
class TestTheFirstStart:
    def test_the_code_makes_the_first_system_admin_who_then_needs_a_second_factor(self, client, key):
        set_up_code(key)
        assert "belum punya akun" in client.get("/persiapan").text
        assert client.post("/persiapan", FIRST)["Location"] == "/akun/faktor-kedua"
        account = Account.objects.get()
        assert (account.username, account.grants.get().role, account.grants.get().region) == (
            "admin",
            "system_admin",
            "",
        )
        assert "kata sandi saja tidak cukup" in client.get("/akun/faktor-kedua").text
        assert client.get("/petugas/")["Location"] == "/akun/faktor-kedua"
        assert AuditEntry.objects.filter(deed="system.setup").exists()

    def test_with_an_account_the_page_is_not_there(self, client, key):
        set_up_code(key)
        person("family_office", "16.05")
        assert client.get("/persiapan").status_code == 404
        assert client.post("/persiapan", FIRST).status_code == 404
        with pytest.raises(Refused):
            set_up_code(key)

    @pytest.mark.parametrize(
        ("changed", "status", "said"),
        [
            ({"kode": "ZZZZ-9999"}, 422, "tidak dikenal"),
            ({"baru": "password1234", "ulang": "password1234"}, 422, "belum cukup kuat"),
            ({"akun": "a b"}, 422, "tidak dapat dipakai"),
            ({"ulang": "lain"}, 422, "tidak sama"),
        ],
    )
    def test_a_mistake_is_told_and_what_was_typed_stays(self, client, key, changed, status, said):
        set_up_code(key)
        refused = client.post("/persiapan", FIRST | changed)
        assert refused.status_code == status
        assert said in refused.text
        assert "Admin Pertama" in refused.text
        assert not Account.objects.exists()

    def test_an_old_code_and_a_replaced_one_are_refused(self, client, key):
        set_up_code(key)
        OneTimeCode.objects.update(expires_at=now())
        assert "lewat waktunya" in client.post("/persiapan", FIRST).text
        actions.issue_setup_code(by=operator("test"), at=now(), code_hash="0" * 64)
        assert "tidak dikenal" in client.post("/persiapan", FIRST).text

    def test_the_code_lasts_a_day(self, key):
        code = set_up_code(key)
        assert code.expires_at - code.made_at == timedelta(hours=24)

    def test_two_at_once_make_one_admin(self, key):
        code = set_up_code(key)
        known = {"by": operator("test"), "code": code, "name": "Admin Pertama", "password": PASSWORD}
        actions.set_up(at=now(), username="admin", **known)
        with pytest.raises(Refused):
            actions.set_up(at=now(), username="admin2", **known)
        other = OneTimeCode.objects.create(
            purpose="setup", code_hash="1", made_at=AT, made_by="x", expires_at=now() + timedelta(hours=1)
        )
        with pytest.raises(Refused):
            actions.set_up(at=now(), username="admin2", **(known | {"code": other}))

    def test_only_the_operator_asks_for_a_code(self):
        with pytest.raises(NotAllowed):
            actions.issue_setup_code(by=actor(person("family_office", "16.05")), at=AT, code_hash="x")


@pytest.mark.django_db
def test_no_page_of_a_signed_in_officer_shows_a_code_twice(tree):
    officer, kader = person("village_editor", "16.05.02.2001"), person("cadre", "16.05.02.2001")
    desk = signed_in(officer)
    shown = desk.post(f"/petugas/{kader.pk}/perangkat/kode").context["code"]
    assert shown not in desk.get(f"/petugas/{kader.pk}/perangkat").text

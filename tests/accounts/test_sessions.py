"""How long a sign-in lasts, and what ends it at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from balai.access.models import AuditEntry
from balai.accounts import actions
from balai.accounts.models import Grant, Session
from balai.accounts.rules import lifetimes
from tests.accounts.signing import now, try_password, with_password
from tests.people import actor, granted, person, signed_in

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("began", "seen", "on_device", "ended"),
    [
        (timedelta(hours=1), timedelta(minutes=29), False, None),
        (timedelta(hours=1), timedelta(minutes=30), False, "idle"),
        (timedelta(hours=12), timedelta(0), False, "at_most"),
        (timedelta(days=3), timedelta(hours=11), True, None),
        (timedelta(days=3), timedelta(hours=12), True, "idle"),
        (timedelta(days=14), timedelta(0), True, "at_most"),
    ],
)
def test_how_long_a_sign_in_lasts(began, seen, on_device, ended):
    found = lifetimes.ended(began_at=NOON - began, seen_at=NOON - seen, on_device=on_device, at=NOON)
    assert found == ended


def age(client, **keys):
    session = client.session
    for key, past in keys.items():
        session[key] = (now() - past).isoformat()
    session.save()


@pytest.mark.django_db
class TestASession:
    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"seen_at": timedelta(minutes=31)}, "lama tidak dipakai"),
            ({"began_at": timedelta(hours=13)}, "sampai batas lamanya"),
        ],
    )
    def test_it_ends_and_the_sign_in_says_why(self, keys, said):
        client = signed_in(person("family_office", "16.05"))
        age(client, **keys)
        assert client.get("/akun/")["Location"] == "/masuk/?next=%2Fakun%2F"
        assert said in client.get("/masuk/").text
        assert said not in client.get("/masuk/").text

    def test_public_pages_go_on_when_it_ends(self):
        client = signed_in(person("family_office", "16.05"))
        age(client, seen_at=timedelta(minutes=31))
        assert client.get("/aturan").status_code == 200

    def test_its_last_use_is_noted_by_the_minute(self):
        client = signed_in(person("family_office", "16.05"))
        age(client, seen_at=timedelta(seconds=50))
        before = client.session["seen_at"]
        client.get("/akun/")
        assert client.session["seen_at"] == before
        age(client, seen_at=timedelta(seconds=70))
        client.get("/akun/")
        assert now() - datetime.fromisoformat(client.session["seen_at"]) < timedelta(seconds=60)

    def test_ones_sessions_are_listed_and_one_is_ended(self, client):
        account = with_password("working_group", "16.05.02.2001")
        try_password(client, account.username, headers={"user-agent": "Ponsel"})
        other = client.__class__()
        try_password(other, account.username, headers={"user-agent": "Laptop kantor"})
        page = client.get("/akun/")
        assert "Laptop kantor" in page.text
        assert page.text.count("Akhiri sesi itu") == 1
        assert all(row.session_key not in page.text for row in Session.objects.all())
        theirs = Session.objects.get(agent="Laptop kantor")
        assert client.post("/akun/sesi", {"sesi": theirs.handle})["Location"] == "/akun/"
        assert other.get("/akun/").status_code == 302
        assert other.post("/akun/topi").status_code == 401
        assert client.get("/akun/").status_code == 200
        assert AuditEntry.objects.filter(deed="account.sessions_end").count() == 1

    def test_all_others_are_ended_at_once(self, client):
        account = with_password("working_group", "16.05.02.2001")
        others = [client.__class__() for _other in range(3)]
        for each in (client, *others):
            try_password(each, account.username)
        client.post("/akun/sesi")
        assert [each.get("/akun/").status_code for each in (client, *others)] == [200, 302, 302, 302]
        client.post("/akun/sesi")
        assert AuditEntry.objects.filter(deed="account.sessions_end").count() == 1

    def test_nobody_ends_the_session_of_another(self, client):
        account, other = (
            with_password("working_group", "16.05.02.2001"),
            with_password("working_group", "16.05.02.2001"),
        )
        theirs = client.__class__()
        try_password(client, account.username)
        try_password(theirs, other.username)
        client.post("/akun/sesi", {"sesi": Session.objects.get(account_id=other.pk).handle})
        assert theirs.get("/akun/").status_code == 200

    def test_a_suspended_account_is_refused_on_the_next_request_with_the_reason(self):
        account = person("family_office", "16.05")
        client = signed_in(account)
        account.suspended_at, account.suspended_by, account.suspended_reason = NOON, "operator:test", "Pindah tugas"
        account.save()
        page = client.get("/akun/")
        assert page.status_code == 403
        assert "ditangguhkan" in page.text
        assert "Pindah tugas" in page.text
        assert client.get("/akun/").status_code == 302

    def test_a_session_of_an_account_that_is_gone_is_a_strangers(self):
        account = person("working_group", "16.05.02.2001")
        client = signed_in(account)
        Grant.objects.all().delete()
        account.delete()
        assert client.get("/akun/").status_code == 302


@pytest.mark.django_db
class TestAHat:
    def test_a_role_that_ended_meanwhile_has_its_page_and_the_others_go_on(self):
        account = person("family_office", "16.05")
        granted(account, "planner", "61.04")
        client = signed_in(account, hat="family_office")
        assert "Anda masuk sebagai OPD-KB" in client.get("/akun/").text
        Grant.objects.filter(role="family_office").update(to_on=date(2025, 2, 1))
        page = client.post("/akun/topi", {"topi": "planner"})
        assert page.status_code == 403
        assert "sudah berakhir" in page.text
        assert "Bappeda" in page.text
        assert "Bappeda" in client.get("/akun/").text

    def test_whoever_has_no_role_left_reaches_only_the_own_account(self):
        account = person("family_office", "16.05")
        client = signed_in(account)
        client.get("/akun/")
        Grant.objects.update(to_on=date(2025, 2, 1))
        assert "tidak punya peran lain" in client.get("/keluarga/").text
        assert "belum punya peran" in client.get("/akun/").text
        assert client.get("/petugas/").status_code == 403

    def test_hats_are_changed_under_a_new_key(self):
        account = person("family_office", "16.05")
        granted(account, "planner", "61.04")
        client = signed_in(account, hat="family_office")
        assert "Menghitung kelas desa" in client.get("/akun/").text
        before = client.session.session_key
        assert client.post("/akun/topi", {"topi": "planner"})["Location"] == "/akun/"
        assert client.session.session_key != before
        key = client.session.session_key
        client.post("/akun/topi", {"topi": "planner"})
        assert client.session.session_key == key
        assert "Pakai peran OPD-KB" in client.get("/akun/").text

    def test_a_hat_that_one_does_not_hold_is_refused(self):
        client = signed_in(person("planner", "16.05"))
        assert client.post("/akun/topi", {"topi": "system_admin"}).status_code == 403

    def test_the_regions_of_each_hat_are_named(self, tree):
        account = person("agency_officer", "16.05", agency="health")
        granted(account, "nation", "")
        page = signed_in(account).get("/akun/").text
        assert "Musi Rawas" in page
        assert "Indonesia" in page

    def test_the_actor_of_an_account_is_never_named_by_the_person(self):
        account = person("planner", "16.05", name="Siti Aminah")
        assert actor(account).name == account.actor_name == f"account:{account.pk}"


@pytest.mark.django_db
def test_a_session_without_an_account_is_a_strangers(client):
    session = client.session
    session["anything"] = 1
    session.save()
    client.cookies["sesi"] = session.session_key
    assert client.get("/akun/").status_code == 302


@pytest.mark.django_db
def test_the_deeds_on_ones_own_account_are_refused_to_others(client):
    account, other = person("planner", "16.05"), person("planner", "16.05")
    for deed in (actions.note_sign_out, actions.end_sessions):
        with pytest.raises(Exception, match="Hanya pemilik akun"):
            deed(by=actor(other), at=NOON, account=account)

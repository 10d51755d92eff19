"""The account of somebody who left: blank for good, while every chain of the trail stays whole."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessLog

from balai.access.models import AuditChange, AuditEntry, verify
from balai.accounts import actions as accounts
from balai.accounts.models import Account, Device, Enrolment, Grant, OneTimeCode, Session
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.privacy import actions
from balai.privacy.models import Erased, digest
from tests import people
from tests.families import register
from tests.privacy import planted

AT = register.AT
WHY = "diminta orangnya setelah berhenti"


@pytest.fixture
def officer(places):
    return people.person("field_officer", register.KECAMATAN, name="Bu Ratna")


def enrolled(account, device):
    Enrolment.objects.create(device=device, account=account, regions=[], pin="x", made_at=AT, made_by="operator:uji")


@pytest.fixture
def rini(places, officer):
    """Somebody with something in every table, who has left."""
    account = people.person("companion", register.HERE, families=[uuid4()], name="Kenari Rini", username="kenaririni")
    by = people.actor(officer)
    accounts.correct_account(by=by, at=AT, account=account, name="Kenari Rini", phone="0811777777", email="kenari@x.id")
    own, shared = (
        Device.objects.create(token_hash=token, agent="Firefox", made_at=AT, seen_at=AT) for token in ("satu", "dua")
    )
    enrolled(account, own)
    enrolled(account, shared)
    enrolled(officer, shared)
    OneTimeCode.objects.create(
        account=account, purpose="invitation", code_hash="x", made_at=AT, made_by="operator:uji",
        expires_at=AT + timedelta(days=1),
    )  # fmt: skip
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    AccessLog.objects.create(username="kenaririni", ip_address="192.0.2.7", user_agent="Firefox", session_hash="x")
    people.signed_in(account)
    accounts.end(by=by, at=AT, grant=account.grants.get(), reason="Kenari Rini pindah rumah")
    return account


def erase(officer, account, reason=WHY):
    return actions.erase_account(by=people.actor(officer), at=AT, account=account, reason=reason)


def names():
    there = planted.dump().lower()
    return [one for one in ("kenari", "0811777777", "62811777777", "192.0.2.7") if one in there]


def test_nothing_of_the_person_stands_in_any_table(officer, rini):
    assert names() == ["kenari", "62811777777", "192.0.2.7"]
    counts = erase(officer, rini)
    assert names() == []
    assert set(counts) >= {
        "accounts.device", "accounts.enrolment", "accounts.onetimecode", "accounts.session", "accounts.assignment",
        "mfa.authenticator", "axes.accesslog", "access.auditchange",
    }  # fmt: skip
    left = Account.objects.get(pk=rini.pk)
    assert (left.name, left.phone, left.email, left.is_active) == ("Bekas petugas", "", "", False)
    assert not left.has_usable_password()
    assert not Session.objects.filter(account_id=rini.pk).exists()


def test_what_others_share_stays_and_so_does_what_was_held_and_done(officer, rini):
    erase(officer, rini)
    assert [one.token_hash for one in Device.objects.all()] == ["dua"]
    assert Enrolment.objects.get().account == officer
    grant = Grant.objects.get(account=rini)
    assert (grant.role, grant.region, grant.ended_reason) == ("companion", register.HERE, "data akun dihapus")
    assert AuditEntry.objects.filter(deed="account.correct", subject=str(rini.pk)).exists()
    assert AuditChange.objects.get(entry__deed="account.correct").forgotten_id


def test_the_chains_stay_whole(officer, rini):
    erase(officer, rini)
    assert verify().faults == []


def test_only_who_has_left_is_erased_and_only_once(officer, rini):
    again = people.granted(rini, "cadre", register.HERE)
    with pytest.raises(Refused, match="masih memegang penugasan"):
        erase(officer, rini)
    Grant.objects.filter(pk=again.pk).update(to_on=date(2025, 2, 1))
    with pytest.raises(NotValid, match="sedikitnya"):
        erase(officer, rini, "x")
    erase(officer, rini)
    with pytest.raises(Refused, match="sudah dihapus"):
        erase(officer, rini)


@pytest.mark.parametrize(("role", "region"), [("auditor", "16.05"), ("village_editor", register.HERE),
                                              ("field_officer", register.OTHER_KECAMATAN)])  # fmt: skip
def test_who_does_not_govern_or_decide_erases_nobody(rini, role, region):
    with pytest.raises(NotAllowed):
        erase(people.person(role, region), rini)


def test_a_backup_from_before_is_erased_again(officer, rini):
    erase(officer, rini)
    kept = list(Erased.objects.all())
    assert [row.digest for row in kept] == [digest(rini.pk)]
    Account.objects.filter(pk=rini.pk).update(username="kenaririni", name="Kenari Rini")
    assert actions.replay_erasures(by=register.BY, at=AT, kept=kept) == 1
    assert names() == []
    assert actions.replay_erasures(by=register.BY, at=AT, kept=kept) == 0


def test_the_page_asks_for_a_reason_and_a_tick(officer, rini):
    client, page = people.signed_in(officer), f"/petugas/{rini.pk}/hapus"
    assert f'href="{page}">Hapus data akun' in client.get(f"/petugas/{rini.pk}").content.decode()
    assert "jejak perbuatannya tetap ada" in client.get(page).content.decode()
    answer = client.post(page, {"alasan": WHY})
    assert (answer.status_code, WHY in answer.content.decode()) == (422, True)
    assert client.post(page, {"alasan": "x", "yakin": "on"}).status_code == 422
    assert client.post(page, {"alasan": WHY, "yakin": "on"})["Location"] == f"/petugas/{rini.pk}"
    assert client.post(page, {"alasan": WHY, "yakin": "on"}).status_code == 409
    assert "Bekas petugas" in client.get(f"/petugas/{rini.pk}").content.decode()


def test_who_still_holds_something_is_not_offered_for_erasing(officer):
    held = people.person("cadre", register.HERE)
    assert "Hapus data akun" not in people.signed_in(officer).get(f"/petugas/{held.pk}").content.decode()

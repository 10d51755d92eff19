"""Handing over: the successor has everything on the day, the former nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from balai.access.models import AuditEntry
from balai.accounts.models import Account, Grant
from balai.base.errors import NotValid, Refused
from balai.staff import actions
from tests.accounts.seed import AT, SIBLING, TODAY, VILLAGE, lay_out
from tests.people import actor, granted, person, signed_in

pytestmark = pytest.mark.django_db
FAMILIES = [uuid4(), uuid4()]


@pytest.fixture
def officer(db):
    lay_out()
    return person("field_officer", "16.05.01", name="Bu PKB")


@pytest.fixture
def former(officer):
    account = person("companion", VILLAGE, families=FAMILIES, name="Lama")
    granted(account, "cadre", SIBLING, to_on=TODAY + timedelta(days=90))
    return account


def hand_over(officer, former, successor, on=TODAY):
    return actions.hand_over(by=actor(officer), at=AT, former=former, successor=successor, on=on, reason="pindah tugas")


def held(account, on=TODAY):
    return set(Grant.objects.in_force(on).filter(account=account).values_list("role", "region"))


def test_everything_goes_to_the_successor_at_once(officer, former):
    successor = person("cadre", SIBLING, name="Baru")
    done = hand_over(officer, former, successor)
    assert held(former) == set()
    assert held(successor) == {("companion", VILLAGE), ("cadre", SIBLING)}
    assert actor(successor, hat="companion").assignment == set(FAMILIES)
    assert (len(done.passed), done.families, done.left) == (2, 2, [])
    assert AuditEntry.objects.filter(deed="account.handover", subject=str(former.pk)).count() == 1


def test_the_end_of_a_grant_goes_along(officer, former):
    successor = person("cadre", "16.05.01.2005")
    hand_over(officer, former, successor)
    assert successor.grants.get(region=SIBLING).to_on == TODAY + timedelta(days=90)


def test_a_day_ahead_leaves_the_former_until_the_eve(officer, former):
    successor, on = person("cadre", "16.05.01.2005"), TODAY + timedelta(days=7)
    hand_over(officer, former, successor, on=on)
    everything = {("companion", VILLAGE), ("cadre", SIBLING)}
    assert (held(former), held(former, on)) == (everything, set())
    assert held(successor, on) == everything | {("cadre", "16.05.01.2005")}
    assert actor(former, hat="companion").assignment == set(FAMILIES)


def test_what_others_gave_stays_and_is_named(officer, former):
    kept = granted(former, "planner", "16.05")
    done = hand_over(officer, former, person("cadre", VILLAGE))
    assert done.left == [kept]
    assert held(former) == {("planner", "16.05")}


def test_nothing_goes_to_nobody_oneself_or_the_suspended(officer, former):
    asleep = person("cadre", VILLAGE, suspended_at=AT, suspended_by="x", suspended_reason="x")
    with pytest.raises(NotValid):
        hand_over(officer, former, former)
    with pytest.raises(Refused):
        hand_over(officer, former, asleep)
    with pytest.raises(Refused):
        hand_over(officer, person("planner", "16.05"), person("cadre", VILLAGE))
    assert len(held(former)) == 2


def test_the_page_hands_over_and_prints_the_list(officer, former):
    successor, client = person("cadre", SIBLING, name="Baru"), signed_in(officer)
    page = client.get(f"/petugas/{former.pk}/serah-terima").content.decode()
    assert "Tim Pendamping Keluarga (TPK)" in page
    assert f'value="{officer.username}' not in page
    today = str(timezone.localdate())  # noqa: TID251  as the pages do
    given = {"successor": f"{successor.username} Baru", "on": today, "reason": "pensiun"}
    wrong = client.post(f"/petugas/{former.pk}/serah-terima", given | {"reason": ""})
    assert (wrong.status_code, successor.username in wrong.content.decode()) == (422, True)
    unknown = client.post(f"/petugas/{former.pk}/serah-terima", given | {"successor": "tidakada"})
    assert "Tidak ada orang dengan nama akun" in unknown.content.decode()
    page = client.post(f"/petugas/{former.pk}/serah-terima", given).content.decode()
    assert "Berita acara serah terima" in page
    assert "Keluarga dampingan yang ikut: 2." in page
    assert held(former) == set()


def test_the_page_says_when_there_is_nothing_to_hand_over(officer):
    idle = person("cadre", VILLAGE)
    idle.grants.update(to_on=TODAY - timedelta(days=100))
    page = signed_in(officer).get(f"/petugas/{idle.pk}/serah-terima").content.decode()
    assert "Tidak ada penugasan yang dapat Anda serahkan." in page


def test_more_people_than_a_page_lists_are_named_instead(officer, former):
    Account.objects.bulk_create(
        Account(username=f"kader{n:03}", name=f"Kader {n:03}", invited_at=AT, invited_by="x") for n in range(301)
    )
    Grant.objects.bulk_create(
        Grant(account=account, role="cadre", region=VILLAGE, from_on=TODAY, given_at=AT, given_by="x")
        for account in Account.objects.filter(username__startswith="kader")
    )
    page = signed_in(officer).get(f"/petugas/{former.pk}/serah-terima").content.decode()
    assert "kader000" not in page

"""What happens to grants: given, ended, moved, confirmed, handed over; the next request knows."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from balai.access.models import AuditEntry
from balai.access.rules import AgencyKind, operator
from balai.accounts import actions
from balai.accounts.models import Grant
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.regions import actions as regions
from balai.staff.models.reviewing import reviews
from tests.accounts.seed import AT, FAR, RT, SIBLING, TODAY, VILLAGE, lay_out
from tests.people import actor, granted, person

pytestmark = pytest.mark.django_db
KECAMATAN = "16.05.01"
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _places():
    lay_out()


@pytest.fixture
def officer():
    return person("field_officer", KECAMATAN)


def give(by, account, role="cadre", region=VILLAGE, **fields):
    return actions.give(by=by, at=AT, account=account, role=role, region=region, **{"from_on": TODAY} | fields)


def reach(account):
    return sorted(code for code in (VILLAGE, SIBLING, FAR) if actor(account).covers(code))


def test_a_grant_opens_on_the_next_request_and_closes_on_the_next(officer):
    account = person("cadre", SIBLING)
    grant = give(actor(officer), account)
    assert reach(account) == [VILLAGE, SIBLING]
    actions.end(by=actor(officer), at=AT, grant=grant, reason="pindah tugas")
    assert reach(account) == [SIBLING]
    assert list(AuditEntry.objects.order_by("pk").values_list("deed", flat=True)) == ["grant.give", "grant.end"]


def test_an_officer_who_moves_loses_the_old_region_at_once(officer):
    account = person("cadre", VILLAGE)
    actions.move(by=actor(officer), at=AT, account=account, regions=[SIBLING], on=TODAY, reason="pindah")
    assert reach(account) == [SIBLING]


def test_a_move_ahead_keeps_the_old_region_until_the_eve(officer):
    account = person("cadre", VILLAGE)
    actions.move(by=actor(officer), at=AT, account=account, regions=[SIBLING], on=TOMORROW, reason="pindah")
    old, new = Grant.objects.filter(account=account).order_by("pk")
    assert (old.to_on, old.ended_at, new.from_on, new.region) == (TODAY, None, TOMORROW, SIBLING)


def test_a_move_keeps_what_stays(officer):
    account = person("cadre", VILLAGE)
    kept = account.grants.get()
    actions.move(by=actor(officer), at=AT, account=account, regions=[VILLAGE, SIBLING], on=TODAY, reason="tambah")
    assert Grant.objects.in_force(TODAY).filter(account=account).count() == 2
    kept.refresh_from_db()
    assert kept.ended_at is None


def test_a_move_takes_only_what_the_officer_may_appoint(officer):
    account = person("cadre", VILLAGE)
    granted(account, "planner", "16.05")
    actions.move(by=actor(officer), at=AT, account=account, regions=[SIBLING], on=TODAY, reason="pindah")
    roles = Grant.objects.in_force(TODAY).filter(account=account).values_list("role", "region")
    assert set(roles) == {("planner", "16.05"), ("cadre", SIBLING)}


@pytest.mark.parametrize(("role", "regions"), [("planner", [SIBLING]), ("cadre", [])])
def test_nothing_to_move_is_refused(officer, role, regions):
    account = person(role, "16.05" if role == "planner" else VILLAGE)
    with pytest.raises(Refused):
        actions.move(by=actor(officer), at=AT, account=account, regions=regions, on=TODAY, reason="pindah")


def test_the_same_grant_is_not_given_twice(officer):
    account = person("cadre", VILLAGE)
    with pytest.raises(Refused):
        give(actor(officer), account)
    with pytest.raises(IntegrityError), transaction.atomic():
        granted(account, "cadre", VILLAGE)


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ((1, 10), (11, 20), True),
        ((1, 10), (10, 20), False),
        ((11, 20), (1, 10), True),
        ((11, None), (1, None), False),
        ((1, None), (5, 9), False),
    ],
)
def test_days_of_the_same_grant_do_not_overlap(officer, first, second, allowed):
    def days(pair):
        start, end = pair
        return {"from_on": date(2027, 1, start), "to_on": end and date(2027, 1, end)}

    account = person("cadre", SIBLING)
    give(actor(officer), account, **days(first))
    if allowed:
        give(actor(officer), account, **days(second))
    else:
        with pytest.raises(Refused):
            give(actor(officer), account, **days(second))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"region": "16.05.01.9999"}, NotValid),
        ({"role": "wizard"}, NotValid),
        ({"agency": "pirates"}, NotValid),
        ({"agency": "health"}, NotValid),
        ({"region": KECAMATAN}, NotValid),
        ({"region": FAR}, NotAllowed),
        ({"role": "field_officer"}, NotAllowed),
        ({"to_on": TODAY - timedelta(days=1)}, NotValid),
    ],
)
def test_what_does_not_fit_is_refused(officer, fields, problem):
    with pytest.raises(problem):
        give(actor(officer), person("cadre", SIBLING), **fields)


def test_an_agency_officer_gets_a_grant_with_agency_and_its_name():
    office = actor(person("family_office", "16.05"))
    grant = give(office, person("cadre", VILLAGE), "agency_officer", KECAMATAN, agency="health", agency_name=" Dinkes ")
    assert (grant.agency_kind, grant.agency_name) == (AgencyKind.HEALTH, "Dinkes")


def test_a_grant_lasts_no_longer_than_the_giver(officer):
    officer.grants.update(to_on=TOMORROW)
    by, account = actor(officer), person("cadre", SIBLING)
    with pytest.raises(NotValid):
        give(by, account)
    assert give(by, account, to_on=TOMORROW).to_on == TOMORROW


def test_an_actor_made_before_the_grant_ended_gives_nothing(officer):
    by = actor(officer)
    officer.grants.update(to_on=date(2026, 1, 1))
    with pytest.raises(NotAllowed):
        give(by, person("cadre", SIBLING))


def test_a_cadre_of_an_rt_is_given_by_the_village(officer):
    assert give(actor(person("village_editor", VILLAGE)), person("cadre", SIBLING), region=RT).region == RT


@pytest.mark.parametrize("on", [None, TODAY, TODAY - timedelta(days=9)])
def test_ending_by_today_ends_now(officer, on):
    account = person("cadre", VILLAGE)
    ended = actions.end(by=actor(officer), at=AT, grant=account.grants.get(), reason="selesai", on=on)
    assert (ended.ended_at, ended.ended_by, ended.ended_reason) == (AT, f"account:{officer.pk}", "selesai")


def test_ending_ahead_never_lengthens(officer):
    account = person("cadre", VILLAGE)
    account.grants.update(to_on=TODAY)
    grant = actions.end(by=actor(officer), at=AT, grant=account.grants.get(), reason="x", on=date(2027, 1, 1))
    assert (grant.to_on, grant.ended_at) == (TODAY, None)


def test_ending_needs_a_reason_power_and_an_open_grant(officer):
    grant = person("cadre", VILLAGE).grants.get()
    with pytest.raises(NotValid):
        actions.end(by=actor(officer), at=AT, grant=grant, reason="  ")
    with pytest.raises(NotAllowed):
        actions.end(by=actor(officer), at=AT, grant=officer.grants.get(), reason="x")
    actions.end(by=actor(officer), at=AT, grant=grant, reason="x")
    with pytest.raises(Refused):
        actions.end(by=actor(officer), at=AT, grant=grant, reason="x")


def test_families_are_assigned_once_and_taken_back(officer):
    families = [uuid4(), uuid4()]
    account = person("companion", VILLAGE)
    grant, by = account.grants.get(), actor(officer)
    assert actions.assign(by=by, at=AT, grant=grant, families=families) == 2
    assert actions.assign(by=by, at=AT, grant=grant, families=families) == 0
    assert actor(account).assignment == set(families)
    assert actions.unassign(by=by, at=AT, grant=grant, families=families[:1]) == 1
    assert actions.unassign(by=by, at=AT, grant=grant, families=families[:1]) == 0
    assert actor(account).assignment == set(families[1:])
    assert [entry.deed for entry in AuditEntry.objects.order_by("pk")] == ["grant.assign", "grant.unassign"]


def test_only_an_assigned_role_has_families(officer):
    with pytest.raises(NotValid):
        actions.assign(by=actor(officer), at=AT, grant=person("cadre", VILLAGE).grants.get(), families=[uuid4()])
    with pytest.raises(NotAllowed):
        actions.assign(by=actor(officer), at=AT, grant=officer.grants.get(), families=[uuid4()])


def split(into=SIBLING, kind="split", code=VILLAGE):
    return regions.record_change(by=operator("test"), at=AT, kind=kind, code=code, new=into, on=TODAY, source="Perda")


def told(grant, on=TODAY):
    grant = Grant.objects.get(pk=grant.pk)
    review = reviews([grant], on).get(grant.pk)
    return [str(reason) for reason in review.reasons] if review else [], review and sorted(review.choices)


def test_after_a_split_the_officer_is_told_once_and_chooses(officer):
    account = person("cadre", VILLAGE)
    grant = account.grants.get()
    split()
    split("16.05.01.2099")
    reasons, choices = told(grant)
    assert len(reasons) == 1
    assert "dipecah" in reasons[0]
    assert choices == [SIBLING, "16.05.01.2099"]
    assert reach(account) == [VILLAGE]
    actions.resettle(by=actor(officer), at=AT, grant=grant, regions=[VILLAGE, SIBLING], reason="kader keduanya")
    assert reach(account) == [VILLAGE, SIBLING]
    assert told(grant) == ([], None)


def test_after_a_split_the_grant_may_go_on_elsewhere_only(officer):
    account = person("cadre", VILLAGE)
    split()
    actions.resettle(by=actor(officer), at=AT, grant=account.grants.get(), regions=[SIBLING], reason="ikut yang baru")
    assert reach(account) == [SIBLING]


def test_a_choice_has_to_be_made(officer):
    with pytest.raises(NotValid):
        actions.resettle(by=actor(officer), at=AT, grant=person("cadre", VILLAGE).grants.get(), regions=[], reason="x")


def test_a_merged_village_is_told_and_cannot_be_confirmed(officer):
    account = person("cadre", VILLAGE)
    regions.end_place(by=operator("test"), at=AT, code=RT, on=TODAY, reason="uji")
    split(kind="merged")
    reasons, choices = told(account.grants.get())
    assert "digabung" in reasons[0]
    assert choices == [SIBLING]
    assert reach(account) == [VILLAGE]
    with pytest.raises(NotValid):
        actions.confirm(by=actor(officer), at=AT, grant=account.grants.get())


def test_an_ended_place_is_told():
    account = person("cadre", RT)
    regions.end_place(by=operator("test"), at=AT, code=RT, on=TODAY, reason="uji")
    assert told(account.grants.get()) == (["Wilayah ini berakhir pada 2026-11-22."], [])


def test_a_re_coded_village_goes_on_without_a_word(officer):
    account = person("cadre", VILLAGE)
    regions.record_change(by=operator("test"), at=AT, kind="recoded", code=VILLAGE, new="16.05.02.2050", on=TODAY,
                          source="Kepmendagri")  # fmt: skip
    assert actor(account).covers("16.05.02.2050")
    assert told(account.grants.get()) == ([], None)


def test_a_split_known_when_the_grant_was_given_is_not_told(officer):
    split()
    assert told(give(actor(officer), person("cadre", SIBLING))) == ([], None)


def test_the_grants_of_a_giver_who_lost_the_power_stand_and_are_listed(officer):
    account = person("cadre", SIBLING)
    grant = give(actor(officer), account)
    assert told(grant) == ([], None)
    officer.grants.update(to_on=date(2026, 1, 1))
    assert told(grant)[0] == ["Pemberi penugasan ini tidak lagi berwenang memberikannya."]
    assert reach(account) == [VILLAGE, SIBLING]
    actions.confirm(by=actor(person("field_officer", KECAMATAN)), at=AT, grant=grant)
    assert told(grant) == ([], None)


def test_a_suspended_giver_is_listed_too(officer):
    grant = give(actor(officer), person("cadre", SIBLING))
    actions.suspend(by=actor(person("family_office", "16.05")), at=AT, account=officer, reason="cuti panjang")
    assert told(grant)[0] != []


def test_a_suspended_person_may_nothing_until_resumed(officer):
    account = person("cadre", VILLAGE)
    actions.suspend(by=actor(officer), at=AT, account=account, reason="hp hilang")
    account.refresh_from_db()
    assert actor(account).account is None
    actions.resume(by=actor(officer), at=AT, account=account, reason="sudah ketemu")
    account.refresh_from_db()
    assert reach(account) == [VILLAGE]

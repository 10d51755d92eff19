from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.accounts.models import Grant
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.exports import actions
from balai.exports.models import Export
from balai.families.models import Person
from tests import people
from tests.exports import taking
from tests.exports.taking import as_, asked, wish
from tests.families import register
from tests.families.register import AT, FAR, HERE, KABUPATEN, KECAMATAN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def officer(places):
    taking.home()
    return taking.account()


def deeds(*names):
    return list(AuditEntry.objects.filter(deed__in=names).order_by("pk").values_list("deed", flat=True))


def test_a_small_list_without_specific_data_is_written_at_once(officer):
    export = asked(officer)
    assert (export.state, export.needs_approval, export.persons) == ("writing", False, 2)
    entry = AuditEntry.objects.get(deed="export.ask")
    assert (entry.region, entry.subject, entry.detail["persons"]) == (HERE, str(export.pk), 2)
    assert entry.change.why == taking.PURPOSE


@pytest.mark.parametrize("columns", [("called", "card_full")])
def test_a_number_in_full_waits_for_a_second_officer(officer, columns):
    assert asked(officer, wish(columns=columns)).state == "waiting"


def test_many_persons_wait_for_a_second_officer(officer, monkeypatch):
    monkeypatch.setattr("balai.exports.rules.limits.PERSONS_ALONE", 1)
    assert asked(officer).state == "waiting"


@pytest.mark.parametrize(
    ("role", "region", "given"),
    [
        ("cadre", HERE, wish(columns=("called", "card_full"))),  # a column that the role does not see
        ("village_head", HERE, wish("survey_planning", columns=("method",))),  # a table
        ("cadre", HERE, wish(format="parquet")),  # a form for officers of the data
        ("cadre", HERE, wish(columns=("nonsense",))),
        ("cadre", HERE, wish(region=FAR)),  # another place
        ("field_officer", KECAMATAN, wish(region=KABUPATEN)),  # more than one's own
        ("planner", KABUPATEN, wish()),
    ],
)
def test_what_one_may_not_see_one_may_not_take(places, role, region, given):
    taking.home()
    with pytest.raises(NotAllowed):
        asked(taking.account(role, region), given)
    assert not Export.objects.exists()


def test_a_companion_takes_only_the_families_assigned(places):
    mine, _other = taking.home(), taking.home()
    companion = people.person("companion", HERE, families=[mine.pk])
    assert asked(companion).persons == 2


def test_a_person_whose_data_may_only_be_kept_is_in_no_list(officer):
    with acting(register.BY):
        Person.objects.update(restricted_at=AT, restricted_by="uji")
    for sheet in ("families", "members", "survey_members", "survey_housing", "aid", "listed", "events"):
        with pytest.raises(Refused, match="kosong"):
            asked(officer, wish(sheet, columns=("region",)))


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        ({"given": wish(columns=())}, NotValid, "satu kolom"),
        ({"purpose": "rapat"}, NotValid, "10 huruf"),
        ({"given": wish(region="16.05.01.2003")}, Refused, "kosong"),
    ],
)
def test_what_cannot_be_is_told(officer, given, kind, said):
    with pytest.raises(kind, match=said):
        asked(officer, **given)


def test_the_command_line_asks_for_no_file(places):
    by = operator("test")
    with acting(by), pytest.raises(NotAllowed, match="sebuah akun"):
        actions.ask_export(by=by, at=AT, wish=wish(), purpose=taking.PURPOSE, language="id")


def test_an_account_takes_no_more_than_its_quota_in_a_day(officer):
    taking.row_of(officer, AT - DAY + timedelta(minutes=1), persons=4_999)
    with pytest.raises(Refused, match="masih dapat mengunduh data 1 orang"):
        asked(officer)
    assert asked(officer, at=AT + timedelta(minutes=2)).persons == 2


def test_what_was_refused_or_stopped_does_not_count(officer):
    refused = {"refused_at": AT, "refused_by": "x", "refused_reason": "y"}
    taking.row_of(officer, persons=5_000, state="refused", **refused)
    taking.row_of(officer, persons=5_000, state="stopped")
    assert asked(officer).persons == 2


def test_what_a_second_officer_decides_about_is_not_bound_by_the_quota(officer, monkeypatch):
    """It neither counts nor is refused: the second officer says yes or no."""
    taking.row_of(officer, persons=9_000, needs_approval=True, state="waiting")
    assert asked(officer).persons == 2
    taking.row_of(officer, persons=5_000)
    with pytest.raises(Refused, match="masih dapat mengunduh"):
        asked(officer)
    monkeypatch.setattr("balai.exports.rules.limits.PERSONS_ALONE", 1)
    assert asked(officer).needs_approval


def test_the_quota_is_each_accounts_own(officer):
    taking.row_of(taking.account(), persons=5_000)
    assert asked(officer).persons == 2


def test_a_day_far_above_ones_own_is_told_to_the_trail(officer):
    """T22: the alert stands in the trail with the request itself."""
    for days in (3, 5, 9):
        taking.row_of(officer, AT - days * DAY, persons=1)
    asked(officer)
    assert deeds("export.unusual") == []
    assert asked(officer).unusual
    assert deeds("export.unusual") == ["export.unusual"]
    assert not asked(officer).unusual  # told once that day
    taking.row_of(officer, AT - 31 * DAY, persons=1)


@pytest.fixture
def waiting(officer):
    return asked(officer, wish(columns=("called", "card_full")))


def test_a_second_officer_of_the_region_approves(waiting):
    with as_(taking.account("family_office", KABUPATEN)) as by:
        row = actions.approve_export(by=by, at=AT, export=waiting)
        assert (row.state, row.approved_by) == ("writing", by.name)
        with pytest.raises(Refused, match="sudah diputuskan"):
            actions.refuse_export(by=by, at=AT, export=waiting, reason="alasan yang panjang")
    assert deeds("export.approve", "export.refuse") == ["export.approve"]


def test_a_refusal_says_why(waiting):
    with as_(taking.account()) as by:
        with pytest.raises(NotValid, match="10 huruf"):
            actions.refuse_export(by=by, at=AT, export=waiting, reason="tidak")
        row = actions.refuse_export(by=by, at=AT, export=waiting, reason="daftar ini tidak perlu")
    assert (row.state, row.refused_reason) == ("refused", "daftar ini tidak perlu")
    assert AuditEntry.objects.get(deed="export.refuse").change.why == "daftar ini tidak perlu"


def test_nobody_approves_ones_own(waiting, officer):
    with as_(officer) as by, pytest.raises(NotAllowed, match="petugas lain"):
        actions.approve_export(by=by, at=AT, export=waiting)


def test_ones_own_stays_ones_own_in_another_hat(waiting, officer):
    people.granted(officer, "family_office", KABUPATEN)
    with as_(officer, hat="family_office") as by, pytest.raises(NotAllowed, match="petugas lain"):
        actions.refuse_export(by=by, at=AT, export=waiting, reason="alasan yang panjang")


@pytest.mark.parametrize(
    ("role", "region"),
    [
        ("field_officer", "16.05.02"),  # of the kecamatan beside
        ("family_office", "76.05"),
        ("cadre", HERE),
        ("village_head", HERE),
        ("auditor", KABUPATEN),
    ],
)
def test_who_does_not_cover_the_region_or_may_not_approve_is_refused(waiting, role, region):
    with as_(taking.account(role, region)) as by, pytest.raises(NotAllowed):
        actions.approve_export(by=by, at=AT, export=waiting)


def test_the_database_holds_the_approval_by_another(waiting):
    for fields in (
        {"approved_at": AT, "approved_by": waiting.asked_by},
        {"approved_at": AT},
        {"refused_at": AT, "refused_by": "x"},
        {"state": "writing"},
        {"state": "ready", "approved_at": AT, "approved_by": "x"},
        {"state": "unknown"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Export.objects.filter(pk=waiting.pk).update(**fields)


def test_the_desk_shows_what_one_may_decide_and_nothing_else(waiting, officer):
    def seen(account):
        with as_(account) as by:
            return set(Export.objects.waiting_for(by)), set(Export.objects.visible_to(by))

    assert seen(officer) == (set(), {waiting})
    assert seen(taking.account()) == ({waiting}, {waiting})
    assert seen(taking.account("family_office", KABUPATEN)) == ({waiting}, {waiting})
    assert seen(taking.account("field_officer", "16.05.02")) == (set(), set())
    assert seen(taking.account("cadre", HERE)) == (set(), set())


def test_who_asked_is_kept_with_the_hat_and_no_region(waiting):
    assert (waiting.asker.role.name, waiting.asker.ranges) == ("field_officer", ())
    Grant.objects.all().delete()
    social = people.person("agency_officer", KABUPATEN, agency="social")
    export = asked(social, wish("listed", region=KABUPATEN, columns=("called", "decile")))
    assert (export.hat, export.asker.agency) == ("agency_officer@social", "social")

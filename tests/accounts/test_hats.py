"""What a person may do today is computed from the grants in force today."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from balai.access.rules import STRANGER, AgencyKind
from balai.accounts.models import actor_of, hats_of
from balai.regions.models import Change, Place
from tests.people import actor, granted, person, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
VILLAGE, SIBLING = "16.05.01.2002", "16.05.01.2003"


def hats(account, on=TODAY):
    return [(hat.key, list(hat.ranges)) for hat in hats_of(account, on)]


def test_one_role_over_two_villages_is_one_hat():
    account = person("field_officer", VILLAGE)
    granted(account, "field_officer", SIBLING)
    assert hats(account) == [("field_officer", [(VILLAGE, VILLAGE + "/"), (SIBLING, SIBLING + "/")])]


def test_a_region_inside_another_adds_nothing():
    account = person("field_officer", "16.05.01")
    granted(account, "field_officer", SIBLING)
    assert hats(account) == [("field_officer", [("16.05.01", "16.05.01/")])]


def test_every_role_and_agency_is_a_hat_of_its_own():
    account = person("agency_officer", "16.05", AgencyKind.SOCIAL)
    granted(account, "agency_officer", "16.05", AgencyKind.HEALTH)
    granted(account, "cadre", VILLAGE)
    assert [key for key, _ranges in hats(account)] == [
        "cadre", "agency_officer@health", "agency_officer@social",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "held"),
    [
        ({"from_on": TODAY}, True),
        ({"from_on": date(2026, 11, 23)}, False),
        ({"to_on": TODAY}, True),
        ({"to_on": date(2026, 11, 21)}, False),
        ({"ended_at": AT, "ended_by": "operator:test", "ended_reason": "pindah"}, False),
    ],
)
def test_a_grant_counts_from_its_first_to_its_last_day(fields, held):
    account = person("village_head", VILLAGE)
    granted(account, "cadre", VILLAGE, **fields)
    assert ("cadre" in [key for key, _ranges in hats(account)]) is held


def test_a_suspended_person_is_nobody():
    account = person("cadre", VILLAGE, suspended_at=AT, suspended_by="operator:test", suspended_reason="hilang")
    assert hats(account) == []
    assert actor_of(account, {}, TODAY) == STRANGER


def test_a_role_that_balai_no_longer_has_gives_nothing():
    assert hats(person("wizard", VILLAGE)) == []


def test_a_person_without_grants_is_known_and_may_nothing():
    account = person("cadre", VILLAGE)
    account.grants.update(to_on=date(2026, 1, 1))
    by = actor_of(account, {"assurance": 2}, TODAY)
    assert (by.account, by.role.name, by.ranges) == (account.pk, "public", ())
    assert not by.covers(VILLAGE)


def test_the_session_chooses_among_the_hats_that_are_held():
    account = person("cadre", VILLAGE)
    granted(account, "agency_officer", "16.05", AgencyKind.HEALTH)
    worn = {wish: actor(account, hat=wish).role.name for wish in (None, "agency_officer@health", "nation")}
    assert worn == {None: "cadre", "agency_officer@health": "agency_officer", "nation": "cadre"}


def test_the_actor_carries_device_assurance_and_families():
    family, device = uuid4(), uuid4()
    account = person("companion", VILLAGE, families=[family])
    by = actor_of(account, {"device": str(device), "assurance": 2}, TODAY)
    assert (by.name, by.device, by.assurance) == (f"account:{account.pk}", device, 2)
    assert by.assignment == {family}
    assert actor(person("cadre", VILLAGE)).assignment is None


def test_a_client_is_signed_in():
    client = signed_in(person("cadre", VILLAGE), hat="cadre")
    assert client.session["assurance"] == 2


def changed(kind, *codes):
    for code in codes:
        Place.objects.get_or_create(
            code=code, defaults={"level": 4, "kind": "desa", "name": code, "search_name": code, "source": "uji"}
        )
    Change.objects.create(kind=kind, on=TODAY, old_id=codes[0], new_id=codes[-1], certain=True, source="uji")


def test_a_grant_follows_its_region_through_new_codes():
    account = person("cadre", VILLAGE)
    changed("recoded", VILLAGE, SIBLING)
    changed("recoded", SIBLING, "16.05.02.2001")
    changed("recoded", "16.05.02.2001", VILLAGE)
    reach = [(code, code + "/") for code in (VILLAGE, SIBLING, "16.05.02.2001")]
    assert hats(account) == [("cadre", reach)]
    assert hats(account, date(2026, 11, 21)) == [("cadre", reach[:1])]


@pytest.mark.parametrize("kind", ["split", "merged", "renamed"])
def test_a_grant_never_grows_by_a_split_a_merger_or_a_new_name(kind):
    account = person("cadre", VILLAGE)
    changed(kind, VILLAGE, SIBLING if kind != "renamed" else VILLAGE)
    assert hats(account) == [("cadre", [(VILLAGE, VILLAGE + "/")])]

"""T4: nobody gives what they lack. Every role against every role, over every kind of region."""

from datetime import date
from itertools import product
from uuid import uuid4

import pytest
from django.db import transaction

from balai.access.models import AuditEntry
from balai.access.rules import ROLES, Actor, AgencyKind, Permission, Reach, Role, appointable, operator
from balai.accounts import actions
from balai.accounts.models import Grant
from balai.accounts.rules.granting import Terms, may_appoint, may_govern, must_be_givable, must_fit
from balai.base.errors import NotAllowed, NotValid, Problem
from balai.regions.models import Place
from balai.regions.rules import span
from tests.accounts.seed import AT, TODAY, lay_out
from tests.people import actor, person

# Who may give what, as the issue has it: written out, so that a change of the roles has to be made twice.
FRONT = {"cadre", "companion"}
VILLAGE = FRONT | {"village_editor", "working_group"}
KABUPATEN = VILLAGE | {"field_officer", "village_head", "district_head", "agency_officer", "planner"}
HANDS_OUT = {
    "village_editor": FRONT,
    "field_officer": VILLAGE,
    "family_office": KABUPATEN,
    "province": KABUPATEN | {"family_office"},
    "nation": KABUPATEN | {"family_office", "province"},
    "system_admin": KABUPATEN | {"family_office", "province", "nation", "auditor"},
}
HOME = {Reach.NATION: "", Reach.PROVINCE: "16", Reach.KABUPATEN: "16.05", Reach.KECAMATAN: "16.05.01",
        Reach.VILLAGE: "16.05.01.2002", Reach.BELOW: "16.05.01.2002.T001"}  # fmt: skip
TARGETS = {"": Reach.NATION, "16": Reach.PROVINCE, "76": Reach.PROVINCE, "16.05": Reach.KABUPATEN,
           "16.71": Reach.KABUPATEN, "76.05": Reach.KABUPATEN, "16.05.01": Reach.KECAMATAN,
           "16.05.02": Reach.KECAMATAN, "16.05.01.2002": Reach.VILLAGE, "16.05.01.2003": Reach.VILLAGE,
           "16.05.02.2002": Reach.VILLAGE, "16.05.01.2002.T001": Reach.BELOW}  # fmt: skip
GIVERS = [(name, reach) for name, role in ROLES.items() for reach in sorted(role.reach)]


def within(home, target):
    return home == "" or target == home or target.startswith(home + ".")


def expected(giver, home, given, target):
    return given in HANDS_OUT.get(giver, set()) and within(home, target) and TARGETS[target] in ROLES[given].reach


def agency_of(role):
    return AgencyKind.HEALTH if ROLES[role].by_agency else None


def attempt(by, given, target, agency):
    terms = Terms(ROLES[given], target, TODAY, None, agency)
    try:
        must_be_givable(by, terms, to=uuid4(), last_day=None)
        must_fit(terms, TARGETS[target])
    except Problem:
        return False
    return True


def test_the_rule_gives_exactly_what_the_issue_allows():
    wrong = []
    for (giver, reach), given, target in product(GIVERS, ROLES, TARGETS):
        home = HOME[reach]
        by = Actor("account:x", ROLES[giver], (span(home),), agency_of(giver), account=uuid4())
        if attempt(by, given, target, agency_of(given)) is not expected(giver, home, given, target):
            wrong.append((giver, home, given, target))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("giver", ROLES)
def test_the_action_gives_exactly_what_the_issue_allows(giver):
    lay_out()
    home = HOME[min(ROLES[giver].reach)]
    by = actor(person(giver, home, agency_of(giver) or ""))
    receiver = person("cadre", "76.05.03.2002")
    wrong = []
    for given, target in product(ROLES, TARGETS):
        before = Grant.objects.count()
        try:
            with transaction.atomic():
                actions.give(by=by, at=AT, account=receiver, role=given, region=target, from_on=TODAY,
                             agency=agency_of(given) or "")  # fmt: skip
            given_now = True
        except Problem:
            given_now = False
        if given_now is not expected(giver, home, given, target) or Grant.objects.count() - before != given_now:
            wrong.append((given, target))
    assert wrong == []


def test_power_never_leads_back_up():
    assert {name for name, role in ROLES.items() if name in appointable(role)} == set()


def test_who_appoints_may_manage_accounts():
    assert {
        name for name, role in ROLES.items() if role.hands_out and Permission.ACCOUNT_MANAGE not in role.may
    } == set()


def test_an_agency_gives_only_its_own_agency():
    chief = Role("chief", frozenset(Permission), by_agency={AgencyKind.HEALTH: {}, AgencyKind.SOCIAL: {}},
                 hands_out=frozenset({"agency_officer"}))  # fmt: skip
    by = Actor("account:x", chief, (span("16.05"),), AgencyKind.HEALTH, account=uuid4())
    allowed = {kind: may_appoint(by, "agency_officer", "16.05", kind) for kind in AgencyKind}
    assert [kind for kind, may in allowed.items() if may] == [AgencyKind.HEALTH]


@pytest.mark.parametrize(
    ("role", "region", "agency", "problem"),
    [
        ("agency_officer", "16.05", None, NotValid),
        ("field_officer", "16.05.01", AgencyKind.HEALTH, NotValid),
        ("field_officer", "16.05", None, NotValid),
    ],
)
def test_level_and_agency_must_fit_the_role(role, region, agency, problem):
    with pytest.raises(problem):
        must_fit(Terms(ROLES[role], region, TODAY, None, agency), TARGETS[region])


def test_days_must_be_in_order():
    with pytest.raises(NotValid):
        must_fit(Terms(ROLES["cadre"], "16.05.01.2002", TODAY, date(2026, 11, 1)), Reach.VILLAGE)


@pytest.mark.parametrize(
    ("last_day", "to_on", "allowed"),
    [
        (None, None, True),
        (date(2027, 1, 1), date(2027, 1, 1), True),
        (date(2027, 1, 1), date(2027, 1, 2), False),
        (date(2027, 1, 1), None, False),
    ],
)
def test_nobody_gives_longer_than_the_own_grant_lasts(last_day, to_on, allowed):
    by = Actor("account:x", ROLES["field_officer"], (span("16.05.01"),), account=uuid4())
    terms = Terms(ROLES["cadre"], "16.05.01.2002", TODAY, to_on)
    if allowed:
        must_be_givable(by, terms, to=uuid4(), last_day=last_day)
    else:
        with pytest.raises(NotValid):
            must_be_givable(by, terms, to=uuid4(), last_day=last_day)


HELD = [
    ([("cadre", "16.05.01.2002", None)], True),
    ([], True),
    ([("cadre", "16.05.01.2002", None), ("cadre", "16.05.02.2002", None)], False),
    ([("cadre", "16.05.01.2002", None), ("village_head", "16.05.01.2002", None)], False),
    ([("wizard", "16.05.01.2002", None)], False),
]


@pytest.mark.parametrize(("held", "governs"), HELD)
def test_the_whole_account_is_for_those_who_may_appoint_all_of_it(held, governs):
    by = Actor("account:x", ROLES["field_officer"], (span("16.05.01"),), account=uuid4())
    assert may_govern(by, uuid4(), held) is governs
    assert not may_govern(by, by.account, [])
    assert not may_govern(Actor("account:y", ROLES["auditor"], account=uuid4()), uuid4(), [])


@pytest.mark.django_db
def test_the_operator_appoints_everybody_and_it_is_recorded():
    lay_out()
    account = person("cadre", "16.05.01.2002")
    grant = actions.give(by=operator("test"), at=AT, account=account, role="system_admin", region="", from_on=TODAY,
                         to_on=date(2027, 1, 1), reason="pasang awal")  # fmt: skip
    entry = AuditEntry.objects.get(deed="grant.give")
    assert (entry.by, entry.subject, entry.detail["role"]) == ("operator:test", str(account.pk), "system_admin")
    assert grant.given_by == "operator:test"


@pytest.mark.django_db
def test_nobody_gives_to_oneself():
    lay_out()
    account = person("family_office", "16.05")
    with pytest.raises(NotAllowed):
        actions.give(by=actor(account), at=AT, account=account, role="cadre", region="16.05.01.2002", from_on=TODAY)


@pytest.mark.django_db
def test_the_tree_used_here_is_the_tree_there():
    lay_out()
    assert set(TARGETS) - {""} <= set(Place.objects.values_list("pk", flat=True))

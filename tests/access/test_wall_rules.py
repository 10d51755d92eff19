"""Walls as rules: what the database is told of an actor, and what it is told to do."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.rules import (
    EVERYWHERE,
    OPERATOR,
    ROLES,
    Actor,
    AgencyKind,
    Matter,
    Permission,
    Right,
    WalledTable,
    Walls,
    grants,
    is_everywhere,
    membership,
    operator,
    told,
    wall,
)

FAMILY = UUID(int=7)
NAMES = WalledTable("families_person", "region", "family_id", Walls(Matter.NAMES))


def actor(role="field_officer", *ranges, agency=None, assignment=None):
    return Actor("uji", ROLES[role], ranges, agency=agency, assignment=assignment)


def test_one_range_is_told_by_its_envelope_alone():
    assert told(actor("field_officer", ("16.05", "16.05/"))) == {
        "app.lo": "16.05",
        "app.hi": "16.05/",
        "app.kind": "1",
        "app.bounds": "16.05,16.05/",
        "app.families": "",
        "app.may": "account.manage,account.view,device.enrol,export.approve,factor.reset,family.edit,family.verify,"
        "family.view,import.apply,number.reveal,rights.decide,rights.receive,village.edit",
        "app.sees": "village,staff,names,number,child_growth,health,contraception,poverty,welfare",
        "app.writes": "village,staff,names,welfare",
    }


def test_several_ranges_are_told_as_bounds_within_their_envelope():
    said = told(actor("cadre", ("76", "76/"), ("16.05", "16.05/"), ("31.01", "31.01/")))
    assert (said["app.lo"], said["app.hi"], said["app.kind"]) == ("16.05", "76/", "2")
    assert said["app.bounds"] == "16.05,16.05/,31.01,31.01/,76,76/"


@pytest.mark.parametrize(
    ("ranges", "bounds"),
    [
        ((("16.05", "16.05/"), ("16", "16/")), "16,16/"),
        ((("16", "16/"), ("16.05.01", "16.05.01/")), "16,16/"),
        ((("a", "b"), ("b", "c")), "a,c"),
        ((("a", "c"), ("b", "d")), "a,d"),
        ((("a", "b"), ("a", "b")), "a,b"),
    ],
)
def test_ranges_that_touch_or_overlap_are_one(ranges, bounds):
    said = told(actor("cadre", *ranges))
    assert (said["app.bounds"], said["app.kind"]) == (bounds, "1")


CODES = st.sampled_from(["11", "16", "16.05", "16.05.01", "16.05.01.2001", "16.05.02", "16.06", "31", "76"])


@given(codes=st.lists(CODES, min_size=1, max_size=5), place=CODES)
def test_a_region_lies_inside_in_every_second_step_between_the_bounds(codes, place):
    """What width_bucket asks in the database: how many bounds are at or below the region."""
    who = actor("cadre", *((code, code + "/") for code in codes))
    said = told(who)
    steps = sum(bound <= place for bound in said["app.bounds"].split(","))
    assert who.covers(place) is (steps % 2 == 1)
    assert who.covers(place) <= (said["app.lo"] <= place < said["app.hi"])


def test_the_assigned_are_told_with_their_families():
    said = told(actor("companion", ("16", "16/"), assignment=frozenset({FAMILY})))
    assert (said["app.kind"], said["app.families"]) == ("3", str(FAMILY))
    assert told(actor("companion", ("16", "16/")))["app.families"] == ""


def test_an_agency_is_told_with_what_it_sees():
    social = told(actor("agency_officer", ("16", "16/"), agency=AgencyKind.SOCIAL))
    assert (social["app.sees"], social["app.writes"]) == ("village,names,number,poverty,welfare", "poverty")
    assert told(actor("agency_officer", ("16", "16/")))["app.sees"] == "village"  # counts are not rows


@pytest.mark.parametrize("who", [None, actor("nation")])
def test_nobody_and_one_without_a_region_are_told_as_nothing(who):
    assert set(told(who).values()) == {""}
    assert set(told(who)) == set(told(operator("uji")))


def test_the_operator_is_everywhere():
    assert is_everywhere(operator("uji"))
    assert not is_everywhere(actor("nation", ("16", "16/")))
    assert (told(operator("uji"))["app.lo"], told(operator("uji"))["app.hi"]) == EVERYWHERE[0]


@pytest.mark.parametrize(
    ("walls", "role", "opens", "takes"),
    [
        (Walls(Matter.NAMES), "cadre", True, True),
        (Walls(Matter.NAMES), "village_head", True, False),
        (Walls(Matter.NAMES), "planner", False, False),
        (Walls(Matter.NUMBER), "cadre", True, False),
        (Walls(Matter.NUMBER, entered_with=Matter.NAMES), "cadre", True, True),
        (Walls(Matter.NUMBER, entered_with=Matter.NAMES), "village_head", True, False),
        (Walls(Matter.POVERTY), "cadre", True, False),
        (Walls(Matter.VILLAGE, Permission.RIGHTS_RECEIVE, edit=Permission.RIGHTS_RECEIVE), "auditor", True, False),
        (Walls(Matter.VILLAGE, Permission.RIGHTS_RECEIVE, edit=Permission.RIGHTS_RECEIVE, read_is_enough=True),
         "auditor", True, True),
        (Walls(Matter.VILLAGE, Permission.RIGHTS_RECEIVE, edit=Permission.RIGHTS_RECEIVE, read_is_enough=True),
         "working_group", False, False),
        (Walls(Matter.CHILD_GROWTH), "province", False, False),
    ],
)  # fmt: skip
def test_walls_open_by_permission_and_right(walls, role, opens, takes):
    assert (walls.opens_to(actor(role)), walls.takes_from(actor(role))) == (opens, takes)


@given(
    right=st.sampled_from(Right), sees=st.sets(st.sampled_from(Permission)), matter=st.sampled_from(Matter),
    walls=st.builds(Walls, st.sampled_from(Matter), view=st.sampled_from(Permission), edit=st.sampled_from(Permission)),
)  # fmt: skip
def test_what_the_database_is_told_opens_what_the_manager_opens(right, sees, matter, walls):
    """The wall of SQL and the wall of Python ask the same questions of the same answers."""
    role = type(OPERATOR)("uji", frozenset(sees), sees={matter: right})
    who = Actor("uji", role, (("16", "16/"),))
    said = {name: value.split(",") for name, value in told(who).items()}
    assert walls.opens_to(who) is (walls.view in said["app.may"] and walls.matter in said["app.sees"])
    assert walls.takes_from(who) is (walls.edit in said["app.may"] and walls.matter in said["app.writes"])


def test_a_wall_is_forced_and_has_a_policy_for_every_deed():
    statements = wall(NAMES)
    assert statements[:2] == (
        'ALTER TABLE "families_person" ENABLE ROW LEVEL SECURITY',
        'ALTER TABLE "families_person" FORCE ROW LEVEL SECURITY',
    )
    made = [statement for statement in statements if statement.startswith("CREATE POLICY")]
    assert [statement.split(" FOR ")[1].split(" ")[0] for statement in made] == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    assert [" WITH CHECK (" in statement for statement in made] == [False, True, True, False]
    assert [" USING (" in statement for statement in made] == [True, False, True, True]
    assert all("LIKE" not in statement for statement in made)
    assert "'app.writes'" not in made[0]
    assert "'family.view'" in made[0]
    assert all("'family.edit'" in statement and "'app.writes'" in statement for statement in made[1:])


def test_where_reading_is_enough_the_wall_asks_what_is_seen():
    table = WalledTable("t", "r", "f", Walls(Matter.NAMES, entered_with=Matter.VILLAGE, read_is_enough=True))
    added = wall(table)[5]
    assert "'village' = ANY (string_to_array(current_setting('app.sees'), ','))" in added
    assert "'names'" not in added


def test_names_of_tables_and_logins_are_quoted():
    assert '"a""b"."r"' in wall(WalledTable('a"b', "r", "f", Walls(Matter.NAMES)))[3]
    assert membership('x"; DROP') == 'GRANT balai_app TO "x""; DROP"'


def test_the_role_of_the_app_gets_what_is_listed_and_nothing_more():
    assert grants({"b": ("SELECT",), "a": ("SELECT", "INSERT")}, "public") == (
        'REVOKE CREATE ON SCHEMA "public" FROM PUBLIC',
        'GRANT USAGE ON SCHEMA "public" TO balai_app',
        'REVOKE ALL ON ALL TABLES IN SCHEMA "public" FROM balai_app',
        'GRANT SELECT, INSERT ON "public"."a" TO balai_app',
        'GRANT SELECT ON "public"."b" TO balai_app',
    )

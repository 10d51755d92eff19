"""The walls of the database to the letter: they are SQL, and SQL that opens too much raises no error."""

import re

import pytest

from balai.access.rules import Actor, Matter, Permission, Right, Role, WalledTable, Walls, grants, told, wall
from balai.access.rules.walls import NOBODY


def asked(setting, value):
    return f"'{value}' = ANY (string_to_array(current_setting('{setting}'), ','))"


def test_a_wall_is_these_statements_and_no_other():
    statements = wall(WalledTable("t", "r", "f", Walls(Matter.NAMES)))
    seen = statements[3].removeprefix('CREATE POLICY balai_see ON "t" FOR SELECT USING (').removesuffix(")")
    written = statements[9].removeprefix('CREATE POLICY balai_remove ON "t" FOR DELETE USING (').removesuffix(")")
    assert statements == (
        'ALTER TABLE "t" ENABLE ROW LEVEL SECURITY',
        'ALTER TABLE "t" FORCE ROW LEVEL SECURITY',
        'DROP POLICY IF EXISTS balai_see ON "t"',
        f'CREATE POLICY balai_see ON "t" FOR SELECT USING ({seen})',
        'DROP POLICY IF EXISTS balai_add ON "t"',
        f'CREATE POLICY balai_add ON "t" FOR INSERT WITH CHECK ({written})',
        'DROP POLICY IF EXISTS balai_change ON "t"',
        f'CREATE POLICY balai_change ON "t" FOR UPDATE USING ({written}) WITH CHECK ({written})',
        'DROP POLICY IF EXISTS balai_remove ON "t"',
        f'CREATE POLICY balai_remove ON "t" FOR DELETE USING ({written})',
    )
    view, sees = asked("app.may", "family.view"), asked("app.sees", "names")
    assert written == seen.replace(view, asked("app.may", "family.edit")).replace(sees, asked("app.writes", "names"))
    assert (seen.count(view), seen.count(sees)) == (1, 1)
    assert {'"t"."r"', '"t"."f"'} == set(re.findall(r'"\w+"\."\w+"', seen))


@pytest.mark.parametrize(
    ("walls", "seen", "written"),
    [
        (Walls(Matter.NUMBER, entered_with=Matter.NAMES), "'number'", "'names'"),
        (Walls(Matter.NUMBER), "'number'", "'number'"),
    ],
)
def test_what_is_entered_with_another_matter_asks_for_that_one(walls, seen, written):
    statements = wall(WalledTable("t", "r", "f", walls))
    assert (seen in statements[3], written in statements[5], written in statements[7]) == (True, True, True)
    assert seen == written or written not in statements[3]


def test_grants_of_no_table_take_everything_away():
    assert grants({}, 'a"b') == (
        'REVOKE CREATE ON SCHEMA "a""b" FROM PUBLIC',
        'GRANT USAGE ON SCHEMA "a""b" TO balai_app',
        'REVOKE ALL ON ALL TABLES IN SCHEMA "a""b" FROM balai_app',
    )


def test_somebody_without_a_region_is_told_as_nobody():
    assert told(None) is NOBODY
    assert told(Actor("x", Role("x", frozenset()), ())) is NOBODY


@pytest.mark.parametrize(
    ("right", "opens", "takes", "takes_read"),
    [
        (Right.NONE, False, False, False), (Right.AGGREGATE, False, False, False), (Right.MASKED, True, False, True),
        (Right.READ, True, False, True), (Right.WRITE, True, True, True),
    ],
)  # fmt: skip
def test_a_wall_opens_from_masked_and_takes_from_write(right, opens, takes, takes_read):
    role = Role("x", frozenset({Permission.FAMILY_VIEW, Permission.FAMILY_EDIT}), sees={Matter.NAMES: right})
    who = Actor("x", role)
    assert Walls(Matter.NAMES).opens_to(who) is opens
    assert Walls(Matter.NAMES).takes_from(who) is takes
    assert Walls(Matter.NAMES, read_is_enough=True).takes_from(who) is takes_read
    assert Walls(Matter.STAFF, entered_with=Matter.NAMES).takes_from(who) is takes
    nobody = Actor("x", Role("y", frozenset(), sees={Matter.NAMES: right}))
    assert (Walls(Matter.NAMES).opens_to(nobody), Walls(Matter.NAMES).takes_from(nobody)) == (False, False)

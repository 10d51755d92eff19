"""The second wall to the letter: what the database is told, and how the walls are put up."""

from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from balai.access.models import AuditEntry, acting, put_up
from balai.access.models.walls import deeds, walled_tables
from balai.access.rules import EVERY_DEED, OPERATOR, Actor, Role
from balai.base.errors import Refused
from balai.families.models import Family, Person
from tests.access.register import (
    BY,
    KABUPATEN,
    KECAMATAN,
    OWN,
    PLACES,
    PROVINCE,
    SIBLING,
    actor,
    register,
    span,
)

pytestmark = pytest.mark.django_db
only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no row-level security")


@pytest.fixture
def families():
    return register()


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return cursor.fetchone()[0]


def test_every_personal_table_is_walled_by_its_own_columns():
    found = {table.name: table for table in walled_tables()}
    assert (found["families_family"].region, found["families_family"].family) == ("region", "id")
    assert found["families_family"].walls is Family.walls
    assert (found["families_person"].family, found["families_person"].walls) == ("family_id", Person.walls)
    assert "access_auditentry" not in found


def test_what_a_model_withholds_is_withheld_and_nothing_else():
    assert deeds([AuditEntry._meta.db_table, "django_migrations", "asing"]) == {
        AuditEntry._meta.db_table: AuditEntry.app_may, "django_migrations": ("SELECT",), "asing": EVERY_DEED,
    }  # fmt: skip
    assert deeds([]) == {}


@only_postgres
def test_a_transaction_that_has_begun_is_told_at_once_and_told_back():
    assert setting("app.kind") in (None, "")
    with acting(actor("field_officer", OWN)):
        assert (setting("app.lo"), setting("app.hi"), setting("app.kind")) == (OWN, OWN + "/", "1")
        with acting(actor("field_officer", PROVINCE, KABUPATEN)):
            assert (setting("app.lo"), setting("app.kind")) == (KABUPATEN, "2")
        assert (setting("app.lo"), setting("app.kind")) == (OWN, "1")
    assert (setting("app.lo"), setting("app.kind")) == ("", "")


@only_postgres
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_begins_later_is_told_first_and_keeps_nothing():
    with acting(actor("field_officer", OWN)):
        assert setting("app.lo") == OWN  # a statement by itself
        with transaction.atomic():
            assert setting("app.lo") == OWN
            with acting(actor("field_officer", PROVINCE)):
                assert setting("app.lo") == PROVINCE
            assert setting("app.lo") == OWN
    assert setting("app.lo") in (None, "")
    with transaction.atomic():
        assert setting("app.lo") in (None, "")
    assert connection.execute_wrappers == []


@only_postgres
def test_a_transaction_that_failed_is_told_nothing():
    with acting(BY):
        try:
            with transaction.atomic(), acting(actor("field_officer", OWN)):
                setting("app.lo")
                raise RuntimeError
        except RuntimeError:
            pass
        assert setting("app.lo") == ""
        assert setting("app.hi") == "~"


def ask(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else None


@only_postgres
@pytest.mark.parametrize(
    ("before", "said"),
    [
        (["ALTER ROLE balai_app BYPASSRLS"],
         "Peran basis data “balai_app” dapat melewati dinding baris. Cabut haknya itu."),
        (["ALTER ROLE balai_app SUPERUSER"],
         "Peran basis data “balai_app” dapat melewati dinding baris. Cabut haknya itu."),
        (["ALTER TABLE families_reveal OWNER TO balai_app"],
         "Peran basis data “balai_app” memiliki tabel. Pindahkan pemiliknya dahulu."),
        (["CREATE ROLE lemah NOLOGIN", "ALTER ROLE balai_app RENAME TO lain", "SET LOCAL ROLE lemah"],
         "Peran basis data “balai_app” belum ada dan tidak dapat dibuat dengan akun ini. Minta pengelola "
         "PostgreSQL menjalankan: CREATE ROLE balai_app NOLOGIN; GRANT balai_app TO <akun> WITH ADMIN OPTION."),
    ],
)  # fmt: skip
def test_why_no_walls_are_raised_is_said_in_full(before, said):
    for sql in before:
        ask(sql)
    with pytest.raises(Refused) as refusal:
        put_up("default", "")
    assert str(refusal.value) == said


@only_postgres
def test_a_region_out_of_byte_order_is_named():
    for policy in ("see", "add", "change", "remove"):
        ask(f"DROP POLICY balai_{policy} ON families_family")
    ask('ALTER TABLE families_family ALTER COLUMN region TYPE varchar(24) COLLATE "POSIX"')
    with pytest.raises(ImproperlyConfigured) as refusal:
        put_up("default", "")
    assert str(refusal.value) == "families_family.region is not in byte order (collation POSIX)"


@only_postgres
def test_walls_are_put_up_on_a_server_that_knows_no_role():
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    ask("ALTER ROLE balai_app RENAME TO lain")
    ask("CREATE ROLE masuk LOGIN")
    assert put_up("default", "masuk") == [table.name for table in walled_tables()]
    (role,) = ask("SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'balai_app'")
    assert role == (False, False, False)
    members = ask("SELECT member::regrole::text FROM pg_auth_members WHERE roleid = 'balai_app'::regrole")
    assert {name for (name,) in members} >= {"masuk", connection.settings_dict["USER"]}
    granted = ask("SELECT privilege_type FROM information_schema.role_table_grants"
                  " WHERE grantee = 'balai_app' AND table_name = 'django_migrations'")  # fmt: skip
    assert granted == [("SELECT",)]


def less(permission, *regions):
    """Somebody who may do and see everything but that."""
    return Actor("uji", Role("x", OPERATOR.may - {permission}, sees=OPERATOR.sees), tuple(map(span, regions)))


EVERYBODY = [
    (actor("field_officer", OWN), [OWN]),
    (actor("field_officer", "16.05"), [KECAMATAN, OWN, SIBLING]),
    (actor("field_officer", OWN, KABUPATEN), [OWN, KABUPATEN]),
    (actor("field_officer", KECAMATAN, SIBLING, PROVINCE), [KECAMATAN, SIBLING, PROVINCE]),
    (actor("field_officer", ""), sorted(PLACES)),
    (actor("field_officer"), []),
    (actor("planner", ""), []),
    (Actor("uji", Role("eyes", OPERATOR.may, sees={"number": 5}), (span("16.05"),)), []),
    (less("family.view", "16"), []),
    (less("family.view", OWN, "76"), []),
    (actor("companion", "16.05"), []),
]


@only_postgres
def test_walls_put_up_just_now_show_what_the_manager_shows(families, as_app):
    """Here and not before the first test: a change in how walls are made is noticed where they are made."""
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    put_up("default", "")
    mine = {families[place].pk for place in (OWN, KABUPATEN)}
    assigned = [
        (actor("companion", *regions, families=mine), seen)
        for regions, seen in (
            (("16.05",), [OWN]), (("",), [OWN, KABUPATEN]), ((KECAMATAN, "76"), []), ((OWN, "76"), [OWN]),
        )
    ]  # fmt: skip
    for who, seen in EVERYBODY + assigned:
        with as_app(), acting(who):
            assert [place for (place,) in ask("SELECT region FROM families_family ORDER BY region")] == seen
            ask("SELECT 1 FROM families_family WHERE region LIKE %s", ["%"])


@only_postgres
@pytest.mark.parametrize(
    ("who", "place", "added"),
    [
        (actor("field_officer", OWN), OWN, True), (actor("field_officer", OWN), SIBLING, False),
        (actor("field_officer", OWN, KABUPATEN), KABUPATEN, True),
        (actor("field_officer", OWN, KABUPATEN), SIBLING, False), (actor("village_head", OWN), OWN, False),
        (actor("planner", ""), OWN, False), (actor("field_officer"), OWN, False),
        (less("family.edit", "16"), OWN, False),
    ],
)  # fmt: skip
def test_walls_put_up_just_now_take_what_the_manager_takes(as_app, who, place, added):
    put_up("default", "")
    row = (
        "INSERT INTO families_family (id, region, address, made_at, made_by, invented)"
        " VALUES (%s, %s, '', now(), '', false)"
    )
    with as_app(), acting(who):
        if added:
            ask(row, [uuid4(), place])
            return
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask(row, [uuid4(), place])

"""The second wall: row-level security of PostgreSQL, asked past the managers by SQL of one's own."""

import re
from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from balai.access.actions import raise_walls
from balai.access.models import AuditEntry, acting, put_up, unscoped
from balai.access.models.walls import deeds, walled_tables
from balai.access.rules import APP_ROLE, EVERY_DEED
from balai.base.errors import NotAllowed, Refused
from balai.families.models import Family, Person
from tests.access.register import (
    AT,
    BY,
    KABUPATEN,
    KECAMATAN,
    OWN,
    PLACES,
    PROVINCE,
    SIBLING,
    actor,
    places,
    register,
)

pytestmark = pytest.mark.django_db
only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no row-level security")
FAMILIES = "SELECT region FROM families_family ORDER BY region"


def ask(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()] if cursor.description else cursor.rowcount


def parameters():
    known = connection.get_connection_params()
    return {name: known[name] for name in ("dbname", "user", "host") if known.get(name)}


@pytest.fixture
def families():
    return register()


def test_on_sqlite_there_are_no_walls_to_raise():
    if connection.vendor == "postgresql":
        assert "families_family" in raise_walls(by=BY, at=AT)
        assert AuditEntry.objects.get().deed == "walls.raise"
    else:
        assert raise_walls(by=BY, at=AT) == []
        assert not AuditEntry.objects.exists()


def test_only_who_sets_up_the_system_raises_walls():
    with pytest.raises(NotAllowed):
        raise_walls(by=actor("family_office", "16.05"), at=AT)


def test_every_personal_table_is_described():
    described = {table.name: (table.region, table.family) for table in walled_tables()}
    assert described["families_family"] == ("region", "id")
    assert described["families_person"] == ("region", "family_id")
    assert {"families_identitynumber", "privacy_request"} <= set(described)


def test_the_role_of_the_app_may_do_all_to_a_table_but_what_its_model_withholds():
    tables = ("families_family", "access_auditentry", "access_auditchain", "django_migrations", "balai_cache")
    assert deeds(tables) == {
        "families_family": EVERY_DEED,
        "access_auditentry": ("SELECT", "INSERT"),
        "access_auditchain": ("SELECT", "INSERT", "UPDATE"),
        "django_migrations": ("SELECT",),
        "balai_cache": EVERY_DEED,
    }


def test_a_key_that_keeps_the_scope_is_an_ordinary_key_for_migrations():
    assert Person._meta.get_field("family").deconstruct()[1] == "django.db.models.ForeignKey"


@only_postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["families_family", "families_person", "families_identitynumber"])
def test_a_session_that_was_never_told_who_acts_gets_an_error(table, families):
    """A session of its own: in the test's session something was told already."""
    with psycopg.connect(**parameters()) as fresh:
        fresh.execute(f"SET ROLE {APP_ROLE}")
        with pytest.raises(psycopg.errors.UndefinedObject, match=r"app\.lo"):
            fresh.execute(f"SELECT * FROM {table}")


@only_postgres
@pytest.mark.parametrize("table", ["families_family", "families_person", "families_identitynumber"])
def test_after_another_transaction_was_told_there_are_no_rows_and_no_writes(table, as_app, families):
    with as_app():
        with acting(actor("field_officer", "")):
            assert ask(f"SELECT count(*) FROM {table}") == [len(PLACES)]
        assert ask(f"SELECT count(*) FROM {table}") == [0]
        assert ask(f"DELETE FROM {table}") == 0
        assert ask(f"UPDATE {table} SET made_by = 'x'") == 0


@only_postgres
@pytest.mark.django_db(transaction=True)
def test_what_one_transaction_was_told_the_next_does_not_know(families):
    with acting(actor("field_officer", OWN)):
        with transaction.atomic():
            ask(f"SET LOCAL ROLE {APP_ROLE}")
            assert ask(FAMILIES) == [OWN]
        with transaction.atomic():
            ask(f"SET LOCAL ROLE {APP_ROLE}")
            assert ask(FAMILIES) == [OWN]
        assert ask("SELECT current_setting('app.lo')") == [OWN]  # a statement by itself is told too
    with transaction.atomic():
        ask(f"SET LOCAL ROLE {APP_ROLE}")
        assert ask(FAMILIES) == []


@only_postgres
@pytest.mark.django_db(transaction=True)
def test_a_cursor_of_the_server_is_told_too(families):
    with acting(actor("field_officer", "16.05")):
        assert [family.region for family in Family.objects.order_by("region").iterator(chunk_size=1)] == [
            KECAMATAN, OWN, SIBLING,
        ]  # fmt: skip


@only_postgres
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (("field_officer", OWN), [OWN]),
        (("field_officer", "16.05"), [KECAMATAN, OWN, SIBLING]),
        (("field_officer", OWN, KABUPATEN), [OWN, KABUPATEN]),
        (("field_officer", KECAMATAN, SIBLING, PROVINCE), [KECAMATAN, SIBLING, PROVINCE]),
        (("field_officer",), []),
        (("planner", ""), []),
        (("auditor", ""), []),
    ],
)
def test_sql_of_ones_own_sees_only_what_is_in_scope(families, as_app, who, seen):
    with as_app(), acting(actor(*who)):
        assert ask(FAMILIES) == seen
        assert ask("SELECT region FROM families_person ORDER BY region") == seen
        assert ask("SELECT count(*) FROM families_identitynumber") == [len(seen)]
        assert ask("SELECT family.region FROM families_person person JOIN families_family family"
                   " ON family.id = person.family_id ORDER BY 1") == seen  # fmt: skip
        assert ask("SELECT count(*) FROM families_family WHERE address LIKE %s", ["%%"]) == [len(seen)]


@only_postgres
def test_the_assigned_see_only_their_families_by_sql_too(families, as_app):
    mine = {families[OWN].pk, families[KABUPATEN].pk}
    with as_app(), acting(actor("companion", "16.05", families=mine)):
        assert ask(FAMILIES) == [OWN]
        assert ask("UPDATE families_family SET address = 'x'") == 1
    with as_app(), acting(actor("companion", "16.05", families=())):
        assert ask(FAMILIES) == []


@only_postgres
@pytest.mark.parametrize(
    ("who", "region", "refused"),
    [
        (("cadre", OWN), OWN, False), (("cadre", OWN), SIBLING, True), (("village_head", OWN), OWN, True),
        (("field_officer", OWN, KABUPATEN), SIBLING, True), (("field_officer", OWN, KABUPATEN), KABUPATEN, False),
        (("agency_officer", ""), OWN, True), (("companion", OWN), OWN, True),
    ],
)  # fmt: skip
def test_a_row_is_inserted_only_inside_scope_and_right(as_app, who, region, refused):
    row = (
        "INSERT INTO families_family (id, region, address, made_at, made_by, invented)"
        " VALUES (%s, %s, '', now(), '', false)"
    )
    with as_app(), acting(actor(*who)):
        if not refused:
            assert ask(row, [uuid4(), region]) == 1
            return
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask(row, [uuid4(), region])


@only_postgres
def test_a_row_is_not_moved_out_of_scope_nor_taken_into_it(families, as_app):
    with as_app(), acting(actor("field_officer", "16.05.02")):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask("UPDATE families_family SET region = %s WHERE id = %s", [PROVINCE, families[OWN].pk])
        assert ask("UPDATE families_family SET region = %s WHERE id = %s", [OWN, families[PROVINCE].pk]) == 0
        assert ask("UPDATE families_family SET region = %s WHERE id = %s", [SIBLING, families[OWN].pk]) == 1
        assert ask("DELETE FROM families_identitynumber WHERE region = %s", [PROVINCE]) == 0
        assert ask("SELECT 1 FROM families_family WHERE id = %s FOR UPDATE", [families[PROVINCE].pk]) == []


@only_postgres
def test_who_reads_but_does_not_write_changes_no_row(families, as_app):
    with as_app(), acting(actor("village_head", OWN)):
        assert ask(FAMILIES) == [OWN]
        assert ask("UPDATE families_family SET address = 'x'") == 0
        assert ask("DELETE FROM families_person") == 0


def test_a_family_that_moved_is_gone_from_its_old_scope_at_once(families, as_app):
    before, after = actor("cadre", OWN), actor("cadre", KABUPATEN)
    with as_app(), acting(before):
        assert places(Family.objects) == [OWN]
    with acting(BY):
        Family.objects.filter(pk=families[OWN].pk).update(region=KABUPATEN)
    with as_app(), acting(before):
        assert places(Family.objects) == []
        assert not Family.objects.filter(pk=families[OWN].pk).exists()
    with as_app(), acting(after):
        assert Family.objects.filter(pk=families[OWN].pk).exists()


@only_postgres
def test_the_owner_of_the_tables_stands_before_the_same_walls(families):
    ask("CREATE ROLE pemilik NOLOGIN")
    ask("ALTER TABLE families_family OWNER TO pemilik")
    ask("SET LOCAL ROLE pemilik")
    with acting(actor("field_officer", OWN)):
        assert ask(FAMILIES) == [OWN]
    assert ask(FAMILIES) == []


@only_postgres
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE families_family DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE families_family NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY balai_see ON families_family",
        "CREATE POLICY mine ON families_family USING (true)",
        "ALTER TABLE families_family ADD COLUMN x int",
        "DROP TABLE families_family",
        "TRUNCATE families_family",
        "CREATE TABLE mine (x int)",
        "ALTER TABLE families_family OWNER TO balai_app",
        "ALTER ROLE balai_app BYPASSRLS",
        "CREATE ROLE mine",
        "UPDATE access_auditentry SET by = 'x'",
        "DELETE FROM access_auditentry",
        "DELETE FROM access_auditchange",
        "DELETE FROM access_auditchain",
        "TRUNCATE access_auditentry",
        "UPDATE access_auditsubject SET subject = gen_random_uuid()",
        "DELETE FROM django_migrations",
        "SELECT * FROM pg_authid",
        "COPY families_family TO PROGRAM 'cat'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_role_of_the_app_cannot_take_the_walls_down(families, as_app, sql):
    with as_app(), acting(BY), pytest.raises(DatabaseError), transaction.atomic():
        ask(sql)


@only_postgres
def test_the_role_of_the_app_owns_nothing_and_bypasses_nothing():
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = 'balai_app'::regrole") == [0]
    assert ask("SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolcanlogin FROM pg_roles"
               " WHERE rolname = 'balai_app'") == [False]  # fmt: skip


@only_postgres
def test_every_personal_table_has_forced_walls_and_a_policy_for_every_deed():
    names = [table.name for table in walled_tables()]
    assert ask("SELECT count(*) FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity",
               [names]) == [len(names)]  # fmt: skip
    for name in names:
        assert ask("SELECT cmd FROM pg_policies WHERE tablename = %s ORDER BY cmd", [name]) == [
            "DELETE", "INSERT", "SELECT", "UPDATE",
        ]  # fmt: skip


@only_postgres
def test_raising_again_repairs_what_was_taken_down(families, as_app):
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    ask("ALTER TABLE families_family DISABLE ROW LEVEL SECURITY")
    ask("GRANT TRUNCATE ON families_family TO balai_app")
    raise_walls(by=BY, at=AT, login="balai")
    with as_app():
        assert ask(FAMILIES) == []
        with pytest.raises(DatabaseError), transaction.atomic():
            ask("TRUNCATE families_family CASCADE")


@only_postgres
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("ALTER ROLE balai_app BYPASSRLS", "dapat melewati"),
        ("ALTER TABLE families_reveal OWNER TO balai_app", "memiliki tabel"),
    ],
)
def test_walls_are_not_raised_around_a_role_that_walks_past_them(sql, said):
    ask(sql)
    with pytest.raises(Refused, match=said):
        put_up("default", "balai")


@only_postgres
def test_a_login_that_may_not_make_roles_hears_what_to_ask_for():
    ask("CREATE ROLE lemah NOLOGIN")
    ask("ALTER ROLE balai_app RENAME TO lain")
    ask("SET LOCAL ROLE lemah")
    with pytest.raises(Refused, match="CREATE ROLE"):
        put_up("default", "")


@only_postgres
def test_a_region_that_is_not_in_byte_order_gets_no_wall():
    for policy in ("see", "add", "change", "remove"):
        ask(f"DROP POLICY balai_{policy} ON families_family")
    ask('ALTER TABLE families_family ALTER COLUMN region TYPE varchar(24) COLLATE "default"')
    with pytest.raises(ImproperlyConfigured, match="byte order"):
        put_up("default", "")


@only_postgres
def test_unscoped_opens_the_database_too_and_closes_it_again(families, as_app):
    with as_app():
        with unscoped("uji"):
            assert len(ask(FAMILIES)) == len(PLACES)
        assert ask(FAMILIES) == []


@only_postgres
def test_a_failed_savepoint_leaves_what_was_told_before(families, as_app):
    with as_app(), acting(actor("field_officer", OWN)):
        with pytest.raises(IntegrityError), transaction.atomic(), acting(BY):
            ask("INSERT INTO families_family SELECT * FROM families_family")
        assert ask(FAMILIES) == [OWN]


@only_postgres
def test_the_plan_of_a_scoped_list_reads_the_index_and_not_the_nation(families, as_app):
    with as_app(), acting(actor("field_officer", "16.05")):
        ask("SET LOCAL enable_seqscan = off")
        plan = "\n".join(ask("EXPLAIN SELECT id FROM families_family ORDER BY region, id LIMIT 50"))
    assert "family_region" in plan
    assert re.search(r"Index Cond: .*region\S* >= ANY \(\$\d.*region\S* < ANY \(\$\d", plan), plan

"""The register in the app's own role: what the first wall lets through, the database lets through too (and no more)."""

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from balai.access.models import acting
from balai.families import actions
from balai.families.models import Family, IdentityNumber, Person
from tests.families import register
from tests.families.register import AT, BESIDE, FAR, HERE, KABUPATEN, KECAMATAN, RT1
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def everything(who, row, to):
    """All that somebody who edits does with a family."""
    given = {"by": who, "at": AT}
    actions.correct_family(**given, family=row, address="Jalan Baru", since_on=None, card=register.nik())
    child = actions.add_person(**given, family=row, name="Ayu", sex=2, relation=3, nik=register.nik())
    actions.correct_person(**given, person=child, name="Ayu L.", sex=2, relation=3, nik=register.nik())
    register.moved(row, to, by=who)
    register.left(Family.objects.get(pk=row.pk), by=who)
    return list(Person.objects.filter(family=row).values_list("region", flat=True))


@pytest.mark.parametrize(
    ("role", "region", "to"),
    [("cadre", HERE, RT1), ("field_officer", KECAMATAN, BESIDE), ("family_office", KABUPATEN, "16.05.02.2002")],
)
def test_who_edits_does_everything_in_the_apps_own_role(places, as_app, role, region, to):
    who = register.actor(role, region)
    with as_app(), acting(who):
        row = actions.add_family(
            by=who,
            at=AT,
            region=HERE,
            card=register.nik(),
            people=[register.head(nik=register.nik()), register.child()],
        )
        assert set(everything(who, row, to)) == {to}


def test_who_is_assigned_edits_in_the_apps_own_role(places, as_app):
    row = register.family(card=register.nik())
    who = register.actor("companion", HERE, families=[row.pk])
    with as_app(), acting(who):
        assert set(everything(who, row, RT1)) == {RT1}


@pytest.mark.parametrize(("role", "more"), [("field_officer", {}), ("agency_officer", {"agency": "social"})])
def test_who_may_see_numbers_opens_and_finds_them_in_the_apps_own_role(places, as_app, role, more):
    number = register.nik()
    near, far = register.family(card=number), register.family(FAR, card=number)
    who = register.actor(role, KECAMATAN, **more)
    with as_app(), acting(who):
        row = IdentityNumber.objects.get()
        assert actions.reveal_number(by=who, at=AT, number=row, reason="verifikasi data bantuan").number_id == row.pk
        assert actions.search_number(by=who, at=AT, kind="kk", written=number) == [near] != [far]


def test_the_pages_are_served_in_the_apps_own_role(places, as_app):
    row = register.family(people=[register.head(nik=register.nik()), register.child()], card=register.nik())
    far = register.family(FAR)
    desk = signed_in(person("field_officer", KECAMATAN))
    home = f"/keluarga/{row.pk}"
    with as_app():
        for path in ("/keluarga/", f"/keluarga/desa/{HERE}", home, f"{home}/ubah"):
            assert desk.get(path).status_code == 200, path
        assert desk.get(f"/keluarga/{far.pk}").status_code == 404
        assert desk.post(f"{home}/peristiwa/moved_within", {"on": str(AT.date()), "region": BESIDE}).status_code == 302
        assert desk.post(f"{home}/nomor/{register.number_of(row).pk}", {"reason": "verifikasi data"}).status_code == 302


def test_sql_of_ones_own_sees_no_family_of_others(places, as_app):
    register.family()
    register.family(FAR)
    with as_app(), acting(register.actor("cadre", HERE)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM families_family")
        assert cursor.fetchone()[0] == (1 if connection.vendor == "postgresql" else 2)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row security (docs/adr/0012)")
@pytest.mark.parametrize("table", ["families_family", "families_person", "families_identitynumber"])
def test_the_database_takes_no_row_away_to_another_place(places, as_app, table):
    register.family(card=register.nik())
    statement = f"UPDATE {table} SET region = %s"
    with as_app(), acting(register.actor("cadre", HERE)), connection.cursor() as cursor:
        moved = partial(cursor.execute, statement, [FAR])
        pytest.raises(DatabaseError, transaction.atomic(moved))

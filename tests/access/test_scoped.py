"""The first wall: managers. Everything here holds on SQLite and on PostgreSQL alike."""

import logging

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import NoPrincipal, acting, unscoped
from balai.access.rules import OPERATOR, Actor, Role
from balai.base.errors import NotAllowed
from balai.families.models import Family, IdentityNumber, Person, Reveal
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
    unsaved_family,
    unsaved_person,
)

pytestmark = pytest.mark.django_db
EVERY_WAY = {
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: list(rows.filter(region=OWN)),
    "get": lambda rows: rows.get(region=OWN),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(Max("region")),
    "values": lambda rows: list(rows.values("region")),
    "in_bulk": lambda rows: rows.in_bulk(),
    "update": lambda rows: rows.update(address=""),
    "delete": lambda rows: rows.all().delete(),
    "create": lambda rows: rows.create(region=OWN, made_at=AT),
    "bulk_create": lambda rows: rows.bulk_create([unsaved_family()]),
    "none": lambda rows: rows.none(),
}


@pytest.fixture
def families():
    return register()


@pytest.mark.parametrize("way", EVERY_WAY)
def test_where_nobody_acts_every_way_to_a_personal_table_is_closed(way):
    with pytest.raises(NoPrincipal, match="Family is personal"):
        EVERY_WAY[way](Family.objects)


def test_where_nobody_acts_a_row_in_the_hand_is_neither_saved_nor_read_again(families):
    for deed in (families[OWN].save, families[OWN].refresh_from_db, lambda: families[OWN].people.count()):
        with pytest.raises(NoPrincipal):
            deed()


@pytest.mark.parametrize(
    ("regions", "seen"),
    [
        ((OWN,), [OWN]),
        (("16.05.02",), [OWN, SIBLING]),
        (("16.05",), [KECAMATAN, OWN, SIBLING]),
        (("16",), [KECAMATAN, OWN, SIBLING, KABUPATEN]),
        (("",), sorted(PLACES)),
        ((OWN, KABUPATEN), [OWN, KABUPATEN]),
        (("16.05.01", "76"), [KECAMATAN, PROVINCE]),
        (("16.0",), []),
        ((), []),
    ],
)
def test_a_range_shows_the_place_and_what_lies_below(families, as_app, regions, seen):
    with as_app(), acting(actor("field_officer", *regions)):
        assert places(Family.objects) == seen
        assert Family.objects.count() == len(seen)
        assert Person.objects.aggregate(n=Count("pk")) == {"n": len(seen)}
        assert sorted(number.region for number in IdentityNumber.objects.all()) == seen


@pytest.mark.parametrize(
    ("role", "agency", "families_seen", "numbers_seen"),
    [
        ("cadre", None, 1, 1), ("companion", None, 0, 0), ("working_group", None, 0, 0),
        ("village_editor", None, 1, 1), ("field_officer", None, 1, 1), ("village_head", None, 1, 1),
        ("district_head", None, 0, 0), ("agency_officer", "health", 1, 1), ("agency_officer", "social", 1, 1),
        ("agency_officer", "population", 1, 1), ("agency_officer", "other", 0, 0), ("planner", None, 0, 0),
        ("family_office", None, 1, 1), ("province", None, 0, 0), ("nation", None, 0, 0), ("auditor", None, 0, 0),
        ("system_admin", None, 0, 0),
    ],
)  # fmt: skip
def test_a_role_sees_the_matters_that_are_its_own(families, as_app, role, agency, families_seen, numbers_seen):
    with as_app(), acting(actor(role, OWN, agency=agency)):
        assert Family.objects.count() == families_seen
        assert IdentityNumber.objects.count() == numbers_seen


def test_the_assigned_see_only_their_families_inside_their_region(families, as_app):
    mine = {families[OWN].pk, families[KABUPATEN].pk}
    with as_app(), acting(actor("companion", OWN, SIBLING, families=mine)):
        assert places(Family.objects) == [OWN]
        assert places(Person.objects) == [OWN]
    with as_app(), acting(actor("companion", "", families=mine)):
        assert places(Person.objects) == [OWN, KABUPATEN]


def test_related_rows_are_in_scope_too(families, as_app):
    with acting(BY):
        strayed = unsaved_person(families[PROVINCE], region=OWN)
        strayed.relation = 3
        strayed.save()
    with as_app(), acting(actor("field_officer", "16.05")):
        here = Family.objects.prefetch_related("people").get(region=OWN)
        assert [person.region for person in here.people.all()] == [OWN]
        # A person whose row says OWN although the family is far away: the family stays unseen.
        person = Person.objects.get(pk=strayed.pk)
        with pytest.raises(Family.DoesNotExist):
            assert person.family
        assert list(Person.objects.select_related("family").filter(pk=strayed.pk)) == []
        assert list(Person.objects.filter(pk=strayed.pk).values("family__address")) == []
        assert not Person.objects.filter(family__address__contains=PROVINCE).exists()


def test_a_join_the_other_way_counts_what_is_in_scope(families, as_app):
    with acting(BY):
        strayed = unsaved_person(families[OWN], region=PROVINCE)
        strayed.relation = 3
        strayed.save()
    with as_app(), acting(actor("field_officer", OWN)):
        assert Family.objects.annotate(n=Count("people")).get().n == 1
        assert not Family.objects.filter(people__region=PROVINCE).exists()
        assert list(Family.objects.values_list("people__region", flat=True)) == [OWN]
        assert Family.objects.exclude(people__region=PROVINCE).count() == 1
    with acting(BY):
        assert Family.objects.annotate(n=Count("people")).get(region=OWN).n == 2


def test_a_join_does_not_show_a_matter_that_the_actor_may_not_see(families, as_app):
    blind = Role("blind", OPERATOR.may, sees={"names": 5})
    with as_app(), acting(Actor("uji", blind, (("16", "16/"),))):
        assert list(Family.objects.filter(region=OWN).values_list("numbers__blind", flat=True)) == [None]
        assert not Family.objects.filter(numbers__blind=OWN).exists()


def test_a_join_of_the_assigned_stays_with_their_families(families, as_app):
    with as_app(), acting(actor("companion", "", families={families[OWN].pk})):
        assert list(Person.objects.values_list("family__region", flat=True)) == [OWN]
    with as_app(), acting(actor("companion", "16", families={families[OWN].pk})):
        assert list(Person.objects.values_list("family__region", flat=True)) == [OWN]


def test_a_table_that_is_not_personal_joins_a_personal_one_in_scope(families, as_app):
    with acting(BY):
        for place in (OWN, PROVINCE):
            number = IdentityNumber.objects.get(region=place)
            Reveal.objects.create(
                account=number.pk, number=number, reason="uji", from_at=AT, until_at=AT.replace(hour=9)
            )
    with as_app(), acting(actor("field_officer", "16.05")):
        assert list(Reveal.objects.filter(number__sealed__isnull=False).values_list("number__region")) == [(OWN,)]
    with pytest.raises(NoPrincipal):
        list(Reveal.objects.values("number__blind"))


WRITES = {
    "save": lambda family: family.save(force_insert=True),
    "create": lambda family: Family.objects.create(region=family.region, made_at=AT),
    "bulk_create": lambda family: Family.objects.bulk_create([unsaved_family(), family]),
    "get_or_create": lambda family: Family.objects.get_or_create(region=family.region, defaults={"made_at": AT}),
}


@pytest.mark.parametrize("way", WRITES)
@pytest.mark.parametrize(
    ("who", "region", "refused"),
    [
        (("cadre", OWN), OWN, False),
        (("cadre", OWN), SIBLING, True),
        (("field_officer", "16.05"), SIBLING, False),
        (("field_officer", OWN, SIBLING), SIBLING, False),
        (("field_officer", OWN, KABUPATEN), SIBLING, True),
        (("village_head", "16"), OWN, True),
        (("planner", "16"), OWN, True),
        (("nation", ""), OWN, True),
    ],
)
def test_a_row_is_added_only_inside_scope_and_right(as_app, way, who, region, refused):
    with as_app(), acting(actor(*who)):
        before = Family.objects.count()
        if not refused:
            WRITES[way](unsaved_family(region))
            assert Family.objects.count() > before
            return
        with pytest.raises(NotAllowed, match="di luar wilayah"), transaction.atomic():
            WRITES[way](unsaved_family(region))
        assert Family.objects.count() == before


def test_the_assigned_write_only_for_their_families(families, as_app):
    with acting(BY):
        Person.objects.all().delete()
    mine, other = families[OWN], families[SIBLING]
    with as_app(), acting(actor("companion", "16.05", families={mine.pk})):
        unsaved_person(mine).save()
        for deed in (
            lambda: unsaved_person(other).save(),
            lambda: unsaved_family().save(),
            lambda: Person.objects.update(family=other),
            lambda: Person.objects.update(family_id=other.pk),
        ):
            with pytest.raises(NotAllowed), transaction.atomic():
                deed()
        assert Person.objects.update(family=mine, name="Baru") == 1


def test_no_row_is_moved_out_of_scope(families, as_app):
    here = families[OWN]
    with as_app(), acting(actor("field_officer", "16.05.02")):
        for deed in (
            lambda: Family.objects.filter(pk=here.pk).update(region=PROVINCE),
            lambda: Family.objects.filter(pk=here.pk).update(region=F("address")),
            lambda: Family.objects.filter(pk=here.pk).update(region=Value(OWN)),
            lambda: _moved(here, PROVINCE).save(),
            lambda: _moved(here, PROVINCE).save(update_fields=["region"]),
            lambda: Family.objects.bulk_update([_moved(here, PROVINCE)], ["region"]),
        ):
            with pytest.raises(NotAllowed), transaction.atomic():
                deed()
        _moved(here, SIBLING).save(update_fields=["region"])
        assert places(Family.objects) == [SIBLING, SIBLING]


def _moved(family, region):
    family.region = region
    return family


def test_no_row_is_taken_into_scope(families, as_app):
    """A row of elsewhere, its region written over in memory."""
    theirs = families[PROVINCE]
    with as_app(), acting(actor("field_officer", "16.05.02")):
        with pytest.raises(IntegrityError), transaction.atomic():
            _moved(theirs, OWN).save()
        assert Family.objects.filter(pk=theirs.pk).update(region=OWN) == 0
    with acting(BY):
        assert Family.objects.get(pk=theirs.pk).region == PROVINCE


def test_who_only_reads_changes_nothing(families, as_app):
    with as_app(), acting(actor("village_head", OWN)), pytest.raises(NotAllowed), transaction.atomic():
        Family.objects.update(address="lain")
    with as_app(), acting(actor("cadre", OWN)):
        assert Family.objects.update(address="lain") == 1


def test_whoever_writes_down_a_family_writes_down_its_numbers(families, as_app):
    with as_app(), acting(actor("cadre", OWN)):
        assert IdentityNumber.objects.update(blind="y") == 1
    with as_app(), acting(actor("agency_officer", "16", agency="social")), pytest.raises(NotAllowed):
        IdentityNumber.objects.update(blind="z")


def test_a_query_of_one_actor_shows_another_actor_no_more_than_both_may_see(families):
    with acting(actor("field_officer", OWN)):
        rows = Family.objects.all()
    with acting(actor("field_officer", "")):
        assert places(rows) == [OWN]


def test_actors_nest_and_leave(families, as_app):
    with as_app(), acting(actor("field_officer", OWN)):
        with acting(actor("field_officer", PROVINCE)):
            assert places(Family.objects) == [PROVINCE]
        assert places(Family.objects) == [OWN]
        with pytest.raises(RuntimeError, match="gagal"), transaction.atomic(), acting(actor("field_officer", "")):
            raise RuntimeError("gagal")
        assert places(Family.objects) == [OWN]
    with pytest.raises(NoPrincipal):
        Family.objects.count()


def test_unscoped_sees_all_and_is_logged(families, as_app, caplog):
    with as_app(), caplog.at_level(logging.INFO), unscoped("rotasi kunci"):
        assert places(Family.objects) == sorted(PLACES)
        assert Family.objects.update(address="") == len(PLACES)
    assert [(line.levelname, line.getMessage()) for line in caplog.records] == [("INFO", "unscoped: rotasi kunci")]


@pytest.mark.parametrize("way", ["raw", "extra"])
def test_sql_of_ones_own_is_closed(way):
    with acting(BY), pytest.raises(TypeError, match="no walls"):
        getattr(Family.objects.all(), way)("SELECT 1")


CODES = ("16", "16.05", "16.05.02", OWN, "16.06", "76", PROVINCE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(regions=st.lists(st.sampled_from(CODES), max_size=4))
def test_the_managers_and_the_database_agree_with_the_rule(families, as_app, regions):
    who = actor("field_officer", *regions)
    with as_app(), acting(who):
        assert places(Family.objects) == sorted(place for place in PLACES if who.covers(place))

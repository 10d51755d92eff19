"""The first wall to the letter. Asked without `as_app`: where the database's own walls stand too, they hide a hole."""

import pytest
from django.db import transaction
from django.db.models import Count

from balai.access.models import NoPrincipal, acting, unscoped
from balai.access.models.principal import acting_now
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
    span,
    unsaved_family,
    unsaved_person,
)

pytestmark = pytest.mark.django_db
OUTSIDE = "Data ini di luar wilayah atau tugas Anda."


@pytest.fixture
def families():
    return register()


@pytest.fixture
def reveals(families):
    """Rows of a table that is not personal, each with a key to a personal one; by place."""
    with acting(BY):
        for place in PLACES:
            number = IdentityNumber.objects.get(region=place)
            Reveal.objects.create(
                account=number.pk, number=number, reason="uji", from_at=AT, until_at=AT.replace(hour=9)
            )


NAMES_ONLY = Actor("uji", Role("blind", OPERATOR.may, sees={"names": 5}), (span("16"),))
NUMBERS_ONLY = Actor("uji", Role("eyes", OPERATOR.may, sees={"number": 5}), (span("16.05"),))


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (actor("field_officer", OWN), [OWN]),
        (actor("field_officer", OWN, KABUPATEN), [OWN, KABUPATEN]),
        (actor("field_officer", "16.05"), [KECAMATAN, OWN, SIBLING]),
        (actor("field_officer", ""), sorted(PLACES)),
        (actor("field_officer"), []),
        (actor("planner", ""), []),
        (actor("planner", "16"), []),
        (NAMES_ONLY, []),
        (NUMBERS_ONLY, [KECAMATAN, OWN, SIBLING]),
        (actor("companion", "16"), []),
        (actor("companion", "", families=()), []),
        (Actor("uji", OPERATOR, (span(OWN), span(SIBLING))), [OWN, SIBLING]),
    ],
)
def test_a_join_from_outside_shows_what_the_manager_shows(reveals, who, seen):
    with acting(who):
        assert (
            sorted(Reveal.objects.filter(number__sealed__isnull=False).values_list("number__region", flat=True)) == seen
        )
        assert places(IdentityNumber.objects) == seen


def test_a_join_of_the_assigned_needs_family_and_region(families, reveals):
    mine = {families[OWN].pk, families[KABUPATEN].pk}
    for regions, seen in ((("",), [OWN, KABUPATEN]), (("16.05",), [OWN]), ((OWN, KABUPATEN), [OWN, KABUPATEN])):
        with acting(actor("companion", *regions, families=mine)):
            assert sorted(Person.objects.values_list("family__region", flat=True)) == seen
            assert sorted(Family.objects.values_list("people__region", flat=True)) == seen


def test_both_ends_of_a_join_are_asked(families):
    with acting(BY):
        strayed = unsaved_person(families[PROVINCE], region=OWN)
        strayed.relation = 3
        strayed.save()
        back = unsaved_person(families[OWN], region=PROVINCE)
        back.relation = 3
        back.save()
    with acting(actor("field_officer", "16.05.02")):
        assert list(Person.objects.filter(pk=strayed.pk).values("family__address")) == []
        assert Family.objects.annotate(n=Count("people")).get(region=OWN).n == 1
    with acting(actor("field_officer", OWN, PROVINCE)):
        assert Family.objects.annotate(n=Count("people")).get(region=OWN).n == 2
        assert list(Person.objects.filter(pk=strayed.pk).values_list("family__region")) == [(PROVINCE,)]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (actor("field_officer", OWN, KABUPATEN), [OWN, KABUPATEN]), (actor("field_officer", ""), sorted(PLACES)),
        (actor("field_officer"), []), (actor("planner", ""), []), (actor("companion", "16"), []),
        (actor("field_officer", KECAMATAN, SIBLING, PROVINCE), [KECAMATAN, SIBLING, PROVINCE]),
    ],
)  # fmt: skip
def test_the_manager_alone_shows_what_is_in_scope(families, who, seen):
    with acting(who):
        assert places(Family.objects) == places(Person.objects) == seen
        assert places(Family.objects.all().visible_to(BY)) == seen  # no query shows more than both may see


def test_the_assigned_see_theirs_without_the_database_s_help(families):
    mine = {families[OWN].pk, families[KABUPATEN].pk}
    for regions, seen in ((("",), [OWN, KABUPATEN]), ((OWN,), [OWN]), ((SIBLING,), [])):
        with acting(actor("companion", *regions, families=mine)):
            assert places(Family.objects) == places(Person.objects) == seen


@pytest.mark.parametrize(
    ("who", "region", "allowed"),
    [
        (actor("field_officer", OWN), OWN, True), (actor("field_officer", OWN), SIBLING, False),
        (actor("field_officer", ""), PROVINCE, True), (actor("field_officer"), OWN, False),
        (actor("field_officer", OWN, SIBLING), SIBLING, True), (actor("village_head", OWN), OWN, False),
        (actor("village_head", ""), OWN, False), (actor("planner", ""), OWN, False),
    ],
)  # fmt: skip
def test_a_row_is_added_where_the_manager_lets_it(who, region, allowed):
    for add in (
        lambda: unsaved_family(region).save(),
        lambda: Family.objects.create(region=region, made_at=AT),
        lambda: Family.objects.bulk_create([unsaved_family(region)]),
    ):
        with acting(who), transaction.atomic():
            if allowed:
                add()
                continue
            with pytest.raises(NotAllowed) as refusal:
                add()
            assert str(refusal.value) == OUTSIDE
    with acting(BY):
        assert Family.objects.count() == (3 if allowed else 0)


def test_what_the_assigned_add_and_change_is_theirs(families):
    mine = families[OWN].pk
    with acting(BY):
        Person.objects.all().delete()
    for regions in (("",), ("16.05",)):
        with acting(actor("companion", *regions, families={mine})):
            person = unsaved_person(families[OWN])
            person.save()
            person.name = "Baru"
            person.save()
            for deed in (
                lambda: unsaved_person(families[SIBLING]).save(),
                lambda: Person.objects.bulk_create([unsaved_person(families[SIBLING])]),
                lambda: Person.objects.update(family=families[SIBLING]),
                lambda: Person.objects.update(family_id=families[SIBLING].pk),
                lambda: unsaved_family().save(),
            ):
                with pytest.raises(NotAllowed), transaction.atomic():
                    deed()
            assert Person.objects.update(family=families[OWN], name="Lagi") == 1
            assert Person.objects.update(family_id=mine) == 1
        with acting(actor("companion", *regions)), pytest.raises(NotAllowed), transaction.atomic():
            unsaved_person(families[OWN]).save()
        with acting(BY):
            Person.objects.all().delete()


def test_a_row_is_changed_where_the_manager_lets_it(families):
    here = families[OWN]
    with acting(actor("field_officer", "16.05.02")):
        assert Family.objects.update(address="baru") == 2
        assert Family.objects.filter(pk=here.pk).update(region=SIBLING) == 1
        here.region = PROVINCE
        for deed in (here.save, lambda: Family.objects.bulk_update([here], ["region"])):
            with pytest.raises(NotAllowed), transaction.atomic():
                deed()
        here.region = OWN
        here.save()
        assert Family.objects.get(pk=here.pk).region == OWN
    with acting(actor("village_head", OWN)):
        for deed in (here.save, lambda: Family.objects.update(address="lain")):
            with pytest.raises(NotAllowed), transaction.atomic():
                deed()


def test_whoever_asks_while_nobody_acts_hears_which_table_it_was():
    with pytest.raises(NoPrincipal) as closed:
        Person.objects.count()
    assert str(closed.value) == "Person is personal: read and write it within acting(principal)"
    for way in ("raw", "extra"):
        with acting(BY), pytest.raises(TypeError) as refused:
            getattr(Family.objects.all(), way)()
        assert str(refused.value) == "SQL of one's own sees no walls"


def test_a_key_to_a_personal_table_is_an_ordinary_one_in_a_migration():
    name, path, args, kwargs = Person._meta.get_field("family").deconstruct()
    assert (name, path, args) == ("family", "django.db.models.ForeignKey", [])
    assert kwargs["to"] == "families.family"


def test_who_acts_is_known_within_and_forgotten_after(caplog):
    assert acting_now() is None
    with acting(BY) as given:
        assert acting_now() is given is BY
        with unscoped("uji"):
            assert acting_now() == Actor("unscoped:uji", OPERATOR)
        assert acting_now() is BY
    assert acting_now() is None
    assert [record.getMessage() for record in caplog.records if record.name.startswith("balai.access")] == [
        "unscoped: uji"
    ]

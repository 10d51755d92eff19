"""One person entered twice: joined without loss, and parted again."""

from datetime import date, timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Family, PastStay, Person
from balai.families.rules import PersonFacts, Relation, Sex
from balai.identity import actions
from balai.identity.models import Document, likely_twins
from tests.families import register
from tests.families.register import AT, BESIDE, BY, FAR, HERE, LATER, RT1, RT2

ON = AT.date()


@pytest.fixture
def twice(places):
    """Siti heads one family and stands in her son's as another member, with papers and a NIK there only."""
    here = register.family(region=RT1, people=[register.head(), register.child()])
    son = register.family(
        region=RT2,
        people=[
            register.head("Budi Santoso", Sex.MALE, date(2002, 1, 1)),
            PersonFacts("St. Rahmawati", Sex.FEMALE, Relation.OTHER, date(1984, 5, 17), nik=register.nik(21)),
        ],
    )
    with acting(BY):
        kept, other = here.people.get(relation=Relation.HEAD), son.people.get(relation=Relation.OTHER)
        budi = son.people.get(relation=Relation.HEAD)
        Person.objects.filter(pk=budi.pk).update(mother=other)
        actions.record_documents(by=BY, at=AT, person=other, answers={"card": (True, None)})
        PastStay.objects.create(
            person=other, family=son, region=FAR, relation=Relation.CHILD, from_on=None,
            until_on=ON - timedelta(days=9), made_at=AT, made_by="uji",
        )  # fmt: skip
        yield kept, other, budi


def join(kept, other, by=BY):
    with acting(by):
        return actions.join_persons(by=by, at=LATER, kept=kept, other=other)


def part(person, by=BY):
    with acting(by):
        return actions.part_persons(by=by, at=LATER, person=person)


def test_what_hung_on_the_second_row_hangs_on_the_first(twice):
    kept, other, budi = twice
    assert join(kept, other) == {}
    other.refresh_from_db()
    assert (other.gone_on, other.gone_reason, other.joined_into) == (LATER.date(), "same_person", kept)
    budi.refresh_from_db()
    assert budi.mother == kept
    number, paper, stay = kept.numbers.get(), kept.documents.get(), kept.past_stays.get()
    assert number.number == register.nik(21)
    assert {row.family_id for row in (number, paper)} == {kept.family_id}
    assert {row.region for row in (number, paper)} == {RT1}
    assert (stay.family_id, stay.region) == (other.family_id, FAR)


def test_parting_puts_everything_back(twice):
    kept, other, budi = twice
    join(kept, other)
    part(other)
    for row in (other, budi):
        row.refresh_from_db()
    assert (other.gone_on, other.gone_reason, other.joined_into, budi.mother) == (None, None, None, other)
    number, paper = other.numbers.get(), other.documents.get()
    assert {(row.family_id, row.region) for row in (number, paper)} == {(other.family_id, RT2)}
    assert other.past_stays.exists()
    assert not kept.documents.exists()


def test_what_the_first_row_has_already_stays_with_the_second_and_is_told(twice):
    kept, other, _budi = twice
    actions.record_documents(by=BY, at=AT, person=kept, answers={"card": (False, None)})
    assert join(kept, other) == {"identity.document.person": 1}
    assert Document.objects.filter(person=other).exists()
    part(other)
    assert Document.objects.filter(person__in=[kept, other]).count() == 2


def test_the_trail_names_both_and_no_value(twice):
    kept, other, _budi = twice
    join(kept, other)
    entry = AuditEntry.objects.get(deed="person.join")
    assert set(entry.touched.values_list("subject", flat=True)) == {
        kept.pk, other.pk, kept.family_id, other.family_id,
    }  # fmt: skip
    assert set(entry.detail) == {"moved", "stayed", "emptied"}


def test_a_family_left_without_anybody_ends_and_begins_again(places):
    one, twin = register.family(people=[register.head()]), register.family(people=[register.head()])
    kept, other = register.head_of(one), register.head_of(twin)
    join(kept, other)
    with acting(BY):
        twin.refresh_from_db()
        assert (twin.left_on, twin.left_reason) == (LATER.date(), "entered_twice")
        part(other)
        twin.refresh_from_db()
        assert (twin.left_on, twin.left_reason) == (None, None)
        assert Family.objects.living_here().unrestricted().count() == 2


def test_between_two_villages_both_trails_tell(places):
    kept = register.head_of(register.family(region=HERE, people=[register.head()]))
    other = register.head_of(register.family(region=FAR, people=[register.head()]))
    join(kept, other)
    assert set(AuditEntry.objects.filter(deed="person.join").values_list("region", flat=True)) == {HERE, FAR}


def test_the_head_of_others_is_not_taken_away(twice):
    kept, other, _budi = twice
    with pytest.raises(Refused, match="kepala keluarga yang masih beranggota"):
        join(other, kept)


def test_nobody_is_joined_with_a_child_a_mother_or_oneself(twice):
    kept, other, budi = twice
    with pytest.raises(NotValid, match="dua catatan yang berbeda"):
        join(kept, kept)
    for first, second in ((budi, other), (other, budi)):
        with pytest.raises(Refused, match="ibu dan anak"):
            join(first, second)


def test_whoever_is_gone_is_joined_no_more(twice):
    kept, other, budi = twice
    join(kept, other)
    with pytest.raises(Refused, match="bukan anggota keluarga lagi"):
        join(budi, other)


def test_only_who_was_joined_is_parted(twice):
    kept, _other, _budi = twice
    with pytest.raises(Refused, match="tidak disatukan"):
        part(kept)


def test_a_place_taken_meanwhile_is_told(places):
    one, twin = register.family(people=[register.head()]), register.family(people=[register.head(), register.child()])
    kept, child = register.head_of(one), None
    with acting(BY):
        other, child = twin.people.get(relation=Relation.HEAD), twin.people.get(relation=Relation.CHILD)
        Person.objects.filter(pk=other.pk).update(relation=Relation.SPOUSE)
        other.refresh_from_db()
        join(kept, other)
        Person.objects.filter(pk=child.pk).update(relation=Relation.SPOUSE)
        with pytest.raises(Refused, match="sudah diisi orang lain"):
            part(other)


def test_nobody_joins_into_another_region(officer, places):
    here = register.head_of(register.family(people=[register.head()]))
    far = register.head_of(register.family(region=FAR, people=[register.head()]))
    with pytest.raises(NotAllowed):
        join(here, far, by=officer)


def test_the_walls_of_the_database_let_a_joining_through(officer, twice, as_app):
    kept, other, _budi = twice
    with as_app():
        join(kept, other, by=officer)
        part(other, by=officer)


def test_twins_sound_alike_and_share_the_day_or_the_family(places):
    with acting(BY):
        first = register.family(people=[register.head("Soekarno Wijaya")]).people.get()
        twin = register.family(BESIDE, [register.head("Sukarno Widjaja")]).people.get()
        other = register.family(BESIDE, [register.head("Sukarno Wijaya", born_on=None)]).people.get()
        assert list(likely_twins(first)) == [twin]
        assert list(likely_twins(other)) == []

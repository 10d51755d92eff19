"""Whoever is known as gone comes back: the old record goes on, the time between stays empty, undoing gives it back."""

from datetime import date

import pytest

from balai.access.models import acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events import actions
from balai.events.models import LifeEvent
from balai.families.models import Person
from balai.survey.models import MemberAnswers
from tests.events.lives import FATHER, ON, SON, as_of, household, relations, the, told, whole
from tests.families import register
from tests.families.register import AT, BESIDE, HERE, KECAMATAN, head
from tests.people import person as account_of
from tests.people import signed_in

pytestmark = pytest.mark.django_db
BACK, BETWEEN, BEFORE = date(2025, 6, 20), date(2025, 6, 10), date(2025, 5, 1)


def gone(home, name="Dimas", **more):
    actions.record_moving_out(**told(home, people=[the(name)]), **more)
    return the(name)


def back(home, person, **more):
    return actions.record_return(**told(home, on=BACK, person=person, relation=3) | more)


def test_a_person_who_moved_away_comes_back_as_the_same_person(home):
    person = gone(home)
    event = back(home, person)
    person.refresh_from_db()
    assert (person.gone_on, person.since_on, event.kind, event.person) == (None, BACK, "returned", person)
    assert relations(home) == {"Budi": "head", "Siti": "spouse", "Dimas": "child", "Ayu": "child"}


def test_the_time_between_stays_empty(home):
    was = as_of(BEFORE)
    person = gone(home)
    back(home, person)
    assert as_of(BEFORE) == was
    assert person.pk not in {one for one, *_rest in as_of(BETWEEN)}
    assert person.pk in {one for one, *_rest in as_of(BACK)}


def test_a_return_to_another_family_takes_the_answers_along(home, officer):
    other = household(head("Joko Widagdo", 1, date(1970, 1, 1)), region=BESIDE)
    person = the("Dimas")
    MemberAnswers.objects.create(family=home, person=person, region=HERE, marital=1, made_at=AT, made_by="x")
    gone(home)
    event = back(other, person, relation=4)
    answer = MemberAnswers.objects.get(person=person)
    assert (answer.family, answer.region, event.other_family) == (other, BESIDE, home)


def test_undoing_gives_back_what_was(home):
    person = gone(home)
    before = whole()
    event = back(home, person)
    actions.undo(**{name: value for name, value in told(event=event).items() if name != "on"})
    assert whole() == before


def test_who_left_with_the_whole_family_may_come_back_alone(home, officer):
    other = household(head("Joko Widagdo", 1, date(1970, 1, 1)))
    actions.record_moving_out(**told(home, people=list(Person.objects.filter(family=home))))
    before = whole()
    first = back(other, the("Dimas"), relation=4)
    second = back(other, the("Budi"), relation=4)
    assert relations(other) == {"Joko": "head", "Budi": "other", "Dimas": "other"}
    for event in (second, first):
        actions.undo(by=officer, at=AT, event=event)
    assert whole() == before


def test_the_first_who_came_back_can_be_undone_first(home, officer):
    """Of a family that is away nobody asks for its head."""
    other = household(head("Joko Widagdo", 1, date(1970, 1, 1)))
    actions.record_moving_out(**told(home, people=list(Person.objects.filter(family=home))))
    first = back(other, the("Dimas"), relation=4)
    back(other, the("Budi"), relation=4)
    actions.undo(by=officer, at=AT, event=first)
    assert relations(other) == {"Joko": "head", "Budi": "other"}


def test_a_whole_family_comes_back(home, officer):
    was = as_of(BEFORE)
    actions.record_moving_out(**told(home, people=list(Person.objects.filter(family=home))))
    before = whole()
    event = actions.record_family_return(**told(home, on=BACK))
    home.refresh_from_db()
    assert (home.left_on, event.people, len(relations(home))) == (None, 4, 4)
    assert (as_of(BEFORE), as_of(BETWEEN)) == (was, set())
    actions.undo(by=officer, at=AT, event=event)
    assert whole() == before


def test_returns_are_counted_as_moving_in(home):
    back(home, gone(home))
    counted = LifeEvent.objects.all().counted()
    assert (counted["moved_in"], counted["moved_out"]) == (1, 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"on": BEFORE}, "Kepergiannya tercatat pada"),
        ({"relation": 1}, "Kepala keluarga hanya satu"),
        ({"relation": 2}, "asangan"),
        ({"on": date(2027, 1, 1)}, "belum terjadi"),
        ({"on": date(1800, 1, 1)}, "130 tahun"),
    ],
)
def test_what_cannot_be_is_refused(home, more, said):
    person = gone(home)
    with pytest.raises(NotValid, match=said):
        back(home, person, **more)


def test_who_is_at_home_cannot_come_back(home):
    with pytest.raises(NotValid, match="tercatat sudah pergi"):
        back(home, the("Dimas"))


def test_the_dead_come_back_only_where_it_was_an_error(home):
    actions.record_death(**told(home, person=the("Dimas")))
    with pytest.raises(NotValid, match="tercatat keliru"):
        back(home, the("Dimas"))
    assert back(home, the("Dimas"), mistake=True).detail == {"why": "mistake"}


def test_of_whom_data_may_only_be_kept_nothing_is_recorded(home):
    person = gone(home)
    Person.objects.filter(pk=person.pk).update(restricted_at=AT, restricted_by="account:x")
    with pytest.raises(Refused, match="dibatasi"):
        back(home, person)


def test_who_was_entered_anew_meanwhile_is_joined_first(officer):
    home = household(FATHER, SON.__class__(**SON.__dict__ | {"nik": register.nik(7)}))
    person = gone(home)
    household(head("Dimas Prasetyo", 1, SON.born_on, nik=register.nik(7)))
    with pytest.raises(Refused, match="Gabungkan keduanya"):
        back(home, person)


def test_a_number_of_ones_own_is_no_hindrance(officer):
    home = household(FATHER, SON.__class__(**SON.__dict__ | {"nik": register.nik(7)}))
    assert back(home, gone(home)).people == 1


def test_a_family_that_is_here_or_out_of_reach_does_not_come_back(home, places):
    with pytest.raises(Refused, match="Hanya keluarga yang tercatat pindah"):
        actions.record_family_return(**told(home, on=BACK))
    away = register.family(region="16.05.02.2002")
    with pytest.raises(NotAllowed):
        actions.record_family_return(
            **told(away, on=BACK) | {"by": register.actor("field_officer", register.KECAMATAN)}
        )


def test_a_restricted_member_comes_along_with_the_family(home, officer):
    Person.objects.filter(pk=the("Dimas").pk).update(restricted_at=AT, restricted_by="account:x")
    home.left_on, home.left_reason = ON, "moved_away"
    home.save()
    assert actions.record_family_return(**told(home, on=BACK)).people == 4


class TestPages:
    @pytest.fixture
    def desk(self, places):
        return signed_in(account_of("field_officer", KECAMATAN))

    @pytest.fixture
    def family(self, places):
        return household(FATHER, SON.__class__(**SON.__dict__ | {"nik": register.nik(7)}))

    @pytest.mark.parametrize("sought", ["dimas", register.nik(7)], ids=["name", "NIK"])
    def test_the_old_record_is_found_and_goes_on(self, desk, family, sought):
        with acting(register.BY):
            person = gone(family)
        form = f"/keluarga/{family.pk}/peristiwa/returned"
        page = desk.post(form, {"sought": sought, "cari": "1"}).content.decode()
        assert "Dimas Prasetyo · anak" in page
        assert "tercatat pergi 01-06-2025" in page
        given = {"sought": sought, "other": person.pk, "on": BACK.isoformat(), "relation": "3"}
        assert desk.post(form, given).status_code == 302
        with acting(register.BY):
            assert the("Dimas").gone_on is None

    def test_a_number_that_nobody_can_have_finds_nobody(self, desk, family):
        page = desk.post(f"/keluarga/{family.pk}/peristiwa/returned", {"sought": "123", "cari": "1"}).content.decode()
        assert "Belum ada yang cocok" in page

    def test_the_page_of_a_family_that_is_away_offers_the_way_back_alone(self, desk, family):
        with acting(register.BY):
            actions.record_moving_out(**told(family, people=list(Person.objects.filter(family=family))))
        page = desk.get(f"/keluarga/{family.pk}").content.decode()
        assert f"/keluarga/{family.pk}/peristiwa/returned" in page
        assert f"/keluarga/{family.pk}/peristiwa/birth" not in page
        assert desk.get(f"/keluarga/{family.pk}/peristiwa/birth").status_code == 404
        form = f"/keluarga/{family.pk}/peristiwa/returned"
        assert "Hubungan dengan kepala" not in desk.get(form).content.decode()
        assert desk.post(form, {"on": BEFORE.isoformat()}).status_code == 422
        assert desk.post(form, {"on": BACK.isoformat()}).status_code == 302
        with acting(register.BY):
            family.refresh_from_db()
            assert family.left_on is None


class TestAlone:
    """Whose family is no longer there comes back by himself: as a family of his own, or into another of the village."""

    FORM = f"/peristiwa/desa/{HERE}/kembali"

    @pytest.fixture
    def desk(self, places):
        return signed_in(account_of("field_officer", KECAMATAN))

    @pytest.fixture
    def away(self, places):
        """A family that moved away as a whole."""
        row = household(FATHER, SON.__class__(**SON.__dict__ | {"nik": register.nik(7)}))
        with acting(register.BY):
            actions.record_moving_out(**told(row, people=list(Person.objects.filter(family=row))))
        return row

    def alone(self, person, **more):
        return actions.record_return_alone(
            **told(on=BACK, person=person, region=BESIDE, address=" Jalan  Baru 1 ") | more
        )

    def test_one_of_a_family_that_is_away_is_head_of_a_new_one(self, home, officer):
        actions.record_moving_out(**told(home, people=list(Person.objects.filter(family=home))))
        before, was = whole(), as_of(BEFORE)
        event = self.alone(the("Dimas"))
        made = event.family
        assert (made.region, made.address, made.since_on) == (BESIDE, "Jalan Baru 1", BACK)
        assert (relations(made), event.kind, event.other_family) == ({"Dimas": "head"}, "returned", home)
        assert (as_of(BEFORE), len(as_of(BETWEEN))) == (was, 0)
        actions.undo(by=officer, at=AT, event=event)
        assert whole() == before

    def test_so_is_the_last_of_a_family_that_is_dissolved(self, home):
        for name in ("Dimas", "Ayu", "Siti"):
            gone(home, name)
        actions.record_death(**told(home, person=the("Budi")))
        home.refresh_from_db()
        assert home.left_reason == "dissolved"
        assert relations(self.alone(the("Siti")).family) == {"Siti": "head"}

    @pytest.mark.parametrize(
        ("more", "said"), [({"on": BEFORE}, "Kepergiannya tercatat pada"), ({"on": date(2027, 1, 1)}, "belum terjadi")]
    )
    def test_what_cannot_be_is_refused(self, home, more, said):
        person = gone(home)
        with pytest.raises(NotValid, match=said):
            self.alone(person, **more)

    def test_who_looks_after_families_one_by_one_founds_none(self, home):
        person = gone(home)
        with pytest.raises(NotAllowed, match="Keluarga baru dicatat oleh kader"):
            self.alone(person, by=register.actor("companion", HERE, families=[home.pk]))

    def test_the_pages_lead_to_the_form(self, desk, away):
        assert self.FORM in desk.get(f"/keluarga/{away.pk}").content.decode()
        assert self.FORM in desk.get(f"/peristiwa/desa/{HERE}").content.decode()
        assert "Orang datang kembali ke" in desk.get(self.FORM).content.decode()

    def test_alone_by_the_form(self, desk, away):
        page = desk.post(self.FORM, {"sought": register.nik(7), "cari": "1"}).content.decode()
        assert "Dimas Prasetyo · anak" in page
        with acting(register.BY):
            person = the("Dimas")
        given = {"sought": register.nik(7), "other": person.pk, "on": BACK.isoformat(), "joins": "new"}
        page = desk.post(self.FORM, given)
        assert page.status_code == 422
        assert "Pilih tempatnya." in page.content.decode()
        response = desk.post(self.FORM, given | {"region": HERE})
        assert response.status_code == 302
        assert "Dimas Prasetyo" in desk.get(response["Location"].partition("?")[0]).content.decode()

    def test_into_another_family_by_the_form(self, desk, away):
        other = household(head("Joko Widagdo", 1, date(1970, 1, 1)))
        with acting(register.BY):
            person, host = the("Dimas"), the("Joko")
        given = {"sought": "dimas", "other": person.pk, "on": BACK.isoformat(), "joins": "there", "host_sought": "joko"}
        assert "Joko Widagdo" in desk.post(self.FORM, given | {"cari": "1"}).content.decode()
        page = desk.post(self.FORM, given)
        assert page.status_code == 422
        assert "lalu pilih orangnya" in page.content.decode()
        assert "Pilih hubungannya" in page.content.decode()
        given |= {"host": host.pk, "relation": "2"}
        page = desk.post(self.FORM, given | {"on": BEFORE.isoformat()})
        assert page.status_code == 422
        assert "Kepergiannya tercatat pada" in page.content.decode()
        assert desk.post(self.FORM, given | {"relation": "4"}).status_code == 302
        assert relations(other) == {"Joko": "head", "Dimas": "other"}

    def test_without_saying_where_nothing_is_recorded(self, desk, away):
        assert desk.post(self.FORM, {"on": BACK.isoformat()}).status_code == 422
        assert desk.post(self.FORM, {"joins": "there", "relation": "x", "host": "x"}).status_code == 422
        assert desk.post(self.FORM, {"joins": "new", "region": "x"}).status_code == 422

    def test_it_is_for_those_who_enter_families(self, away):
        companion = signed_in(account_of("companion", HERE, families=[away.pk]))
        assert companion.get(self.FORM).status_code == 403

"""An undoing takes away what the import made with everything that only counts or shows, and nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from balai.access.models import Scoped, acting, unscoped
from balai.accounts.jobs import ask
from balai.aid.models import Aid
from balai.families.models import Family, IdentityNumber, LastWrite, Person, Reveal
from balai.rosters import actions, jobs
from balai.rosters.actions import applying, undoing
from balai.rosters.models import RosterImage
from balai.rosters.rules.states import State
from balai.survey.models import MemberAnswers
from tests.families.register import AT, HERE, RT1, child, family, head, places
from tests.jobs import run_jobs
from tests.rosters.lists import again, applied, number, officer, register, row, sent, undone, xlsx
from tests.rosters.planting import plant

CARDS = [
    row(10 * card + place, f"Warga {chr(65 + card)}{chr(65 + place)}", kin=kin, card=card, Agama="Islam")
    for card in range(4)
    for place, kin in enumerate(("Kepala keluarga", "Anak"))
]


@pytest.fixture
def by(tree):
    return officer()


def register_is_empty():
    with unscoped("a test counts"):
        return not any(
            model.objects.exists() for model in (Family, Person, IdentityNumber, MemberAnswers, LastWrite, RosterImage)
        )


@pytest.mark.parametrize("most", [1, 2, 3, 5, 100])
def test_whatever_goes_in_at_once_all_of_it_comes_out(by, monkeypatch, most):
    for module, name in ((applying, "BATCH"), (undoing, "BATCH"), (undoing, "LOOKED_AT")):
        monkeypatch.setattr(module, name, most)
    roster = applied(by, sent(by, xlsx(CARDS)))
    assert register(by) == (4, 8)
    assert undone(by, roster).state == State.UNDONE
    assert register_is_empty()


def test_who_comes_back_after_an_undoing_has_the_key_he_had(by):
    roster = applied(by, sent(by, xlsx(CARDS)))
    with acting(by):
        before = dict(Person.objects.values_list("name", "pk"))
    undone(by, roster)
    applied(by, again(roster))
    with acting(by):
        assert dict(Person.objects.values_list("name", "pk")) == before


def test_a_number_that_was_shown_goes_with_the_note_of_it(by):
    roster = applied(by, sent(by, xlsx(CARDS)))
    with acting(by):
        shown = IdentityNumber.objects.exclude(person=None).first()
    Reveal.objects.create(account=uuid4(), number=shown, reason="x" * 10, from_at=AT, until_at=AT + timedelta(hours=1))
    assert undone(by, roster).state == State.UNDONE
    assert register_is_empty()
    assert not Reveal.objects.exists()


def test_what_another_list_keeps_of_a_person_names_nobody_any_more(by):
    roster = applied(by, sent(by, xlsx(CARDS)))
    with acting(by):
        person = Person.objects.get(name="Warga AA")
        plant(person.family, person)
    assert undone(by, roster).state == State.UNDONE
    with acting(by):
        kept = RosterImage.objects.get()
        assert (kept.family_id, kept.person_id) == (None, None)


def test_a_card_with_aid_given_since_stays_whole_and_the_others_go(by):
    roster = applied(by, sent(by, xlsx(CARDS)))
    with acting(by):
        family = Person.objects.get(name="Warga BA").family
        Aid.objects.create(
            family=family, region=family.region, programme="pkh", agency=1, state="received", source="form", made_at=AT,
            made_by="uji",
        )  # fmt: skip
    refused = undone(by, roster)
    assert (refused.state, refused.said[1]["n"], register(by)) == (State.APPLIED, 2, (4, 8))
    with acting(by):
        actions.begin_again(by=by, at=AT, roster=refused, to=State.UNDOING, partly=True)
        ask(jobs.undo_roster, by=by, roster=refused.pk)
    run_jobs()
    left = again(roster)
    assert (left.state, left.said[1]["n"], register(by)) == (State.APPLIED, 2, (1, 2))


@pytest.fixture
def home(by):
    """A family of whom nobody knows in which RT it lives."""
    places([])
    return family(people=[head("Siti Aminah", nik=number(1)), child("Dimas Prasetyo", nik=number(2))])


def where(by):
    with acting(by):
        return {
            place
            for model in (Family, Person, IdentityNumber)
            for place in model.objects.values_list("region", flat=True)
        }


def test_who_is_not_in_the_list_goes_back_to_the_place_of_the_family(by, home):
    roster = applied(by, sent(by, xlsx([row(1, "Siti Aminah", RT="1")])))
    assert where(by) == {RT1}
    assert undone(by, roster).state == State.UNDONE
    assert where(by) == {HERE}


def test_who_has_another_family_since_stays_where_that_one_is(by, home):
    rows = [row(1, "Siti Aminah", RT="1"), row(2, "Dimas Prasetyo", "L", "03-02-2019", "Anak", RT="1")]
    roster = applied(by, sent(by, xlsx(rows)))
    other = family(RT1, people=[head("Rahmawati")])
    with acting(by):
        Person.objects.filter(name="Dimas Prasetyo").update(family=other)
    assert undone(by, roster).state == State.UNDONE
    with acting(by):
        assert dict(Person.objects.values_list("name", "region")) == {
            "Siti Aminah": HERE, "Dimas Prasetyo": RT1, "Rahmawati": RT1,
        }  # fmt: skip


def test_on_all_that_an_import_makes_but_families_and_persons_nothing_personal_hangs():
    """`undoing._hung_on` asks these two only."""
    for table in set(undoing.ORDER) - set(undoing.POINTING):
        hanging = [key.related_model for key in apps.get_model(table)._meta.related_objects]
        assert not any(issubclass(model, Scoped) for model in hanging), table

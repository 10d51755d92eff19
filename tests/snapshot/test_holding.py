"""What stays in memory of a village, with the rows of those written since, is what the whole village read anew is."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.aid.models import Aid, ListEntry, ListVersion
from balai.events.models import LifeEvent
from balai.families.models import Family, IdentityNumber, LastWrite, Person
from balai.identity.models import Document
from balai.measurements.models import Measurement
from balai.quality.models import Round, Verification
from balai.snapshot.actions import living
from balai.snapshot.actions.behind import behind
from balai.snapshot.actions.holding import Shelf
from balai.snapshot.models import reading
from balai.survey.models import ANSWERS
from balai.survey.rules import Block
from tests import people
from tests.snapshot.conftest import AT, BY, DAY, KABUPATEN, OTHER, VILLAGE

MADE = {"made_at": AT, "made_by": "test"}
OF_SHARED = "D06"  # NIK that somebody else has too
FIGURES = ("D19", "D20", "F03", "A13", "S01")


@pytest.fixture
def count():
    numbers = iter(range(10**6, 10**9))
    return lambda: next(numbers)


def noted(family, count):
    LastWrite.objects.note([family.pk], entry=count(), at=AT, by="test")


def visited(family, one, count):
    """The house is asked about again: what held until then ends."""
    rows = ANSWERS[Block.HOUSING].objects
    on = DAY - timedelta(days=one % 50)
    rows.filter(family=family, until_on__isnull=True, from_on__lt=on).update(until_on=on)
    if not rows.filter(family=family, until_on__isnull=True).exists():
        rows.create(family=family, region=family.region, from_on=on, water=one % 9 + 1, **MADE)


def asked(family, one, count):
    ANSWERS[Block.MEMBERS].objects.filter(family=family).update(marital=one % 3 + 1)
    ANSWERS[Block.DEVELOPMENT].objects.filter(family=family).update(worship=one % 2 + 1)


def gone(family, one, count):
    person = family.people.order_by("relation").last()
    Person.objects.filter(pk=person.pk).update(gone_on=DAY - timedelta(days=1), gone_reason="died")


def back(family, one, count):
    family.people.update(gone_on=None, gone_reason=None)


def born(family, one, count):
    mother = family.people.filter(sex=2).first()
    Person.objects.create(family=family, region=family.region, name="Rekaan", sex=one % 2 + 1, relation=3,
                          born_on=DAY - timedelta(days=one % 900), mother=mother, **MADE)  # fmt: skip


def moved(family, one, count):
    there = OTHER if family.region.startswith(VILLAGE) else VILLAGE
    for model in (Family, Person, IdentityNumber, Aid, Measurement, *ANSWERS.values()):
        key = "pk" if model is Family else "family"
        model.objects.filter(**{key: family.pk}).update(region=there)


def weighed(family, one, count):
    child = family.people.filter(born_on__gt=date(2021, 1, 1)).first()
    if child:
        Measurement.objects.update_or_create(
            person=child, measured_on=DAY - timedelta(days=one % 40),
            defaults={"family": family, "region": family.region, "weight_kg": 5 + one % 9, "height_cm": 60 + one % 30,
                      "position": "l", "source": "form", **MADE},
        )  # fmt: skip


def shared(family, one, count):
    """A NIK becomes that of somebody in another family."""
    rows = IdentityNumber.objects.filter(kind="nik")
    ours, other = rows.filter(family=family).first(), rows.exclude(family=family).order_by("pk")[one % 5]
    if ours:
        rows.filter(pk=ours.pk).update(blind=other.blind)


def carded(family, one, count):
    person = family.people.first()
    Document.objects.filter(person=person).delete()
    Document.objects.create(
        person=person, family=family, region=family.region, kind="card", is_held=one % 2 == 0, **MADE
    )


def looked_at(family, one, count):
    """Some of it is written of a family, some beside."""
    Verification.objects.filter(family=family).update(until_at=AT)
    last = LastWrite.objects.filter(family=family).values_list("entry", flat=True).first() or 0
    Verification.objects.create(family=family, region=family.region, village=family.region[:13], outcome="verified",
                                entry=last, decided_at=AT + timedelta(seconds=one), decided_by="test")  # fmt: skip


def opened(family, one, count):
    Round.objects.get_or_create(village_id=VILLAGE, year=2022 + one % 4,
                                defaults={"opened_at": AT + timedelta(days=one % 3), "opened_by": "test"})  # fmt: skip


def helped(family, one, count):
    told = {"region": family.region, "agency": 1, "state": "received", "from_on": DAY, "source": "form", **MADE}
    Aid.objects.get_or_create(family=family, programme="pkh", until_on=None, defaults=told)


def helped_no_more(family, one, count):
    Aid.objects.filter(family=family).update(state="ended", until_on=DAY + timedelta(days=one % 9 + 1), reason="x")


def restricted(family, one, count):
    person = family.people.order_by("pk").first()
    at = None if person.restricted_at else AT + timedelta(seconds=count())
    Person.objects.filter(pk=person.pk).update(restricted_at=at, restricted_by=at and "test")


def erased(family, one, count):
    family.people.order_by("relation").last().delete()


def ranked(family, one, count):
    told = {"kind": "dtsen", "region": KABUPATEN, "source": "Dinsos", "sha256": f"{count():064}", "brought_at": AT,
            "brought_by": "test", "applied_at": AT, "applied_by": "test"}  # fmt: skip
    version = ListVersion.objects.create(edition="x", dated_on=DAY - timedelta(days=one), **told)
    ListEntry.objects.create(version=version, family=family, region=family.region, decile=one % 10 + 1, line=1,
                             state="by_nik", matched_on=DAY, **MADE)  # fmt: skip


def happened(family, one, count):
    LifeEvent.objects.create(kind="birth", family=family, region=family.region, on=DAY, people=1,
                             detail={"place": "facility"}, **MADE)  # fmt: skip


OF_A_FAMILY = (visited, asked, gone, back, born, moved, weighed, shared, carded)  # each with a word in LastWrite
BESIDE = (looked_at, opened, helped, helped_no_more, restricted, erased, ranked, happened)
WRITES = st.lists(
    st.tuples(st.integers(0, 49), st.sampled_from(OF_A_FAMILY + BESIDE), st.integers(0, 400)), min_size=1, max_size=3
)


def across():
    """A NIK stands here and in another village: what is written there is not looked at from here."""
    rows = IdentityNumber.objects.filter(kind="nik")
    return rows.within(VILLAGE).filter(blind__in=rows.exclude(region__startswith=VILLAGE).values("blind")).exists()


def everything(code=VILLAGE):
    found = living.live(by=BY, code=code, on=DAY)
    return sorted(found.rows, key=repr)


def anew(code=VILLAGE):
    living._known.clear()
    living._shelf.kept.clear()
    return everything(code)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(WRITES, min_size=1, max_size=4))
def test_what_was_written_since_read_again_is_as_the_whole_village(register, count, steps):
    everything()
    for writes in steps:
        apart = {OF_SHARED} if across() else set()
        for number, write, one in writes:
            families = Family.objects.filter(people__isnull=False).distinct().order_by("pk")
            family = families[number % families.count()]
            write(family, one, count)
            if write in OF_A_FAMILY:
                noted(family, count)
        held = living._shelf.get((VILLAGE, living._sight(BY)))
        assert held is not None
        apart |= {OF_SHARED} if across() else set()
        followed = [row for row in everything() if row.code not in apart]
        assert followed == [row for row in anew() if row.code not in apart]


@pytest.mark.django_db
def test_of_one_family_written_only_its_rows_are_read(register, count, monkeypatch):
    everything()
    read, whole = [], reading.Look.whole
    monkeypatch.setattr(reading.Look, "whole", lambda look, name: read.append(name) or whole(look, name))
    noted(Family.objects.within(VILLAGE).first(), count)
    everything()
    assert set(read) == {*reading.SMALL, "happened"}
    for family in Family.objects.within(VILLAGE):
        noted(family, count)
    monkeypatch.setattr("balai.snapshot.actions.holding.MANY", 3)
    everything()
    assert "member_answers" in read


@pytest.mark.django_db
def test_another_choice_of_figures_reads_only_what_is_not_there_yet(register, count, monkeypatch):
    living._shelf.kept.clear()
    one = living.live(by=BY, code=VILLAGE, codes=["D19"], on=DAY)
    assert len(one.rows) == 1
    assert behind(by=BY, code=VILLAGE, figure="D19", on=DAY)[0]
    noted(Family.objects.within(VILLAGE).first(), count)
    assert everything() == anew()
    tomorrow = living.live(by=BY, code=VILLAGE, codes=["D19"], on=DAY + timedelta(days=1))
    assert tomorrow.rows == one.rows


@pytest.mark.django_db
def test_each_sees_within_the_own_walls_what_is_read_by_one_text(register):
    whole = {code: living.live(by=BY, code=VILLAGE, codes=[code], on=DAY).rows for code in FIGURES}
    here = [people.actor(people.person("family_office", code)) for code in (KABUPATEN, "81.01")]
    texts = [reading.texts(actor, DAY) for actor in here]
    assert texts[0] is texts[1]
    near, far = ([living.live(by=actor, code=VILLAGE, codes=[code], on=DAY).rows for code in FIGURES] for actor in here)
    assert near == list(whole.values())
    assert not any(far)


def test_texts_are_kept_of_so_many_forms(monkeypatch, db):
    monkeypatch.setattr(reading, "_kept", {})
    monkeypatch.setattr(reading, "KEPT", 1)
    first = reading.texts(BY, DAY)
    assert reading.texts(BY, DAY) is first
    assert reading.texts(BY, DAY + timedelta(days=1)) is not first
    assert len(reading._kept) == 1


class Some:
    def __init__(self, rows):
        self.rows = rows


def test_villages_asked_for_longest_ago_are_let_go_first():
    shelf = Shelf(rows=10)
    for name, rows in (("a", 4), ("b", 4)):
        shelf.put(name, Some(rows))
    assert shelf.get("a").rows == 4
    shelf.put("c", Some(5))
    assert shelf.get("b") is None
    assert set(shelf.kept) == {"a", "c"}
    shelf.put("d", Some(99))
    assert set(shelf.kept) == {"d"}


@pytest.mark.django_db
def test_who_was_at_risk_before_is_read_off_an_earlier_snapshot(register, build, snapshots):
    build()
    earlier = snapshots / "2025-11" / KABUPATEN / "families.parquet"
    (before,) = living.live(by=BY, code=VILLAGE, codes=["S31"], on=DAY, earlier=earlier).rows
    assert before.d > 0


@pytest.mark.django_db
def test_no_page_waits_for_definitions_that_are_ready():
    living._recipe.cache_clear()
    living.ready(on=DAY)
    compiled = living._recipe.cache_info().misses
    living.live(by=BY, code="00.00.00.0000", on=DAY)
    assert (compiled, living._recipe.cache_info().misses) == (1, 1)

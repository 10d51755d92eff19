"""How complete a question is, counted by the database: the same as the survey's own rules say family by family."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from balai.access.models import acting
from balai.families.models import Person
from balai.families.rules import PersonFacts, Relation, Sex
from balai.quality.models import dossiers, doubts_of, field_counts, gaps, here, without_answer
from balai.quality.models.dossiers import _asked as pairs
from balai.quality.models.fields import back
from balai.survey.models import ANSWERS
from balai.survey.rules import Block, Kind, asked, is_due, items, items_of
from tests.families import register
from tests.families.register import AT, BY, FAR, HERE, RT1

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 16)
BIRTHDAYS = [None, date(2025, 6, 1), date(2019, 12, 16), date(2019, 12, 17), date(2010, 1, 1), date(1990, 2, 28),
             date(1976, 12, 16), date(1975, 12, 16), date(1950, 1, 1)]  # fmt: skip


def people():
    one = st.tuples(st.sampled_from(Sex), st.sampled_from(BIRTHDAYS), st.booleans())
    return st.tuples(one, st.none() | one, st.lists(st.tuples(st.sampled_from([3, 4]), one), max_size=3))


def answers(block):
    """Some answers of a block, whatever they lead to."""
    found = {}
    for item in items_of(block):
        if item.kind is Kind.MONTH:
            found[item.key] = st.none() | st.just(date(2024, 1, 1))
        elif item.kind in (Kind.COUNT, Kind.SEVERAL):
            found[item.key] = st.none() | st.integers(max(item.low, 1), max(item.low, 1) + 1)
        else:
            found[item.key] = st.none() | st.sampled_from(item.numbers[:3])
    return st.fixed_dictionaries(found)


def written(drawn, region):
    head, spouse, others = drawn
    facts = [PersonFacts("Kepala", head[0], Relation.HEAD, head[1])]
    if spouse:
        facts.append(PersonFacts("Pasangan", spouse[0], Relation.SPOUSE, spouse[1]))
    facts += [PersonFacts("Anggota", sex, relation, born_on) for relation, (sex, born_on, _hidden) in others]
    row = register.family(region, people=facts)
    hidden = [head[2], *([spouse[2]] if spouse else []), *(one[2] for _relation, one in others)]
    with acting(BY):
        for person, closed in zip(row.people.order_by("relation", "made_at", "pk"), hidden, strict=True):
            if closed:
                Person.objects.filter(pk=person.pk).update(restricted_at=AT, restricted_by="uji")
    return row


def put(row, block, told):
    model = ANSWERS[block]
    subjects = row.people.all() if block.of_a_person else [None]
    for person in subjects:
        who = {"person": person} if person else {}
        model.objects.create(family=row, region=row.region, from_on=ON, made_at=AT, made_by="uji", **who, **told)


def by_the_rules(block):
    """{item: [asked, told, with "no"]} of everybody who may be shown."""
    found = {item.key: [0, 0, 0] for item in items_of(block)}
    for one in dossiers(here(HERE), [block], ON):
        for about, person, facts in _asked(one, block):
            told = one.answers.get((block, person.pk if person else one.family.pk), {})
            for item in asked(about, facts, told) if is_due(about, facts) else ():
                counts = found[item.key]
                counts[0] += 1
                counts[1] += item.key in told
                counts[2] += item.kind is Kind.YES and told.get(item.key) == 2
    return found


def _asked(one, block):
    return pairs(one, [block], ON)


@pytest.mark.parametrize("block", Block)
@settings(
    max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_the_database_counts_what_the_rules_ask(places, block, data):
    with acting(BY):
        for model in ANSWERS.values():
            model.objects.all().delete()
        Person.objects.all().update(gone_on=ON, gone_reason="moved_away")
    for drawn in data.draw(st.lists(people(), min_size=1, max_size=3)):
        row = written(drawn, RT1)
        told = data.draw(st.none() | answers(block))
        if told is not None:
            with acting(BY):
                put(row, block, told)
    with acting(BY):
        counted = field_counts(block, HERE, ON)
        expected = by_the_rules(block)
        assert {one.item.key: [one.asked, one.told, one.no or 0] for one in counted} == expected
        blank = {item.key: without_answer(item, HERE, ON).count() for item in items_of(block)}
        assert blank == {one.item.key: one.missing for one in counted}
        gone_through = Counter(
            item.key for one in dossiers(here(HERE), [block], ON) for _who, missing in gaps(one, [block], ON)
            for item in missing
        )  # fmt: skip
        assert dict(gone_through) == {key: number for key, number in blank.items() if number}


def test_no_is_an_answer_and_nothing_is_none(places):
    with acting(BY):
        for told in ({"earns": 1}, {"earns": 2}, {"savings": 2}):
            put(register.family(RT1), Block.DEVELOPMENT, told)
        put(register.family(FAR), Block.DEVELOPMENT, {"earns": 1})
        counted = {one.item.key: one for one in field_counts(Block.DEVELOPMENT, HERE, ON)}
    earns = counted["earns"]
    assert (earns.asked, earns.told, earns.no, earns.missing) == (3, 2, 1, 1)
    assert counted["media"].asked == 0  # nobody said that he was told by media


def test_who_is_not_born_yet_on_the_day_is_not_asked_about(places):
    register.family(RT1)
    with acting(BY):
        (one,) = dossiers(here(HERE), [Block.MEMBERS], date(2019, 1, 1))
        assert [person.name for person in one.people] == ["Siti Rahmawati"]
        counted = {one.item.key: one.asked for one in field_counts(Block.MEMBERS, HERE, date(2019, 1, 1))}
    assert counted["religion"] == 1


def test_days_are_counted_back_over_leap_years():
    assert back(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert back(date(2024, 2, 29), 4) == date(2020, 2, 29)
    assert back(date(2025, 12, 16), 200) == date(1825, 12, 16)


def test_what_is_worth_looking_at_again_is_told_family_by_family(places, officer):
    head = register.head(born_on=date(2021, 1, 1), nik=register.nik())
    strange = register.family(people=[head])
    plain = register.family(people=[register.head(nik=register.nik())])
    odd = register.family(people=[register.head(nik=register.nik())])
    put(odd, Block.HOUSING, {"occupants": 9, "floor_area": 5})
    found = doubts_of(here(HERE), officer, ON)
    assert set(found) == {strange.pk, odd.pk}
    assert "di bawah 6 tahun" in str(found[strange.pk][0][1])
    assert (found[odd.pk][0][0], "2 m² per orang" in str(found[odd.pk][0][1])) == (None, True)
    assert plain.pk not in found


def test_who_may_not_know_of_numbers_is_told_nothing_of_them(places):
    register.family(people=[register.head()])
    with acting(register.actor("agency_officer", "16.05", agency="population")) as reader:
        assert doubts_of(here(HERE), reader, ON)
    with acting(register.actor("village_head", HERE)) as reader:
        assert doubts_of(here(HERE), reader, ON)  # a village head sees the last digits
    assert items()["water"].block is Block.HOUSING

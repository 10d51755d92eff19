"""The Kampung KB, what is known of it, and the answers of its profile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.regions.rules import Level
from balai.villages import actions
from balai.villages.models import Answer, KampungKB, KampungVersion
from tests.villages.conftest import AT, VILLAGES

DAY = date(2025, 1, 1)
LATER = AT + timedelta(days=1)


def answer(by, kampung, *rows, at=AT, batch=None):
    return actions.record_answers(by=by, at=at, source="uji", batch=batch, rows=[(kampung, *row) for row in rows])


def test_a_kampung_is_registered_once_with_its_first_version(kampung, by, at):
    version = kampung.versions.get()
    assert (version.name, version.founded_latest, version.recorded_by) == ("Mekar", date(2020, 3, 1), "operator:uji")
    assert AuditEntry.objects.get().region == VILLAGES[0]
    with pytest.raises(Refused, match="sudah terdaftar"):
        actions.register_kampung(by=by, at=at, village=kampung.village, source="uji")
    second = actions.register_kampung(by=by, at=at, village=kampung.village, number=2, source="uji")
    assert list(KampungKB.objects.main()) == [kampung]
    assert second.founded_latest is None


@pytest.mark.parametrize(
    "facts",
    [
        {"founded_earliest": DAY},
        {"founded_latest": DAY},
        {"founded_earliest": DAY, "founded_latest": date(2024, 12, 31)},
    ],
)
def test_a_founding_is_a_span_in_order(places, by, at, facts):
    with pytest.raises(NotValid, match="rentangnya"):
        actions.register_kampung(by=by, at=at, village=VILLAGES[0], source="uji", **facts)


def test_what_was_known_before_stays(kampung, by):
    actions.correct_kampung(by=by, at=LATER, kampung=kampung, source="SK", founded_earliest=date(2020, 2, 1))
    ended = actions.end_kampung(
        by=by, at=LATER + timedelta(days=1), kampung=kampung, on=DAY, reason="digabung", source="SK"
    )
    assert [version.founded_earliest.month for version in KampungVersion.objects.order_by("recorded_at")] == [3, 2, 2]
    assert KampungVersion.objects.known_at(AT).get().founded_earliest == date(2020, 3, 1)
    assert KampungVersion.objects.known_at(LATER).get().ended_on is None
    assert len(set(KampungVersion.objects.values_list("lineage"))) == 1
    assert ended.ended_on == DAY
    with pytest.raises(Refused, match="sudah berakhir"):
        actions.end_kampung(by=by, at=LATER, kampung=kampung, on=DAY, reason="lagi", source="SK")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "Yang bisa dibetulkan"),
        ({"village": None}, "Yang bisa dibetulkan"),
        ({"ended_on": DAY}, "alasannya"),
        ({"ended_on": date(2019, 1, 1), "ended_reason": "pindah"}, "sebelum dibentuk"),
    ],
)
def test_a_correction_has_to_make_sense(kampung, by, changes, why):
    with pytest.raises(NotValid, match=why):
        actions.correct_kampung(by=by, at=LATER, kampung=kampung, source="SK", **changes)
    assert KampungVersion.objects.count() == 1


def test_formed_villages_are_counted_by_region_in_one_query(places, by, at, django_assert_num_queries):
    rows = [
        (VILLAGES[0], 1, "", DAY, DAY),
        (VILLAGES[0], 2, "", DAY, DAY),
        (VILLAGES[1], 1, "", date(2020, 1, 1), date(2025, 6, 1)),
        (VILLAGES[3], 1, "", None, None),
    ]
    counts = actions.register_kampungs(by=by, at=at, source="SIGA", batch=None, rows=rows)
    assert counts == {"new": 4, "narrowed": 0, "known": 0}
    with django_assert_num_queries(1):
        assert KampungKB.objects.formed_counts(Level.KECAMATAN, "76", date(2025, 6, 1)) == {"76.05.03": 2}
    assert KampungKB.objects.formed_counts(Level.VILLAGE, "", DAY) == {VILLAGES[0]: 1}
    assert KampungKB.objects.formed_counts(Level.PROVINCE, "61", date(2030, 1, 1)) == {}
    ended = KampungKB.objects.get(village=VILLAGES[1])
    actions.end_kampung(by=by, at=at, kampung=ended, on=date(2025, 7, 1), reason="digabung", source="SK")
    assert KampungKB.objects.formed_counts(Level.KABUPATEN, "76.05", date(2025, 6, 30)) == {"76.05": 2}
    assert KampungKB.objects.formed_counts(Level.KABUPATEN, "76.05", date(2025, 7, 1)) == {"76.05": 1}


def test_a_list_of_kampung_only_ever_narrows_what_is_known(kampung, by, at):
    def told(earliest, latest):
        rows = [(VILLAGES[0], 1, "lain", earliest, latest)]
        counts = actions.register_kampungs(by=by, at=at, source="SIGA", batch=None, rows=rows)
        return next(key for key, count in counts.items() if count)

    assert told(date(2018, 1, 1), date(2025, 1, 1)) == "known"
    assert AuditEntry.objects.count() == 1
    actions.correct_kampung(by=by, at=at, kampung=kampung, source="SK", founded_earliest=None, founded_latest=None)
    assert told(None, None) == "known"
    assert told(date(2018, 1, 1), date(2025, 1, 1)) == "narrowed"
    assert told(date(2016, 1, 1), date(2024, 1, 1)) == "narrowed"
    assert told(date(2030, 1, 1), date(2031, 1, 1)) == "known"
    now = KampungKB.objects.get()
    assert (now.founded_earliest, now.founded_latest, now.name) == (date(2018, 1, 1), date(2024, 1, 1), "Mekar")


def test_no_and_zero_and_not_filled_are_three_things(kampung, by):
    answer(by, kampung, ("pokja", 0, "", DAY), ("pokja_members", 0, "", DAY), ("rkm", None, "", DAY))
    profile = Answer.objects.profile(kampung, DAY)
    assert {key: found.value for key, found in profile.items()} == {"pokja": 0, "pokja_members": 0}


def test_an_answer_can_be_taken_back(kampung, by):
    answer(by, kampung, ("pokja", 1, "", DAY))
    assert answer(by, kampung, ("pokja", None, "", date(2025, 3, 1)), at=LATER) == 1
    assert "pokja" in Answer.objects.profile(kampung, date(2025, 2, 28))
    assert "pokja" not in Answer.objects.profile(kampung, date(2025, 3, 1))


def test_an_answer_that_says_what_holds_already_is_not_written(kampung, by):
    rows = ("pokja", 1, "", DAY), ("mech_planning", 1, "bulanan", DAY)
    assert answer(by, kampung, *rows) == 2
    assert answer(by, kampung, *rows, ("pokja", 1, "", date(2025, 5, 1)), at=LATER) == 0
    assert AuditEntry.objects.filter(deed="answers.record").count() == 1
    assert [entry.item for entry in Answer.objects.history(kampung)] == ["mech_planning", "pokja"]


def test_two_answers_of_one_moment_contradict_each_other(kampung, by):
    with pytest.raises(NotValid, match="dua jawaban"):
        answer(by, kampung, ("pokja", 1, "", DAY), ("pokja", 0, "", DAY))
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("tidak_ada", 1, "", DAY), "bukan butir"),
        (("pokja", 2, "", DAY), "ya atau tidak"),
        (("pokja_members", -1, "", DAY), "kurang dari nol"),
        (("overview", 1, "", DAY), "teks, bukan angka"),
        (("companion", 0, "dukun", DAY), "bukan pilihan"),
        (("latitude", None, "utara", DAY), "bukan angka antara"),
        (("longitude", None, "12.5", DAY), "bukan angka antara"),
    ],
)
def test_answers_have_to_fit_their_item(kampung, by, row, why):
    with pytest.raises(NotValid, match=why):
        answer(by, kampung, row)


def test_coordinates_and_choices_are_texts(kampung, by):
    assert answer(by, kampung, ("latitude", None, "-3.05", DAY), ("companion", 0, "kader", DAY)) == 2
    assert Answer.objects.within("76.05").count() == 2
    assert Answer.objects.within("").exclude(item="companion").get().text == "-3.05"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([None, 0, 1])), min_size=1, max_size=8,
    ),
    st.integers(0, 6), st.integers(0, 8),
)  # fmt: skip
def test_answers_of_any_day_as_known_at_any_moment(kampung, by, entries, day, moment):
    """The slow, obvious twin: among what was entered by the moment, the latest day not after ours, then the last.
    What says nothing new on its day when it is entered is not an entry."""

    def holding(told, day):
        return max([entry for entry in told if entry[0] <= day], default=(0, 0, None))[2]

    Answer.objects.all().delete()
    told = []
    for tick, (offset, value) in enumerate(entries):
        answer(by, kampung, ("pokja", value, "", DAY + timedelta(offset)), at=AT + timedelta(minutes=tick))
        if holding(told, offset) != value:
            told.append((offset, tick, value))
    profile = Answer.objects.known_at(AT + timedelta(minutes=moment)).profile(kampung, DAY + timedelta(day))
    found = profile.get("pokja")
    assert (found.value if found else None) == holding([entry for entry in told if entry[1] <= moment], day)


def test_without_the_permission_no_village_is_in_reach(kampung, by):
    powerless = replace(by, role=replace(by.role, may=frozenset()))
    with pytest.raises(NotAllowed):
        answer(powerless, kampung, ("pokja", 1, "", DAY))

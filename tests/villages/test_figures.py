"""Vintages of monthly figures: whichever way they arrive, the latest stands, and nothing is lost."""

import uuid
from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.base.errors import NotAllowed, NotValid
from balai.villages import actions
from balai.villages.actions import figures
from balai.villages.models import Return, VillageMonth
from balai.villages.rules import Counts, Mark, ReturnRow
from tests.villages.conftest import AT, VILLAGES

pytestmark = pytest.mark.django_db
BATCH = uuid.UUID(int=1)
NOVEMBER = "2025-11"


def pus(couples, unmet=0, code=VILLAGES[0], period=NOVEMBER, marks=0):
    return ReturnRow(
        code, period, {"PUS": couples, "UNMET NEED": unmet}, [["unmet_above_couples", ["unmet"]]] if marks else [],
        {"couples": couples, "unmet": unmet}, {"couples_marks": marks},
    )  # fmt: skip


def mix(users, code=VILLAGES[0], period=NOVEMBER):
    return ReturnRow(code, period, {"PA": users}, [], {"users": users})


def record(by, *rows, day=5, register="pus"):
    return actions.record_returns(
        by=by, at=AT, batch=BATCH, register=register, exported_on=date(2025, 12, day), rows=iter(rows)
    )


def story(code=VILLAGES[0]):
    """The vintages of a village's month as a drawn table: day, place in the day, couples, stands."""
    rows = Return.objects.filter(code=code, register="pus", period=NOVEMBER).order_by("exported_on", "position")
    return [(row.exported_on.day, row.position, row.values["PUS"], not row.superseded) for row in rows]


@pytest.fixture
def couples(db):
    return lambda **where: VillageMonth.objects.get(**{"code": VILLAGES[0], "period": NOVEMBER} | where).couples


def test_a_first_vintage_stands_and_fills_the_month(by, couples):
    assert record(by, pus(507, 59), pus(322, code=VILLAGES[1])) == Counts(written=2, unchanged=0)
    assert story() == [(5, 0, 507, True)]
    assert couples() == 507
    row = Return.objects.in_force().within("76.05").get(code=VILLAGES[0])
    assert (row.values, row.marks, row.batch) == ({"PUS": 507, "UNMET NEED": 59}, [], BATCH)
    assert AuditEntry.objects.get().detail == {"batch": str(BATCH), "written": 2, "unchanged": 0}


def test_the_same_content_again_changes_nothing(by, couples):
    record(by, pus(507))
    assert record(by, pus(507), pus(507)) == Counts(written=0, unchanged=2)
    assert story() == [(5, 0, 507, True)]
    assert AuditEntry.objects.count() == 1


def test_a_later_vintage_supersedes_and_keeps_the_older(by, couples):
    record(by, pus(507))
    assert record(by, pus(510), day=20).written == 1
    assert story() == [(5, 0, 507, False), (20, 0, 510, True)]
    assert couples() == 510


def test_an_earlier_vintage_that_comes_late_is_only_kept(by, couples):
    record(by, pus(510), day=20)
    assert record(by, pus(507), day=5).written == 1
    assert story() == [(5, 0, 507, False), (20, 0, 510, True)]
    assert couples() == 510


def test_the_same_content_of_a_later_day_is_a_vintage_of_its_own(by):
    """Otherwise a vintage between the two days, arriving last, would win over what came after it."""
    record(by, pus(507), day=5)
    record(by, pus(507), day=20)
    record(by, pus(999), day=10)
    assert story() == [(5, 0, 507, False), (10, 0, 999, False), (20, 0, 507, True)]


def test_of_two_rows_of_one_day_the_later_stands(by, couples):
    assert record(by, pus(500), pus(507)).written == 2
    assert story() == [(5, 0, 500, False), (5, 1, 507, True)]
    assert couples() == 507
    assert record(by, pus(500), pus(507)).written == 0
    record(by, pus(508))
    assert story()[-1] == (5, 2, 508, True)


def test_new_marks_are_new_content(by):
    record(by, pus(10, 11))
    record(by, pus(10, 11, marks=int(Mark.UNMET_ABOVE_COUPLES)))
    assert [stands for *_rest, stands in story()] == [False, True]
    assert VillageMonth.objects.get().couples_marks == Mark.UNMET_ABOVE_COUPLES


def test_not_filled_is_not_zero(by, couples):
    record(by, pus(None, 0))
    assert couples() is None
    assert VillageMonth.objects.get().unmet == 0
    assert Return.objects.get().values == {"PUS": None, "UNMET NEED": 0}
    record(by, pus(507), day=20)
    record(by, pus(None), day=21)
    assert couples() is None


def test_a_register_writes_its_own_fields_only(by):
    record(by, pus(507, marks=1))
    record(by, mix(275), register="mix")
    record(by, ReturnRow(VILLAGES[0], "2024-S2", {"KRS": 190}), register="krs")
    month = VillageMonth.objects.get()
    assert (month.couples, month.couples_marks, month.users, month.users_marks) == (507, 1, 275, 0)
    record(by, pus(508), day=20)
    assert VillageMonth.objects.get().users == 275


def test_rows_of_one_batch_may_fill_different_fields(by):
    record(by, mix(275), pus(322, code=VILLAGES[1]), ReturnRow(VILLAGES[3], NOVEMBER, {"x": 1.5}))
    assert {month.code: (month.users, month.couples) for month in VillageMonth.objects.within("76")} == {
        VILLAGES[0]: (275, None),
        VILLAGES[1]: (None, 322),
    }


def test_a_field_that_no_month_has_is_refused(by):
    with pytest.raises(NotValid, match="pk, warna"):
        record(by, ReturnRow(VILLAGES[0], NOVEMBER, {"x": 1}, [], {"warna": 1, "pk": 2}))
    assert not Return.objects.exists()


def test_chunks_know_of_each_other(by, monkeypatch):
    monkeypatch.setattr(figures, "CHUNK", 2)
    rows = [pus(1), pus(1, code=VILLAGES[1]), pus(2), pus(3), pus(3, period="2025-10")]
    assert record(by, *rows) == Counts(written=5, unchanged=0)
    assert record(by, *rows) == Counts(written=0, unchanged=5)
    assert story() == [(5, 0, 1, False), (5, 1, 2, False), (5, 2, 3, True)]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_rows(by, places, count, django_assert_max_num_queries):
    rows = [pus(number, code=code) for number, code in enumerate(VILLAGES[:count])]
    record(by, *rows)
    with django_assert_max_num_queries(8):
        record(by, *(pus(99, code=row.code) for row in rows), day=20)


def test_only_villages_in_reach(by, stranger):
    with pytest.raises(NotAllowed):
        record(stranger, pus(1, code=VILLAGES[3]), pus(1))
    assert not Return.objects.exists()
    assert record(stranger, pus(1, code=VILLAGES[3])).written == 1


def test_the_database_itself_allows_one_in_force(by):
    record(by, pus(500), pus(507))
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.update(superseded=False)


def test_users_and_unmet_need_of_two_registers_can_contradict_the_couples(by):
    def cross(**fields):
        return actions.mark_crossings(
            **{"by": by, "at": AT, "periods": [NOVEMBER], "first": VILLAGES[3], "last": VILLAGES[2]} | fields
        )

    record(by, pus(300, 59, marks=1), pus(500, 59, code=VILLAGES[1]), pus(None, 59, code=VILLAGES[3]))
    record(by, mix(275), mix(275, code=VILLAGES[1]), mix(275, code=VILLAGES[3]), register="mix")
    assert VillageMonth.objects.crossing().count() == 1
    assert cross() == 1
    assert cross() == 0
    assert VillageMonth.objects.get(code=VILLAGES[0]).couples_marks == 1 + Mark.USERS_ABOVE_COUPLES
    record(by, mix(241), day=20, register="mix")
    assert cross() == 1
    assert not VillageMonth.objects.filter(couples_marks__gte=Mark.USERS_ABOVE_COUPLES).exists()


def test_members_and_targets_of_two_registers_can_contradict_each_other(by):
    def poktan(register, **month):
        record(by, ReturnRow(VILLAGES[0], NOVEMBER, month, [], month), register=register)
        actions.mark_crossings(by=by, at=AT, periods=[NOVEMBER], first=VILLAGES[0], last=VILLAGES[0])
        return Mark(VillageMonth.objects.get().groups_marks)

    assert poktan("sasaran", bkb_target=10, bkl_target=10) == 0
    assert poktan("bkb", bkb_members=11) == Mark.BKB_ABOVE_TARGET
    assert poktan("bkl", bkl_members=-1) == Mark.BKB_ABOVE_TARGET | Mark.NEGATIVE
    assert poktan("sasaran", bkb_target=11, bkl_target=10) == Mark.NEGATIVE


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(st.integers(1, 5), st.lists(st.sampled_from([None, 0, 5, 7]), min_size=1, max_size=3), min_size=1),
    st.randoms(),
)
def test_the_order_in_which_vintages_arrive_does_not_matter(by, db, days, random):
    """Also when some arrive twice. The slow twin: the last new content of the last day stands."""
    Return.objects.all().delete()
    VillageMonth.objects.all().delete()
    arriving = [*days, *random.sample(sorted(days), random.randint(0, len(days)))]
    random.shuffle(arriving)
    for day in arriving:
        record(by, *map(pus, days[day]), day=day)
    distinct = {day: list(dict.fromkeys(told)) for day, told in days.items()}
    expected = [(day, position, told) for day in sorted(days) for position, told in enumerate(distinct[day])]
    assert [vintage[:3] for vintage in story()] == expected
    assert [vintage[3] for vintage in story()] == [False] * (len(expected) - 1) + [True]
    assert VillageMonth.objects.get().couples == expected[-1][2]
    assert all(before < after for before, after in pairwise(expected))

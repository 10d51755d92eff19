"""The list after a breach equals the truth, whatever was done (T32)."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.access.rules import DataClass, Matter
from balai.access.rules.asked import Wanted
from balai.access.rules.breach import affected
from balai.access.rules.trail import is_personal
from tests.access.trails import AT, CADRE, FAMILIES, actor, entry

OTHER = actor("cadre", "76.05", 8)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([CADRE, OTHER]),
        st.integers(-3, 12),
        st.lists(st.sampled_from(FAMILIES), unique=True, max_size=4),
        st.lists(st.sampled_from(Matter), unique=True, min_size=1, max_size=3),
        st.sampled_from(["family.view", "family.correct", "number.reveal"]),
        st.sampled_from(["76.05.03.2024", "16.05.01.2002", "76", ""]),
    ),
    max_size=12,
)


def truth(entries, since, until):
    """The same list, the slow and obvious way."""
    found = {}
    for by, hour, subjects, matters, deed, _region in entries:
        if by is not CADRE or not since <= hour < until or not is_personal(matters):
            continue
        personal = {matter for matter in matters if matter.data_class in (DataClass.P3, DataClass.P4)}
        for subject in subjects:
            known = found.setdefault(subject, [set(), set(), [], 0])
            known[0] |= personal
            known[1].add(deed)
            known[2].append(hour)
            known[3] += 1
    return {
        subject: (matters, deeds, min(hours), max(hours), times)
        for subject, (matters, deeds, hours, times) in found.items()
    }


def told(people):
    return {
        one.subject: (one.matters, one.deeds, *((at - AT) / timedelta(hours=1) for at in one.span), one.times)
        for one in people
    }


@pytest.mark.django_db
@settings(max_examples=60)
@given(ENTRIES, st.integers(-3, 12), st.integers(-3, 12))
def test_the_list_of_a_breach_equals_the_truth(entries, since, until):
    before = transaction.savepoint()
    for by, hour, subjects, matters, deed, region in entries:
        entry(by=by, at=AT + timedelta(hours=hour), subjects=subjects, matters=matters, deed=deed, region=region)
    hours = {"since": AT + timedelta(hours=since), "until": AT + timedelta(hours=until)}
    found = affected(AuditEntry.objects.asked(Wanted(account=CADRE.name, **hours)).reached())
    transaction.savepoint_rollback(before)
    assert told(found) == truth(entries, since, until)
    assert [one.first_at for one in found] == sorted(one.first_at for one in found)

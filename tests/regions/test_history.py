from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from balai.access.models import AuditEntry
from balai.base.errors import NotValid, Refused
from balai.regions import actions
from balai.regions.models import Change, Place
from balai.regions.rules import ChangeKind

MOSSO, DHUA, SENDANA = "76.05.03.1001", "76.05.03.1002", "76.05.03"
DAY = date(2024, 1, 1)


@pytest.fixture
def change(tree, who):
    """Records a change with what the test does not care about filled in."""

    def record(kind, code, on=DAY, **what):
        return actions.record_change(**who, kind=kind, code=code, on=on, source="Perda 1/2024", **what)

    return record


def test_a_rename_keeps_the_code_and_the_old_name(change):
    change(ChangeKind.RENAMED, MOSSO, name=" Mosso  Jaya ")
    place = Place.objects.get(pk=MOSSO)
    assert (place.name, place.search_name) == ("Mosso Jaya", "MOSSO JAYA")
    assert [alias.name for alias in place.aliases.all()] == ["Mosso"]
    assert Place.objects.successors(MOSSO, date(2025, 1, 1)) == {MOSSO}
    assert AuditEntry.objects.filter(deed="regions.renamed", region=MOSSO).count() == 1


def test_a_recoding_ends_the_old_place_and_begins_the_new_one(change):
    change(ChangeKind.RECODED, MOSSO, new="76.05.06.1009")
    old, new = Place.objects.get(pk=MOSSO), Place.objects.get(pk="76.05.06.1009")
    assert (old.valid_to, new.valid_from, new.name, new.kind) == (DAY, DAY, "Mosso", "kelurahan")
    assert new.parent_id == "76.05.06"
    assert list(Place.objects.on(DAY - timedelta(1)).filter(search_name="MOSSO", parent=SENDANA)) == [old]
    assert old not in Place.objects.today()


def test_after_a_split_both_are_the_successors_and_the_mother_goes_on(change):
    change(ChangeKind.SPLIT, MOSSO, new="76.05.03.2099", name="Mosso Utara")
    assert Place.objects.successors(MOSSO, date(2025, 1, 1)) == {MOSSO, "76.05.03.2099"}
    assert Place.objects.successors(MOSSO, date(2025, 1, 1), since=DAY) == {MOSSO}
    assert Place.objects.successors(MOSSO, date(2023, 1, 1)) == {MOSSO}
    assert Place.objects.predecessors("76.05.03.2099", date(2023, 1, 1)) == {MOSSO}


def test_merged_places_lead_to_the_one_that_took_them(change):
    change(ChangeKind.MERGED, MOSSO, new=DHUA)
    assert Place.objects.successors(MOSSO, date(2025, 1, 1)) == {DHUA}
    assert Place.objects.predecessors(DHUA, date(2023, 1, 1)) == {MOSSO, DHUA}


def test_several_steps_are_followed_in_the_order_of_time(change):
    change(ChangeKind.RECODED, MOSSO, new="76.05.03.2090")
    change(ChangeKind.SPLIT, "76.05.03.2090", on=date(2024, 6, 1), new="76.05.03.2091", name="Mosso Timur")
    change(ChangeKind.MERGED, DHUA, on=date(2023, 1, 1), new=MOSSO)
    assert Place.objects.successors(MOSSO, date(2024, 3, 1)) == {"76.05.03.2090"}
    assert Place.objects.successors(MOSSO, date(2025, 1, 1)) == {"76.05.03.2090", "76.05.03.2091"}
    assert Place.objects.predecessors("76.05.03.2091", date(2022, 1, 1)) == {MOSSO, DHUA}
    assert Place.objects.successors("no code", date(2025, 1, 1)) == set()


def test_a_later_step_is_not_followed_back_into_the_past(change):
    """Mosso gave birth to 2092 before Dhua came to it: what was Dhua is not in 2092."""
    change(ChangeKind.SPLIT, MOSSO, new="76.05.03.2092", name="Mosso Barat")
    change(ChangeKind.MERGED, DHUA, on=date(2024, 6, 1), new=MOSSO)
    assert Place.objects.successors(DHUA, date(2025, 1, 1)) == {MOSSO}
    assert Place.objects.predecessors("76.05.03.2092", date(2023, 1, 1)) == {MOSSO}


@pytest.mark.parametrize(
    ("kind", "what", "refusal"),
    [
        (ChangeKind.RENAMED, {"name": "Mosso"}, NotValid),
        (ChangeKind.RENAMED, {"name": " - "}, NotValid),
        (ChangeKind.NEW, {"new": "76.05.03.2099"}, NotValid),
        (ChangeKind.RECODED, {"new": "76.05.99"}, NotValid),
        (ChangeKind.RECODED, {"new": "x"}, NotValid),
        (ChangeKind.RECODED, {"new": "76.05.99.2001"}, NotValid),
        (ChangeKind.RECODED, {"new": MOSSO}, Refused),
    ],
)
def test_a_change_that_cannot_be_is_refused(change, kind, what, refusal):
    with pytest.raises(refusal):
        change(kind, MOSSO, **what)
    assert not Change.objects.exists()


def test_a_place_ends_once_and_not_before_it_began(change):
    change(ChangeKind.RECODED, MOSSO, new="76.05.03.2090")
    with pytest.raises(Refused):
        change(ChangeKind.RECODED, MOSSO, new="76.05.03.2091")
    with pytest.raises(NotValid):
        change(ChangeKind.RECODED, "76.05.03.2090", new="76.05.03.2091")
    with pytest.raises(Refused):
        change(ChangeKind.MERGED, "76.05.03.2090", on=date(2024, 2, 1), new="76.05.03.2090")


def test_a_province_needs_no_parent(change):
    assert change(ChangeKind.SPLIT, "76", new="77", name="Mandar Raya").new.parent is None


def test_a_place_that_nothing_follows_ends(tree, who):
    actions.end_place(**who, code=MOSSO, on=DAY, reason="dihapus, Perda 2/2024")
    change = Change.objects.get()
    assert (change.kind, change.old_id, change.new_id, change.source) == ("ended", MOSSO, None, "dihapus, Perda 2/2024")
    assert Place.objects.successors(MOSSO, date(2025, 1, 1)) == set()
    assert Place.objects.predecessors(MOSSO, date(2023, 1, 1)) == {MOSSO}


def test_a_place_with_places_below_it_does_not_end(tree, who):
    with pytest.raises(Refused):
        actions.end_place(**who, code=SENDANA, on=DAY, reason="x")
    assert Place.objects.get(pk=SENDANA).valid_to is None


VILLAGE = st.integers(2001, 2030).map("76.05.03.{}".format)


class ThereAndBack(TestCase):
    """Certain re-codings of one to one, in any chains they make."""

    @settings(max_examples=40)
    @given(st.lists(VILLAGE, min_size=2, max_size=12, unique=True), st.data())
    def test_a_recoded_place_is_found_again_from_where_it_went(self, codes, data):
        parent = Place.objects.create(code=SENDANA, level=3, kind="kecamatan", name="S", search_name="S", source="x")
        cut = data.draw(st.integers(1, len(codes)))
        chains = [codes[:cut], codes[cut:]]
        for chain in filter(None, chains):
            days = [date(2020, 1, 1) + timedelta(100 * step) for step in range(len(chain) + 1)]
            for step, code in enumerate(chain):
                Place.objects.create(
                    code=code, level=4, kind="desa", name=code, search_name=code, parent=parent, source="x",
                    valid_from=days[step] if step else None, valid_to=days[step + 1] if chain[step + 1 :] else None,
                )  # fmt: skip
            for step, (old, new) in enumerate(zip(chain, chain[1:], strict=False)):
                Change.objects.create(
                    kind="recoded", on=days[step + 1], old_id=old, new_id=new, certain=True, source="x"
                )
        before, after = date(2019, 1, 1), date(2029, 1, 1)
        for chain in filter(None, chains):
            assert Place.objects.successors(chain[0], after) == {chain[-1]}
            there = Place.objects.successors(chain[0], after)
            assert {back for code in there for back in Place.objects.predecessors(code, before)} == {chain[0]}

from datetime import date

import pytest

from balai.access.models import AuditEntry
from balai.base.errors import NotValid, Refused
from balai.regions import actions
from balai.regions.models import Change, Place
from balai.regions.rules import ChangeKind, Level

VILLAGE, DAY = "76.05.03.1001", date(2024, 1, 1)


@pytest.fixture
def add(tree, who):
    def place(kind, name, village=VILLAGE, from_on=DAY, **what):
        return actions.add_place_below(
            **who, village=village, kind=kind, name=name, from_on=from_on, source="SK Lurah 3/2024", **what
        )

    return place


def test_places_below_the_village_stand_under_one_another(add):
    dusun = add("dusun", "Lingkungan Pangale")
    rw = add("rw", "RW 02", parent=dusun.code, number=2)
    rt = add("rt", " RT  01 ", parent=rw.code)
    posyandu = add("posyandu", "Posyandu Melati", village="7605031001")
    assert [place.code for place in (dusun, rw, rt, posyandu)] == [
        f"{VILLAGE}.D001", f"{VILLAGE}.W002", f"{VILLAGE}.T001", f"{VILLAGE}.P001",
    ]  # fmt: skip
    assert (rt.name, rt.parent, posyandu.parent_id, rt.level) == ("RT 01", rw, VILLAGE, Level.BELOW)
    assert Place.objects.within(VILLAGE).count() == 5
    assert Place.objects.within("76.05").villages().count() == 82
    assert Change.objects.filter(kind="new", on=DAY).count() == 4
    assert AuditEntry.objects.filter(deed="regions.add", region=VILLAGE).count() == 4
    assert [place.code for place in Place.objects.search("melati mosso")] == [posyandu.code]


def test_a_number_is_never_given_twice_even_after_the_end(add, who):
    first = add("rt", "RT 07", number=7)
    assert add("rt", "RT 08").code.endswith("T008")
    actions.end_place(**who, code=first.code, on=date(2024, 5, 1), reason="digabung")
    with pytest.raises(Refused):
        add("rt", "RT 07 baru", number=7)
    assert add("rw", "RW 07", number=7).code.endswith("W007")


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "kampung", "name": "X"},
        {"kind": "rt", "name": " - "},
        {"kind": "rt", "name": "RT 1", "number": 0},
        {"kind": "rt", "name": "RT 1", "number": 10_000},
        {"kind": "rt", "name": "RT 1", "village": "76.05.03"},
        {"kind": "rt", "name": "RT 1", "village": "x"},
        {"kind": "rt", "name": "RT 1", "parent": "76.05.03.1002"},
        {"kind": "rt", "name": "RT 1", "parent": VILLAGE + ".W009"},
        {"kind": "rw", "name": "RW 1", "parent": VILLAGE + ".T001"},
        {"kind": "rt", "name": "RT 1", "parent": VILLAGE + ".W001", "from_on": date(2023, 1, 1)},
    ],
)
def test_what_cannot_stand_there_is_refused(add, what):
    add("rt", "RT 01")
    add("rw", "RW 01")
    with pytest.raises(NotValid):
        add(**what)
    assert Place.objects.filter(level=Level.BELOW).count() == 2


def test_a_village_that_began_later_has_no_earlier_rt(add, who):
    actions.record_change(
        **who, kind=ChangeKind.SPLIT, code=VILLAGE, new="76.05.03.2099", name="Baru", on=DAY, source="x"
    )
    with pytest.raises(NotValid):
        add("rt", "RT 01", village="76.05.03.2099", from_on=date(2023, 1, 1))


def test_a_recoded_village_takes_its_places_along(add, who):
    rw = add("rw", "RW 01")
    add("rt", "RT 01", parent=rw.code)
    ended = add("posyandu", "Mawar")
    actions.end_place(**who, code=ended.code, on=date(2024, 2, 1), reason="tutup")
    on, new = date(2025, 1, 1), "76.05.06.1009"
    actions.record_change(**who, kind=ChangeKind.RECODED, code=VILLAGE, new=new, on=on, source="x")
    moved = Place.objects.get(pk=new + ".T001")
    assert (moved.parent_id, moved.valid_from, moved.name) == (new + ".W001", on, "RT 01")
    assert Place.objects.get(pk=new + ".W001").parent_id == new
    assert Place.objects.get(pk=VILLAGE + ".T001").valid_to == on
    assert not Place.objects.filter(pk=new + ".P001").exists()
    assert Place.objects.successors(VILLAGE + ".T001", date(2025, 6, 1)) == {moved.code}


def test_a_village_that_merges_must_first_place_what_is_below_it(add, who):
    rt = add("rt", "RT 01")
    merge = {**who, "kind": ChangeKind.MERGED, "code": VILLAGE, "new": "76.05.03.1002", "on": date(2025, 1, 1)}
    with pytest.raises(Refused):
        actions.record_change(**merge, source="x")
    actions.end_place(**who, code=rt.code, on=date(2024, 12, 1), reason="pindah")
    assert actions.record_change(**merge, source="x").new_id == "76.05.03.1002"


def test_a_place_below_gets_no_new_code_by_itself(add, who):
    rt = add("rt", "RT 01")
    with pytest.raises(NotValid):
        actions.record_change(
            **who, kind=ChangeKind.RECODED, code=rt.code, new=VILLAGE + ".T009", on=date(2025, 1, 1), source="x"
        )
    with pytest.raises(Refused):
        actions.end_place(**who, code=VILLAGE, on=date(2025, 1, 1), reason="x")

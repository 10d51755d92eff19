"""Documents, steps, Pokja, companion, coverage, groups, Rumah DataKu, activities: added, corrected, never changed."""

from datetime import date, timedelta

import pytest

from balai.access.models import AuditEntry
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.villages import actions
from balai.villages.models import (
    AgencyActivity,
    Companion,
    Coverage,
    DataHouse,
    DataHouseAssessment,
    Document,
    FormationStep,
    Group,
    Pokja,
    PokjaMember,
    PokjaTraining,
)
from tests.villages.conftest import AT, VILLAGES

DAY = date(2025, 1, 1)
LATER = AT + timedelta(days=1)


@pytest.fixture
def who(by, at):
    return {"by": by, "at": at, "source": "uji"}


def document(kampung, who, **fields):
    return actions.record_document(kampung=kampung, **{"kind": "sk_pokja", "level": "kades"} | fields, **who)


def test_a_document_is_in_force_between_its_dates(kampung, who):
    decree = document(kampung, who, number="42/2022", from_on=DAY, to_on=date(2026, 1, 1))
    assert decree.recorded_by == "operator:uji"
    assert list(Document.objects.in_force(DAY)) == [decree]
    assert not Document.objects.in_force(date(2026, 1, 1)).exists()
    assert not Document.objects.in_force(DAY - timedelta(1)).exists()
    assert AuditEntry.objects.get(deed="document.record").region == VILLAGES[0]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "surat_cinta"}, "sk_pokja, regulasi"),
        ({"level": "presiden"}, "bukan pilihan"),
        ({"from_on": DAY, "to_on": DAY}, "harus sesudah"),
    ],
)
def test_a_document_has_to_make_sense(kampung, who, fields, why):
    with pytest.raises(NotValid, match=why):
        document(kampung, who, **fields)
    assert not Document.objects.exists()


def test_a_correction_is_a_new_row_of_the_same_lineage(kampung, who, by):
    old = document(kampung, who, number="24")
    new = actions.correct(by=by, at=LATER, row=old, number="42", level="camat")
    assert list(Document.objects.standing()) == [new]
    assert (new.replaces, new.lineage, new.recorded_at, new.source) == (old, old.lineage, LATER, "uji")
    assert Document.objects.known_at(AT).get().number == "24"
    assert Document.objects.known_at(LATER).get().number == "42"
    assert Document.objects.get(pk=old.pk).number == "24"
    assert AuditEntry.objects.get(deed="document.correct").detail["changed"] == ["level", "number"]
    with pytest.raises(Refused, match="terbaru"):
        actions.correct(by=by, at=LATER, row=old, number="43")


@pytest.mark.parametrize("changes", [{}, {"recorded_by": "orang lain"}, {"warna": "biru"}])
def test_who_entered_a_row_cannot_be_corrected(kampung, who, by, changes):
    with pytest.raises(NotValid, match="tidak bisa dibetulkan"):
        actions.correct(by=by, at=LATER, row=document(kampung, who), **changes)


def test_a_correction_is_checked_like_a_new_row(kampung, who, by):
    row = document(kampung, who)
    with pytest.raises(NotValid, match="bukan pilihan"):
        actions.correct(by=by, at=LATER, row=row, kind="surat_cinta")
    with pytest.raises(NotValid, match="harus sesudah"):
        actions.correct(by=by, at=LATER, row=row, from_on=DAY, to_on=DAY)


def test_a_proof_of_another_village_proves_nothing_here(kampung, who, by, at):
    other = actions.register_kampung(village=VILLAGES[1], **who)
    with pytest.raises(NotValid, match="desa lain"):
        actions.record_pokja(kampung=other, template="empat_seksi", decree=document(kampung, who), **who)


def test_steps_out_of_order_are_kept_with_a_warning(kampung, who):
    first = actions.record_step(kampung=kampung, step="sosialisasi", done_on=DAY, **who)
    assert first.warnings == []
    skipped = actions.record_step(kampung=kampung, step="kebijakan", done_on=DAY, **who)
    assert [str(warning) for warning in skipped.warnings] == [
        "Langkah penetapan kebijakan sudah tercatat, tetapi koordinasi belum."
    ]
    late = actions.record_step(kampung=kampung, step="koordinasi", done_on=date(2025, 2, 1), **who)
    assert [str(warning) for warning in late.warnings] == [
        "Langkah penetapan kebijakan (2025-01-01) tercatat sebelum koordinasi (2025-02-01)."
    ]
    assert FormationStep.objects.count() == 3
    with pytest.raises(NotValid):
        actions.record_step(kampung=kampung, step="pesta", done_on=DAY, **who)


def test_a_later_pokja_takes_the_place_of_an_earlier_one(kampung, who):
    eight = actions.record_pokja(kampung=kampung, template="delapan_fungsi", **who)
    four = actions.record_pokja(
        kampung=kampung, template="empat_seksi", from_on=DAY, decree=document(kampung, who), **who
    )
    assert Pokja.objects.on(kampung, DAY - timedelta(1)) == eight
    assert Pokja.objects.on(kampung, DAY) == four


def test_members_belong_to_a_pokja_whatever_its_corrections(kampung, who, by):
    pokja = actions.record_pokja(kampung=kampung, template="delapan_fungsi", **who)
    member = actions.record_member(pokja=pokja, name=" Siti ", position="seksi", section="ekonomi", from_on=DAY, **who)
    corrected = actions.correct(by=by, at=LATER, row=pokja, from_on=DAY)
    actions.record_member(pokja=corrected, name="Budi", position="ketua", **who)
    assert {one.name for one in PokjaMember.objects.of(corrected).in_force(DAY)} == {"Siti", "Budi"}
    assert "Siti" not in str(list(AuditEntry.objects.values_list("detail", "subject")))
    gone = actions.correct(by=by, at=LATER, row=member, to_on=date(2025, 6, 1))
    assert not PokjaMember.objects.in_force(date(2025, 6, 1)).filter(lineage=gone.lineage).exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": " ", "position": "pengarah"}, "nama"),
        ({"name": "Siti", "position": "bendahara"}, "pengarah, pelaksana, seksi"),
        ({"name": "Siti", "position": "seksi", "section": "ekonomi"}, "data, perilaku"),
        ({"name": "Siti", "position": "pelaksana", "section": "data"}, "Kosongkan"),
    ],
)
def test_a_member_needs_a_place_of_the_template(kampung, who, fields, why):
    pokja = actions.record_pokja(kampung=kampung, template="empat_seksi", **who)
    with pytest.raises(NotValid, match=why):
        actions.record_member(pokja=pokja, **fields, **who)


def test_training_counts_heads(kampung, who):
    actions.record_training(kampung=kampung, title="Orientasi", trained_members=7, **who)
    with pytest.raises(NotValid):
        actions.record_training(kampung=kampung, title="Orientasi", trained_members=-1, **who)
    assert PokjaTraining.objects.get().trained_members == 7


def test_a_companion_is_somebody(kampung, who):
    actions.record_companion(kampung=kampung, kind="pkb", name="Ani", employee_number="198001012005012001", **who)
    with pytest.raises(NotValid, match="18 angka"):
        actions.record_companion(kampung=kampung, kind="pkb", employee_number="123", **who)
    with pytest.raises(NotValid, match="siapa"):
        actions.record_companion(kampung=kampung, kind="lainnya", **who)
    actions.record_companion(kampung=kampung, kind="lainnya", other="Karang Taruna", **who)
    assert Companion.objects.count() == 2


def test_coverage_grows_on_a_day_and_never_shrinks(kampung, who):
    dusun = actions.record_coverage(kampung=kampung, extent="dusun", areas="Mawar", from_on=date(2017, 2, 8), **who)
    village = actions.record_coverage(kampung=kampung, extent="desa", from_on=date(2021, 11, 30), **who)
    assert Coverage.objects.on(kampung, date(2017, 2, 7)) is None
    assert Coverage.objects.on(kampung, date(2021, 11, 29)) == dusun
    assert Coverage.objects.on(kampung, date(2021, 11, 30)) == village
    with pytest.raises(Refused, match="menyempit dari desa menjadi rw"):
        actions.record_coverage(kampung=kampung, extent="rw", from_on=DAY, **who)


def test_groups_stand_in_villages(places, who):
    actions.record_group(village=places[VILLAGES[0]], kind="bkb", name="Melati", from_on=DAY, **who)
    actions.record_group(village=VILLAGES[1], kind="pikr", **who)
    assert Group.objects.within("76.05.03").in_force(DAY).count() == 2
    assert Group.objects.within("61").count() == 0


def test_a_data_house_and_its_assessment(places, who, by):
    actions.record_data_house(village=VILLAGES[0], exists=False, **who)
    house = actions.record_data_house(village=places[VILLAGES[0]], exists=True, funds=["fund_apbd"], from_on=DAY, **who)
    assert DataHouse.objects.on(VILLAGES[0], DAY) == house
    assert DataHouse.objects.on(VILLAGES[0], DAY - timedelta(1)).exists is False
    found = {"decree": 1, "orientation": 1, "facilities": 1, "data_kinds": 3, "presentations": 1}
    first = actions.assess_data_house(house=house, on=DAY, found=found, **who)
    assert first.computed_class == "sederhana"
    corrected = actions.correct(by=by, at=LATER, row=house, has_decree=True)
    actions.assess_data_house(house=corrected, on=DAY, found={"decree": 0}, **who)
    assert [one.computed_class for one in DataHouseAssessment.objects.of(corrected).order_by("computed_class")] == [
        "", "sederhana",
    ]  # fmt: skip
    with pytest.raises(NotValid, match="Sumber dana"):
        actions.record_data_house(village=VILLAGES[0], exists=True, funds=["emas"], **who)


def test_data_houses_in_bulk_leave_out_what_is_known(places, who):
    rows = [(VILLAGES[0], True, True, None, ["fund_apbd"], DAY), (VILLAGES[1], False, None, None, None, None)]

    def told(*rows):
        return actions.record_data_houses(batch=None, rows=rows, **who)

    assert told(*rows) == 2
    assert told(*rows) == 0
    assert told((VILLAGES[0], True, True, None, ["fund_apbd"], date(2025, 6, 1))) == 0
    assert told((VILLAGES[0], True, True, True, ["fund_apbd"], date(2025, 6, 1))) == 1
    assert told((VILLAGES[0], True, True, None, ["fund_apbd"], None)) == 1
    assert AuditEntry.objects.filter(deed="data_house.record_many").count() == 3


def test_agencies_are_counted_once_each_with_and_without_the_programme_s_own(places, who, django_assert_num_queries):
    rows = [
        (VILLAGES[0], 19, date(2023, 5, 1), "Posyandu"),
        (VILLAGES[0], 19, date(2025, 11, 30), "Posyandu"),
        (VILLAGES[0], 26, date(2025, 11, 1), "Pelayanan KB"),
        (VILLAGES[0], 34, date(2024, 11, 30), "Pembinaan"),
        (VILLAGES[0], 22, date(2024, 12, 1), "PAUD"),
        (VILLAGES[0], 13, date(2025, 12, 1), "Pupuk"),
        (VILLAGES[1], 13, date(2020, 1, 1), "Pupuk"),
        (VILLAGES[3], 13, date(2025, 1, 1), "Pupuk"),
    ]
    assert actions.record_activities(batch=None, rows=[*rows, rows[0]], **who) == 8
    assert actions.record_activities(batch=None, rows=rows, **who) == 0
    with django_assert_num_queries(1):
        counts = list(AgencyActivity.objects.within("76").distinct_agencies(date(2025, 11, 30)))
    assert counts == [
        {"village_id": VILLAGES[0], "ever": 2, "ever_all": 4, "year": 2, "year_all": 3},
        {"village_id": VILLAGES[1], "ever": 1, "ever_all": 1, "year": 0, "year_all": 0},
    ]
    with pytest.raises(NotValid, match="nomor 38"):
        actions.record_activities(batch=None, rows=[(VILLAGES[0], 38, DAY, "")], **who)


def test_moving_a_row_to_another_kabupaten_needs_the_right_there_too(places, who, stranger):
    group = actions.record_group(village=VILLAGES[3], kind="bkb", **who)
    with pytest.raises(NotAllowed):
        actions.correct(by=stranger, at=LATER, row=group, village=places[VILLAGES[0]])
    moved = actions.correct(by=who["by"], at=LATER, row=group, village=places[VILLAGES[0]])
    assert list(Group.objects.standing().within("76")) == [moved]

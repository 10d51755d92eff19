"""What a facility may be, and what a row of a file means."""

from datetime import UTC, date, datetime

import pytest

from balai.facilities import rules
from balai.facilities.rules import Column, FacilityKind, Facts
from tests.families.register import HERE, RT1

ON = date(2026, 11, 22)


def wrong(**facts):
    known = {"kind": "posyandu", "name": "Melati", "region": HERE} | facts
    return [field for field, _said in rules.faults(Facts(**known), ON)]


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, []),
        ({"kind": "toko"}, ["kind"]),
        ({"name": ""}, ["name"]),
        ({"services": ("weighing",)}, []),
        ({"services": ("weighing", "magic")}, ["services"]),
        ({"latitude": -3.05, "longitude": 102.95}, []),
        ({"latitude": -3.05}, ["latitude"]),
        ({"latitude": 52.0, "longitude": 13.0}, ["latitude", "longitude"]),
        ({"outside": True, "travel_km": 4.5, "travel_minutes": 15}, []),
        ({"travel_km": 4.5}, ["outside"]),
        ({"travel_minutes": 5}, ["outside"]),
        ({"outside": True, "travel_km": 501.0}, ["travel_km"]),
        ({"outside": True, "travel_minutes": -1}, ["travel_minutes"]),
        ({"opened_on": ON}, []),
        ({"opened_on": date(2026, 11, 23)}, ["opened_on"]),
    ],
)
def test_what_a_facility_may_be(facts, fields):
    assert wrong(**facts) == fields


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Posyandu Melati", "POSYANDU  MELATI.", True), ("Melati 1", "Melati 2", False), ("", "-", True)],
)
def test_a_name_is_the_same_when_its_letters_are(one, other, same):
    assert rules.same_name(one, other) is same


def test_what_is_missing_is_said_until_one_of_its_group_is_there():
    everything = {one.value for one in FacilityKind}
    assert rules.missing(everything) == []
    assert rules.missing(everything - {"water"}) == ["belum ada air bersih tercatat"]
    assert rules.missing(everything - {"puskesmas", "pustu", "poskesdes"}) == []
    assert len(rules.missing(set())) == 14


def test_every_kind_service_and_reason_has_a_name():
    for one in (*FacilityKind, *rules.Service, *rules.ClosedReason):
        assert one.label


HEAD = [column.value for column in Column]
ROW = ["Posyandu", "Melati", HERE, "Gang 2", "Imunisasi; weighing", "", None, None, "-3,05", 102.95, "17-05-2019", "SK"]


def read(*cells, head=HEAD):
    return rules.read(2, list(cells), rules.headings(head), HERE, ON)


def test_a_row_is_read_as_it_will_be_used():
    assert read(*ROW).facts == Facts(
        "posyandu", "Melati", HERE, "Gang 2", ("immunisation", "weighing"), False, None, None, -3.05, 102.95,
        date(2019, 5, 17), "SK",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "field", "value"),
    [
        (Column.KIND, "SD", "kind", "primary"),
        (Column.KIND, "water", "kind", "water"),
        (Column.KIND, "Sumber Air Bersih", "kind", "water"),
        (Column.REGION, RT1, "region", RT1),
        (Column.REGION, None, "region", HERE),
        (Column.OUTSIDE, "Ya", "outside", True),
        (Column.OUTSIDE, "tidak", "outside", False),
        (Column.KILOMETRES, 3, "outside", True),
        (Column.MINUTES, "12,4", "travel_minutes", 12),
        (Column.OPENED, datetime(2019, 5, 17, 8, tzinfo=UTC), "opened_on", date(2019, 5, 17)),
        (Column.OPENED, date(2019, 5, 17), "opened_on", date(2019, 5, 17)),
        (Column.OPENED, "2019/05/17", "opened_on", date(2019, 5, 17)),
        (Column.OPENED, None, "opened_on", None),
    ],
)
def test_cells_as_people_write_them(column, cell, field, value):
    cells = dict(zip(Column, ROW, strict=True)) | {column: cell}
    assert getattr(read(*cells.values()).facts, field) == value


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (Column.KIND, "toko", "Pilih jenis"),
        (Column.NAME, None, "Tulis nama"),
        (Column.REGION, "76.05.03.2002", "bukan desa ini"),
        (Column.REGION, HERE + "1", "bukan desa ini"),
        (Column.SERVICES, "Imunisasi, sihir", "layanan yang tidak dikenal"),
        (Column.KILOMETRES, "dekat", "“dekat” bukan angka"),
        (Column.OPENED, "2019", "Tulis tanggal"),
        (Column.OPENED, "31-02-2019", "Tulis tanggal"),
        (Column.OPENED, "mei", "Tulis tanggal"),
        (Column.LATITUDE, "95", "di luar Indonesia"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_its_column(column, cell, said):
    cells = dict(zip(Column, ROW, strict=True)) | {column: cell}
    refused = read(*cells.values())
    assert refused.facts is None
    assert refused.column == column.value
    assert said in str(refused.said)


def test_columns_are_found_by_other_words_and_short_rows_end_early():
    assert rules.headings(["Nama fasilitas", None, "JENIS FASILITAS", "Nama"]) == {Column.NAME: 0, Column.KIND: 2}
    with pytest.raises(KeyError, match="Jenis"):
        rules.headings(["Nama"])
    assert read("SD", "SDN 1", head=[*HEAD[:2], "Alamat"]).facts == Facts("primary", "SDN 1", HERE)

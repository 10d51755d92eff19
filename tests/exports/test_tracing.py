"""The breach desk: what was found outside is pasted, and Balai says from which export it comes."""

import csv
import re

import pytest

from balai.access.models import AuditEntry
from balai.access.rules import ROLES, Permission
from balai.base.errors import NotAllowed
from balai.exports import actions
from balai.exports.models import Export
from tests import people
from tests.exports import taking
from tests.exports.taking import PURPOSE, as_, is_planted, wish, written
from tests.families.register import AT, HERE, KABUPATEN

pytestmark = pytest.mark.django_db
COLUMNS = ("person", "name", "born_on", "place")


@pytest.fixture
def officer(places):
    taking.home()
    return taking.account(name="Bu Ratna")


@pytest.fixture
def auditor(places):
    return people.person("auditor", KABUPATEN, name="Pak Dpo")


@pytest.fixture
def desk(auditor):
    return people.signed_in(auditor)


@pytest.fixture
def taken(officer, folder):
    """(export, the planted row of its file)."""
    export = written(officer, wish("members", columns=COLUMNS), folder)
    with (folder / export.file).open(encoding="utf-8-sig", newline="") as file:
        return export, next(row for row in csv.reader(file) if row and is_planted(row))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def pasted(desk, found):
    return desk.post("/unduhan/asal", {"found": found})


def test_the_desk_stands_where_a_breach_is_handled(desk):
    assert "/unduhan/asal" in desk.get("/jejak/kebocoran").content.decode()
    said = text(desk.get("/unduhan/asal"))
    assert "Setiap berkas unduhan yang memuat nama berisi satu baris penanda" in said
    assert not AuditEntry.objects.filter(deed="export.trace").exists()


def test_a_line_tells_which_export_by_whom_when_and_for_what(desk, taken, auditor):
    export, row = taken
    said = text(pasted(desk, f"ditemukan di grup: {';'.join(row)}"))
    for shown in ("Anggota keluarga", "Pasti: nomor atau kode itu hanya ada di unduhan ini", str(export.pk), "Bu Ratna",
                  PURPOSE, "16 Des 2025", "menulis daftar ke berkas unduhan"):  # fmt: skip
        assert shown in said, shown
    entry = AuditEntry.objects.get(deed="export.trace")
    assert (entry.by, entry.region) == (f"account:{auditor.pk}", KABUPATEN)
    assert entry.detail["exports"] == [str(export.pk)]
    assert row[1] not in str(entry.detail)
    assert "mencari asal berkas" not in text(pasted(desk, row[0]))  # of the file, not of those who ask about it


def test_a_name_alone_is_no_proof(desk, taken):
    said = text(pasted(desk, f"katanya {taken[1][1].lower()} ada di daftar"))
    assert "Mungkin: nama itu dipasang di unduhan ini" in said
    assert str(taken[0].pk) in said


def test_the_mark_in_the_file_is_found_as_well(desk, taken):
    said = text(pasted(desk, f"Nomor unduhan {taken[0].pk}."))
    assert "Pasti" in said
    assert "Bu Ratna" in said


def test_it_is_told_when_the_row_of_the_export_is_long_gone(desk, taken):
    Export.objects.all().delete()
    assert "Bu Ratna" in text(pasted(desk, taken[1][0]))


def test_a_row_of_somebody_real_tells_nothing(desk, taken):
    said = text(pasted(desk, "Siti Rahmawati;1990-05-17;0005010101010001"))
    assert "Tidak ada baris penanda di dalamnya" in said
    assert AuditEntry.objects.get(deed="export.trace").detail["exports"] == []


def test_an_export_of_another_region_is_named_by_its_number_alone(taken):
    other = people.signed_in(people.person("auditor", "33.04"))
    said = text(pasted(other, taken[1][0]))
    assert "Unduhan ini dari luar wilayah Anda" in said
    assert str(taken[0].pk) in said
    for hidden in ("Bu Ratna", PURPOSE, "Anggota keluarga"):
        assert hidden not in said


def test_whose_reach_is_narrower_than_the_request_sees_the_writing(desk, taken):
    AuditEntry.objects.filter(deed="export.ask").update(region="16")
    said = text(pasted(desk, taken[1][0]))
    assert "Bu Ratna" in said
    assert PURPOSE not in said


def test_an_old_kind_of_list_has_no_title(desk, taken):
    AuditEntry.objects.filter(subject=str(taken[0].pk)).update(detail={}, region=KABUPATEN, by="system", deed="alt")
    said = text(pasted(desk, taken[1][0]))
    assert "Anggota keluarga" not in said
    assert "system" in said


def test_of_two_exports_the_sure_one_stands_first(desk, officer, folder, taken):
    second = written(officer, wish("families", columns=("called", "family")), folder)
    with (folder / second.file).open(encoding="utf-8-sig", newline="") as file:
        other = next(row for row in csv.reader(file) if row and is_planted(row))
    said = text(pasted(desk, f"{taken[1][1]} {other[0]}"))
    assert said.index("Pasti") < said.index("Mungkin")


@pytest.mark.parametrize(("found", "said"), [("", "tidak boleh kosong"), ("a" * 4_001, "4000")])
def test_what_cannot_be_looked_for_is_said(desk, found, said):
    answer = pasted(desk, found)
    assert answer.status_code == 422
    assert said in text(answer)


def test_only_who_reads_the_trail_asks(officer, folder):
    for name in ROLES:
        if Permission.AUDIT_READ in ROLES[name].may:
            continue
        with as_(people.person(name, people_region(name))) as by, pytest.raises(NotAllowed):
            actions.trace_export(by=by, at=AT, found="x")
    page = people.signed_in(officer)
    assert page.get("/unduhan/asal").status_code == 403
    assert page.post("/unduhan/asal", {"found": "x"}).status_code == 403


def people_region(name):
    """A region of a level that the role may hold."""
    regions = ("", KABUPATEN[:2], KABUPATEN, "16.05.01", HERE, f"{HERE}.01")
    return regions[max(ROLES[name].reach)] if max(ROLES[name].reach) < 5 else HERE


def test_of_all_regions_the_asking_is_noted_nowhere_in_particular(taken):
    nation = people.signed_in(people.person("auditor", ""))
    assert "Bu Ratna" in text(pasted(nation, taken[1][0]))


def test_who_takes_a_file_is_told_that_it_is_marked(officer, taken):
    page = people.signed_in(officer)
    assert "Setiap berkas yang memuat nama ditandai" in text(page.get("/unduhan/baru/anggota"))
    export = taking.row_of(officer, state="ready", file="x", size=1, ready_at=AT, ends_at=taking.now(), sheet="members")
    said = "Berkas ini ditandai: satu barisnya rekaan, bukan warga"
    assert said in text(page.get(f"/unduhan/{taken[0].pk}"))
    Export.objects.filter(pk=export.pk).update(columns=["sex"])
    assert said not in text(page.get(f"/unduhan/{export.pk}"))

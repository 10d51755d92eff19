"""The profile sheet: blank form out, filled form in."""

from datetime import date

import pytest
import xlsxwriter

from balai.access.models import AuditEntry
from balai.base.errors import NotValid
from balai.intake.inputs.template import write_template
from balai.intake.inputs.workbooks import sheets as read_sheets
from balai.intake.models import Batch, HeldRow
from balai.intake.rules.sheets import sheets
from balai.villages import actions as villages
from balai.villages.models import AgencyActivity, Answer, Document, KampungKB, Pokja, PokjaMember, Return, VillageMonth
from balai.villages.rules import Mark, items
from tests.intake.conftest import AT
from tests.intake.sheets import fill
from tests.intake.test_siga import stored

pytestmark = pytest.mark.django_db

BAMBAIRA, KASOLOANG = "76.01.10.2001", "76.01.10.2002"
FIRST = {"code": BAMBAIRA, "name": "Bambaira", "from_on": "2025-01-01", "founded_on": "5 Maret 2018"}
CHANGING = (Answer, Document, AgencyActivity, Pokja, PokjaMember, KampungKB)


def everything():
    return stored(), [sorted(map(str, model.objects.values_list())) for model in CHANGING]


def profile_of(code, day=date(2025, 12, 1)):
    answers = Answer.objects.profile(KampungKB.objects.get(village=code, number=1), day)
    return {item: (answer.value, answer.text) for item, answer in answers.items()}


def told(lines, status="refused"):
    return [(line["file"], line["line"], line["column"], line["value"]) for line in lines if line["status"] == status]


def test_the_blank_form_comes_back_as_nothing_said(tree, take_profile, tmp_path):
    path = tmp_path / "profil.xlsx"
    write_template(path, [(BAMBAIRA, "Bambaira"), (KASOLOANG, "Kasoloang")], str)
    with read_sheets(path) as pages:
        read = {name: [row.cells for row in rows] for name, rows in pages}
    assert list(read) == ["Petunjuk", "Profil", "Pokja", "Dokumen", "Kegiatan", "Bulanan", "Daftar"]
    assert read["Profil"][0][:4] == ["profile.code", "profile.name", "profile.from_on", "profile.founded_on"]
    assert read["Profil"][1][0] == "Kode desa *"
    assert [row[:2] for row in read["Profil"][2:]] == [[BAMBAIRA, "Bambaira"], [KASOLOANG, "Kasoloang"]]
    assert len(read["Daftar"]) == 37
    guide = " ".join(cell for row in read["Petunjuk"] for cell in row)
    assert all(item.name_id in guide for item in items().values())
    summary, lines = take_profile(path)
    assert (summary.new, summary.total("rows"), lines) == (False, 0, [])
    assert Batch.objects.count() == 0


def test_a_filled_profile_registers_the_kampung_kb_and_its_answers(tree, take_profile, tmp_path):
    filled = FIRST | {"pokja": "ya", "pokja_members": 12, "fund_apbn": "Tidak", "overview": "Tepi pantai",
                      "companion": "ya", "companion.text": "PKB", "mech_planning": 1, "latitude": "-1.2"}  # fmt: skip
    path = fill(tmp_path / "p.xlsx", profile=[filled, {"code": KASOLOANG, "name": "Kasoloang"}])
    summary, lines = take_profile(path)
    assert lines == []
    assert (summary.files[0].rows, summary.files[0].applied, summary.files[0].unchanged) == (8, 8, 0)
    assert summary.files[0].blank == 1
    kampung = KampungKB.objects.get()
    assert (kampung.village_id, kampung.founded_earliest, kampung.founded_latest) == (
        BAMBAIRA, date(2018, 3, 5), date(2018, 3, 5),
    )  # fmt: skip
    assert profile_of(BAMBAIRA) == {
        "pokja": (1, ""), "pokja_members": (12, ""), "fund_apbn": (0, ""), "overview": (None, "Tepi pantai"),
        "companion": (1, "pkb"), "mech_planning": (1, ""), "latitude": (None, "-1.2"),
    }  # fmt: skip
    before = everything()
    again, _lines = take_profile(path)
    assert (again.new, again.total("unchanged")) == (False, 8)
    assert everything() == before


def test_empty_says_nothing_and_a_dash_takes_back(tree, take_profile, tmp_path):
    take_profile(fill(tmp_path / "a.xlsx", profile=[FIRST | {"pokja": "ya", "fund_apbn": "ya", "companion": "ya"}]))
    later = {"code": "7601102001", "from_on": "1/6/2025", "pokja": "", "fund_apbn": "-", "companion": "hapus"}
    summary, lines = take_profile(fill(tmp_path / "b.xlsx", profile=[later]))
    assert (summary.answers, lines) == (2, [])
    assert profile_of(BAMBAIRA) == {"pokja": (1, "")}
    assert profile_of(BAMBAIRA, date(2025, 5, 1)) == {"pokja": (1, ""), "fund_apbn": (1, ""), "companion": (1, "")}


def test_a_cell_that_cannot_be_read_is_refused_alone(tree, take_profile, tmp_path):
    wrong = {"pokja": "mungkin", "pokja_members": "12,5", "latitude": "99", "companion": "ya",
             "companion.text": "robot", "mech_planning.text": "bulanan", "overview": "x" * 5001}  # fmt: skip
    path = fill(tmp_path / "p.xlsx", profile=[FIRST | wrong | {"fund_apbn": "ya"}])
    summary, lines = take_profile(path)
    counted = summary.files[0]
    assert (counted.rows, counted.applied, counted.refused, counted.unchanged) == (8, 2, 6, 0)
    assert [line["file"] for line in lines] == ["p.xlsx [Profil]"] * 6
    assert {line["line"] for line in lines} == {"3"}
    labels = sheets()["profile"].by_key
    assert {line["column"] for line in lines} == {
        labels[key].label
        for key in ("pokja", "pokja_members", "latitude", "companion.text", "mech_planning.text", "overview")
    }
    assert profile_of(BAMBAIRA) == {"fund_apbn": (1, "")}
    assert HeldRow.objects.count() == 6
    assert not take_profile(path)[0].new


@pytest.mark.parametrize(
    ("changed", "column"),
    [({"code": ""}, "Kode desa"), ({"code": "76.99.01.2001"}, "Kode desa"), ({"code": "76.01"}, "Kode desa"),
     ({"from_on": ""}, "Berlaku sejak"), ({"from_on": "-"}, "Berlaku sejak"), ({"from_on": "kemarin"}, "Berlaku sejak"),
     ({"from_on": "2026-01-01"}, "Berlaku sejak"), ({"from_on": "1900-01-01"}, "Berlaku sejak"),
     ({"founded_on": ""}, "Kode desa")],
)  # fmt: skip
def test_a_row_without_village_day_or_kampung_kb_is_refused_with_all_its_answers(
    tree, take_profile, tmp_path, changed, column
):
    row = {"code": BAMBAIRA, "from_on": "2025-01-01", "pokja": "ya", "fund_apbn": "ya"} | changed
    summary, lines = take_profile(fill(tmp_path / "p.xlsx", profile=[row]))
    assert (summary.files[0].rows, summary.files[0].refused, summary.files[0].applied) == (2, 2, 0)
    assert [line["column"] for line in lines] == [column]
    assert Answer.objects.count() == 0


def test_a_founding_day_that_contradicts_what_is_known_is_noted(tree, take_profile, tmp_path, by):
    villages.register_kampung(
        by=by,
        at=AT,
        village=BAMBAIRA,
        source="uji",
        founded_earliest=date(2019, 1, 1),
        founded_latest=date(2019, 12, 31),
    )
    villages.register_kampung(by=by, at=AT, village=KASOLOANG, source="uji")
    rows = [FIRST | {"pokja": "ya"}, FIRST | {"code": KASOLOANG}]
    summary, lines = take_profile(fill(tmp_path / "p.xlsx", profile=rows))
    assert told(lines, "note") == [("p.xlsx [Profil]", "3", "founded_on", "2018-03-05")]
    assert summary.kampung == 1
    assert KampungKB.objects.get(village=KASOLOANG).founded_latest == date(2018, 3, 5)


def test_two_answers_for_one_day_are_not_both_taken(tree, take_profile, tmp_path):
    rows = [FIRST | {"pokja": "ya"}, FIRST | {"pokja": "tidak"}, FIRST | {"pokja": "ya"}]
    summary, lines = take_profile(fill(tmp_path / "p.xlsx", profile=rows))
    assert (summary.files[0].refused, told(lines)[0][1]) == (1, "4")
    assert profile_of(BAMBAIRA) == {"pokja": (1, "")}


def test_pokja_documents_and_activities(tree, take_profile, tmp_path):
    member = {
        "code": BAMBAIRA,
        "template": "empat_seksi",
        "from_on": "2024-01-01",
        "member": "Budi",
        "position": "pelaksana",
    }
    document = {"code": BAMBAIRA, "kind": "sk_pokja", "level": "kades", "number": "1/2024", "from_on": "2024-01-01"}
    activity = {"code": BAMBAIRA, "agency": "5 - Dinas", "on": "2025-02-01", "title": "Posyandu"}
    path = fill(
        tmp_path / "p.xlsx", profile=[FIRST],
        pokja=[member, member | {"member": "Ani", "position": "seksi", "section": "data", "trained_on": "2024-05-01"},
               member | {"position": "ketua"}, member | {"section": "data"}, member | {"code": KASOLOANG}, member],
        documents=[document, document | {"number": "2", "to_on": "2023-01-01"}, document | {"kind": "surat"},
                   document | {"dated_on": "besok"}, document | {"code": KASOLOANG}],
        activities=[activity, activity, activity | {"agency": "99"}, activity | {"on": "2026-02-01"},
                    activity | {"code": KASOLOANG, "title": ""}],
    )  # fmt: skip
    summary, lines = take_profile(path)
    assert [(one.register, one.rows, one.applied, one.unchanged, one.refused) for one in summary.files] == [
        ("profile", 1, 1, 0, 0), ("pokja", 6, 3, 1, 3), ("documents", 5, 1, 0, 4), ("activities", 5, 3, 1, 2),
    ]  # fmt: skip
    assert [(file.split("[")[1], line) for file, line, _column, _value in told(lines)] == [
        ("Dokumen]", "5"), ("Dokumen]", "6"), ("Kegiatan]", "5"), ("Kegiatan]", "6"), ("Pokja]", "5"), ("Pokja]", "6"),
        ("Pokja]", "7"), ("Dokumen]", "4"), ("Dokumen]", "7"),
    ]  # fmt: skip
    assert Pokja.objects.count() == 1
    assert sorted(PokjaMember.objects.values_list("name", "trained_on")) == [("Ani", date(2024, 5, 1)), ("Budi", None)]
    assert Document.objects.get().number == "1/2024"
    assert AgencyActivity.objects.filter(agency=5).count() == 2
    before = everything()
    assert not take_profile(path)[0].new
    assert everything() == before
    trained = fill(tmp_path / "q.xlsx", pokja=[member | {"trained_on": "2025-03-01"}])
    assert take_profile(trained)[0].new
    assert PokjaMember.objects.standing().get(name="Budi").trained_on == date(2025, 3, 1)


MONTH = {"code": BAMBAIRA, "period": "November 2025", "uppka_members": 12, "uppka_target": 10, "pikr_members": 3}
BETTER = {"uppka_members": 9, "reported_on": "2025-12-04", "bkb_members": 4, "bkb_target": 2}
NON_USERS = {"couples": 100, "users": 60, "pregnant": 10, "want_soon": 10, "want_later": 10, "want_no_more": 10}


def test_monthly_figures_are_returns_of_the_day_of_the_report(tree, take_profile, tmp_path):
    path = fill(tmp_path / "p.xlsx", months=[MONTH, MONTH | {"code": "x"}, MONTH | {"period": "Nov"}])
    summary, lines = take_profile(path)
    counted = summary.files[0]
    assert (counted.rows, counted.applied, counted.refused, counted.marked) == (3, 1, 2, 1)
    assert told(lines, "marked")[0][1:3] == ("3", "UPPKA: anggota, UPPKA: sasaran")
    month = VillageMonth.objects.get()
    assert (month.uppka_members, month.uppka_target, month.pikr_members, month.pikr_target) == (12, 10, 3, None)
    assert month.groups_marks == Mark.UPPKA_ABOVE_TARGET
    assert Return.objects.get().exported_on == date(2025, 11, 30)
    assert not take_profile(path)[0].new
    later = fill(
        tmp_path / "q.xlsx",
        months=[MONTH | BETTER],
    )
    assert take_profile(later)[0].total("rows") == 2
    month.refresh_from_db()
    assert (month.uppka_members, month.groups_marks) == (9, Mark.BKB_ABOVE_TARGET)


@pytest.mark.parametrize(("changed", "marked"), [({}, 0), ({"pregnant": 11}, 1), ({"pregnant": ""}, 0)])
def test_users_and_the_four_groups_of_others_make_up_the_couples(tree, take_profile, tmp_path, changed, marked):
    row = {"code": BAMBAIRA, "period": "2025-11"} | NON_USERS | changed
    summary, _lines = take_profile(fill(tmp_path / "p.xlsx", months=[row]))
    assert summary.files[0].marked == marked
    assert bool(VillageMonth.objects.get().couples_marks & Mark.SUM) is bool(marked)


def test_the_sheet_works_without_its_hidden_row_and_under_other_labels(tree, take_profile, tmp_path):
    summary, _lines = take_profile(fill(tmp_path / "a.xlsx", keys=False, profile=[FIRST | {"pokja": "ya"}]))
    assert summary.answers == 1
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Lembar saya")
        for line, cells in enumerate([["profile.code", "profile.from_on", "profile.rkm", "profile.lain", ""],
                                      [BAMBAIRA, "2025-02-01", "ya", "x", "y"]]):  # fmt: skip
            page.write_row(line, 0, cells)
        book.add_worksheet("Coretan").write(0, 0, "x")
        book.add_worksheet("Kosong")
    summary, lines = take_profile(path)
    assert summary.answers == 1
    told_of = [(line["file"], line["column"]) for line in lines]
    assert told_of == [("b.xlsx [Lembar saya]", "lain"), ("b.xlsx [Coretan]", ""), ("b.xlsx [Kosong]", "")]


def test_one_kind_of_sheet_may_come_twice(tree, take_profile, tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Satu", "Dua"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["activities.code", "activities.agency", "activities.on", "activities.title"])
            page.write_row(1, 0, ["Kode desa", "Instansi", "Tanggal", "Kegiatan"])
            page.write_row(2, 0, [BAMBAIRA, "5", "2025-01-01", name])
    assert take_profile(path)[0].total("rows") == 2


def test_what_is_no_profile_workbook_is_not_valid(tree, take_profile, tmp_path):
    with pytest.raises(NotValid, match="tidak ada"):
        take_profile(tmp_path / "nowhere.xlsx")
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(NotValid, match="bukan berkas XLSX"):
        take_profile(tmp_path / "a.csv")
    with xlsxwriter.Workbook(str(tmp_path / "b.xlsx")) as book:
        book.add_worksheet("Profil").write(0, 0, "x")
    with pytest.raises(NotValid, match="tidak berisi lembar profil"):
        take_profile(tmp_path / "b.xlsx")


def test_a_dry_run_keeps_nothing(tree, take_profile, tmp_path):
    path = fill(tmp_path / "p.xlsx", profile=[FIRST | {"pokja": "ya"}], months=[MONTH])
    before = everything()
    tried, tried_lines = take_profile(path, dry_run=True)
    assert (tried.dry_run, tried.new, tried.batch) == (True, True, None)
    assert everything() == before
    summary, lines = take_profile(path)
    assert (lines, summary.as_dict()["files"]) == (tried_lines, tried.as_dict()["files"])
    assert AuditEntry.objects.get(deed="import.profile").subject == summary.batch


def test_a_failure_on_the_way_leaves_everything_as_it_was(tree, take_profile, tmp_path, monkeypatch):
    path = fill(tmp_path / "p.xlsx", profile=[FIRST | {"pokja": "ya"}], months=[MONTH])
    before = everything()

    def fail(**options):
        raise RuntimeError("power cut")

    monkeypatch.setattr("balai.villages.actions.record_returns", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        take_profile(path)
    assert everything() == before

"""Copies of the real exports with one thing wrong."""

import csv
import random
import shutil
from datetime import date

import pytest
import xlsxwriter

from balai.intake.actions import import_siga
from balai.intake.models import Batch, HeldRow
from balai.regions import actions as regions
from balai.regions.models import PlaceAlias
from balai.villages.models import KampungKB, Return, VillageMonth
from balai.villages.rules import Mark
from tests.intake.conftest import AT

pytestmark = pytest.mark.django_db

PUS, BKB, KKB, POKTAN = "data_pus.csv", "data_bkb.csv", "data_kkb.csv", "sasaran_poktan_gabung.csv"


def change(path, edit, *, delimiter=";", write=None):
    """Rewrites a file: `edit(rows)` takes and gives lists of cells, the heading first."""
    with path.open(newline="") as file:
        rows = [list(row) for row in csv.reader(file, delimiter=delimiter)]
    with path.open("w", newline="") as file:
        csv.writer(file, delimiter=write or delimiter).writerows(edit(rows))
    return path


def adds_up(summary):
    for one in summary.files:
        assert one.rows == one.applied + one.refused + one.waiting, one.file
    return summary


def told(lines, status):
    return [(line["file"], line["line"], line["column"], line["value"]) for line in lines if line["status"] == status]


def test_order_delimiter_and_padding_do_not_matter(tree, take, folder):
    def edit(rows):
        head, *body = rows
        random.Random(1).shuffle(body)
        padded = [[*row, "", ""] for row in body]
        padded[10:10] = [[""] * 10, []]
        return [[*head, "", ""], *padded, ["77", *[""] * 9], [""] * 10]

    take(folder(PUS, to="a"))
    place = folder(PUS, to="b")
    change(place / PUS, edit, write=",")
    summary, lines = take(place)
    adds_up(summary)
    assert (summary.files[0].rows, summary.files[0].blank, summary.files[0].unchanged) == (3744, 4, 3744)
    assert (summary.new, lines) == (False, [])


def test_columns_in_another_order_and_case_are_the_same_columns(tree, take, folder):
    place = folder(POKTAN)
    change(place / POKTAN, lambda rows: [[text.lower() for text in reversed(rows[0])], *map(reversed, rows[1:])])
    summary, _lines = take(place)
    assert adds_up(summary).files[0].applied == 3432
    assert VillageMonth.objects.get(code="76.01.10.2001", period="2025-01").bkb_target > 0


def test_a_column_that_is_missing_is_noted_and_its_figure_not_filled(tree, take, folder):
    place = folder("data_mix_kontra.csv")
    change(place / "data_mix_kontra.csv", lambda rows: [row[:10] + row[11:] for row in rows])
    summary, lines = take(place)
    assert adds_up(summary).files[0].applied == 3432
    assert told(lines, "note") == [("data_mix_kontra.csv", "", "IUD", "")]
    month = VillageMonth.objects.get(code="76.01.10.2001", period="2025-01")
    assert (month.users, month.long_acting) == (275, None)


def test_a_column_that_is_not_known_is_noted(tree, take, folder):
    place = folder("data_gati.csv")
    change(
        place / "data_gati.csv", lambda rows: [[*row, "X" if place else "CATATAN"] for place, row in enumerate(rows)]
    )
    _summary, lines = take(place)
    assert told(lines, "note") == [("data_gati.csv", "", "CATATAN", "")]


def test_a_name_that_nobody_knows_waits_until_it_is_known(tree, take, folder, by):
    place = folder(PUS)
    change(place / PUS, lambda rows: rows[:2] + [[*row[:4], "NEGERI ANTAH", *row[5:]] for row in rows[2:3]] + rows[3:])
    summary, lines = take(place)
    assert adds_up(summary).files[0].waiting == 1
    assert told(lines, "waiting") == [(PUS, "3", "KELURAHAN", "NEGERI ANTAH")]
    held = HeldRow.objects.get()
    assert (held.status, held.line, held.row["PUS"]) == ("waiting", 3, "322")
    assert "balai regions alias" in held.remedy
    assert not take(place)[0].new
    regions.add_alias(by=by, at=AT, code="76.01.10.2002", name="Negeri Antah", source="uji")
    summary, lines = take(place)
    assert (adds_up(summary).files[0].waiting, summary.files[0].unchanged, lines) == (0, 3743, [])
    assert Return.objects.get(code="76.01.10.2002", period="2025-01").values["couples"] == 322


def test_a_kecamatan_that_nobody_knows_makes_all_its_villages_wait(tree, take, folder):
    place = folder("data_gati.csv")
    change(
        place / "data_gati.csv",
        lambda rows: [
            [cell.replace("BAMBAIRA", "ENTAH") if at == 2 else cell for at, cell in enumerate(row)] for row in rows
        ],
    )
    summary, lines = take(place)
    assert adds_up(summary).files[0].waiting == 8
    assert {column for _file, _line, column, _value in told(lines, "waiting")} == {"KECAMATAN"}


@pytest.mark.parametrize(
    ("place", "text", "column", "value"),
    [(6, "3O7", "PUS", "3O7"), (7, "12,5", "UNMET NEED", "12,5"), (8, "NOPEMBERR", "BULAN", "NOPEMBERR"),
     (1, "SUMATERA SELATAN", "KABUPATEN", "PASANGKAYU"), (1, "ATLANTIS", "PROVINSI", "ATLANTIS"),
     (2, "KUTAI", "KABUPATEN", "KUTAI"), (4, "", "KELURAHAN", ""), (4, " - ", "KELURAHAN", " - ")],
)  # fmt: skip
def test_a_row_with_one_cell_that_cannot_be_read_is_refused(tree, take, folder, place, text, column, value):
    at = {6: 5, 7: 6, 8: 7}.get(place, place)
    files = folder(PUS)
    change(files / PUS, lambda rows: [*rows[:5], [*rows[5][:at], text, *rows[5][at + 1 :]], *rows[6:]])
    summary, lines = take(files)
    adds_up(summary)
    assert (summary.files[0].refused, summary.files[0].applied) == (1, 3743)
    assert told(lines, "refused") == [(PUS, "6", column, value if not value.startswith("-") else "'" + value)]
    assert HeldRow.objects.get().status == "refused"
    assert all(line["reason"] and line["remedy"] for line in lines)


def test_a_truncated_file_loses_only_its_last_row(tree, take, folder):
    place = folder(PUS)
    content = (place / PUS).read_bytes()
    (place / PUS).write_bytes(content[: len(content) // 2].rstrip(b"\r\n")[:-12])
    summary, lines = take(place)
    counted = adds_up(summary).files[0]
    assert (counted.refused, counted.applied) == (1, counted.rows - 1)
    assert "terpotong" in lines[0]["reason"]
    assert Batch.objects.count() == 1


def test_a_row_with_too_many_cells_is_refused(tree, take, folder):
    place = folder(PUS)
    change(place / PUS, lambda rows: [*rows[:2], [*rows[2], "lagi"], *rows[3:]])
    summary, lines = take(place)
    assert adds_up(summary).files[0].refused == 1
    assert "lebih banyak sel" in lines[0]["reason"]


def test_a_column_that_comes_twice_has_to_say_the_same(tree, take, folder):
    place = folder("data_gati.csv")
    change(place / "data_gati.csv", lambda rows: [[*row, row[4]] for row in rows[:3]] + [[*rows[3], "99"]])
    summary, lines = take(place)
    assert (adds_up(summary).files[0].applied, summary.files[0].refused) == (2, 1)
    assert told(lines, "refused") == [("data_gati.csv", "4", "GATI DEKAT", "99")]


def test_broken_lines_are_refused_with_their_number(tree, take, folder):
    place = folder("data_gati.csv")
    content = (place / "data_gati.csv").read_bytes().split(b"\r\n")
    content[2] = content[2].replace(b"BAMBAIRA", b"BAM\0BAIRA")
    content[4] = b'"' + content[4]
    (place / "data_gati.csv").write_bytes(b"\r\n".join(content))
    summary, lines = take(place)
    assert (adds_up(summary).files[0].refused, summary.files[0].applied) == (2, 622)
    assert [line for _file, line, _column, _value in told(lines, "refused")] == ["3", "5"]


def test_names_that_files_with_codes_show_are_known_in_files_without(tree, take, folder):
    def misspell(rows):
        return [[cell.replace("KASOLOANG", "KASOLANGAN") for cell in row] for row in rows]

    place = folder(BKB, PUS)
    change(place / PUS, misspell)
    assert take(place, dry_run=True)[0].total("waiting") == 12
    change(place / BKB, misspell)
    assert take(place)[0].total("waiting") == 0
    assert PlaceAlias.objects.get(place="76.01.10.2002", source="SIGA").name == "KASOLANGAN"
    shutil.rmtree(place)
    place = folder(PUS)
    change(place / PUS, misspell)
    assert not take(place)[0].new


def test_a_code_does_not_make_two_names_one(tree, take, folder):
    place = folder(BKB)
    change(place / BKB, lambda rows: [[cell.replace("KASOLOANG", "ENTAH BARU") for cell in row] for row in rows[:3]])
    summary, lines = take(place)
    assert summary.total("waiting") == 1
    assert told(lines, "waiting") == [(BKB, "3", "KELURAHAN", "ENTAH BARU")]


def test_a_code_and_a_name_that_contradict_each_other_wait(tree, take, folder):
    place = folder(BKB)
    change(place / BKB, lambda rows: [*rows[:1], [*rows[1][:3], "2002", *rows[1][4:]], *rows[2:]])
    summary, lines = take(place)
    assert adds_up(summary).files[0].waiting == 1
    assert told(lines, "waiting") == [(BKB, "2", "KODE", "2002")]


def test_whole_codes_are_read_too(tree, take, folder):
    place = folder(BKB)
    change(
        place / BKB,
        lambda rows: [
            rows[0],
            [*rows[1][:3], "76.01.10.2001", *rows[1][4:]],
            [*rows[2][:3], "7601102002", *rows[2][4:]],
        ],
    )
    assert take(place)[0].total("applied") == 2


def test_a_later_vintage_supersedes_and_keeps_the_older(tree, take, folder):
    place = folder(PUS)
    take(place)
    change(place / PUS, lambda rows: [*rows[:1], [*rows[1][:5], "600", *rows[1][6:]], *rows[2:]])
    summary, _lines = take(place, exported_on=date(2025, 12, 8))
    assert (summary.total("applied"), summary.total("unchanged")) == (3744, 0)
    both = Return.objects.filter(code="76.01.10.2001", period="2025-01").order_by("exported_on")
    assert [(row.values["couples"], row.superseded) for row in both] == [(507, True), (600, False)]
    assert VillageMonth.objects.get(code="76.01.10.2001", period="2025-01").couples == 600
    assert not take(place, exported_on=date(2025, 12, 8))[0].new


def test_an_older_vintage_that_comes_later_does_not_stand(tree, take, folder):
    place = folder(PUS)
    take(place)
    change(place / PUS, lambda rows: [*rows[:1], [*rows[1][:5], "600", *rows[1][6:]]])
    take(place, exported_on=date(2025, 12, 1))
    assert VillageMonth.objects.get(code="76.01.10.2001", period="2025-01").couples == 507


def test_of_two_vintages_in_one_folder_the_later_file_stands(tree, take, folder):
    place = folder(PUS)
    shutil.copyfile(place / PUS, place / "data_pus_b.csv")
    change(place / "data_pus_b.csv", lambda rows: [*rows[:1], [*rows[1][:5], "600", *rows[1][6:]], *rows[2:]])
    summary, lines = take(place)
    assert [one.unchanged for one in adds_up(summary).files] == [0, 3743]
    assert told(lines, "note") == [("data_pus_b.csv", "2", "", "76.01.10.2001 Januari 2025")]
    assert VillageMonth.objects.get(code="76.01.10.2001", period="2025-01").couples == 600
    again, lines = take(place)
    assert (again.new, len(told(lines, "note"))) == (False, 1)


def test_users_and_unmet_need_above_the_couples_are_marked_across_files_and_unmarked(tree, take, folder):
    place = folder(PUS, "data_mix_kontra.csv")
    change(place / PUS, lambda rows: [*rows[:1], [*rows[1][:5], "300", *rows[1][6:]], *rows[2:]])
    summary, lines = take(place)
    assert summary.marked_across == 1
    assert told(lines, "marked") == [("", "", "PA, UNMET NEED, PUS", "76.01.10.2001 Januari 2025: 275, 59, 300")]
    month = VillageMonth.objects.get(code="76.01.10.2001", period="2025-01")
    assert month.couples_marks & Mark.USERS_ABOVE_COUPLES
    summary, _lines = take(folder(PUS, to="b"), exported_on=date(2025, 12, 6))
    assert summary.marked_across == 0
    month.refresh_from_db()
    assert month.couples_marks == 0


def test_a_later_card_never_takes_a_kampung_kb_away(tree, take, folder):
    place = folder(KKB)
    take(place)
    before = KampungKB.objects.count()

    def edit(rows):
        none = [*rows[1][:6], "0", "0", "0", "0", "0", "0", "0", "0"]
        two = [*rows[2][:6], "2", "0", "1", "0", "0", "1", "0", "0"]
        return [rows[0], none, two]

    change(place / KKB, edit)
    summary, _lines = take(place, exported_on=date(2025, 12, 8))
    assert summary.kampung == 1
    assert KampungKB.objects.count() == before + 1
    spans = KampungKB.objects.filter(village="76.01.10.2002").order_by("number")
    assert [one.founded_earliest.year for one in spans] == [2020, 2020]


def test_an_unknown_file_is_listed_row_by_row_and_the_others_come_in(tree, take, folder):
    place = folder("data_gati.csv")
    (place / "lain.csv").write_text("PROVINSI;KABUPATEN;KECAMATAN;KELURAHAN;PUS\nA;B;C;D;1\n;;;;\nA;B;C;D;2\n")
    summary, lines = take(place)
    counted = next(one for one in adds_up(summary).files if one.file == "lain.csv")
    assert (counted.rows, counted.refused, counted.blank) == (2, 2, 1)
    assert [line for _file, line, _column, _value in told(lines, "refused")] == ["2", "4"]
    assert "UNMET NEED" in told(lines, "note")[0][3] or "UNMET NEED" in next(
        line["reason"] for line in lines if line["status"] == "note"
    )
    assert HeldRow.objects.count() == 2


def test_files_that_are_no_tables_are_told_and_passed(tree, take, folder):
    place = folder("data_gati.csv")
    (place / "catatan.pdf").write_bytes(b"%PDF-1.7")
    (place / "sub").mkdir()
    (place / "gambar.csv").write_bytes(b"\x89PNG....")
    (place / "laporan-lama.csv").write_text("file,line,column,value,status,reason,remedy\na,1,b,c,note,d,e\n")
    (place / ".tersembunyi.csv").write_text("x")
    summary, lines = take(place)
    assert summary.total("applied") == 624
    assert sorted((line["file"], line["status"]) for line in lines) == [
        ("catatan.pdf", "note"), ("gambar.csv", "refused"), ("laporan-lama.csv", "note"), ("sub", "note"),
    ]  # fmt: skip
    assert [one.file for one in summary.files if one.unreadable] == ["gambar.csv"]


def test_the_report_may_stand_in_the_folder_itself(tree, by, folder):
    place = folder("data_gati.csv")
    for _time in range(2):
        summary = import_siga(by=by, at=AT, folder=place, exported_on=date(2025, 12, 5), report=place / "laporan.csv")
        assert [one.file for one in summary.files] == ["data_gati.csv"]


def test_a_register_without_its_month_column_is_the_last_month_if_each_village_comes_once(tree, take, folder):
    place = folder("data_gati.csv")
    change(place / "data_gati.csv", lambda rows: [row[:5] for row in rows[:313]])
    summary, _lines = take(place)
    assert (summary.total("applied"), summary.periods) == (312, {"": "2025-11"})
    change(place / "data_gati.csv", lambda rows: rows + rows[1:2])
    summary, lines = take(place)
    assert (summary.total("refused"), {line["column"] for line in lines}) == (313, {"BULAN"})


def test_the_list_of_villages_notes_what_it_lacks(tree, take, folder):
    place = folder("data_daftar_desa.csv")
    change(place / "data_daftar_desa.csv", lambda rows: [row for row in rows if row[3] != "KASOLOANG"], delimiter=",")
    _summary, lines = take(place)
    assert [value for _file, _line, _column, value in told(lines, "note")] == ["Kasoloang (76.01.10.2002)"]


def test_workbooks_are_read_sheet_by_sheet(tree, take, folder, tmp_path):
    source = folder("data_gati.csv", to="csv") / "data_gati.csv"
    with source.open(newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    place = tmp_path / "xlsx"
    place.mkdir()
    with xlsxwriter.Workbook(str(place / "siga.xlsx")) as book:
        page = book.add_worksheet("Gati")
        book.add_worksheet("Kosong")
        for line, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                page.write(line, at, int(cell) if cell.isdigit() else cell)
    summary, _lines = take(place)
    assert [(one.file, one.applied) for one in summary.files] == [("siga.xlsx [Gati]", 624)]
    assert take(source.parent)[0].total("unchanged") == 624


def test_a_card_without_its_count_says_nothing_of_a_data_house(tree, take, folder):
    place = folder("data_rdk.csv")
    change(place / "data_rdk.csv", lambda rows: [rows[0], [*rows[1][:5], "", *rows[1][6:]], rows[2]])
    assert take(place)[0].data_houses == 1


def test_many_held_rows_and_many_signs_of_life(tree, take, folder, monkeypatch):
    monkeypatch.setattr("balai.intake.actions.holding.CHUNK", 5)
    monkeypatch.setattr("balai.intake.actions.siga.STEP", 100)
    place, told_of = folder("data_gati.csv"), []
    change(place / "data_gati.csv", lambda rows: [rows[0], *([*row[:5], "MEII"] for row in rows[1:20]), *rows[20:]])
    summary, _lines = take(place, progress=lambda done, total: told_of.append(done))
    assert (summary.total("refused"), HeldRow.objects.count()) == (19, 19)
    assert len(told_of) == 2 + 6


def test_a_broken_line_in_a_file_with_codes_teaches_nothing(tree, take, folder):
    place = folder(BKB)
    content = (place / BKB).read_bytes().split(b"\r\n")
    content[1] += b"\0"
    content[2] = b"SULAWESI BARAT;PASANGKAYU"
    (place / BKB).write_bytes(b"\r\n".join(content))
    summary, lines = take(place)
    assert adds_up(summary).files[0].refused == 2
    assert "terpotong" in lines[1]["reason"]


def test_a_held_half_year_is_named_in_notes(tree, take, folder):
    name = "data_verval_krs_2024_sem2.csv"
    place = folder(name)
    change(place / name, lambda rows: [*rows[:2], [*rows[1][:6], "1", *rows[1][7:]]])
    _summary, lines = take(place)
    assert told(lines, "note") == [(name, "3", "", "76.01.10.2001 Semester 2 2024")]

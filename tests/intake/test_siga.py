"""The real exports of three kabupaten, as they come."""

import csv
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.db.models import F

from balai.access.models import AuditEntry
from balai.base.errors import NotValid
from balai.intake.models import Batch, HeldRow
from balai.regions.models import PlaceAlias
from balai.villages.models import DataHouse, KampungKB, Return, VillageMonth
from balai.villages.rules import Mark

pytestmark = pytest.mark.django_db

CHANGING = (Batch, HeldRow, Return, VillageMonth, KampungKB, DataHouse, PlaceAlias, AuditEntry)
ROWS = 37_128


def stored():
    """Everything that an import may write, but for the moment of writing."""
    return {
        model.__name__: sorted(map(str, model.objects.values_list(*sorted(f.attname for f in model._meta.fields))))
        for model in CHANGING
    }


def test_the_whole_folder_comes_in_and_once_more_changes_nothing(tree, take, siga_files, by):
    """One import for all that is looked at: it is the longest step of this suite."""
    imported = take(siga_files)
    everything_came_in(*imported)
    each_month_got_its_year(imported[0])
    figures_reached_the_fields_that_scores_read()
    implausible_figures_were_kept_marked_and_listed(*imported)
    the_cards_registered_kampung_kb_and_data_houses(siga_files)
    assert imported[0].aliases == PlaceAlias.objects.filter(source="SIGA").count() > 0
    the_batch_and_the_audit_trail_tell_who_and_what(by)
    before = stored()
    again, lines = take(siga_files)
    assert (again.new, again.batch) == (False, None)
    assert again.total("unchanged") == again.total("applied") == ROWS
    assert lines == imported[1]
    assert stored() == before


def everything_came_in(summary, lines):
    assert len(summary.files) == 21
    total = summary.as_dict()
    assert {key: total[key] for key in ("rows", "applied", "refused", "waiting", "blank")} == {
        "rows": ROWS, "applied": ROWS, "refused": 0, "waiting": 0, "blank": 0,
    }  # fmt: skip
    assert {line["status"] for line in lines} == {"marked"}
    assert total["unchanged"] == 312  # the list of villages adds nothing
    assert Return.objects.count() == ROWS - 312
    assert Return.objects.values("code").distinct().count() == 312
    assert HeldRow.objects.count() == 0


def each_month_got_its_year(summary):
    assert summary.periods["NOVEMBER"] == "2025-11"
    assert summary.periods["DESEMBER"] == "2024-12"
    assert summary.periods["Sem 2 2024"] == "2024-S2"
    assert VillageMonth.objects.values("period").distinct().count() == 12
    assert VillageMonth.objects.filter(period="2025-11", users__isnull=False).count() == 312
    december = VillageMonth.objects.filter(period="2024-12")
    assert (december.count(), december.filter(users__isnull=False).count()) == (312, 0)


def figures_reached_the_fields_that_scores_read():
    month = VillageMonth.objects.get(code="76.01.10.2001", period="2025-01")  # Bambaira, the first row of each file
    assert (month.couples, month.unmet, month.users, month.long_acting) == (507, 59, 275, 113 + 9 + 0 + 12)
    assert (month.bkb_groups, month.bkr_groups, month.bkl_groups, month.pikr_groups, month.uppka_groups) == (
        1,
        1,
        1,
        1,
        2,
    )
    assert (month.uppka_target, month.pikr_members) == (None, None)
    row = Return.objects.get(code="76.01.10.2001", register="mix", period="2025-01")
    assert row.values["injectable"] == 81
    assert (row.exported_on, row.superseded) == (date(2025, 12, 5), False)


def implausible_figures_were_kept_marked_and_listed(summary, lines):
    poktan = [line for line in lines if line["file"] == "sasaran_poktan_gabung.csv"]
    assert Counter(line["column"] for line in poktan) == {
        "KESERTAAN BKB, SASARAN BKB": 192, "KESERTAAN BKL, SASARAN BKL": 139, "KESERTAAN BKR, SASARAN BKR": 2,
    }  # fmt: skip
    below = [line for line in lines if line["reason"] == "angka kurang dari nol"]
    assert len(below) == 195
    assert {line["file"] for line in below} == {"2025-elsimil-bumil.csv"}
    first = next(line for line in below if line["line"] == "2")
    assert (first["column"], first["value"]) == ("BUMIL TIDAK TERDAMPINGI", "'-4")
    row = Return.objects.get(code="76.01.10.2001", register="pregnant", period="2025-09")
    assert row.values["not_accompanied"] == -4
    assert ["negative", ["not_accompanied"]] in row.marks
    above = VillageMonth.objects.filter(bkb_members__gt=F("bkb_target"))
    assert above.count() == 192
    assert all(month.groups_marks & Mark.BKB_ABOVE_TARGET for month in above)
    assert summary.as_dict()["marked"] == 689


def the_cards_registered_kampung_kb_and_data_houses(siga_files):
    with (siga_files / "data_kkb.csv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    formed = sum(int(row["JUMLAH KAMPUNG KB"]) for row in rows)
    assert KampungKB.objects.count() == formed == 308
    bambaira = KampungKB.objects.get(village="76.01.10.2001")
    assert (bambaira.founded_earliest, bambaira.founded_latest) == (date(2018, 1, 1), date(2018, 12, 31))
    kasoloang = KampungKB.objects.get(village="76.01.10.2002")
    assert (kasoloang.founded_earliest, kasoloang.founded_latest) == (date(2020, 1, 1), date(2025, 11, 30))
    assert not KampungKB.objects.filter(village="76.01.10.2004").exists()
    assert DataHouse.objects.count() == 312
    house = DataHouse.objects.get(village="76.01.10.2001")
    assert (house.exists, house.has_decree, house.full, house.funds) == (True, True, True, ["fund_apbn"])
    assert house.from_on == date(2025, 11, 1)


def the_batch_and_the_audit_trail_tell_who_and_what(by):
    batch = Batch.objects.get()
    assert (batch.kind, batch.name, batch.by) == ("siga", "siga_sulbar_2025", by.name)
    assert batch.counts["rows"] == ROWS
    assert AuditEntry.objects.get(deed="import.siga").subject == str(batch.pk)
    assert set(Return.objects.values_list("batch", flat=True).distinct()) == {batch.pk}


def test_a_dry_run_tells_the_same_and_keeps_nothing(tree, take, siga_files):
    before = stored()
    tried, tried_lines = take(siga_files, dry_run=True)
    assert stored() == before
    assert (tried.dry_run, tried.new, tried.batch) == (True, True, None)
    summary, lines = take(siga_files)
    assert tried_lines == lines
    assert {**tried.as_dict(), "dry_run": False, "batch": summary.batch} == summary.as_dict()


@pytest.mark.parametrize("step", ["record_data_houses", "mark_crossings"])
def test_a_failure_on_the_way_leaves_everything_as_it_was(tree, take, folder, monkeypatch, tmp_path, step):
    files = folder("data_pus.csv", "data_mix_kontra.csv", "data_rdk.csv", "data_kkb.csv")
    before = stored()

    def fail(**options):
        raise RuntimeError("power cut")

    monkeypatch.setattr("balai.villages.actions." + step, fail)
    with pytest.raises(RuntimeError, match="power cut"):
        take(files)
    assert stored() == before
    assert list(tmp_path.iterdir()) == [files]


@pytest.mark.parametrize("day", [date(2025, 12, 11), date(2015, 12, 31)])
def test_a_day_of_export_that_cannot_be_is_not_valid(db, take, siga_files, day):
    with pytest.raises(NotValid, match="Tanggal ekspor"):
        take(siga_files, exported_on=day)


def test_today_is_a_day_in_indonesia(tree, take, folder):
    late = datetime(2025, 12, 4, 18, tzinfo=UTC)  # 5 December in Jakarta
    summary, _lines = take(folder("data_gati.csv"), exported_on=date(2025, 12, 5), at=late)
    assert summary.new


def test_a_folder_has_to_be_one_with_tables(tree, take, tmp_path):
    with pytest.raises(NotValid, match="tidak ada"):
        take(tmp_path / "nowhere")
    file = tmp_path / "file.csv"
    file.write_text("A;B\n")
    with pytest.raises(NotValid, match="bukan folder"):
        take(file)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NotValid, match="tidak berisi"):
        take(empty)
    (empty / "x.csv").write_text("A;B\n1;2\n")
    with pytest.raises(NotValid, match="Tidak ada berkas SIGA yang dikenali"):
        take(empty)
    assert not (tmp_path / "laporan.csv").exists()


def test_progress_ends_at_the_total(tree, take, folder):
    told = []
    take(folder("data_pus.csv"), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert [done for done, _total in told] == sorted(done for done, _total in told)

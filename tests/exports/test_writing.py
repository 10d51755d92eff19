"""What stands in a file: rows, columns, words, the mark; and who opens it."""

import csv
import stat
from datetime import timedelta
from io import BytesIO, StringIO

import duckdb
import pytest
import pyzipper
from python_calamine import CalamineWorkbook

from balai.access.models import AuditEntry, acting
from balai.accounts.models import Grant
from balai.base.errors import NotAllowed, Refused
from balai.exports import actions
from balai.exports.actions.files import sweep
from balai.exports.models import Export, batches, places_of, sources
from balai.exports.rules import SHEETS
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import PersonFacts, Relation, Sex
from balai.quality.models import Round
from balai.survey.models import ANSWERS
from balai.villages.rules import agencies
from tests import people
from tests.exports import taking
from tests.exports.taking import as_, asked, wish, written
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE, KABUPATEN, RT1

pytestmark = pytest.mark.django_db
MARK = f"Diunduh oleh Bu Ratna pada 2025-12-16 10:00 untuk: {taking.PURPOSE}. Nomor unduhan "


@pytest.fixture
def officer(places):
    return taking.account(name="Bu Ratna")


def rows_of(path):
    """Head and rows of a CSV file, without its mark and the row of nobody."""
    text = path.read_bytes().decode("utf-8-sig")
    found = list(csv.reader(StringIO(text, newline="")))
    real = [row for row in found[1:-2] if not taking.is_planted(row)]
    return [dict(zip(found[0], row, strict=True)) for row in real], found[-1][0]


def unzipped(path, password="rahasia"):
    with pyzipper.AESZipFile(path) as packed:
        packed.setpassword(password.encode())
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_csv_file_tells_in_words_and_bears_its_mark(officer, folder):
    made = taking.home()
    export = written(officer, wish("members", columns=("name", "sex", "born_on", "place", "nik")), folder)
    rows, mark = rows_of(folder / export.file)
    assert rows[0] == {
        "Nama": "Siti Rahmawati", "Jenis kelamin": "Perempuan", "Tanggal lahir": "1990-05-17",
        "Tempat": rows[0]["Tempat"], "NIK (empat angka terakhir)": rows[0]["NIK (empat angka terakhir)"],
    }  # fmt: skip
    assert rows[0]["NIK (empat angka terakhir)"].startswith("•••• •••• •••• ")
    assert [row["Nama"] for row in rows] == ["Siti Rahmawati", "Dimas Prasetyo"]
    assert mark == MARK + f"{export.pk}."
    entry = AuditEntry.objects.get(deed="export.write")
    assert [one.subject for one in entry.touched.all()] == [made.pk]
    assert entry.region == HERE


def test_the_columns_of_every_table_are_those_that_were_asked_for(officer, folder):
    taking.home()
    opened_at = AT + timedelta(days=1)  # so that the family is to be visited again
    Round.objects.create(village_id=HERE, year=2025, opened_at=opened_at, opened_by="uji")
    by = people.actor(officer)
    for number, sheet in enumerate(SHEETS.values()):
        columns = sheet.columns_for(by)
        with as_(officer):
            source = sources.source_of(sheet.key)
            rows = source.rows(HERE, {}, AT.date())
            told = source.told(list(rows), {one.key for one in columns})
        assert len(told) == (2 if sheet.key == "members" else 1), sheet.key
        assert {one.key for one in columns} - {"person", "name", "nik", "nik_full"} <= set(told[0]), sheet.key
        assert told[0]["region"] == HERE, number


@pytest.mark.parametrize(
    ("sheet", "column", "said"),
    [
        ("survey_members", "marital", "Kawin"),
        ("survey_planning", "method", "Suntik"),
        ("survey_housing", "water", "bor"),
        ("aid", "amount", "750000"),
        ("listed", "decile", "2"),
        ("listed", "kind", "P3KE"),
        ("events", "kind", "Kelahiran"),
        ("measurements", "weight_kg", "9"),
        ("measurements", "waz", "-0.6"),
        ("families", "people", "2"),
        ("events", "recorded_on", "2025-12-16"),
        ("checks", "state", "Belum disahkan"),
    ],
)
def test_each_table_tells_what_it_is_about(officer, folder, sheet, column, said):
    taking.home()
    export = written(officer, wish(sheet, columns=("called", column)), folder)
    content = (folder / export.file).read_bytes()
    if export.closed:
        content = next(iter(unzipped(folder / export.file).values()))
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert "Siti Rahmawati" in rows[1]
    assert any(said in cell for cell in rows[1])


def test_a_strange_measuring_is_named_as_such(officer):
    taking.home()
    with as_(officer):
        rows = sources.source_of("measurements").rows(HERE, {}, AT.date())
        (found,) = sources.source_of("measurements").told(list(rows), {"odd"})
        assert found["odd"] == ""
        with acting(register.BY):
            rows.update(weight_kg=30)
        (found,) = sources.source_of("measurements").told(list(rows.all()), {"odd"})
    assert found["odd"] == "BB/U, BB/TB"


def test_an_english_reader_gets_english_words(officer, folder):
    taking.home()
    given = wish("survey_members", columns=("name", "marital"))
    rows, _mark = rows_of(folder / written(officer, given, folder, language="en").file)
    assert rows == [{"Name": "Siti Rahmawati", "Marital status": "Married"}]


def test_agencies_are_named(officer, folder):
    taking.home()
    export = written(officer, wish("aid", columns=("agency",)), folder)
    text = unzipped(folder / export.file)["bantuan.csv"].decode("utf-8-sig")
    assert any(one.name_id in text for one in agencies().values())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_runs_in_a_spreadsheet(officer, folder, kind):
    register.family(people=[register.head("Siti")], address="=HYPERLINK(1)")
    export = written(officer, wish(columns=("called", "address"), format=kind), folder, purpose="+1 rapat kampung KB")
    content = (folder / export.file).read_bytes()
    if kind == "csv":
        cells = [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    else:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        rows = [book.get_sheet_by_index(one).to_python() for one in (0, 1)]
        assert rows[0][1] == ["Siti", "=HYPERLINK(1)"]
        assert rows[1][0][0].startswith("Diunduh oleh Bu Ratna")
        assert b"<f>" not in content


def test_parquet_holds_codes_days_and_the_mark(officer, folder):
    taking.home()
    given = wish("members", columns=("name", "sex", "born_on", "no_nik"), format="parquet")
    path = folder / written(officer, given, folder).file
    with duckdb.connect() as base:
        rows = base.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        kinds = base.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        marks = base.execute("SELECT value FROM parquet_kv_metadata(?)", [str(path)]).fetchall()
    assert rows[0] == ("Siti Rahmawati", 2, rows[0][2], None)
    assert [(one[0], one[1]) for one in kinds] == [
        ("name", "VARCHAR"), ("sex", "BIGINT"), ("born_on", "DATE"), ("no_nik", "VARCHAR")
    ]  # fmt: skip
    assert marks[0][0].decode().startswith("Diunduh oleh Bu Ratna")


def test_a_number_in_full_stands_only_in_a_closed_file_and_in_the_list_after_a_breach(officer, folder):
    made = taking.home()
    with acting(BY):
        nik = IdentityNumber.objects.get(family=made, kind="nik").number
    given = wish("members", columns=("name", "nik_full"))
    export = written(officer, given, folder)
    content = (folder / export.file).read_bytes()
    assert nik.encode() not in content
    inside = unzipped(folder / export.file)
    assert set(inside) == {"anggota.csv", "KETERANGAN.txt"}
    assert register.head_of(made).name in inside["anggota.csv"].decode()
    assert " ".join(nik[start : start + 4] for start in (0, 4, 8, 12)) in inside["anggota.csv"].decode()
    assert "Memuat data pribadi yang spesifik" in inside["KETERANGAN.txt"].decode()
    assert AuditEntry.objects.get(deed="number.export").touched.get().subject == made.pk


def test_a_closed_file_opens_with_its_password_alone(officer, folder):
    taking.home()
    export = written(officer, wish("listed", columns=("called", "decile")), folder)
    with pytest.raises(RuntimeError, match="Bad password"):
        unzipped(folder / export.file, "rahasiA")
    with pyzipper.AESZipFile(folder / export.file) as packed, pytest.raises(RuntimeError, match="password"):
        packed.read("daftar-instansi.csv")


def test_the_file_is_its_owners_alone_and_nothing_else_is_left(officer, folder):
    taking.home()
    for number, kind in enumerate(("csv", "xlsx", "parquet")):
        export = asked(officer, wish(format=kind))
        with as_(officer) as by:
            actions.write_export(by=by, at=AT, export=export, folder=folder, name=f"b{number}", password="x")
    assert sorted(path.name for path in folder.iterdir()) == ["b0", "b1", "b2"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_invented_families_are_called_invented(officer, folder):
    taking.home(invented=True)
    _rows, mark = rows_of(folder / written(officer, wish(), folder).file)
    assert mark.endswith("Data contoh rekaan.")


def test_a_long_list_is_written_batch_by_batch_village_by_village(officer, folder, monkeypatch):
    monkeypatch.setattr(sources, "BATCH", 2)
    for region in (HERE, RT1, BESIDE, HERE):
        taking.home(region=region)
    with as_(officer):
        source = sources.source_of("families")
        found = list(batches(source, source.rows(register.KECAMATAN, {}, AT.date())))
    assert [(village, len(rows)) for village, rows in found] == [(HERE, 2), (HERE, 1), (BESIDE, 1)]
    export = written(officer, wish(region=register.KECAMATAN), folder)
    assert (export.rows, Export.objects.get().written) == (4, 4)
    assert [one.region for one in AuditEntry.objects.filter(deed="export.write").order_by("pk")] == [HERE, BESIDE]


def test_a_row_that_went_away_meanwhile_is_left_out(officer, monkeypatch):
    made = taking.home()
    with as_(officer):
        source = sources.source_of("families")
        rows = source.rows(HERE, {}, AT.date())
        monkeypatch.setattr(type(rows), "in_bulk", lambda self, keys: {})
        assert [batch for _village, batch in batches(source, rows)] == [[]]
    assert made


@pytest.mark.parametrize(
    ("sheet", "filters", "rows"),
    [
        ("members", {"sex": "1"}, 1),
        ("members", {"age": "under_five"}, 0),
        ("members", {"age": "fertile"}, 1),
        ("members", {"age": "elderly", "sex": "2"}, 0),
        ("aid", {"programme": "pkh"}, 1),
        ("aid", {"programme": "pip"}, 0),
        ("listed", {"kind": "p3ke"}, 1),
        ("listed", {"kind": "dtks"}, 0),
        ("events", {"kind": "birth", "since": "month"}, 1),
        ("events", {"kind": "death"}, 0),
        ("measurements", {}, 1),
        ("measurements", {"since": "month"}, 0),
        ("checks", {}, 1),
        ("checks", {"state": "draft"}, 1),
        ("checks", {"state": "verified"}, 0),
        ("visits", {}, 0),
    ],
)
def test_a_list_is_narrowed(officer, sheet, filters, rows):
    taking.home()
    with as_(officer):
        assert sources.source_of(sheet).rows(HERE, filters, AT.date()).count() == rows


def test_ages_are_completed_years_also_on_29_february(officer):
    day = AT.date().replace(year=2024, month=2, day=29)
    born = {"Lima": day.replace(year=2019, day=28), "Empat": day.replace(year=2019, month=3, day=2)}
    register.family(
        people=[
            PersonFacts(name, Sex.MALE, Relation.HEAD if name == "Lima" else Relation.OTHER, on)
            for name, on in born.items()
        ]
    )
    with as_(officer):
        found = sources.source_of("members").rows(HERE, {"age": "under_five"}, day)
        assert [row.name for row in found] == ["Empat"]


def test_an_event_whose_family_is_gone_still_stands_in_the_list(officer, folder):
    made = taking.home()
    with acting(BY):
        made.events.update(family=None, person=None)
    rows, _mark = rows_of(folder / written(officer, wish("events", columns=("kind", "called", "name")), folder).file)
    assert rows == [{"Peristiwa": "Kelahiran", "Keluarga": "", "Nama": ""}]
    assert not AuditEntry.objects.get(deed="export.write").touched.exists()


def test_places_to_choose_are_the_regions_and_villages_of_the_grant(places):
    def codes(role, region):
        with as_(taking.account(role, region)) as by:
            return [code for code, _name in places_of(by)]

    assert codes("cadre", RT1) == [RT1]
    assert codes("village_head", HERE) == [HERE]
    chosen = codes("field_officer", register.KECAMATAN)
    assert chosen[0] == register.KECAMATAN
    assert {HERE, BESIDE} <= set(chosen)
    assert RT1 not in chosen
    assert codes("family_office", KABUPATEN)[0] == KABUPATEN
    assert codes("nation", "") != []


def test_a_grant_that_shrank_stops_the_writing(officer, folder):
    taking.home()
    export = asked(officer)
    Grant.objects.update(region="16.05.02")
    with as_(officer) as by, pytest.raises(NotAllowed):
        actions.write_export(by=by, at=AT, export=export, folder=folder, name="x", password="y")
    assert not folder.exists()


def test_a_list_that_grew_beyond_what_goes_unapproved_is_stopped(officer, folder, monkeypatch):
    taking.home()
    export = asked(officer)
    monkeypatch.setattr("balai.exports.rules.limits.PERSONS_ALONE", 1)
    with as_(officer) as by, pytest.raises(Refused, match="petugas kedua"):
        actions.write_export(by=by, at=AT, export=export, folder=folder, name="x", password="y")


def test_a_list_that_grew_beyond_the_quota_is_stopped(officer, folder):
    taking.home()
    export = asked(officer)
    taking.row_of(officer, persons=4_999)
    with as_(officer) as by, pytest.raises(Refused, match="masih dapat mengunduh data 1 orang"):
        actions.write_export(by=by, at=AT, export=export, folder=folder, name="x", password="y")


def test_the_next_worker_begins_again_and_leaves_nothing_of_the_first(officer, folder):
    taking.home()
    export = asked(officer)
    folder.mkdir()
    (folder / "lama").write_text("sebagian")
    Export.objects.update(file="lama")
    with as_(officer) as by:
        done = actions.write_export(by=by, at=AT, export=export, folder=folder, name="baru", password="y")
        assert actions.write_export(by=by, at=AT, export=export, folder=folder, name="lagi", password="y") is None
    assert [path.name for path in folder.iterdir()] == ["baru"]
    assert done.size == (folder / "baru").stat().st_size


def test_what_broke_on_the_way_leaves_no_file(officer, folder, monkeypatch):
    taking.home()
    export = asked(officer, wish(columns=("called", "address")))
    monkeypatch.setitem(
        sources.SOURCES, "families", sources.Source(sources._family_rows, None, family="pk", order=("pk",))
    )
    with as_(officer) as by, pytest.raises(TypeError):
        actions.write_export(by=by, at=AT, export=export, folder=folder, name="x", password="y")
    assert list(folder.iterdir()) == []


def test_a_file_is_given_to_the_account_that_asked_alone(officer, folder):
    taking.home()
    export = written(officer, wish(), folder)
    for account in (taking.account(), taking.account("family_office", KABUPATEN)):
        with as_(account) as by:
            for action in (actions.fetch_export, actions.tell_password):
                with pytest.raises(NotAllowed, match="akun yang memintanya"):
                    action(by=by, at=AT, export=export)


def test_what_a_crash_left_is_swept_after_a_day(folder):
    folder.mkdir()
    (folder / "lama.part").write_text("Siti")
    age = (folder / "lama.part").stat().st_mtime
    at = AT.fromtimestamp(age, AT.tzinfo)
    assert sweep(folder, at + timedelta(hours=23)) == 0
    assert sweep(folder, at + timedelta(hours=25)) == 1
    assert list(folder.iterdir()) == []


def test_answers_of_the_past_and_of_families_that_left_stay_here(officer):
    made = taking.home()
    with acting(BY):
        ANSWERS["housing"].objects.update(until_on=AT.date() + timedelta(days=1))
        Family.objects.update(left_on=AT.date(), left_reason="moved_away")
        assert Person.objects.filter(family=made).exists()
    with as_(officer):
        for sheet in ("families", "members", "survey_members", "survey_housing", "aid", "listed"):
            assert not sources.source_of(sheet).rows(HERE, {}, AT.date()).exists(), sheet

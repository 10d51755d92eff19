"""What is withheld, who stands behind a figure, figures of this hour, SIGA beside ours, files, and the book."""

import json
import uuid
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.utils import timezone
from python_calamine import CalamineWorkbook

from balai.access.models import AuditEntry, acting
from balai.indicators.commands.definitions import export
from balai.indicators.rules import catalogue
from balai.measurements.models import Measurement
from balai.scorecards.views.reading import Reader
from balai.villages.models import Return
from tests.families import register
from tests.families.register import BY
from tests.people import actor, person, signed_in
from tests.scorecards import seed
from tests.scorecards.seed import BESIDE, FAR, KABUPATEN, KECAMATAN, NOW, VILLAGE
from tests.scorecards.test_pages import heat, text

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()  # noqa: TID251  as the pages do


@pytest.fixture
def homes(bare):
    """Two families of the village, in one of them a child of two years."""
    register.places(bare)
    born = TODAY - timedelta(days=800)
    one = register.family(VILLAGE, people=[register.head(), register.child(born_on=born)])
    other = register.family(register.RT1, people=[register.head("Budi Santoso")])
    return one, other


def test_few_are_withheld_from_those_who_may_not_read_the_rows(bare):
    seed.changed({(VILLAGE, "S01"): (3, 100), (BESIDE, "S01"): (97, 100), (VILLAGE, "S25"): (20, 100)})
    head = text(signed_in(person("village_head", VILLAGE)).get(f"/rapor/desa/{VILLAGE}"))
    assert "kurang dari 5: tidak ditampilkan" in head
    assert "3 / 100" not in head
    assert "20 / 100" in head
    planner = signed_in(person("planner", KABUPATEN))
    cells = heat(text(planner.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting&indikator=S01")))
    assert 'class="h few"' in cells[VILLAGE]
    assert 'class="h few"' in cells[BESIDE]
    full = text(signed_in(person("cadre", VILLAGE)).get(f"/rapor/desa/{VILLAGE}"))
    assert "3 / 100" in full


def test_of_elsewhere_only_the_kabupaten_is_seen_and_few_are_withheld(bare):
    seed.changed({(FAR, "S01"): (3, 100), (FAR, "S25"): (30, 100)}, region="76.05")
    account = signed_in(person("cadre", VILLAGE))
    said = text(account.get("/rapor/wilayah/76.05?program=stunting"))
    assert "30 / 100" in said
    assert "3 / 100" not in said.replace("30 / 100", "")
    assert heat(said) == {}


def test_a_file_withholds_as_the_page_does(bare):
    seed.changed({(VILLAGE, "S01"): (3, 100), (BESIDE, "S01"): (20, 100), ("16.05.01.2004", "S01"): (2, 10)})
    planner = signed_in(person("planner", KABUPATEN))
    said = text(planner.get(f"/rapor/wilayah/{KABUPATEN}/ekspor.csv?program=stunting"))
    lines = {line.split(",")[0]: line for line in said.splitlines()}
    assert lines[VILLAGE].endswith(",,percent,,,,,kurang dari 5")
    assert ",20.0,percent,20,100," in lines[BESIDE]
    sheet = planner.get(f"/rapor/wilayah/{KABUPATEN}/ekspor.xlsx?program=stunting")
    book = CalamineWorkbook.from_object(BytesIO(sheet.content))
    assert len(book.get_sheet_by_index(0).to_python()) == 5
    assert "rapor-16.05-stunting-2026-10.xlsx" in sheet["Content-Disposition"]
    assert text(planner.get("/rapor/ekspor.csv")).startswith("\ufeffKode wilayah")


def test_a_file_marks_what_is_small_and_what_contradicts_itself(bare):
    seed.changed({(VILLAGE, "S01"): (12, 10), (BESIDE, "S01"): (6, 12)})
    office = signed_in(person("family_office", KABUPATEN))
    said = text(office.get(f"/rapor/wilayah/{KABUPATEN}/ekspor.csv?program=stunting"))
    lines = {line.split(",")[0]: line for line in said.splitlines()}
    assert lines[VILLAGE].endswith("belum ada data")
    assert lines[BESIDE].endswith("wilayah kecil")


def test_the_figures_of_this_hour_stand_beside_the_stored(homes):
    seed.changed({(VILLAGE, "D19"): (8, 4)})
    before = AuditEntry.objects.filter(deed="scorecard.live").count()
    said = text(signed_in(person("cadre", VILLAGE)).get(f"/rapor/desa/{VILLAGE}"))
    assert "saat ini" in said
    assert "Angka “saat ini” dihitung" in said
    assert AuditEntry.objects.filter(deed="scorecard.live").count() == before + 1


@pytest.mark.parametrize(("role", "region"), [("companion", VILLAGE), ("cadre", register.RT1), ("planner", KABUPATEN)])
def test_who_cannot_see_every_row_gets_no_figure_of_this_hour(homes, role, region):
    assert "Angka “saat ini”" not in text(signed_in(person(role, region)).get(f"/rapor/desa/{VILLAGE}"))


def test_a_village_head_sees_of_this_hour_what_is_about_the_village(homes):
    own = f"/rapor/desa/{VILLAGE}/indikator/D20"
    assert own not in text(signed_in(person("village_head", VILLAGE)).get(f"/rapor/desa/{VILLAGE}"))
    assert own in text(signed_in(person("cadre", VILLAGE)).get(f"/rapor/desa/{VILLAGE}"))


def test_a_reader_out_of_scope_is_shown_nothing(world):
    found = Reader(actor(person("cadre", VILLAGE))).figures([FAR], NOW)
    assert found
    assert {one.figure for one in found.values()} == {None}


def lists(client, indicator, side="terhitung"):
    return text(client.get(f"/rapor/desa/{VILLAGE}/indikator/{indicator}/daftar?sisi={side}"))


def test_the_list_behind_a_figure_names_those_counted_and_those_among_whom(homes):
    cadre = signed_in(person("cadre", VILLAGE))
    counted, among = lists(cadre, "D20"), lists(cadre, "D20", "penyebut")
    assert "2 keluarga di wilayah Anda menjadi penyebut" in among
    assert "Siti Rahmawati" in counted
    assert "Budi Santoso" in among
    assert AuditEntry.objects.filter(deed="scorecard.list", region=VILLAGE).count() == 2


def test_a_list_of_children_names_them_under_their_family(homes):
    cadre = signed_in(person("cadre", VILLAGE))
    assert "Tidak ada keluarga di wilayah Anda yang terhitung" in lists(cadre, "S07")
    said = lists(cadre, "S07", "penyebut")
    assert "Dimas Prasetyo" in said
    assert "Budi Santoso" not in said


def test_a_list_holds_what_is_in_scope_alone(homes):
    one, _other = homes
    assert "Siti Rahmawati" not in lists(signed_in(person("cadre", register.RT1)), "D20", "penyebut")
    companion = lists(signed_in(person("companion", VILLAGE, families=[one.pk])), "D20", "penyebut")
    assert "1 keluarga" in companion
    assert "Budi Santoso" not in companion


def test_a_list_is_shown_page_by_page(bare):
    register.places(bare)
    for number in range(51):
        register.family(VILLAGE, people=[register.head(f"Kepala {chr(65 + number % 26)}")])
    cadre = signed_in(person("cadre", VILLAGE))
    assert "Halaman 1 dari 2" in lists(cadre, "D20", "penyebut")
    second = text(cadre.get(f"/rapor/desa/{VILLAGE}/indikator/D20/daftar?sisi=penyebut&halaman=2"))
    assert "Sebelumnya" in second


@pytest.mark.parametrize(("indicator", "role", "region", "status"), [
    ("D20", "village_head", VILLAGE, 403), ("D20", "planner", KABUPATEN, 403), ("D20", "cadre", BESIDE, 404),
    ("X01", "cadre", VILLAGE, 404), ("D11", "cadre", VILLAGE, 404), ("D20?sisi=lain", "cadre", VILLAGE, 404),
])  # fmt: skip
def test_a_list_is_refused(homes, indicator, role, region, status):
    code, _mark, query = indicator.partition("?")
    path = f"/rapor/desa/{VILLAGE}/indikator/{code}/daftar"
    text(signed_in(person(role, region)).get(f"{path}?{query}"), status)


def returned(register_name, values, period="2026-10", marks=()):
    Return.objects.create(
        code=VILLAGE, register=register_name, period=period, exported_on=date(2026, 11, 5), values=values,
        digest=f"{register_name}{period}", batch=uuid.uuid4(), marks=list(marks),
    )  # fmt: skip


def test_siga_stands_beside_ours_with_the_difference_and_why(bare):
    seed.changed({(VILLAGE, "F03"): (40, 80), (VILLAGE, "F01"): (80, None), (VILLAGE, "F09.iud"): (4, 40),
                  (VILLAGE, "S25"): (30, 60)})  # fmt: skip
    returned("mix", {"modern": 60, "users": 70, "iud": None}, "2026-08", [["users_sum", ["users"]]])
    returned("mix", {"modern": 1, "users": 2}, "2026-11")
    returned("pus", {"couples": 100})
    returned("krs", {"target": 60, "at_risk": 15}, "2026-S1")
    account = signed_in(person("family_office", KABUPATEN))
    said = text(account.get(f"/rapor/desa/{VILLAGE}/indikator/F03"))
    assert "Di samping angka SIGA" in said
    assert "60 / 100" in said
    assert "-10,0 poin" in said
    assert "Bulannya berbeda: Balai Oktober 2026, sumber lain Agustus 2026." in said
    assert "Balai baru mencatat 80% dari" in said
    assert "ditandai janggal" in said
    assert "-20" in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/F01"))
    assert "Di samping angka SIGA" not in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/F09.iud"))
    risk = text(account.get(f"/rapor/desa/{VILLAGE}/indikator/S25"))
    assert "+25,0 poin" in risk
    assert "2026-S1" in risk
    assert "Cakupan:" not in risk
    assert "60,0" in text(account.get(f"/rapor/desa/{VILLAGE}"))


def measured(child, family, on, **values):
    Measurement.objects.create(person=child, family=family, region=family.region, measured_on=on, source="form",
                               made_at=seed.AT, made_by="uji", **values)  # fmt: skip


def test_strange_measurements_are_counted_with_what_to_do(homes):
    one, _other = homes
    with acting(BY):
        child = one.people.get(relation=3)
        measured(child, one, TODAY - timedelta(days=30), weight_kg=Decimal("10.5"), height_cm=Decimal("130.0"))
        measured(child, one, TODAY - timedelta(days=60), weight_kg=Decimal("10.2"))
        measured(child, one, TODAY - timedelta(days=90), height_cm=Decimal("80.0"), position="l")
    seed.changed({(VILLAGE, "S14"): (1, 30)})
    said = text(signed_in(person("cadre", VILLAGE)).get(f"/rapor/desa/{VILLAGE}/pengukuran"))
    assert "1 dari 3 pengukuran dalam setahun ini tidak wajar" in said
    for part in ("Tinggi tidak wajar untuk umurnya", "Tanpa panjang atau tinggi", "Tanpa berat",
                 "Tidak dicatat telentang atau berdiri", "1 dari 30 pengukuran tidak wajar"):  # fmt: skip
        assert part in said


def test_a_village_without_measurements_says_so(homes):
    path = f"/rapor/desa/{VILLAGE}/pengukuran"
    assert "Belum ada pengukuran anak" in text(signed_in(person("cadre", VILLAGE)).get(path))
    text(signed_in(person("village_head", VILLAGE)).get(path), 403)
    text(signed_in(person("cadre", BESIDE)).get(path), 404)


def test_the_book_is_open_to_everybody(client, db):
    every = catalogue().indicators
    said = text(client.get("/indikator/"))
    assert said.count('<a class="target" href="/indikator/') == len(every)
    found = text(client.get("/indikator/?cari=stunting tb/u"))
    assert 'href="/indikator/S01"' in found
    assert 'href="/indikator/F03"' not in found
    assert "Tidak ada indikator yang cocok" in text(client.get("/indikator/?cari=zzzz"))
    waiting = text(client.get("/indikator/?hanya=menunggu&program=stunting"))
    assert 'href="/indikator/S33"' in waiting
    assert 'href="/indikator/S01"' not in waiting
    assert 'href="/indikator/S01"' in text(client.get("/indikator/?hanya=dihitung"))


def test_an_indicator_tells_its_definition_in_both_languages(client, world):
    said = text(client.get("/indikator/F09"))
    assert "Yang dihitung (pembilang)" in said
    assert "Bagian" in said
    assert "Definisi lain" in text(client.get("/indikator/F04"))
    assert "5 *" in text(client.get("/indikator/F17"))
    banded = next(one for one in catalogue().indicators.values() if one.bands)
    assert "Ambang" in text(client.get(f"/indikator/{banded.code}"))
    client.cookies["bahasa"] = "en"
    assert catalogue().indicators["F03"].name_en in text(client.get("/indikator/F03"))
    assert catalogue().indicators["F03"].means_en in text(client.get("/indikator/"))
    assert "Angkanya" in text(signed_in(person("planner", KABUPATEN)).get("/indikator/F03"))


def test_the_metadata_is_open_as_json(client, db):
    told = json.loads(text(client.get("/indikator.json")))
    assert told == json.loads(CliRunner().invoke(export, ["--json"]).output)
    rows = {row["code"]: row for row in told["indicators"]}
    assert list(rows) == list(catalogue().indicators)
    assert (rows["S01"]["interpretasi"], rows["S01"]["komposit"]) == ("makin rendah makin baik", False)
    assert rows["F17"]["komposit"]
    assert rows["S33"]["waits"] == "care"


def test_a_kecamatan_officer_of_another_kecamatan_sees_only_the_kabupaten(world):
    other = signed_in(person("district_head", "16.05.02"))
    cells = heat(text(other.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting")))
    assert len(cells) == 8
    text(other.get(f"/rapor/wilayah/{KECAMATAN}"), 404)
    assert NOW in text(other.get(f"/rapor/wilayah/{KABUPATEN}"))

"""What a snapshot could not take as it was written is told, with what became of it; nothing is left out in silence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from balai.access.models import acting
from balai.measurements.models import Measurement
from balai.snapshot.rules.doubts import DOUBTS, figures_of
from tests.families import register
from tests.families.register import BY
from tests.people import person, signed_in
from tests.scorecards import seed
from tests.scorecards.seed import BESIDE, FAR, KABUPATEN, KECAMATAN, VILLAGE
from tests.scorecards.test_pages import text

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()  # noqa: TID251  as the pages do
PAGE = f"/rapor/desa/{VILLAGE}/diragukan"
RUN = [
    (VILLAGE, "without_birthday", 12), (VILLAGE, "implausible_scores", 3), (BESIDE, "without_birthday", 20),
    (FAR, "older_than_120", 1),
]  # fmt: skip


@pytest.fixture
def run(bare):
    cells = {(VILLAGE, "D19"): (9, 3), (BESIDE, "D19"): (7, 2), (VILLAGE, "S01"): (0, 0), (VILLAGE, "S25"): (12, 10)}
    rows = seed.rolled_up(seed.Row(*place, n, d, None) for place, (n, d) in cells.items())
    return seed.stored(rows, doubts=RUN)


def kinds(said):
    """What is doubted to what stands in its line."""
    lines = said.partition('<ul class="doubts plain">')[2].split("<li><div><h3>")[1:]
    return {line.partition("</h3>")[0]: line for line in lines}


def test_every_kind_of_doubt_of_a_village_stands_there_with_its_rows(run):
    found = kinds(text(signed_in(person("cadre", VILLAGE)).get(PAGE)))
    assert set(found) == {one.said for one in DOUBTS.values()}
    birthdays = found["tanggal lahir tidak tercatat"]
    for part in ("12 baris", "<code>members</code>", "tidak ikut angka yang menanyakan umur", "Membetulkannya",
                 f'href="/mutu/desa/{VILLAGE}/keluarga?isi=tanggal-lahir"', 'href="/indikator/S25"'):  # fmt: skip
        assert part in birthdays
    assert "3 baris" in found["skor-z di luar batas wajar WHO"]
    assert "tidak ada</span>" in found["umur lebih dari 120 tahun"]
    assert "Membetulkannya" not in found["umur lebih dari 120 tahun"]


def test_what_cannot_be_worked_out_is_named(run):
    said = text(signed_in(person("cadre", VILLAGE)).get(PAGE))
    assert "1 angka yang penyebutnya nol" in said
    assert "(S01)" in said.partition('id="penyebut"')[2]
    assert "(S25)" in said.partition('id="tentang"')[2]
    assert "tidak ditulis 0%" in said


def test_a_kabupaten_adds_up_its_villages_and_names_them(run):
    said = text(signed_in(person("family_office", KABUPATEN)).get(f"/rapor/wilayah/{KABUPATEN}/diragukan"))
    line = kinds(said)["tanggal lahir tidak tercatat"]
    assert "32 baris" in line
    assert "Di 2 desa" in line
    assert line.index(f"/rapor/desa/{BESIDE}/diragukan") < line.index(f"/rapor/desa/{VILLAGE}/diragukan")
    assert "isi=tanggal-lahir" not in line
    assert "18 desa tanpa satu keluarga pun" in said


def test_a_province_shows_its_kabupaten(run):
    said = text(signed_in(person("nation", "")).get("/rapor/wilayah/16/diragukan"))
    line = kinds(said)["tanggal lahir tidak tercatat"]
    assert "Di 1 wilayah" in line
    assert f"/rapor/wilayah/{KABUPATEN}/diragukan" in line
    assert "1 wilayah tanpa satu keluarga pun" in said
    assert "isi=" not in said


def test_few_rows_are_not_told_to_those_who_may_not_read_them(run):
    head = kinds(text(signed_in(person("village_head", VILLAGE)).get(PAGE)))
    assert "kurang dari 5" in head["skor-z di luar batas wajar WHO"]
    assert "12 baris" in head["tanggal lahir tidak tercatat"]
    assert "Daftarnya" not in "".join(head.values())
    planner = text(signed_in(person("planner", KABUPATEN)).get(f"/rapor/wilayah/{KABUPATEN}/diragukan"))
    assert "&lt; 5" in kinds(planner)["skor-z di luar batas wajar WHO"]
    assert "penyebutnya nol" not in planner


def test_another_village_is_not_found_and_below_another_kabupaten_nothing_is_told(run):
    cadre = signed_in(person("cadre", VILLAGE))
    text(cadre.get(f"/rapor/desa/{FAR}/diragukan"), 404)
    text(cadre.get(f"/rapor/wilayah/{KECAMATAN}/diragukan?periode=x"), 404)
    said = kinds(text(cadre.get("/rapor/wilayah/76.05/diragukan")))
    assert "Di 1 desa" not in "".join(said.values())
    assert "kurang dari 5" in said["umur lebih dari 120 tahun"]


def test_without_a_run_and_without_a_doubt_it_says_so(bare):
    cadre = signed_in(person("cadre", VILLAGE))
    assert "Belum ada potret yang dihitung" in text(cadre.get(PAGE))
    seed.changed({(VILLAGE, "D19"): (9, 3)})
    said = text(cadre.get(PAGE))
    assert "Potret Oktober 2026 tidak memuat data yang diragukan" in said
    assert said.count("tidak ada</span>") == len(DOUBTS)


def test_the_way_there_stands_on_the_pages_of_quality_and_scorecards(run):
    register.places(list(seed.Place.objects.all()))
    cadre = signed_in(person("cadre", VILLAGE))
    for page in (f"/rapor/desa/{VILLAGE}", f"/rapor/desa/{VILLAGE}/pengukuran", f"/mutu/desa/{VILLAGE}"):
        assert f'href="{PAGE}"' in text(cadre.get(page))
    office = signed_in(person("family_office", KABUPATEN))
    for page in (f"/rapor/wilayah/{KABUPATEN}", "/mutu/"):
        assert f'href="/rapor/wilayah/{KABUPATEN}/diragukan"' in text(office.get(page))
    assert f'href="/rapor/wilayah/{KECAMATAN}/diragukan"' in text(office.get(f"/mutu/?kecamatan={KECAMATAN}"))


LISTED = """
ukur-sebelum-lahir | Anak diukur sebelum lahir           | Ani
ukur-tanpa-lahir   | tanggal lahirnya belum diisi        | Budi
ukur-janggal       | di luar batas wajar WHO             | Cici
umur               | Umur lebih dari 120 tahun           | Dadang
"""


@pytest.fixture
def doubtful(bare):
    register.places(bare)
    born = TODAY - timedelta(days=400)
    heads = {name: register.family(VILLAGE, people=[register.head(name), register.child(f"Anak {name}", born_on=born)])
             for name in ("Ani", "Budi", "Cici", "Dadang", "Eko")}  # fmt: skip
    ages = {"Ani": TODAY - timedelta(days=100), "Budi": None, "Cici": born, "Eko": born}
    with acting(BY):
        for name, born_on in ages.items():
            child = heads[name].people.get(relation=3)
            day = born - timedelta(days=10) if name == "Ani" else TODAY - timedelta(days=30)
            kilos = Decimal("28") if name == "Cici" else Decimal("9.4")
            Measurement.objects.create(person=child, family=heads[name], region=VILLAGE, measured_on=day, source="form",
                                       weight_kg=kilos, made_at=seed.AT, made_by="uji")  # fmt: skip
            type(child).objects.filter(pk=child.pk).update(born_on=born_on)
        heads["Dadang"].people.filter(relation=1).update(born_on=TODAY.replace(year=TODAY.year - 130, day=1))
    return heads


@pytest.mark.parametrize("line", LISTED.strip().splitlines())
def test_the_list_behind_a_doubt_names_its_family_alone(doubtful, line):
    choice, title, name = (part.strip() for part in line.split("|"))
    cadre = signed_in(person("cadre", VILLAGE))
    said = text(cadre.get(f"/mutu/desa/{VILLAGE}/keluarga?isi={choice}"))
    assert title in said
    assert "1 keluarga." in said
    assert f">Keluarga {name}<" in said or f">{name}<" in said
    assert f"isi={choice}" in text(cadre.get(f"/mutu/desa/{VILLAGE}/betulkan"))


def test_whoever_does_not_read_childrens_growth_gets_no_list_of_it(doubtful):
    reader = signed_in(person("agency_officer", KABUPATEN, agency="population"))
    text(reader.get(f"/mutu/desa/{VILLAGE}/keluarga?isi=umur"))
    text(reader.get(f"/mutu/desa/{VILLAGE}/keluarga?isi=ukur-janggal"), 404)


def test_a_doubt_names_only_figures_that_rest_on_it():
    assert {"S01", "S04"} <= set(figures_of("height_in_metres"))
    assert "S05" not in figures_of("height_in_metres")
    assert {"S05", "S08"} <= set(figures_of("weight_in_grams"))
    assert "S01" not in figures_of("weight_in_grams")
    assert "S25" in figures_of("without_birthday")
    assert "F03" not in figures_of("implausible_scores")


def test_of_a_kecamatan_elsewhere_nothing_is_told(run):
    cadre = signed_in(person("cadre", VILLAGE))
    assert cadre.get(f"/rapor/wilayah/{FAR[:8]}/diragukan").status_code == 404

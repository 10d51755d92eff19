"""Every page with the test client: what it says, with which parameters, and how few questions it asks the database."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.base.words import Said
from balai.regions.models import Boundary, Change, Place
from balai.reports.templatetags.balai import band, said
from balai.villages.models import KampungKB
from tests.reports import seed

VILLAGE = f"/desa/{seed.MAIN}"
KABUPATEN = "/wilayah/16.05"
READING, DASHBOARD = 60_000, 100_000


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/", "Dari 30 desa dan kelurahan di Indonesia"),
        ("/wilayah/16", "Kota Palembang"),
        (KABUPATEN, "Muara Lakitan"),
        ("/wilayah/16.05.01", "Surodadi"),
        (VILLAGE, "yang menahannya"),
        (f"/desa/{seed.UNFORMED}", "belum membentuk Kampung KB per"),
        (f"/desa/{seed.SILENT}", "Belum ada laporan tentang Desa Trikoyo"),
        (f"/desa/{seed.TWICE}", "tercatat 2 Kampung KB"),
        (f"/desa/{seed.UNKNOWN}", "belum dapat ditentukan, antara"),
        ("/aturan", "portal-2023"),
        ("/aturan/portal-2023", "Pekerjaan siapa"),
        ("/aturan/balai-2026?wilayah=16.05", "Kabupaten Musi Rawas, November 2025"),
        ("/tentang-data", "idn-area-data"),
        ("/cari?q=surodadi", "tempat cocok"),
        ("/cari?q=tidakada", "Tidak ada yang cocok"),
        ("/cari", "Ketik nama"),
        (f"{VILLAGE}/andaikan?pokja=0", "isian"),
        (f"/desa/{seed.SILENT}/andaikan", "Belum ada yang diubah"),
    ],
)  # fmt: skip
def test_pages_say(client, world, path, says):
    assert says in text(client, path)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/wilayah/99", 404, "tidak ada"), ("/desa/16.05.01.9999", 404, "tidak ada"), ("/aturan/x", 404, "tidak ada"),
        ("/aturan?wilayah=99", 404, "tidak ada"), (f"{KABUPATEN}/ekspor.pdf", 404, "tidak ada"),
        (f"{KABUPATEN}?periode=kemarin", 422, "bukan bulan"), (f"{KABUPATEN}?periode=1999-01", 422, "2024-11, 2025-11"),
        (f"{KABUPATEN}?aturan=x", 422, "portal-2023"), (f"{KABUPATEN}?urut=x", 422, "Urutan"),
        (f"{KABUPATEN}?kelas=x", 422, "Kelas"), (f"{KABUPATEN}?dibanding=x", 422, "bukan bulan"),
        (f"{VILLAGE}/andaikan?pokja=7", 422, "bukan angka 0 sampai 1"), ("/bahasa?ke=fr", 422, "bukan pilihan"),
    ],
)  # fmt: skip
def test_wrong_addresses_get_a_helpful_page(client, world, path, status, says):
    assert says in text(client, path, status)


@pytest.mark.parametrize(
    "path", ["/", "/wilayah/16", KABUPATEN, VILLAGE, "/aturan/balai-2026", "/tentang-data", "/cari?q=x"]
)
def test_pages_speak_english(client, world, path):
    client.cookies["bahasa"] = "en"
    page = text(client, path)
    assert '<html lang="en"' in page


def test_an_empty_house_says_what_to_do(client, db):
    assert "balai demo" in text(client, "/")


def test_regions_without_any_result(client, world):
    seed.Outcome.objects.all().delete()
    seed.Run.objects.all().delete()
    assert "belum pernah dihitung" in text(client, KABUPATEN)
    assert "belum pernah dihitung" in text(client, "/wilayah/16")
    assert "belum pernah dihitung" in text(client, "/")
    assert "Belum ada laporan" in text(client, VILLAGE)
    assert "Belum ada bulan" in text(client, "/aturan")
    assert text(client, f"{VILLAGE}/andaikan")
    assert text(client, f"{KABUPATEN}/ekspor.csv")


def test_invented_data_is_marked_where_it_is_shown(client, world):
    for path in ("/", "/wilayah/16", KABUPATEN, VILLAGE, f"{VILLAGE}/andaikan"):
        assert "Data contoh rekaan" in text(client, path)
    assert "Data contoh rekaan" not in text(client, "/wilayah/76")
    KampungKB.objects.update(invented=False)
    assert "Data contoh rekaan" not in text(client, VILLAGE)


def test_since_when_is_not_claimed_beyond_what_is_known(client, world):
    assert "setidaknya sejak" in text(client, VILLAGE)
    before = seed.Outcome.objects.filter(edition__period=seed.BEFORE)
    before.update(village_class=4, class_low=4, class_high=4)
    for model in (seed.Edition, seed.Run):
        model.objects.filter(period=seed.BEFORE).update(period="2025-10")
    seed.Outcome.objects.filter(edition__period=seed.NOW).update(village_class=1, class_low=1, class_high=1)
    page = text(client, VILLAGE)
    assert "sejak November 2025" in page
    assert "setidaknya" not in page


def test_villages_without_data_are_not_counted_as_no(client, world):
    seed.Outcome.objects.within("76").delete()
    page = text(client, "/")
    assert "baru 24 yang ada datanya" in page
    assert "belum ada data" in page
    assert "Belum ada data:" in page
    assert "Belum ada desa yang ada datanya" in text(client, "/wilayah/76")


def test_nobody_is_named(client, world):
    page = text(client, VILLAGE)
    assert "Rahasia" not in page
    assert "Bapak Anu" not in page
    assert "operator:test" not in page


def test_figures_stand_with_marks_and_older_vintages(client, world):
    page = text(client, VILLAGE)
    assert "anggota lebih banyak daripada sasaran" in page
    assert "Ekspor lebih lama (30 Nov 2025)" in page
    assert "belum diisi" in page
    assert "masa_depan" in page
    assert "program sendiri" in page


def test_both_views_stand_side_by_side_when_they_differ(client, world):
    assert "Menurut laporan" in text(client, VILLAGE)
    assert "Setelah yang janggal disisihkan" in text(client, f"{VILLAGE}?aturan=portal-2023")


def test_the_list_is_sorted_and_filtered(client, world):
    page = text(client, f"{KABUPATEN}?kelas=belum-dibentuk")
    assert "1 dari 20 desa" in page
    page = text(
        client, f"{KABUPATEN}?saring=kalibening&urut=-kode&periode=2024-11&aturan=portal-2023&dibanding=2025-11"
    )
    assert page.index("16.05.02.2005?") < page.index("16.05.01.2005?", page.index('id="daftar"'))
    assert "Hapus saringan" in text(client, f"{KABUPATEN}?saring=tidakada")
    assert "naik" not in text(client, f"{KABUPATEN}?periode=2024-11")
    for sort in ("input", "-proses", "output", "kelas", "nama"):
        assert text(client, f"{KABUPATEN}?urut={sort}")
    for sort in ("terbentuk", "-berkelanjutan", "belum", "desa", "nama"):
        assert text(client, f"/wilayah/16?urut={sort}")


def test_old_codes_lead_to_their_successor(client, world):
    old = Place.objects.create(code="16.05.01.2099", level=4, kind="desa", name="Lama", search_name="LAMA",
                               parent_id="16.05.01", valid_to=date(2024, 1, 1), source="uji")  # fmt: skip
    assert "Penerusnya tidak diketahui" in text(client, f"/desa/{old.code}")
    change = {"kind": "recoded", "on": date(2024, 1, 1), "old": old, "certain": True, "source": "uji"}
    Change.objects.create(new_id=seed.MAIN, **change)
    response = client.get(f"/desa/{old.code}")
    assert response.headers["Location"] == f"{VILLAGE}?dari={old.code}"
    assert "tidak berlaku lagi; inilah penerusnya" in text(client, response.headers["Location"])
    assert "inilah penerusnya" not in text(client, f"{VILLAGE}?dari=16.05.01.2003")
    Change.objects.create(new_id=seed.TWICE, **change)
    assert "Kini menjadi" in text(client, f"/desa/{old.code}")


@pytest.mark.parametrize(
    ("path", "to"),
    [("/wilayah/1605", "/wilayah/16.05"), ("/desa/1605012002?periode=2024-11", f"{VILLAGE}?periode=2024-11"),
     (f"/wilayah/{seed.MAIN}", VILLAGE), ("/desa/16.05", KABUPATEN), ("/desa/16.05/andaikan", KABUPATEN),
     (f"/desa/{seed.MAIN}.W001", VILLAGE)],
)  # fmt: skip
def test_other_ways_to_write_an_address(client, world, path, to):
    Place.objects.create(code=f"{seed.MAIN}.W001", level=5, kind="rw", name="RW 1", search_name="RW 1",
                         parent_id=seed.MAIN, source="uji")  # fmt: skip
    assert client.get(path).headers["Location"] == to


def test_outlines_are_drawn_when_loaded(client, world):
    ring = [[[[103.0, -3.0], [103.2, -3.0], [103.2, -2.8], [103.0, -2.8], [103.0, -3.0]]]]
    for code in (seed.MAIN, seed.UNFORMED, "16.05", "16.05.01.9999"):
        if Place.objects.filter(pk=code).exists():
            Boundary.objects.create(place_id=code, rings=ring, source="Peta uji", loaded_at=seed.AT)
    page = text(client, KABUPATEN)
    assert 'class="map"' in page
    assert "Peta uji" in page
    assert 'class="map"' in text(client, "/wilayah/16")
    assert "Peta uji" in text(client, "/tentang-data")
    Place.objects.filter(pk=seed.UNFORMED).update(valid_to=date(2024, 1, 1))
    assert text(client, KABUPATEN).count('<path class="k-') == 1


def test_a_what_if_answers_alone_to_htmx(client, world):
    response = client.get(f"{VILLAGE}/andaikan?pokja=&funds=6&pokja_members=99", headers={"hx-request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert "isian diubah" in page
    assert response.headers["HX-Replace-Url"].startswith(f"{VILLAGE}/andaikan?periode=2025-11&aturan=balai-2026&")


def test_suggestions_answer_alone_to_htmx(client, world):
    Place.objects.filter(pk=seed.TWICE).update(valid_to=date(2024, 1, 1))
    page = client.get("/cari?q=kalibening", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in page
    assert "kode lama" in page


def test_choices_stay_and_lead_back_home_only(client, world):
    response = client.get("/bahasa?ke=en&kembali=/aturan")
    assert (response.headers["Location"], response.cookies["bahasa"].value) == ("/aturan", "en")
    assert client.get("/tema?ke=gelap&kembali=//evil.example/").headers["Location"] == "/"
    assert 'data-theme="gelap"' in text(client, "/")
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.svg")


def test_a_broken_page_is_answered_in_both_languages():
    page = (Path(__file__).parents[2] / "balai" / "config" / "templates" / "500.html").read_text(encoding="utf-8")
    assert "Maaf" in page
    assert "Sorry" in page


def test_no_inline_style_or_script(client, world):
    for path in ("/", KABUPATEN, VILLAGE, "/aturan/balai-2026", "/tentang-data", "/cari?q=su"):
        page = text(client, path)
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert " onclick" not in page


@pytest.mark.parametrize(
    ("path", "most"), [("/", 14), ("/wilayah/16", 14), (KABUPATEN, 12), ("/wilayah/16.05.01", 12), (VILLAGE, 24),
                       (f"{VILLAGE}/andaikan", 6), ("/cari?q=surodadi", 6), ("/aturan", 6)],
)  # fmt: skip
def test_few_questions_to_the_database(client, world, path, most):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        text(client, path)
    assert len(asked) <= most, "\n".join(query["sql"][:150] for query in asked)


def test_more_villages_ask_no_more(client, world):
    def asked(path):
        with CaptureQueriesContext(connection) as found:
            text(client, path)
        return len(found)

    assert asked("/wilayah/16.05.01") == asked("/wilayah/16.71.01")


@pytest.mark.parametrize(
    ("path", "most"), [("/", DASHBOARD), (KABUPATEN, DASHBOARD), (VILLAGE, DASHBOARD), ("/aturan/balai-2026", READING),
                       ("/tentang-data", READING), ("/cari?q=surodadi", READING)],
)  # fmt: skip
def test_a_first_visit_stays_in_its_budget(client, world, path, most):
    files = ["reports/balai.css", "reports/balai.js", "reports/favicon.svg", "vendor/htmx.min.js"]
    sent = sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in files)
    sent += Path(finders.find("vendor/source-serif-4-latin-400.woff2")).stat().st_size
    page = client.get(path, headers={"accept-encoding": "gzip"})
    assert sent + len(page.content) <= most


@pytest.mark.parametrize(
    ("written", "shown"),
    [(">=7", "≥ 7"), ("<=6", "≤ 6"), ("2-4", "2–4"), (">9-12", "> 9–12"), ("<30", "< 30"), ("5", "5")],
)
def test_bands_are_written_for_people(written, shown):
    assert band(written) == shown


def test_a_sentence_with_numbers_follows_the_language(settings):
    assert said(Said("%(n)s dari %(of)s", {"n": 1200, "of": Said("%(x)s", {"x": "dua"})})) == "1.200 dari dua"
    assert said(Said("%(n)d butir", {"n": 3})) == "3 butir"
    assert said(Said("%(yes)s", {"yes": True})) == "True"
    assert said("") == ""

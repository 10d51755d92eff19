"""The pages as a cadre, officers and planners open them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.indicators.models import Value
from balai.regions.models import Place
from balai.villages.models import KampungKB
from tests.people import person, signed_in
from tests.reports.seed import ENTERED
from tests.scorecards import seed
from tests.scorecards.seed import FAR, KABUPATEN, KECAMATAN, NOW, PROVINCE, VILLAGE

pytestmark = pytest.mark.django_db


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def heat(said):
    """Code of a place to the cells of its row."""
    body = said.partition('<table class="heat">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    rows = body.split('<tr><th scope="row"><a href=')[1:]
    return {row.split('"')[1].rpartition("/")[2]: row.partition("</th>")[2] for row in rows}


def test_a_village_shows_its_eight_programmes(officer):
    said = text(officer.get(f"/rapor/desa/{VILLAGE}"))
    assert "Rapor Desa Surodadi" in said
    assert said.count('<section aria-labelledby="p-') == 8
    assert "untuk Oktober 2026" in said
    assert "jelas lebih buruk daripada Kecamatan Tugumulyo, di antaranya:" in said
    assert "menunggu: pendampingan dan rujukan" in said
    assert "indikator belum ada datanya" in said


def test_figures_of_an_invented_village_say_so(officer):
    addresses = [f"/rapor/desa/{VILLAGE}", f"/rapor/desa/{VILLAGE}/indikator/F03", f"/rapor/wilayah/{KECAMATAN}"]
    assert not any("Data contoh rekaan" in text(officer.get(address)) for address in addresses)
    KampungKB.objects.create(village_id=VILLAGE, name="Surodadi", invented=True, **ENTERED)
    assert all("Data contoh rekaan" in text(officer.get(address)) for address in addresses)


def test_a_share_carries_its_counts_interval_and_comparison(officer):
    said = text(officer.get(f"/rapor/desa/{VILLAGE}/indikator/F03"))
    n, d = Value.objects.values_list("n", "d").get(region=VILLAGE, period=NOW, code="F03")
    assert f"{n} / {d}" in said
    for part in ("Kecamatan Tugumulyo", "Indonesia", "April 2026", "Disusutkan ke arah rata-rata", "makin tinggi"):
        assert part in said


@pytest.mark.parametrize(("n", "said"), [(35, "sangat tinggi"), (20, "tinggi"), (1, "sangat rendah")])
def test_a_figure_is_called_by_its_band(bare, n, said):
    seed.changed({(VILLAGE, "S01"): (n, 100)})
    account = signed_in(person("cadre", VILLAGE))
    assert f"<b>{said}</b>" in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/S01"))
    assert "menurut ambangnya" not in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/S25"))


def test_an_earlier_month_is_shown_when_asked(officer):
    said = text(officer.get(f"/rapor/desa/{VILLAGE}?periode={seed.BEFORE}"))
    assert "untuk April 2026" in said
    assert "Angka April 2026" in said


def test_a_median_and_a_mean_are_shown_without_an_interval(officer):
    assert "21,0" in text(officer.get(f"/rapor/desa/{VILLAGE}/indikator/A07"))
    said = text(officer.get(f"/rapor/desa/{VILLAGE}/indikator/D19"))
    assert "N = 37" in said
    assert "Disusutkan" not in said


def test_a_formula_is_worked_out_from_what_is_stored(office):
    ages = ("a15", "a20", "a25", "a30", "a35", "a40", "a45")
    seed.stored(
        [seed.Row(region, f"F16_ages.{age}", 20, 100, None) for region in (KABUPATEN, "16", "00") for age in ages]
    )
    said = text(office.get(f"/rapor/wilayah/{KABUPATEN}/indikator/F17"))
    assert "7,0" in said


def test_a_formula_of_which_a_part_is_withheld_or_missing_is_neither_shown(nation):
    ages = ("a15", "a20", "a25", "a30", "a35", "a40", "a45")
    seed.stored(seed.Row(KABUPATEN, f"F16_ages.{age}", 1, 100 if age == "a15" else 3, None) for age in ages)
    assert "kurang dari 5" in text(nation.get(f"/rapor/wilayah/{KABUPATEN}/indikator/F17"))
    seed.stored([seed.Row(KABUPATEN, "F16_ages.a15", 20, 100, None)], "2026-11")
    assert "belum ada data" in text(nation.get(f"/rapor/wilayah/{KABUPATEN}/indikator/F17?periode=2026-11"))


def test_a_kabupaten_shows_its_villages_side_by_side(office):
    said = text(office.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting"))
    cells = heat(said)
    assert len(cells) == 20
    assert all(cell.count("<td") == 2 for cell in cells.values())
    assert '<td class="h better"><i aria-hidden="true">✓</i>' in cells[VILLAGE]
    assert "Diagram corong" in said
    assert "di luar batas 99,8%" in said
    assert said.count('<svg class="interval"') == 20


@pytest.mark.parametrize(("n", "d", "said"), [(22, 77, "28,6"), (4, 33, "12,1"), (49, 400, "12,2"), (0, 40, "0,0")])
def test_a_cell_is_rounded_as_its_own_page_is(bare, n, d, said):
    seed.changed({(VILLAGE, "S01"): (n, d), (seed.BESIDE, "S01"): (30, 100)})
    account = signed_in(person("family_office", KABUPATEN))
    cells = heat(text(account.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting")))
    assert cells[VILLAGE].count(f"</i>{said}</td>") == 1
    assert said in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/S01"))


def test_the_indicator_that_is_looked_at_closely_can_be_chosen(office):
    said = text(office.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting&indikator=S25"))
    assert '<h2 id="peringkat">Keluarga berisiko stunting' in said
    text(office.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting&indikator=F03"), 404)
    assert "Diagram corong" not in text(office.get(f"/rapor/wilayah/{KABUPATEN}?program=health&indikator=F01"))


def test_the_nation_and_a_province_use_the_same_page(nation):
    assert set(heat(text(nation.get("/rapor/?program=stunting")))) == {"16", "76"}
    assert set(heat(text(nation.get(f"/rapor/wilayah/{PROVINCE}?program=stunting")))) == {"16.05", "16.71"}
    assert len(heat(text(nation.get(f"/rapor/wilayah/{KECAMATAN}?program=stunting")))) == 12
    assert text(nation.get("/rapor/indikator/S01")).count("/indikator/S01") > 1
    assert "Rapor" in text(nation.get(f"/rapor/wilayah/{PROVINCE}/indikator/S01"))
    assert nation.get(f"/rapor/wilayah/{VILLAGE}").url == f"/rapor/desa/{VILLAGE}"


def test_an_indicator_that_waits_says_for_what(nation):
    said = text(nation.get("/rapor/indikator/S33"))
    assert "Indikator ini belum dihitung: menunggu pendampingan dan rujukan." in said
    assert "Belum ada data untuk wilayah dan bulan ini." in text(nation.get("/rapor/indikator/W01"))


CLASSES = ("dasar", "berkembang", "mandiri", "berkelanjutan")


def classed(**villages):
    """Cells of D16 for villages of a class."""
    return {(code, f"D16.{name}"): (int(name == its), 1) for code, its in villages.items() for name in CLASSES}


def test_the_class_of_a_village_is_told_by_its_word(bare):
    seed.changed(classed(**{VILLAGE: "mandiri", seed.BESIDE: "dasar"}))
    officer = signed_in(person("family_office", KABUPATEN))
    said = text(officer.get(f"/rapor/desa/{VILLAGE}"))
    assert "<b>Mandiri</b>" in said
    assert "Kelas Kampung KB: Dasar" not in said
    assert "1 dari 2 desa" in said
    assert "<b>bukan</b>" in text(officer.get(f"/rapor/desa/{VILLAGE}/indikator/D16.dasar"))
    region = text(officer.get(f"/rapor/wilayah/{KABUPATEN}?program=data&indikator=D16.mandiri"))
    assert "</i>Mandiri</td>" in heat(region)[VILLAGE]
    assert "<b>1 dari 2 desa</b>" in region
    assert "Diagram corong" not in region
    lines = text(officer.get(f"/rapor/wilayah/{KABUPATEN}/ekspor.csv?program=data")).splitlines()
    assert [
        line.endswith(",Mandiri") for line in lines if line.startswith(f"{VILLAGE},") and "D16.mandiri" in line
    ] == [True]
    account = signed_in(person("family_office", KABUPATEN))
    account.cookies["bahasa"] = "en"
    assert "Mandiri" in text(account.get(f"/rapor/desa/{VILLAGE}"))


@pytest.mark.parametrize(
    "path",
    ["/rapor/desa/16.05.99.9999", "/rapor/desa/x", "/rapor/desa/16.05", "/rapor/wilayah/99", "/rapor/wilayah/16.05.99",
     "/rapor/?program=x", "/rapor/?periode=2019-01", "/rapor/indikator/X99", f"/rapor/desa/{VILLAGE}?periode=x",
     f"/rapor/desa/{VILLAGE}/indikator/x", "/rapor/ekspor.pdf", f"/rapor/wilayah/{KABUPATEN}/ekspor.html",
     "/indikator/X99", "/indikator/?program=x", "/indikator/?hanya=x", f"/rapor/wilayah/{KABUPATEN}/indikator/S99"],
)  # fmt: skip
def test_a_wrong_code_is_not_found(nation, path):
    text(nation.get(path), 404)


def test_before_the_first_run_every_page_says_so(bare):
    account = signed_in(person("planner", KABUPATEN))
    assert "belum ada data" in text(account.get(f"/rapor/desa/{VILLAGE}"))
    said = text(account.get(f"/rapor/wilayah/{KABUPATEN}"))
    assert "Belum ada angka Kabupaten Musi Rawas yang dihitung" in said
    assert f'href="/rapor/desa/{VILLAGE}"' in said
    assert 'href="/rapor/wilayah/16"' in text(account.get("/rapor/"))
    assert "Belum ada data untuk" in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/F03"))
    assert account.get(f"/rapor/wilayah/{KABUPATEN}/ekspor.csv").content.count(b"\r\n") == 1


def test_an_empty_region_says_so(world):
    Place.objects.create(code="16.99", level=2, kind="kabupaten", name="Kabupaten Kosong", search_name="X",
                         parent_id="16", source="uji")  # fmt: skip
    account = signed_in(person("family_office", "16.99"))
    assert "belum ada data" in text(account.get("/rapor/wilayah/16.99"))


def test_a_run_of_one_kabupaten_says_nothing_of_the_nation(bare):
    seed.changed({(VILLAGE, "S01"): (10, 100)})
    account = signed_in(person("nation", ""))
    assert "10,0" in text(account.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting"))
    assert "sudah dihitung untuk Oktober 2026; belum ada wilayah lain" in text(
        account.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting")
    )
    assert "Belum ada angka Indonesia yang dihitung" in text(account.get("/rapor/?program=stunting"))


def test_counts_that_contradict_each_other_are_told(bare):
    seed.changed({(VILLAGE, "S01"): (12, 10), (VILLAGE, "S25"): (0, 0)})
    account = signed_in(person("family_office", KABUPATEN))
    said = text(account.get(f"/rapor/desa/{VILLAGE}"))
    assert said.count("angkanya bertentangan") == 1


def test_a_figure_by_which_nothing_is_better_is_higher_or_lower(bare):
    seed.changed({(VILLAGE, "F09.iud"): (90, 100), (seed.BESIDE, "F09.iud"): (10, 100)})
    account = signed_in(person("family_office", KABUPATEN))
    assert "lebih tinggi" in text(account.get(f"/rapor/desa/{VILLAGE}/indikator/F09.iud"))


def test_a_village_without_comparison_is_better_than_all_where_none_is_worse(bare):
    seed.changed({(VILLAGE, "S01"): (5, 100), (seed.BESIDE, "S01"): (60, 100)})
    account = signed_in(person("family_office", KABUPATEN))
    said = text(account.get(f"/rapor/desa/{VILLAGE}"))
    assert "1 jelas lebih baik dan tidak ada yang jelas lebih buruk daripada Kecamatan Tugumulyo." in said


def test_a_kabupaten_of_250_villages_asks_the_database_no_oftener(bare):
    few = asked(signed_in(person("family_office", "76.05")), "76.05")
    Place.objects.bulk_create(
        Place(code=f"76.05.03.{3000 + n}", level=4, kind="desa", name=f"Desa {n}", search_name=f"DESA {n}",
              parent_id="76.05.03", source="uji") for n in range(245)
    )  # fmt: skip
    seed.stored(seed.rolled_up(seed.village_rows(NOW)))
    many = signed_in(person("family_office", "76.05"))
    assert asked(many, "76.05") <= few + 6
    said = text(many.get("/rapor/wilayah/76.05?program=stunting"))
    assert len(heat(said)) == 250


def asked(client, code):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        text(client.get(f"/rapor/wilayah/{code}?program=stunting"))
    return len(caught)


def test_nobody_sees_anything_before_signing_in(client, world):
    for path in ("/rapor/", f"/rapor/desa/{VILLAGE}", f"/rapor/wilayah/{KABUPATEN}", "/rapor/indikator/S01"):
        assert "/masuk/" in client.get(path).url


def test_the_way_stands_in_the_menu_of_every_role(world):
    for role, region in (("working_group", VILLAGE), ("auditor", KABUPATEN), ("nation", "")):
        assert 'href="/rapor/"' in text(signed_in(person(role, region)).get("/rapor/"))


def test_another_village_is_not_found(officer):
    text(officer.get(f"/rapor/desa/{FAR}"), 404)
    text(officer.get("/rapor/wilayah/16.05.02"), 404)
    assert "hanya untuk petugas wilayahnya" in text(officer.get("/rapor/wilayah/76.05"))


def test_long_lists_of_villages_are_folded(bare):
    Place.objects.bulk_create(
        Place(code=f"76.05.03.{3000 + n}", level=4, kind="desa", name=f"Desa {n}", search_name=f"DESA {n}",
              parent_id="76.05.03", source="uji") for n in range(60)
    )  # fmt: skip
    office = signed_in(person("family_office", "76.05"))
    said = text(office.get("/rapor/wilayah/76.05"))
    assert "65 wilayah</summary>" in said
    assert said.count('href="/rapor/desa/76.05.03.3') == 60
    seed.stored(seed.rolled_up(seed.village_rows(NOW)))
    said = text(office.get("/rapor/wilayah/76.05?program=stunting"))
    assert "15 wilayah selanjutnya</summary>" in said
    assert said.count('<svg class="interval"') == 65
    assert "selanjutnya" not in text(signed_in(person("family_office", KABUPATEN)).get(
        f"/rapor/wilayah/{KABUPATEN}?program=stunting"))  # fmt: skip

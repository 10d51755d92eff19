"""The pages as a cadre, officers and planners open them."""

import json
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from balai.base import months
from balai.indicators.models import Value
from balai.regions.models import Place
from tests.people import person, signed_in
from tests.scorecards import seed
from tests.scorecards.seed import FAR, KABUPATEN, KECAMATAN, NOW, PROVINCE, VILLAGE

pytestmark = pytest.mark.django_db


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def heat(said):
    """Code of a place to the cells of its row."""
    body = said.partition('<table class="heat">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return {
        row.split('"')[1].rpartition("/")[2]: row.partition("</th>")[2]
        for row in body.split('<tr><th scope="row"><a href=')[1:]
    }


def test_a_village_shows_its_eight_programmes(officer):
    said = text(officer.get(f"/rapor/desa/{VILLAGE}"))
    assert "Rapor Desa Surodadi" in said
    assert said.count('<section aria-labelledby="p-') == 8
    assert "untuk Oktober 2026" in said
    assert "jelas lebih buruk daripada Kecamatan Tugumulyo, di antaranya:" in said
    assert "menunggu: pendampingan dan rujukan" in said
    assert "belum ada data" in said


def test_a_share_carries_its_counts_interval_and_comparison(officer):
    said = text(officer.get(f"/rapor/desa/{VILLAGE}/indikator/F03"))
    n, d = Value.objects.values_list("n", "d").get(region=VILLAGE, period=NOW, code="F03")
    assert f"{n} / {d}" in said
    assert "sedikit: baca rentangnya" not in said or d < 30
    assert "Kecamatan Tugumulyo" in said
    assert "Indonesia" in said
    assert "April 2026" in said
    assert "Disusutkan ke arah rata-rata" in said


def test_a_kabupaten_shows_its_villages_side_by_side(office):
    said = text(office.get(f"/rapor/wilayah/{KABUPATEN}?program=stunting"))
    assert len(heat(said)) == 20
    assert "Diagram corong" in said
    assert "Disusutkan" in said


def test_the_nation_and_a_province_use_the_same_page(nation):
    assert set(heat(text(nation.get("/rapor/?program=stunting")))) == {"16", "76"}
    assert set(heat(text(nation.get(f"/rapor/wilayah/{PROVINCE}?program=stunting")))) == {"16.05", "16.71"}
    assert len(heat(text(nation.get(f"/rapor/wilayah/{KECAMATAN}")))) == 12
    assert text(nation.get("/rapor/indikator/S01")).count("/indikator/S01") > 2
    assert "Rapor" in text(nation.get(f"/rapor/wilayah/{PROVINCE}/indikator/S01"))

"""The lists as files: what is seen, and nothing that a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from balai.regions.models import Place
from tests.reports import seed


def test_csv_holds_what_is_seen(client, world):
    response = client.get("/wilayah/16.05/ekspor.csv?saring=kalibening&periode=2025-11")
    assert response.headers["Content-Disposition"] == 'attachment; filename="balai-16.05-2025-11-balai-2026.csv"'
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["Desa/kelurahan", "Kalibening", "Kalibening"]
    assert len(rows[1]) == 19


def test_xlsx_holds_text_and_numbers(client, world):
    content = client.get("/wilayah/16.05/ekspor.xlsx?aturan=portal-2023").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 21
    assert rows[1][0] == "16.05.01.2002"
    assert isinstance(rows[1][7], float)


@pytest.mark.parametrize("path", ["/ekspor.csv", "/wilayah/16/ekspor.xlsx"])
def test_larger_regions_export_their_rows(client, world, path):
    assert client.get(path).status_code == 200


def test_a_village_has_no_rows_of_its_own_and_leads_to_its_page(client, world):
    response = client.get(f"/wilayah/{seed.MAIN}/ekspor.csv")
    assert response.headers["Location"] == f"/desa/{seed.MAIN}"


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_names_that_look_like_formulas_stay_text(client, world, start):
    Place.objects.filter(pk=seed.MAIN).update(name=start + 'HYPERLINK("x")')
    text = client.get("/wilayah/16.05/ekspor.csv").content.decode("utf-8-sig")
    row = list(csv.reader(StringIO(text, newline="")))[1]
    assert row[1].startswith("'")
    content = client.get("/wilayah/16.05/ekspor.xlsx").content
    assert b"<f>" not in content
    cell = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[1][1]
    assert cell.lstrip().lstrip("'").endswith('HYPERLINK("x")')

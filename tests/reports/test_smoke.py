import pytest

from tests.reports import seed

PAGES = [
    "/",
    "/wilayah/16",
    "/wilayah/16.05",
    "/wilayah/16.05.01",
    "/cari?q=surodadi",
    "/aturan",
    "/aturan/balai-2026",
    "/aturan/portal-2023?wilayah=16",
    "/tentang-data",
    f"/desa/{seed.MAIN}",
    f"/desa/{seed.UNFORMED}",
    f"/desa/{seed.SILENT}",
    f"/desa/{seed.TWICE}",
    f"/desa/{seed.UNKNOWN}",
    f"/desa/{seed.MAIN}/andaikan?pokja=0",
]


@pytest.mark.parametrize("page", PAGES)
def test_page(client, world, page):
    response = client.get(page)
    assert response.status_code == 200, response.content.decode()[:2000]

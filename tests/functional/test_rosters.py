"""An import in a real browser: the officer sends a list, corrects two rows, applies, undoes and redoes it."""

import pytest
from playwright.sync_api import expect

from balai.base.workbooks import read_sheets
from tests.families import register
from tests.families.register import HERE
from tests.jobs import run_jobs
from tests.looks import DESK, PHONE
from tests.people import actor, person
from tests.reports import seed
from tests.rosters import lists

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(transactional_db):
    register.places(seed.places())
    return person("field_officer", HERE)


def spoilt(path):
    """The real sample with two rows that cannot be, a NIK with a letter and a day that is not in the calendar; and that
    NIK as it was."""
    with read_sheets(path) as sheets:
        (rows,) = [[list(row.cells) for row in sheet.rows] for sheet in sheets]
    nik = rows[1][6]
    rows[1][6] = nik.replace("0", "O", 1)
    rows[4][9] = "1995-02-31"
    return lists.xlsx(rows[1:], rows[0]), nik


def sent(page, address, content):
    page.goto(f"{address}/keluarga/desa/{HERE}")
    page.get_by_role("link", name="Impor daftar penduduk").click()
    page.get_by_label("Berkas XLSX, XLS, atau CSV").set_input_files(
        {"name": "penduduk.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_text("sedang dibaca")).to_be_visible()
    run_jobs()
    page.reload()


def mend(page, label, value):
    """The first refused row."""
    page.locator("a.v-refused").click()
    page.locator("table.roster a").first.click()
    page.get_by_label(label, exact=False).first.fill(value)
    page.get_by_role("button", name="Simpan dan periksa lagi").click()
    expect(page.get_by_role("status")).to_contain_text("Baru")
    page.get_by_role("link", name="Kembali ke hasil").click()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_sample_goes_in_is_undone_and_redone(sit, officer, shared_data, size):
    content, nik = spoilt(shared_data / "foreign" / "opensid" / "contoh_penduduk_sanitised.xlsx")
    here = sit(officer, *size)
    page = here.page
    sent(page, here.address, content)
    expect(page.get_by_role("status")).to_contain_text("97 orang dalam daftar ini")
    expect(page.get_by_role("link", name="Ditolak 2")).to_be_visible()
    assert here.overflows() == 0
    assert here.axe() == []
    mend(page, "NIK", nik)
    mend(page, "Tanggal lahir", "07-06-1995")
    assert here.axe() == []
    page.get_by_role("button", name="Terapkan 97 baris").click()
    expect(page.get_by_text("sedang diterapkan")).to_be_visible()
    run_jobs()
    page.reload()
    by = actor(officer)
    assert lists.register(by) == (37, 97)
    page.get_by_role("button", name="Urungkan seluruh impor").click()
    run_jobs()
    page.reload()
    assert lists.register(by) == (0, 0)
    page.get_by_role("button", name="Ulangi: terapkan 97 baris").click()
    run_jobs()
    page.reload()
    assert lists.register(by) == (37, 97)
    assert here.complaints == []
    assert here.strangers == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/impor/", f"/impor/desa/{HERE}"])
def test_the_pages_of_an_import_are_clean(sit, officer, path, scheme):
    here = sit(officer, *PHONE, scheme=scheme).open(path)
    assert here.axe() == []
    assert here.overflows() == 0
    assert here.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_families_without_rt_are_placed_on_a_phone(sit, transactional_db, scheme):
    register.places(seed.places())
    register.family(HERE, people=[register.head("Budi Santoso")], address="Jl. Mawar, RT 9")
    here = sit(person("cadre", HERE), *PHONE, scheme=scheme).open(f"/impor/desa/{HERE}/tanpa-rt")
    assert (here.axe(), here.overflows()) == ([], 0)
    here.page.get_by_role("checkbox", name="Budi Santoso").check()
    here.page.get_by_role("button", name="Tempatkan").click()
    expect(here.page.get_by_role("status")).to_contain_text("1 keluarga baru saja ditempatkan.")
    assert (here.axe(), here.overflows(), here.complaints) == ([], 0, [])

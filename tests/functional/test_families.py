"""The register in a real browser: a kader enters a family on a phone, an officer looks for a number and opens it."""

import re

import pytest
from playwright.sync_api import expect

from balai.access.models import acting
from balai.families.models import Family
from tests.families import register
from tests.families.register import FAR, HERE, KECAMATAN
from tests.looks import LOOKS, PHONE
from tests.people import person
from tests.reports import seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def village(transactional_db):
    return register.places(seed.places())


def enter(page, number, card):
    """Fills in a mother and her child as a kader would, thumb on the glass."""
    page.get_by_label("RT, RW, atau dusun").select_option("Surodadi, RT 1")
    page.get_by_label("Alamat").fill("Gang Mawar 3")
    page.get_by_label("Nomor KK").fill(card)
    first = page.locator("#orang-1")
    first.get_by_label("Nama").fill("Siti Aminah")
    first.get_by_label("Perempuan").check()
    first.get_by_label("Tanggal lahir").fill("1990-04-05")
    first.get_by_label("NIK").fill(number)
    page.get_by_role("button", name="Tambah satu orang lagi").click()
    second = page.locator("#orang-2")
    expect(second).to_be_in_viewport()
    second.get_by_label("Nama").fill("Raka 2")
    second.get_by_label("Laki-laki").check()
    second.get_by_label("Hubungan").select_option("Anak")
    page.get_by_role("button", name="Simpan keluarga").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_kader_enters_a_family_on_a_phone(sit, village, script):
    number, card = register.nik(), register.nik()
    here = sit(person("cadre", HERE), *PHONE, java_script_enabled=script).open("/keluarga/")
    page = here.page
    page.get_by_role("link", name="Surodadi").click()
    page.get_by_role("link", name="Tambah keluarga").click()
    enter(page, number, card)
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    expect(page.locator("#orang-2")).to_contain_text("Nama hanya berisi huruf")
    expect(page.locator("#orang-1").get_by_label("Nama")).to_have_value("Siti Aminah")
    page.locator("#orang-2").get_by_label("Nama").fill("Raka")
    page.get_by_role("button", name="Simpan keluarga").click()
    expect(page.locator("h1")).to_have_text("Keluarga Siti Aminah")
    expect(page.locator("main")).to_contain_text("•••• •••• •••• " + number[-4:])
    assert number not in page.content().replace(" ", "")
    assert number not in page.url
    with acting(register.BY):
        assert Family.objects.get().people.count() == 2


def test_an_officer_finds_a_number_opens_it_with_a_reason_and_is_seen(sit, village):
    number = register.nik()
    row = register.family(people=[register.head(nik=number), register.child()], card=register.nik())
    page = sit(person("field_officer", KECAMATAN, name="Ibu Petugas"), *PHONE).open("/keluarga/").page
    page.get_by_role("textbox", name="Nomor").fill(number)
    page.get_by_role("button", name="Cari nomor").click()
    page.get_by_role("link", name="Siti Rahmawati").click()
    assert page.url.endswith(f"/keluarga/{row.pk}")
    page.get_by_text("Lihat NIK lengkap").click()
    reason = page.locator("section[aria-labelledby=orang]").get_by_label("Untuk apa")
    reason.fill("cek")
    page.locator("section[aria-labelledby=orang]").get_by_role("button", name="Perlihatkan").click()
    expect(reason).to_be_visible()
    expect(reason).to_have_value("cek")
    expect(page.locator("section[aria-labelledby=orang]")).to_contain_text("sedikitnya 10 huruf")
    reason.fill("pemadanan data bantuan sosial")
    page.locator("section[aria-labelledby=orang]").get_by_role("button", name="Perlihatkan").click()
    expect(page.locator("section[aria-labelledby=orang] .number").first).to_have_text(
        " ".join(number[start : start + 4] for start in (0, 4, 8, 12))
    )
    page.reload()
    expect(page.locator("section[aria-labelledby=lihat]")).to_contain_text(
        "(Ibu Petugas) membuka nomor lengkap: “pemadanan data bantuan sosial”"
    )


def test_a_family_is_found_by_name_without_its_name_in_the_address(sit, village):
    register.family()
    page = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/desa/{HERE}").page
    page.get_by_label("Nama atau alamat").fill("rahma")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.locator("tbody")).to_contain_text("Siti Rahmawati")
    assert page.url.endswith(f"/keluarga/desa/{HERE}")


def test_a_list_narrows_while_one_types_and_keeps_its_order_in_the_address(sit, village):
    register.family()
    register.family(people=[register.head(name="Budi Santoso")])
    page = sit(person("cadre", HERE), *PHONE).open(f"/keluarga/desa/{HERE}").page
    page.get_by_label("Nama atau alamat").press_sequentially("rahma")
    expect(page.locator("#jumlah")).to_contain_text("1 keluarga yang nama atau alamatnya memuat")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("Siti Rahmawati")
    assert page.url.endswith(f"/keluarga/desa/{HERE}")
    page.get_by_label("Nama atau alamat").fill("")
    page.get_by_label("Urutkan").select_option("yang baru diubah dahulu")
    expect(page).to_have_url(re.compile(rf"/keluarga/desa/{HERE}\?urut=ubah$"))
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_label("Urutkan")).to_have_value("ubah")


def test_a_list_is_put_in_order_without_scripts(sit, village):
    register.family()
    page = sit(person("cadre", HERE), *PHONE, java_script_enabled=False).open(f"/keluarga/desa/{HERE}").page
    page.get_by_label("Urutkan").select_option("menurut RT")
    page.get_by_role("button", name="Cari", exact=True).click()
    assert page.url.endswith("?urut=rt")
    expect(page.get_by_label("Urutkan")).to_have_value("rt")


def pages(row, child):
    home, village = f"/keluarga/{row.pk}", f"/keluarga/desa/{HERE}"
    forms = (f"{home}/ubah", f"{home}/keluar", f"{home}/anggota", f"{home}/anggota/{child.pk}")
    return ("/keluarga/", village, f"{village}/tambah", "/keluarga/cari-nomor", home, *forms)


@pytest.mark.parametrize(("width", "height", "scheme"), LOOKS)
def test_every_page_of_the_register_is_clean(sit, village, width, height, scheme):
    number = register.nik()
    row = register.family(people=[register.head(nik=number), register.child()], card=register.nik(), invented=True)
    register.family(people=[register.head(name="Ani", nik=number)], address="Gang " + "panjang " * 20)
    register.family(FAR)
    with acting(register.BY):
        child = row.people.get(relation=3)
    here = sit(person("field_officer", KECAMATAN), width, height, scheme)
    found = {}
    for path in pages(row, child):
        here.complaints.clear()
        here.open(path)
        here.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        wrong = {"axe": here.axe(), "sideways": here.overflows(), "said": list(here.complaints), "low": low(here)}
        found[path] = {name: value for name, value in wrong.items() if value}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert here.strangers == []


def low(here):
    """What a thumb must hit in the register's pages and is lower than 48 pixels."""
    return here.page.evaluate(
        """() => [...document.querySelectorAll(
            'main button, main .target, main input:not([type=hidden]):not([type=radio]), main select, main summary'
        )].filter(one => one.offsetHeight && one.getBoundingClientRect().height < 47.5)
        .map(one => one.outerHTML.slice(0, 80))"""
    )


def test_a_form_that_is_wrong_is_clean_too(sit, village):
    here = sit(person("field_officer", KECAMATAN), *PHONE).open(f"/keluarga/desa/{HERE}/tambah")
    here.page.get_by_role("button", name="Simpan keluarga").click()
    expect(here.page.get_by_role("alert")).to_be_visible()
    assert here.axe() == []
    assert here.overflows() == 0


def test_a_family_page_prints(sit, village):
    row = register.family()
    page = sit(person("field_officer", KECAMATAN)).open(f"/keluarga/{row.pk}").page
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Tambah anggota").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_officer_assigns_many_families_at_once_and_takes_them_back(sit, village, scheme):
    register.family(address="Gang " + "panjang " * 20)
    register.family(people=[register.head(name="Ani")])
    companion = person("companion", HERE, name="Ibu Rini")
    here = sit(person("field_officer", KECAMATAN), *PHONE, scheme).open(f"/petugas/{companion.pk}")
    page = here.page
    page.get_by_role("link", name="Keluarga dampingan").click()
    page.get_by_label("Tempat").select_option("Surodadi")
    page.get_by_role("button", name="Cari", exact=True).click()
    assert (here.axe(), here.overflows()) == ([], 0)
    page.get_by_label("Siti Rahmawati").check()
    page.get_by_label("Ani").check()
    page.get_by_role("button", name="Tugaskan yang ditandai").click()
    expect(page.get_by_role("status")).to_contain_text("2 keluarga ditugaskan.")
    assert (here.axe(), here.overflows()) == ([], 0)
    page.get_by_role("button", name="Batalkan").click()
    expect(page.locator(".lead")).to_contain_text("Belum ada keluarga")
    assert page.url.endswith(f"/petugas/{companion.pk}/keluarga")
    assert here.complaints == []

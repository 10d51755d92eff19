"""The pages of facilities as different people open them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.facilities import actions
from balai.facilities.models import Facility
from tests.facilities.test_actions import facility
from tests.families.register import AT, BY, FAR, HERE, KECAMATAN
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = f"/fasilitas/desa/{HERE}"
FILE = "Jenis;Nama;Layanan;Jarak (km)\nSD;SDN 1;Sekolah;\nair bersih;=Sumur;;2,5\ntoko;X;;\n"


@pytest.fixture
def desk(places):
    return signed_in(person("village_editor", HERE))


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def sent(client, content=FILE, name="daftar.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(f"/fasilitas/desa/{HERE}/impor", {"berkas": SimpleUploadedFile(name, content)})


def signed(page):
    return re.search(r'name="rows" value="([^"]+)"', page)[1]


def test_anybody_reads_what_serves_a_village_and_what_is_missing(client, places):
    assert "Belum ada fasilitas yang tercatat" in text(client.get(PAGE))
    facility(services=("weighing",), address="Gang 2", source="SK desa")
    facility(kind="puskesmas", name="Puskesmas Tugumulyo", outside=True, travel_km=4.5, travel_minutes=15)
    gone = facility(kind="water", name="Sumur Lama")
    actions.close_facility(by=BY, at=AT, facility=gone, on=AT.date(), reason="closed")
    said = text(client.get(PAGE))
    parts = ("1 fasilitas di dalam desa dan 1 di luar", "Penimbangan dan pengukuran balita", "4,5 km", "15 menit")
    for part in (*parts, "belum ada air bersih tercatat", "Sumur Lama", "Tidak melayani lagi", "layanan belum diisi"):
        assert part in said
    assert "belum ada posyandu tercatat" not in said
    assert "Tambah fasilitas" not in said
    assert client.get("/fasilitas/desa/16.05.01.9999").status_code == 404


def test_the_list_is_a_file_that_may_be_mended_and_sent_in_again(client, desk):
    facility(services=("weighing", "immunisation"), name="=Posyandu", latitude=-3.05, longitude=102.95)
    said = text(client.get(f"/fasilitas/desa/{HERE}/ekspor.csv"))
    assert "'=Posyandu" in said
    assert "Penimbangan dan pengukuran balita; Imunisasi" in said
    workbook = client.get(f"/fasilitas/desa/{HERE}/ekspor.xlsx").content
    assert "Tidak ada yang perlu diterapkan" in text(sent(desk, workbook, "daftar.xlsx"))
    assert client.get(f"/fasilitas/desa/{HERE}/ekspor.pdf").status_code == 404


def test_an_editor_adds_corrects_closes_and_opens_again(desk):
    said = text(desk.post(f"/fasilitas/desa/{HERE}/tambah", {"kind": "", "name": "Melati", "region": HERE}), 422)
    assert "Belum tersimpan" in said
    assert 'value="Melati"' in said
    given = {"kind": "posyandu", "name": "Melati", "region": HERE, "services": ["weighing"], "travel_km": "1,5"}
    assert "Tandai bahwa letaknya di luar" in text(desk.post(f"/fasilitas/desa/{HERE}/tambah", given), 422)
    assert desk.post(f"/fasilitas/desa/{HERE}/tambah", given | {"outside": "on"}).status_code == 302
    row = Facility.objects.get()
    assert (row.travel_km, row.outside, row.services) == (1.5, True, ["weighing"])
    assert "Betulkan" in text(desk.get(PAGE))
    assert "sudah tercatat di desa ini" in text(
        desk.post(f"/fasilitas/desa/{HERE}/tambah", given | {"outside": "on"}), 422
    )
    assert 'value="Melati"' in text(desk.get(f"/fasilitas/{row.pk}/ubah"))
    assert desk.post(f"/fasilitas/{row.pk}/ubah", {"kind": "nope"}).status_code == 422
    assert desk.post(f"/fasilitas/{row.pk}/ubah", given | {"name": "Mawar", "travel_km": ""}).status_code == 302
    assert Facility.objects.get().name == "Mawar"
    text(desk.get(f"/fasilitas/{row.pk}/tutup"))
    assert "Tulis tanggal" in text(desk.post(f"/fasilitas/{row.pk}/tutup", {"on": "x", "reason": "closed"}), 422)
    assert desk.post(f"/fasilitas/{row.pk}/tutup", {"on": "2026-11-01", "reason": "closed"}).status_code == 302
    assert desk.post(f"/fasilitas/{row.pk}/tutup", {"on": "2026-11-01", "reason": "closed"}).status_code == 422
    assert "Buka lagi" in text(desk.get(PAGE))
    assert desk.post(f"/fasilitas/{row.pk}/buka-lagi").status_code == 302
    assert Facility.objects.open_now().count() == 1


def test_the_places_below_the_village_are_offered(desk):
    assert "Surodadi, RT 1" in text(desk.get(f"/fasilitas/desa/{HERE}/tambah"))
    other = signed_in(person("field_officer", KECAMATAN))
    assert 'type="hidden" name="region"' in text(other.get("/fasilitas/desa/16.05.01.2003/tambah"))


def test_a_village_of_others_is_not_found(desk):
    row = facility(region=FAR)
    for path in (f"/fasilitas/desa/{FAR}/tambah", f"/fasilitas/{row.pk}/ubah", f"/fasilitas/desa/{FAR}/impor"):
        assert desk.get(path).status_code == 404
    assert signed_in(person("cadre", HERE)).get(f"/fasilitas/desa/{HERE}/tambah").status_code == 403


def test_a_file_is_looked_at_first_and_then_applied(desk):
    text(desk.get(f"/fasilitas/desa/{HERE}/impor"))
    facility(kind="primary", name="SDN 1", services=("early_years",), outside=True)
    said = text(sent(desk))
    for part in ("Belum ada yang berubah", "Layanan: Pendidikan anak usia dini → Sekolah", "Di luar desa: ya → tidak",
                 "Jenis: Pilih jenis fasilitas.", "=Sumur"):  # fmt: skip
        assert part in said
    assert Facility.objects.count() == 1
    applied = desk.post(f"/fasilitas/desa/{HERE}/impor/terapkan", {"rows": signed(said)})
    assert "sudah tersimpan" in text(applied)
    assert set(Facility.objects.values_list("name", "travel_km")) == {("SDN 1", None), ("=Sumur", 2.5)}
    assert "Tidak ada yang perlu diterapkan" in text(sent(desk))


def test_a_changed_kind_and_empty_cells_are_told(desk):
    facility(kind="water", name="Sumur", address="Gang 3", latitude=-3.0, longitude=103.0)
    said = text(sent(desk, "Jenis;Nama;Alamat\nwater;Sumur;\n"))
    assert "Alamat: Gang 3 → belum diisi" in said


def test_what_was_looked_at_is_ones_own_and_for_an_hour(desk):
    rows = signed(text(sent(desk)))
    other = signed_in(person("village_editor", HERE))
    assert "bukan milik Anda" in text(other.post(f"/fasilitas/desa/{HERE}/impor/terapkan", {"rows": rows}), 422)
    assert Facility.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (FILE, "daftar.pdf", "Hanya berkas XLSX atau CSV"),
        ("Jenis;Nama\n", "a.csv", "belum berisi fasilitas"),
        ("Jenis;Alamat\nSD;x\n", "a.csv", "Kolom “Nama” tidak ada"),
        ("Jenis;Nama\n" + "SD;x\n" * 2001, "a.csv", "paling banyak 2.000"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_why(desk, content, name, said):
    assert said in text(sent(desk, content, name), 422)


def test_no_file_is_said_too(desk):
    assert "Pilih dahulu" in text(desk.post(f"/fasilitas/desa/{HERE}/impor"), 422)


def test_the_public_page_and_the_register_lead_here(client, places):
    assert PAGE in text(client.get(f"/desa/{HERE}"))
    officer = signed_in(person("field_officer", KECAMATAN))
    assert PAGE in text(officer.get(f"/keluarga/desa/{HERE}"))

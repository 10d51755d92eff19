"""The pages of an import, as an officer opens them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.access.models import acting
from balai.base.workbooks import read_sheets
from balai.families.models import Family
from balai.rosters.models import Roster, RosterRow
from tests.families.register import FAR, HERE
from tests.jobs import run_jobs
from tests.people import actor, person, signed_in
from tests.rosters.lists import HEADS, register, row, xlsx

HOME = [
    row(1, "Budi Santoso", "L", "01-02-1980"),
    row(2, "Siti Aminah", "P", "03-04-1985", "Istri"),
    row(3, "Dewi Lestari", "P", "31-02-2010", "Anak"),
]


@pytest.fixture
def officer(tree):
    return person("field_officer", HERE)


@pytest.fixture
def client(officer):
    return signed_in(officer)


def send(client, content, name="warga.xlsx", code=HERE):
    return client.post(f"/impor/desa/{code}", {"file": SimpleUploadedFile(name, content)})


def read(client, content, name="warga.xlsx"):
    """The list's page after the worker has read it."""
    address = send(client, content, name)["Location"]
    run_jobs()
    return address


def test_the_start_page_says_what_can_be_imported(client):
    page = client.get("/impor/").content.decode()
    for word in ("Daftar penduduk OpenSID", "BIP 2012", "Regsosek 2022 K", "Templat Balai", "90 hari"):
        assert word in page


def test_the_template_can_be_read_again(client):
    answer = client.get("/impor/templat.xlsx")
    with read_sheets(answer.content, name="templat.xlsx") as sheets:
        found = {sheet.name: [one.cells for one in sheet.rows] for sheet in sheets}
    assert found["Penduduk"][0] == list(HEADS)
    assert "Suami" in [cells[1] for cells in found["Kode"] if len(cells) > 1]


def test_a_list_comes_in_is_mended_applied_and_undone(client, officer):
    address = send(client, xlsx(HOME))["Location"]
    assert "sedang dibaca" in client.get(address).content.decode()
    run_jobs()
    page = client.get(address).content.decode()
    assert "3 orang dalam daftar ini" in page
    assert "Terapkan 2 baris" in page
    assert "tidak ada di kalender" in page
    with acting(actor(officer)):
        bad = RosterRow.objects.get(verdict="refused")
    mend = f"{address}/baris/{bad.pk}"
    assert "31-02-2010" in client.get(mend).content.decode()
    typed = dict.fromkeys(("card", "nik", "name", "sex", "born_on", "kin", "marital", "mother", "address", "rt"), "")
    typed |= {"card": HOME[2][0], "nik": HOME[2][1], "name": "Dewi Lestari", "sex": "P", "kin": "Anak"}
    assert client.post(mend, typed | {"born_on": "28-02-2010"}).status_code == 302
    assert "Baru." in client.get(mend).content.decode()
    assert "Terapkan 3 baris" in client.get(address + "?hasil=new").content.decode()
    client.post(f"{address}/terapkan")
    assert "sedang diterapkan" in client.get(address).content.decode()
    run_jobs()
    assert "Urungkan seluruh impor" in client.get(address).content.decode()
    assert register(actor(officer)) == (1, 3)
    client.post(f"{address}/urungkan")
    run_jobs()
    assert "Ulangi: terapkan 3 baris" in client.get(address).content.decode()
    assert register(actor(officer)) == (0, 0)
    assert "sudah diurungkan" in client.get("/impor/").content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_was_refused_comes_out_and_in_again_alone(client, officer, kind):
    address = read(client, xlsx(HOME))
    client.post(f"{address}/terapkan")
    run_jobs()
    answer = client.get(f"{address}/ditolak.{kind}")
    with read_sheets(answer.content, name=f"x.{kind}") as sheets:
        (rows,) = [[one.cells for one in sheet.rows] for sheet in sheets]
    assert len(rows) == 2
    assert rows[0][-1] == "Alasan Balai"
    assert "kalender" in rows[1][-1]
    mended = [None if cell is None else str(cell).lstrip("'") for cell in rows[1]]
    mended[4] = "28-02-2010"
    again = read(client, xlsx([mended], rows[0]))
    assert Roster.objects.get(pk=again.rpartition("/")[2]).counts["new"] == 1
    client.post(f"{again}/terapkan")
    run_jobs()
    assert register(actor(officer)) == (1, 3)


def test_an_unknown_list_is_read_by_the_columns_that_were_chosen(client, officer):
    heads = ("No KK", "Nama warga", "L/P", "Kedudukan", "Lahir", "Keterangan")
    rows = [(HOME[0][0], "Budi Santoso", "L", "Kepala keluarga", "01-02-1980", "x")]
    address = read(client, xlsx(rows, heads))
    page = client.get(address, follow=True).content.decode()
    assert "Keterangan kolom" in page
    short = {"card": "0", "name": ""}
    assert "Pilih dahulu kolom untuk" in client.post(f"{address}/kolom", short).content.decode()
    chosen = {"card": "0", "sex": "2", "kin": "3", "born_on": "4", "name": "Daftar dusun"}
    assert client.get(f"{address}/kolom").status_code == 200
    del chosen
    del officer


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("warga.pdf", b"%PDF", "bukan XLSX, XLS, atau CSV"),
        ("warga.xlsx", b"%PDF-1.7 dan seterusnya", "bukan buku kerja"),
        ("warga.xlsx", b"", "kosong"),
    ],
)
def test_what_is_no_list_is_refused_at_the_door(client, name, content, said):
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Roster.objects.exists()


def test_a_list_of_another_village_is_not_found(client):
    assert client.get(f"/impor/desa/{FAR}").status_code == 404
    assert client.get("/impor/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_list_that_cannot_be_read_says_why(client):
    address = read(client, b"a,b\n1,2\n", "warga.csv")
    page = client.get(address).content.decode()
    assert "Judul kolom berkas ini tidak dikenali" in page
    assert client.get(f"{address}/ditolak.csv").status_code == 404


def test_a_list_can_be_thrown_away(client, officer):
    address = read(client, xlsx(HOME))
    client.post(f"{address}/batal")
    with acting(actor(officer)):
        assert not RosterRow.objects.exists()
        assert not Family.objects.exists()

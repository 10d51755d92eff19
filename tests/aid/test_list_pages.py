"""The pages of lists of others: brought, looked at, applied, decided about, taken away."""

import re
from datetime import date

import pytest

from balai.access.models import acting
from balai.aid.models import ListEntry, ListVersion
from balai.aid.rules import Line
from balai.families.models import IdentityNumber
from tests.aid.numbers import CHILD, HEAD, UNKNOWN
from tests.aid.test_listing import bring
from tests.aid.test_pages import applied, last, sent, text
from tests.families import register
from tests.families.register import BY, KABUPATEN, KECAMATAN
from tests.jobs import run_jobs
from tests.people import person, signed_in
from tests.privacy.planted import dump

pytestmark = pytest.mark.django_db
LIST = {"kind": "p3ke", "edition": "2024", "dated_on": "2024-06-01", "region": KABUPATEN, "source": "Bappeda, surat 12"}


def test_a_list_is_brought_looked_at_and_applied(office_desk, row):
    assert "Belum ada daftar" in text(office_desk.get("/daftar-lain/"))
    assert "Kabupaten Musi Rawas" in text(office_desk.get("/daftar-lain/bawa"))
    content = f"No KK;NIK;Nama;Tgl Lahir;Desil\n;{CHILD};;;2\n;;Sitti Rahmawati;17-05-1984;1\n;{UNKNOWN};;;3\n;;A;;x\n"
    response = sent(office_desk, "/daftar-lain/bawa", content, **LIST)
    assert response.status_code == 302
    version = ListVersion.objects.get()
    waiting = text(office_desk.get(f"/daftar-lain/{version.pk}"))
    assert "Daftar ini sedang dicocokkan. Halaman ini boleh ditinggalkan" in waiting
    assert "0 dari 4 baris" in waiting
    assert "sedang dicocokkan" in text(office_desk.get("/daftar-lain/"))
    assert office_desk.post(f"/daftar-lain/{version.pk}/terapkan").status_code == 409
    run_jobs()
    said = re.sub(r"<[^>]+>", " ", text(office_desk.get(f"/daftar-lain/{version.pk}")))
    assert "Belum diterapkan" in said
    assert "Cocokkan 1 usulan" in said
    assert UNKNOWN not in said
    assert "Belum ada daftar dari instansi lain" in text(office_desk.get(f"/keluarga/{row.pk}"))
    assert office_desk.post(f"/daftar-lain/{version.pk}/terapkan").status_code == 302
    assert office_desk.post(f"/daftar-lain/{version.pk}/terapkan").status_code == 409
    assert "diterapkan" in text(office_desk.get("/daftar-lain/"))
    assert "menurut P3KE 2024" in text(office_desk.get(f"/keluarga/{row.pk}"))


def test_what_is_wrong_with_a_list_is_said_beside_the_field(office_desk, row):
    content = f"NIK;Desil\n{HEAD};2\n"
    assert "Tanggal ini belum terjadi" in text(
        sent(office_desk, "/daftar-lain/bawa", content, **LIST | {"dated_on": "2999-01-01"}), 422
    )
    assert "Tidak ada kolom NIK" in text(sent(office_desk, "/daftar-lain/bawa", "a;b\n1;2\n", **LIST), 422)
    sent(office_desk, "/daftar-lain/bawa", content, **LIST)
    run_jobs()
    office_desk.post(f"/daftar-lain/{ListVersion.objects.get().pk}/terapkan")
    said = text(sent(office_desk, "/daftar-lain/bawa", content, **LIST), 422)
    assert "sudah diterapkan sebagai daftar yang sama" in said
    assert "surat 12" in said


def test_proposals_are_decided_one_after_the_other(office_desk, row):
    other = register.family(people=[register.head("Bambang Sutejo", born_on=date(1970, 1, 2))])
    version = bring(
        Line(2, nik=UNKNOWN, name="Sitti Rahmawati", born_on=register.head().born_on, decile=1),
        Line(3, name="Bambang Soetedjo", born_on=date(1970, 1, 2), decile=2),
    )
    path = f"/daftar-lain/{version.pk}/cocokkan"
    said = text(office_desk.get(path))
    assert "2 usulan menunggu" in said
    assert "Sitti Rahmawati" in said
    assert last("list.desk").touched.count() == 2
    with acting(BY):
        first, second = ListEntry.objects.order_by("line")
    said = text(office_desk.post(path, {"baris": first.pk, "jawab": "ya"}))
    assert "Bambang Soetedjo" in said
    assert "Baris 2 sudah diputuskan" in said
    assert "Sitti Rahmawati" in text(office_desk.post(path, {"baris": first.pk, "jawab": "urung"}))
    office_desk.post(path, {"baris": first.pk, "jawab": "ya"})
    assert "Semua usulan sudah diputuskan" in text(office_desk.post(path, {"baris": second.pk, "jawab": "bukan"}))
    assert office_desk.post(path, {"baris": second.pk, "jawab": "ya"}).status_code == 409
    assert "Pilih “Sama”" in text(office_desk.post(path, {"baris": second.pk, "jawab": "entah"}), 422)
    assert office_desk.post(path, {"baris": "x", "jawab": "ya"}).status_code == 404
    with acting(BY):
        assert list(ListEntry.objects.order_by("line").values_list("state", "family")) == [
            ("by_person", row.pk), ("rejected", other.pk),
        ]  # fmt: skip


def test_more_is_looked_for_and_a_list_is_taken_away(office_desk, row):
    version = bring(Line(2, nik=UNKNOWN, decile=2))
    register.family(people=[register.head("Ani", nik=UNKNOWN)])
    assert "Cari lagi yang belum ditemukan" in text(office_desk.get(f"/daftar-lain/{version.pk}"))
    assert office_desk.post(f"/daftar-lain/{version.pk}/cocokkan-lagi").status_code == 302
    assert "sedang dicocokkan lagi" in text(office_desk.get(f"/daftar-lain/{version.pk}"))
    run_jobs()
    assert "Cari lagi" not in text(office_desk.get(f"/daftar-lain/{version.pk}"))
    assert office_desk.post(f"/daftar-lain/{version.pk}/terapkan").status_code == 302
    assert office_desk.post(f"/daftar-lain/{version.pk}/cabut").status_code == 302
    assert "dicabut" in text(office_desk.get("/daftar-lain/"))
    assert "sudah dicabut" in text(office_desk.get(f"/daftar-lain/{version.pk}"))


def test_the_front_line_reads_the_history_and_brings_nothing(desk, row):
    version = applied(Line(2, nik=HEAD, decile=2))
    assert "P3KE 2024" in text(desk.get("/daftar-lain/"))
    assert "Cabut daftar ini" not in text(desk.get(f"/daftar-lain/{version.pk}"))
    for path in ("/daftar-lain/bawa", f"/daftar-lain/{version.pk}/cocokkan"):
        assert desk.get(path).status_code == 403
    assert desk.post(f"/daftar-lain/{version.pk}/cabut").status_code == 403


def test_a_list_of_a_wider_region_is_not_for_an_office_inside_it(places):
    version = bring(Line(2, nik=UNKNOWN), region=KABUPATEN)
    social = signed_in(person("agency_officer", KECAMATAN, "social"))
    assert "Cabut daftar ini" not in text(social.get(f"/daftar-lain/{version.pk}"))
    assert social.post(f"/daftar-lain/{version.pk}/cabut").status_code == 404
    far = bring(Line(2, nik=UNKNOWN), region="76.05", sha256="b")
    assert social.get(f"/daftar-lain/{far.pk}").status_code == 404


def test_numbers_of_a_list_are_not_left_in_any_table(office_desk, row):
    sent(office_desk, "/daftar-lain/bawa", f"NIK;Desil\n{HEAD};2\n{UNKNOWN};3\n", **LIST)
    run_jobs()
    assert UNKNOWN not in dump()
    with acting(BY):
        assert IdentityNumber.objects.with_number("nik", HEAD).count() == 1

"""The desk as officers meet it, page by page."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.conf import settings as known
from django.test import Client
from django.utils import timezone

from balai.access.models import AuditEntry, AuditSubject, acting
from balai.families.models import Person
from balai.privacy import actions
from balai.privacy.models import Erased, Ledger, Request
from balai.privacy.rules import catalogue
from balai.privacy.views import desk
from tests import people
from tests.families import register
from tests.privacy import pdf_text, planted

LONG = "alasan yang cukup panjang"


@pytest.fixture
def account(places):
    return people.person("field_officer", register.KECAMATAN, name="Bu Ratna")


@pytest.fixture
def client(account):
    return people.signed_in(account)


@pytest.fixture
def second(places):
    return people.signed_in(people.person("field_officer", register.KECAMATAN, name="Pak Joko"))


@pytest.fixture
def siti(places):
    return planted.family()[1]


def take_in(client, person, kind="access", **more):
    answer = client.post(f"/hak-warga/baru/{person.pk}", {"jenis": kind, "bukti": "known", **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rpartition("/")[2]


def decide(client, page, decision="kabulkan", **more):
    return client.post(f"/hak-warga/{page}/putusan", {"putusan": decision, "alasan": LONG, **more})


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return " ".join(answer.content.decode().split())


def the_request():
    with acting(register.BY):
        return Request.objects.get()


def test_an_empty_desk_says_what_to_do(client):
    page = text(client.get("/hak-warga/"))
    assert "Tidak ada permintaan warga yang menunggu" in page
    assert "Belum pernah ada permintaan" in page


def test_somebody_is_found_by_name_and_the_name_stays_out_of_the_address(client, siti):
    assert "Siapa yang meminta?" in text(client.get("/hak-warga/baru"))
    page = text(client.post("/hak-warga/baru", {"nama": "aminah"}))
    assert f"/hak-warga/baru/{siti.pk}" in page
    assert AuditSubject.objects.filter(subject=siti.pk, entry__deed="request.search").exists()


def test_a_short_name_and_an_unknown_one_are_told(client, siti):
    page = text(client.post("/hak-warga/baru", {"nama": "Si"}), 422)
    assert "Ketik sedikitnya 3 huruf" in page
    assert 'value="Si"' in page
    assert "Tidak ada orang dengan nama itu" in text(client.post("/hak-warga/baru", {"nama": "Zubaidah"}))


def test_many_of_one_name_are_cut_and_said_so(client, siti, monkeypatch):
    planted.family()
    monkeypatch.setattr(desk, "FOUND", 1)
    assert "Masih ada yang lain" in text(client.post("/hak-warga/baru", {"nama": "aminah"}))


def test_a_person_out_of_scope_is_not_found(places, siti):
    far = people.signed_in(people.person("field_officer", register.OTHER_KECAMATAN))
    assert "Tidak ada orang dengan nama itu" in text(far.post("/hak-warga/baru", {"nama": "aminah"}))
    assert far.get(f"/hak-warga/baru/{siti.pk}").status_code == 404
    assert far.post(f"/hak-warga/baru/{siti.pk}", {}).status_code == 404


def test_a_request_is_taken_in_and_stands_on_the_desk(client, siti):
    assert "Simpan permintaan" in text(client.get(f"/hak-warga/baru/{siti.pk}"))
    page = take_in(client, siti, "correction", catatan="namanya salah")
    assert "namanya salah" in text(client.get(f"/hak-warga/{page}"))
    listed = text(client.get("/hak-warga/"))
    assert "1 permintaan warga menunggu jawaban, semuanya masih dalam batas" in listed
    assert "sisa 71 jam" in listed or "sisa 72 jam" in listed
    assert "Siti Aminah" in listed


def test_a_mistake_keeps_what_was_typed(client, siti):
    with acting(register.BY):
        child = Person.objects.get(relation=3)
    asked = text(client.get(f"/hak-warga/baru/{child.pk}"))
    assert "orang tua atau wali yang memintanya" in asked
    typed = {"jenis": "access", "bukti": "known", "catatan": "ingin salinan", "wali": "", "hubungan": "mother"}
    page = text(client.post(f"/hak-warga/baru/{child.pk}", typed), 422)
    assert "Untuk anak, tuliskan nama" in page
    assert "ingin salinan" in page
    assert 'value="mother" selected' in page
    assert 'value="known" required checked' in page


def test_who_is_late_stands_on_top_and_is_counted(client, account, siti):
    take_in(client, siti)
    with acting(register.BY):
        early = timezone.now() - timedelta(days=9)  # noqa: TID251  the page asks the clock too
        Request.objects.update(received_at=early, due_at=early + timedelta(hours=72))
    page = text(client.get("/hak-warga/"))
    assert "1 sudah lewat batas" in page
    assert "lewat batas</strong>" in page
    assert "Jawab sekarang" in text(client.get(f"/hak-warga/{the_request().pk}"))


def test_the_list_ends_and_says_so(client, siti, monkeypatch):
    take_in(client, siti)
    take_in(client, siti, "correction")
    monkeypatch.setattr(desk, "LISTED", 1)
    assert "daftar lengkap ada di CSV" in text(client.get("/hak-warga/"))


def test_access_is_granted_and_the_report_handed_over(client, siti):
    page = take_in(client, siti)
    assert client.post(f"/hak-warga/{page}/laporan", {"alasan_laporan": LONG}).status_code == 409
    assert decide(client, page).status_code == 302
    assert "Unduh PDF" in text(client.get(f"/hak-warga/{page}"))
    answer = client.post(f"/hak-warga/{page}/laporan", {"alasan_laporan": LONG, "bentuk": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert "aminah" not in answer["Content-Disposition"].lower()
    assert planted.NIK in pdf_text.text_of(answer.content)
    answer = client.post(f"/hak-warga/{page}/laporan", {"alasan_laporan": LONG, "bentuk": "json"})
    assert planted.NIK in json.dumps(json.loads(answer.content))
    assert the_request().state == "done"
    assert AuditEntry.objects.filter(deed="person.report").count() == 2


def test_a_report_without_a_reason_is_not_made(client, siti):
    page = take_in(client, siti)
    decide(client, page)
    assert "sedikitnya 10 huruf" in text(client.post(f"/hak-warga/{page}/laporan", {"alasan_laporan": "ya"}), 422)
    assert the_request().state == "granted"


def test_a_correction_is_carried_out_from_the_page(client, siti):
    page = take_in(client, siti, "correction")
    decide(client, page)
    facts = {"nama": "Siti Aminah Putri", "jenis_kelamin": "2", "hubungan": "1", "lahir": "1984-05-18", "nik": ""}
    wrong = text(client.post(f"/hak-warga/{page}/perbaiki", facts | {"lahir": "18 Mei"}), 422)
    assert "bukan tanggal" in wrong
    assert "Siti Aminah Putri" in wrong
    assert "tidak dikenal" in text(client.post(f"/hak-warga/{page}/perbaiki", facts | {"hubungan": "²"}), 422)
    assert client.post(f"/hak-warga/{page}/perbaiki", facts).status_code == 302
    with acting(register.BY):
        assert Person.objects.get(pk=siti.pk).name == "Siti Aminah Putri"
    assert the_request().state == "done"


def test_an_unknown_day_of_birth_may_stay_unknown(client, siti):
    page = take_in(client, siti, "correction")
    decide(client, page)
    facts = {"nama": "Siti Aminah", "jenis_kelamin": "2", "hubungan": "1", "lahir": ""}
    assert client.post(f"/hak-warga/{page}/perbaiki", facts).status_code == 302
    with acting(register.BY):
        assert Person.objects.get(pk=siti.pk).born_on is None


def test_a_restriction_is_in_force_at_once_and_lifted_again(client, siti):
    page = take_in(client, siti, "restriction")
    decide(client, page)
    with acting(register.BY):
        assert Person.objects.get(pk=siti.pk).restricted_at
    assert "Angkat pembatasan" in text(client.get(f"/hak-warga/{page}"))
    assert "sedikitnya 10" in text(client.post(f"/hak-warga/{page}/angkat", {"alasan_angkat": "ya"}), 422)
    assert client.post(f"/hak-warga/{page}/angkat", {"alasan_angkat": LONG}).status_code == 302
    with acting(register.BY):
        assert Person.objects.get(pk=siti.pk).restricted_at is None
    assert "Pembatasan diangkat" in text(client.get(f"/hak-warga/{page}"))


def test_an_erasure_needs_a_second_officer_and_a_tick(
    client, second, siti, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.ERASURE_LEDGER = tmp_path / "buku" / "erased.jsonl"
    page = take_in(client, siti, "erasure")
    assert "petugas lain" in text(client.get(f"/hak-warga/{page}"))
    assert "petugas lain" in text(decide(client, page, yakin="on"), 403)
    assert "tidak dapat dibatalkan" in text(decide(second, page), 422)
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(second, page, yakin="on").status_code == 302
    with acting(register.BY):
        assert not Person.objects.filter(pk=siti.pk).exists()
    assert [row.digest for row in Ledger(settings.ERASURE_LEDGER).rows()] == [Erased.objects.get().digest]
    assert "sudah dihapus" in text(second.get(f"/hak-warga/{page}"))
    letter = text(second.get(f"/hak-warga/{page}/surat"))
    assert "Nama Anda tidak disimpan lagi" in letter
    assert "Siti" not in letter


def test_a_decision_must_be_one_of_two_and_have_a_reason(client, siti):
    page = take_in(client, siti)
    assert "Pilih putusannya" in text(decide(client, page, "nanti"), 422)
    kept = text(client.post(f"/hak-warga/{page}/putusan", {"putusan": "tolak", "alasan": "ya"}), 422)
    assert 'value="tolak" required checked' in kept


def test_a_refusal_has_its_letter_with_the_reason(client, siti):
    page = take_in(client, siti)
    assert client.get(f"/hak-warga/{page}/surat").status_code == 409
    decide(client, page, "tolak")
    letter = text(client.get(f"/hak-warga/{page}/surat"))
    for said in ("Siti Aminah", LONG, "Ditolak", "Bu Ratna", "mengajukan keberatan"):
        assert said in letter
    assert AuditSubject.objects.filter(subject=siti.pk, entry__deed="request.letter").exists()


def test_the_person_takes_the_request_back(client, siti):
    page = take_in(client, siti)
    assert "sedikitnya 10" in text(client.post(f"/hak-warga/{page}/cabut", {"alasan_cabut": ""}), 422)
    assert client.post(f"/hak-warga/{page}/cabut", {"alasan_cabut": LONG}).status_code == 302
    assert "Dicabut pemohon" in text(client.get(f"/hak-warga/{page}"))


def test_who_sees_no_names_sees_the_desk_without_them(client, siti):
    page = take_in(client, siti, catatan="rahasia sekali")
    auditor = people.signed_in(people.person("auditor", register.KABUPATEN))
    for address in ("/hak-warga/", f"/hak-warga/{page}"):
        shown = text(auditor.get(address))
        assert "Siti" not in shown
        assert "rahasia" not in shown
    assert "tidak terlihat dari peran Anda" in text(auditor.get(f"/hak-warga/{page}"))
    assert "tidak terlihat" in text(decide(auditor, page), 403)
    decide(client, page)
    assert auditor.post(f"/hak-warga/{page}/laporan", {"alasan_laporan": LONG}).status_code == 404
    assert "Dikabulkan" in text(auditor.get(f"/hak-warga/{page}/surat"))


def test_who_asked_is_hidden_once_the_family_has_moved_away(client, siti, places):
    page = take_in(client, siti, catatan="rahasia sekali")
    elsewhere = next(code for code in places if code.startswith(register.OTHER_KECAMATAN))
    register.moved(siti.family, elsewhere)
    shown = text(client.get(f"/hak-warga/{page}"))
    assert "rahasia" not in shown
    assert "tidak terlihat dari peran Anda" in shown


def test_a_cadre_receives_and_sees_no_decision(client, siti):
    cadre = people.signed_in(people.person("cadre", register.HERE))
    page = take_in(cadre, siti)
    assert "Simpan putusan" not in text(cadre.get(f"/hak-warga/{page}"))
    assert decide(cadre, page).status_code == 403
    assert cadre.post(f"/hak-warga/{page}/angkat", {}).status_code == 403
    assert cadre.post(f"/hak-warga/{page}/perbaiki", {}).status_code == 403


def test_reading_a_request_leaves_a_trace(client, siti):
    client.get(f"/hak-warga/{take_in(client, siti)}")
    assert AuditSubject.objects.filter(subject=siti.pk, entry__deed="request.read").exists()


def test_the_register_leaves_as_csv_without_names_and_without_formulas(client, siti):
    page = take_in(client, siti, catatan="=1+1")
    decide(client, page, "tolak")
    take_in(client, siti, "erasure")
    answer = client.get("/hak-warga/ekspor.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "Nomor"
    assert [row[-1] for row in rows[1:]] == ["ya", ""]
    assert [row[3] for row in rows[1:]] == ["Melihat data dan mendapat salinannya", "Menghapus data"]
    assert "Siti" not in answer.content.decode()
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_an_answer_given_late_is_late_in_the_register(client, account, siti):
    with acting(register.BY):
        request = actions.receive_request(by=register.BY, at=register.AT, person=siti, kind="access", proof="known")
        late = register.AT + timedelta(hours=73)
        actions.refuse_request(by=register.BY, at=late, request=request, reason=LONG)
    rows = list(csv.reader(io.StringIO(client.get("/hak-warga/ekspor.csv").content.decode("utf-8-sig"))))
    assert rows[1][-1] == "tidak"


def test_anybody_reads_what_is_held_and_why(db, settings):
    settings.DATA_PROTECTION_CONTACT = "Dinas PPKB, telepon 0733"
    page = text(Client().get("/hak-warga/pemrosesan"))
    assert "Dinas PPKB, telepon 0733" in page
    assert "NIK dan nomor KK" in page
    assert "3×24 jam" in page
    settings.DATA_PROTECTION_CONTACT = ""
    assert "belum diisi oleh pengelola" in text(Client().get("/hak-warga/pemrosesan"))


def test_every_page_leads_to_it(db):
    assert '<a href="/hak-warga/pemrosesan">Data pribadi Anda</a>' in text(Client().get("/tentang-data"))


def test_the_register_of_processing_leaves_as_json(db):
    told = json.loads(Client().get("/hak-warga/pemrosesan.json").content)
    assert told["answer_within_hours"] == 72
    assert {one["key"] for one in told["tables"]} == set(catalogue().tables)
    person = next(one for one in told["tables"] if one["key"] == "families.person")
    assert (person["class"], person["fields"]["name"], person["confirmed"]) == ("P3", "P3", False)


def test_the_pages_speak_english(client, siti):
    client.cookies["bahasa"] = "en"
    take_in(client, siti)
    assert "Rights of persons" in text(client.get("/hak-warga/"))


def test_the_house_of_the_ledger_is_outside_the_database():
    assert known.ERASURE_LEDGER.parent.name == "ledger"

"""The pages: asking, the desk, the password once, the file for its asker alone."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import pyzipper

from balai.access.models import AuditEntry
from balai.aid.rules import programmes
from balai.exports.models import Export
from tests import people
from tests.exports import taking
from tests.exports.taking import PURPOSE, asked, now, wish
from tests.families.register import BESIDE, FAR, HERE, KABUPATEN, KECAMATAN
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db
ASKED = {"region": HERE, "columns": ["called", "people"], "format": "csv", "purpose": PURPOSE}
CLOSED = ASKED | {"columns": ["called", "card_full"]}


@pytest.fixture
def officer(places):
    taking.home()
    return taking.account(name="Bu Ratna")


@pytest.fixture
def page(officer):
    return people.signed_in(officer)


@pytest.fixture
def second(officer):
    return people.signed_in(taking.account("family_office", KABUPATEN, name="Pak Joko"))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def ask(page, what="keluarga", **given):
    return page.post(f"/unduhan/baru/{what}", {**ASKED, "step": "ask", **given})


def ready(page, second=None, **given):
    """A file that was asked for, approved where somebody approves, and written."""
    ask(page, **given)
    export = Export.objects.latest("asked_at")
    if second:
        second.post(f"/unduhan/{export.pk}/putusan", {"judgement": "approve"})
    run_jobs()
    export.refresh_from_db()
    return export


def test_the_first_page_says_what_can_be_taken_and_how_much(page):
    said = text(page.get("/unduhan/"))
    assert "masih untuk data 5.000 orang dari 5.000" in said
    assert "Anda belum meminta unduhan" in said
    for title in ("Anggota keluarga", "Bantuan yang diterima", "Peristiwa keluarga", "Jawaban tentang KB"):
        assert title in said


def test_who_sees_no_family_takes_nothing(places):
    page = people.signed_in(people.person("agency_officer", KABUPATEN, agency="other"))
    assert "Peran Anda tidak membuka daftar yang dapat diunduh" in text(page.get("/unduhan/"))
    assert page.get(f"/unduhan/desa/{HERE}").status_code == 403
    assert page.get("/unduhan/baru/keluarga").status_code == 403


def test_the_list_of_a_village_leads_here_with_its_place(page):
    assert f"/unduhan/desa/{HERE}" in page.get(f"/keluarga/desa/{HERE}").content.decode()
    shown = page.get(f"/unduhan/desa/{HERE}").content.decode()
    assert f"/unduhan/baru/anggota?wilayah={HERE}" in shown
    form = page.get(f"/unduhan/baru/anggota?wilayah={HERE}").content.decode()
    assert f'<option value="{HERE}" selected>' in form
    assert page.get(f"/unduhan/desa/{FAR}").status_code == 404


def test_a_table_that_is_not_there_or_not_open(page):
    assert page.get("/unduhan/baru/tidak-ada").status_code == 404
    head = people.signed_in(people.person("village_head", HERE))
    assert head.get("/unduhan/baru/jawaban-kb").status_code == 403


def test_specific_data_is_marked_and_a_full_number_is_not_ticked(page):
    shown = page.get("/unduhan/baru/keluarga").content.decode()
    assert "Nomor KK lengkap (data khusus)" in shown
    ticked = re.findall(r'name="columns" value="(\w+)"[^>]*checked', shown)
    assert "called" in ticked
    assert "card_full" not in ticked


def test_parquet_is_offered_to_officers_of_the_data(page):
    assert 'value="parquet"' in page.get("/unduhan/baru/keluarga").content.decode()
    cadre = people.signed_in(people.person("cadre", HERE))
    assert 'value="parquet"' not in cadre.get("/unduhan/baru/keluarga").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ASKED, "Data 2 orang. Tidak perlu persetujuan"),
        (CLOSED, "Data 2 orang. Perlu persetujuan petugas kedua"),
        (ASKED | {"region": BESIDE}, "Daftar ini kosong di wilayah itu"),
    ],
)
def test_it_is_told_before_how_many_and_who_must_agree(page, given, said):
    answer = page.post("/unduhan/baru/keluarga", {**given, "step": "count"})
    assert said in text(answer)
    assert not Export.objects.exists()


def test_beyond_the_quota_it_is_told_before_and_refused_after(page, officer):
    taking.row_of(officer, now(), persons=4_999)
    before = page.post("/unduhan/baru/keluarga", {**ASKED, "step": "count"})
    assert "masih dapat mengunduh data 1 orang" in text(before)
    assert 'value="ask"' not in before.content.decode()
    after = ask(page)
    assert after.status_code == 409
    assert "masih dapat mengunduh data 1 orang" in text(after)
    assert PURPOSE in after.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"purpose": "rapat"}, "Tulis alasannya dengan 10 huruf"),
        ({"purpose": "warga 9901010101990001"}, "Jangan menulis NIK"),
        ({"columns": []}, "tidak boleh kosong"),
        ({"region": FAR}, "pilihan"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(page, given, said):
    answer = ask(page, **given)
    assert answer.status_code == 422
    assert said.lower() in text(answer).lower()
    assert "Belum tersimpan" in text(answer)
    assert not Export.objects.exists()


def test_what_no_form_of_ours_sends_is_refused(page):
    assert ask(page, approved_by="saya").status_code == 422


def test_a_small_list_goes_from_the_form_to_the_file(page, officer):
    assert ask(page, "anggota", columns=["name", "born_on"], filter_age="fertile").status_code == 302
    export = Export.objects.get()
    assert export.filters == {"age": "fertile"}
    waiting = text(page.get(f"/unduhan/{export.pk}"))
    assert "Menunggu giliran" in waiting
    assert "15 sampai 49 tahun" in waiting
    Export.objects.update(rows=7, written=3)
    assert "3 dari 7 baris sudah ditulis" in text(page.get(f"/unduhan/{export.pk}"))
    run_jobs()
    assert "siap diunduh" in text(page.get(f"/unduhan/{export.pk}"))
    answer = page.post(f"/unduhan/{export.pk}/berkas")
    assert answer["Content-Disposition"] == f'attachment; filename="anggota-{HERE}.csv"'
    assert answer["Cache-Control"] == "no-store, private"
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Siti Rahmawati" in content
    assert "Diunduh oleh Bu Ratna" in content
    assert b"".join(page.post(f"/unduhan/{export.pk}/berkas").streaming_content)
    export.refresh_from_db()
    assert export.fetched == 2
    assert AuditEntry.objects.filter(deed="export.fetch", by=f"account:{officer.pk}").count() == 2
    assert "2 kali" in text(page.get(f"/unduhan/{export.pk}"))
    assert "siap diunduh" in text(page.get("/unduhan/"))


def test_a_second_officer_sees_what_for_and_approves(page, second):
    ask(page, **{key: CLOSED[key] for key in ("columns",)})
    export = Export.objects.get()
    assert "menunggu persetujuan petugas kedua" in text(page.get(f"/unduhan/{export.pk}"))
    assert "1 permintaan menunggu persetujuan Anda" in text(second.get("/unduhan/"))
    desk = text(second.get("/unduhan/persetujuan"))
    assert PURPOSE in desk
    assert "Bu Ratna" in desk
    seen = text(second.get(f"/unduhan/{export.pk}"))
    assert "Nomor KK lengkap" in seen
    assert second.post(f"/unduhan/{export.pk}/putusan", {"judgement": "approve"}).status_code == 302
    run_jobs()
    assert "Tidak ada yang menunggu persetujuan Anda" in text(second.get("/unduhan/persetujuan"))
    assert "Pak Joko" in text(page.get(f"/unduhan/{export.pk}"))


def test_the_password_is_shown_once_and_opens_the_file(page, second):
    export = ready(page, second, columns=CLOSED["columns"])
    assert "ditampilkan satu kali" in text(page.get(f"/unduhan/{export.pk}"))
    shown = page.post(f"/unduhan/{export.pk}/sandi")
    assert shown["Cache-Control"] == "no-store, private"
    password = re.search(r'<code class="nowrap">([^<]+)</code>', shown.content.decode())[1]
    assert page.post(f"/unduhan/{export.pk}/sandi").status_code == 409
    assert "Kata sandinya sudah ditampilkan" in text(page.get(f"/unduhan/{export.pk}"))
    answer = page.post(f"/unduhan/{export.pk}/berkas")
    assert answer["Content-Type"] == "application/zip"
    with pyzipper.AESZipFile(BytesIO(b"".join(answer.streaming_content))) as packed:
        packed.setpassword(password.encode())
        assert "Siti Rahmawati" in packed.read("keluarga.csv").decode()
    export.refresh_from_db()
    assert export.secrets == {}


def test_the_file_is_nobody_elses(page, second, places):
    export = ready(page, second, columns=CLOSED["columns"])
    other = people.signed_in(taking.account())
    for client in (second, other):
        assert client.post(f"/unduhan/{export.pk}/berkas").status_code == 404
        assert client.post(f"/unduhan/{export.pk}/sandi").status_code == 404
    assert "Unduh berkas" not in second.get(f"/unduhan/{export.pk}").content.decode()
    stranger = people.signed_in(people.person("field_officer", "16.05.02"))
    assert stranger.get(f"/unduhan/{export.pk}").status_code == 404
    assert stranger.post(f"/unduhan/{export.pk}/putusan", {"judgement": "approve"}).status_code == 404


def test_an_own_request_is_not_decided_by_oneself(page):
    ask(page, columns=CLOSED["columns"])
    export = Export.objects.get()
    assert "Putuskan" not in text(page.get(f"/unduhan/{export.pk}"))
    assert page.post(f"/unduhan/{export.pk}/putusan", {"judgement": "approve"}).status_code == 403


@pytest.mark.parametrize("reason", ["", "tidak"])
def test_a_refusal_without_a_reason_is_asked_again(page, second, reason):
    ask(page, columns=CLOSED["columns"])
    export = Export.objects.get()
    answer = second.post(f"/unduhan/{export.pk}/putusan", {"judgement": "refuse", "reason": reason})
    assert answer.status_code == 422
    assert Export.objects.get().state == "waiting"


def test_a_refusal_is_read_by_the_asker(page, second):
    ask(page, columns=CLOSED["columns"])
    export = Export.objects.get()
    second.post(f"/unduhan/{export.pk}/putusan", {"judgement": "refuse", "reason": "nomornya tidak perlu"})
    assert "Pak Joko: nomornya tidak perlu" in text(page.get(f"/unduhan/{export.pk}"))


def test_a_file_past_its_day_is_gone(page):
    export = ready(page)
    Export.objects.update(ends_at=now() - timedelta(seconds=1))
    assert page.post(f"/unduhan/{export.pk}/berkas").status_code == 409


def test_a_file_that_somebody_removed_is_told_so(page, folder):
    export = ready(page)
    (folder / export.file).unlink()
    assert page.post(f"/unduhan/{export.pk}/berkas").status_code == 409


def test_a_file_is_closed_to_who_wears_a_lesser_hat(page, officer, second):
    export = ready(page, second, columns=CLOSED["columns"])
    people.granted(officer, "cadre", HERE)
    lesser = people.signed_in(officer, hat="cadre")
    assert lesser.post(f"/unduhan/{export.pk}/berkas").status_code == 403


def test_why_it_stopped_is_told(page, officer):
    ask(page)
    export = Export.objects.get()
    Export.objects.update(region=KECAMATAN)
    taking.row_of(officer, now(), persons=4_999)
    run_jobs()
    assert "masih dapat mengunduh data" in text(page.get(f"/unduhan/{export.pk}"))


def test_a_far_larger_day_than_usual_is_shown_to_the_second_officer(officer, page, second):
    taking.row_of(officer, now() - timedelta(days=3), persons=0)
    export = asked(officer, wish(columns=("called", "card_full")), at=now())
    assert export.unusual
    assert "jauh lebih banyak daripada biasanya" in text(second.get("/unduhan/persetujuan"))
    assert "Jauh lebih banyak daripada biasanya" in text(second.get(f"/unduhan/{export.pk}"))


def test_an_english_reader_sees_english_columns_and_choices(page, officer):
    page.cookies["bahasa"] = "en"
    assert "Marital status" in page.get("/unduhan/baru/jawaban-anggota").content.decode()
    export = asked(officer, wish("aid", columns=("called", "programme"), programme="pkh"), at=now())
    shown = text(page.get(f"/unduhan/{export.pk}"))
    assert programmes()["pkh"].name_en in shown

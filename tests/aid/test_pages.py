"""The pages of aid and lists as different people open them."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.access.models import AuditEntry, acting
from balai.aid import actions
from balai.aid.inputs.files import MOST_AID, read_table
from balai.aid.models import Aid
from balai.aid.rules import AidFacts, Line
from balai.families.models import Person
from tests.aid.numbers import CARD, CHILD, HEAD, UNKNOWN
from tests.aid.test_listing import bring
from tests.base.books import book
from tests.families import register
from tests.families.register import AT, BESIDE, BY, FAR, HERE, KABUPATEN, KECAMATAN
from tests.jobs import run_jobs
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PAGE = f"/bantuan/desa/{HERE}"
DAY = AT.date()


def aid(family, programme="pkh", person=None, **more):
    with acting(BY):
        return actions.record_aid(by=BY, at=AT, family=family, person=person, facts=AidFacts(programme, **more))


def applied(*lines, **more):
    version = bring(*lines, **more)
    with acting(BY):
        return actions.apply_list(by=BY, at=AT, version=version)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def last(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def child_of(row):
    with acting(BY):
        return row.people.get(relation=3)


def restrict(someone):
    with acting(BY):
        Person.objects.filter(pk=someone.pk).update(restricted_at=AT, restricted_by="uji")


def test_the_page_of_a_family_tells_what_it_receives_and_what_lists_say(desk, row):
    aid(row, from_on=DAY, amount=300_000)
    aid(row, "pip", child_of(row), goods="seragam")
    aid(row, "housing", state="planned")
    aid(row, "bst", state="refused", reason="sudah mampu")
    applied(Line(2, nik=HEAD, decile=4), days=400, edition="2023")
    applied(Line(2, nik=HEAD, decile=2), Line(3, nik=CHILD, rank=9), sha256="b")
    applied(Line(2, nik=UNKNOWN), kind="dtsen", edition="2026", sha256="c")
    applied(Line(2, nik=CHILD, mark="Padan"), kind="dukcapil", edition="2025", days=300)
    applied(Line(2, nik=UNKNOWN), kind="dukcapil", edition="2026", sha256="d")
    said = text(desk.get(f"/keluarga/{row.pk}"))
    for part in ("Program Keluarga Harapan", "Rp 300.000", "seragam", "Dimas Prasetyo", "2 bantuan lain", "sudah mampu",
                 "Dinas Sosial", "Catat bantuan"):  # fmt: skip
        assert part in said
    flat = re.sub(r"<[^>]+>", "", said)
    for part in ("Desil 2 menurut P3KE 2024 (Siti Rahmawati), cocok NIK", "Peringkat 9 menurut P3KE 2024",
                 "Tidak ada dalam DTSEN 2026. Itu bukan berarti keluarga ini mampu.",
                 "Edisi sebelumnya: “Padan” menurut Padanan Dukcapil 2025."):  # fmt: skip
        assert part in flat
    assert "P3KE 2023" not in flat


def test_a_family_without_anything_recorded_is_told_so(desk, row):
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "Belum ada bantuan yang tercatat sedang diterima" in said
    assert "Belum ada daftar dari instansi lain" in said


@pytest.mark.parametrize(
    ("role", "region", "agency", "aid_told", "lists_told", "may_record"),
    [
        ("cadre", HERE, "", True, True, True),
        ("agency_officer", KABUPATEN, "social", True, True, False),
        ("agency_officer", KABUPATEN, "health", False, False, False),
        ("village_head", HERE, "", False, False, False),
    ],
)
def test_each_panel_is_for_readers_of_its_matter(row, role, region, agency, aid_told, lists_told, may_record):
    aid(row)
    applied(Line(2, nik=HEAD, decile=2))
    said = text(signed_in(person(role, region, agency)).get(f"/keluarga/{row.pk}"))
    assert ("Bantuan yang diterima" in said) is aid_told
    assert ("Menurut daftar lain" in said) is lists_told
    assert ("Catat bantuan" in said) is may_record
    assert ("Bantuan</a>" in text(signed_in(person(role, region, agency)).get(f"/keluarga/desa/{HERE}"))) is aid_told


def test_nothing_is_told_of_somebody_restricted(desk, row):
    child = child_of(row)
    aid(row, "pip", child)
    applied(Line(2, nik=CHILD, decile=2))
    restrict(child)
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "Belum ada bantuan yang tercatat sedang diterima" in said
    assert "Tidak ada dalam P3KE 2024" in said
    assert "Belum ada bantuan yang tercatat menurut pilihan ini" in text(desk.get(PAGE))


def given(**more):
    empty = dict.fromkeys(("person", "until_on", "amount", "goods", "reason"), "")
    return empty | {"programme": "pkh", "state": "received", "from_on": "2025-01-02"} | more


def test_aid_is_recorded_on_one_screen(desk, row):
    path = f"/bantuan/keluarga/{row.pk}/catat"
    assert "Uang tunai" in text(desk.get(path))
    said = text(desk.post(path, given(programme="pip", amount="banyak", goods="seragam")), 422)
    assert "Tulis nilai sebagai angka" in said
    assert 'value="seragam"' in said
    assert "Pilih siapa yang menerimanya" in text(desk.post(path, given(programme="pip")), 422)
    child = child_of(row)
    assert desk.post(path, given(programme="pip", person=child.pk, amount="Rp 450.000")).status_code == 302
    with acting(BY):
        one = Aid.objects.get()
        assert (one.person, one.amount, one.from_on) == (child, 450_000, date(2025, 1, 2))
    assert "masih berjalan" in text(desk.post(path, given(programme="pip", person=child.pk)), 422)
    assert last("aid.form").matters == "names welfare"
    assert text(desk.post(path, given(strange="x")), 422)


def test_aid_is_corrected_ended_and_taken_back(desk, row):
    one = aid(row, from_on=date(2025, 1, 2), amount=300_000)
    assert 'value="300000"' in text(desk.get(f"/bantuan/{one.pk}/ubah"))
    assert desk.post(f"/bantuan/{one.pk}/ubah", given(programme="")).status_code == 422
    assert desk.post(f"/bantuan/{one.pk}/ubah", given(goods="beras 10 kg")).status_code == 302
    assert "Program Keluarga Harapan" in text(desk.get(f"/bantuan/{one.pk}/akhiri"))
    assert "baru dimulai" in text(desk.post(f"/bantuan/{one.pk}/akhiri", {"on": "2024-01-01", "reason": ""}), 422)
    assert desk.post(f"/bantuan/{one.pk}/akhiri", {"on": "2025-06-01", "reason": "lulus"}).status_code == 302
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "Urungkan: masih diterima" in said
    assert "lulus" in said
    assert desk.post(f"/bantuan/{one.pk}/urungkan").status_code == 302
    assert desk.post(f"/bantuan/{one.pk}/urungkan").status_code == 302
    with acting(BY):
        assert not Aid.objects.exists()
    assert desk.post(f"/bantuan/{one.pk}/urungkan").status_code == 404


def test_aid_of_others_is_not_found_and_readers_do_not_write(desk, row):
    far = register.family(FAR)
    one = aid(far)
    for path in (f"/bantuan/{one.pk}/ubah", f"/bantuan/keluarga/{far.pk}/catat"):
        assert desk.get(path).status_code == 404
    social = signed_in(person("agency_officer", KABUPATEN, "social"))
    assert social.get(f"/bantuan/keluarga/{row.pk}/catat").status_code == 403


def test_a_village_tells_who_receives_what(desk, row):
    other = register.family(people=[register.head("Ani", nik=register.nik())])
    aid(row, from_on=DAY)
    aid(row, "pip", child_of(row), state="planned")
    aid(other, "sanitation", from_on=date(2020, 1, 1))
    said = text(desk.get(PAGE))
    assert "1 keluarga tercatat menurut pilihan" in said
    assert "Siti Rahmawati" in said
    assert "Ani" not in said
    assert {str(one.subject) for one in last("aid.list").touched.all()} == {str(row.pk)}
    assert "Ani" in text(desk.get(f"{PAGE}?bantuan=sanitation&keadaan=received"))
    assert "0 keluarga" in text(desk.get(f"{PAGE}?bantuan=sanitation"))
    assert "Direncanakan" in text(desk.get(f"{PAGE}?keadaan=planned"))
    assert "1 keluarga tercatat" in text(desk.get(f"{PAGE}?bantuan=sulap&keadaan=x&halaman=x"))
    assert desk.get(f"/bantuan/desa/{FAR}").status_code == 404


def test_many_families_are_told_page_by_page(desk, places):
    for number in range(51):
        aid(register.family(people=[register.head(f"Ani {'abcdefghijklmnopqrstuvwxyz'[number % 26]}")]))
    said = text(desk.get(f"{PAGE}?bantuan=pkh"))
    assert "Halaman 1 dari 2" in said
    assert "?bantuan=pkh&amp;halaman=2" in said
    assert "Sebelumnya" in text(desk.get(f"{PAGE}?bantuan=pkh&halaman=2"))


def test_a_village_tells_who_is_poor_and_receives_nothing(desk, row):
    helped, rich, gone = (register.family(people=[register.head("Ani", nik=register.nik(n))]) for n in (41, 42, 43))
    aid(helped)
    aid(gone, "sanitation", from_on=DAY - timedelta(days=900))
    applied(
        Line(2, nik=HEAD, decile=2), Line(3, nik=register.nik(41), decile=1), Line(4, nik=register.nik(42), decile=8),
        Line(5, nik=register.nik(43), decile=3),
    )  # fmt: skip
    applied(Line(2, nik=HEAD), kind="dtks", edition="2025")
    assert "Miskin dan belum dibantu (2)" in text(desk.get(PAGE))
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text(desk.get(f"{PAGE}?lihat=tanpa"))))
    assert "2 keluarga miskin menurut daftar" in said
    assert "Tercatat · DTKS 2025 Desil 2 · P3KE 2024" in said
    assert "Desil 3 · P3KE 2024" in said
    assert rich.region == HERE
    assert "Desil 8" not in said


def test_without_a_list_nobody_is_called_poor(desk, row):
    said = text(desk.get(f"{PAGE}?lihat=tanpa"))
    assert "0 keluarga miskin" in said
    assert "Belum ada daftar P3KE" in said


@pytest.mark.parametrize(("role", "agency"), [("village_head", ""), ("agency_officer", "health")])
def test_who_may_not_read_how_families_live_opens_no_village(places, role, agency):
    client = signed_in(person(role, HERE if role == "village_head" else KABUPATEN, agency))
    assert client.get(PAGE).status_code == 403
    assert client.get("/daftar-lain/").status_code == 403


def test_the_list_leaves_by_the_door_where_a_second_officer_agrees(desk, row):
    aid(row, from_on=DAY)
    assert f'href="/unduhan/baru/bantuan?wilayah={HERE}"' in text(desk.get(PAGE))


def sent(client, path, content, name="daftar.csv", **more):
    content = content.encode() if isinstance(content, str) else content
    return client.post(path, {"berkas": SimpleUploadedFile(name, content), **more})


def signed(page):
    return re.search(r'name="rows" value="([^"]+)"', page)[1]


AID_FILE = {"programme": "", "from_on": "", "until_on": ""}


def test_a_file_of_aid_is_looked_at_applied_and_taken_back(desk, row):
    path = f"/bantuan/desa/{HERE}/impor"
    assert "paling banyak 5.000 baris" in text(desk.get(path))
    content = (
        f"NIK;Nama;Program;Nilai;Catatan\n{HEAD};x;PKH;300.000;a\n{CHILD};y;PIP;;b\n{UNKNOWN};z;PKH;;c\n1;v;PKH;;d\n"
    )
    said = text(sent(desk, path, content, **AID_FILE))
    for part in ("Belum ada yang berubah", "Tidak ada keluarga di desa ini dengan nomor itu", "bukan 16 angka",
                 "Kolom yang dibaca", "Tidak dibaca: Catatan"):  # fmt: skip
        assert part in said
    assert HEAD not in said
    with acting(BY):
        assert not Aid.objects.exists()
    file = desk.post(f"{path}/terapkan", {"rows": signed(said)})["Location"]
    assert file.startswith(f"/bantuan/desa/{HERE}/berkas/")
    assert "sedang dicatat" in text(desk.get(file))
    run_jobs()
    done = text(desk.get(file))
    assert "2 bantuan baru tercatat" in done
    assert "Sudah tercatat" in text(sent(desk, path, content, **AID_FILE))
    batch = re.search(r'name="batch" value="([^"]+)"', done)[1]
    assert desk.post(f"/bantuan/desa/{HERE}/impor/cabut", {"batch": batch}).status_code == 302
    with acting(BY):
        assert not Aid.objects.exists()
    assert "tidak dikenal" in text(desk.post(f"/bantuan/desa/{HERE}/impor/cabut", {"batch": "x"}), 422)


def test_a_file_that_does_not_name_the_aid_is_helped_by_the_form(desk, row):
    content = f"Penerima;Desil\n{HEAD};1\n"
    more = {"programme": "rice", "from_on": "2025-01-02", "until_on": "2025-03-01", "column_nik": "Penerima"}
    said = text(sent(desk, f"/bantuan/desa/{HERE}/impor", content, **more))
    assert "Bantuan pangan beras" in said
    desk.post(f"/bantuan/desa/{HERE}/impor/terapkan", {"rows": signed(said)})
    run_jobs()
    with acting(BY):
        one = Aid.objects.get()
        assert (one.programme, one.from_on, one.until_on) == ("rice", date(2025, 1, 2), date(2025, 3, 1))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("x", "a.pdf", "Hanya berkas XLSX, XLS, atau CSV"),
        ("Alamat;Desa\nx;y\n", "a.csv", "Tidak ada kolom NIK"),
        ("NIK;Program\n", "a.csv", "hanya berisi baris judul"),
        ("NIK;Program\n" + "1;PKH\n" * 5001, "a.csv", "lebih dari 5.000"),
        ("".join(f"a{n};b\n" for n in range(30)), "a.csv", "Tidak ada kolom NIK"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_why(desk, content, name, said):
    assert said in text(sent(desk, f"/bantuan/desa/{HERE}/impor", content, name, **AID_FILE), 422)


def test_what_was_looked_at_is_ones_own(desk, row):
    rows = signed(text(sent(desk, f"/bantuan/desa/{HERE}/impor", f"NIK;Program\n{HEAD};PKH\n", **AID_FILE)))
    other = signed_in(person("field_officer", KECAMATAN))
    assert "bukan milik Anda" in text(other.post(f"/bantuan/desa/{HERE}/impor/terapkan", {"rows": rows}), 422)
    assert "Pilih dahulu berkasnya" in text(desk.post(f"/bantuan/desa/{HERE}/impor", AID_FILE), 422)


def test_a_list_of_a_whole_village_is_not_for_those_who_look_after_a_few(places):
    companion = signed_in(person("companion", HERE))
    assert companion.get(f"/bantuan/desa/{HERE}/impor").status_code == 403
    assert signed_in(person("cadre", HERE)).get(f"/bantuan/desa/{HERE}/impor").status_code == 200


def test_the_template_of_opensid_is_read_as_it_comes(desk, shared_data):
    content = (shared_data / "foreign/opensid/format_impor_program_bantuan_sanitised.xlsx").read_bytes()
    said = text(sent(desk, f"/bantuan/desa/{HERE}/impor", content, "program.xlsx", **AID_FILE))
    assert said.count("Tidak ada keluarga di desa ini dengan nomor itu") == 2
    first, second = read_table("program.xlsx", content, {}, MOST_AID).lines
    register.family(people=[register.head("Ani", nik=first.nik)], card=second.nik)
    said = text(sent(desk, f"/bantuan/desa/{HERE}/impor", content, "program.xlsx", **AID_FILE))
    assert "Bantuan Sosial Tunai (BST)" in said
    assert first.nik not in said
    desk.post(f"/bantuan/desa/{HERE}/impor/terapkan", {"rows": signed(said)})
    run_jobs()
    with acting(BY):
        one = Aid.objects.get()
        assert (one.programme, one.from_on, one.until_on) == ("bst", date(2020, 4, 1), date(2020, 12, 31))


def test_a_programme_of_opensid_for_families_names_cards(desk, row):
    participants = [["Peserta", "No. Peserta", "NIK"], [CARD, "1", UNKNOWN], ["###"], ["Catatan"]]
    content = book(Program=[["Nama Program", "PKH"], ["Sasaran Program", 2]], Peserta=participants)
    said = text(sent(desk, f"/bantuan/desa/{HERE}/impor", content, "program.xlsx", **AID_FILE))
    desk.post(f"/bantuan/desa/{HERE}/impor/terapkan", {"rows": signed(said)})
    run_jobs()
    with acting(BY):
        assert Aid.objects.get().family_id == row.pk


def test_the_register_leads_to_the_aid_of_a_village(desk):
    assert PAGE in text(desk.get(f"/keluarga/desa/{HERE}"))
    assert "Bantuan di Tegal Rejo" in text(desk.get(f"/bantuan/desa/{BESIDE}"))

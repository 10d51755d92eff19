"""The pages as a kader, an officer and others open them."""

import pytest
from django.utils import timezone

from balai.access.models import AuditEntry, acting
from balai.quality.models import Round
from balai.quality.rules import State
from tests.families import register
from tests.families.register import BY, FAR, HERE, KECAMATAN, RT1, RT2
from tests.people import actor, person, signed_in
from tests.quality import records
from tests.quality.records import state

pytestmark = pytest.mark.django_db
CHECK, VISITS, FIGURES = f"/periksa/desa/{HERE}", f"/kunjungan/desa/{HERE}", f"/mutu/desa/{HERE}"
THIS_YEAR = timezone.localdate().year  # noqa: TID251  as the pages do


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def officer_account(places):
    return person("field_officer", KECAMATAN, name="Ibu Petugas")


@pytest.fixture
def officer(officer_account):
    return signed_in(officer_account)


@pytest.fixture
def cadre_account(places):
    return person("cadre", HERE, name="Ibu Kader")


@pytest.fixture
def cadre(cadre_account):
    return signed_in(cadre_account)


def box(row):
    return f"{row.pk}:{records.now(row).entry}"


def open_round(on=None):
    return Round.objects.create(
        village_id=HERE, year=THIS_YEAR, opened_at=timezone.now(), opened_by="uji"  # noqa: TID251
    )  # fmt: skip


def test_the_desk_opens_rounds_and_takes_them_back(officer):
    records.family(RT1)
    said = text(officer.get("/periksa/"))
    assert "Periksa data keluarga" in said
    assert f"Buka putaran {THIS_YEAR} di desa yang ditandai" in said
    assert f"Putaran {THIS_YEAR} dibuka di 1 desa." in text(officer.post("/periksa/", {"desa": [HERE]}))
    assert "Batalkan putaran di Surodadi" in text(officer.get("/periksa/"))
    assert "Pilih desa yang putarannya" in text(officer.post("/periksa/", {}), 422)
    assert "Putaran dibatalkan." in text(officer.post("/periksa/", {"batal": HERE}))
    assert not Round.objects.exists()
    text(officer.post("/periksa/", {"desa": [FAR]}), 403)


def test_an_officer_without_a_village_is_told_so(places):
    assert "belum mencakup satu desa" in text(signed_in(person("field_officer", "16.05.99")).get("/periksa/"))


def test_an_officer_verifies_what_was_ticked_and_takes_it_back(officer, officer_account):
    one, other = records.family(RT1, "Siti"), records.family(RT2, "Budi")
    own = records.family(name="Sendiri", by=actor(officer_account))
    said = text(officer.get(f"/periksa/desa/{HERE}"))
    assert "3 keluarga menunggu pengesahan Anda" in said
    assert "Anda sendiri yang menulisnya" in said
    assert f'value="{own.pk}:{records.now(own).entry}" disabled' in said
    wrong = text(officer.post(CHECK, {"keluarga": [box(one), box(other)], "jumlah": "3"}), 422)
    assert "menandai 2 keluarga, tetapi mengetik 3" in wrong
    assert wrong.count("checked>") == 2
    text(officer.post(CHECK, {"keluarga": [box(one)], "jumlah": "satu"}), 422)
    sent = {"keluarga": [box(one), box(other), box(own)], "jumlah": " 3 ", "perbuatan": "sahkan"}
    done = text(officer.post(CHECK, sent))
    assert "2 keluarga disahkan." in done
    assert "Sendiri: Data ini Anda tulis sendiri" in done
    assert (state(one), state(other), state(own)) == (State.VERIFIED, State.VERIFIED, State.DRAFT)
    back = {"keluarga": [f"{one.pk}:0", f"{other.pk}:0"], "perbuatan": "batal"}
    assert "2 keputusan dibatalkan." in text(officer.post(CHECK, back))
    assert state(one) is State.DRAFT
    text(officer.post(CHECK, back), 409)


@pytest.mark.parametrize("sent", ["x", "x:1", f"{'0' * 32}:y", f"{'0' * 32}:{'9' * 19}", f"{'0' * 32}:٣"])
def test_a_box_that_the_page_did_not_make_is_refused(officer, sent):
    text(officer.post(CHECK, {"keluarga": [sent], "jumlah": "1"}), 422)
    text(officer.post(CHECK, {"keluarga": [], "lain": "1"}), 422)


def test_a_village_where_nothing_waits_says_so(officer):
    row = records.family()
    records.verified(row)
    assert "Tidak ada keluarga yang menunggu" in text(officer.get(f"/periksa/desa/{HERE}"))


def test_an_officer_decides_on_the_page_of_the_family(officer, cadre):
    row = records.family(RT1)
    page = f"/keluarga/{row.pk}"
    said = text(officer.get(page))
    assert "Belum disahkan" in said
    assert "Kembalikan kepada kader" in said
    assert officer.post(f"/periksa/keluarga/{row.pk}/sahkan", {"entry": records.now(row).entry}).url == page
    said = text(officer.get(page))
    assert "disahkan (Ibu Petugas)" in said
    assert "Batalkan keputusan saya" in said
    assert "Batalkan keputusan saya" not in text(cadre.get(page))
    text(officer.post(f"/periksa/keluarga/{row.pk}/sahkan", {"entry": records.now(row).entry}), 409)
    text(officer.post(f"/periksa/keluarga/{row.pk}/sahkan", {"entry": "x"}), 422)
    assert officer.post(f"/periksa/keluarga/{row.pk}/batal").url == page
    assert state(row) is State.DRAFT


def test_the_cadre_reads_why_a_record_came_back(officer, cadre):
    row = records.family(RT1)
    page, form = f"/keluarga/{row.pk}", f"/periksa/keluarga/{row.pk}/kembalikan"
    assert "Apa yang perlu diperbaiki?" in text(officer.get(f"/periksa/keluarga/{row.pk}/kembalikan"))
    entry = records.now(row).entry
    short = text(officer.post(form, {"reason": "abc", "entry": entry}), 422)
    assert ">\nabc</textarea>" in short
    assert officer.post(form, {"reason": "Tanggal lahir Dimas keliru.", "entry": entry}).url == page
    assert "Tanggal lahir Dimas keliru." in text(cadre.get(page))
    assert "Tanggal lahir Dimas keliru." in text(cadre.get(f"/kunjungan/desa/{HERE}"))
    again = text(officer.post(form, {"reason": "Masih keliru.", "entry": entry}), 422)
    assert "belum diperbaiki" in again
    assert "Kembalikan kepada kader" not in text(officer.get(page))
    records.corrected(row)
    assert "Sudah diperbaiki" in text(officer.get(page))
    assert AuditEntry.objects.filter(deed="quality.form").exists()


def test_who_wrote_is_told_that_another_verifies(officer, officer_account):
    row = records.family(RT1, by=actor(officer_account))
    said = text(officer.get(f"/keluarga/{row.pk}"))
    assert "petugas lain yang mengesahkannya" in said
    assert ">Sahkan<" not in said


def test_a_cadre_walks_through_the_round(cadre):
    one = records.family(RT1, "Siti", address="Gang 2")
    records.family(RT2, "Budi", address="")
    done = records.family(name="Ani")
    records.verified(done)
    said = text(cadre.get(f"/kunjungan/desa/{HERE}"))
    assert "2 dari 3 keluarga perlu dikunjungi." in said
    assert "Putaran tahun ini belum dibuka." in said
    assert said.index("Siti") < said.index("Budi")
    assert "belum pernah dikunjungi" in said
    assert "Rumah: belum diisi" in said
    assert "Budi" not in text(cadre.get(f"{VISITS}?tempat={RT1}"))
    assert "Budi" in text(cadre.get(f"{VISITS}?tempat={FAR}"))
    records.visited(one, by=BY)
    assert "1 dari 3 keluarga perlu dikunjungi." in text(cadre.get(f"/kunjungan/desa/{HERE}"))
    open_round()
    said = text(cadre.get(f"/kunjungan/desa/{HERE}"))
    assert "Semua" in said
    assert f"Putaran {THIS_YEAR} dibuka" in said
    assert "3 dari 3" in said
    assert "kunjungan terakhir" in said


def test_a_family_that_a_round_passed_by_is_carried_over(cadre):
    records.family(RT1)
    Round.objects.create(village_id=HERE, year=2025, opened_at=register.LATER, opened_by="uji")
    open_round()
    assert "terlewat pada putaran 2025" in text(cadre.get(f"/kunjungan/desa/{HERE}"))


def test_a_village_without_families_and_one_that_is_done(cadre):
    assert "Belum ada keluarga" in text(cadre.get(f"/kunjungan/desa/{HERE}"))
    records.verified(records.family())
    assert "Semua keluarga sudah dikunjungi." in text(cadre.get(f"/kunjungan/desa/{HERE}"))


@pytest.mark.parametrize(("page", "list_"), [(VISITS, "kunjungan"), (CHECK, "pengesahan")])
def test_lists_lead_to_where_they_are_asked_for(officer, page, list_):
    ask = f"/unduhan/baru/{list_}?wilayah={HERE}"
    assert ask not in text(officer.get(page))
    records.family(RT1)
    assert ask in text(officer.get(page))
    assert text(officer.get(ask)).count(f'value="{HERE}" selected') == 1


def test_figures_are_by_kecamatan_then_by_village(places):
    for number in range(11):
        records.family(RT1, f"Siti {'abcdefghijk'[number]}")
    office = signed_in(person("family_office", "16.05"))
    said = text(office.get("/mutu/"))
    assert "0 dari 11 keluarga sah" in said
    assert f"?kecamatan={KECAMATAN}" in said
    assert "belum ada keluarga" in said
    below = text(office.get(f"/mutu/?kecamatan={KECAMATAN}"))
    assert FIGURES in below
    assert "0/11" in below
    text(office.get("/mutu/?kecamatan=76.05.03"), 404)
    assert "Belum ada keluarga" in text(signed_in(person("field_officer", "16.05.99")).get("/mutu/"))


def test_small_numbers_are_told_as_counts(officer):
    records.family(RT1)
    assert "0 dari 1" in text(officer.get(f"/mutu/desa/{HERE}"))


def test_the_village_tells_field_by_field_and_leads_to_the_families(officer):
    row, blank = records.family(RT1, "Siti"), records.family(RT2, "Budi")
    records.visited(row, water=3)
    said = text(officer.get(f"/mutu/desa/{HERE}"))
    assert "1 dari 2" in said
    assert "?isi=isian-water" in said
    behind = text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi=isian-water"))
    assert "Budi" in behind
    assert "Siti" not in behind
    assert "Belum diisi: Air minum" in behind
    for choice in ("keadaan-draft", "kunjungan-never", "nik", "janggal", "saya"):
        text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi={choice}"))
    assert "Kunjungan terakhir: belum pernah" in text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi=kunjungan-never"))
    assert "NIK belum diisi" in text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi=janggal"))
    assert "Tidak ada keluarga di daftar ini." in text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi=nik-sama"))
    for choice in ("", "lain", "keadaan-lain", "kunjungan-lain", "isian-lain"):
        text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi={choice}"), 404)
    assert blank.pk


def test_what_is_missing_is_named_where_it_is_little(officer):
    row = records.family(RT1, "Siti")
    few = {"water": 3, "latrine": 1, "roof": 1, "wall": 1, "floor": 1, "light": 1, "floor_area": 40, "occupants": 2}
    records.visited(row, **few)
    assert "Rumah: Bahan bakar memasak, Status rumah" in text(officer.get(f"/periksa/desa/{HERE}"))
    records.visited(row, water=3)
    assert "Rumah: 9 isian kosong" in text(officer.get(f"/periksa/desa/{HERE}"))


def test_a_long_list_has_pages(officer):
    for _number in range(51):
        records.family(RT1)
    first = text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi=keadaan-draft"))
    assert "Halaman 1 dari 2" in first
    assert "Sebelumnya" in text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi=keadaan-draft&halaman=2"))


def test_who_may_not_read_a_matter_sees_none_of_its_fields(places):
    records.family(RT1)
    head = signed_in(person("village_head", HERE))
    said = text(head.get(f"/mutu/desa/{HERE}"))
    assert "Rumah" in said
    assert "Kehidupan keluarga" not in said
    text(head.get(f"/mutu/desa/{HERE}/keluarga?isi=isian-savings"), 404)
    assert "Menurut yang terakhir menulis" not in said


def test_figures_of_a_cadre_are_for_the_cadre_and_the_officer(cadre, cadre_account, officer):
    other = person("cadre", HERE, name="Pak Kader")
    records.visited(records.family(RT1, "Siti"), by=actor(cadre_account))
    records.visited(records.family(RT2, "Budi"), by=actor(other))
    records.family(name="Ani")
    said = text(officer.get(f"/mutu/desa/{HERE}"))
    assert "Ibu Kader" in said
    assert "Pak Kader" in said
    assert "Petugas server" in said
    own = text(cadre.get(f"/mutu/desa/{HERE}"))
    assert "Yang terakhir Anda tulis" in own
    assert "Pak Kader" not in own
    listed = text(cadre.get(f"/mutu/desa/{HERE}/keluarga?isi=saya"))
    assert "Siti" in listed
    assert "Budi" not in listed


def test_what_is_best_put_right_comes_first(officer):
    number = register.nik()
    for name in ("Siti", "Budi"):
        register.family(RT1, people=[register.head(name=name, nik=number)])
    register.family(RT2, people=[register.head(name="Siti", born_on=None)])
    records.sent_back(records.family(RT2, "Siti"))
    said = text(officer.get(f"/mutu/desa/{HERE}/betulkan"))
    assert "Satu NIK tercatat pada dua orang yang hidup." in said
    assert "Dikembalikan petugas" in said
    assert said.index("isian-water") < said.index("isian-roof")
    for choice, name in (("nik-sama", "Budi"), ("tanggal-lahir", "tanggal lahir"), ("mirip", "Siti")):
        assert name in text(officer.get(f"/mutu/desa/{HERE}/keluarga?isi={choice}"))


def test_a_village_with_nothing_to_put_right(officer):
    assert "Tidak ada yang perlu dibetulkan" in text(officer.get(f"/mutu/desa/{HERE}/betulkan"))


def test_who_sees_no_numbers_is_told_nothing_of_them(places):
    records.family(RT1)
    other = signed_in(person("agency_officer", "16.05", "other"))
    text(other.get(f"/mutu/desa/{HERE}"), 403)
    with acting(BY):
        assert state(records.family()) is State.DRAFT


@pytest.mark.parametrize("address", ["/periksa/", CHECK])
def test_only_officers_who_verify_have_a_desk(cadre, address):
    text(cadre.get(address), 403)


def test_the_village_list_leads_to_the_walk_and_to_the_figures(cadre, officer):
    said = text(cadre.get(f"/keluarga/desa/{HERE}"))
    assert VISITS in said
    assert FIGURES in said
    assert CHECK not in said
    assert CHECK in text(officer.get(f"/keluarga/desa/{HERE}"))

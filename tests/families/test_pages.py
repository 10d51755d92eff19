"""The pages of the register as different people open them: what they show, and what they answer to others."""

import re
from datetime import date, timedelta

import pytest

from balai.access import actions as audit
from balai.access.models import AuditEntry, acting
from balai.families import actions
from balai.families.models import Person, Reveal
from balai.families.rules import REVEALS_AN_HOUR
from tests.families import register
from tests.families.register import BESIDE, FAR, HERE, KABUPATEN, KECAMATAN, RT1
from tests.people import granted, person, signed_in

pytestmark = pytest.mark.django_db
CARD, NIK = register.nik(8765), register.nik(4321)
REASON = {"reason": "verifikasi data bantuan"}


@pytest.fixture
def desk(places):
    """A signed-in PKB of the kecamatan."""
    return signed_in(person("field_officer", KECAMATAN, name="Ibu Petugas"))


@pytest.fixture
def row(places):
    return register.family(people=[register.head(nik=NIK), register.child()], card=CARD)


def text(response):
    return response.content.decode()


def spoken(response):
    """The page without what differs at every request."""
    said = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', r'\1=""', text(response))
    return response.status_code, len(response.content), said


def last(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def restrict(**lookup):
    with acting(register.BY):
        Person.objects.filter(**lookup).update(restricted_at=register.AT, restricted_by="account:x")


def test_a_nik_that_can_be_none_is_told_and_stays(desk, row):
    odd = register.family(people=[register.head(nik="9" * 15 + "8")])  # day 99, month 99
    said = "Susunan angka NIK-nya tidak lazim"
    assert said in text(desk.get(f"/keluarga/{odd.pk}"))
    assert said not in text(desk.get(f"/keluarga/{row.pk}"))


def test_my_villages_are_counted(desk, row):
    register.family(FAR)
    said = text(desk.get("/keluarga/"))
    assert "tercatat 1 keluarga dengan 2 orang" in said
    assert said.count("/keluarga/desa/") == 12
    assert "belum diisi" in said
    assert last("family.count").region == KECAMATAN


def test_an_empty_register_and_a_hat_without_villages_say_what_to_do(desk):
    assert "Belum ada keluarga" in text(desk.get("/keluarga/"))
    nowhere = signed_in(person("cadre", "11.01.01.2001"))
    assert "belum mencakup satu desa pun" in text(nowhere.get("/keluarga/"))


def test_a_village_lists_its_families_with_masked_numbers(desk, row):
    response = desk.get(f"/keluarga/desa/{HERE}")
    said = text(response)
    assert "1 keluarga tinggal di sini" in said
    assert all(shown in said for shown in ("Siti Rahmawati", "Jalan Melati 4", "•••• •••• •••• 8765"))
    assert CARD not in said
    assert response.headers["Cache-Control"] == "no-store, private"
    assert [one.subject for one in last("family.list").touched.all()] == [row.pk]


def test_a_name_is_asked_for_in_the_body_and_never_in_the_address(desk, row):
    register.family(people=[register.head(name="Budi Santoso")], address="Gang Buntu")
    for sought, found, missing in (
        ("rahma", "Siti", "Budi"),
        ("buntu", "Budi", "Siti"),
        ("%", "Coba sebagian", "Siti"),
    ):
        said = text(desk.post(f"/keluarga/desa/{HERE}", {"cari": sought}))
        assert found in said
        assert missing not in said
    assert "Budi" in text(desk.get(f"/keluarga/desa/{HERE}?cari=rahma"))


def test_a_long_list_has_pages(desk, monkeypatch):
    monkeypatch.setattr("balai.families.views.lists.PAGE", 2)
    for letter in "ABCDE":
        register.family(people=[register.head(name=f"Ibu {letter}")])
    first = text(desk.get(f"/keluarga/desa/{HERE}"))
    assert "Halaman 1 dari 3" in first
    assert "Sebelumnya" not in first
    assert "Ibu C" in text(desk.post(f"/keluarga/desa/{HERE}", {"halaman": "2", "cari": ""}))
    assert "Berikutnya" not in text(desk.post(f"/keluarga/desa/{HERE}", {"halaman": "99", "cari": ""}))


def test_the_list_leaves_by_the_door_of_all_lists_alone(desk, row):
    assert f"/unduhan/desa/{HERE}" in desk.get(f"/keluarga/desa/{HERE}").content.decode()
    assert desk.get(f"/keluarga/desa/{HERE}/ekspor.csv").status_code == 404


def test_a_family_page_shows_who_lives_here_and_is_recorded(desk, row):
    said = text(desk.get(f"/keluarga/{row.pk}"))
    for shown in ("Keluarga Siti Rahmawati", "2 orang tinggal di sini", "Dimas Prasetyo", "lahir 3 Feb 2019",
                  "•••• •••• •••• 8765", "•••• •••• •••• 4321", "mencatat keluarga ini"):  # fmt: skip
        assert shown in said
    assert NIK not in said.replace(" ", "")
    assert "Belum ada yang membuka" in said
    assert last("family.view").touched.count() == 3


def test_who_looked_is_told_by_role_and_by_name_to_those_who_see_staff(desk, row):
    cadre = signed_in(person("cadre", HERE, name="Ibu Kader"))
    cadre.get(f"/keluarga/{row.pk}")
    assert "Kader (Ibu Kader) melihat halaman ini" in text(desk.get(f"/keluarga/{row.pk}"))
    said = text(cadre.get(f"/keluarga/{row.pk}"))
    assert "PKB/PLKB melihat halaman ini" in said
    assert "Ibu Petugas" not in said


def test_what_changed_is_told_in_words(desk, row):
    mother = register.head_of(row)
    with acting(register.BY):
        child = row.people.get(relation=3)
    given = {
        "name": "Dimas Prasetya",
        "sex": 1,
        "relation": 4,
        "born_on": "",
        "mother": mother.pk,
        "nik": register.nik(7),
    }
    assert desk.post(f"/keluarga/{row.pk}/anggota/{child.pk}", given).status_code == 302
    with acting(register.BY):
        given = {"address": row.address, "since_on": None, "region": RT1}
        actions.correct_family(by=register.BY, at=register.AT, family=row, **given)
    said = text(desk.get(f"/keluarga/{row.pk}"))
    for told in ("nama: Dimas Prasetyo → Dimas Prasetya", "hubungan: Anak → Anggota lain", "ibu: belum diisi → Siti",
                 "tanggal lahir: 2019-02-03 → belum diisi", "NIK: belum diisi → •••• •••• •••• 0007",
                 "tempat: Surodadi → Surodadi, RT 1", "ibu: Siti Rahmawati"):  # fmt: skip
        assert told in said


def test_what_was_erased_from_the_trail_is_told_no_more(desk, row):
    desk.post(f"/keluarga/{row.pk}/ubah", {"address": "Jalan Baru 1", "since_on": "", "card": ""})
    with acting(register.BY):
        audit.forget_changes(by=register.BY, at=register.AT, subjects=[row.pk])
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "membetulkan data keluarga" in said
    assert "Jalan Melati" not in said
    assert "mengolah data keluarga ini" in said


def test_a_number_is_shown_in_full_to_one_account_for_an_hour(desk, row):
    number = register.number_of(row)
    shown = f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}"
    other = signed_in(person("field_officer", KECAMATAN))
    assert desk.post(f"/keluarga/{row.pk}/nomor/{number.pk}", REASON).status_code == 302
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert shown in said
    assert "terlihat lengkap oleh Anda sampai pukul" in said
    assert "membuka nomor lengkap: “verifikasi data bantuan”" in said
    assert shown not in text(other.get(f"/keluarga/{row.pk}"))
    assert shown not in text(desk.get(f"/keluarga/desa/{HERE}"))
    Reveal.objects.update(from_at=register.AT, until_at=register.LATER)
    assert shown not in text(desk.get(f"/keluarga/{row.pk}"))


def test_a_number_shown_in_one_hat_stays_closed_in_another(places, row):
    account = person("field_officer", KECAMATAN)
    granted(account, "cadre", HERE)
    officer = signed_in(account, hat="field_officer")
    officer.post(f"/keluarga/{row.pk}/nomor/{register.number_of(row).pk}", REASON)
    assert CARD[:4] + " " in text(officer.get(f"/keluarga/{row.pk}"))
    said = text(signed_in(account, hat="cadre").get(f"/keluarga/{row.pk}"))
    assert "•••• •••• •••• 8765" in said
    assert CARD[:4] + " " not in said


def test_a_thin_reason_is_asked_for_again_beside_its_field(desk, row):
    response = desk.post(f"/keluarga/{row.pk}/nomor/{register.number_of(row).pk}", {"reason": "cek"})
    assert response.status_code == 422
    assert "sedikitnya 10 huruf" in text(response)
    assert 'value="cek"' in text(response)
    assert not Reveal.objects.exists()


def test_too_many_numbers_an_hour_are_answered_with_a_sentence(desk, row):
    number = register.number_of(row)
    for _ in range(REVEALS_AN_HOUR):
        desk.post(f"/keluarga/{row.pk}/nomor/{number.pk}", REASON)
    response = desk.post(f"/keluarga/{row.pk}/nomor/{number.pk}", REASON)
    assert response.status_code == 429
    assert "30 nomor dalam satu jam" in text(response)


@pytest.mark.parametrize(
    ("role", "region", "more"),
    [("cadre", HERE, {}), ("village_head", HERE, {}), ("agency_officer", KABUPATEN, {"agency": "health"})],
)
def test_a_role_that_sees_masked_numbers_opens_none(places, row, role, region, more):
    client = signed_in(person(role, region, **more))
    said = text(client.get(f"/keluarga/{row.pk}"))
    assert "•••• •••• •••• 4321" in said
    assert "lengkap" not in said.split("Yang tinggal di sini")[1].split("Siapa yang melihat")[0]
    assert client.post(f"/keluarga/{row.pk}/nomor/{register.number_of(row).pk}", REASON).status_code == 403


def test_the_same_nik_twice_is_a_warning_inside_the_scope_only(desk, row):
    near, far = (register.family(where, people=[register.head(nik=NIK)]) for where in (BESIDE, FAR))
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "juga tercatat pada orang lain" in said
    assert "PKB/PLKB kecamatan" in said
    assert f"/keluarga/{near.pk}" in said
    assert str(far.pk) not in said
    cadre = signed_in(person("cadre", HERE))
    assert "juga tercatat" not in text(cadre.get(f"/keluarga/{row.pk}"))
    register.left(near)
    assert "juga tercatat" not in text(desk.get(f"/keluarga/{row.pk}"))


def test_saving_a_number_answers_alike_whether_it_stands_elsewhere_or_nowhere(desk, row):
    """Writing down a NIK is no way to ask whether another region knows it."""
    register.family(FAR, people=[register.head(nik=register.nik(555))])
    pages = []
    for number in (register.nik(555), register.nik(666)):
        given = {"name": "Ayu", "sex": "2", "relation": "4", "born_on": "", "mother": "", "nik": number}
        response = desk.post(f"/keluarga/{row.pk}/anggota", given)
        pages.append((response.status_code, response.headers["Location"]))
        assert "juga tercatat" not in text(desk.get(f"/keluarga/{row.pk}"))
    assert pages[0] == pages[1]


def test_a_number_is_looked_up_in_the_body(desk, row):
    assert "16 angka" in text(desk.get("/keluarga/cari-nomor"))
    said = text(desk.post("/keluarga/cari-nomor", {"kind": "nik", "number": NIK}))
    assert "tercatat pada 1 keluarga" in said
    assert f"/keluarga/{row.pk}" in said
    assert NIK not in said
    wrong = desk.post("/keluarga/cari-nomor", {"kind": "nik", "number": "123"})
    assert (wrong.status_code, "3 angka" in text(wrong)) == (422, True)


def test_unknown_and_out_of_scope_numbers_are_one_answer(desk, row):
    """T7: the same status, the same length, the same words; the time is measured by the bench."""
    register.family(FAR, people=[register.head(nik=register.nik(555))], card=register.nik(555))
    gone = register.family(people=[register.head(nik=register.nik(777))])
    restrict(family=gone)
    for kind in ("nik", "kk"):
        answers = {
            spoken(desk.post("/keluarga/cari-nomor", {"kind": kind, "number": register.nik(number)}))
            for number in (555, 666, 777)
        }
        assert len(answers) == 1
    assert "tidak ada di wilayah Anda" in answers.pop()[2]


def test_too_many_look_ups_a_minute_are_answered_with_a_sentence(desk, row):
    answers = [desk.post("/keluarga/cari-nomor", {"kind": "nik", "number": NIK}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "30 nomor dalam satu menit" in text(answers[-1])


def test_who_is_restricted_is_in_no_list_or_count(desk, row):
    alone = register.family(people=[register.head(name="Budi Santoso")], address="Gang Buntu")
    restrict(family=alone)
    restrict(family=row, relation=1)
    head = f"/keluarga/desa/{HERE}"
    for path in ("/keluarga/", head, f"/keluarga/{row.pk}"):
        said = text(desk.get(path))
        assert not any(hidden in said for hidden in ("Siti", "Budi", "Gang Buntu", "4321"))
    assert "tercatat 1 keluarga dengan 1 orang" in text(desk.get("/keluarga/"))
    assert "Siti" not in text(desk.post(head, {"cari": "siti"}))


def test_that_somebody_is_restricted_is_told_to_who_decides_about_it(desk, row):
    actions_of_officer = desk.post(
        f"/keluarga/{row.pk}/anggota/{register.head_of(row).pk}",
        {"name": "Siti Aminah", "sex": "2", "relation": "1", "born_on": "", "mother": "", "nik": ""},
    )
    assert actions_of_officer.status_code == 302
    restrict(family=row, relation=1)
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "Data 1 orang dalam keluarga ini dibatasi" in said
    assert "Siti" not in said
    head = signed_in(person("village_head", HERE))
    assert "ibatasi" not in text(head.get(f"/keluarga/{row.pk}"))
    restrict(family=row)
    assert "Keluarga yang datanya dibatasi" in text(desk.get(f"/keluarga/{row.pk}"))
    assert head.get(f"/keluarga/{row.pk}").status_code == 404


def test_who_is_restricted_is_not_opened_for_correction(desk, row):
    restrict(family=row, relation=1)
    assert desk.get(f"/keluarga/{row.pk}/anggota/{register.head_of(row).pk}").status_code == 404


def test_a_family_that_left_is_read_only(desk, row):
    register.left(row, on=date(2025, 11, 1))
    said = text(desk.get(f"/keluarga/{row.pk}"))
    assert "tidak tinggal di sini lagi sejak 1 Nov 2025" in said
    assert "Pindah ke luar wilayah" in said
    assert "Tambah anggota" not in said
    for page in ("ubah", "keluar", "anggota"):
        assert desk.get(f"/keluarga/{row.pk}/{page}").status_code == 404
    assert "Belum ada keluarga" in text(desk.get(f"/keluarga/desa/{HERE}"))


def test_a_family_page_says_since_when_it_is_at_home(desk, places):
    row = register.family(since_on=register.AT.date() - timedelta(days=1))
    assert "keluarganya sejak 15 Des 2025" in text(desk.get(f"/keluarga/{row.pk}"))


def test_invented_families_are_marked(desk, places):
    row = register.family(invented=True)
    for path in (f"/keluarga/desa/{HERE}", f"/keluarga/{row.pk}"):
        assert "Data contoh rekaan" in text(desk.get(path))

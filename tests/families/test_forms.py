"""The forms: what is typed stays, what is wrong is said beside its field, nothing but the fields is taken (T8)."""

import re
from datetime import date

import pytest

from balai.access.models import AuditEntry, acting
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import MEMBERS_AT_ONCE
from tests.families import register
from tests.families.register import BESIDE, FAR, HERE, KABUPATEN, KECAMATAN, RT1
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
HOME = {"region": HERE, "address": "Jalan Melati 4", "since_on": "2010-01-01", "card": ""}
HEAD = {"name": "Siti Rahmawati", "sex": "2", "relation": "1", "born_on": "17-05-1984", "nik": ""}
CHILD = {"name": "Dimas", "sex": "1", "relation": "3", "born_on": "03/02/2019", "nik": ""}
MEMBER = CHILD | {"mother": ""}

NAME = "Nama hanya berisi huruf, spasi, titik, koma, tanda petik, dan tanda hubung"
DAY = "Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-05-1984"


@pytest.fixture
def desk(places):
    return signed_in(person("field_officer", KECAMATAN))


@pytest.fixture
def row(places):
    return register.family(card=register.nik())


def text(response):
    return response.content.decode()


def household(*people, **home):
    fields = {f"{number}-{name}": value for number, one in enumerate(people) for name, value in one.items()}
    return HOME | home | fields | {"people": str(len(people))}


def add(client, *people, code=HERE, more=None, **home):
    return client.post(f"/keluarga/desa/{code}/tambah", household(*people, **home) | (more or {}))


def families():
    with acting(register.BY):
        return list(Family.objects.order_by("made_at"))


def wrong(response):
    """Fields marked wrong, with what stands beside them."""
    found = re.findall(r'id="id_([\w-]+)_error"><li>(.*?)</li>', text(response))
    return {name: said.partition(".")[0] for name, said in found}


def test_a_family_is_entered_on_one_page(desk):
    number, card = register.nik(), register.nik()
    response = add(desk, HEAD | {"nik": number}, CHILD, card=card, region=RT1)
    (row,) = families()
    assert response.headers["Location"] == f"/keluarga/{row.pk}"
    assert (row.region, row.address, row.since_on) == (RT1, "Jalan Melati 4", date(2010, 1, 1))
    with acting(register.BY):
        assert list(row.people.in_order().values_list("name", "born_on")) == [
            ("Siti Rahmawati", date(1984, 5, 17)),
            ("Dimas", date(2019, 2, 3)),
        ]
        assert {one.number for one in row.numbers.all()} == {number, card}


def test_another_person_is_asked_for_without_losing_what_was_typed(desk):
    response = add(desk, HEAD | {"name": "Siti 2 salah", "nik": "12"}, card="99", more={"more": "1"})
    said = text(response)
    assert response.status_code == 200
    for kept in ('value="Siti 2 salah"', 'value="Jalan Melati 4"', 'value="99"', 'value="12"', 'value="2010-01-01"'):
        assert kept in said
    assert 'name="1-name"' in said
    assert 'name="people" value="2"' in said
    assert wrong(response) == {}
    assert not families()


def test_where_there_is_nothing_to_choose_nothing_is_asked(desk):
    said = text(desk.get(f"/keluarga/desa/{BESIDE}/tambah"))
    assert "RT, RW, atau dusun" not in said
    assert add(desk, HEAD, code=BESIDE, region=BESIDE).status_code == 302


def test_a_form_does_not_grow_beyond_its_limit(desk):
    people = [HEAD, *[CHILD] * (MEMBERS_AT_ONCE - 1)]
    said = text(add(desk, *people, more={"more": "1"}))
    assert f'name="people" value="{MEMBERS_AT_ONCE}"' in said


def test_a_block_left_empty_is_nobody(desk):
    empty = dict.fromkeys(CHILD, "")
    assert add(desk, HEAD, empty, CHILD, empty).status_code == 302
    with acting(register.BY):
        assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("people", "home", "fields"),
    [
        ([HEAD | {"name": ""}], {}, {"0-name": "Bidang ini tidak boleh kosong"}),
        ([HEAD | {"name": "Siti1"}], {}, {"0-name": NAME}),
        ([HEAD | {"sex": "7"}], {}, {"0-sex"}),
        ([HEAD | {"relation": ""}], {}, {"0-relation"}),
        ([HEAD | {"born_on": "31-02-1984"}], {}, {"0-born_on": DAY}),
        ([HEAD | {"born_on": "2999-01-01"}], {}, {"0-born_on": "Tanggal lahir ini belum terjadi"}),
        ([HEAD | {"nik": "12"}], {}, {"0-nik": "Nomor ini berisi 2 angka, seharusnya 16"}),
        ([HEAD | {"nik": "12O4567890123456"}], {}, {"0-nik"}),
        ([CHILD], {}, {"0-relation": "Belum ada kepala keluarga"}),
        ([HEAD, HEAD], {}, {"1-relation": "Kepala keluarga hanya satu"}),
        ([HEAD, CHILD | {"relation": "2"}, CHILD | {"relation": "2"}], {}, {"2-relation"}),
        ([HEAD], {"card": "1"}, {"card"}),
        ([HEAD], {"since_on": "2999-01-01"}, {"since_on": "Tanggal ini belum terjadi"}),
        ([HEAD], {"address": "x" * 201}, {"address"}),
        ([HEAD | {"name": ""}, CHILD | {"sex": ""}], {"card": "1"}, {"0-name", "1-sex", "card"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_everything_typed_stays(desk, people, home, fields):
    response = add(desk, *people, **home)
    assert response.status_code == 422
    found = wrong(response)
    assert found.keys() == set(fields)
    if isinstance(fields, dict):
        assert found == fields
    assert "Belum tersimpan" in text(response)
    typed = [value for one in people for name, value in one.items() if name in ("name", "nik") and value]
    assert all(f'value="{value}"' in text(response) for value in typed)
    assert not families()


def test_a_family_nobody_of_whom_was_filled_in_is_not_a_family(desk):
    response = add(desk, dict.fromkeys(HEAD, "") | {"relation": "1"})
    assert response.status_code == 422
    assert "0-name" in wrong(response)


@pytest.mark.parametrize("region", [BESIDE, FAR, KABUPATEN, "", "x"])
def test_the_home_is_a_place_of_this_page(desk, region):
    """Even a place in scope: what the page did not offer is not taken from it."""
    response = add(desk, HEAD, region=region)
    assert (response.status_code, set(wrong(response))) == (422, {"region"})


@pytest.mark.parametrize("count", ["0", "-1", "21", "999999999", "x", "", "１"])
def test_a_count_that_the_page_never_sends_is_refused(desk, count):
    response = add(desk, HEAD, more={"people": count})
    assert response.status_code == 422
    assert not families()


INJECTED = {
    "user": "x", "account": "x", "actor": "x", "role": "system_admin", "agency": "health", "owner": "x", "by": "x",
    "made_by": "x", "made_at": "2000-01-01", "verified_by": "x", "invented": "1", "id": "x", "family": "x",
    "restricted_at": "", "left_on": "2020-01-01", "village": FAR, "0-region": FAR, "0-mother": "x", "1-name": "Budi",
}  # fmt: skip


@pytest.mark.parametrize("name", INJECTED)
def test_what_is_no_field_of_the_form_is_refused(desk, row, name):
    """T8: 0 accepted foreign keys over all writes."""
    extra = {name: INJECTED[name]}
    number = register.number_of(row)
    before = AuditEntry.objects.count()
    for response in (
        add(desk, HEAD, more=extra),
        desk.post(f"/keluarga/desa/{HERE}", {"cari": "x"} | extra),
        desk.post(f"/keluarga/{row.pk}/ubah", {"address": "", "since_on": "", "card": ""} | extra),
        desk.post(f"/keluarga/{row.pk}/peristiwa/moved_within", {"on": "2025-01-01", "region": BESIDE} | extra),
        desk.post(f"/keluarga/{row.pk}/keluar", {"on": "2025-01-01"} | extra),
        desk.post(f"/keluarga/{row.pk}/anggota", MEMBER | extra),
        desk.post(f"/keluarga/{row.pk}/anggota/{register.head_of(row).pk}", HEAD | {"mother": ""} | extra),
        desk.post(f"/keluarga/{row.pk}/nomor/{number.pk}", {"reason": "verifikasi data bantuan"} | extra),
        desk.post("/keluarga/cari-nomor", {"kind": "nik", "number": register.nik()} | extra),
    ):
        assert response.status_code == 422
    assert AuditEntry.objects.count() == before
    with acting(register.BY):
        assert Family.objects.get().region == HERE
        assert Person.objects.count() == 2


def test_the_address_of_a_page_carries_no_values(desk, row):
    """What is injected into the query changes nothing."""
    response = desk.post(
        f"/keluarga/{row.pk}/ubah?region={FAR}&made_by=x", {"address": "Baru", "since_on": "", "card": ""}
    )
    assert response.status_code == 302
    (known,) = families()
    assert (known.region, known.made_by, known.address) == (HERE, register.BY.name, "Baru")


def test_the_forms_of_a_family_begin_with_what_is_known(desk):
    row = register.family(people=[register.head(nik=register.nik())], since_on=date(2010, 1, 1), card=register.nik())
    said = text(desk.get(f"/keluarga/{row.pk}/ubah"))
    assert 'value="Jalan Melati 4"' in said
    assert 'value="2010-01-01"' in said
    assert "Isi hanya untuk menggantinya" in said
    said = text(desk.get(f"/keluarga/{row.pk}/anggota/{register.head_of(row).pk}"))
    assert 'value="Siti Rahmawati"' in said
    assert '<option value="1" selected>Kepala keluarga' in said
    assert "Isi hanya untuk menggantinya" in said
    assert said.count("<option") == 3 + 5  # choose, head, no mother yet; why no NIK


@pytest.mark.parametrize("page", ["ubah", "anggota"])
def test_every_form_opens_and_is_recorded(desk, row, page):
    assert "<form" in text(desk.get(f"/keluarga/{row.pk}/{page}"))
    assert [one.subject for one in AuditEntry.objects.get(deed="family.form").touched.all()] == [row.pk]


def test_a_member_is_added_and_corrected(desk, row):
    head = register.head_of(row)
    assert desk.post(f"/keluarga/{row.pk}/anggota", MEMBER | {"mother": str(head.pk)}).status_code == 302
    with acting(register.BY):
        child = Person.objects.get(name="Dimas")
        assert child.mother_id == head.pk
    path = f"/keluarga/{row.pk}/anggota/{child.pk}"
    assert f'<option value="{head.pk}" selected>' in text(desk.get(path))
    assert desk.post(path, MEMBER | {"name": "Dimas P.", "nik": register.nik(9)}).status_code == 302
    with acting(register.BY):
        child.refresh_from_db()
        assert (child.name, child.mother_id, child.numbers.get().number) == ("Dimas P.", None, register.nik(9))


def test_what_a_member_cannot_be_is_said_beside_the_field(desk, row):
    head = register.head_of(row)
    other = register.head_of(register.family())
    for given, fields in (
        ({"relation": "1"}, {"relation"}),
        ({"mother": str(other.pk)}, {"mother"}),
        ({"mother": str(head.pk), "born_on": "1950-01-01"}, {"mother"}),
        ({"name": "", "mother": str(head.pk)}, {"name"}),
        ({"name": "1", "nik": "1"}, {"name", "nik"}),
    ):
        response = desk.post(f"/keluarga/{row.pk}/anggota", MEMBER | given)
        assert (response.status_code, set(wrong(response))) == (422, fields)
    desk.post(f"/keluarga/{row.pk}/anggota", MEMBER | {"relation": "2"})
    response = desk.post(f"/keluarga/{row.pk}/anggota", MEMBER | {"relation": "2", "name": "Eko"})
    assert wrong(response) == {"relation": "Satu keluarga berisi satu pasangan"}
    response = desk.post(f"/keluarga/{row.pk}/anggota/{head.pk}", HEAD | {"mother": "", "name": "7"})
    assert (response.status_code, set(wrong(response))) == (422, {"name"})


def test_who_is_head_is_not_changed_by_a_correction(desk, row):
    response = desk.post(
        f"/keluarga/{row.pk}/anggota/{register.head_of(row).pk}", HEAD | {"mother": "", "relation": "3"}
    )
    assert (response.status_code, set(wrong(response))) == (422, {"relation"})


def test_a_correction_keeps_what_was_typed(desk):
    row = register.family(since_on=date(2020, 1, 1))
    response = desk.post(f"/keluarga/{row.pk}/ubah", {"address": "Jalan Baru", "since_on": "x", "card": "12"})
    assert set(wrong(response)) == {"since_on", "card"}
    assert 'value="Jalan Baru"' in text(response)


def test_a_correction_is_saved(desk, row):
    card = register.nik(8)
    desk.post(f"/keluarga/{row.pk}/ubah", {"address": "", "since_on": "2011-02-03", "card": card})
    (known,) = families()
    assert (known.address, known.since_on) == ("", date(2011, 2, 3))
    with acting(register.BY):
        assert IdentityNumber.objects.get().number == card


def test_a_form_without_its_token_is_refused(places):
    from django.test import Client

    account = person("field_officer", KECAMATAN)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(account).cookies
    assert add(strict, HEAD).status_code == 403
    assert not families()

"""Who opens which page of the register: every role, out of scope, after a move, and without signing in."""

from uuid import uuid4

import pytest

from balai.access.models import acting
from balai.families.models import Family
from tests.families import register
from tests.families.register import BESIDE, FAR, HERE, KABUPATEN, KECAMATAN, RT1
from tests.families.test_pages import NIK, REASON, spoken, text
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(places):
    """A signed-in PKB of the kecamatan."""
    return signed_in(person("field_officer", KECAMATAN))


@pytest.fixture
def row(places):
    return register.family()


def test_after_a_move_the_old_officer_finds_nothing_at_the_next_request(desk, row):
    cadre = signed_in(person("cadre", HERE))
    assert cadre.get(f"/keluarga/{row.pk}").status_code == 200
    assert (
        desk.post(f"/keluarga/{row.pk}/peristiwa/moved_within", {"on": "2025-12-01", "region": BESIDE}).status_code
        == 302
    )
    assert spoken(cadre.get(f"/keluarga/{row.pk}")) == spoken(cadre.get(f"/keluarga/{row.pk}"))
    assert cadre.get(f"/keluarga/{row.pk}").status_code == 404


def test_unknown_and_out_of_scope_pages_are_one_answer(desk, row):
    far = register.family(FAR)
    for page in ("{}", "{}/ubah", "{}/peristiwa/moved_within", "{}/keluar", "{}/anggota"):
        pages = [desk.get("/keluarga/" + page.format(pk)) for pk in (far.pk, uuid4())]
        assert {page.status_code for page in pages} == {404}
        assert len({text(page).replace(str(far.pk), "")[:200] for page in pages}) == 1
    for code in (FAR, "16.05.01.9999", KECAMATAN, "x"):
        for page in ("", "/tambah"):
            assert desk.get(f"/keluarga/desa/{code}{page}").status_code == 404
    with acting(register.BY):
        outsider = far.people.first()
    assert desk.get(f"/keluarga/{row.pk}/anggota/{outsider.pk}").status_code == 404
    assert desk.post(f"/keluarga/{row.pk}/nomor/{uuid4()}", REASON).status_code == 404


ROLES = [
    ("cadre", HERE, {}, 200, 200),
    ("village_editor", HERE, {}, 200, 403),
    ("village_head", HERE, {}, 200, 403),
    ("family_office", KABUPATEN, {}, 200, 200),
    ("agency_officer", KABUPATEN, {"agency": "social"}, 200, 403),
    ("agency_officer", KABUPATEN, {"agency": "other"}, 403, 403),
    ("planner", KABUPATEN, {}, 403, 403),
    ("district_head", KECAMATAN, {}, 403, 403),
    ("working_group", HERE, {}, 403, 403),
    ("auditor", KABUPATEN, {}, 403, 403),
    ("province", "16", {}, 403, 403),
    ("nation", "", {}, 403, 403),
    ("system_admin", "", {}, 403, 403),
]


@pytest.mark.parametrize(("role", "region", "more", "reads", "edits"), ROLES)
def test_which_roles_read_and_which_edit(row, role, region, more, reads, edits):
    client = signed_in(person(role, region, **more))
    number = register.nik(3)
    for path in ("/keluarga/", f"/keluarga/desa/{HERE}", f"/keluarga/{row.pk}", "/keluarga/cari-nomor"):
        assert client.get(path).status_code == reads, path
    assert client.post("/keluarga/cari-nomor", {"kind": "nik", "number": number}).status_code == reads
    for path in (f"/keluarga/desa/{HERE}/tambah", f"/keluarga/{row.pk}/ubah", f"/keluarga/{row.pk}/anggota"):
        assert client.get(path).status_code == edits, path


def test_a_companion_opens_the_families_assigned_and_enters_none(places, row):
    other = register.family(people=[register.head(name="Budi Santoso")])
    client = signed_in(person("companion", HERE, families=[row.pk]))
    said = text(client.get(f"/keluarga/desa/{HERE}"))
    assert "Siti" in said
    assert "Budi" not in said
    assert "Tambah keluarga" not in said
    assert client.get(f"/keluarga/{row.pk}/ubah").status_code == 200
    assert client.get(f"/keluarga/{other.pk}").status_code == 404
    assert client.get(f"/keluarga/desa/{HERE}/tambah").status_code == 403


def test_a_cadre_of_an_rt_sees_the_village_of_that_rt_only_in_part(places, row):
    inside = register.family(RT1, people=[register.head(name="Ani")])
    client = signed_in(person("cadre", RT1))
    assert "tercatat 1 keluarga" in text(client.get("/keluarga/"))
    said = text(client.get(f"/keluarga/desa/{HERE}"))
    assert "Ani" in said
    assert "Siti" not in said
    assert client.get(f"/keluarga/{inside.pk}").status_code == 200
    assert f'value="{HERE}"' not in text(client.get(f"/keluarga/desa/{HERE}/tambah"))
    moving = text(client.get(f"/keluarga/{inside.pk}/peristiwa/moved_within"))
    assert "<option" in moving
    assert HERE + '"' not in moving.split("<select")[1]


def test_strangers_are_sent_to_sign_in(client, row):
    for path in ("/keluarga/", f"/keluarga/desa/{HERE}", f"/keluarga/{row.pk}"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"][:13]) == (302, "/masuk/?next=")
    assert client.post("/keluarga/cari-nomor", {"kind": "nik", "number": NIK}).status_code == 401
    with acting(register.BY):
        assert Family.objects.count() == 1

"""The pages on which officers look after people: only their own, and nothing typed is lost."""

import csv
import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from balai.access.models import AuditEntry
from balai.access.rules import operator
from balai.accounts import actions
from balai.accounts.models import Account, Grant, OneTimeCode
from balai.regions import actions as regions
from tests.accounts.seed import AT, FAR, SIBLING, VILLAGE, lay_out
from tests.people import granted, person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()  # noqa: TID251  as the pages do


@pytest.fixture(autouse=True)
def _places():
    lay_out()


@pytest.fixture
def officer():
    return person("field_officer", "16.05.01", name="Bu PKB")


@pytest.fixture
def client(officer):
    return signed_in(officer)


def names(response):
    return [account.name for account, _grants in response.context["rows"]]


def text(response):
    return response.content.decode()


def test_the_list_holds_the_people_of_ones_regions_and_no_others(client):
    person("cadre", VILLAGE, name="Ani")
    person("cadre", FAR, name="Far")
    person("planner", "16.05", name="Above")
    both = person("cadre", FAR, name="Both")
    granted(both, "cadre", SIBLING)
    former = person("cadre", VILLAGE, name="Former")
    former.grants.update(to_on=date(2025, 6, 1))
    moved = person("cadre", FAR, name="Moved")
    granted(moved, "cadre", VILLAGE, to_on=date(2025, 6, 1))
    assert names(client.get("/petugas/")) == ["Ani", "Both", "Bu PKB", "Former"]


def test_somebody_out_of_scope_is_not_found_like_somebody_unknown(client):
    far, unknown = person("cadre", FAR), uuid4()
    answers = [client.get(f"/petugas/{pk}") for pk in (far.pk, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = {re.sub(r"[0-9a-f-]{36}", "", text(answer)) for answer in answers}
    assert len({re.sub(r'name="csrf[^>]+', "", body) for body in bodies}) == 1


@pytest.mark.parametrize(
    "address", ["ubah", "undang", "tangguhkan", "pulihkan", "penugasan", "penugasan/akhiri", "penugasan/tinjau",
                "pindah", "serah-terima"],
)  # fmt: skip
def test_nothing_is_done_to_somebody_out_of_scope(client, address):
    account = person("cadre", FAR)
    assert client.post(f"/petugas/{account.pk}/{address}", {"reason": "x"}).status_code == 404
    account.refresh_from_db()
    assert account.suspended_at is None


def test_a_role_without_the_permission_has_no_list():
    assert signed_in(person("cadre", VILLAGE)).get("/petugas/").status_code == 403


def test_the_auditor_looks_and_changes_nothing():
    account = person("cadre", VILLAGE)
    client = signed_in(person("auditor", "16.05"))
    page = client.get(f"/petugas/{account.pk}")
    assert page.status_code == 200
    assert "Tangguhkan" not in text(page)
    assert "Tambah orang" not in text(client.get("/petugas/"))
    assert client.post(f"/petugas/{account.pk}/tangguhkan", {"reason": "x"}).status_code == 403


def test_the_list_is_searched_filtered_and_sorted(client, officer):
    soon = TODAY + timedelta(days=3)
    person("cadre", VILLAGE, name="Ani", username="k1", last_login=AT)
    budi = person(
        "companion", SIBLING, name="Budi", username="k2", suspended_at=AT, suspended_by="x", suspended_reason="x"
    )
    granted(person("cadre", SIBLING, name="Cici", username="k3"), "companion", VILLAGE, to_on=soon)
    idle = person("cadre", VILLAGE, name="Didi", username="k4")
    idle.grants.update(to_on=date(2025, 6, 1))
    actions.invite(by=operator("test"), at=timezone.now(), account=Account.objects.get(name="Cici"), code_hash="x")  # noqa: TID251
    for query, found in {
        "q=an": ["Ani"],
        f"q={budi.username}": ["Budi"],
        "q=%25": [],
        "peran=companion": ["Budi", "Cici"],
        f"wilayah={VILLAGE}": ["Ani", "Cici"],
        "wilayah=16.05.01": ["Ani", "Bu PKB", "Budi", "Cici"],
        "keadaan=aktif": ["Ani"],
        "keadaan=ditangguhkan": ["Budi"],
        "keadaan=diundang": ["Cici"],
        "keadaan=belum-masuk": ["Didi"],
        "keadaan=segera-berakhir": ["Cici"],
        "keadaan=tanpa-peran": ["Didi"],
        "keadaan=tinjau": [],
        "keadaan=x&peran=x&urut=x&halaman=x&wilayah=*": ["Ani", "Bu PKB", "Budi", "Cici", "Didi"],
        "urut=akun&turun=1&q=i": ["Didi", "Cici", "Budi", "Ani"],
        "urut=berakhir&peran=companion&turun=1": ["Cici", "Budi"],
        "urut=wilayah&peran=cadre": ["Ani", "Cici"],
        "urut=masuk&peran=cadre&q=k": ["Ani", "Cici"],
    }.items():
        got = [name for name in names(client.get(f"/petugas/?{query}")) if name != "Bu PKB" or name in found]
        assert got == found, query


def test_a_long_list_has_pages(client):
    Account.objects.bulk_create(
        Account(username=f"kader{n:03}", name=f"Kader {n:03}", invited_at=AT, invited_by="x") for n in range(60)
    )
    Grant.objects.bulk_create(
        Grant(account=account, role="cadre", region=VILLAGE, from_on=date(2025, 1, 1), given_at=AT, given_by="x")
        for account in Account.objects.filter(username__startswith="kader")
    )
    assert "Halaman 1 dari 2" in text(client.get("/petugas/"))
    assert len(names(client.get("/petugas/?halaman=2&urut=nama"))) == 11
    assert "Sebelumnya" in text(client.get("/petugas/?halaman=2"))


def test_the_list_leaves_as_a_file_without_formulas_and_is_recorded(client, officer):
    person("cadre", VILLAGE, name="=HYPERLINK(1)", phone="+62812")
    former = person("cadre", VILLAGE, name="Former", last_login=AT)
    former.grants.update(to_on=date(2025, 6, 1))
    answer = client.get("/petugas/daftar.csv?urut=nama")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Nama", "'=HYPERLINK(1)", "Bu PKB", "Former"]
    assert rows[1][2] == "'+62812"
    assert client.get("/petugas/daftar.xlsx").content.startswith(b"PK")
    entry = AuditEntry.objects.filter(deed="account.export").first()
    assert (entry.by, entry.detail) == (f"account:{officer.pk}", {"rows": 3, "kind": "csv"})
    assert client.get("/petugas/daftar.exe").status_code == 404


NEW = {"name": "Siti Aminah", "username": "", "phone": "0812-3456-7890", "email": "", "role": "cadre",
       "region": VILLAGE, "agency": "", "agency_name": "", "from_on": str(TODAY), "to_on": ""}  # fmt: skip


def test_a_new_person_gets_a_grant_and_a_code_shown_once(client, officer):
    assert client.get("/petugas/baru").status_code == 200
    page = client.post("/petugas/baru", NEW)
    account = Account.objects.get(username="siti.aminah")
    assert (account.phone, account.has_usable_password()) == ("+6281234567890", False)
    assert account.grants.get().region == VILLAGE
    code = re.search(r'class="code">([A-Z2-9]{4}-[A-Z2-9]{4})<', text(page))[1]
    assert code not in text(client.get(f"/petugas/{account.pk}"))
    assert code.replace("-", "") not in OneTimeCode.objects.get(account=account).code_hash


def test_a_second_person_of_that_name_gets_another_user_name(client):
    client.post("/petugas/baru", NEW)
    client.post("/petugas/baru", NEW | {"region": SIBLING})
    assert Account.objects.filter(username="siti.aminah2").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Bidang ini tidak boleh kosong."),
        ({"username": "Siti Aminah"}, "tidak dapat dipakai"),
        ({"phone": "12"}, "tidak lengkap"),
        ({"email": "x"}, "alamat email"),
        ({"role": "field_officer"}, "field_officer"),
        ({"region": FAR}, "tidak ditemukan di wilayah Anda"),
        ({"region": ""}, "Tulis kode atau nama wilayahnya."),
        ({"region": "tidakada"}, "tidak ditemukan di wilayah Anda"),
        ({"region": "Tugumulyo"}, "tidak ditemukan di wilayah Anda untuk peran ini"),
        ({"region": "16.05.01"}, "setingkat"),
        ({"agency": "health"}, "Jenis instansi"),
        ({"from_on": "besok"}, "hari-bulan-tahun"),
        ({"to_on": "2020-01-01"}, "mendahului"),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(client, changed, said):
    page = client.post("/petugas/baru", NEW | {"phone": "0812-3456-7899"} | changed)
    assert page.status_code == 422
    assert said in text(page)
    assert changed.get("name", "Siti Aminah") in text(page)
    assert Account.objects.count() == 1


def test_a_user_name_that_is_taken_is_told(client, officer):
    page = client.post("/petugas/baru", NEW | {"username": officer.username})
    assert "sudah dipakai" in text(page)


def test_fields_that_are_not_of_the_form_are_refused(client):
    assert client.post("/petugas/baru", NEW | {"is_staff": "1"}).status_code == 422


def test_a_place_is_found_by_its_name_and_told_when_there_are_two(client):
    assert client.post("/petugas/baru", NEW | {"region": "Surodadi"}).status_code == 200
    assert Grant.objects.get(role="cadre").region == VILLAGE
    office = signed_in(person("family_office", "16.05"))
    page = office.post("/petugas/baru", NEW | {"name": "Rina", "region": "Surodadi"})
    assert f"{VILLAGE} Surodadi" in text(page)
    assert "beberapa tempat" in text(page)


def test_the_nation_is_named_or_left_empty():
    client = signed_in(person("system_admin", ""))
    for number, region in enumerate(("", "Indonesia")):
        given = NEW | {"role": "nation", "region": region, "username": f"pusat{number}"}
        assert client.post("/petugas/baru", given).status_code == 200
    assert Grant.objects.filter(role="nation", region="").count() == 2
    assert "<datalist" in text(client.get("/petugas/baru"))


def test_more_places_than_a_page_lists_are_searched_instead(client, settings):
    rows = [f"16.05.01.{n}" for n in range(4000, 4310)]
    regions.load_places(by=operator("test"), at=AT, places=[(code, "Desa") for code in rows], aliases=[])
    assert "<datalist" not in text(client.get("/petugas/baru"))


def test_days_of_the_officer_are_offered(client, officer):
    officer.grants.update(to_on=date(2030, 5, 17))
    assert 'value="2030-05-17"' in text(client.get("/petugas/baru"))


def test_one_person_is_corrected_and_the_trail_keeps_what_was(client):
    account = person("cadre", VILLAGE, name="Siti Amniah")
    assert "Siti Amniah" in text(client.get(f"/petugas/{account.pk}/ubah"))
    wrong = client.post(f"/petugas/{account.pk}/ubah", {"name": "Siti Aminah", "phone": "x", "email": ""})
    assert wrong.status_code == 422
    given = {"name": "Siti Aminah", "phone": "0812 3456 7890", "email": ""}
    for _again in range(2):
        assert client.post(f"/petugas/{account.pk}/ubah", given).status_code == 302
    entry = AuditEntry.objects.get(deed="account.correct")
    assert entry.change.values["name"] == ["Siti Amniah", "Siti Aminah"]


def test_a_grant_is_given_and_ended_on_the_page(client):
    account = person("cadre", SIBLING)
    assert client.get(f"/petugas/{account.pk}/penugasan").status_code == 200
    given = {
        "role": "companion",
        "region": VILLAGE,
        "agency": "",
        "agency_name": "",
        "from_on": str(TODAY),
        "to_on": "",
    }
    assert client.post(f"/petugas/{account.pk}/penugasan", given | {"role": ""}).status_code == 422
    assert client.post(f"/petugas/{account.pk}/penugasan", given).status_code == 302
    grant = account.grants.get(role="companion")
    page = client.post(f"/petugas/{account.pk}/penugasan/akhiri", {"grant": grant.pk, "reason": " "})
    assert (page.status_code, "Tulis alasannya." in text(page)) == (422, True)
    assert client.post(f"/petugas/{account.pk}/penugasan/akhiri", {"grant": grant.pk, "reason": "x"}).status_code == 302
    assert "Penugasan yang lalu" in text(client.get(f"/petugas/{account.pk}"))
    for other in (grant.pk, "x", person("cadre", VILLAGE).grants.get().pk):
        answer = client.post(f"/petugas/{account.pk}/penugasan/akhiri", {"grant": other, "reason": "x"})
        assert answer.status_code == 404


def test_a_person_is_moved_and_gone_from_the_list(client):
    account = person("cadre", VILLAGE)
    assert client.get(f"/petugas/{account.pk}/pindah").status_code == 200
    given = {"regions": f"{SIBLING} Tegal Rejo\nTrikoyo\n", "on": str(TODAY), "reason": "pindah rumah"}
    assert client.post(f"/petugas/{account.pk}/pindah", given | {"regions": "16.05.02"}).status_code == 422
    assert client.post(f"/petugas/{account.pk}/pindah", given).status_code == 302
    held = Grant.objects.in_force(TODAY).filter(account=account).values_list("region", flat=True)
    assert sorted(held) == [SIBLING, "16.05.01.2004"]


def test_suspending_wants_a_reason_and_shuts_out_at_once(client):
    account = person("cadre", VILLAGE)
    theirs = signed_in(account)
    assert theirs.get("/akun/").status_code == 200
    page = client.post(f"/petugas/{account.pk}/tangguhkan", {"reason": ""})
    assert (page.status_code, "Tulis alasannya." in text(page)) == (422, True)
    assert client.post(f"/petugas/{account.pk}/tangguhkan", {"reason": "hp hilang"}).status_code == 302
    assert theirs.get("/akun/").status_code == 403
    assert "ditangguhkan sejak" in text(client.get(f"/petugas/{account.pk}"))
    assert client.post(f"/petugas/{account.pk}/tangguhkan", {"reason": "lagi"}).status_code == 409
    assert client.post(f"/petugas/{account.pk}/undang").status_code == 409
    assert client.post(f"/petugas/{account.pk}/pulihkan", {"reason": "ketemu"}).status_code == 302
    assert client.post(f"/petugas/{account.pk}/pulihkan", {"reason": "lagi"}).status_code == 409


def test_the_account_of_somebody_who_also_works_above_is_out_of_reach(client):
    account = person("cadre", VILLAGE)
    granted(account, "planner", "16.05")
    page = client.get(f"/petugas/{account.pk}")
    assert "dikelola petugas di atas Anda" in text(page)
    assert "1 penugasan lain di luar wilayah Anda" in text(page)
    assert client.post(f"/petugas/{account.pk}/tangguhkan", {"reason": "x"}).status_code == 403


def test_nobody_suspends_oneself(client, officer):
    assert client.post(f"/petugas/{officer.pk}/tangguhkan", {"reason": "x"}).status_code == 403
    assert "Beri penugasan" not in text(client.get(f"/petugas/{officer.pk}"))


def test_a_new_code_is_shown_once(client):
    account = person("cadre", VILLAGE, last_login=AT)
    page = client.post(f"/petugas/{account.pk}/undang")
    assert re.search(r'class="code">[A-Z2-9]{4}-[A-Z2-9]{4}<', text(page))
    assert client.get(f"/petugas/{account.pk}/undang").status_code == 405
    assert "mengundang petugas" in text(client.get(f"/petugas/{account.pk}"))


def test_a_split_is_told_on_the_page_and_settled_there(client):
    account = person("agency_officer", "16.05", "health", name="Dua Kantor")
    cadre = person("cadre", VILLAGE)
    regions.record_change(by=operator("test"), at=AT, kind="split", code=VILLAGE, new=SIBLING,
                          on=date(2026, 1, 1), source="Perda")  # fmt: skip
    assert names(client.get("/petugas/?keadaan=tinjau")) == [cadre.name]
    assert "dipecah pada" in text(client.get(f"/petugas/{cadre.pk}"))
    answer = {"grant": cadre.grants.get().pk, "regions": [VILLAGE, SIBLING], "reason": "keduanya"}
    assert client.post(f"/petugas/{cadre.pk}/penugasan/tinjau", answer | {"regions": []}).status_code == 422
    assert client.post(f"/petugas/{cadre.pk}/penugasan/tinjau", answer).status_code == 302
    assert "dipecah pada" not in text(client.get(f"/petugas/{cadre.pk}"))
    assert client.get(f"/petugas/{account.pk}").status_code == 404


def test_an_unknown_role_is_shown_by_its_name():
    granted(account := person("cadre", VILLAGE, name="Lama"), "wizard", VILLAGE)
    page = signed_in(person("family_office", "16.05")).get(f"/petugas/{account.pk}")
    assert "wizard" in text(page)
    assert "dikelola petugas di atas Anda" in text(page)


def test_an_agency_officer_is_shown_with_the_agency():
    account = person("agency_officer", "16.05", "health")
    account.grants.update(agency_name="Dinkes Musi Rawas", to_on=TODAY + timedelta(days=3))
    client = signed_in(person("family_office", "16.05"))
    assert "Dinkes Musi Rawas" in text(client.get(f"/petugas/{account.pk}"))
    assert "segera berakhir" in text(client.get("/petugas/"))


def test_an_empty_list_says_what_to_do(client):
    assert "Tidak ada orang yang cocok" in text(client.get("/petugas/?q=zzz"))


def test_who_may_see_what_is_open_to_everybody(client):
    page = text(signed_in(person("cadre", VILLAGE)).get("/peran"))
    assert "Tim Pendamping Keluarga (TPK)" in page
    assert "dengan alasan, satu jam" in page

"""The families that a companion looks after: found, ticked, assigned and let go by the officer of the region."""

import re
from uuid import uuid4

import pytest

from balai.access.models import AuditEntry, acting
from balai.accounts.models import Assignment
from balai.families.models import Person
from balai.families.views import assigning
from tests.families import register
from tests.families.register import BESIDE, HERE, KECAMATAN, RT1, RT2
from tests.people import granted, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(places):
    return signed_in(person("field_officer", KECAMATAN, name="Ibu Petugas"))


@pytest.fixture
def companion(places):
    return person("companion", HERE, name="Ibu Rini")


@pytest.fixture
def families(places):
    named = {"Siti": RT1, "Budi": RT1, "Wati": RT2}
    rows = {name: register.family(region, [register.head(name)]) for name, region in named.items()}
    return rows | {"Tono": register.family(BESIDE, [register.head("Tono")])}


def page(account):
    return f"/petugas/{account.pk}/keluarga"


def text(response):
    return response.content.decode()


def shown(response, legend):
    """Names in the list under that legend."""
    found = re.search(rf"<legend>{legend}</legend>(.*?)</fieldset>", text(response), re.DOTALL)
    return re.findall(r"<span>(\w+)<span", found[1]) if found else []


def sent(client, account, deed="", chosen=(), grant=None, **more):
    keys = [getattr(one, "pk", one) for one in chosen]
    grant = grant or account.grants.get()
    return client.post(page(account), {"grant": grant.pk, "perbuatan": deed, "keluarga": keys, **more})


def of(account):
    return set(Assignment.objects.filter(grant__account=account).values_list("family", flat=True))


def test_nobody_is_assigned_at_first_and_the_page_says_what_that_means(desk, companion):
    said = text(desk.get(page(companion)))
    assert "belum dapat membuka data satu keluarga pun" in said
    assert "Cari menurut nama, alamat, atau RT" in said
    assert AuditEntry.objects.latest("pk").deed == "family.list"


def test_families_are_found_by_name_by_address_and_by_place(desk, companion, families):
    assert shown(sent(desk, companion, cari="sit"), "Keluarga yang ditemukan") == ["Siti"]
    assert shown(sent(desk, companion, cari="melati"), "Keluarga yang ditemukan") == ["Budi", "Siti", "Wati"]
    assert shown(sent(desk, companion, tempat=RT2), "Keluarga yang ditemukan") == ["Wati"]
    for nothing in ({"cari": "tono"}, {"cari": "sit", "tempat": RT2}):
        assert "Tidak ada keluarga lain yang cocok" in text(sent(desk, companion, **nothing))
    assert "Cari menurut nama" in text(sent(desk, companion, tempat=BESIDE))


def test_many_are_assigned_at_once_and_one_step_leads_back(desk, companion, families):
    chosen = [families["Siti"], families["Wati"]]
    answer = sent(desk, companion, "tugaskan", chosen, cari="melati")
    assert of(companion) == {one.pk for one in chosen}
    assert "2 keluarga ditugaskan." in text(answer)
    assert shown(answer, "Keluarga yang didampingi") == ["Siti", "Wati"]
    assert shown(answer, "Keluarga yang ditemukan") == ["Budi"]
    entry = AuditEntry.objects.filter(deed="grant.assign").get()
    assert {one.subject for one in entry.touched.all()} == of(companion)
    back = re.search(r'role="status">(.*?)</div>', text(answer), re.DOTALL)[1]
    assert 'value="lepas">Batalkan' in back
    undone = sent(desk, companion, "lepas", re.findall(r'name="keluarga" value="([^"]+)"', back))
    assert of(companion) == set()
    assert "2 keluarga dilepas." in text(undone)
    assert 'value="tugaskan">Batalkan' in text(undone)


def test_who_is_assigned_opens_the_families_and_no_others(desk, companion, families):
    sent(desk, companion, "tugaskan", [families["Siti"]])
    client = signed_in(companion)
    assert client.get(f"/keluarga/{families['Siti'].pk}").status_code == 200
    assert client.get(f"/keluarga/{families['Budi'].pk}").status_code == 404
    sent(desk, companion, "lepas", [families["Siti"]])
    assert client.get(f"/keluarga/{families['Siti'].pk}").status_code == 404


def test_only_families_of_the_village_that_live_there_are_assigned(desk, companion, families):
    with acting(register.BY):
        Person.objects.filter(name="Wati").update(restricted_at=register.AT, restricted_by="account:x")
    for chosen in ([families["Tono"]], [families["Wati"]], [uuid4()], []):
        answer = sent(desk, companion, "tugaskan", chosen)
        assert answer.status_code == 422
        assert "Tandai dahulu keluarganya." in text(answer)
    assert of(companion) == set()


def test_those_that_have_gone_are_counted_and_not_shown(desk, places, families):
    companion = person("companion", HERE, families=[families["Siti"].pk, families["Tono"].pk])
    answer = desk.get(page(companion))
    assert shown(answer, "Keluarga yang didampingi") == ["Siti"]
    assert "1 keluarga lain tidak ditampilkan" in text(answer)


def test_who_has_a_family_already_is_named(desk, companion, families):
    person("companion", HERE, families=[families["Siti"].pk], name="Ibu Ani")
    assert "didampingi Ibu Ani" in text(sent(desk, companion, cari="siti"))


def test_one_of_several_grants_is_chosen(desk, companion, families):
    beside = granted(companion, "companion", BESIDE)
    assert "Pilih penugasan" in text(desk.get(page(companion)))
    answer = sent(desk, companion, "tugaskan", [families["Tono"]], grant=beside)
    assert shown(answer, "Keluarga yang didampingi") == ["Tono"]
    assert list(beside.assignments.values_list("family", flat=True)) == [families["Tono"].pk]


def test_a_long_list_says_that_it_is_cut(desk, companion, families, monkeypatch):
    monkeypatch.setattr(assigning, "MOST", 1)
    assert "Persempit pencariannya" in text(sent(desk, companion, cari="melati"))
    sent(desk, companion, "tugaskan", [families["Siti"]])
    answer = sent(desk, companion, "tugaskan", [families["Budi"]])
    assert "Hanya 1 yang pertama ditampilkan." in text(answer)


def test_a_village_that_is_gone_from_the_tree_has_no_places_to_choose(desk, places, families):
    companion = person("companion", "16.05.01.2099")
    assert text(desk.get(page(companion))).count("<option") == 1


def test_a_cadre_sees_the_whole_place_and_is_assigned_nothing(desk, places):
    cadre = person("cadre", HERE)
    assert "kader melihat semua keluarga" in text(desk.get(page(cadre)))
    assert sent(desk, cadre, "tugaskan").status_code == 404


def test_what_our_page_would_not_send_is_refused(desk, companion, families):
    assert sent(desk, companion, "tugaskan", ["x"]).status_code == 422
    assert sent(desk, companion, peran="admin").status_code == 422
    for grant in ("", "x", "9" * 30, str(person("companion", HERE).grants.get().pk)):
        assert desk.post(page(companion), {"grant": grant}).status_code == 404


@pytest.mark.parametrize(
    ("role", "region", "status"),
    [("village_editor", HERE, 200), ("family_office", "16.05", 200), ("village_editor", BESIDE, 404),
     ("field_officer", "16.05.02", 404), ("cadre", HERE, 403), ("companion", HERE, 403), ("province", "16", 403),
     ("auditor", "16.05", 403)],
)  # fmt: skip
def test_who_governs_the_person_and_sees_names_opens_the_page(companion, role, region, status):
    asking = signed_in(person(role, region))
    assert asking.get(page(companion)).status_code == status
    assert sent(asking, companion).status_code == status


def test_the_page_of_a_companion_leads_there_and_that_of_a_cadre_does_not(desk, companion):
    assert f'href="{page(companion)}">Keluarga dampingan' in text(desk.get(f"/petugas/{companion.pk}"))
    assert "Keluarga dampingan" not in text(desk.get(f"/petugas/{person('cadre', HERE).pk}"))

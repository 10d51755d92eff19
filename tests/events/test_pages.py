"""The pages of events: one calm form a kind, the panel of a family, the list of a village and its file."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from balai.access.models import AuditEntry, acting
from balai.events import actions, inputs
from balai.events.models import LifeEvent
from balai.events.rules import Kind
from balai.events.views import panel
from balai.families.models import Person
from tests.events.lives import FATHER, ON, household, relations, the, told
from tests.events.test_households import JOKO, SRI
from tests.families import register
from tests.families.register import AT, BESIDE, FAR, HERE, KECAMATAN, RT1
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(places):
    return person("field_officer", KECAMATAN, name="Ibu Petugas")


@pytest.fixture
def desk(account):
    return signed_in(account)


@pytest.fixture
def family(places):
    return household()


def text(response):
    return response.content.decode()


def form(family, kind):
    return f"/keluarga/{family.pk}/peristiwa/{kind}"


def sent(desk, family, kind, on=ON, **values):
    given = {"on": on.isoformat()} | {name: getattr(one, "pk", one) for name, one in values.items()}
    return desk.post(form(family, kind), given)


def event():
    with acting(register.BY):
        return LifeEvent.objects.filter(part_of=None).latest("made_at")


def recorded(desk, family, kind, **values):
    response = sent(desk, family, kind, **values)
    assert response.status_code == 302, re.findall(r'class="(?:errors|notice)".*?</', text(response))
    return event()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_form_that_says_what_it_is_for(desk, family, kind):
    page = text(desk.get(form(family, kind)))
    assert kind.explained in page
    assert "Siti Rahmawati" in page or kind in (Kind.MOVED_WITHIN, Kind.MERGE, Kind.RETURNED)
    assert AuditEntry.objects.filter(deed="event.form", touched__subject=family.pk).exists()


def test_what_is_no_kind_is_not_found(desk, family):
    assert desk.get(form(family, "wedding")).status_code == 404


def test_a_birth_is_recorded_and_undone_from_the_family_page(desk, family):
    response = sent(desk, family, "birth", sex=2, name="Kenanga", mother=the("Siti"), place="facility")
    born = event()
    assert response["Location"] == f"/keluarga/{family.pk}?tercatat={born.pk}#peristiwa"
    page = text(desk.get(response["Location"]))
    assert "“Kelahiran”" in page
    assert "sudah dicatat. Keliru?" in page
    assert "Fasilitas kesehatan" in page
    assert "oleh Anda" in page
    back = desk.post(f"/keluarga/{family.pk}/peristiwa/{born.pk}/batal")
    page = text(desk.get(back["Location"]))
    assert "sudah dibatalkan; datanya kembali seperti semula." in page
    assert "Kenanga" not in re.sub(r"(?s)Yang berubah.*", "", page)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("death", {"person": "Ayu", "place": "home"}),
        ("death", {"person": "Budi", "new_head": "Siti"}),
        ("moved_in", {"name": "Rina", "sex": 2, "relation": 4, "mother": "Siti", "origin": "village"}),
        ("moved_out", {"people": "Ayu", "destination": "abroad"}),
        ("moved_within", {"region": RT1}),
        ("moved_within", {"region": BESIDE}),
        ("split", {"people": "Dimas", "head": "Dimas", "region": RT1, "address": "Jalan Baru"}),
        ("divorce", {"leaver": "Budi", "children": "Dimas", "away": "here", "region": HERE}),
        ("divorce", {"leaver": "Siti", "away": "away", "destination": "province"}),
        ("new_head", {"head": "Siti", "reason": "away"}),
    ],
)
def test_every_kind_is_recorded_by_its_form(desk, family, kind, values):
    names = ("Siti", "Budi", "Ayu", "Dimas")
    values = {name: the(value) if value in names else value for name, value in values.items()}
    assert recorded(desk, family, kind, **values).kind == kind


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(desk, family):
    response = sent(desk, family, "death", person=the("Budi"))
    page = text(response)
    assert response.status_code == 422
    assert re.search(r'id="id_new_head_error"><li>Pilih siapa yang menjadi kepala keluarga sekarang', page)
    assert re.search(rf'value="{the("Budi").pk}"[^>]*checked', page)
    tomorrow = timezone.localdate() + timedelta(days=1)  # noqa: TID251  as the pages do
    page = text(sent(desk, family, "death", on=tomorrow, person=the("Ayu")))
    assert re.search(r'id="id_on_error"><li>Tanggal ini belum terjadi', page)
    page = text(sent(desk, family, "birth", on=date(2014, 1, 1), sex=1))
    assert re.search(r'id="id_on_error"><li>Keluarga ini baru tinggal', page)
    with acting(register.BY):
        assert not LifeEvent.objects.exists()


def test_what_concerns_no_field_stands_above_the_form(desk, family):
    recorded(desk, family, "new_head", head=the("Siti"), reason="old")
    page = text(sent(desk, family, "death", on=ON - timedelta(days=5), person=the("Siti"), new_head=the("Budi")))
    assert '<p class="notice" role="alert">Tentang Siti Rahmawati sudah tercatat perubahan' in page


def test_a_form_takes_only_its_fields(desk, family):
    assert sent(desk, family, "death", person=the("Ayu"), reason="x").status_code == 422


def test_somebody_of_another_family_is_looked_for_by_name(desk, family):
    other = household(JOKO, region=BESIDE)
    household(SRI, region=FAR)
    page = text(sent(desk, family, "marriage", person=the("Ayu"), sought="joko", joins="new", cari=1))
    assert re.search(r"Joko Widagdo · kepala keluarga · 04-04-2001", page)
    assert re.search(rf'value="{the("Ayu").pk}"[^>]*checked', page)
    assert 'value="joko"' in page
    assert AuditEntry.objects.filter(deed="event.form", touched__subject=other.pk).exists()
    page = text(sent(desk, family, "marriage", sought="Sri Wahyuni", cari=1))
    assert "Belum ada yang cocok" in page
    assert "Sri Wahyuni ·" not in page


def test_who_is_found_marries_and_the_panel_of_both_families_says_so(desk, family):
    other = household(JOKO)
    wedding = recorded(
        desk, family, "marriage", person=the("Ayu"), sought="Joko", other=the("Joko"), joins="there",
    )  # fmt: skip
    assert (wedding.family_id, relations(other)) == (other.pk, {"Joko": "head", "Ayu": "spouse"})
    assert "Perkawinan" in text(desk.get(f"/keluarga/{other.pk}"))
    assert f"/keluarga/{other.pk}" in text(desk.get(f"/keluarga/{family.pk}"))


def test_who_leaves_a_family_behind_names_its_head(desk, family):
    household(JOKO, FATHER.__class__("Rina", 2, 4, None))
    given = {"person": the("Ayu"), "sought": "Joko", "other": the("Joko"), "joins": "new", "region": HERE}
    response = sent(desk, family, "marriage", **given)
    assert response.status_code == 422
    assert re.search(r'id="id_other_head_error"><li>Pilih siapa yang menjadi kepala', text(response))
    assert "Rina · anggota lain" in text(response)
    recorded(desk, family, "marriage", other_head=the("Rina"), **given)


def test_nobody_is_chosen_who_was_not_looked_for(desk, family):
    page = text(sent(desk, family, "merge"))
    assert "Cari namanya, lalu pilih orangnya." in page


def test_families_join_and_children_are_taken_in_by_their_forms(desk, family):
    aunt, other = household(SRI), household(JOKO)
    recorded(desk, family, "taken_in", person=the("Ayu"), sought="Sri", other=the("Sri"), as_child="on")
    assert relations(aunt) == {"Sri": "head", "Ayu": "child"}
    joined = recorded(desk, family, "merge", sought="Joko", other=the("Joko"))
    assert joined.other_family_id == other.pk


def test_those_found_are_told_apart_although_a_day_of_birth_is_not_known(desk, family):
    household(FATHER.__class__("Tono", 1, 1, None))
    assert "tanggal lahir belum diisi" in text(sent(desk, family, "merge", sought="Tono", cari=1))


def test_the_panel_offers_only_what_can_happen(desk, places):
    alone = household(JOKO)
    page = text(desk.get(f"/keluarga/{alone.pk}"))
    assert form(alone, "death") in page
    assert form(alone, "divorce") not in page
    assert form(alone, "split") not in page
    assert "Belum ada peristiwa yang dicatat." in page


def test_who_only_reads_sees_what_happened_without_buttons(desk, family):
    born = recorded(desk, family, "birth", sex=1, name="Bayu")
    page = text(signed_in(person("village_head", HERE)).get(f"/keluarga/{family.pk}?tercatat={born.pk}"))
    assert "Kelahiran" in page
    assert f"{born.pk}/batal" not in page
    assert form(family, "birth") not in page


def test_an_officer_is_named_to_those_who_see_who_works_here(desk, account, family):
    recorded(desk, family, "birth", sex=1, name="Bayu")
    colleague = text(signed_in(person("field_officer", KECAMATAN)).get(f"/keluarga/{family.pk}"))
    assert "oleh Ibu Petugas" in colleague
    cadre = text(signed_in(person("cadre", HERE)).get(f"/keluarga/{family.pk}"))
    assert "Ibu Petugas" not in cadre


def test_events_of_the_restricted_are_not_shown(desk, family):
    recorded(desk, family, "death", person=the("Ayu"))
    with acting(register.BY):
        Person.objects.filter(name__startswith="Ayu").update(restricted_at=AT, restricted_by="uji")
    assert "Belum ada peristiwa" in text(desk.get(f"/keluarga/{family.pk}"))
    month = ON.strftime("%Y-%m")
    assert "Belum ada peristiwa yang tercatat" in text(desk.get(f"/peristiwa/desa/{HERE}?bulan={month}"))


def test_events_of_a_family_in_which_all_are_restricted_are_not_listed(desk, family):
    recorded(desk, family, "moved_within", region=RT1)
    month = ON.strftime("%Y-%m")
    assert "Pindah tempat" in text(desk.get(f"/peristiwa/desa/{HERE}?bulan={month}&jenis=moved_within"))
    with acting(register.BY):
        Person.objects.filter(family=family).update(restricted_at=AT, restricted_by="uji")
    assert "Belum ada peristiwa yang tercatat" in text(desk.get(f"/peristiwa/desa/{HERE}?bulan={month}"))


def test_an_event_out_of_scope_is_not_there(desk, family):
    born = recorded(desk, family, "birth", sex=1)
    far = signed_in(person("cadre", "76"))
    assert far.post(f"/keluarga/{family.pk}/peristiwa/{born.pk}/batal").status_code == 404
    assert far.get(f"/peristiwa/desa/{HERE}").status_code == 404


def test_after_the_undoing_of_a_familys_coming_the_village_is_shown(desk, places):
    page = text(desk.get(f"/peristiwa/desa/{HERE}/datang"))
    assert "Keluarga datang ke" in page
    first = {"people": "1", "region": RT1, "0-name": "Yuni", "0-sex": "2", "0-relation": "1"}
    assert desk.post(f"/peristiwa/desa/{HERE}/datang", first).status_code == 422
    assert desk.post(f"/peristiwa/desa/{HERE}/datang", first | {"more": "1"}).status_code == 200
    response = desk.post(f"/peristiwa/desa/{HERE}/datang", first | {"since_on": "2025-06-01"})
    came = event()
    assert response["Location"].startswith(f"/keluarga/{came.family_id}?tercatat=")
    back = desk.post(f"/keluarga/{came.family_id}/peristiwa/{came.pk}/batal")
    assert back["Location"] == f"/peristiwa/desa/{RT1[:13]}"
    assert desk.get(back["Location"]).status_code == 200


def test_a_companion_enters_no_family_that_came(places):
    home = household()
    who = signed_in(person("companion", HERE, families=[home.pk]))
    assert who.get(f"/peristiwa/desa/{HERE}/datang").status_code == 403


def test_the_list_of_a_village_counts_and_names_what_happened(desk, family):
    recorded(desk, family, "birth", sex=1, name="Bayu")
    recorded(desk, family, "death", on=ON + timedelta(days=40), person=the("Ayu"))
    undone = recorded(desk, family, "birth", sex=1, name="Bagas")
    desk.post(f"/keluarga/{family.pk}/peristiwa/{undone.pk}/batal")
    page = text(desk.get(f"/peristiwa/desa/{HERE}?bulan=2025-06"))
    assert re.findall(r"<dt>(\w+)[^<]*</dt><dd>(\d) orang", page)[:2] == [("Kelahiran", "1"), ("Kematian", "0")]
    assert "Bayu" in page
    assert "Ayu Lestari" not in page
    assert AuditEntry.objects.filter(deed="event.list", touched__subject=family.pk).exists()
    assert "Bayu" not in text(desk.get(f"/peristiwa/desa/{HERE}?bulan=2025-06&jenis=death"))
    assert "Bayu" in text(desk.get(f"/peristiwa/desa/{HERE}?bulan=2025-06&jenis=unknown"))


def test_long_lists_have_pages(desk, family):
    with acting(register.BY):
        LifeEvent.objects.bulk_create(
            LifeEvent(kind="birth", family=family, region=HERE, on=ON, people=1, made_at=AT, made_by="uji")
            for _one in range(51)
        )
    page = text(desk.get(f"/peristiwa/desa/{HERE}?bulan=2025-06"))
    assert "Halaman 1 dari 2" in page
    assert "bulan=2025-06&amp;halaman=2" in page or "halaman=2" in page
    assert "Sebelumnya" in text(desk.get(f"/peristiwa/desa/{HERE}?bulan=2025-06&halaman=2"))


def test_the_list_leads_to_where_it_is_asked_for(desk, family):
    ask, list_ = f"/unduhan/baru/peristiwa?wilayah={HERE}", f"/peristiwa/desa/{HERE}?bulan=2025-06"
    assert ask not in text(desk.get(list_))
    recorded(desk, family, "birth", sex=1, name="Bayu")
    assert ask in text(desk.get(list_))
    assert f'value="{HERE}" selected' in text(desk.get(ask))


def test_the_village_list_leads_to_its_events(desk, family):
    assert f'href="/peristiwa/desa/{HERE}"' in text(desk.get(f"/keluarga/desa/{HERE}"))


def test_every_kind_has_its_form_and_its_action():
    assert set(inputs.FORMS) == set(Kind)
    assert panel.details(LifeEvent(detail={"to": "16.05", "place": "home"})) == ["Rumah"]


def test_pages_are_served_in_the_apps_own_role(desk, family, as_app):
    with as_app():
        recorded(desk, family, "birth", sex=1, name="Bayu")
        assert desk.get(f"/keluarga/{family.pk}").status_code == 200
        assert desk.get(f"/peristiwa/desa/{HERE}").status_code == 200


def test_who_entered_it_is_not_told_where_it_is_not_known(family):
    with acting(register.BY):
        made = actions.record_birth(**told(family, sex=1))
        assert panel.told(register.actor("cadre", HERE), [made])[0][1] == ""

"""The pages of measurements as different people open them."""

import re

import pytest
from django.http import QueryDict

from balai.access.models import AuditEntry, acting
from balai.families.models import Family, Person
from balai.families.rules import Sex
from balai.measurements import actions
from balai.measurements.inputs import RowForm
from balai.measurements.models import Measurement
from balai.measurements.views import village as villages
from balai.measurements.views.recording import done
from tests.facilities.test_actions import facility
from tests.families import register
from tests.families.register import BESIDE, BY, FAR, HERE, KABUPATEN, KECAMATAN, RT1
from tests.measurements.rows import baby, before, measure, now, today
from tests.people import actor, person, signed_in

pytestmark = pytest.mark.django_db
LIST, SHEET = f"/balita/desa/{HERE}", f"/balita/desa/{HERE}/ukur"


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def plain(said):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said))


def rows():
    with acting(BY):
        return list(Measurement.objects.in_order())


def last(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def given(**more):
    names = ("weight_kg", "height_cm", "position", "muac_cm", "head_cm", "oedema", "place")
    return dict.fromkeys(names, "") | {"measured_on": today().isoformat()} | more


def test_a_measuring_is_recorded_and_its_meaning_told(desk, child):
    assert "Catat pengukuran" in text(desk.get(f"/anak/{child.pk}/ukur"))
    answer = desk.post(f"/anak/{child.pk}/ukur", given(weight_kg="9,4", height_cm="76,5", oedema="0"))
    assert answer["Location"] == f"/anak/{child.pk}/tumbuh"
    (row,) = rows()
    assert (str(row.weight_kg), str(row.height_cm), row.oedema, row.position) == ("9.40", "76.5", False, "")
    said = text(desk.get(f"/anak/{child.pk}/tumbuh"))
    for part in ("Pada pengukuran terakhir", "(PB/U)", "(BB/U)", "(BB/PB)", "pertama kali ditimbang (B)",
                 "Batalkan simpanan itu", "WHO 2006", "Permenkes 2/2020"):  # fmt: skip
        assert part in plain(said), part
    assert said.count('<svg class="growth"') == 3
    told = last("measurement.view")
    assert {"names", "child_growth"} <= set(told.matters.split())


def test_a_child_without_a_measuring_is_told_so(desk, child):
    said = text(desk.get(f"/anak/{child.pk}/tumbuh"))
    assert "Belum ada pengukuran yang tercatat" in said
    assert '<svg class="growth"' not in said


def test_the_newest_saving_is_taken_back(desk, child):
    desk.post(f"/anak/{child.pk}/ukur", given(weight_kg="9,4"))
    assert desk.post(f"/anak/{child.pk}/tumbuh/urungkan").status_code == 302
    assert rows() == []
    assert "Batalkan simpanan itu" not in text(desk.get(f"/anak/{child.pk}/tumbuh"))
    assert desk.post(f"/anak/{child.pk}/tumbuh/urungkan").status_code == 409


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"weight_kg": "8600"}, "8.600 tampaknya dalam gram. Maksudnya 8,6 kg?"),
        ({"height_cm": "0,86"}, "0,86 tampaknya dalam meter. Maksudnya 86 cm?"),
        ({"weight_kg": "9,4", "measured_on": "2031-01-01"}, "Tanggal ini belum terjadi"),
        ({"weight_kg": "9,4", "measured_on": "2020-01-01"}, "sebelum anak lahir"),
        ({"weight_kg": "9,4", "measured_on": ""}, "Bidang ini"),
        ({}, "Isi paling sedikit satu ukuran"),
        ({"weight_kg": "berat"}, "Tulis angkanya saja"),
        ({"weight_kg": "9" * 30}, "Pastikan"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(desk, child, typed, said):
    page = text(desk.post(f"/anak/{child.pk}/ukur", given(**typed)), 422)
    assert said in page
    for value in typed.values():
        assert f'value="{value}"' in page or not value
    assert rows() == []


def test_what_was_offered_is_taken_by_one_button(desk, child):
    typed = given(weight_kg="9400", height_cm="0,765")
    page = text(desk.post(f"/anak/{child.pk}/ukur", typed), 422)
    assert 'name="pakai"' in page
    desk.post(f"/anak/{child.pk}/ukur", typed | {"pakai": "1"})
    assert [(str(row.weight_kg), str(row.height_cm)) for row in rows()] == [("9.40", "76.5")]


def test_the_button_alone_mends_nothing_else(desk, child):
    page = text(desk.post(f"/anak/{child.pk}/ukur", given(weight_kg="9400", height_cm="lama", pakai="1")), 422)
    assert 'value="9,4"' in page
    assert 'value="lama"' in page


def test_a_strange_value_is_asked_again_and_then_kept_as_strange(desk, child):
    typed = given(weight_kg="5", height_cm="70")
    page = text(desk.post(f"/anak/{child.pk}/ukur", typed), 422)
    assert "sangat jarang" in page
    assert 'name="yakin"' in page
    assert 'value="70"' in page
    assert desk.post(f"/anak/{child.pk}/ukur", typed | {"yakin": "on"}).status_code == 302
    said = plain(text(desk.get(f"/anak/{child.pk}/tumbuh")))
    assert "sangat jarang, tidak dihitung" in said
    assert "BB/PB sangat jarang, perlu diukur ulang" in said


def test_twice_on_one_day_shows_what_stands_there(desk, child):
    row = measure(child, weight="9.4", height="76.5")
    page = text(desk.post(f"/anak/{child.pk}/ukur", given(weight_kg="9,6")), 422)
    assert "sudah tercatat diukur" in page
    assert f"/ukuran/{row.pk}/ubah" in page
    assert "9,4 kg · 76,5 cm" in plain(page)


def test_a_row_is_corrected_on_the_same_form(desk, child):
    place = None
    with acting(BY):
        place = facility(kind="posyandu", name="Posyandu Melati")
    row = measure(child, 3, "9.4", "76.5", oedema=False, position="l")
    page = text(desk.get(f"/ukuran/{row.pk}/ubah"))
    for part in ('value="9,4"', 'value="76,5"', f'value="{before(3).isoformat()}"', "Posyandu Melati"):
        assert part in page
    typed = given(weight_kg="9,5", measured_on=before(2).isoformat(), oedema="1", place=str(place.pk))
    assert desk.post(f"/ukuran/{row.pk}/ubah", typed).status_code == 302
    (told,) = rows()
    assert (str(told.weight_kg), told.measured_on, told.oedema, told.place_id) == ("9.50", before(2), True, place.pk)
    assert "Posyandu Melati" in text(desk.get(f"/anak/{child.pk}/tumbuh"))
    assert text(desk.post(f"/ukuran/{row.pk}/ubah", given(weight_kg="x")), 422).count("x") > 0


def test_a_row_is_removed_and_comes_back(desk, child):
    row = measure(child)
    assert desk.post(f"/ukuran/{row.pk}/hapus").status_code == 302
    assert rows() == []
    desk.post(f"/anak/{child.pk}/tumbuh/urungkan")
    assert len(rows()) == 1


def test_a_field_that_the_form_does_not_have_is_refused(desk, child):
    assert desk.post(f"/anak/{child.pk}/ukur", given(weight_kg="9", region=FAR)).status_code == 422


@pytest.mark.parametrize(
    ("role", "region", "agency", "read", "write"),
    [
        ("cadre", HERE, "", 200, 200),
        ("field_officer", KECAMATAN, "", 200, 403),
        ("agency_officer", KABUPATEN, "health", 200, 403),
        ("agency_officer", KABUPATEN, "social", 403, 403),
        ("village_head", HERE, "", 403, 403),
        ("cadre", BESIDE, "", 404, 404),
    ],
)
def test_the_pages_are_for_readers_and_writers_of_growth(child, role, region, agency, read, write):
    row, client = measure(child), signed_in(person(role, region, agency))
    assert client.get(f"/anak/{child.pk}/tumbuh").status_code == read
    assert client.get(LIST).status_code == read
    for page in (f"/anak/{child.pk}/ukur", f"/ukuran/{row.pk}/ubah", SHEET):
        assert client.get(page).status_code == write
    if read == 200:
        page = text(client.get(f"/anak/{child.pk}/tumbuh"))
        assert ("Catat pengukuran" in page) is (write == 200)
        family = text(client.get(f"/keluarga/{child.family_id}"))
        assert "Pertumbuhan balita" in family
        assert ("Catat pengukuran" in family) is (write == 200)
        assert "Balita</a>" in text(client.get(f"/keluarga/desa/{HERE}"))


def test_the_family_says_nothing_of_growth_to_who_may_not_read_it(child):
    measure(child)
    said = text(signed_in(person("village_head", HERE)).get(f"/keluarga/{child.family_id}"))
    assert "Pertumbuhan balita" not in said
    assert "9,4 kg" not in said


def test_a_family_without_under_fives_has_no_such_panel(desk, places):
    made = register.family()
    assert "Pertumbuhan balita" not in text(desk.get(f"/keluarga/{made.pk}"))


def test_the_panel_tells_the_last_measuring(desk, child):
    assert "belum pernah diukur" in text(desk.get(f"/keluarga/{child.family_id}"))
    measure(child, 40, "9.0", "75")
    said = plain(text(desk.get(f"/keluarga/{child.family_id}")))
    assert "9 kg · 75 cm" in said
    assert "belum ditimbang bulan ini" in said
    assert "B: pertama kali ditimbang" in said


def test_somebody_grown_up_restricted_or_gone_has_no_page(desk, child):
    measure(child)
    with acting(BY):
        head = Person.objects.get(family=child.family, relation=1)
    assert desk.get(f"/anak/{head.pk}/tumbuh").status_code == 404
    with acting(BY):
        Person.objects.filter(pk=child.pk).update(restricted_at=now(), restricted_by="uji")
    assert desk.get(f"/anak/{child.pk}/tumbuh").status_code == 404
    other = baby("Sari Dewi")
    register.left(other.family, at=now())
    assert desk.get(f"/anak/{other.pk}/tumbuh").status_code == 404


def test_a_child_that_grew_up_keeps_its_page(desk, places):
    grown = baby("Tono Hartono", days=1900)
    assert desk.get(f"/anak/{grown.pk}/tumbuh").status_code == 404
    measure(grown, 200, "15.0", "100")
    assert "TB/U" in text(desk.get(f"/anak/{grown.pk}/tumbuh"))
    assert "belum ditimbang bulan ini" not in text(desk.get(LIST))


def test_both_tables_of_length_and_height_are_drawn_by_the_last_age(desk, places):
    grown = baby("Tono Hartono", days=800, sex=Sex.FEMALE)
    measure(grown, 200, "9.5", "78")
    measure(grown, 5, "10.5", "84.5")
    said = text(desk.get(f"/anak/{grown.pk}/tumbuh"))
    assert "Berat menurut panjang atau tinggi: 1 pengukuran" in said
    assert "Panjang atau tinggi menurut umur: 2 pengukuran" in said
    assert "perempuan" in said


def test_a_weight_alone_draws_the_card_alone(desk, child):
    measure(child, weight="9.4")
    said = text(desk.get(f"/anak/{child.pk}/tumbuh"))
    assert said.count('<svg class="growth"') == 1


def test_arm_alone_gives_no_class(desk, child):
    measure(child, weight=None, muac_cm="14.0", head_cm="45", position="h", oedema=True)
    said = plain(text(desk.get(f"/anak/{child.pk}/tumbuh")))
    for part in ("Kedua kaki bengkak", "LiLA 14 cm", "kepala 45 cm", "berdiri"):
        assert part in said


def test_twice_not_gained_is_told(desk, child):
    for ago in (65, 35, 5):
        measure(child, ago, "9.4", position="l")
    said = plain(text(desk.get(f"/anak/{child.pk}/tumbuh")))
    assert "2T" in said
    assert "Rujuk ke puskesmas" in said
    assert "T (2T)" in plain(text(desk.get(LIST)))


def village():
    """Five children, one of each kind; their names."""
    never = baby("Anak Belum", days=300)
    fell = baby("Bayi Turun", days=400)
    for ago in (32, 0):
        measure(fell, ago, "9.4")
    red = baby("Cici Merah", days=400, region=RT1)
    measure(red, 0, "5.9", "72")
    odd = baby("Dedi Janggal", days=400)
    measure(odd, 0, "22", "75")
    baby("Tetangga", region=BESIDE)
    baby("Kakak", days=1900)
    return {one.name: one for one in (never, fell, red, odd)}


def names(client, **asked):
    said = text(client.get(LIST, asked))
    return [
        name for name in ("Anak Belum", "Bayi Turun", "Cici Merah", "Dedi Janggal", "Tetangga", "Kakak") if name in said
    ]


def test_the_list_tells_who_was_weighed_and_how_they_stand(desk, places):
    village()
    said = plain(text(desk.get(LIST)))
    assert "3 dari 4 balita sudah ditimbang" in said
    assert "1 tidak naik beratnya, 1 di bawah garis merah" in said
    assert "belum pernah diukur" in said
    assert "garis merah" in said
    assert last("measurement.list").region == HERE


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Anak Belum", "Bayi Turun", "Cici Merah", "Dedi Janggal"]),
        ({"hanya": "belum"}, ["Anak Belum"]),
        ({"hanya": "t"}, ["Bayi Turun"]),
        ({"hanya": "merah"}, ["Cici Merah"]),
        ({"hanya": "pendek"}, ["Cici Merah"]),
        ({"hanya": "janggal"}, ["Dedi Janggal"]),
        ({"tempat": RT1}, ["Cici Merah"]),
        ({"tempat": FAR}, ["Anak Belum", "Bayi Turun", "Cici Merah", "Dedi Janggal"]),
        ({"hanya": "xx"}, ["Anak Belum", "Bayi Turun", "Cici Merah", "Dedi Janggal"]),
    ],
)
def test_the_list_is_narrowed(desk, places, asked, found):
    village()
    assert names(desk, **asked) == found


def test_a_choice_that_fits_nobody_and_a_village_without_children_say_so(desk, places):
    assert "Belum ada balita" in text(desk.get(LIST))
    assert "Balita muncul di sini" in text(desk.get(LIST))
    assert "Balita muncul di sini" not in text(desk.get(LIST, {"hanya": "t"}))
    baby()
    assert "Tidak ada balita menurut pilihan ini" in text(desk.get(LIST, {"hanya": "t"}))


def test_the_list_is_turned_page_by_page(desk, places, monkeypatch):
    monkeypatch.setattr(villages, "PAGE", 2)
    village()
    assert names(desk) == ["Anak Belum", "Bayi Turun"]
    assert names(desk, halaman="2") == ["Cici Merah", "Dedi Janggal"]
    assert "Halaman 2 dari 2" in text(desk.get(LIST, {"halaman": "2"}))


def test_invented_children_are_said_to_be_invented(desk, child):
    with acting(BY):
        Family.objects.filter(pk=child.family_id).update(invented=True)
    for page in (LIST, SHEET, f"/anak/{child.pk}/tumbuh", f"/anak/{child.pk}/ukur"):
        assert "Data contoh rekaan" in text(desk.get(page))


def test_a_village_without_parts_asks_for_no_part(places):
    client = signed_in(person("cadre", BESIDE))
    baby(region=BESIDE)
    assert '<select name="tempat"' not in text(client.get(f"/balita/desa/{BESIDE}"))


def test_what_the_register_refuses_meanwhile_is_said_on_the_form(child, cadre):
    form = RowForm(QueryDict(f"{child.pk.hex}-weight_kg=9"), child=child, day=today(), on=today())
    by = actor(cadre)
    with acting(by):
        assert not done(form, lambda **given: actions.undo_measurement(by=by, at=now(), person=child))
    assert form.non_field_errors() == ["Tidak ada simpanan Anda yang masih dapat dibatalkan untuk anak ini."]

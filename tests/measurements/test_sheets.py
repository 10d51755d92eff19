"""The sheet of a posyandu's day: each row saved by itself, nothing typed lost."""

import pytest

from balai.access.models import acting
from balai.families.models import Person
from balai.measurements.views import sheet as sheets
from tests.families.register import BESIDE, BY, HERE, RT1
from tests.measurements.rows import baby, before, measure, today
from tests.measurements.test_pages import SHEET, last, plain, rows, text, village
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def sheet(*children, **more):
    typed = {"tanggal": today().isoformat(), "tempat": "", "halaman": "1"}
    for child, weight, height in children:
        typed |= {f"{child.pk.hex}-weight_kg": weight, f"{child.pk.hex}-height_cm": height}
    return typed | more


def test_a_day_of_the_posyandu_is_saved_row_by_row(desk, places):
    here = village()
    never, fell = here["Anak Belum"], here["Bayi Turun"]
    assert "Anak Belum" in text(desk.get(SHEET))
    answer = desk.post(SHEET, sheet((never, "8,1", "70"), (here["Cici Merah"], "", ""), tempat=""))
    assert answer.status_code == 302
    page = plain(text(desk.get(answer["Location"])))
    assert "1 anak tersimpan" in page
    assert "8,1 kg · 70 cm" in page
    assert len([row for row in rows() if row.person_id == never.pk]) == 1
    assert last("measurement.record").region == HERE
    assert fell.name in page


def test_a_wrong_row_holds_no_other_back_and_keeps_what_was_typed(desk, places):
    here = village()
    never, odd, red = here["Anak Belum"], baby("Eka Baru", days=400), baby("Fajar Baru", days=400)
    page = text(desk.post(SHEET, sheet((never, "8,1", ""), (odd, "8600", "0,7"), (red, "5", "75"))), 422)
    said = plain(page)
    assert "1 anak tersimpan" in said
    assert "2 baris belum tersimpan" in said
    assert "8.600 tampaknya dalam gram" in said
    assert f'name="{red.pk.hex}-yakin"' in page
    for value in ("8600", "0,7", "75"):
        assert f'value="{value}"' in page
    again = sheet((odd, "8600", "0,7"), (red, "5", "75"), pakai="1", **{f"{red.pk.hex}-yakin": "on"})
    assert desk.post(SHEET, again).status_code == 302
    kept = {row.person_id: str(row.weight_kg) for row in rows()}
    assert (kept[odd.pk], kept[red.pk]) == ("8.60", "5.00")


def test_who_stands_there_already_that_day_is_named(desk, child):
    measure(child, weight="9.4", height="76.5")
    assert "9,4 kg · 76,5 cm" in plain(text(desk.get(SHEET)))
    said = plain(text(desk.post(SHEET, sheet((child, "9,9", ""))), 422))
    assert "sudah tercatat diukur" in said
    assert "9,4 kg · 76,5 cm" in said


def test_a_child_refused_meanwhile_is_said_beside_the_row(desk, child):
    with acting(BY):
        Person.objects.filter(pk=child.pk).update(born_on=before(-3))
        Person.objects.filter(pk=child.pk).update(born_on=before(3))
    page = text(desk.post(SHEET, sheet((child, "9,4", "")) | {"tanggal": before(5).isoformat()}), 422)
    assert "sebelum anak lahir" in page


def test_an_empty_sheet_says_so(desk, child):
    assert "Belum ada yang diisi" in text(desk.post(SHEET, sheet((child, "", " "))), 422)
    assert "Belum ada balita yang tercatat di tempat ini" in text(
        signed_in(person("cadre", BESIDE)).get(f"/balita/desa/{BESIDE}/ukur")
    )


@pytest.mark.parametrize("day", ["2031-01-01", "kemarin"])
def test_a_day_that_cannot_be_keeps_what_was_typed(desk, child, day):
    page = text(desk.post(SHEET, sheet((child, "9,4", "76"), tanggal=day)), 422)
    assert 'value="9,4"' in page
    assert rows() == []
    assert text(desk.get(SHEET, {"tanggal": day, "tersimpan": "x"}))


def test_the_sheet_is_of_one_place_and_turned_page_by_page(desk, places, monkeypatch):
    monkeypatch.setattr(sheets, "PAGE", 2)
    here = village()
    assert "Cici Merah" not in text(desk.get(SHEET))
    page = text(desk.get(SHEET, {"halaman": "2"}))
    assert "Cici Merah" in page
    assert "Simpan dahulu sebelum pindah halaman" in page
    only = text(desk.get(SHEET, {"tempat": RT1}))
    assert "Cici Merah" in only
    assert "Anak Belum" not in only
    answer = desk.post(SHEET, sheet((here["Anak Belum"], "8,1", ""), halaman="2"))
    assert "halaman=2" in answer["Location"]


def test_a_row_of_a_child_elsewhere_is_no_row_of_the_sheet(desk, child):
    other = baby("Sari Dewi", region=BESIDE)
    assert desk.post(SHEET, sheet((child, "9,4", ""), (other, "9,4", ""))).status_code == 422
    assert desk.post(SHEET, sheet((child, "9,4", "")) | {"x-weight_kg": "9"}).status_code == 422
    assert rows() == []

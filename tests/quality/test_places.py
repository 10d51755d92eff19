"""RT, RW and dusun of a village: added, named, ended and taken back by those who keep the village's data."""

from datetime import timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.facilities import actions as facilities
from balai.facilities.rules import Facts
from balai.quality import actions
from balai.quality.rules.places import Row, called, standing
from balai.regions.models import Change, Place
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE, KECAMATAN, RT1, RT2
from tests.people import person, signed_in

PAGE = f"/wilayah-desa/{HERE}"
NAME, END = f"/wilayah-desa/{HERE}/nama", f"/wilayah-desa/{HERE}/akhiri"
REOPEN = f"/wilayah-desa/{HERE}/buka-lagi"
LATER = {"by": BY, "at": AT + timedelta(days=30)}
NOW = {"by": BY, "at": AT}
REQUIRED = "Bidang ini tidak boleh kosong."


@pytest.mark.parametrize(
    ("kind", "written", "name"),
    [
        ("rt", "3", "RT 03"),
        ("rt", " rt 003 ", "RT 003"),
        ("rt", "RT03", "RT 03"),
        ("rt", "Rt. 12", "RT 12"),
        ("rt", "RTM", "RT RTM"),
        ("rw", "7", "RW 07"),
        ("rw", "Timur", "RW Timur"),
        ("dusun", "Dusun  Sukamaju", "Dusun Sukamaju"),
        ("dusun", "2", "2"),
        ("rt", " ", ""),
        ("rt", "RT -", ""),
    ],
)
def test_a_number_becomes_a_name(kind, written, name):
    assert called(kind, written) == name


def test_places_stand_after_the_one_above_with_the_families_of_all_of_it():
    rows = [
        Row("T1", "rt", "RT 01", "W1"), Row("W1", "rw", "RW 01", "D1"), Row("D1", "dusun", "Sukamaju", "V"),
        Row("T2", "rt", "RT 02", "W1"), Row("T3", "rt", "RT 03", "V"),
    ]  # fmt: skip
    told = standing(rows, "V", {"T1": 3, "T2": 1, "W1": 2, "T3": 5})
    assert [(one.code, one.above, one.below, one.own, one.families) for one in told] == [
        ("D1", "", 1, 0, 6), ("W1", "Sukamaju", 2, 2, 6), ("T1", "RW 01", 0, 3, 3), ("T2", "RW 01", 0, 1, 1),
        ("T3", "", 0, 5, 5),
    ]  # fmt: skip


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def desk(places):
    """The officer for the data of the village, who writes no families."""
    return signed_in(person("village_editor", HERE))


@pytest.fixture
def pkb(places):
    return signed_in(person("field_officer", KECAMATAN))


@pytest.mark.django_db
class TestPages:
    def test_the_list_says_how_many_families_each_has_and_who_has_no_place(self, desk):
        register.family(RT1)
        register.family()
        said = text(desk.get(PAGE))
        assert "2 tempat tercatat di bawah desa ini" in said
        assert "1 keluarga belum punya RT, RW, atau dusun." in said
        assert "Tempatkan mereka" not in said
        assert 'Akhiri<span class="sr"> RT 1</span>' not in said
        assert 'Akhiri<span class="sr"> RT 2</span>' in said

    def test_who_writes_families_places_them_from_here_and_comes_here_from_there(self, pkb):
        register.family()
        assert "Tempatkan mereka" in text(pkb.get(PAGE))
        assert PAGE in text(pkb.get(f"/impor/desa/{HERE}/tanpa-rt"))
        assert PAGE in text(pkb.get(f"/keluarga/desa/{HERE}"))

    def test_a_village_without_any_is_told_to_add_one(self, pkb):
        assert "Desa ini belum punya RT" in text(pkb.get(f"/wilayah-desa/{BESIDE}"))
        register.family(BESIDE)
        cadre = signed_in(person("cadre", BESIDE))
        said = text(cadre.get(f"/impor/desa/{BESIDE}/tanpa-rt"))
        assert "Minta petugas data desa atau PKB menambahkannya." in said
        assert f"/wilayah-desa/{BESIDE}" not in said

    def test_one_is_added_below_another(self, desk):
        assert "RW 02 sudah ditambahkan." in text(desk.post(PAGE, {"kind": "rw", "name": "2", "above": ""}))
        rw = Place.objects.get(name="RW 02")
        said = text(desk.post(PAGE, {"kind": "rt", "name": "rt 1", "above": rw.pk}))
        assert "di RW 02" in said
        rt = Place.objects.get(name="RT 01")
        assert (rt.parent, rt.pk) == (rw, f"{HERE}.T003")
        entry = AuditEntry.objects.filter(deed="regions.add").latest("pk")
        assert (entry.subject, entry.region) == (rt.pk, HERE)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"kind": "rt", "name": "01"}, "RT 01 sudah ada di tempat itu."),
            ({"kind": "rt", "name": ""}, REQUIRED),
            ({"kind": "rt", "name": "-"}, "Tulis nama tempat"),
            ({"kind": "posyandu", "name": "Melati"}, "bukan"),
            ({"kind": "dusun", "name": "--"}, "Tulis nama tempat"),
        ],
    )
    def test_what_cannot_be_stays_as_it_was_typed(self, desk, given, said):
        page = text(desk.post(PAGE, given), 422)
        assert said in page
        assert Place.objects.filter(level=5).count() == 2

    def test_a_place_has_another_name(self, desk):
        register.family(RT1)
        assert 'value="RT 1"' in text(desk.get(f"{NAME}?tempat={RT1}"))
        assert "Namanya sekarang RT 11." in text(desk.post(NAME, {"tempat": RT1, "name": "11"}))
        assert "Namanya sekarang RT 12." in text(desk.post(NAME, {"tempat": RT1, "name": "RT 12"}))
        assert "Namanya sekarang RT 12." in text(desk.post(NAME, {"tempat": RT1, "name": "RT 12"}))
        assert [(one.old_name, one.new_name) for one in Change.objects.filter(old=RT1)] == [("RT 1", "RT 12")]
        assert "sudah ada di tempat itu" in text(desk.post(NAME, {"tempat": RT1, "name": "RT 002"}), 422)
        assert REQUIRED in text(desk.post(NAME, {"tempat": RT1, "name": ""}), 422)
        assert desk.get(f"{NAME}?tempat={HERE}").status_code == 404

    def test_an_empty_place_ends_and_is_opened_again(self, desk):
        said = text(desk.post(END, {"tempat": RT2}))
        assert "RT 2 sudah berakhir. Bila keliru, buka lagi di bawah." in said
        assert "Yang sudah berakhir" in said
        assert "RT 2 berlaku lagi." in text(desk.post(REOPEN, {"tempat": RT2}))
        assert Place.objects.today().filter(pk=RT2).exists()
        assert not Change.objects.filter(old=RT2).exists()
        deeds = list(AuditEntry.objects.order_by("pk").values_list("deed", flat=True))
        assert deeds[-2:] == ["regions.end", "regions.reopen"]

    def test_what_cannot_be_opened_says_why(self, desk):
        desk.post(END, {"tempat": RT2})
        desk.post(PAGE, {"kind": "rt", "name": "2", "above": ""})
        assert "RT 2 sudah ada di tempat itu." in text(desk.post(REOPEN, {"tempat": RT2}), 409)

    def test_what_was_added_today_by_mistake_is_gone_at_once(self, desk):
        desk.post(PAGE, {"kind": "rt", "name": "9", "above": ""})
        made = Place.objects.get(name="RT 09")
        desk.post(NAME, {"tempat": made.pk, "name": "10"})
        said = text(desk.post(END, {"tempat": made.pk}))
        assert "RT 10, yang ditambahkan hari ini, sudah dihapus." in said
        assert not Place.objects.filter(pk=made.pk).exists()

    def test_a_place_with_families_does_not_end(self, desk):
        register.family(RT1)
        said = text(desk.post(END, {"tempat": RT1}), 409)
        assert "1 keluarga masih tercatat di RT 1. Pindahkan dahulu." in said
        assert desk.post(END, {"tempat": HERE}).status_code == 422
        assert desk.post(END).status_code == 422

    def test_only_who_keeps_the_data_of_the_whole_village_may(self, places):
        assert signed_in(person("cadre", HERE)).get(PAGE).status_code == 403
        assert signed_in(person("village_head", HERE)).post(PAGE).status_code == 403
        assert signed_in(person("working_group", HERE)).get(PAGE).status_code == 403
        assert signed_in(person("village_editor", BESIDE)).get(PAGE).status_code == 404
        assert signed_in(person("village_editor", BESIDE)).post(END, {"tempat": RT1}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("places")
class TestActions:
    @pytest.fixture(autouse=True)
    def the_operator_acts(self):
        with acting(BY):
            yield

    def place(self, code=RT2):
        return Place.objects.get(pk=code)

    def test_another_kind_of_place_is_not_for_here(self):
        with pytest.raises(NotValid, match="Pilih RT, RW, atau dusun."):
            actions.add_place(**NOW, village=HERE, kind="posyandu", name="Melati")

    def test_an_rt_of_the_same_number_may_stand_in_another_rw(self):
        rw = actions.add_place(**NOW, village=HERE, kind="rw", name="1")
        rt = actions.add_place(**NOW, village=HERE, kind="rt", name="1", above=rw.pk)
        assert (rt.name, rt.parent) == ("RT 01", rw)
        with pytest.raises(Refused, match="RT 001 sudah ada di tempat itu."):
            actions.add_place(**NOW, village=HERE, kind="rt", name="001", above=rw.pk)
        with pytest.raises(Refused, match="RW 01 masih punya 1 tempat di bawahnya"):
            actions.end_place(**NOW, place=rw)

    def test_what_is_above_opens_first(self):
        rw = actions.add_place(**NOW, village=HERE, kind="rw", name="1")
        rt = actions.add_place(**NOW, village=HERE, kind="rt", name="1", above=rw.pk)
        for place in (rt, rw):
            actions.end_place(**LATER, place=place)
        with pytest.raises(Refused, match="RT 01 berada di bawah RW 01, yang sudah berakhir."):
            actions.reopen_place(**LATER, place=rt)
        for place in (rw, rt):
            actions.reopen_place(**LATER, place=place)
        assert Place.objects.today().filter(pk=rt.pk).exists()

    def test_the_name_of_one_that_ended_may_be_given_anew_but_then_not_opened(self):
        actions.end_place(**LATER, place=self.place())
        made = actions.add_place(**LATER, village=HERE, kind="rt", name="2")
        assert made.pk == f"{HERE}.T003"
        with pytest.raises(Refused, match="sudah ada di tempat itu"):
            actions.reopen_place(**LATER, place=self.place())
        with pytest.raises(NotValid, match="sudah diubah orang lain"):
            actions.end_place(**LATER, place=self.place())

    def test_where_somebody_works_or_something_serves_it_stays(self):
        granted = person("cadre", RT2)
        with pytest.raises(Refused, match="Masih ada petugas atau kader yang bertugas di RT 2."):
            actions.end_place(**NOW, place=self.place())
        granted.grants.all().delete()
        facilities.record_facility(**NOW, facts=Facts("posyandu", "Posyandu Melati", RT2))
        with pytest.raises(Refused, match="Masih ada fasilitas yang melayani RT 2."):
            actions.end_place(**NOW, place=self.place())

    def test_a_name_of_signs_only_is_none(self):
        dusun = actions.add_place(**NOW, village=HERE, kind="dusun", name="Sukamaju")
        with pytest.raises(NotValid, match="Tulis nama tempat"):
            actions.rename_place(**NOW, place=dusun, name="--")

    def test_who_sees_no_families_cannot_say_that_there_are_none(self):
        group = register.actor("working_group", HERE)
        assert actions.rename_place(by=group, at=AT, place=self.place(), name="5").name == "RT 05"
        assert actions.rename_place(by=group, at=AT, place=self.place(), name="05").name == "RT 05"
        with pytest.raises(NotAllowed):
            actions.end_place(by=group, at=AT, place=self.place())
        with pytest.raises(NotAllowed):
            actions.add_place(by=register.actor("cadre", HERE), at=AT, village=HERE, kind="rt", name="7")

    def test_who_keeps_the_tree_may_still_add(self):
        admin = register.actor("system_admin", "")
        assert actions.add_place(by=admin, at=AT, village=HERE, kind="rt", name="7").name == "RT 07"

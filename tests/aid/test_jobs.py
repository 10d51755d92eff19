"""Lists of others are matched by a worker: a step at a time, again where it stopped, and with nothing half done."""

import pytest

from balai.access.models import acting
from balai.accounts.models import Grant
from balai.aid import actions, jobs
from balai.aid.actions import deciding, listing, loading
from balai.aid.models import Aid, AidFile, ListEntry, ListVersion
from balai.aid.rules import Line
from balai.base.errors import Refused
from balai.base.words import Said
from tests.aid.numbers import CHILD, HEAD, UNKNOWN
from tests.aid.test_list_pages import LIST
from tests.aid.test_listing import bring
from tests.aid.test_pages import AID_FILE, last, sent, signed, text
from tests.families import register
from tests.families.register import AT, BESIDE, BY, HERE
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db
NAMED = f"Nomor;Desil\n{HEAD};2\n{UNKNOWN};3\n"


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "lists"


@pytest.fixture
def version(office_desk, row, files):
    """A list that waits for the worker; its heading was named by hand."""
    sent(office_desk, "/daftar-lain/bawa", NAMED, **LIST, column_nik="Nomor")
    return ListVersion.objects.get()


def entries():
    with acting(BY):
        return list(ListEntry.objects.order_by("line").values_list("line", "state"))


def test_the_file_lies_for_nobody_else_until_it_is_matched(version, files):
    (path,) = files.iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == (version.file, 0o600)
    assert "daftar" not in path.name
    run_jobs()
    assert list(files.iterdir()) == []
    assert entries() == [(2, "by_nik"), (3, "none")]


def test_each_step_is_whole_and_the_next_goes_on_after_it(version, monkeypatch, office_desk):
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    lines = jobs.files.read_table("a.csv", NAMED.encode(), {jobs.Part.NIK: "Nomor"}, 9).lines
    with acting(BY):
        assert actions.match_lines(by=BY, at=AT, version=version, lines=lines)
    assert len(entries()) == 1
    assert "1 dari 2 baris" in text(office_desk.get(f"/daftar-lain/{version.pk}"))
    run_jobs()
    version.refresh_from_db()
    assert (len(entries()), version.done, version.is_working) == (2, 2, False)
    assert version.counts == {"by_nik": 1, "none": 1, "read": 2}
    with acting(BY):
        assert not actions.match_lines(by=BY, at=AT, version=version, lines=lines)
    assert len(entries()) == 2


def test_who_lost_the_right_meanwhile_leaves_nothing_behind(version, files, office_desk):
    account = version.brought_by.removeprefix("account:")
    Grant.objects.filter(account=account).update(ended_at=AT, ended_by="uji", ended_reason="uji")
    run_jobs()
    assert (entries(), list(files.iterdir())) == ([], [])
    version.refresh_from_db()
    assert (version.is_working, version.removed_at is None) == (False, False)
    assert last("list.stop").subject == str(version.pk)


def test_a_file_that_is_gone_is_said_on_the_page(version, files, office_desk):
    (path,) = files.iterdir()
    path.unlink()
    run_jobs()
    said = text(office_desk.get(f"/daftar-lain/{version.pk}"))
    assert "Daftar ini gagal dicocokkan. Tidak ada yang disimpan dari berkasnya" in said
    assert "kesalahan di Balai" in said
    assert "Terapkan" not in said


def test_a_newer_list_of_the_same_account_takes_the_place_of_one_that_waits(version, files, office_desk):
    sent(office_desk, "/daftar-lain/bawa", NAMED + "0000000000000088;1\n", **LIST, column_nik="Nomor")
    run_jobs()
    assert [line for line, _state in entries()] == [2, 3, 4]
    assert list(files.iterdir()) == []


def test_a_later_search_that_stops_keeps_what_it_found(version, office_desk, monkeypatch):
    run_jobs()
    monkeypatch.setattr(deciding, "AT_ONCE", 1)
    register.family(people=[register.head("Ani", nik=UNKNOWN)])
    assert office_desk.post(f"/daftar-lain/{version.pk}/cocokkan-lagi").status_code == 302
    with acting(BY):
        assert actions.match_more(by=BY, at=AT, version=version)
        with pytest.raises(Refused, match="masih dicocokkan"):
            actions.remove_list(by=BY, at=AT, version=version)
        actions.note_stopped(by=BY, at=AT, version=version.pk, said=Said("Server penuh."))
        assert actions.match_more(by=BY, at=AT, version=version) is None
    assert entries() == [(2, "by_nik"), (3, "by_nik")]
    said = text(office_desk.get(f"/daftar-lain/{version.pk}"))
    assert "Server penuh. Yang sudah cocok tetap; cari lagi untuk sisanya." in said
    run_jobs()
    assert office_desk.post(f"/daftar-lain/{version.pk}/cocokkan-lagi").status_code == 302
    run_jobs()
    assert "Server penuh" not in text(office_desk.get(f"/daftar-lain/{version.pk}"))


def test_every_step_is_taken(office_desk, row, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    monkeypatch.setattr(deciding, "AT_ONCE", 1)
    lines = [Line(number, nik=register.nik(number)) for number in (701, 702, 703)]
    version = bring(*lines)
    assert len(entries()) == 3
    register.family(people=[register.head("Ani", nik=register.nik(703))])
    office_desk.post(f"/daftar-lain/{version.pk}/cocokkan-lagi")
    run_jobs()
    assert sorted(state for _line, state in entries()) == ["by_nik", "none", "none"]


def test_the_worker_takes_every_step_of_a_file(version, monkeypatch):
    monkeypatch.setattr(listing, "AT_ONCE", 1)
    run_jobs()
    assert len(entries()) == 2


def test_a_search_that_is_no_longer_allowed_leaves_the_list_as_it_was(office_desk, row):
    version = bring(Line(2, nik=UNKNOWN))
    office_desk.post(f"/daftar-lain/{version.pk}/cocokkan-lagi")
    Grant.objects.update(ended_at=AT, ended_by="uji", ended_reason="uji")
    run_jobs()
    version.refresh_from_db()
    assert (version.is_working, version.removed_at, entries()) == (False, None, [(2, "none")])


class TestAidOfAFile:
    PATH = f"/bantuan/desa/{HERE}/impor"

    @pytest.fixture
    def page(self, desk, row, files):
        """Where the progress of a file of three rows is shown."""
        content = f"NIK;Program\n{HEAD};PKH\n{CHILD};PIP\n{HEAD};Sembako\n"
        said = text(sent(desk, self.PATH, content, **AID_FILE))
        return desk.post(f"{self.PATH}/terapkan", {"rows": signed(said)})["Location"]

    def recorded(self):
        with acting(BY):
            return Aid.objects.count()

    def test_it_is_recorded_step_by_step(self, page, desk, files, monkeypatch):
        monkeypatch.setattr(loading, "STEP", 2)
        said = text(desk.get(page))
        assert "Bantuannya sedang dicatat." in said
        assert "0 dari 3 baris" in said
        (path,) = files.iterdir()
        assert not {HEAD, CHILD} & set(path.read_text().split('"'))
        run_jobs()
        assert "3 bantuan baru tercatat" in text(desk.get(page))
        assert (self.recorded(), list(files.iterdir())) == (3, [])

    def test_one_that_began_already_goes_on_and_one_that_is_done_is_left(self, page, desk, files, monkeypatch):
        monkeypatch.setattr(loading, "STEP", 2)
        file = AidFile.objects.get()
        rows = [jobs._opened(one) for one in jobs.json.loads((files / file.file).read_bytes())]
        step = {"by": BY, "at": AT, "file": file, "rows": rows, "origin": "uji"}
        with acting(BY):
            assert actions.apply_step(**step)
        assert self.recorded() == 2
        assert "2 dari 3 baris" in text(desk.get(page))
        with acting(BY):
            assert not actions.apply_step(**step)
            assert not actions.apply_step(**step)
        run_jobs()
        assert (self.recorded(), list(files.iterdir())) == (3, [])
        assert "3 bantuan baru tercatat" in text(desk.get(page))

    def test_what_stops_half_way_leaves_nothing_behind(self, page, desk, files, monkeypatch):
        monkeypatch.setattr(loading, "STEP", 2)
        file = AidFile.objects.get()
        path = files / file.file
        rows = [jobs._opened(one) for one in jobs.json.loads(path.read_bytes())]
        with acting(BY):
            actions.apply_step(by=BY, at=AT, file=file, rows=rows, origin="uji")
        path.unlink()
        run_jobs()
        said = text(desk.get(page))
        assert "gagal diterapkan; tidak ada satu pun yang tercatat darinya" in said
        assert "kesalahan di Balai" in said
        assert self.recorded() == 0
        assert last("aid.stop").subject == str(file.pk)

    def test_it_is_of_its_village_alone(self, page, desk):
        file = AidFile.objects.get()
        assert desk.get(f"/bantuan/desa/{HERE}/berkas/{file.pk}").status_code == 200
        assert desk.get(f"/bantuan/desa/{BESIDE}/berkas/{file.pk}").status_code == 404

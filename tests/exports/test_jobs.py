"""In the background: as the account that asked, with the rights of that moment, and the file gone after its day."""

from datetime import timedelta

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.accounts.jobs import BROKEN, WORKER
from balai.accounts.models import Grant
from balai.base.words import Said
from balai.exports import actions
from balai.exports.actions import files
from balai.exports.jobs import begin
from balai.exports.models import Export
from balai.vault.actions import rotate_data_keys
from balai.vault.models import SealedTexts
from tests.exports import taking
from tests.exports.taking import as_, asked, now, wish
from tests.families.register import KABUPATEN
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(places):
    taking.home()
    return taking.account()


@pytest.fixture
def waiting(officer):
    return asked(officer, wish(columns=("called", "card_full")), at=now())


def approve(export):
    with as_(taking.account("family_office", KABUPATEN)) as by:
        begin(actions.approve_export(by=by, at=now(), export=export))


def test_a_file_is_written_and_ends_after_a_day(officer, folder, django_capture_on_commit_callbacks):
    begin(asked(officer, at=now()))
    run_jobs()
    export = Export.objects.get()
    assert (export.state, [path.name for path in folder.iterdir()]) == ("ready", [export.file])
    assert export.ends_at - export.ready_at == timedelta(hours=24)
    job = DBTaskResult.objects.get(status="READY")
    assert job.run_after == export.ends_at
    DBTaskResult.objects.update(run_after=now())
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    export.refresh_from_db()
    assert (export.state, export.file, list(folder.iterdir())) == ("ended", "", [])
    assert AuditEntry.objects.filter(deed="export.end").count() == 1
    with acting(WORKER):
        assert actions.end_export(by=WORKER, at=now(), export=export, folder=folder).state == "ended"
    assert AuditEntry.objects.filter(deed="export.end").count() == 1


def test_a_file_ends_also_when_its_asker_has_left(officer, folder, django_capture_on_commit_callbacks):
    begin(asked(officer, at=now()))
    run_jobs()
    Grant.objects.update(ended_at=now(), ended_by="x", ended_reason="pindah tugas")
    DBTaskResult.objects.update(run_after=now())
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    assert (Export.objects.get().state, list(folder.iterdir())) == ("ended", [])


def test_a_grant_lost_between_asking_and_approving_stops_it(waiting, officer, folder):
    Grant.objects.filter(account=officer).update(ended_at=now(), ended_by="x", ended_reason="pindah tugas")
    approve(waiting)
    run_jobs()
    export = Export.objects.get()
    assert (export.state, export.file) == ("stopped", "")
    assert export.stopped_said["message"].startswith("Penugasan yang dipakai")
    assert not folder.exists() or list(folder.iterdir()) == []
    assert AuditEntry.objects.filter(deed="export.stop").count() == 1


def test_a_region_lost_between_asking_and_approving_stops_it(waiting, officer):
    Grant.objects.filter(account=officer).update(region="16.05.02")
    approve(waiting)
    run_jobs()
    assert Export.objects.get().state == "stopped"


def test_an_approved_file_is_closed_and_its_password_is_sealed(waiting, folder):
    approve(waiting)
    run_jobs()
    export = Export.objects.get()
    password = export.told_password()
    assert len(password) == 23
    assert password not in str(export.secrets)
    assert (folder / export.file).read_bytes().startswith(b"PK")
    assert password not in " ".join(f"{entry.detail}" for entry in AuditEntry.objects.all())


def test_a_new_key_seals_the_password_again(officer):
    export = taking.row_of(officer)
    export.hold("rahasia")
    export.save()
    before = export.secrets
    by = operator("test")
    with acting(by):
        rotate_data_keys(by=by, at=now(), texts=[SealedTexts(*each) for each in settings.SEALED_TEXTS])
    export.refresh_from_db()
    assert export.secrets != before
    assert export.told_password() == "rahasia"


def test_what_breaks_is_told_without_its_words(officer, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("disk full at Siti")

    monkeypatch.setitem(files.WRITERS, "csv", broken)
    begin(asked(officer, at=now()))
    run_jobs()
    export = Export.objects.get()
    assert (export.state, Said(**export.stopped_said)) == ("stopped", BROKEN)


def test_a_job_for_what_is_already_written_does_nothing(officer, folder):
    export = asked(officer, at=now())
    begin(export)
    begin(export)
    run_jobs()
    assert len(list(folder.iterdir())) == 1
    assert AuditEntry.objects.filter(deed="export.write").count() == 1

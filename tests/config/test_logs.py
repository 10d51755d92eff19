"""T26: canaries are planted on every way into the log, and are found neither there nor in an answer."""

import io
import logging
import re
import secrets
import time

import pytest
from django.db import IntegrityError
from django.test import Client, override_settings
from django.urls import include, path
from hypothesis import given
from hypothesis import strategies as st

from balai.access.views import door, public
from balai.base.errors import NotValid
from balai.config.logs import LOGGING, masked
from tests.config.processes import balai
from tests.people import person, signed_in

NIK, KK, NIP = "0605024107" + "900001", "0605020101" + "200003", "060502199001" + "012001"
SECRET = "Rahasia-Sandi-77"
CANARIES = (NIK, KK, NIP, SECRET, "KANARI-TOKEN", "900001")


@pytest.fixture
def written():
    """What the log's own handler has written so far."""
    handler = next(each for each in logging.getLogger().handlers if each.get_name() == "stderr")
    caught = io.StringIO()
    before = handler.setStream(caught)
    yield caught.getvalue
    handler.setStream(before)


def found_in(text):
    return [canary for canary in CANARIES if canary in text]


@public(methods=("GET", "POST"))
def broken(request):
    kept = {"password": SECRET}
    raise RuntimeError(f"cannot read {NIK} of {kept}, token=KANARI-TOKEN, {NIP[:8]} {NIP[8:14]} {NIP[14:]}")


@door()
def refused(request):
    raise NotValid("“%(text)s” bukan tanggal.", text=NIK)


@public()
def repeated(request):
    """PostgreSQL names the whole row that broke a rule."""
    raise IntegrityError(
        f"null value violates not-null constraint\nDETAIL:  Failing row contains (7, KANARI-TOKEN, {KK})."
    )


urlpatterns = [
    path("broken", broken),
    path("refused", refused),
    path("repeated", repeated),
    path("", include("balai.config.urls")),
]
handler500 = "balai.config.errors.broken"
here = override_settings(ROOT_URLCONF=__name__)


@pytest.mark.django_db
def test_a_failed_sign_in_leaves_no_secret(written):
    for name in (NIK, "wati", SECRET):
        answer = Client().post("/masuk/", {"login": name, "password": SECRET, "token": "KANARI-TOKEN"})
        assert SECRET not in answer.content.decode() or name == SECRET
    assert found_in(written()) == []


@pytest.mark.django_db
@here
@pytest.mark.parametrize("address", ["/broken", "/repeated"])
def test_a_broken_page_says_nothing_of_what_broke_it(written, address):
    answer = Client(raise_request_exception=False).post(
        address + f"?nik={NIK}", {"nik": NIK, "password": SECRET}, headers={"authorization": "Bearer KANARI-TOKEN"}
    ) if address == "/broken" else Client(raise_request_exception=False).get(address + f"?nik={NIK}")  # fmt: skip
    said, log = answer.content.decode(), written()
    assert answer.status_code == 500
    assert found_in(said) == []
    assert found_in(log) == []
    assert "Traceback" not in said
    assert "Traceback" in log
    number = re.search(r"dengan nomor ([0-9a-f]{12})", said)[1]
    assert f"[{number}]" in log


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/keluarga/{NIK}", f"/cari/{NIK}", f"/tidak-ada?nik={NIK}", f"/wilayah/{NIK}"])
def test_an_address_with_a_number_is_repeated_nowhere(written, address):
    answer = Client().get(address)
    assert answer.status_code in {302, 404, 422}
    assert found_in(answer.content.decode()) == []
    assert found_in(written()) == []


@pytest.mark.django_db
@here
def test_a_refusal_does_not_repeat_a_number(written):
    answer = signed_in(person("family_office", "16.05")).get("/refused")
    assert answer.status_code == 422
    assert "bukan tanggal" in answer.content.decode()
    assert found_in(answer.content.decode()) == []
    assert found_in(written()) == []


@pytest.mark.django_db
def test_a_forged_form_and_a_wrong_host_leave_no_secret(written):
    body = {"nik": NIK, "password": SECRET}
    answers = [
        Client(enforce_csrf_checks=True).post("/masuk/", body),
        Client().get("/", headers={"host": f"{NIK}.example"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 400]
    assert [found_in(answer.content.decode()) for answer in answers] == [[], []]
    log = written()
    assert found_in(log) == []
    assert "/masuk/" in log


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_refused_command_does_not_repeat_a_number(tmp_path, lang):
    out = str(tmp_path / "x")
    done = balai("classify", "--period", NIK, "--rules", "balai-2026", "--out", out, home=tmp_path, lang=lang)
    assert done.returncode == 2
    assert found_in(done.stdout + done.stderr) == []


def test_a_refused_import_does_not_repeat_a_number(tmp_path):
    files = tmp_path / NIK
    files.mkdir()
    (files / f"{KK}.csv").write_text(f"NIK,nama\n{NIK},KANARI-TOKEN\n")
    report = str(tmp_path / "laporan.csv")
    words = ("import", "siga", str(files), "--exported-on", "2025-12-05", "--dry-run", "--report", report)
    done = balai(*words, home=tmp_path)
    assert done.returncode != 0
    assert found_in(done.stdout + done.stderr) == []


def test_a_command_that_breaks_logs_its_traceback_masked(tmp_path):
    home = tmp_path / NIK
    home.write_text("a file where a folder should be")
    done = balai("init", home=home)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "Data tetap utuh" in done.stderr
    assert found_in(done.stdout + done.stderr) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"nik {NIK}.", "nik …."),
        (f"{NIK[:4]} {NIK[4:8]} {NIK[8:12]} {NIK[12:]}", "…"),
        (f"{NIK[:6]}.{NIK[6:12]}.{NIK[12:]}", "…"),
        (NIP, "…"),
        ("15 digits 123456789012345", "15 digits 123456789012345"),
        ("19 digits 1234567890123456789", "19 digits 1234567890123456789"),
        ("GET /cari?q=siti&x=1 404", "GET /cari?… 404"),
        ("apa? ya", "apa? ya"),
        (f"password={SECRET} x", "password=… x"),
        (f"{{'new_password1': '{SECRET}', 'a': 1}}", "{'new_password1': …, 'a': 1}"),
        (f'"kata_sandi": "{SECRET}"', '"kata_sandi": …'),
        ("Authorization: Bearer abc.def", "Authorization: …"),
        ("username: wati, ip: 10.0.0.1", "username: …, ip: 10.0.0.1"),
        (f"postgresql://balai:{SECRET}@server/balai", "postgresql://balai:…@server/balai"),
        ("DETAIL:  Key (name)=(Siti) exists.", "DETAIL: …"),
        ("of family 0b9e4c1e-6f0c-4f3e-9a57-0f6f7f3b2a11 at 2026-03-02 01:02:03,456", None),
        ("key " + "a" * 64, "key …"),
        ("key " + "Zm9v" * 11 + "=", "key …"),
        ('File "balai/config/test.py", line 12, in middleware_with_a_name_of_its_own', None),
    ],
)  # fmt: skip
def test_what_is_masked_and_what_stays(text, kept):
    assert masked(text) == (text if kept is None else kept)


@given(st.text(), st.text(), st.sampled_from(["", " ", ".", "-"]))
def test_no_number_of_a_person_survives_whatever_stands_around_it(before, after, between):
    groups = (NIK[:4], NIK[4:8], NIK[8:12], NIK[12:])
    text = re.sub(r"\d", "x", before) + "|" + between.join(groups) + "|" + re.sub(r"\d", "x", after)
    assert "900001"[2:] not in re.sub(r"\D", "", masked(text))


def test_long_hostile_lines_are_masked_quickly():
    pieces = ("1 ", "?a=", "?", "password", "a", "-", "://a", "DETAIL: ", "x-", "password='", "token = ", "1")
    for text in (piece * (100_000 // len(piece)) for piece in pieces):
        started = _processor()
        masked(text)
        assert _processor() - started < 1


def _processor():
    return time.process_time()


def test_every_line_has_the_number_of_its_request(written):
    logging.getLogger("balai.test").warning("halo %s", secrets.token_urlsafe(40))
    assert re.search(r"WARNING balai.test \[[-0-9a-f]+\] halo …", written())


def test_nothing_else_writes_a_log():
    assert {name for name, each in LOGGING["handlers"].items()} == {"stderr"}
    assert all(each["handlers"] == [] for each in LOGGING["loggers"].values())
    handlers = {type(handler).__name__ for handler in logging.getLogger("django").handlers}
    assert handlers == set()

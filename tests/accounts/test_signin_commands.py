"""What the operator of the server does about signing in."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from axes.models import AccessFailureLog
from click.testing import CliRunner

from balai.accounts.commands.accounts import command
from balai.accounts.models import Account, Device, OneTimeCode, Session
from balai.base.errors import NotValid, Refused
from balai.demo.actions import KIND, seat_visitor
from balai.demo.commands import demo
from balai.demo.rules.visitors import VISITORS
from balai.intake.models import Batch
from tests.accounts.signing import PASSWORD, now, try_password, with_generator, with_password
from tests.people import actor, person

pytestmark = pytest.mark.django_db


def told(*words):
    done = CliRunner().invoke(command, [*words, "--json"], catch_exceptions=False)
    return json.loads(done.output)


def test_a_setup_code_is_said_and_opens_the_first_start(client):
    code = told("setup-code")["code"]
    form = {"kode": code, "nama": "Admin Pertama", "akun": "admin", "baru": PASSWORD, "ulang": PASSWORD}
    assert client.post("/persiapan", form).status_code == 302
    with pytest.raises(Refused):
        told("setup-code")


def test_it_speaks_to_people_too():
    said = CliRunner().invoke(command, ["setup-code"], catch_exceptions=False).output
    assert "Kode persiapan:" in said


def test_an_account_is_invited_anew(client):
    account = person("system_admin", "")
    form = {"akun": account.username, "kode": told("invite", account.username)["code"],
            "baru": PASSWORD, "ulang": PASSWORD}  # fmt: skip
    assert client.post("/undangan", form).status_code == 302


def test_a_lock_is_opened(client):
    account = with_password("system_admin", "")
    for _try in range(6):
        try_password(client, account.username, "bukan ini kata sandinya")
    assert told("unlock", account.username)["tries"] == 5
    assert try_password(client, account.username).status_code == 302


def test_the_factor_of_the_system_admin_is_reset():
    account = with_password("system_admin", "")
    with_generator(account)
    assert told("reset-factor", account.username, "--reason", "ponsel hilang")["username"] == account.username
    assert not account.authenticator_set.exists()


def test_an_unknown_name_is_said():
    with pytest.raises(NotValid):
        told("unlock", "tidak.ada")


def test_what_is_over_is_thrown_away():
    at = now()
    for number, left in enumerate((-1, 1)):
        Session.objects.create(session_key=f"{number}", session_data="", expire_date=at + timedelta(days=left))
        AccessFailureLog.objects.create(username=str(number))
    AccessFailureLog.objects.filter(username="0").update(attempt_time=at - timedelta(days=2))
    assert told("tidy") == {"sessions": 1, "tries": 1}


@pytest.fixture
def demonstration(tree):
    return Batch.objects.create(kind=KIND, name="peragaan", at=now(), by="operator:test", counts={})


class TestVisitors:
    def test_each_gets_a_way_in_that_is_said_on_the_console_alone(self, client, demonstration):
        said = CliRunner().invoke(demo.command, ["--visitors"], catch_exceptions=False).output
        assert Account.objects.count() == len(VISITORS)
        line = next(line for line in said.splitlines() if "demo.kabupaten" in line)
        words = line.replace(",", "").split()
        password, spare = words[words.index("sandi") + 1], words[-1]
        try_password(client, "demo.kabupaten", password)
        assert client.post("/masuk/faktor-kedua", {"code": spare})["Location"] == "/akun/"
        assert client.session["assurance"] == 2

    def test_the_kader_gets_a_code_for_a_telephone(self, client, demonstration):
        said = CliRunner().invoke(demo.command, ["--visitors"], catch_exceptions=False).output
        line = next(line for line in said.splitlines() if "/perangkat/daftar" in line)
        code = line.split("kode ")[1].split(",")[0]
        form = {"kode": code, "pin": "274916", "ulang": "274916"}
        assert client.post("/perangkat/daftar", form)["Location"] == "/pin"
        assert Device.objects.exists()

    def test_a_second_call_ends_the_first(self, client, demonstration):
        said = [CliRunner().invoke(demo.command, ["--visitors"]).output for _call in range(2)]
        first = next(line for line in said[0].splitlines() if "demo.pkb" in line)
        assert try_password(client, "demo.pkb", first.split("sandi ")[1].split(",")[0]).status_code == 200
        assert said[0] != said[1]
        assert Account.objects.count() == len(VISITORS)

    def test_there_are_none_beside_real_people_nor_without_the_invented_data(self, demonstration):
        person("system_admin", "")
        assert isinstance(CliRunner().invoke(demo.command, ["--visitors"]).exception, Refused)
        demonstration.delete()
        with pytest.raises(Refused):
            seat_visitor(by=demo.operator("test"), at=now(), visitor=VISITORS[0], code_hash="x", password="y")

    def test_nobody_but_the_operator_seats_them(self, demonstration):
        with pytest.raises(Exception, match="tidak berwenang"):
            seat_visitor(by=actor(person("planner", "16.05")), at=now(), visitor=VISITORS[0], code_hash="x")


def test_hashes_at_once_are_shared_among_the_processes():
    ask = "from balai.config import hashing; print(hashing._free._value)"
    found = {
        workers: subprocess.run(
            [sys.executable, "-c", ask], env={**os.environ, "BALAI_WORKERS": workers}, capture_output=True, text=True,
            check=True,
        ).stdout.strip()
        for workers in ("1", "2", "4")
    }  # fmt: skip
    assert found == {"1": "2", "2": "1", "4": "1"}
    assert OneTimeCode.objects.count() == 0

"""`balai accounts …` for the operator of the server."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from balai.access.models import AuditEntry
from balai.accounts.commands import people
from balai.base.errors import NotValid
from tests.accounts.seed import SIBLING, VILLAGE, lay_out
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places():
    lay_out()


def run(*arguments):
    done = CliRunner().invoke(people.command, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def listed(*arguments):
    return {row["username"]: row for row in json.loads(run("list", "--json", *arguments))}


def test_people_are_listed_by_region_role_and_state():
    person("cadre", VILLAGE, username="siti", name="Siti")
    person("nation", "", username="pusat", suspended_at=None)
    assert "siti\tSiti\tcadre 16.05.01.2002" in run("list")
    assert "nation Indonesia" in run("list")
    assert set(listed("--role", "cadre")) == {"siti"}
    assert set(listed("--region", "16.05.01")) == {"siti"}
    assert listed("--suspended") == {}


def test_a_grant_is_given_and_ended():
    person("cadre", SIBLING, username="siti")
    where = ["SITI", "--role", "cadre", "--region", VILLAGE]
    assert "siti" in run("grant", *where, "--from", "2026-01-01", "--to", "2030-12-31")
    (given,) = [one for one in listed()["siti"]["grants"] if one["region"] == VILLAGE]
    assert (given["from"], given["to"]) == ("2026-01-01", "2030-12-31")
    assert "diakhiri" in run("end", *where, "--reason", "selesai")
    assert len(listed()["siti"]["grants"]) == 1
    entry = AuditEntry.objects.get(deed="grant.end")
    assert entry.by.startswith("operator:")
    with pytest.raises(NotValid):
        run("end", *where, "--reason", "lagi")


def test_a_grant_begins_today_unless_told():
    account = person("cadre", SIBLING, username="dinkes")
    run(
        "grant",
        "dinkes",
        "--role",
        "agency_officer",
        "--region",
        "16.05",
        "--agency",
        "health",
        "--agency-name",
        "Dinkes",
    )
    grant = account.grants.get(role="agency_officer")
    assert (grant.agency, grant.to_on) == ("health", None)
    assert grant.from_on >= date(2026, 1, 1)


def test_an_account_is_suspended_and_resumed():
    person("cadre", VILLAGE, username="siti")
    run("suspend", "siti", "--reason", "hp hilang")
    assert set(listed("--suspended")) == {"siti"}
    assert "(ditangguhkan)" in run("list")
    run("resume", "siti", "--reason", "ketemu")
    assert not listed()["siti"]["suspended"]


def test_somebody_without_grants_is_listed_and_somebody_unknown_is_told():
    person("cadre", VILLAGE, username="siti").grants.update(to_on=date(2025, 2, 1))
    assert run("list").splitlines()[0].endswith("\t-")
    with pytest.raises(NotValid):
        run("suspend", "budi", "--reason", "x")

"""`balai audit`: verify, seal, breach."""

import csv
import json

import pytest
from click.testing import CliRunner

from balai.access.commands.audit import command
from balai.access.models import AuditChain, AuditEntry
from balai.accounts.models import Account
from balai.base.errors import NotValid, Refused
from tests.access.test_trail_damage import cut
from tests.access.trails import CADRE, FAMILIES, MAJENE, run, several

pytestmark = pytest.mark.django_db


def audit(*words, fails=False):
    done = CliRunner().invoke(command, [str(word) for word in words])
    if fails:
        return done
    assert done.exception is None, done.exception
    return done


def test_a_whole_trail_is_said_to_be_whole():
    several(3)
    assert audit("verify").stdout == "3 catatan di 1 rantai diperiksa, dengan 0 segel.\nJejak utuh.\n"


def test_a_broken_trail_names_the_first_broken_entry_and_fails():
    several(3)
    run("UPDATE access_auditentry SET deed = 'other' WHERE number = 2")
    done = audit("verify", fails=True)
    assert isinstance(done.exception, Refused)
    assert "Rantai 76.05, catatan ke-2 (baris" in done.stdout
    assert "isinya diubah" in done.stdout


def test_other_programs_get_json():
    several(3)
    cut(2)
    done = audit("verify", "--json", fails=True)
    told = json.loads(done.stdout)
    assert told["entries"] == 2
    assert told["faults"] == [
        {"chain": MAJENE, "number": 3, "entry": None, "damage": "cut",
         "said": "hilang bersama semua yang sesudahnya: ujung rantai dipotong"}
    ]  # fmt: skip
    assert json.loads(audit("verify", "--json", "--region", "16.05.01").stdout)["faults"] == []


def test_seals_kept_elsewhere_show_a_tail_cut_off_with_its_head(tmp_path):
    kept = tmp_path / "segel.jsonl"
    several(3)
    said = audit("seal", "--to", kept).stdout
    several(2)
    audit("seal", "--to", kept)
    root = json.loads(kept.read_text().splitlines()[0])["root"]
    assert root in said
    assert "dengan 2 segel" in audit("verify", "--roots", kept).stdout
    cut(4)
    head = AuditEntry.objects.get(shard=MAJENE, number=4)
    AuditChain.objects.filter(shard=MAJENE).update(number=4, hash=head.hash)
    assert "Jejak utuh" in audit("verify", "--region", MAJENE).stdout
    assert "catatan ke-5" in audit("verify", "--roots", kept, fails=True).stdout


def test_a_seal_may_go_to_another_program():
    several(1)
    assert set(json.loads(audit("seal", "--json").stdout)) == {"at", "root", "heads"}


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"root":"x","heads":{"":[1]}}', '{"root":"x","heads":{"":[1,"a"]}}'])
def test_a_seal_that_was_altered_is_refused(tmp_path, line):
    kept = tmp_path / "segel.jsonl"
    kept.write_text(line + "\n")
    done = audit("verify", "--roots", kept, fails=True)
    assert isinstance(done.exception, NotValid)
    assert "Baris 1" in str(done.exception)


def test_the_list_after_a_breach_in_three_shapes(tmp_path):
    several(4)
    words = ("breach", "--account", CADRE.account, "--from", "2026-03-01", "--to", "2026-03-01")
    lines = audit(*words).stdout.splitlines()
    assert lines[1].split("\t")[0] == str(FAMILIES[0])
    told = json.loads(audit(*words, "--json").stdout)
    assert [(one["subject"], one["classes"], one["times"]) for one in told] == [
        (str(family), ["P3"], 1) for family in FAMILIES[:4]
    ]
    audit(*words, "--out", tmp_path / "daftar.csv")
    rows = list(csv.reader((tmp_path / "daftar.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == [str(family) for family in FAMILIES[:4]]
    noted = AuditEntry.objects.filter(deed="breach.list")
    assert noted.count() == 3
    assert noted[0].detail["affected"] == 4


def test_an_account_is_found_by_the_name_it_signs_in_with():
    Account.objects.create(
        id=CADRE.account, username="sari", name="Sari", password="!", invited_at="2026-01-01T00:00Z", invited_by="x"
    )
    several(2)
    words = ("--from", "2026-03-01", "--to", "2026-03-01", "--json")
    assert len(json.loads(audit("breach", "--account", "Sari", *words).stdout)) == 2
    assert json.loads(audit("breach", "--account", "orang lain", *words).stdout) == []


def test_a_span_that_is_none_is_refused():
    done = audit("breach", "--account", "x", "--from", "kemarin", "--to", "2026-03-01", fails=True)
    assert isinstance(done.exception, NotValid)

"""The report of somebody who signs in: the own account, whole, and nothing of anybody else."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessLog
from django.test import Client

from balai.access.models import AuditEntry, unscoped
from balai.accounts import actions as accounts
from balai.accounts.models import Device, Enrolment, OneTimeCode
from balai.base.errors import NotAllowed
from balai.families.models import Family
from balai.privacy import actions
from balai.privacy.rules import PERSONAL, Phrase, catalogue
from balai.privacy.views import paper
from balai.villages.models import Companion, KampungKB, Pokja, PokjaMember
from tests import people
from tests.families import register
from tests.privacy import pdf_text

AT = register.AT
SECRETS = ("sidik-kode", "sidik-token", "pin-tersamar", "benih-otp")


@pytest.fixture
def rini(places):
    """A companion with something in every table that leads to an account."""
    family = register.family(address="Jalan Rahasia 9")
    account = people.person(
        "companion", register.HERE, families=[family.pk], name="Ibu Rini", phone="+628111", username="rini"
    )
    device = Device.objects.create(
        id=uuid4(), token_hash="sidik-token", agent="Firefox Android", made_at=AT, seen_at=AT
    )
    Enrolment.objects.create(
        device=device, account=account, regions=[register.HERE], pin="pin-tersamar", made_at=AT, made_by="operator:uji"
    )
    OneTimeCode.objects.create(
        account=account, purpose="invitation", code_hash="sidik-kode", made_at=AT, made_by="operator:uji",
        expires_at=AT + timedelta(days=1),
    )  # fmt: skip
    Authenticator.objects.create(user=account, type="totp", data={"secret": "benih-otp"})
    AccessLog.objects.create(username="rini", ip_address="192.0.2.7", user_agent="Firefox Android", session_hash="x")
    return account


@pytest.fixture
def village(rini):
    """A Kampung KB whose working group and companion officer have the name of the account; and one elsewhere."""
    for code in (register.HERE, register.FAR):
        told = {"recorded_at": AT, "recorded_by": "operator:uji", "source": "uji"}
        kampung = KampungKB.objects.create(village_id=code, number=1, **told)
        pokja = Pokja.objects.create(kampung=kampung, template="sections", **told)
        PokjaMember.objects.create(pokja=pokja, name="IBU RINI", position=f"ketua {code}", **told)
        Companion.objects.create(kampung=kampung, kind="pkb", name="Lain Orang", **told)


def report(account):
    return actions.report_account(by=people.actor(account), at=AT, account=account)


def told(account):
    return json.dumps(paper.as_json(report(account)), ensure_ascii=False)


def test_the_report_reaches_everything_that_leads_to_the_account(rini):
    client = people.signed_in(rini)
    assert client.get("/akun/").status_code == 200
    parts = {part.table.key for part in report(rini).parts}
    assert parts >= {
        "accounts.account", "accounts.grant", "accounts.assignment", "accounts.device", "accounts.enrolment",
        "accounts.session", "accounts.onetimecode", "mfa.authenticator", "axes.accesslog", "access.auditentry",
    }  # fmt: skip
    text = told(rini)
    assert all(one in text for one in ("Ibu Rini", "+628111", "192.0.2.7", "Firefox Android", register.HERE))


def test_what_opens_something_and_what_is_of_residents_is_in_no_report(rini):
    people.signed_in(rini)
    text = told(rini)
    with unscoped("uji"):
        family = Family.objects.get()
    assert [one for one in (*SECRETS, rini.password, "Jalan Rahasia 9", str(family.pk)) if one in text] == []


def test_every_column_that_sounds_like_a_secret_is_one():
    for key, table in catalogue().tables.items():
        if table.leads_to_an_account:
            loud = [name for name in table.of_account() if name.endswith(("hash", "password", "pin", "key", "token"))]
            assert (key, loud) == (key, [])
            assert not set(table.of_account()) & set(table.fields_of(*PERSONAL))
            assert set(table.secret.split()) <= table.classes.keys()


def test_every_column_in_it_has_a_label_in_both_languages():
    told_of = {key: table for key, table in catalogue().tables.items() if table.leads_to_an_account or table.named_in}
    bare = {
        key: [name for name in table.of_account() if table.label(name) == Phrase(name, name)]
        for key, table in told_of.items()
    }
    assert {key: names for key, names in bare.items() if names} == {}


def test_the_sign_ins_and_what_officers_did_stand_in_it(rini):
    accounts.note_sign_in(by=people.actor(rini), at=AT, account=rini, way="password+totp")
    officer = people.person("field_officer", register.KECAMATAN, name="Bu Ratna")
    accounts.correct_account(by=people.actor(officer), at=AT, account=rini, name="Ibu Rini Baru")
    looks = paper.as_json(report(rini))["looks"]
    assert [(one["officer"], one["deed"]) for one in looks] == [
        ("Ibu Rini Baru", "membuka laporan datanya sendiri"),
        ("Bu Ratna", "membetulkan data petugas"),
        ("Ibu Rini Baru", "masuk"),
    ]


def test_who_is_named_in_a_village_is_told_that_it_may_be_the_same_person(rini, village):
    written = paper.as_json(report(rini))
    assert [(one["table"], len(one["rows"])) for one in written["namesakes"]] == [("villages.pokjamember", 1)]
    assert written["namesakes"][0]["rows"][0]["position"] == f"ketua {register.HERE}"
    assert "belumtentuAnda" in pdf_text.text_of(paper.as_pdf(report(rini))).replace(" ", "").replace("\n", "")


def test_a_residents_report_reaches_the_working_group_of_the_village(places, rini, village):
    row = register.family(people=[register.head(name="Ibu Rini")])
    with unscoped("uji"):
        made = actions.report_person(
            by=register.BY, at=AT, person=register.head_of(row), reason="diminta orangnya sendiri"
        )
    assert [part.table.key for part in made.namesakes] == ["villages.pokjamember"]


def test_nobody_gets_the_report_of_another(rini):
    other = people.person("field_officer", register.KECAMATAN)
    with pytest.raises(NotAllowed):
        actions.report_account(by=people.actor(other), at=AT, account=rini)


def test_the_owner_reads_it_and_takes_it_along(rini):
    client = people.signed_in(rini)
    page = client.get("/akun/data").content.decode()
    assert all(one in page for one in ("Data saya", "Penugasan", "+628111", "Perangkat"))
    assert json.loads(client.post("/akun/data", {"bentuk": "json"}).content)["name"] == "Ibu Rini"
    answer = client.post("/akun/data", {"bentuk": "pdf"})
    assert answer["Content-Disposition"] == 'attachment; filename="data-akun-saya.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert AuditEntry.objects.filter(deed="account.report", subject=str(rini.pk)).count() == 3


def test_strangers_are_sent_to_sign_in(db):
    assert Client().get("/akun/data").status_code == 302

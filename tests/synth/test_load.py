"""The files of an invented population enter the register by the doors that a file of residents takes."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import F

from balai.access.models import AuditEntry, acting
from balai.access.rules import operator
from balai.aid.models import Aid
from balai.base.errors import NotAllowed, Refused
from balai.families.models import Family, IdentityNumber, Person
from balai.families.rules import NoNik
from balai.measurements.models import Measurement
from balai.survey.models import ANSWERS
from balai.survey.rules import Block
from balai.synth.actions import load
from balai.synth.actions.writing import write
from balai.synth.rules import Wanted
from tests import people

pytestmark = pytest.mark.django_db

AT = datetime(2025, 12, 1, tzinfo=UTC)
HOMES = (("16.05.01.2002", 30), ("16.05.01.2003", 20))
BY = operator("test")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, Wanted(3, date(2025, 11, 30), HOMES, dirt=0.1), progress=lambda _families: None)
    return tmp_path


def test_everybody_is_there_with_ties_numbers_and_answers(tree, folder):
    steps = []
    with acting(BY):
        counts = load(by=BY, at=AT, folder=folder, progress=steps.append)
        assert Family.objects.filter(invented=True).count() == counts["families"] >= 50
        assert Person.objects.count() == counts["people"]
        assert Person.objects.filter(mother__isnull=False).count() > 20
        assert set(Person.objects.filter(no_nik__isnull=False).values_list("no_nik", flat=True)) <= {NoNik.NEWBORN}
        assert IdentityNumber.objects.filter(kind="nik").first().number.startswith("00")
        for block, table in ((Block.MEMBERS, "member_answers"), (Block.HOUSING, "housing")):
            assert ANSWERS[block].objects.count() == counts[table] > 0
        assert ANSWERS[Block.HOUSING].objects.count() == 50
        assert Aid.objects.count() == counts["aid"] > 10
        assert Measurement.objects.filter(source="invented").count() == counts["measurements"] > 20
        assert not Measurement.objects.filter(measured_on__lt=F("person__born_on")).exists()
    assert steps[-1] == counts["families"]
    assert AuditEntry.objects.filter(deed="family.load").exists()


def test_whoever_may_not_write_there_loads_nothing(tree, folder):
    account = people.person("cadre", "16.05.01.2002")
    cadre = people.actor(account)
    with acting(cadre), pytest.raises(NotAllowed):
        load(by=cadre, at=AT, folder=folder, progress=lambda _families: None)
    with acting(BY):
        assert not Family.objects.exists()


def test_a_folder_without_a_population_is_refused(tree, tmp_path):
    with acting(BY), pytest.raises(Refused, match="balai synth"):
        load(by=BY, at=AT, folder=tmp_path, progress=lambda _families: None)

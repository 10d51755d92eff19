"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from uuid import uuid4

from balai.rosters.models import Roster, RosterImage, RosterRow
from balai.rosters.models.rows import folded
from balai.rosters.rules.states import State
from balai.rosters.rules.verdicts import Kept, Outcome, Verdict
from balai.sheets.inputs.files import recorded
from balai.sheets.rules.facts import Facts
from balai.sheets.rules.items import Item
from balai.sheets.rules.layouts import LAYOUTS, Headed
from balai.vault.models import sealed
from tests.families.register import AT, BY


def plant(family, person):
    roster, row = listed(family, person)
    image = RosterImage(
        roster=roster, region=row.region, unit=0, step=1, family=family, person=person, made_at=AT, id=uuid4()
    )
    image.sealed = sealed(folded([]), image.pk, image._meta.db_table, "sealed")
    image.save(force_insert=True)


def listed(family, person, state=State.CHECKED, verdict=Verdict.UNCHANGED):
    """(a list that was read, its one row, which is the person)."""
    headed = Headed(LAYOUTS["balai"], 1, {Item.NAME: 0, Item.CARD: 1}, ("Nama lengkap", "Nomor KK"))
    roster = Roster.objects.create(
        region=family.region[:13], kind="balai", state=state, headings=[recorded(headed)], progressed_at=AT,
        counts={"unchanged": 1}, made_at=AT, made_by=BY.name,
    )  # fmt: skip
    row = RosterRow(
        roster=roster, region=roster.region, number=0, line=2, unit=0, verdict=verdict, family=family, person=person,
        made_at=AT,
    )  # fmt: skip
    facts = Facts(number=0, line=2, name=person.name, sex=person.sex)
    outcome = Outcome(verdict=verdict, person=str(person.pk), family=str(family.pk))
    row.keep(Kept(cells=[person.name, None], facts=facts, outcome=outcome))
    row.save(force_insert=True)
    return roster, row

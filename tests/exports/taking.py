"""What tests of exports begin with: who asks, for what, and what comes of it."""

from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from balai.access.models import acting
from balai.aid.actions import record_aid
from balai.aid.models import ListEntry, ListVersion
from balai.aid.rules import AidFacts
from balai.events.models import LifeEvent
from balai.exports import actions
from balai.exports.actions.asking import Wish
from balai.exports.models import Export
from balai.families.models import Person
from balai.families.rules import PersonFacts, Relation, Sex
from balai.measurements.models import Measurement
from balai.survey.models import ANSWERS
from balai.vault.models import Canary
from balai.vault.rules import canaries
from tests import people
from tests.families import register
from tests.families.register import AT, BY, HERE

PURPOSE = "rapat kampung bulan ini"
FAMILY_COLUMNS = ("called", "address", "place", "people")
ON = AT.date()


def home(name="Siti Rahmawati", region=HERE, **more):
    """Mother and child, with something in every table that can leave."""
    mother = PersonFacts(name, Sex.FEMALE, Relation.HEAD, date(1990, 5, 17), register.nik())
    made = register.family(region, people=[mother, register.child()], card=register.nik(), **more)
    with acting(BY):
        person = Person.objects.get(family=made, relation=Relation.HEAD)
        for model in ANSWERS.values():
            subject = {"person": person} if model.subject == "person" else {}
            model.objects.create(
                family=made, region=region, from_on=ON, made_at=AT, made_by="uji", **subject, **ANSWERED[model.block]
            )
        record_aid(by=BY, at=AT, family=made, facts=AidFacts("pkh", amount=750_000))
        child = Person.objects.get(family=made, relation=Relation.CHILD)
        Measurement.objects.create(
            person=child, family=made, region=region, measured_on=date(2020, 2, 3), weight_kg=9, height_cm=74,
            source="form", made_at=AT, made_by="uji",
        )  # fmt: skip
        LifeEvent.objects.create(
            kind="birth", family=made, person=person, region=region, on=ON, people=1, made_at=AT, made_by="uji"
        )
        _listed(made, region)
    return made


ANSWERED = {
    "members": {"marital": 2, "age_married": 21},
    "planning": {"method": 5, "births": 2, "using_since": date(2024, 3, 1)},
    "development": {},
    "housing": {"water": 3, "latrine": 1},
}


def _listed(made, region):
    version, _new = ListVersion.objects.get_or_create(
        kind="p3ke", edition="2024", region=register.KABUPATEN, sha256="0",
        defaults={"dated_on": ON, "source": "uji", "brought_at": AT, "brought_by": "uji", "applied_at": AT,
                  "applied_by": "uji"},
    )  # fmt: skip
    ListEntry.objects.create(
        version=version, line=2, family=made, region=region, decile=2, state="by_card", matched_on=ON, made_at=AT,
        made_by="uji",
    )  # fmt: skip


def now():
    return timezone.now()  # noqa: TID251  as the pages do


def wish(sheet="families", region=HERE, columns=FAMILY_COLUMNS, format="csv", **filters):
    return Wish(sheet, region, tuple(columns), filters, format)


def account(role="field_officer", region=register.KECAMATAN, **more):
    return people.person(role, region, **more)


@contextmanager
def as_(account, **more):
    """Within, that account acts."""
    with acting(people.actor(account, **more)) as actor:
        yield actor


def asked(account, given=None, at=AT, purpose=PURPOSE, language="id"):
    with as_(account) as by:
        return actions.ask_export(by=by, at=at, wish=given or wish(), purpose=purpose, language=language)


def written(account, given, folder, at=AT, password="rahasia", approved=True, **more):
    """The file of what was asked for, approved where it must be."""
    export = asked(account, given, at, **more)
    if export.needs_approval and approved:
        other = people.person("family_office", register.KABUPATEN)
        with as_(other) as by:
            actions.approve_export(by=by, at=at, export=export)
    with as_(account) as by:
        return actions.write_export(
            by=by, at=at, export=Export.objects.get(pk=export.pk), folder=folder, name="berkas", password=password
        )


def is_planted(cells):
    """Whether a row of a file is the one that is nobody's."""
    text = " ; ".join(map(str, cells))
    return bool(Canary.objects.planted({*canaries.names_in(text), *canaries.codes_in(text)}))


def row_of(account, at=AT, persons=10, **more):
    """A row as it stands in the table, without asking."""
    known = {
        "sheet": "families", "region": HERE, "columns": ["called"], "format": "csv", "language": "id",
        "purpose": PURPOSE, "account": account.pk, "hat": "field_officer", "assurance": 2, "asked_at": at,
        "asked_by": f"account:{account.pk}", "persons": persons, "needs_approval": False, "state": "writing",
    }  # fmt: skip
    return Export.objects.create(**known | more)

"""What a batch touches, as it was and as it is: the difference is what an undoing puts back."""

from itertools import chain
from uuid import UUID, uuid4

from balai.access.models import pour
from balai.aid.models import Aid
from balai.families.models import Family, IdentityNumber, Person
from balai.rosters.models import RosterImage
from balai.rosters.models.rows import folded
from balai.survey.models import Housing, MemberAnswers
from balai.vault.models import imprints, keyring

AT_ONCE = 2_000


def snapshot(families, people, *, houses=False):
    """{(table, key): its columns} of these families and persons, with what this room writes of them; `houses`: of lists
    that say how a family lives and what it receives."""
    homes = families if houses else ()
    return dict(chain(
        _some(Family.objects.all(), "pk", families),
        _some(IdentityNumber.objects.filter(person=None), "family", families),
        _some(Person.objects.all(), "pk", people),
        _some(IdentityNumber.objects.all(), "person", people),
        _some(MemberAnswers.objects.all(), "person", people),
        _some(Housing.objects.all(), "family", homes),
        _some(Aid.objects.all(), "family", homes),
    ))  # fmt: skip


def _some(queryset, column, values):
    values, table = sorted(values), queryset.model._meta.label_lower
    for start in range(0, len(values), AT_ONCE):
        some = queryset.filter(**{f"{column}__in": values[start : start + AT_ONCE]})
        yield from (((table, key), columns) for key, columns in imprints.taken_all(some))


def differences(before, after):
    """Images of what was made, changed and taken away, each with all columns of its row: what hangs on others last."""
    for key, columns in after.items():
        known = before.get(key)
        if known != columns:
            yield columns, imprints.of_columns(*key, known, columns)
    for key, columns in before.items():
        if key not in after:
            yield columns, imprints.of_columns(*key, columns, None)


def keep(*, roster, at, images, units):
    """Stores the images sealed: one row for each person, one for each family. `units`: of the ids of both."""
    subjects = {}
    for columns, image in images:
        person = image["pk"] if image["table"] == Person._meta.label_lower else columns.get("person")
        family = image["pk"] if image["table"] == Family._meta.label_lower else columns["family"]
        subjects.setdefault((UUID(family), person and UUID(person)), []).append(image)
    texts = {uuid4(): folded(told) for told in subjects.values()}
    pour(
        RosterImage,
        {
            "id": list(texts), "region": [roster.region] * len(texts),
            "unit": [units.get(person) or units.get(family, 0) for family, person in subjects],
            "step": [0 if person is None else 1 for _family, person in subjects],
            "family_id": [family for family, _person in subjects],
            "person_id": [person for _family, person in subjects],
            "sealed": keyring().sealed_all(texts, RosterImage._meta.db_table, "sealed"),
        },
        roster_id=roster.pk, made_at=at,
    )  # fmt: skip

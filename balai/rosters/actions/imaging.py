"""What a batch touches, as it was and as it is: the difference is what an undoing puts back."""

from itertools import chain
from uuid import UUID

from balai.access.models import growing_keys, pour
from balai.aid.models import Aid
from balai.families.models import Family, IdentityNumber, Person
from balai.rosters.models import RosterImage
from balai.rosters.models.rows import folded
from balai.survey.models import Housing, MemberAnswers
from balai.vault.models import imprints, keyring

FAMILY = Family._meta.label_lower


def snapshot(rows, *, houses=False):
    """{(table, key): its columns} of the families and persons of these rows of a list, with what this room writes of
    them; `houses`: of lists that say how a family lives and what it receives. The database looks up who they are: told
    thousands of ids for each table, it would spend its time on reading them."""
    families, people = rows.order_by().values("family"), rows.order_by().values("person")
    homes = families if houses else Family.objects.none().values("pk")
    return dict(chain(
        _some(Family.objects.filter(pk__in=families)),
        _some(IdentityNumber.objects.filter(person=None, family__in=families)),
        _some(Person.objects.filter(pk__in=people)),
        _some(IdentityNumber.objects.filter(person__in=people)),
        _some(MemberAnswers.objects.filter(person__in=people)),
        _some(Housing.objects.filter(family__in=homes)),
        _some(Aid.objects.filter(family__in=homes)),
    ))  # fmt: skip


def _some(queryset):
    table = queryset.model._meta.label_lower
    return (((table, key), columns) for key, columns in imprints.taken_all(queryset))


def differences(before, after):
    """Images of what was made, changed and taken away, each with all columns of its row: what hangs on others last.
    What stands where its family stands goes back with it (`carry`), be it of the list or not."""
    for key, columns in after.items():
        known = before.get(key)
        if known is not None and known != columns and key[0] != FAMILY:
            known = known | {"region": columns["region"]}
        if known != columns:
            yield columns, imprints.of_columns(*key, known, columns)
    for key, columns in before.items():
        if key not in after:
            yield columns, imprints.of_columns(*key, columns, None)


def keep(*, roster, at, images, units):
    """Stores the images sealed: one row for each person, one for each family. `units`: of the ids of both."""
    told = {}
    for columns, image in images:
        person = image["pk"] if image["table"] == Person._meta.label_lower else columns.get("person")
        family = image["pk"] if image["table"] == FAMILY else columns["family"]
        told.setdefault((family, person), []).append(image)
    subjects = [(UUID(family), person and UUID(person)) for family, person in told]
    texts = dict(zip(growing_keys(at, 0, len(told)), map(folded, told.values()), strict=True))
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

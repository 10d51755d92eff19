"""Erasing a person from every table, and once more in a database that was restored from before."""

from django.db import models, transaction

from balai.access.actions import forget_changes, record
from balai.access.models import unscoped
from balai.access.rules import Permission, require
from balai.base.errors import Refused
from balai.families.models import Person
from balai.privacy.actions.blanking import blank, not_yet_blank
from balai.privacy.models import Erased, Subject, digest, digests, model_of
from balai.privacy.models.ledger import tag_of
from balai.privacy.models.walk import own, shared
from balai.privacy.rules import PERSONAL, Erase, catalogue, check_reason

BATCH = 2000
EMPTY = {models.JSONField: dict, models.BinaryField: bytes}


@transaction.atomic
def erase_person(*, by, at, person, request, reason):
    """Rows deleted or emptied as `fields.toml` says, the trail's words forgotten, a hash kept in the ledger.

    The last person of a family takes the family along. Gives {table: rows}.
    """
    require(by, Permission.RIGHTS_DECIDE, person.region)
    reason = check_reason(reason)
    counts = erase_rows(Subject(person.pk, person.family_id), by=by, at=at, region=person.region)
    Erased.objects.get_or_create(
        digest=digest(person.pk), defaults={"at": at, "request": request.pk if request else None}
    )
    record(
        by=by, at=at, deed="person.erase", region=person.region, detail={"rows": counts},
        subject=f"request:{request.pk}" if request else "retention",
    )  # fmt: skip
    return counts


@transaction.atomic
def replay_erasures(*, by, at, kept):
    """Erases again whoever stands in the ledger: `kept` are the rows of its file. Gives the number of persons."""
    require(by, Permission.RIGHTS_DECIDE)
    Erased.objects.bulk_create(kept, ignore_conflicts=True)
    wanted = {row.digest for row in Erased.objects.all()}
    tags = {tag_of(written) for written in wanted}
    missing = tags - {tag_of(one) for one in digests("", tags)}
    if missing:
        raise Refused(
            "Kunci indeks %(tags)s tidak ada di folder kunci, padahal buku penghapusan memakainya. "
            "Kembalikan folder “keys” dari cadangan kunci.",
            tags=", ".join(sorted(missing)),
        )  # fmt: skip
    with unscoped("replaying the ledger of erased persons after a restore"):
        again = [
            Subject(person, family)
            for person, family in Person.objects.order_by().values_list("pk", "family").iterator(BATCH)
            if wanted.intersection(digests(person, tags))
        ]
    former = [account for account in not_yet_blank() if wanted.intersection(digests(account.pk, tags))]
    for subject in again:
        erase_rows(subject, by=by, at=at)
    for account in former:
        blank(account, by=by, at=at)
    record(
        by=by, at=at, deed="person.replay", subject="ledger",
        detail={"persons": len(again), "accounts": len(former), "ledger": len(wanted)},
    )  # fmt: skip
    return len(again) + len(former)


def erase_rows(subject, *, by, at, region=""):
    """{table: rows} of what was deleted or emptied."""
    counts = {}
    with unscoped("erasing a person reaches every table that leads to the person"):
        alone = not Person.objects.filter(family=subject.family).exclude(pk=subject.person).exists()
        for table in catalogue().tables.values():
            if table.erase in ROWS:
                theirs = own(table, subject) | shared(table, subject) if alone else own(table, subject)
                counts[table.key] = ROWS[table.erase](table, theirs)
        forgotten = [subject.person, subject.family] if alone else [subject.person]
        counts["access.auditchange"] = forget_changes(by=by, at=at, subjects=forgotten, region=region)
    return {key: count for key, count in counts.items() if count}


def delete_rows(table, which):
    manager = model_of(table)._default_manager
    return manager.filter(pk__in=manager.filter(which).order_by().values("pk")).delete()[0]


def empty_rows(table, which):
    """Empties the personal columns of rows that are not empty yet."""
    model = model_of(table)
    empty = {name: empty_value(model._meta.get_field(name)) for name in table.fields_of(*PERSONAL)}
    manager = model._default_manager
    return manager.filter(pk__in=manager.filter(which).order_by().values("pk")).exclude(**empty).update(**empty)


def empty_value(field):
    return None if field.null else EMPTY.get(type(field), str)()


ROWS = {Erase.DELETE: delete_rows, Erase.BLANK: empty_rows}

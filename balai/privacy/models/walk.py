"""From a person to every row that leads to the person, by the paths that `fields.toml` names."""

from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from balai.families.models import Person
from balai.privacy.rules import catalogue


@dataclass(frozen=True)
class Subject:
    """Whose rows are asked for: a person and the family the person lives in."""

    person: UUID
    family: UUID


def model_of(table):
    return apps.get_model(table.key)


def own(table, subject):
    """Rows that are the person's alone."""
    return Q(**{table.person: subject.person}) if table.person else Q(pk__in=())


def shared(table, subject):
    """Rows of the family as a whole: the address, the number of its card."""
    if not table.family:
        return Q(pk__in=())
    of_family = Q(**{table.family: subject.family})
    if table.person and table.person != table.family:
        of_family &= Q(**{f"{table.person}__isnull": True})
    return of_family


def held(subject, *, tables=None):
    """(table, its rows that are the person's or the family's) for every table that leads to a person.

    Paths lead through sub-queries, never joins that would double a row. Scoped tables are read as whoever acts.
    """
    for table in tables or catalogue().tables.values():
        if table.leads_to_a_person:
            model = model_of(table)
            rows = model._default_manager.filter(own(table, subject) | shared(table, subject))
            yield table, model._default_manager.filter(pk__in=rows.order_by().values("pk"))


def held_of(account, *, tables):
    """(table, its rows that are the account's own). Read within `unscoped`: it is the owner's own."""
    for table in tables:
        if table.leads_to_an_account:
            model = model_of(table)
            of = Q(**{table.account: account.pk}) if table.account else Q(**{table.username: account.username})
            yield table, model._default_manager.filter(pk__in=model._default_manager.filter(of).order_by().values("pk"))


def namesakes(name, regions, *, tables):
    """(table, rows that carry this name in one of the regions): perhaps the same person, perhaps not."""
    for table in tables:
        if table.named_in and name:
            near = Q(pk__in=())
            for region in regions:
                near |= Q(**{f"{table.named_in}__startswith": region})
            yield table, model_of(table)._default_manager.filter(near, name__iexact=name).order_by("pk")


def mentions(subject):
    """(model, field, count): rows of other persons that name this one, such as children their mother."""
    own_paths = {table.key: table.person for table in catalogue().tables.values()}
    for relation in Person._meta.related_objects:
        model, field = relation.related_model, relation.field
        if own_paths.get(model._meta.label_lower) != field.name:
            count = model._default_manager.filter(**{field.name: subject.person}).count()
            if count:
                yield model, field, count

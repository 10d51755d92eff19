"""Which rows stand where their family stands."""

from balai.access.models import Scoped
from balai.families.models.register import Family, Person


def carried(family):
    """Querysets of the rows, of this room and of those above, whose `region` is that of the family or of its people.

    A personal table joins them by a key to Family or Person and a column `region`; one whose place is a fact of the
    past says `stays_put = True`.
    """
    people = list(Person.objects.filter(family=family).values_list("pk", flat=True))
    for model, keys in ((Family, [family.pk]), (Person, people)):
        for key in model._meta.related_objects:
            # a child in a family of its own does not move with its mother
            if _follows(key.related_model) and not (model is Person and key.related_model is Person):
                yield key.related_model.objects.filter(**{f"{key.field.name}__in": keys})


def _follows(model):
    return issubclass(model, Scoped) and model.walls.region == "region" and not getattr(model, "stays_put", False)

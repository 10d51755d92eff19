from django.db.models import Q

from balai.families.models import Person, sounding


def likely_twins(person):
    """Others in scope who may be the same person: the name sounds alike and the day of birth is the same, or neither
    has a day of birth in one family."""
    people = Person.objects.unrestricted().living_here().exclude(pk=person.pk).filter(sounding(person.name))
    if person.born_on is None:
        return people.filter(family=person.family_id).in_order()
    return people.filter(Q(born_on=person.born_on) | Q(family=person.family_id)).in_order()

"""The sources of the raw tables, as queries on the register: each within the walls of whoever reads."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Substr, TruncDate

from balai.aid.models import Aid, ListEntry, ListVersion
from balai.aid.rules import MatchState
from balai.events.models import LifeEvent
from balai.events.rules import COUNTED
from balai.facilities.models import Facility
from balai.families.models import VILLAGE_CODE, Family, IdentityNumber, PastStay, Person
from balai.families.rules import NumberKind
from balai.identity.models import Document
from balai.measurements.models import Measurement
from balai.quality.models import Verification, standing
from balai.quality.rules import State
from balai.regions.rules import span
from balai.snapshot.models.pouring import IsListed
from balai.snapshot.rules.sources import BLOCKS, answers
from balai.survey.models import ANSWERS

TWO_YEARS = timedelta(days=2 * 365 + 1)  # of events
READ_FROM = {
    "registered": (Family,), "persons": (Person,), "past": (PastStay,), "births": (Person,),
    "numbers": (IdentityNumber,), "documents": (Document,), "verified": (Verification,), "listed": (ListEntry,),
    "received": (Aid,), "aided": (Aid,), "measured": (Measurement,), "happened": (LifeEvent,),
    **{name: (ANSWERS[block],) for block, name in BLOCKS.items()},
}  # fmt: skip


def closed(actor):
    """Sources of which the actor may not see rows: nothing is worked out from them, for nothing is not zero."""
    return {name for name, models in READ_FROM.items() if not all(one.walls.opens_to(actor) for one in models)}


def registers(code, day, *, listed=False):
    """{source: query}; the columns are those of rules.sources, in their order. `listed`: what `repeated` finds is."""
    return {
        **_of_people(code, day, listed),
        **{name: _answers(block, code, day) for block, name in BLOCKS.items()},
        **_of_other_rooms(code, day),
        **_of_places(code, day),
    }


def _of_people(code, day, listed):
    here = Person.objects.unrestricted().within(code)
    there = Q(left_on__isnull=True) | Q(left_on__gt=day)
    still = Q(family__left_on__isnull=True) | Q(family__left_on__gt=day)
    stays = PastStay.objects.within(code).on(day).filter(still, person__restricted_at__isnull=True)
    away = Family.objects.within(code).filter(left_on__lte=day).order_by().values("pk")
    present = here.filter(Q(gone_on__isnull=True) | Q(gone_on__gt=day), joined_into__isnull=True)
    present = present.exclude(family__in=away)  # a list made once, and not a look at each one's family
    return {
        "registered": Family.objects.within(code).filter(there).values_list("id", "region", "since_on"),
        "persons": present.values_list("id", "family_id", "sex", "born_on", "relation", "since_on"),
        "past": stays.values_list("person_id", "family_id", "region", "person__sex", "person__born_on", "relation"),
        "births": here.filter(mother__isnull=False, joined_into__isnull=True, born_on__isnull=False).values_list(
            "mother_id", "region", "born_on", "family_id"
        ),
        "numbers": numbers(code, listed),
    }


def numbers(code, listed):
    """Whose NIK is known, and whether somebody else who lives here has the same; the number itself stays behind."""
    other = _niks().filter(blind=OuterRef("blind")).exclude(pk=OuterRef("pk"))
    shared = Q(IsListed("blind")) & Q(Exists(other)) if listed else Exists(other)
    return (
        IdentityNumber.objects.within(code)
        .filter(kind=NumberKind.NIK.value)
        .values_list("person_id", shared, "is_sound", "family_id")
    )


def repeated():
    """What is looked up of numbers that stand at more than one person: one pass over all, instead of a look at each."""
    rows = IdentityNumber.objects.filter(kind=NumberKind.NIK.value).order_by().values("blind")
    return rows.annotate(times=Count("pk")).filter(times__gt=1).values_list("blind")


def sharing(code, family):
    """Families of the place with a number that is also one of the family's."""
    ours = IdentityNumber.objects.filter(kind=NumberKind.NIK.value, family=family)
    return _niks().within(code).filter(blind__in=ours.values("blind")).values_list("family_id")


def _niks():
    return IdentityNumber.objects.unrestricted().living_here().filter(kind=NumberKind.NIK.value)


def _of_people_in(code, rows):
    lo, hi = span(code)
    return rows.within(code).filter(person__region__gte=lo, person__region__lt=hi)


def _answers(block, code, day):
    model = ANSWERS[block]
    rows = model.objects.within(code).on(day)
    rows = _unrestricted(rows) if block.of_a_person else rows
    names = [f"{name}_id" if name in ("person", "family") else name for name in answers(block)]
    return rows.values_list(*names)


def _unrestricted(rows):
    """Without those of persons whose data may only be kept. These are few: a list made once, and not a look at each
    row's person, for which PostgreSQL reads the people of the whole register."""
    kept = Person.objects.filter(restricted_at__isnull=False).order_by()
    return rows.exclude(person__in=kept.values("pk"))


def _of_other_rooms(code, day):
    by_number = (MatchState.BY_NIK.value, MatchState.BY_CARD.value)
    decided = standing(Family.objects.within(code).living_here()).filter(decision__outcome__isnull=False)
    entries = ListEntry.objects.within(code).applied().matched().filter(version__dated_on__lte=day)
    return {
        "documents": _unrestricted(_of_people_in(code, Document.objects.on(day))).values_list(
            "person_id", "kind", "is_held", "family_id"
        ),
        "verified": decided.filter(state=State.VERIFIED.value).values_list("id"),
        "listed": _unrestricted(entries).values_list(
            "family_id", "version__kind", "version__dated_on", "decile", Q(state__in=by_number)
        ),
        "received": _unrestricted(Aid.objects.within(code).lately(day)).values_list(
            "family_id", "person_id", "programme", "agency", "state", "from_on", "until_on", "amount"
        ),
        "aided": Aid.objects.within(code).order_by().values_list(Substr("region", 1, VILLAGE_CODE)).distinct(),
        "measured": _unrestricted(Measurement.objects.within(code)).values_list(
            "person_id", "measured_on", "weight_kg", "height_cm", "position", "oedema", "head_cm", "muac_cm",
            "family_id",
        ),
        "happened": _events(code, day),
    }  # fmt: skip


def _events(code, day):
    rows = LifeEvent.objects.within(code).unrestricted().standing().between(day - TWO_YEARS, day + timedelta(days=1))
    return (
        rows.filter(kind__in=[one.value for one in COUNTED])
        .annotate(entered_on=TruncDate("made_at"), place=KeyTextTransform("place", F("detail")))
        .values_list("region", "kind", "on", "entered_on", "people", "place")
    )


def _of_places(code, day):
    lo, hi = span(code)
    here = Q(region__gte=lo, region__lt=hi) | Q(pk__in=ListVersion.objects.covering(code))
    lists = ListVersion.objects.applied().filter(here, dated_on__lte=day)
    places = Facility.objects.within(code).on(day)
    return {
        "places_of_service": places.values_list("id", "region", "kind", "outside", "opened_on"),
        "lists": lists.values_list("kind", "region", "dated_on"),
    }

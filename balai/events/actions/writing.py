"""What an event writes into the register: each row with its image, the past beside the present."""

from collections import Counter
from uuid import UUID

from django.db import models

from balai.access.models import Scoped, unscoped
from balai.base.errors import Refused
from balai.events.models import Imprint, LifeEvent
from balai.events.rules import Kind, Member
from balai.families.actions.writing import record_change
from balai.families.models import VILLAGE_CODE, Family, PastStay, Person, carried
from balai.vault.models import imprints


class Writing:
    """The rows that one event writes, in order. `left` counts who left which village for which."""

    def __init__(self, *, by, at, on):
        self.by, self.at, self.on = by, at, on
        self.images, self.owners, self.left = [], [], Counter()
        self.families, self.people = {}, {}

    def touch(self, *rows):
        for row in rows:
            (self.families if isinstance(row, Family) else self.people)[row.pk] = row

    def alter(self, row, **values):
        before = imprints.taken(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
        self._kept(row, imprints.of_changed(row, before))

    def made(self, row):
        self._kept(row, imprints.of_made(row))
        return row

    def remember(self, image, owners):
        """An image that another room made, with (family, person) whose row it is."""
        self.images.append(image)
        self.owners.append(owners)

    def _kept(self, row, image):
        if image:
            self.remember(image, _owners(row))
            if isinstance(row, Family | Person):
                self.touch(row)

    def new_family(self, *, region, address="", invented=False):
        row = Family.objects.create(
            region=region, address=address, since_on=self.on, invented=invented, made_at=self.at, made_by=self.by.name
        )
        return self.made(row)

    def end_stay(self, person, until=None):
        """What the person's row said until now becomes the past; what it says from here on begins on that day."""
        if until is None:
            self.must_follow(person)
        until = until or self.on
        since = person.since_on or person.family.since_on  # empty: since the family came
        stay = PastStay.objects.create(
            person=person, family_id=person.family_id, region=person.region, relation=person.relation,
            from_on=since if since and since <= until else None, until_on=until, made_at=self.at, made_by=self.by.name,
        )  # fmt: skip
        self.made(stay)

    def must_follow(self, person):
        """What was entered of a later day says what the person was since: an earlier day cannot change it any more."""
        if person.since_on and self.on < person.since_on:
            raise Refused(
                "Tentang %(name)s sudah tercatat perubahan pada %(day)s, sesudah tanggal peristiwa ini. Batalkan "
                "dahulu peristiwa yang kemudian itu, atau periksa tanggalnya.",
                name=person.name, day=person.since_on.strftime("%d-%m-%Y"),
            )  # fmt: skip

    def relate(self, person, relation):
        """Another relation to the head, in the same family."""
        if person.relation != relation:
            self.end_stay(person)
            self.alter(person, relation=relation, since_on=self.on)

    def transfer(self, person, family, relation):
        """Into another family, with all that hangs on the person."""
        self.end_stay(person)
        self.cross(person.region, family.region)
        self.alter(person, family=family, region=family.region, relation=relation, since_on=self.on)
        self.bring(person, family)

    def come_back(self, person, gone_on, family, relation):
        """What was until the person went is the past; between that day and this one he was nowhere here."""
        self.end_stay(person, gone_on)
        self.alter(
            person, family=family, region=family.region, relation=relation, since_on=self.on, gone_on=None,
            gone_reason=None,
        )  # fmt: skip
        self.bring(person, family)

    def bring(self, person, family):
        """Into that family, whatever is about the person and not yet there."""
        with unscoped("rows of a person who joins another family"):
            for rows in follows(person):
                for row in rows:
                    values = {"region": family.region} | ({"family": family} if _has_family(type(row)) else {})
                    self.alter(row, **values)

    def bear_off(self, family, region):
        """The family to another place, with its people and all that hangs on them."""
        people = Person.objects.filter(family=family).order_by("pk")
        moving = list(people.at_home())
        for person in moving:
            self.end_stay(person)
            self.cross(person.region, region)
            self.alter(person, since_on=self.on)
        for person in people.filter(gone_on__isnull=False).exclude(
            since_on__isnull=False, since_on=models.F("gone_on")
        ):
            # who died or went away was never at home in the new place
            self.end_stay(person, person.gone_on)
            self.alter(person, since_on=person.gone_on)
        self.alter(family, region=region)
        with unscoped("rows of a family that moves with an event"):
            for rows in carried(family):
                for row in rows.exclude(region=region):
                    self.alter(row, region=region)
        return len(moving)

    def gone(self, person, reason):
        self.must_follow(person)
        self.alter(person, gone_on=self.on, gone_reason=reason.value)

    def leave(self, family, reason):
        self.alter(family, left_on=self.on, left_reason=reason.value)

    def cross(self, before, after):
        if before[:VILLAGE_CODE] != after[:VILLAGE_CODE]:
            self.left[before, after] += 1


def finish(writing, *, deed, kind, family, region=None, other_family=None, person=None, people=1, **detail):
    """The event with its images, its parts, and its entry in the trail."""
    region = region or family.region
    told = {"on": writing.on, "made_at": writing.at, "made_by": writing.by.name}
    event = LifeEvent.objects.create(
        kind=kind, family=family, other_family=other_family, person=person, region=region, people=people,
        steps=len(writing.images), detail={name: value for name, value in detail.items() if value}, **told,
    )  # fmt: skip
    Imprint.objects.bulk_create(
        Imprint(event=event, step=step, region=region, touched=UUID(image["pk"]), image=image, made_at=writing.at,
                person_id=person_id, family_id=family_id or family.pk)
        for step, (image, (family_id, person_id)) in enumerate(zip(writing.images, writing.owners, strict=True))
    )  # fmt: skip
    for (before, after), number in sorted(writing.left.items()):
        for one, place in ((Kind.MOVED_OUT, before), (Kind.MOVED_IN, after)):
            LifeEvent.objects.create(
                kind=one, family=family, person=person, part_of=event, region=place, people=number, **told
            )
    record_change(
        families=writing.families, by=writing.by, at=writing.at, deed=deed, subject=event.pk, region=region,
        detail={"on": writing.on.isoformat(), "people": people}, subjects=[*writing.families, *writing.people],
    )  # fmt: skip
    return event


def follows(person):
    """Querysets of the rows of every room that are about the person today: they stand in the person's family. What has
    ended, and what says `stays_put`, stays where it was."""
    for key in Person._meta.related_objects:
        model = key.related_model
        about = issubclass(model, Scoped) and model is not Person and model.walls.region == "region"
        if about and not getattr(model, "stays_put", False):
            rows = model.objects.filter(**{key.field.name: person})
            names = {field.name for field in model._meta.concrete_fields}
            yield rows.filter(until_on__isnull=True) if "until_on" in names else rows


def gather(person, family, known):
    """Whatever of the person was entered while he stood in another family goes with him to this one; the rows that
    are `known` go by their images."""
    with unscoped("rows of a person whose joining is undone"):
        for rows in follows(person):
            values = {"region": family.region} | ({"family": family} if _has_family(rows.model) else {})
            rows.exclude(pk__in=known).update(**values)


def member(person):
    return Member(person.pk, person.family_id, person.relation, person.mother_id)


def _has_family(model):
    return any(field.name == "family" and field.related_model is Family for field in model._meta.concrete_fields)


def _owners(row):
    """(family, person) whose row it is, for the walls and for erasure."""
    if isinstance(row, Family):
        return row.pk, None
    if isinstance(row, Person):
        return row.family_id, row.pk
    return row.family_id if _has_family(type(row)) else None, getattr(row, "person_id", None)

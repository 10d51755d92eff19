"""What an event says of marriage (K.07): a dated answer beside the others, which the undoing takes back."""

from balai.access.models import unscoped
from balai.survey.actions.writing import put
from balai.survey.models import MemberAnswers
from balai.vault.models import imprints

ANSWERS = MemberAnswers._meta.label_lower


def say_marital(writing, marital, *people):
    """From the day of the event on; the other answers stay as they were. Of whom data may only be kept, nothing."""
    for person in people:
        if not person.restricted_at:
            _say(writing, marital, person)


def _say(writing, marital, person):
    rows = list(MemberAnswers.objects.filter(person=person).order_by("pk"))
    known = next((row.values for row in rows if row.holds_on(writing.on)), {})
    if known.get("marital") == marital:
        return
    row = MemberAnswers(
        family=person.family, person=person, region=person.region, from_on=writing.on, made_at=writing.at,
        made_by=writing.by.name, **known | {"marital": marital.value},
    )  # fmt: skip
    for image in put(row, rows):
        writing.remember(image, (person.family_id, person.pk))


def unsay(images):
    """Takes the answers out again and gives the other images. A visit that came since stands: what held before the
    event holds until it, as if only the event had not been."""
    mine = [image for image in images if _was_said(image)]
    removed = {image["before"]["person"]: image for image in mine if image["after"] is None}
    with unscoped("the answer of an event is taken back"):
        for image in mine:
            if image["before"] is None:
                _take_out(image, removed.get(image["after"]["person"]))
    return [image for image in images if image not in mine]


def _was_said(image):
    """Not that an answer only followed its person into another family."""
    changed = image["before"] and image["after"]
    return image["table"] == ANSWERS and (not changed or set(changed) == {"until_on"})


def _take_out(image, replaced):
    row = MemberAnswers.objects.filter(pk=image["pk"]).first()
    if row is None:  # a visit of the same day stands in its place
        return
    until = row.until_on
    before = MemberAnswers.objects.filter(person=row.person_id, until_on=row.from_on)
    row.delete()
    if replaced:
        told = replaced["before"] | {"until_on": until and until.isoformat()}
        imprints.put_back(replaced | {"before": told})
    else:
        before.update(until_on=until)

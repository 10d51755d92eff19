"""What the actions of the survey share: who may answer here, and one answer put among those of other days."""

from balai.access.rules import Permission, Right, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.base.words import sentence
from balai.families.actions.writing import NOT_HERE, held
from balai.families.models import Person
from balai.survey import rules
from balai.vault.models import imprints

NOT_YOURS = sentence("Peran Anda tidak mengisi bagian formulir ini.")


def allowed(by, block, family):
    """The family as it stands now, locked; NotAllowed for who does not fill this block there."""
    row = held(by, family)
    require(by, Permission.FAMILY_EDIT, row.region)
    if by.right(block.matter) < Right.WRITE:
        raise NotAllowed(NOT_YOURS)
    return row


def member(by, family, person):
    """The person as a member of that family today, whose data may be worked with."""
    row = Person.objects.visible_to(by).at_home().filter(pk=person.pk, family=family).first()
    if row is None:
        raise NotAllowed(NOT_HERE)
    if row.restricted_at:
        raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")
    return row


def possible(block, answers):
    """NotValid for what is no question of the block, or no answer to it."""
    items = {item.key: item for item in rules.items_of(block)}
    for key, value in answers.items():
        if key not in items:
            raise NotValid("“%(key)s” bukan pertanyaan bagian ini.", key=key)
        if not rules.possible(items[key], value):
            item = items[key]
            raise NotValid("Jawaban %(code)s (%(item)s) tidak dikenal.", code=item.code, item=item.name_id)


def put(answers, rows):
    """Writes `answers`, not yet saved, among the `rows` of the same subject. Gives the images that undo it: the answer
    of the very same day goes, the one that held until now ends, and the new one holds until the next."""
    place = rules.place([row.from_on for row in rows], answers.from_on)
    images = []
    if place.replaced is not None:
        images.append(imprints.of_removed(rows[place.replaced]))
        rows[place.replaced].delete()
    if place.shortened is not None:
        images.append(_ended(rows[place.shortened], answers.from_on))
    answers.until_on = place.until_on
    answers.save(force_insert=True)
    return [*images, imprints.of_made(answers)]


def _ended(row, on):
    before = imprints.taken(row)
    row.until_on = on
    row.save(update_fields=["until_on"])
    return imprints.of_changed(row, before)

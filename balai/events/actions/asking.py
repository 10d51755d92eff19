"""What every event asks before it writes: the day, the family and its people as they stand now, who is head after."""

from balai.access.rules import Permission, require
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.events.actions.writing import Writing, member
from balai.events.rules import COUPLE, EARLIEST, kinship
from balai.families.actions.writing import day, held, home, write_number
from balai.families.models import Person
from balai.families.rules import LeftReason, Relation, one_line, sound_columns


class NeedsHead(NotValid):
    """The head is no longer at home, and nobody was chosen."""


def beside(field, problem):
    """The problem, to be said beside that field of the form."""
    problem.field = field
    return problem


def begin(by, at, on, *families):
    """The writing of an event, and the families as they stand now, locked."""
    check_day(on, at)
    # always in the same order, so that two events of two families do not wait for each other
    rows = {row.pk: held(by, row) for row in sorted({row.pk: row for row in families}.values(), key=lambda row: row.pk)}
    for row in rows.values():
        require(by, Permission.FAMILY_EDIT, row.region)
        if row.since_on and on < row.since_on:
            wrong = NotValid("Keluarga ini baru tinggal di sini setelah tanggal itu. Periksa tanggalnya.")
            raise beside("on", wrong)
    writing = Writing(by=by, at=at, on=on)
    writing.touch(*rows.values())
    return writing, *(rows[family.pk] for family in families)


def check_day(on, at):
    now = day(at)
    if on > now:
        raise beside("on", NotValid("Tanggal ini belum terjadi. Periksa tahunnya."))
    if now - on > EARLIEST:
        raise beside("on", NotValid("Tanggal ini lebih dari 130 tahun yang lalu. Periksa tahunnya."))


def at_home(writing, family, *people):
    """The people as they stand now, locked: members of the family who may be spoken of."""
    wanted = [person.pk for person in people]
    rows = Person.objects.at_home().filter(family=family, pk__in=wanted).select_for_update(of=("self",))
    found = {row.pk: row for row in rows}
    for person in people:
        row = found.get(person.pk)
        if row is None:
            raise NotValid("Pilih orang yang masih menjadi anggota keluarga ini.")
        if row.restricted_at:
            raise Refused("Data orang ini sedang dibatasi atas permintaannya; datanya hanya disimpan, tidak diolah.")
        born_by(row, writing.on)
        writing.touch(row)
    return [found[pk] for pk in wanted]


def born_by(person, on):
    if person.born_on and on < person.born_on:
        wrong = NotValid("%(name)s lahir sesudah tanggal peristiwa ini. Periksa kedua tanggalnya.", name=person.name)
        raise beside("on", wrong)


def new_place(by, region):
    """Where a new or moving family will be at home, when `by` may enter it there."""
    require(by, Permission.FAMILY_EDIT, region)
    return home(region)


def may_found(by):
    if by.role.assigned:
        raise NotAllowed("Keluarga baru dicatat oleh kader atau petugas; setelah itu dapat ditugaskan kepada Anda.")


def settle(writing, family, *chosen, field="new_head"):
    """After some left: it has a head, one of the `chosen` where it needs one; with nobody left it is dissolved."""
    people = list(Person.objects.at_home().filter(family=family).select_for_update(of=("self",)))
    if not people:
        writing.leave(family, LeftReason.DISSOLVED)
    elif not any(person.relation == Relation.HEAD for person in people):
        # Who is restricted is neither asked for nor chosen.
        if all(person.restricted_at for person in people):
            return
        wanted = {one.pk for one in chosen if one}
        head = next((one for one in people if one.pk in wanted and not one.restricted_at), None)
        if head is None:
            raise beside(field, NeedsHead("Pilih siapa yang menjadi kepala keluarga sekarang."))
        rehead(writing, people, head)


def rehead(writing, people, head):
    """`head` becomes the head of these people, who are all of the family that are at home."""
    born_by(head, writing.on)
    former = next((one for one in people if one.relation == Relation.HEAD), None)
    spouse = former if former and head.relation == Relation.SPOUSE else None
    as_was = {one.pk: member(one) for one in people}
    becoming = {
        one.pk: kinship(as_was[one.pk], as_was[head.pk], as_was[spouse.pk] if spouse else None) for one in people
    }
    couple = [one for one in people if becoming[one.pk] in COUPLE]
    # the former couple first: there is one of each at any moment
    for one in people:
        if one not in couple:
            writing.relate(one, becoming[one.pk].value)
    _swap(writing, [one for one in couple if one.relation != becoming[one.pk]], becoming)


def _swap(writing, changing, becoming):
    """Head and spouse may change places; for a moment they are neither."""
    for one in changing:
        writing.end_stay(one)
        if len(changing) > 1:
            writing.alter(one, relation=Relation.OTHER.value)
    for one in changing:
        writing.alter(one, relation=becoming[one.pk].value, since_on=writing.on)


def found_family(writing, people, head, spouse=None, *, region, address=""):
    """A new family of these people, whatever families they come from; gives it."""
    as_was = {one.pk: member(one) for one in people}
    made = writing.new_family(region=region, address=one_line(address), invented=head.family.invented)
    for one in people:
        relation = kinship(as_was[one.pk], as_was[head.pk], as_was[spouse.pk] if spouse else None)
        writing.transfer(one, made, relation.value)
    return made


def partner_of(person):
    """Head's spouse or spouse's head, at home."""
    wanted = {Relation.HEAD: Relation.SPOUSE, Relation.SPOUSE: Relation.HEAD}.get(person.relation)
    if wanted is None:
        return None
    return Person.objects.at_home().filter(family=person.family_id, relation=wanted).first()


def enter(writing, family, facts, **more):
    """Somebody who was not in the register yet, with the number where there is one."""
    person = Person.objects.create(
        family=family, region=family.region, name=facts.name, sex=facts.sex, relation=int(facts.relation),
        born_on=facts.born_on, since_on=writing.on, made_at=writing.at, made_by=writing.by.name,
        **sound_columns(facts.name), **more,
    )  # fmt: skip
    writing.made(person)
    if facts.nik:
        number = {"number": facts.nik, "family": family, "person": person}
        writing.made(write_number(**number, by=writing.by, at=writing.at))
    return person

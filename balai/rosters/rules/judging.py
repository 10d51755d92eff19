"""What becomes of the rows of a card, beside what the register knows: new, changed field by field, unchanged, perhaps
somebody who is there already, refused. Nothing is decided twice: the dry run and the application ask here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from balai.base.words import sentence
from balai.families.rules import Relation
from balai.rosters.rules.sounds import alike, same_text
from balai.rosters.rules.verdicts import Outcome, Verdict
from balai.sheets.rules.facts import Facts, Reason
from balai.sheets.rules.households import Split
from balai.sheets.rules.items import Item

AID = "aid."  # before the code of a programme, among the changes
SAME, OTHER = "same", "other"  # what a person decided about a possible duplicate

TAKEN = sentence("NIK ini sudah tercatat pada orang lain yang hidup di register. Periksa NIK di kartunya.")
ELSEWHERE = sentence("Orang dengan NIK ini tercatat di desa lain. Catat kedatangannya sebagai peristiwa pindah.")
GONE = sentence("Orang dengan NIK ini tercatat sudah meninggal atau pindah. Periksa halaman keluarganya.")
RESTRICTED = sentence("Data orang ini sedang dibatasi atas permintaannya; tidak diubah lewat impor.")
LOOKS_ALIKE = sentence("Di desa ini sudah tercatat orang dengan nama dan tanggal lahir yang sama. Samakah orangnya?")
OTHER_NIK = sentence("Di kartu ini sudah tercatat orang yang sama dengan NIK lain. Samakah orangnya?")
INVENTED = sentence(
    "Baris ini bukan warga: ia baris penanda yang dipasang Balai di berkas unduhan. Hapus baris ini dari daftar. Bila "
    "orangnya sungguh ada, catat di halaman keluarganya."
)
TWICE = sentence("Orang ini sudah ada di baris %(line)d berkas ini. Hapus salah satu.")
WAITS = sentence("Menunggu kepala keluarganya di baris %(line)d: betulkan baris itu, lalu baris ini ikut masuk.")
OTHER_HEAD = sentence(
    "Keluarga ini tercatat dengan kepala keluarga lain. Catat pergantian kepala sebagai peristiwa di halamannya."
)
OTHER_SPOUSE = sentence(
    "Keluarga ini tercatat dengan pasangan lain. Catat perkawinan atau perceraiannya sebagai peristiwa."
)
OTHER_FAMILY = sentence("Di register orang ini anggota keluarga lain; perpindahannya dicatat sebagai peristiwa.")
OTHER_RELATION = sentence("Hubungan dengan kepala keluarga berbeda dari register; tidak diubah lewat impor.")
OTHER_MOTHER = sentence(
    "Di register ibunya, %(name)s, anggota keluarga lain; hubungan ibu dan anak ini tidak diubah lewat impor."
)
SEVERAL = sentence(
    "Kartu ini memuat beberapa keluarga di register, dan berkas tidak menyebut orang tuanya. Isi nama ibunya, atau "
    "tambahkan orang ini di halaman keluarganya."
)
KNOWN_CARD = sentence("Nomor KK ini sudah dipakai keluarga lain di register; keluarga ini dicatat tersendiri.")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the register in scope; `nik` as it was asked for, or empty."""

    id: UUID
    family: UUID
    region: str
    name: str
    sex: int
    born_on: date | None
    relation: int
    has_nik: bool = False
    has_mother: bool = False
    restricted: bool = False
    gone: bool = False
    answers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownFamily:
    id: UUID
    region: str
    address: str
    has_card: bool
    house: Mapping[str, int] = field(default_factory=dict)
    aid: Mapping[str, str] = field(default_factory=dict)  # programme -> the last day it is known to have come


@dataclass
class Known:
    """What the register knows of the rows that are looked at; `canaries`: number of a row that Balai invented to mark a
    file -> that file."""

    village: str
    by_nik: dict[str, KnownPerson] = field(default_factory=dict)
    by_card: dict[str, list[UUID]] = field(default_factory=dict)
    by_birth: dict[date, list[KnownPerson]] = field(default_factory=dict)
    families: dict[UUID, KnownFamily] = field(default_factory=dict)
    members: dict[UUID, list[KnownPerson]] = field(default_factory=dict)
    people: dict[UUID, KnownPerson] = field(default_factory=dict)
    canaries: dict[int, UUID] = field(default_factory=dict)


@dataclass
class Match:
    person: KnownPerson | None = None
    sure: bool = True
    reason: Reason | None = None


def judge(
    split: Split, rows: Sequence[Facts], known: Known, told: Mapping[int, Sequence[Reason]], places: Mapping[int, str],
    decided: Mapping[int, tuple[str, str]] | None = None, seen: Mapping[str, int] | None = None,
) -> dict[int, Outcome]:  # fmt: skip
    """Number of the row -> what becomes of it. `told`: what its cells say; `places`: code of the place below the
    village; `decided`: (same or other, id of the person); `seen`: NIK -> line that brought it first."""
    refusals: dict[int, list[Reason]] = {
        row.number: [*_marked(row, known), *told.get(row.number, ()), *split.reasons.get(row.number, ())]
        for row in rows
    }
    matches: dict[int, Match] = {}
    for row in rows:
        if _is_refused(refusals[row.number]):
            continue
        first = (seen or {}).get(row.nik)
        if row.nik and first is not None and first != row.line:
            refusals[row.number].append(Reason(TWICE, {"line": first}, Item.NIK.value))
            continue
        match = _match(row, known, (decided or {}).get(row.number))
        matches[row.number] = match
        if match.reason:
            refusals[row.number].append(match.reason)
    found: dict[int, Outcome] = {}
    for family in split.families:
        found |= _of_family(family, matches, refusals, known, places)
    for row in rows:
        if row.number not in found:
            found[row.number] = Outcome(verdict=Verdict.REFUSED, reasons=refusals[row.number])
    return found


def _marked(row: Facts, known: Known) -> list[Reason]:
    return [Reason(INVENTED, {}, Item.NAME.value)] if row.number in known.canaries else []


def _is_refused(reasons: Sequence[Reason]) -> bool:
    return any(not reason.mild for reason in reasons)


def _match(row: Facts, known: Known, decision: tuple[str, str] | None) -> Match:
    """By NIK; then by card, name and day of birth; then, for a person to decide, by name and day in the village."""
    if decision and decision[0] == SAME and decision[1]:
        person = known.people.get(UUID(decision[1]))
        return Match(person) if person else Match()
    holder = known.by_nik.get(row.nik) if row.nik else None
    if holder:
        return _held(row, holder, known)
    if decision and decision[0] == OTHER:
        return Match()
    return _by_card(row, known) or _by_birth(row, known) or Match()


def _held(row: Facts, holder: KnownPerson, known: Known) -> Match:
    same_birth = row.born_on is not None and row.born_on == holder.born_on
    checks = (
        (not alike(row.name, holder.name) and not same_birth, TAKEN),
        (holder.restricted, RESTRICTED),
        (holder.gone, GONE),
        (not holder.region.startswith(known.village), ELSEWHERE),
    )
    message = next((said for wrong, said in checks if wrong), None)
    return Match(holder, reason=Reason(message, {}, Item.NIK.value) if message else None)


def _by_card(row: Facts, known: Known) -> Match | None:
    for family in known.by_card.get(row.card, ()) if row.card else ():
        for person in known.members.get(family, ()):
            agrees = person.born_on == row.born_on or None in (person.born_on, row.born_on)
            if agrees and alike(person.name, row.name) and person.sex == row.sex and not person.gone:
                if person.restricted:
                    return Match(person, reason=Reason(RESTRICTED))
                if person.has_nik and row.nik:
                    return Match(person, sure=False, reason=Reason(OTHER_NIK, {}, Item.NIK.value, mild=True))
                return Match(person)
    return None


def _by_birth(row: Facts, known: Known) -> Match | None:
    """Two numbers are two people here: only the same card makes one ask (_by_card)."""
    for person in known.by_birth.get(row.born_on, ()) if row.born_on else ():
        numbers_differ = person.has_nik and bool(row.nik)
        if alike(person.name, row.name) and not (person.gone or person.restricted or numbers_differ):
            return Match(person, sure=False, reason=Reason(LOOKS_ALIKE, {}, Item.NAME.value, mild=True))
    return None


def _of_family(
    family: Sequence[Facts], matches: Mapping[int, Match], refusals: dict[int, list[Reason]], known: Known,
    places: Mapping[int, str],
) -> dict[int, Outcome]:  # fmt: skip
    sure = {
        number: match.person
        for number, match in matches.items()
        if match.person and match.sure and not _is_refused(refusals[number])
    }
    target = _target(family, sure, known)
    head = family[0]
    there = {person.relation for person in known.members.get(target, ()) if not person.gone} if target else set()
    found: dict[int, Outcome] = {}
    first = True
    for row in family:
        reasons = refusals[row.number]
        match = matches.get(row.number, Match())
        if _is_refused(reasons):
            found[row.number] = Outcome(verdict=Verdict.REFUSED, reasons=reasons)
        elif match.person and not match.sure:
            found[row.number] = _waiting(match, reasons)
        elif row.number in sure:
            found[row.number] = _compared(row, sure, target, known, reasons, places if first else {})
            first = False
        else:
            found[row.number] = _added(row, target, there, reasons)
    if target is None:
        _wait_for_head(family, head, found)
        if head.card in known.by_card and found[head.number].verdict is Verdict.NEW:
            found[head.number].reasons.append(Reason(KNOWN_CARD, {}, Item.CARD.value, mild=True))
    return found


def _target(family: Sequence[Facts], sure: Mapping[int, KnownPerson], known: Known) -> UUID | None:
    """The family of the register that these rows are: that of the head, or of most of them; for people without a head,
    the one of their card, by the names of their parents where there are several."""
    homes = [sure[row.number].family for row in family if row.number in sure]
    if family[0].number in sure:
        return sure[family[0].number].family
    if homes:
        return max(homes, key=homes.count)
    there = known.by_card.get(family[0].card, []) if family[0].relation != Relation.HEAD else []
    if len(there) == 1:
        return there[0]
    parents = [name for row in family for name in (row.mother, row.father) if name]
    return next((one for one in there if _lives_in(one, parents, known)), None)


def _lives_in(family: UUID, names: Sequence[str], known: Known) -> bool:
    return any(alike(person.name, name) for person in known.members.get(family, ()) for name in names)


def _waiting(match: Match, reasons: list[Reason]) -> Outcome:
    assert match.person is not None
    return Outcome(
        verdict=Verdict.DUPLICATE, reasons=reasons, person=str(match.person.id), family=str(match.person.family)
    )


def _wait_for_head(family: Sequence[Facts], head: Facts, found: dict[int, Outcome]) -> None:
    """A family that is not there yet needs its head first."""
    if head.relation == Relation.HEAD and found[head.number].verdict is Verdict.NEW:
        return
    for row in family:
        if found[row.number].verdict is Verdict.NEW:
            why = WAITS if head.relation == Relation.HEAD else SEVERAL
            reasons = [*found[row.number].reasons, Reason(why, {"line": head.line}, Item.KIN.value)]
            found[row.number] = Outcome(verdict=Verdict.REFUSED, reasons=reasons)


def _added(row: Facts, target: UUID | None, there: set[int], reasons: list[Reason]) -> Outcome:
    """Somebody new: in a family of his own, or among those of the register, whose relations are `there`."""
    if target is None:
        return Outcome(verdict=Verdict.NEW, reasons=reasons)
    for relation, message in ((Relation.HEAD, OTHER_HEAD), (Relation.SPOUSE, OTHER_SPOUSE)):
        if row.relation == relation and relation in there:
            return Outcome(verdict=Verdict.REFUSED, reasons=[*reasons, Reason(message, {}, Item.KIN.value)])
    there.add(row.relation)
    return Outcome(verdict=Verdict.NEW, reasons=reasons, family=str(target))


def _compared(
    row: Facts, sure: Mapping[int, KnownPerson], target: UUID | None, known: Known, reasons: list[Reason],
    places: Mapping[int, str],
) -> Outcome:  # fmt: skip
    """Field by field. An empty cell changes nothing: missing is no answer."""
    person = sure[row.number]
    changes: dict[str, tuple[Any, Any]] = dict(_of_person(row, person))
    changes |= {
        item: (person.answers.get(item), value)
        for item, value in row.answers.items()
        if person.answers.get(item) != value
    }
    mother = None if person.has_mother or row.mother_row is None else sure.get(row.mother_row)
    if mother and mother.family == person.family:
        changes["mother"] = (None, str(mother.id))
    elif mother:
        reasons = [*reasons, Reason(OTHER_MOTHER, {"name": mother.name}, Item.MOTHER.value, mild=True)]
    if person.family != target:
        reasons = [*reasons, Reason(OTHER_FAMILY, {}, Item.CARD.value, mild=True)]
    elif person.relation != row.relation:
        reasons = [*reasons, Reason(OTHER_RELATION, {}, Item.KIN.value, mild=True)]
    home = known.families.get(person.family)  # nothing, where the family has left since somebody decided
    if home and places and person.family == target:
        changes |= dict(_of_home(row, home, places.get(row.number, "")))
    if home:
        changes |= dict(_of_house(row, home))
    verdict = Verdict.CHANGED if changes else Verdict.UNCHANGED
    return Outcome(verdict=verdict, reasons=reasons, person=str(person.id), family=str(person.family), changes=changes)


def _of_person(row: Facts, person: KnownPerson) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if not same_text(row.name, person.name):
        yield "name", (person.name, row.name)
    if row.sex != person.sex:
        yield "sex", (person.sex, row.sex)
    if row.born_on and row.born_on != person.born_on:
        yield "born_on", (person.born_on and person.born_on.isoformat(), row.born_on.isoformat())
    if row.nik and not person.has_nik:
        yield "nik", (None, row.nik)


def _of_home(row: Facts, family: KnownFamily, place: str) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if row.address and not same_text(row.address, family.address):
        yield "address", (family.address, row.address)
    if row.card and not family.has_card:
        yield "card", (None, row.card)
    if place and place != family.region:
        yield "region", (family.region, place)


def _of_house(row: Facts, family: KnownFamily) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """A list says when aid came last: what is known to have come later, or still comes, stands."""
    for item, value in row.house.items():
        if family.house.get(item) != value:
            yield item, (family.house.get(item), value)
    for programme, last in row.aid.items():
        if family.aid.get(programme, "") < last:
            yield AID + programme, (family.aid.get(programme), last)

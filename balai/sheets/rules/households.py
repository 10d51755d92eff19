"""From rows under KK cards to families: one couple, or a parent with children, or a person alone. A card often covers
several; where the list tells who belongs to whom they are told apart, otherwise the card stays one family, and says so.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from balai.base.words import sentence
from balai.families.rules import Relation, Sex, may_be_mother
from balai.sheets.rules.facts import Facts, Reason
from balai.sheets.rules.items import COUPLED, Item, Kin, squeezed

MARRIED, EVER = 2, (2, 3, 4)
WIDE = 60 * 365  # days between a couple's birthdays that are more often a slip than true

TWO_HEADS = sentence(
    "Kartu keluarga ini sudah punya kepala keluarga di baris %(line)d. Ubah hubungan salah satu dari keduanya."
)
SAME_SEX = sentence(
    "Kepala keluarga di baris %(line)d dan pasangannya tercatat berjenis kelamin sama. Periksa jenis kelamin keduanya."
)
WRONG_SEX = sentence("Hubungan “%(kin)s” tidak cocok dengan jenis kelaminnya. Periksa kedua kolom.")
NO_HEAD = sentence(
    "Tidak ada kepala keluarga di kartu ini; orang di baris %(line)d dicatat sebagai kepala. Periksa hubungannya."
)
NO_CARD = sentence("Nomor KK kosong, jadi tidak diketahui keluarga siapa. Isi nomor KK, atau jadikan kepala keluarga.")
NOT_SPLIT = sentence(
    "Kartu ini memuat lebih dari satu pasangan, tetapi berkas tidak menyebut siapa pasangan siapa. Semua dicatat "
    "sebagai satu keluarga; pisahkan sesudahnya bila perlu."
)
YOUNGER_MOTHER = sentence(
    "Ibunya menurut berkas (baris %(line)d) lahir tidak lebih dahulu daripada anaknya. Periksa kedua tanggal lahir; "
    "ibunya belum dihubungkan."
)
WIDE_GAP = sentence("Kepala dan pasangan berbeda umur lebih dari 60 tahun. Periksa tahun lahirnya.")


@dataclass
class Split:
    """Families of a card, each with its head first; refusals and things to look at by row."""

    families: list[list[Facts]] = field(default_factory=list)
    reasons: dict[int, list[Reason]] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)

    def tell(self, row: Facts, message: str, item: Item, *, mild: bool = False, **params: object) -> None:
        self.reasons.setdefault(row.number, []).append(Reason(message, params, item.value, mild))
        if not mild:
            self.refused.add(row.number)


def split(rows: Sequence[Facts], bad: Set[int] = frozenset(), *, known: bool = False) -> Split:
    """The rows of one card, or of nobody's card, as families; each row gets its relation to the head of its own. Rows
    that are refused already (`bad`) belong to nobody, but a head stays a head: the others wait for it. Where the card
    is `known` to the register, people without a head join the family that is there."""
    found = Split()
    sound = [row for row in rows if row.number not in bad or row.kin is Kin.HEAD]
    fitting = [row for row in sound if row.number in bad or _fits_sex(row, found)]
    if not any(row.card for row in rows) and not any(row.kin is Kin.HEAD for row in rows):
        for row in fitting:
            found.tell(row, NO_CARD, Item.CARD)
        return found
    if known and not any(row.kin is Kin.HEAD for row in fitting):
        for row in fitting:
            row.relation = Relation.SPOUSE if row.kin in COUPLED else _relation(row, None, None)
        found.families = [fitting] if fitting else []
        return found
    head = _head(fitting, found)
    if head is None:
        return found
    spouse = _spouse(head, fitting, found)
    others = [row for row in fitting if row not in (head, spouse) and row.number not in found.refused]
    families = _apart(head, spouse, others, found)
    found.families = [family for family in families if family]
    for family in found.families:
        _mothers(family, found)
    return found


def _fits_sex(row: Facts, found: Split) -> bool:
    wanted = {Kin.HUSBAND: Sex.MALE, Kin.WIFE: Sex.FEMALE}.get(row.kin or Kin.OTHER)
    if wanted is None or row.sex == wanted:
        return True
    found.tell(row, WRONG_SEX, Item.SEX, kin="suami" if row.kin is Kin.HUSBAND else "istri")
    return False


def _head(rows: Sequence[Facts], found: Split) -> Facts | None:
    heads = [row for row in rows if row.kin is Kin.HEAD]
    for row in heads[1:]:
        found.tell(row, TWO_HEADS, Item.KIN, line=heads[0].line)
    if heads:
        return heads[0]
    if not rows:
        return None
    first = min(rows, key=lambda row: (row.kin not in COUPLED, row.born_on or date.max, row.number))
    for row in rows:
        found.tell(row, NO_HEAD, Item.KIN, mild=True, line=first.line)
    return first


def _spouse(head: Facts, rows: Sequence[Facts], found: Split) -> Facts | None:
    """The first partner; further wives have families of their own."""
    partners = [row for row in rows if row.kin in COUPLED and row is not head]
    for row in partners:
        if row.sex == head.sex:
            found.tell(row, SAME_SEX, Item.SEX, line=head.line)
    fitting = [row for row in partners if row.sex != head.sex]
    if not fitting:
        return None
    if head.born_on and fitting[0].born_on and abs((head.born_on - fitting[0].born_on).days) > WIDE:
        found.tell(fitting[0], WIDE_GAP, Item.BORN_ON, mild=True)
    return fitting[0]


def _apart(head: Facts, spouse: Facts | None, others: list[Facts], found: Split) -> list[list[Facts]]:
    """The head's own family first."""
    left = list(others)
    further = [_with_children([row], left) for row in others if row.kin in COUPLED]
    couples = _couples(left, found)
    elders = _elders(left)
    own = [head, *([spouse] if spouse else []), *left]
    for row in own:
        row.relation = _relation(row, head, spouse)
    for family in (*further, *couples, *elders):
        _as_family(family)
    return [own, *further, *couples, *elders]


def _relation(row: Facts, head: Facts | None, spouse: Facts | None) -> int:
    if row is head:
        return Relation.HEAD
    if row is spouse:
        return Relation.SPOUSE
    return Relation.CHILD if row.kin is Kin.CHILD else Relation.OTHER


def _as_family(family: list[Facts]) -> None:
    """The man of the couple is its head, as on the card; the first alone."""
    family[:2] = sorted(family[:2], key=lambda row: row.sex) if _is_couple(family) else family[:2]
    coupled = _is_couple(family)
    for place, row in enumerate(family):
        row.relation = Relation.HEAD if place == 0 else Relation.SPOUSE if place == 1 and coupled else Relation.CHILD


def _is_couple(family: list[Facts]) -> bool:
    both = family[:2]
    return len(both) == 2 and both[0].sex != both[1].sex and all(row.kin not in _YOUNG for row in both)


_YOUNG = (Kin.GRANDCHILD,)


def _with_children(parents: list[Facts], left: list[Facts]) -> list[Facts]:
    """Takes the parents, and those who name one of them as mother or father, out of what is left."""
    for row in parents:
        left.remove(row)
    names = {squeezed(row.name) for row in parents if row.name}
    numbers = {row.nik for row in parents if row.nik}
    theirs = [
        row
        for row in left
        if row.kin in (Kin.CHILD, Kin.GRANDCHILD) and row.marital not in EVER and _names(row, names, numbers)
    ]
    mother_only = [row for row in theirs if row.kin is Kin.GRANDCHILD or len(parents) == 2 or _is_mother(row, parents)]
    for row in mother_only:
        left.remove(row)
    return [*parents, *mother_only]


def _names(row: Facts, names: set[str], numbers: set[str]) -> bool:
    told = {squeezed(row.mother), squeezed(row.father)} - {""}
    return bool(told & names) or bool({row.mother_nik, row.father_nik} - {""} & numbers)


def _is_mother(row: Facts, parents: list[Facts]) -> bool:
    return any(
        squeezed(row.mother) == squeezed(one.name) or (one.nik and row.mother_nik == one.nik)
        for one in parents
        if one.sex == Sex.FEMALE
    )


def _couples(left: list[Facts], found: Split) -> list[list[Facts]]:
    """Married children with their husbands and wives, and with the grandchildren who name them."""
    inlaws = [row for row in left if row.kin is Kin.CHILD_IN_LAW]
    children = [row for row in left if row.kin is Kin.CHILD and row.marital == MARRIED]
    families = []
    for row in inlaws:
        partner = _partner(row, children, inlaws, left)
        if partner is None:
            found.tell(row, NOT_SPLIT, Item.KIN, mild=True)
            continue
        children.remove(partner)
        families.append(_with_children([partner, row], left))
    if len(families) == 1:
        for row in [row for row in left if row.kin is Kin.GRANDCHILD and not (row.mother or row.father)]:
            left.remove(row)
            families[0].append(row)
    return families


def _partner(inlaw: Facts, children: list[Facts], inlaws: list[Facts], left: list[Facts]) -> Facts | None:
    """The child of the other sex with whom a grandchild names the in-law; or the only one it can be."""
    fitting = [row for row in children if row.sex != inlaw.sex]
    for row in left:
        if row.kin is Kin.GRANDCHILD:
            told = {squeezed(row.mother), squeezed(row.father)}
            both = [one for one in fitting if {squeezed(one.name), squeezed(inlaw.name)} <= told]
            if both:
                return both[0]
    rivals = [row for row in inlaws if row.sex == inlaw.sex]
    return fitting[0] if len(fitting) == 1 and len(rivals) == 1 else None


def _elders(left: list[Facts]) -> list[list[Facts]]:
    """Both parents of the head, or both of the spouse, are a couple of their own."""
    families = []
    for kin in (Kin.PARENT, Kin.PARENT_IN_LAW):
        both = [row for row in left if row.kin is kin and row.marital in (0, MARRIED)]
        if len(both) == 2 and both[0].sex != both[1].sex:
            for row in both:
                left.remove(row)
            families.append(both)
    return families


def _mothers(family: list[Facts], found: Split) -> None:
    """Who is whose mother, where the list names a woman of the same family."""
    women = {squeezed(row.name): row for row in family if row.sex == Sex.FEMALE}
    numbers = {row.nik: row for row in family if row.nik and row.sex == Sex.FEMALE}
    for row in family:
        mother = numbers.get(row.mother_nik) or women.get(squeezed(row.mother))
        if mother is None or mother is row or row.relation not in (Relation.CHILD, Relation.OTHER):
            continue
        if may_be_mother(row.born_on, mother.sex, mother.born_on):
            row.mother_row = mother.number
        else:
            found.tell(row, YOUNGER_MOTHER, Item.BORN_ON, mild=True, line=mother.line)


def by_card(rows: Iterable[Facts], begun: set[int]) -> list[list[Facts]]:
    """Rows of one card together, in the order of the file. Without a card a head begins a family; where the list itself
    says that one begins (`begun`), those that follow belong to it."""
    cards: dict[str, list[Facts]] = {}
    loose: list[list[Facts]] = []
    open_one: list[Facts] | None = None
    for row in rows:
        if row.card:
            cards.setdefault(row.card, []).append(row)
            open_one = None
        elif row.number in begun or row.kin is Kin.HEAD:
            open_one = [row]
            loose.append(open_one)
        elif open_one is not None and begun:
            open_one.append(row)
        else:
            loose.append([row])
    return [*cards.values(), *loose]

"""What a village would have to do for one score to rise: the smallest change of its inputs, in words and numbers.

What is not filled counts as not there; filling it is the first and cheapest work. `effort` only orders ways of equal
points: units of work, weighted by how hard they are to come by (a judgement, nothing official).
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from balai.base.words import Said, sentence
from balai.classification.rules.declared import Count, Table, Yes
from balai.classification.rules.explaining import Inputs, Village

FILLED_IN = 0.3  # weight of work that may already be done and only needs filling in
WEIGHT = {
    "pokja": 1.0, "pokja_sk": 1.0, "pokja_members": 1.0, "pokja_trained": 2.0,
    "funds": 3.0, "poktan": 3.0, "secretariat": 2.0, "data_house": 2.0, "companion": 3.0, "regulation": 2.0,
    "data_uses": 1.0, "mechanisms": 1.0, "rkm": 2.0, "agencies_ever": 2.0, "agencies_year": 2.0,
}  # fmt: skip


@dataclass(frozen=True)
class Move:
    score: int
    changes: dict[str, int]
    effort: float
    what: Said
    who: Said


_WHO = {
    "pokja": sentence("Kepala desa/lurah membentuk Pokja, menerbitkan SK, dan mencatat anggotanya"),
    "training": sentence("PKB/PLKB dan OPD-KB melatih anggota Pokja"),
    "funds": sentence("Kepala desa/lurah bersama Pokja; OPD-KB untuk APBN dan APBD"),
    "poktan": sentence("Pokja dan kader, didampingi PKB/PLKB"),
    "facilities": sentence("Kepala desa/lurah bersama Pokja"),
    "companion": sentence("OPD-KB menugaskan pendamping"),
    "regulation": sentence("Kepala desa/lurah, camat, atau bupati/wali kota menerbitkan regulasi"),
    "both": sentence(
        "OPD-KB menugaskan pendamping; kepala desa/lurah, camat, atau bupati/wali kota menerbitkan regulasi"
    ),
    "data_use": sentence("Pokja (seksi data), didampingi PKB/PLKB"),
    "mechanisms": sentence("Pokja, didampingi PKB/PLKB"),
    "agencies": sentence("Kepala desa/lurah dan camat mengajak; instansi yang datang mencatat kegiatannya"),
}  # fmt: skip

_POKJA = {
    ("pokja",): sentence("Bentuk Pokja"),
    ("pokja", "pokja_members"): sentence("Bentuk Pokja dan catat anggotanya"),
    ("pokja", "pokja_trained"): sentence("Bentuk Pokja dan latih anggotanya"),
    ("pokja", "pokja_members", "pokja_trained"): sentence("Bentuk Pokja, catat anggotanya, dan latih mereka"),
    ("pokja", "pokja_sk", "pokja_members"): sentence("Bentuk Pokja, terbitkan SK-nya, dan catat anggotanya"),
    ("pokja", "pokja_sk", "pokja_trained"): sentence("Bentuk Pokja, terbitkan SK-nya, dan latih anggotanya"),
    ("pokja", "pokja_sk", "pokja_members", "pokja_trained"): sentence(
        "Bentuk Pokja, terbitkan SK-nya, catat anggotanya, dan latih mereka"
    ),
    ("pokja", "pokja_sk"): sentence("Bentuk Pokja dan terbitkan SK-nya"),
    ("pokja_sk",): sentence("Terbitkan SK Pokja"),
    ("pokja_sk", "pokja_members"): sentence("Terbitkan SK Pokja dan catat anggotanya"),
    ("pokja_sk", "pokja_trained"): sentence("Terbitkan SK Pokja dan latih anggotanya"),
    ("pokja_sk", "pokja_members", "pokja_trained"): sentence("Terbitkan SK Pokja, catat anggotanya, dan latih mereka"),
    ("pokja_members",): sentence("Catat anggota Pokja"),
    ("pokja_trained",): sentence("Latih anggota Pokja"),
    ("pokja_members", "pokja_trained"): sentence("Catat anggota Pokja dan latih mereka"),
}
_POKJA_TRAIN = sentence("Latih %(members)s anggota Pokja")


def _weight(inputs: Inputs, key: str) -> float:
    return WEIGHT[key] * (FILLED_IN if inputs.get(key) is None else 1)


def table_moves(village: Village, key: str, low: int) -> list[Move]:
    """The cheapest set of facts to establish, for each score it can give."""
    rule, inputs = village.ruleset.indicators[key], village.inputs
    assert isinstance(rule, Table)
    now = tuple(int((inputs.get(name) or 0) > 0) for name in rule.columns)
    best: dict[int, Move] = {}
    for facts in itertools.product((0, 1), repeat=len(now)):
        added = tuple(name for name, fact, had in zip(rule.columns, facts, now, strict=True) if fact > had)
        score = rule.score_of(facts)
        if any(fact < had for fact, had in zip(facts, now, strict=True)) or score <= low:
            continue
        effort = sum(_weight(inputs, name) for name in added)
        if score not in best or effort < best[score].effort:
            best[score] = Move(score, dict.fromkeys(added, 1), effort, _pokja_what(added, inputs), _pokja_who(added))
    return list(best.values())


def _pokja_what(added: tuple[str, ...], inputs: Inputs) -> Said:
    members = inputs.get("pokja_members")
    if added == ("pokja_trained",) and members:
        return Said(_POKJA_TRAIN, {"members": members})
    return Said(_POKJA[added])


def _pokja_who(added: tuple[str, ...]) -> Said:
    return Said(_WHO["training" if added == ("pokja_trained",) else "pokja"])


_MORE = {
    "funds": sentence("%(more)s sumber dana lagi, menjadi %(total)s dari %(of)s"),
    "poktan": sentence("%(more)s poktan lagi, menjadi %(total)s dari %(of)s"),
    "data_use": sentence("%(more)s jenis data lagi dipakai, menjadi %(total)s dari %(of)s"),
    "mechanisms": sentence("%(more)s mekanisme lagi berjalan, menjadi %(total)s dari %(of)s"),
    "mechanisms_rkm": sentence("%(more)s mekanisme lagi berjalan, menjadi %(total)s dari %(of)s, dan susun RKM"),
    "agencies_ever": sentence("%(more)s instansi lagi berkegiatan di desa, menjadi %(total)s"),
    "agencies_year": sentence("%(more)s instansi lagi berkegiatan di desa dalam setahun, menjadi %(total)s"),
}
_RKM_ONLY = sentence("Susun Rencana Kerja Masyarakat (RKM)")


def count_moves(village: Village, key: str, low: int) -> list[Move]:
    return [_count_move(village, key, score) for score in range(low + 1, village.ruleset.indicators[key].best + 1)]


def _count_move(village: Village, key: str, score: int) -> Move:
    rule, inputs = village.ruleset.indicators[key], village.inputs
    assert isinstance(rule, Count)
    found = inputs.get(rule.count) or 0
    total = max(found, village.bands(key).least(score))
    more = total - found
    changes = {rule.count: total} if more else {}
    unknown = inputs.get(rule.unknown) if rule.unknown else None
    if rule.unknown and more:
        left = unknown if unknown is not None else (rule.total or 0) if inputs.get(rule.count) is None else 0
        changes[rule.unknown] = max(0, left - more)
        effort = WEIGHT[rule.count] * (FILLED_IN * min(left, more) + max(0, more - left))
    else:
        effort = WEIGHT[rule.count] * more
    plan = bool(rule.needs) and score > rule.without_at_most and not inputs.get(rule.needs)
    if plan:
        changes[rule.needs] = 1
        effort += _weight(inputs, rule.needs)
    return Move(score, changes | _related(inputs, rule.count, more), effort,
                _count_what(key, rule, more, total, plan), Said(_WHO[key]))  # fmt: skip


def _related(inputs: Inputs, count: str, more: int) -> dict[str, int]:
    """A new agency counts in every count of agencies."""
    if not count.startswith("agencies"):
        return {}
    return {name: (inputs.get(name) or 0) + more for name in ("agencies_ever", "agencies_year", "agencies_year_all")}


def _count_what(key: str, rule: Count, more: int, total: int, plan: bool) -> Said:
    if not more:
        return Said(_RKM_ONLY)
    words = {"agencies": rule.count, "mechanisms": "mechanisms_rkm" if plan else "mechanisms"}.get(key, key)
    return Said(_MORE[words], {"more": more, "total": total, "of": rule.total})


_YES = {
    ("secretariat",): (sentence("Sediakan sekretariat"), "facilities"),
    ("data_house",): (sentence("Bentuk Rumah DataKu"), "facilities"),
    ("secretariat", "data_house"): (sentence("Sediakan sekretariat dan bentuk Rumah DataKu"), "facilities"),
    ("companion",): (sentence("Minta PKB/PLKB pendamping"), "companion"),
    ("regulation",): (sentence("Terbitkan regulasi tentang Kampung KB"), "regulation"),
    ("companion", "regulation"): (
        sentence("Minta PKB/PLKB pendamping dan terbitkan regulasi tentang Kampung KB"), "both",
    ),
}  # fmt: skip


def yes_moves(village: Village, key: str, low: int) -> list[Move]:
    rule, inputs = village.ruleset.indicators[key], village.inputs
    assert isinstance(rule, Yes)
    absent = [name for name in rule.yes_of if not inputs.get(name)]
    moves = []
    for score in range(low + 1, rule.best + 1):
        needed = village.bands(key).least(score) - (len(rule.yes_of) - len(absent))
        added = min(itertools.combinations(absent, needed), key=lambda names: sum(_weight(inputs, n) for n in names))
        what, who = _YES[added]
        effort = sum(_weight(inputs, name) for name in added)
        moves.append(Move(score, dict.fromkeys(added, 1), effort, Said(what), Said(_WHO[who])))
    return moves


FORM_MOVES: dict[type, Callable[[Village, str, int], list[Move]]] = {
    Table: table_moves,
    Count: count_moves,
    Yes: yes_moves,
}

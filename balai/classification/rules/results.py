"""What the output scores ask for in people: group members, users, long-acting users, couples served.

CPR, MKJP and unmet need share their figures (a new user lowers the share of long-acting ones), so a set of wanted
scores is turned into one set of figures that gives at least all of them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from balai.base.words import Said, sentence
from balai.classification.rules.bands import Bands
from balai.classification.rules.declared import MeanPercent, Percent
from balai.classification.rules.explaining import Village
from balai.classification.rules.judging import EXACT
from balai.classification.rules.moves import Move
from balai.villages.rules import Mark

NOMINAL = 100  # stands for a number nobody filled in, so that the promise of a path can be checked
UNUSABLE = frozenset("mizldx")  # reasons that ask for a (right) figure first
FILLING = 5.0  # effort of sending in a missing figure

_WHO = {
    "participation": sentence("Kader poktan dan Pokja"),
    "cpr": sentence("PKB/PLKB dan kader mengajak; bidan dan Puskesmas melayani"),
    "mkjp": sentence("Bidan dan Puskesmas melayani; PKB/PLKB mengonseling"),
    "unmet": sentence("PKB/PLKB dan kader mendatangi; bidan dan Puskesmas melayani"),
    "fill": sentence("PKB/PLKB melaporkan angka yang benar di SIGA"),
}
_FILL = {
    "participation": sentence(
        "Laporkan sasaran dan anggota poktan; skor ini tercapai bila rata-rata kesertaan %(band)s %%"
    ),
    "cpr": sentence("Laporkan jumlah PUS dan peserta KB yang benar; skor ini tercapai bila CPR %(band)s %%"),
    "mkjp": sentence("Laporkan peserta KB menurut metode dengan benar; skor ini tercapai bila MKJP %(band)s %%"),
    "unmet": sentence(
        "Laporkan kebutuhan KB yang tidak terpenuhi dengan benar; skor ini tercapai bila angkanya %(band)s %%"
    ),
}
_USERS = sentence("%(more)s peserta KB lagi, menjadi %(total)s dari %(of)s PUS")
_USERS_LONG = sentence(
    "%(more)s peserta KB lagi, menjadi %(total)s dari %(of)s PUS; "
    "%(long)s di antaranya memakai MKJP agar skor MKJP tidak turun"
)
_LONG = sentence("%(more)s peserta lagi memakai MKJP (baru atau ganti cara), menjadi %(total)s dari %(of)s peserta KB")
_SERVE = sentence("Layani %(more)s PUS yang kebutuhannya belum terpenuhi, sehingga tersisa %(total)s dari %(of)s PUS")
_JOIN = sentence("%(more)s anggota poktan lagi; rata-rata kesertaan menjadi %(percent)s %%")


@dataclass(frozen=True)
class _Scale:
    """One percentage and how it is scored."""

    rule: Percent | MeanPercent
    bands: Bands

    def reaches(self, value: float, score: int) -> bool:
        clean = round(value, EXACT)
        return self.bands.score_one(math.floor(clean + 0.5) if self.rule.round == "half_up" else clean) >= score

    def least(self, whole: int, score: int, start: int) -> int:
        """The smallest part of `whole`, from `start` on, that gives at least `score` (bands that rise)."""
        part = max(start, math.floor(max(0.0, self.bands.bands[score - 1].low - 1) * whole / 100))
        while not self.reaches(100 * part / whole, score):
            part += 1
        return part

    def most(self, whole: int, score: int, start: int) -> int:
        """The largest part of `whole`, up to `start`, that gives at least `score` (bands that fall)."""
        part = min(start, math.ceil((self.bands.bands[score - 1].high + 1) * whole / 100)) if score > 1 else start
        while not self.reaches(100 * part / whole, score):
            part -= 1
        return part


def _scale(village: Village, key: str) -> _Scale:
    rule = village.ruleset.indicators[key]
    assert isinstance(rule, Percent | MeanPercent)
    return _Scale(rule, village.bands(key))


@dataclass(frozen=True)
class Figures:
    couples: int
    users: int
    long_acting: int
    unmet: int


def _start(village: Village) -> Figures:
    """The figures to start from; a wrong or missing one starts at nothing."""
    couples, users, long, unmet = (village.inputs.get(k) for k in ("couples", "users", "long_acting", "unmet"))
    whole = couples if couples and couples > 0 else max(NOMINAL, users or 0, unmet or 0)
    wrong = village.plausible and bool((village.inputs.get("marks") or 0) & Mark.SUM)
    users = 0 if wrong or users is None else max(0, min(users, whole))
    long = 0 if wrong or long is None else max(0, min(long, users))
    return Figures(whole, users, long, max(0, min(unmet or 0, whole - users if village.plausible else whole)))


def figures_for(village: Village, wanted: Mapping[str, int]) -> Figures:
    """The nearest figures that give at least the wanted scores of cpr, mkjp and unmet."""
    start = _start(village)
    users = _scale(village, "cpr").least(start.couples, wanted["cpr"], start.users)
    users = users or (1 if wanted["mkjp"] > 1 else 0)
    long = _scale(village, "mkjp").least(users, wanted["mkjp"], start.long_acting) if users else start.long_acting
    rest = _scale(village, "unmet").most(start.couples, wanted["unmet"], start.unmet)
    if start.users + start.unmet <= start.couples:
        rest = min(rest, start.couples - users)
    return Figures(start.couples, users, long, rest)


def _percent_moves(village: Village, low: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, Move]:
    """One move for each of cpr, mkjp, unmet whose wanted score is above its lowest."""
    raised = [key for key in ("cpr", "mkjp", "unmet") if wanted[key] > low[key]]
    if not raised:
        return {}
    start, end = _start(village), figures_for(village, wanted)
    whole = {"couples": end.couples}
    figures = {
        "cpr": {"users": end.users, "long_acting": end.long_acting, "unmet": end.unmet} | whole,
        "mkjp": {"users": end.users, "long_acting": end.long_acting},
        "unmet": {"unmet": end.unmet} | whole,
    }
    if village.plausible and (village.inputs.get("users") or 0) + end.unmet > end.couples:
        # Users that leave no room for what is reported here are wrong themselves.
        figures["unmet"] |= figures["mkjp"]
    more = {"cpr": end.users - start.users, "mkjp": end.long_acting - start.long_acting,
            "unmet": start.unmet - end.unmet}  # fmt: skip
    words = _words(start, end, raised)
    moves = {}
    for key in raised:
        changes = {name: value for name, value in figures[key].items() if village.inputs.get(name) != value}
        if village.letter(key) in UNUSABLE:
            what = _fill_words(village, key, wanted[key])
            changes |= _unmarked(village)
            moves[key] = Move(wanted[key], changes, FILLING, what, Said(_WHO["fill"]))
        else:
            moves[key] = Move(wanted[key], changes, float(more[key]), words[key], Said(_WHO[key]))
    return moves


def _unmarked(village: Village) -> dict[str, int]:
    """The marks without the one that a corrected figure no longer earns."""
    marks = village.inputs.get("marks")
    return {} if marks is None else {"marks": marks & ~int(Mark.SUM)}


def _words(start: Figures, end: Figures, raised: list[str]) -> dict[str, Said]:
    new, long = end.users - start.users, end.long_acting - start.long_acting
    held = long > 0 and "mkjp" not in raised
    return {
        "cpr": Said(
            _USERS_LONG if held else _USERS, {"more": new, "total": end.users, "of": end.couples, "long": long}
        ),
        "mkjp": Said(_LONG, {"more": long, "total": end.long_acting, "of": end.users}),
        "unmet": Said(_SERVE, {"more": start.unmet - end.unmet, "total": end.unmet, "of": end.couples}),
    }


def _fill_words(village: Village, key: str, score: int) -> Said:
    rule = village.ruleset.indicators[key]
    assert isinstance(rule, Percent | MeanPercent)
    return Said(_FILL[key], {"band": rule.bands[score - 1]})


@dataclass
class _Group:
    name: str
    members: int
    target: int
    nominal: bool

    @property
    def percent(self) -> float:
        return 100 * self.members / self.target


def _groups(village: Village, rule: MeanPercent) -> list[_Group]:
    """The groups whose figures can be worked with; in a mean over the known ones the others stay out."""
    found, others = [], []
    for name in rule.groups:
        members, target = (village.inputs.get(f"{name}_{part}") for part in ("members", "target"))
        wrong = (members or 0) < 0 or (target or 0) < 0 or (members or 0) > (target or 0)
        if members is not None and target and target > 0 and not (wrong and village.plausible):
            found.append(_Group(name, members, target, False))
        else:
            others.append(_Group(name, 0, target if target and target > 0 else NOMINAL, True))
    if rule.mean_over == "known":
        return found or others[:1]
    return found + others


def _mean(rule: MeanPercent, groups: list[_Group]) -> float:
    values = [group.percent if rule.cap is None else min(group.percent, rule.cap) for group in groups]
    return sum(values) / (len(rule.groups) if rule.mean_over == "all" else len(groups))


def participation_move(village: Village, score: int) -> Move:
    """Members are added where one of them lifts the mean most: in the group with the smallest target."""
    rule, scale = village.ruleset.indicators["participation"], _scale(village, "participation")
    assert isinstance(rule, MeanPercent)
    groups = _groups(village, rule)
    before = {group.name: group.members for group in groups}
    for group in sorted(groups, key=lambda group: (group.nominal, group.target)):
        _lift(rule, scale, groups, group, score)
    changed = [group for group in groups if group.members > before[group.name]]
    changes = {f"{group.name}_members": group.members for group in changed}
    changes |= {f"{group.name}_target": group.target for group in changed if group.nominal}
    if any(group.nominal for group in changed):
        return Move(score, changes, FILLING, _fill_words(village, "participation", score), Said(_WHO["fill"]))
    more = sum(group.members - before[group.name] for group in changed)
    what = Said(_JOIN, {"more": more, "percent": round(_mean(rule, groups), 1)})
    return Move(score, changes, float(more), what, Said(_WHO["participation"]))


def _lift(rule: MeanPercent, scale: _Scale, groups: list[_Group], group: _Group, score: int) -> None:
    """Sets the fewest members, up to the target, with which the mean gives the score."""
    low, high = group.members, max(group.members, group.target)
    while low < high:
        group.members = (low + high) // 2
        if scale.reaches(_mean(rule, groups), score):
            high = group.members
        else:
            low = group.members + 1
    group.members = low


def output_moves(village: Village, low: Mapping[str, int], wanted: Mapping[str, int]) -> dict[str, Move]:
    """The moves that together give at least the wanted output scores."""
    moves = _percent_moves(village, low, wanted)
    if wanted["participation"] > low["participation"]:
        return {"participation": participation_move(village, wanted["participation"])} | moves
    return moves

"""Why one village has its class: what was counted, what each score rests on, what holds the village back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from balai.base.words import Said, sentence
from balai.classification.rules.bands import Bands, Numbers
from balai.classification.rules.declared import Count, MeanPercent, Percent, Table, Yes
from balai.classification.rules.judging import Judged
from balai.classification.rules.ruleset import RuleSet
from balai.classification.rules.vocabulary import CLASSES, DIMENSIONS, GROUPS, INDICATORS, INPUTS, REASONS

Inputs = Mapping[str, int | None]
NOT_FILLED = frozenset("mup")
IMPLAUSIBLE = frozenset("ix")


@dataclass(frozen=True)
class Village:
    """What one village is judged by, and with what outcome."""

    ruleset: RuleSet
    inputs: Inputs
    plausible: bool
    judged: Judged

    def letter(self, key: str) -> str:
        return chr(int(self.judged.reasons[0, INDICATORS.index(key)]))

    def bands(self, key: str) -> Bands:
        found = self.ruleset.plans[key].bands
        assert found is not None
        return found


@dataclass(frozen=True)
class Line:
    """One indicator. `low` and `high`: the score at the worst and best of what is not filled; `best`: reachable."""

    key: str
    dimension: str
    score: int | None
    low: int
    high: int
    best: int
    value: Said
    reason: Said
    missing: bool
    implausible: bool


@dataclass(frozen=True)
class Explanation:
    """`holding`: the indicators that hold the village back, weakest first, in the dimensions that do not pass."""

    village_class: int | None
    class_low: int
    class_high: int
    indices: dict[str, float | None]
    passes: dict[str, bool | None]
    lines: list[Line]
    holding: list[str]
    holding_dimensions: list[str]
    sentence: Said


def as_columns(inputs: Inputs) -> dict[str, Numbers]:
    values = ((key, inputs.get(key)) for key in INPUTS)
    return {key: np.array([np.nan if value is None else float(value)]) for key, value in values}


def judged_village(ruleset: RuleSet, inputs: Inputs, figures: str | None = None) -> Village:
    plausible = (figures or ruleset.figures) == "plausible"
    return Village(ruleset, inputs, plausible, ruleset.judge(as_columns(inputs), figures))


def explain(ruleset: RuleSet, inputs: Inputs, figures: str | None = None) -> Explanation:
    village = judged_village(ruleset, inputs, figures)
    judged = village.judged
    lines = [_line(village, place, key) for place, key in enumerate(INDICATORS)]
    passes = {dimension: _passes(ruleset, judged, dimension) for dimension in DIMENSIONS}
    hundredths = dict(zip(DIMENSIONS, judged.indices[0].tolist(), strict=True))
    indices = {dimension: None if value < 0 else value / 100 for dimension, value in hundredths.items()}
    failing = [dimension for dimension in DIMENSIONS if passes[dimension] is not True]
    holding = [line for line in lines if line.dimension in failing and line.low < line.best]
    low, high = int(judged.class_low[0]), int(judged.class_high[0])
    return Explanation(
        village_class=int(judged.village_class[0]) or None, class_low=low, class_high=high,
        indices=indices, passes=passes, lines=lines,
        holding=[line.key for line in sorted(holding, key=lambda line: line.low)],
        holding_dimensions=failing,
        sentence=_sentence(low, high, passes, lines),
    )  # fmt: skip


def _passes(ruleset: RuleSet, judged: Judged, dimension: str) -> bool | None:
    places = ruleset.places(dimension)
    low, high = (ruleset.passes(scores[0, places].tolist()) for scores in (judged.low, judged.high))
    return low if low == high else None


def _line(village: Village, place: int, key: str) -> Line:
    ruleset, judged, letter = village.ruleset, village.judged, village.letter(key)
    return Line(
        key=key, dimension=ruleset.dimension_of(key), score=int(judged.scores[0, place]) or None,
        low=int(judged.low[0, place]), high=int(judged.high[0, place]), best=ruleset.indicators[key].best,
        value=VALUES[type(ruleset.indicators[key])](village, key), reason=Said(REASONS[letter]),
        missing=letter in NOT_FILLED, implausible=letter in IMPLAUSIBLE,
    )  # fmt: skip


_POKJA = {
    (True, True): sentence("Pokja ada, %(members)s anggota, sudah dilatih"),
    (True, False): sentence("Pokja ada, %(members)s anggota, belum dilatih"),
    (True, None): sentence("Pokja ada, %(members)s anggota, pelatihan belum diisi"),
    (False, True): sentence("Pokja ada dan sudah dilatih, jumlah anggota belum diisi"),
    (False, False): sentence("Pokja ada, belum dilatih, jumlah anggota belum diisi"),
    (False, None): sentence("Pokja ada, anggota dan pelatihan belum diisi"),
}
_COUNTS = {
    "funds": (
        sentence("%(n)s dari %(total)s sumber dana"),
        sentence("%(n)s dari %(total)s sumber dana, %(unknown)s belum diisi"),
    ),
    "poktan": (
        sentence("%(n)s dari %(total)s poktan"),
        sentence("%(n)s dari %(total)s poktan, %(unknown)s belum diisi"),
    ),
    "facilities": (
        sentence("%(n)s dari %(total)s sarana (sekretariat, Rumah DataKu)"),
        sentence("%(n)s dari %(total)s sarana (sekretariat, Rumah DataKu), %(unknown)s belum diisi"),
    ),
    "companion_regulation": (
        sentence("%(n)s dari %(total)s (pendamping, regulasi)"),
        sentence("%(n)s dari %(total)s (pendamping, regulasi), %(unknown)s belum diisi"),
    ),
    "data_use": (
        sentence("%(n)s dari %(total)s jenis data dipakai"),
        sentence("%(n)s dari %(total)s jenis data dipakai, %(unknown)s belum diisi"),
    ),
    "mechanisms": (
        sentence("%(n)s dari %(total)s mekanisme berjalan"),
        sentence("%(n)s dari %(total)s mekanisme berjalan, %(unknown)s belum diisi"),
    ),
}
_PERCENTS = {
    "cpr": sentence("%(percent)s %%: %(of)s peserta KB dari %(per)s PUS"),
    "mkjp": sentence("%(percent)s %%: %(of)s peserta MKJP dari %(per)s peserta KB"),
    "unmet": sentence("%(percent)s %%: %(of)s PUS yang kebutuhannya belum terpenuhi dari %(per)s PUS"),
}
_NO_PERCENT = {
    "cpr": sentence("Peserta KB: %(of)s; PUS: %(per)s"),
    "mkjp": sentence("Peserta MKJP: %(of)s; peserta KB: %(per)s"),
    "unmet": sentence("Kebutuhan belum terpenuhi: %(of)s PUS; PUS: %(per)s"),
}


def _pokja_value(village: Village, _key: str) -> Said:
    pokja, members, trained = (village.inputs.get(key) for key in ("pokja", "pokja_members", "pokja_trained"))
    if pokja is None:
        return Said(sentence("Pokja belum diisi"))
    if not pokja:
        return Said(sentence("Pokja belum ada"))
    return Said(_POKJA[members is not None, None if trained is None else bool(trained)], {"members": members})


def _count_value(village: Village, key: str) -> Said:
    rule = village.ruleset.indicators[key]
    assert isinstance(rule, Count)
    if rule.total is None:
        return _agencies_value(rule, village.inputs)
    found, unknown = village.inputs.get(rule.count), village.inputs.get(rule.unknown)
    if unknown is None:
        unknown = rule.total if found is None else 0
    return Said(_COUNTS[key][unknown > 0], {"n": found or 0, "total": rule.total, "unknown": unknown})


def _agencies_value(rule: Count, inputs: Inputs) -> Said:
    found = inputs.get(rule.count)
    if found is None:
        return Said(sentence("Belum ada kegiatan instansi yang dicatat"))
    if rule.count == "agencies_ever":
        return Said(sentence("%(n)s instansi sejak awal"), {"n": found})
    every = inputs.get("agencies_year_all")
    if every is None or every == found:
        return Said(sentence("%(n)s instansi dalam 12 bulan terakhir"), {"n": found})
    return Said(
        sentence("%(n)s instansi dalam 12 bulan terakhir (%(all)s bila instansi program sendiri ikut dihitung)"),
        {"n": found, "all": every},
    )


def _yes_value(village: Village, key: str) -> Said:
    rule = village.ruleset.indicators[key]
    assert isinstance(rule, Yes)
    facts = [village.inputs.get(name) for name in rule.yes_of]
    unknown = facts.count(None)
    return Said(_COUNTS[key][unknown > 0], {"n": sum(map(bool, facts)), "total": len(facts), "unknown": unknown})


def _percent_value(village: Village, key: str) -> Said:
    rule = village.ruleset.indicators[key]
    assert isinstance(rule, Percent)
    part, whole = village.inputs.get(rule.of), village.inputs.get(rule.per)
    if part is None or whole is None or whole <= 0:
        return Said(_NO_PERCENT[key], {"of": "–" if part is None else part, "per": "–" if whole is None else whole})
    return Said(_PERCENTS[key], {"percent": round(100 * part / whole, 1), "of": part, "per": whole})


def group_percents(inputs: Inputs) -> dict[str, float]:
    """Participation of each group with figures, as reported and uncapped."""
    pairs = ((group, inputs.get(f"{group}_members"), inputs.get(f"{group}_target")) for group in GROUPS)
    return {group: 100 * members / target for group, members, target in pairs if members is not None and target}


def _mean_value(village: Village, key: str) -> Said:
    rule = village.ruleset.indicators[key]
    assert isinstance(rule, MeanPercent)
    values = list(group_percents(village.inputs).values())
    if not values:
        return Said(sentence("Belum ada angka kesertaan poktan"))
    over = len(rule.groups)
    if rule.mean_over == "known":
        # An implausible figure shows in the reason; the mean shows what counts, if anything does.
        counted = [value for value in values if not village.plausible or 0 <= value <= 100]
        values = [min(value, rule.cap or value) for value in counted or values]
        over = len(values)
    return Said(
        sentence("%(percent)s %% rata-rata, dari angka %(n)s di antara %(total)s poktan"),
        {"percent": round(sum(values) / over, 1), "n": len(values), "total": len(rule.groups)},
    )


VALUES: dict[type, Callable[[Village, str], Said]] = {
    Table: _pokja_value,
    Count: _count_value,
    Yes: _yes_value,
    Percent: _percent_value,
    MeanPercent: _mean_value,
}

_STANDING = {
    (True, True, True): sentence("%(name)s: input, proses, dan output lulus."),
    (True, True, False): sentence("%(name)s: input dan proses lulus, output belum."),
    (True, False, True): sentence("%(name)s: input dan output lulus, proses belum."),
    (False, True, True): sentence("%(name)s: proses dan output lulus, input belum."),
    (True, False, False): sentence("%(name)s: hanya input yang lulus."),
    (False, True, False): sentence("%(name)s: hanya proses yang lulus."),
    (False, False, True): sentence("%(name)s: hanya output yang lulus."),
    (False, False, False): sentence("%(name)s: input, proses, dan output belum lulus."),
}


def _sentence(low: int, high: int, passes: Mapping[str, bool | None], lines: list[Line]) -> Said:
    if low != high:
        return Said(
            sentence("Kelas belum dapat ditentukan: antara %(low)s dan %(high)s; %(n)s indikator belum punya skor."),
            {
                "low": CLASSES[low].name,
                "high": CLASSES[high].name,
                "n": sum(line.score is None for line in lines),
            },
        )
    standing = (passes["input"], passes["process"], passes["output"])
    if None in standing:
        return Said(sentence("%(name)s: apa pun isi data yang belum ada, kelasnya sama."), {"name": CLASSES[low].name})
    return Said(_STANDING[tuple(map(bool, standing))], {"name": CLASSES[low].name})  # type: ignore[index]

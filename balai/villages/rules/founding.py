"""When a Kampung KB was founded, and the steps of Perban 20/2023 that lead to it."""

from collections.abc import Mapping
from datetime import date

from balai.base.words import Said, sentence
from balai.villages.rules.kinds import Extent, FormationStepKind

STEPS = tuple(FormationStepKind)
STEP_NAMES = {
    FormationStepKind.SOCIALISATION: sentence("sosialisasi"),
    FormationStepKind.COORDINATION: sentence("koordinasi"),
    FormationStepKind.POLICY: sentence("penetapan kebijakan"),
    FormationStepKind.PEOPLE: sentence("penyiapan sumber daya manusia"),
    FormationStepKind.POKJA: sentence("pembentukan Pokja"),
}

_WIDTH = {Extent.RW: 1, Extent.DUSUN: 2, Extent.VILLAGE: 3}

Span = tuple[date | None, date | None]


def order_warnings(done: Mapping[FormationStepKind, date]) -> list[Said]:
    """What is unusual in the order of the steps. The law names an order, real villages do not always keep it."""
    warnings = []
    for earlier, later in zip(STEPS, STEPS[1:], strict=False):
        if later in done and earlier not in done:
            warnings.append(
                Said(
                    sentence("Langkah %(later)s sudah tercatat, tetapi %(earlier)s belum."),
                    {"later": STEP_NAMES[later], "earlier": STEP_NAMES[earlier]},
                )
            )
    known = [(step, done[step]) for step in STEPS if step in done]
    for (earlier, before), (later, after) in zip(known, known[1:], strict=False):
        if after < before:
            warnings.append(
                Said(
                    sentence("Langkah %(later)s (%(after)s) tercatat sebelum %(earlier)s (%(before)s)."),
                    {"later": STEP_NAMES[later], "after": after, "earlier": STEP_NAMES[earlier], "before": before},
                )
            )
    return warnings


def narrower(new: Extent, old: Extent) -> bool:
    """Whether the coverage would shrink: it is only ever upgraded from RW to dusun to desa."""
    return _WIDTH[new] < _WIDTH[old]


def narrowed(known: Span, told: Span) -> Span | None:
    """The span of founding that both leave, when that is tighter than what is known; else None."""
    if told[0] is None or told[1] is None:
        return None
    if known[0] is None or known[1] is None:
        return told
    span = max(known[0], told[0]), min(known[1], told[1])
    return span if span[0] <= span[1] and span != known else None

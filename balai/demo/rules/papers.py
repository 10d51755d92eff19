"""How a Kampung KB came to be on paper: steps, coverage, documents, the template of its Pokja. Nobody is named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from balai.villages.rules import DocumentKind, Extent, FormationStepKind, IssuerLevel, PokjaTemplate

STEPS = tuple(FormationStepKind)
# The steps are those of Perban 20/2023; Inpres 3/2022 made the whole village the unit; both as the demo tells it.
STEPS_SINCE = date(2023, 6, 1)
WHOLE_VILLAGE_SINCE = date(2022, 7, 12)
FOUR_SECTIONS_SINCE = date(2023, 6, 1)
DOCUMENTS = {
    "pokja_sk": DocumentKind.POKJA_DECREE,
    "regulation": DocumentKind.REGULATION,
    "rkm": DocumentKind.WORK_PLAN,
}
DUSUN = ("Dusun I", "Dusun II", "Dusun III")
ONE_LEFT_OUT = 0.2


@dataclass
class Papers:
    """`steps`: step, done_on. `coverage`: extent, areas, from_on. `documents`: kind, level, number, dated_on.
    `pokja`: template, from_on."""

    steps: list[tuple[FormationStepKind, date]] = field(default_factory=list)
    coverage: list[tuple[Extent, str, date]] = field(default_factory=list)
    documents: list[tuple[DocumentKind, IssuerLevel, str, date]] = field(default_factory=list)
    pokja: tuple[PokjaTemplate, date] | None = None


def papers(rng: np.random.Generator, founded: date, answers: Iterable[tuple[str, int | None, str, date]]) -> Papers:
    """What goes with the answers: a document from the day on which the profile first knows it."""
    since: dict[str, date] = {}
    for item, value, _text, on in answers:
        if value:
            since.setdefault(item, on)
    found = Papers(coverage=_coverage(rng, founded))
    if since and founded >= STEPS_SINCE:
        found.steps = _steps(rng, founded)
    for item, kind in DOCUMENTS.items():
        if item in since:
            number = f"{int(rng.integers(1, 90))}/{int(rng.integers(1, 13))}/{since[item].year}"
            found.documents.append((kind, _level(rng, kind), number, since[item]))
    if "pokja" in since:
        later = since["pokja"] >= FOUR_SECTIONS_SINCE
        template = PokjaTemplate.FOUR_SECTIONS if later else PokjaTemplate.EIGHT_FUNCTIONS
        found.pokja = (template, since["pokja"])
    return found


def _steps(rng: np.random.Generator, founded: date) -> list[tuple[FormationStepKind, date]]:
    """In the order of the rule, the last on the day of founding; sometimes one was left out."""
    gaps = rng.integers(5, 40, size=len(STEPS))
    gaps[-1] = 0
    days = [founded - timedelta(days=int(gaps[place:].sum())) for place in range(len(STEPS))]
    taken = list(zip(STEPS, days, strict=True))
    if rng.random() < ONE_LEFT_OUT:
        del taken[int(rng.integers(len(STEPS) - 1))]
    return taken


def _coverage(rng: np.random.Generator, founded: date) -> list[tuple[Extent, str, date]]:
    if founded >= WHOLE_VILLAGE_SINCE:
        return [(Extent.VILLAGE, "", founded)]
    first = (Extent.DUSUN, DUSUN[int(rng.integers(len(DUSUN)))], founded)
    upgraded = WHOLE_VILLAGE_SINCE + timedelta(days=int(rng.integers(30, 900)))
    return [first, (Extent.VILLAGE, "", upgraded)]


def _level(rng: np.random.Generator, kind: DocumentKind) -> IssuerLevel:
    if kind is DocumentKind.REGULATION and rng.random() < 0.5:
        return IssuerLevel.REGENT
    return IssuerLevel.VILLAGE_HEAD

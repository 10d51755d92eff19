"""Finds the place that a written path of names means: province, kabupaten, kecamatan, village."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from balai.regions.rules.codes import Level, dotted, level_of, parent_of
from balai.regions.rules.names import folded, markers, search_form, squeezed, untitled

FAIRLY_SIMILAR = 60  # of 100: enough when the code says the same
WORTH_SUGGESTING = 50
SUGGESTIONS = 3
MARGIN = 2  # the next best name must be at least so many letters further away
LETTERS_OFF = ((10, 2), (5, 1))  # (from this length, so many letters may differ)


@dataclass(frozen=True, slots=True)
class Suggestion:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """`how` is exact, alias, code, similar or none; `missing` is the first level whose name was not found."""

    code: str | None
    how: str
    suggestions: tuple[Suggestion, ...] = ()
    missing: Level | None = None


class _Siblings:
    """The names under one parent, in every form in which they are looked up."""

    def __init__(self, places: list[tuple[str, str]], aliases: list[tuple[str, str]]) -> None:
        self.places = places
        self.codes = {code for code, _name in places}
        self.exact: dict[str, set[str]] = defaultdict(set)
        self.kota: dict[str, set[str]] = defaultdict(set)
        self.alias: dict[str, set[str]] = defaultdict(set)
        self.tight: dict[str, set[str]] = defaultdict(set)
        self.heard: dict[str, set[str]] = defaultdict(set)
        self.forms: dict[str, set[str]] = defaultdict(set)
        for code, name in places:
            form = search_form(name)
            self._enter(self.exact, code, form)
            if form.startswith("KOTA ") and level_of(code) is Level.KABUPATEN:
                self.kota[form.removeprefix("KOTA ")].add(code)
        for code, name in aliases:
            self._enter(self.alias, code, search_form(name))

    def _enter(self, index: dict[str, set[str]], code: str, form: str) -> None:
        index[form].add(code)
        self.tight[squeezed(form)].add(code)
        self.heard[folded(form)].add(code)
        self.forms[code].add(form)

    def find(self, text: str, last_four: str) -> tuple[str, set[str]]:
        """How it was found, and the codes: one code is an answer, several are a doubt."""
        form = search_form(text)
        for how, index, key in (
            ("exact", self.exact, form),
            ("alias", self.alias, form),
            ("alias", self.exact, untitled(form)),
            ("alias", self.kota, form),
            ("similar", self.tight, squeezed(form)),
        ):
            found = index.get(key)
            if found:
                return how, self._told_apart(found, last_four)
        return self._by_code_or_ear(form, last_four)

    def _told_apart(self, found: set[str], last_four: str) -> set[str]:
        """A desa and a kelurahan of one kecamatan may bear one name: then the code decides."""
        if len(found) == 1:
            return found
        return {code for code in found if last_four and code.endswith("." + last_four)} or found

    def _by_code_or_ear(self, form: str, last_four: str) -> tuple[str, set[str]]:
        pointed = {code for code in self.codes if last_four and code.endswith("." + last_four)}
        if any(self._fairly_similar(form, other) for code in pointed for other in self.forms[code]):
            return "code", pointed
        heard = {code for code in self.heard.get(folded(form), ()) if self._same_markers(form, code)}
        heard = heard or self._nearest(form)
        return "similar", heard | pointed if heard else set()

    def _same_markers(self, form: str, code: str) -> bool:
        return any(markers(form) == markers(other) for other in self.forms[code])

    def _fairly_similar(self, form: str, other: str) -> bool:
        return markers(form) == markers(other) and fuzz.ratio(folded(form), folded(other)) >= FAIRLY_SIMILAR

    def _nearest(self, form: str) -> set[str]:
        """The one place whose name is a letter or two away, with nobody else near; else nothing."""
        wanted = squeezed(form)
        allowed = next((letters for length, letters in LETTERS_OFF if len(wanted) >= length), 0)
        near = sorted(
            (OSA.distance(wanted, squeezed(other), score_cutoff=allowed + MARGIN), code, other)
            for code, others in self.forms.items()
            for other in others
        )
        if not allowed or not near or near[0][0] > allowed:
            return set()
        distance, code, other = near[0]
        rivals = {rival for off, rival, _form in near if off < distance + MARGIN}
        alike = wanted[0] == other[0] and markers(form) == markers(other)
        return {code} if alike and rivals == {code} else set()

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        form = search_form(text)
        scored = [
            (max(fuzz.ratio(form, other) for other in self.forms[code]), code, name) for code, name in self.places
        ]
        scored = sorted((row for row in scored if row[0] >= WORTH_SUGGESTING), key=itemgetter(0), reverse=True)
        return tuple(Suggestion(code, name) for _score, code, name in scored[:SUGGESTIONS])


_NOBODY = _Siblings([], [])
_SURENESS = ("exact", "alias", "code", "similar")


class Gazetteer:
    """`places` and `aliases` are (code, name) pairs; names under one parent are prepared when first asked for."""

    def __init__(self, places: Iterable[tuple[str, str]], aliases: Iterable[tuple[str, str]] = ()) -> None:
        self._names = dict(places)
        self._under: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, name in self._names.items():
            self._under[parent_of(code)].append((code, name))
        self._aliases_under: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, name in aliases:
            if code in self._names:
                self._aliases_under[parent_of(code)].append((code, name))
        self._siblings: dict[str, _Siblings] = {}
        self._paths: dict[tuple[str, ...], Match] = {}
        self._matches: dict[tuple[str, str, str, str, str | None], Match] = {}

    def match(self, province: str, kabupaten: str, kecamatan: str, village: str, last_four: str | None = None) -> Match:
        """The village that the path means; `how` is the least sure of its steps."""
        key = (province, kabupaten, kecamatan, village, last_four)
        found = self._matches.get(key)
        if found is None:
            above = self._path((province, kabupaten, kecamatan))
            if above.code is None:
                found = self._with_namesakes(above, village)
            else:
                found = self._step(above, village, (last_four or "").strip())
            self._matches[key] = found
        return found

    def match_code(self, text: str) -> str | None:
        """The dotted code of a place that is known here, from 7605032024 or 76.05.03.2024."""
        code = dotted(text)
        return code if code in self._names else None

    def name_of(self, code: str) -> str:
        return self._names[code]

    def _path(self, names: tuple[str, ...]) -> Match:
        if not names:
            return Match("", "exact")
        found = self._paths.get(names)
        if found is None:
            above = self._path(names[:-1])
            found = above if above.code is None else self._step(above, names[-1], "")
            self._paths[names] = found
        return found

    def _step(self, above: Match, text: str, last_four: str) -> Match:
        parent = above.code or ""
        siblings = self._siblings_under(parent)
        how, codes = siblings.find(text, last_four) if search_form(text) else ("none", set())
        if len(codes) == 1:
            return Match(next(iter(codes)), max(how, above.how, key=_SURENESS.index))
        doubtful = tuple(Suggestion(code, self._names[code]) for code in sorted(codes)[:SUGGESTIONS])
        level = Level(parent.count(".") + 2 if parent else 1)
        return Match(None, "none", doubtful or siblings.suggest(text), level)

    def _siblings_under(self, parent: str) -> _Siblings:
        found = self._siblings.get(parent)
        if found is None:
            places = self._under.get(parent)
            found = _Siblings(places, self._aliases_under.get(parent, [])) if places else _NOBODY
            self._siblings[parent] = found
        return found

    def _with_namesakes(self, above: Match, village: str) -> Match:
        """Where the kecamatan is unknown, villages of that name in the kabupaten are the better suggestion."""
        if above.missing is not Level.KECAMATAN or not above.suggestions:
            return above
        kabupaten = parent_of(above.suggestions[0].code)
        form = search_form(village)
        namesakes = sorted(
            code
            for parent, _name in self._under[kabupaten]
            for code in self._siblings_under(parent).exact.get(form, ())
        )
        suggestions = tuple(Suggestion(code, self._names[code]) for code in namesakes[:SUGGESTIONS])
        return Match(None, "none", suggestions or above.suggestions, above.missing)

"""A rule set, read from its file and ready to judge."""

import datetime
import functools
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import msgspec
import numpy as np
from numpy.typing import NDArray

from balai.base.errors import NotValid
from balai.classification.rules.bands import Broken, Numbers
from balai.classification.rules.declared import AnyIndicator, Banded, Classes, File, Table
from balai.classification.rules.judging import Columns, Judged, Plan, judge, mean
from balai.classification.rules.vocabulary import DIMENSIONS, INDICATORS

FIGURES = ("reported", "plausible")
_NAMES = ("portal-2023", "balai-2026")
_FOLDER = resources.files("balai.classification.rules.rulesets")


@dataclass(frozen=True)
class RuleSet:
    name: str
    version: str
    digest: str
    name_id: str
    name_en: str
    source: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    figures: str
    missing_is_zero: bool
    pass_at: int
    dimensions: Mapping[str, tuple[str, ...]]
    indicators: Mapping[str, AnyIndicator]
    class_of: NDArray[np.int8]
    plans: Mapping[str, Plan]

    @property
    def stamp(self) -> str:
        """Version and digest: what a run stores, and what changes when the file does."""
        return f"{self.version}+{self.digest}"

    def dimension_of(self, key: str) -> str:
        return next(dimension for dimension in DIMENSIONS if key in self.dimensions[dimension])

    def places(self, dimension: str) -> list[int]:
        """Where the scores of a dimension stand among the twelve."""
        return [INDICATORS.index(key) for key in self.dimensions[dimension]]

    def passes(self, scores: Sequence[int]) -> bool:
        return mean(sum(scores), len(scores)) >= self.pass_at

    def judge(self, columns: Mapping[str, Numbers], figures: str | None = None) -> Judged:
        figures = self.figures if figures is None else figures
        if figures not in FIGURES:
            raise NotValid(
                "“%(figures)s” bukan pilihan angka. Pilih: %(choices)s.", figures=figures, choices=", ".join(FIGURES)
            )
        sizes = {len(column) for column in columns.values()}
        if len(sizes) != 1:
            raise ValueError(f"columns of unequal length: {sorted(sizes)}")
        ready = Columns(columns, sizes.pop(), self.missing_is_zero, figures == "plausible")
        places = {dimension: self.places(dimension) for dimension in DIMENSIONS}
        return judge(self.plans, places, self.class_of, self.pass_at, ready)


def names() -> list[str]:
    return list(_NAMES)


@functools.cache
def load(name: str) -> RuleSet:
    if name not in _NAMES:
        raise NotValid(
            "Tidak ada kumpulan aturan “%(name)s”. Pilih: %(choices)s.", name=name, choices=", ".join(_NAMES)
        )
    file = f"{name}.toml"
    return parse(file, (_FOLDER / file).read_bytes())


def parse(file: str, content: bytes) -> RuleSet:
    """The rule set that a file declares; NotValid names the file and the key when it cannot be one."""
    try:
        declared = msgspec.convert(tomllib.loads(content.decode()), File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as mistake:
        raise NotValid("Berkas aturan %(file)s: %(why)s", file=file, why=str(mistake)) from mistake
    if file != f"{declared.name}.toml":
        raise _wrong(file, "name", f"“{declared.name}” tidak sama dengan nama berkas")
    dimensions = {"input": declared.dimensions.input, "process": declared.dimensions.process,
                  "output": declared.dimensions.output}  # fmt: skip
    _check_keys(file, dimensions, declared.indicators)
    return RuleSet(
        name=declared.name, version=declared.version, digest=hashlib.sha256(content).hexdigest()[:12],
        name_id=declared.name_id, name_en=declared.name_en, source=declared.source,
        valid_from=declared.valid_from, valid_to=declared.valid_to, figures=declared.figures,
        missing_is_zero=declared.missing == "zero", pass_at=round(declared.pass_at * 100), dimensions=dimensions,
        indicators={key: declared.indicators[key] for key in INDICATORS},
        class_of=_class_of(file, declared.classes),
        plans={key: _plan(file, key, declared.indicators[key]) for key in INDICATORS},
    )  # fmt: skip


def _wrong(file: str, key: str, why: str) -> NotValid:
    return NotValid("Berkas aturan %(file)s, kunci %(key)s: %(why)s.", file=file, key=key, why=why)


def _check_keys(file: str, dimensions: Mapping[str, tuple[str, ...]], declared: Mapping[str, AnyIndicator]) -> None:
    placed = [key for dimension in DIMENSIONS for key in dimensions[dimension]]
    if sorted(placed) != sorted(INDICATORS):
        raise _wrong(file, "dimensions", "setiap indikator harus ada tepat satu kali")
    if sorted(declared) != sorted(INDICATORS):
        raise _wrong(file, "indicators", f"harus tepat {', '.join(INDICATORS)}")


def _class_of(file: str, classes: Classes) -> NDArray[np.int8]:
    table = np.zeros((2, 2, 2), dtype=np.int8)
    for *passes, number in classes.table:
        where = tuple(int(word == "yes") for word in passes)
        if table[where]:
            raise _wrong(file, "classes.table", f"baris {passes} ada dua kali")
        table[where] = number
    if not table.all():
        raise _wrong(file, "classes.table", "tidak setiap keadaan input, proses, output punya kelas")
    # The range of a class that cannot be told is the class of the lowest and of the highest completion.
    if any((np.diff(table, axis=axis) < 0).any() for axis in range(3)):
        raise _wrong(file, "classes.table", "dimensi yang lulus menurunkan kelas")
    return table


def _plan(file: str, key: str, indicator: AnyIndicator) -> Plan:
    try:
        indicator.check()
        nothing = np.zeros(0, dtype=np.int8)
        low, high = indicator.completions() if isinstance(indicator, Table) else (nothing, nothing)
        return Plan(indicator, indicator.parsed if isinstance(indicator, Banded) else None, low, high)
    except Broken as why:
        raise _wrong(file, f"indicators.{key}", str(why)) from why

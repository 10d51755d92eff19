"""Doors to the kinds of files. Parquet needs the extra `arrow`, which is looked for only when it is asked for."""

from importlib import import_module
from pathlib import Path
from typing import Any

from balai.base.errors import NotValid
from balai.growth.engines import Source, Target
from balai.growth.engines.delimited import Delimited, DelimitedTarget

KINDS = {".csv", ".tsv", ".txt", ".parquet"}


def opened(path: Path) -> Source:
    source: Source = _parquet().Parquet(path) if _kind(path) == ".parquet" else Delimited(path)
    return source


def target(path: Path, kind_of: Path, source: Source) -> Target:
    """Writes to `path` a file of the kind that `kind_of` names; CSV to CSV keeps separator and mark."""
    if _kind(kind_of) == ".parquet":
        made: Target = _parquet().target(path, source)
        return made
    return DelimitedTarget(path, source.header, getattr(source, "separator", ","), getattr(source, "mark", ""))


def _kind(path: Path) -> str:
    kind = path.suffix.casefold()
    if kind not in KINDS:
        raise NotValid("Berkas %(file)s harus .csv atau .parquet.", file=path.name)
    return kind


def _parquet() -> Any:
    try:
        return import_module("balai.growth.engines.parquet")
    except ModuleNotFoundError as missing:
        raise NotValid("Untuk Parquet pasang juga pyarrow (balai[arrow]), atau pakai CSV.") from missing

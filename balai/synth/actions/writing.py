"""The invented population as files: Parquet, one a table, beside a note that says what they are."""

import json
from collections import Counter

import duckdb

from balai.base.errors import Refused
from balai.regions.models import Place
from balai.synth.rules import parts, population, sizes

NOTE = "rekaan.json"


def homes(region, families, seed):
    """The villages at or below a code, each with its share of the families."""
    places = list(Place.objects.today().within(region).villages().order_by("pk").values_list("pk", flat=True))
    if not places:
        raise Refused("Tidak ada desa atau kelurahan dengan kode %(code)s. Periksa kodenya.", code=region)
    return list(zip(places, sizes(len(places), families, seed), strict=True))


def write(folder, wanted, progress):
    """Writes every table into the folder, in parts, so that memory does not grow with the population; gives rows by
    table. The folder may not hold an earlier population."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / NOTE).exists():
        raise Refused("Folder itu sudah berisi penduduk rekaan. Pilih folder lain.")
    rows = Counter()
    for number, part in enumerate(parts(wanted)):
        for name, table in population(part).items():
            rows[name] += _write(folder / f"{name}-{number:04d}.parquet", table)
        progress(part.families)
    told = {"invented": True, "seed": wanted.seed, "on": wanted.on.isoformat(), "dirt": wanted.dirt, "rows": rows}
    (folder / NOTE).write_text(json.dumps(told, indent=1), encoding="utf-8")
    return dict(rows)


def _write(path, table):
    base = duckdb.connect()
    base.register("given", {name: _taken(column) for name, column in table.items()})
    rows = base.table("given")
    rows.project(", ".join(_columns(table))).write_parquet(str(path), compression="zstd")
    count = len(rows)
    base.close()
    return count


def _taken(column):
    """Days as DuckDB takes them."""
    return column.astype("datetime64[us]") if column.dtype.kind == "M" else column


def _columns(table):
    """The halves of an id become a uuid, moments at midnight become days, the rest stays."""
    for name, column in table.items():
        if name.endswith("_hi"):
            whole = name.removesuffix("_hi")
            digits = "||".join(f"lpad(hex({whole}_{half}), 16, '0')" for half in ("hi", "lo"))
            yield f"CAST(lower({digits}) AS UUID) AS {whole}"
        elif column.dtype.kind == "M":
            yield f'CAST("{name}" AS DATE) AS "{name}"'
        elif not name.endswith("_lo"):
            yield f'"{name}"'

"""The indicators on a snapshot: every village and every place above it, in one file, and stored when asked for."""

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from importlib import import_module

import duckdb
import msgspec

from balai.base.errors import Refused
from balai.indicators.actions import store_figures
from balai.indicators.engines import duckdb as embedded
from balai.indicators.rules import Row, catalogue, compiled
from balai.regions.models import Place
from balai.regions.rules import Level
from balai.snapshot.actions.checking import manifests
from balai.snapshot.rules.manifest import digest

FIGURES, NOTE, DOUBTED = "figures.parquet", "run.json", "doubts.json"
AT_ONCE = 20_000  # rows
PROVINCE = 2  # letters of a province's code


@dataclass(frozen=True)
class Ran:
    """`waits`: figure to what it waits for. `doubts`: rows that cannot be as they were written, by why. `empty`:
    kabupaten in which no family stands; they have no figures, for nothing is not zero."""

    engine: str
    period: str
    as_of: str
    snapshot: str
    definitions: str
    code_version: str
    kabupaten: list[str]
    families: int
    rows: int
    waits: dict[str, str]
    doubts: dict[str, int]
    empty: list[str]


def run(*, folder, out, engine="duckdb", master="local[*]", progress=None):
    """Works out every figure of a snapshot of one period; writes them into the folder `out`, with how they came.
    `master`: where Spark works."""
    found = manifests(folder)
    told = [manifest for _place, manifest in found]
    one = told[0]
    same = {(each.period, each.as_of, each.definitions, each.code) for each in told}
    if len(same) > 1:
        raise Refused("Potret ini memuat beberapa bulan atau susunan. Pilih folder satu bulan, atau susun lagi.")
    if one.definitions != catalogue().digest:
        raise Refused(
            "Potret ini disusun dengan definisi lain. Susun lagi, atau pakai Balai versi %(code)s.", code=one.code
        )
    plan = compiled(None, one.as_of)
    out.mkdir(parents=True, exist_ok=True)
    folders = [place for place, _manifest in found]
    if engine == "spark":
        rows = _by_spark(master, folders, plan, out / FIGURES)
    else:
        rows = embedded.write(folders, plan, out / FIGURES, progress=progress)
    ran = Ran(
        engine=engine, period=one.period, as_of=one.as_of.isoformat(), snapshot=digest(told),
        definitions=one.definitions, code_version=one.code, kabupaten=[each.kabupaten for each in told],
        families=sum(each.families for each in told), rows=rows, waits=dict(plan.waits),
        doubts=dict(sum((Counter(each.doubts) for each in told), Counter())),
        empty=[each.kabupaten for each in told if not each.families],
    )  # fmt: skip
    (out / NOTE).write_text(json.dumps(msgspec.to_builtins(ran), indent=1), encoding="utf-8")
    (out / DOUBTED).write_text(json.dumps(_doubted(told)), encoding="utf-8")
    return ran


def _by_spark(master, folders, plan, out):
    try:
        spark = import_module("balai.indicators.engines.spark")
    except ModuleNotFoundError as missing:
        raise Refused("Spark belum terpasang di sini. Pasang tambahan “spark” dari Balai.") from missing
    shutil.rmtree(out, ignore_errors=True)
    session = spark.session(master)
    try:
        return spark.write(session, folders, plan, out)
    finally:
        session.stop()


def store(*, by, at, out):
    """Puts the figures of a run where the pages find them: of every region that was covered whole. Gives the runs."""
    ran = json.loads((out / NOTE).read_text("utf-8"))
    doubts = json.loads((out / DOUBTED).read_text("utf-8"))
    told = {name: ran[name] for name in ("engine", "period", "as_of", "snapshot", "definitions", "code_version")}
    return [
        store_figures(by=by, at=at, run={**told, "region": region}, rows=_rows(out / FIGURES, region), doubts=doubts)
        for region in covered(ran["kabupaten"], ran["as_of"])
    ]


def _doubted(manifests):
    """[village, kind of doubt, rows] of all of them."""
    return [
        [village, kind, rows]
        for each in manifests
        for kind, places in each.doubted.items()
        for village, rows in places.items()
    ]


def covered(kabupaten, day):
    """The largest regions all of whose kabupaten are among these: the nation as "", provinces, kabupaten."""
    places = Place.objects.on(day).filter(level=Level.KABUPATEN).values_list("pk", flat=True)
    left = set(places) - set(kabupaten)
    if not left:
        return [""]
    partly = {code[:PROVINCE] for code in left}
    return sorted({code if code[:PROVINCE] in partly else code[:PROVINCE] for code in kabupaten})


def _rows(path, region):
    files = path / "*.parquet" if path.is_dir() else path
    with duckdb.connect() as base:
        base.read_parquet(str(files)).create_view("found")
        text = "SELECT region, code, n, d, bin FROM found WHERE starts_with(region, ?) ORDER BY region, code, bin"
        cursor = base.execute(text, [region])
        while rows := cursor.fetchmany(AT_ONCE):
            yield from map(Row._make, rows)

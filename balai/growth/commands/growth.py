"""`balai growth score`: a file of measured children in, the same rows with their z-scores out."""

import json
import os
import tempfile
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import click
import numpy as np
from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from balai.base.errors import NotValid
from balai.growth.engines import Added, Texts
from balai.growth.inputs import Header, checked, opened, target
from balai.growth.rules import LAST_DAY, LAST_DAY_OF_TABLES, Index, score

WORKERS = 2  # batches scored at once; they are written in their order
WAITING = 3  # batches that may be read before the first of them is written
EXAMPLES = 5


@click.group(help=_("Pertumbuhan anak menurut standar WHO."))
def command():
    pass


@command.command("score", help=_(
    "Hitung nilai z WHO setiap anak di berkas IN (.csv atau .parquet) dan tulis baris yang sama ke OUT, ditambah"
    " kolom waz, haz, whz, baz, hcz, muacz, tanda _flag bagi nilai yang tidak masuk akal, dan why bagi isian yang"
    " tidak mungkin benar. Kolom masukan: sex; age_days, atau birth_date dan measured_on, atau age_months; weight_kg,"
    " height_cm, position (l atau h), oedema, head_cm, muac_cm."
))  # fmt: skip
@click.argument("in_", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--last-day", type=click.IntRange(0, LAST_DAY_OF_TABLES), default=LAST_DAY, show_default=True,
              help=_("hari terakhir standar balita: 1826 (di bawah 60 bulan) atau 1856 (makro lama WHO)"))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("ringkasan sebagai JSON"))
def score_file(in_, out, last_day, as_json):
    if out.exists() and out.samefile(in_):
        raise NotValid("Berkas hasil harus lain dari berkas asal.")
    source = opened(in_)
    header = Header.of(source.header)
    handle, part = tempfile.mkstemp(dir=out.absolute().parent, prefix=f".{out.name}.")
    os.close(handle)
    try:
        tally = _written(source, header, target(Path(part), out, source), last_day)
        os.replace(part, out)
    finally:
        Path(part).unlink(missing_ok=True)
    click.echo(json.dumps(tally.as_dict(out)) if as_json else "\n".join(tally.sentences(out)))


def _written(source, header, into, last_day):
    """Reads, scores and writes at the same time; at most a few batches are held."""
    tally = Tally()
    waiting = deque()
    bar = tqdm(desc=_("Menghitung"), disable=None, leave=False)

    def make(batch):
        added, wrong = scored(batch, header, last_day)
        return batch.numbers, added, wrong, into.made(batch, added)

    def write(making):
        numbers, added, wrong, made = making.result()
        into.write(made)
        tally.count(numbers, added, wrong)
        bar.update(len(numbers))

    speaking = {"initializer": translation.activate, "initargs": (translation.get_language(),)}
    with closing(into), ThreadPoolExecutor(WORKERS, **speaking) as workers, ThreadPoolExecutor(1) as writer, bar:
        for batch in source.batches(header.places.values() if into.copies else None):
            waiting.append(writer.submit(write, workers.submit(make, batch)))
            if len(waiting) > WAITING:
                waiting.popleft().result()
        while waiting:
            waiting.popleft().result()
    return tally


def scored(batch, header, last_day):
    """What the rows of a batch get, and what is wrong with which of them."""
    found = checked(batch, header)
    measures = found.measures
    z = score(
        found.sex, found.age_days, measures["weight_kg"], measures["height_cm"], found.position, found.oedema,
        measures["head_cm"], measures["muac_cm"], last_day=last_day,
    )  # fmt: skip
    added = Added(
        {str(index): getattr(z, index) for index in Index},
        {str(index): getattr(z, f"{index}_flag") for index in Index},
        why(len(batch), found.wrong),
    )
    return added, found.wrong


def why(size, wrong):
    """What is wrong with each row, in words; each combination is put into words once."""
    places = np.zeros(size, np.int64)
    if not wrong:
        return Texts([""], places)
    bits = sum(rows.astype(np.int64) << place for place, rows in enumerate(wrong.values()))
    rows = np.flatnonzero(bits)
    distinct, found = np.unique(bits[rows], return_inverse=True)
    places[rows] = found + 1
    words = [f"{column}: {_(said)}" for column, said in wrong]
    said = ("; ".join(word for place, word in enumerate(words) if bit >> place & 1) for bit in distinct.tolist())
    return Texts(["", *said], places)


class Tally:
    """How many rows, how many z-scores, what was wrong and where first."""

    def __init__(self):
        self.rows = 0
        self.spoilt = 0
        self.scores, self.flags, self.wrong = Counter(), Counter(), Counter()
        self.first = {}

    def count(self, numbers, added, wrong):
        self.rows += len(numbers)
        self.spoilt += int(np.count_nonzero(added.why.places))
        for name, z in added.z.items():
            self.scores[name] += int(np.count_nonzero(~np.isnan(z)))
            self.flags[name] += int(np.count_nonzero(added.flag[name]))
        for problem, rows in wrong.items():
            places = np.flatnonzero(rows)
            self.wrong[problem] += len(places)
            first = self.first.setdefault(problem, [])
            first += [numbers[place] for place in places[: EXAMPLES - len(first)].tolist()]

    def as_dict(self, out):
        wrong = [
            {"column": column, "why": _(said), "rows": count, "first": self.first[column, said]}
            for (column, said), count in self.wrong.items()
        ]
        return {"out": str(out), "rows": self.rows, "scores": self.scores, "flags": self.flags,
                "rows_with_problems": self.spoilt, "problems": wrong}  # fmt: skip

    def sentences(self, out):
        yield _("%(rows)d baris tertulis di %(out)s.") % {"rows": self.rows, "out": out}
        for index in Index:
            yield _("%(index)s: %(scores)d nilai, %(flags)d di antaranya tidak masuk akal") % {
                "index": index, "scores": self.scores[index], "flags": self.flags[index]}  # fmt: skip
        if self.spoilt:
            yield _("%(rows)d baris berisi isian yang tidak mungkin benar (kolom why):") % {"rows": self.spoilt}
        for (column, said), count in self.wrong.items():
            yield _("  kolom %(column)s %(why)s: %(count)d baris, mulai baris %(first)s") % {
                "column": column, "why": _(said), "count": count,
                "first": ", ".join(map(str, self.first[column, said]))}  # fmt: skip

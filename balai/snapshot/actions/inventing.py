"""An invented population (`balai synth`) as a snapshot, without a database: for measuring at any size."""

import json
from datetime import date

from balai import __version__
from balai.aid.rules import programmes
from balai.base import months
from balai.base.errors import Refused
from balai.families.rules import is_sound
from balai.indicators.rules import catalogue
from balai.regions.rules import span
from balai.snapshot.actions import making
from balai.snapshot.actions.building import PART, TEXT, alone, finish, put_in_place
from balai.snapshot.rules.manifest import Manifest
from balai.snapshot.rules.sources import BLOCKS, answers, sources
from balai.synth.actions.writing import NOTE

# What is read of the invented files; what is not there was not invented. No name, number or address is among it.
READ = {
    "registered": ("families", "id, region, since_on", "TRUE"),
    "persons": ("members", "id, family, sex, born_on, relation, NULL", "TRUE"),
    "births": ("members", "mother, region, born_on, family", "mother IS NOT NULL AND born_on IS NOT NULL"),
    "numbers": ("members", "id, count(*) OVER (PARTITION BY nik) > 1, is_sound(nik), family", "nik <> ''"),
    "received": ("aid", "family, NULL, programme, NULL, 'received', from_on, NULL, NULL", "TRUE"),
    "aided": ("aid", "DISTINCT left(region, 13)", "TRUE"),
    "measured": (
        "measurements",
        'person, "on", weight_kg, height_cm, CASE lying WHEN 1 THEN \'l\' ELSE \'h\' END, NULL, NULL, NULL, NULL',
        "TRUE",
    ),
    "happened": ("births", "region, 'birth', \"on\", entered_on, 1, NULL", "TRUE"),
}  # fmt: skip


def from_synth(*, at, folder, out, progress=None):
    """Gives how many families. Facts of villages are empty: nobody invented them."""
    if not (folder / NOTE).exists():
        raise Refused("Folder itu tidak berisi penduduk rekaan. Buat dengan “balai synth”.")
    note = folder / NOTE
    on = date.fromisoformat(json.loads(note.read_text("utf-8"))["on"])
    families, definitions = 0, catalogue().digest
    with alone(out):
        for code in _kabupaten(folder, on):
            target = out / months.of(on) / code
            part = target.with_name(code + PART)
            told = Manifest(
                period=months.of(on), kabupaten=code, as_of=on, made_at=at, code=__version__, definitions=definitions,
                stamp="", closed=True, files={}, doubts={},
            )  # fmt: skip
            families += _one(folder, part, target, told)
            if progress:
                progress(1)
    return families


def _one(folder, part, target, told):
    part.mkdir(mode=0o700, parents=True, exist_ok=True)
    with making.opened(told.as_of, part / TEXT) as base:
        base.create_function("is_sound", is_sound)
        _take_in(base, folder, told.kabupaten)
        making.take_before(base, None)
        manifest = finish(base, part, told)
    put_in_place(part, target)
    return manifest.families


def _kabupaten(folder, on):
    with making.opened(on, folder) as base:
        text = f"SELECT DISTINCT left(region, 5) FROM {_files(folder, 'families')} ORDER BY 1"  # noqa: S608
        return [code for (code,) in making.asked(base, text).fetchall()]


def _take_in(base, folder, code):
    """The sources of one kabupaten, straight off the files."""
    lo, hi = span(code)
    told = READ | {name: _answered(base, folder, name, columns) for name, columns in _blocks().items()}
    empty = {name: columns for name, columns in sources().items() if name not in told}
    for name, (file, columns, where) in told.items():
        making.asked(base, _table(name, sources()[name]))
        making.asked(
            base,
            f"INSERT INTO {name} SELECT {columns} FROM {_files(folder, file)}"  # noqa: S608
            f" WHERE region >= '{lo}' AND region < '{hi}' AND {where}",
        )
    for name, columns in empty.items():
        making.asked(base, _table(name, columns))
    base.execute("INSERT INTO told_of_villages (village) SELECT DISTINCT left(region, 13) FROM registered")
    base.executemany(
        "INSERT INTO programmes VALUES (?, ?)", [(one.code, one.kind.value) for one in programmes().values()]
    )


def _blocks():
    return {name: answers(block) for block, name in BLOCKS.items()}


def _answered(base, folder, name, columns):
    """What the files hold of a block; what nobody invented an answer to is empty."""
    text = f"DESCRIBE SELECT * FROM {_files(folder, name)}"  # noqa: S608
    there = {row[0] for row in making.asked(base, text).fetchall()}
    return name, ", ".join(f'"{one}"' if one in there else "NULL" for one in columns), "TRUE"


def _files(folder, name):
    return making.quoted(folder / f"{name}-*.parquet")


def _table(name, columns):
    return f"CREATE TEMP TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})"

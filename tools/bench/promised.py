"""Complete promised tables with invented contents, for benchmarks of what comes after them."""

from datetime import date

from balai.indicators import rules
from balai.indicators.engines import duckdb
from balai.indicators.rules.checking import codes

AS_OF = date(2026, 11, 22)
VILLAGES, KABUPATEN = 857, 200  # families a village, villages a kabupaten, as the nation has them
A_FAMILY = {"families": 1, "members": 4, "couples": 0.7, "children": 0.35, "measurements": 3, "events": 0.2, "aid": 0.8}
KEYS = {
    "village": "printf('%02d.%02d.%02d.%04d', 11 + k // 20, 1 + k % 20, 1 + v // 20, 2001 + v % 20)",
    "rt": "printf('%02d.%02d.%02d.%04d.%03d', 11 + k // 20, 1 + k % 20, 1 + v // 20, 2001 + v % 20, 1 + f % 8)",
    "as_of": f"DATE '{AS_OF}'",
    "family": "md5(f::VARCHAR)",
    "member": "md5(i::VARCHAR || 'm')",
}
INVENTED = {
    "bool": "random() < 0.7",
    "int": "floor(random() * 8)::INT",
    "real": "round(random() * 8 - 4, 2)",
    "date": f"DATE '{AS_OF}' - (random() * random() * 30000)::INT",
    "text": "'x'",
}


def column(name, declared):
    if name in KEYS:
        return f'{KEYS[name]} AS "{name}"'
    text = INVENTED[declared.type]
    known = sorted(codes(declared.codes)) if declared.codes else None
    if known:
        text = f"[{', '.join(map(repr, known))}][1 + floor(random() * {len(known)})::INT]"
    return f'{text if declared.required else f"CASE WHEN random() > 0.05 THEN {text} END"} AS "{name}"'


def kabupaten(families):
    """First and last family of each kabupaten."""
    size = VILLAGES * KABUPATEN
    return [(first, min(first + size, families)) for first in range(0, families, size)]


def write(folder, families, progress=None):
    """One folder a kabupaten with `<table>.parquet` of every table that has a source; returns the folders."""
    tables = rules.tables()
    wanted = [name for name in rules.order(tables) if name in A_FAMILY or name == "villages"]
    folders = []
    for number, (first, last) in enumerate(kabupaten(families)):
        place = folder / f"{number:03d}"
        place.mkdir(parents=True)
        folders.append(place)
        with duckdb.connect() as con:
            for name in wanted:
                fill(con, tables[name], number, first, last)
                con.execute(f'CREATE TABLE "{name}" AS {rules.completing(name, AS_OF, "duckdb", duckdb.present(con))}')
                con.execute(f"COPY \"{name}\" TO '{place / name}.parquet' (COMPRESSION zstd)")
                con.execute(f'DROP TABLE "{name}{rules.FILLED}"')
        if progress:
            progress(number)
    return folders


def fill(con, table, number, first, last):
    size = VILLAGES if table.name == "villages" else 1 / A_FAMILY[table.name]
    columns = ", ".join(column(name, declared) for name, declared in table.columns.items())
    rows = f"SELECT i, (i * {size})::BIGINT + {first} AS f FROM range(ceil({last - first} / {size})::BIGINT) AS r(i)"  # noqa: S608
    placed = f"SELECT i, f, {number} AS k, (f - {first}) // {VILLAGES} AS v FROM ({rows})"  # noqa: S608
    con.execute(f'CREATE TABLE "{table.name}{rules.FILLED}" AS SELECT {columns} FROM ({placed})')  # noqa: S608

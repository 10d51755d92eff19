"""Who stands behind a figure of one village, by the same condition that counts it."""

from balai.indicators.rules import catalogue, definitions
from balai.indicators.rules.measures import measure
from balai.indicators.rules.rendering import sql
from balai.snapshot.actions.living import completed


def behind(*, by, code, figure, on):
    """Keys of the rows that are counted, and of those among whom they are: two lists of (family, member) as text, the
    member None where a row is a family. Nothing of a figure that waits, that is made of others, or that rests on what
    the reader may not see."""
    found = catalogue()
    with completed(by=by, code=code, codes=(figure,), on=on, keyed=True) as (base, recipe):
        asked = [query.table for query in recipe.plan.queries]
        keys = found.tables[asked[0]].keys if asked else ()
        if not keys:
            return [], []
        one = measure(figure, definitions(found, [figure])[figure], found, found.parameters_on(on))
        return tuple(_keys(base, asked[0], keys, node) for node in (one.n, one.d if one.divided else one.n))


def _keys(base, table, keys, node):
    """Every key once: a child may have been measured several times."""
    family, member = keys[0], keys[1] if len(keys) > 1 else "NULL"
    where = "TRUE" if node is None else sql(node, "duckdb")
    # nosemgrep: b2-sql-from-text  (names and conditions that the catalogue's own rules wrote)
    text = f'SELECT DISTINCT {family}, {member} FROM "{table}" WHERE {where} ORDER BY 1, 2'  # noqa: S608
    return base.execute(text).fetchall()

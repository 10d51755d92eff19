"""Builds balai/regions/data from the npm package idn-area-data.

    python tools/build_regions.py             fetches the package with `npm pack`
    python tools/build_regions.py FILE.tgz    takes a package that is already here

Same package, same bytes: the gzip header carries no time.
"""

import csv
import gzip
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "idn-area-data"
VERSION = "4.0.1"
TARGET = Path(__file__).resolve().parent.parent / "balai" / "regions" / "data"
LEVELS = {"provinces": 38, "regencies": 514, "districts": 7285, "villages": 83762}
NOTICE = """\
# Names of regions

`places.csv.gz` holds codes and names of Indonesia's 38 provinces, 514 kabupaten and kota, 7,285 kecamatan and 83,762
villages (desa, kelurahan, desa adat) by Kepmendagri 300.2.2-2430/2025.

It is a derivative database of **{package} {version}** by Fityan Nugroho, https://github.com/fityannugroho/idn-area-data
(npm package `{package}`), made available under the **Open Database License (ODbL) v1.0**: see `LICENSE.md` beside this
file, which is the licence as it came with the package. `places.csv.gz` stays under that licence.

Changed here: the four tables of provinces, regencies, districts and villages were joined into one, in the order of
their codes, without the parent column; the islands were left out; names and codes are as they came. To build it again:
`python tools/build_regions.py`.

`aliases.csv` is Balai's own list of other names in use; each row names its source.
"""


def fetch(folder):
    subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True)
    return folder / f"{PACKAGE}-{VERSION}.tgz"


def read(package):
    """(code, name) of every place in the order of codes, and the licence text."""
    places = []
    with tarfile.open(package) as archive:
        for table, expected in LEVELS.items():
            text = io.TextIOWrapper(archive.extractfile(f"package/data/{table}.csv"), encoding="utf-8", newline="")
            rows = [(row["code"], row["name"]) for row in csv.DictReader(text)]
            if len(rows) != expected:
                sys.exit(f"{table}: {len(rows)} rows, expected {expected}. Is this {PACKAGE} {VERSION}?")
            places += rows
        licence = archive.extractfile("package/data/LICENSE.md").read()
    return sorted(places), licence


def write(places, licence):
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("code", "name"))
    table.writerows(places)
    TARGET.mkdir(exist_ok=True)
    with (TARGET / "places.csv.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.getvalue().encode())
    (TARGET / "LICENSE.md").write_bytes(licence)
    (TARGET / "NOTICE.md").write_text(NOTICE.format(package=PACKAGE, version=VERSION), encoding="utf-8")


def main():
    with tempfile.TemporaryDirectory() as folder:
        package = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        places, licence = read(package)
    write(places, licence)
    print(f"{len(places)} places in {TARGET.name}/places.csv.gz")


if __name__ == "__main__":
    main()

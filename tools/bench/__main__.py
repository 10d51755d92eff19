"""Runs the benchmarks, each in a process of its own for its peak memory; prints rows for docs/benchmarks.md."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

NAMES = (
    "regions",
    "classify",
    "siga",
    "pages",
    "vault",
    "signin",
    "numbers",
    "trail",
    "walls",
    "synth",
    "register",
    "rosters",
    "indicators",
    "growth",
)


def figures(name):
    """The figures of one benchmark: its `run()` in a fresh process."""
    code = f"import json; from tools.bench import {name}; print('FIGURES ' + json.dumps({name}.run()))"
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("FIGURES "))[8:])


def main(names):
    day = datetime.now(tz=UTC).date()
    for name in names:
        load = os.getloadavg()[0]
        for figure, value in figures(name).items():
            print(f"| {day} | {load:.1f} | {name} | {figure} | {value} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or NAMES)

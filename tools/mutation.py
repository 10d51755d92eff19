"""Mutation test of the access and crypto code: `make mutation`. What it is and what survives: docs/mutation.md.

Runs mutmut inside the private PostgreSQL cluster, for the walls of the database are mutated too. Passes when at least
95 % of the mutants are killed and every survivor stands in the document under its reason. `--judge` takes the last run
as it is; `--write` puts survivors that the document does not know under UNJUDGED and drops those that died.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "mutation.md"
LEAST = 0.95
DEAD = {"killed", "timeout", "segfault"}
SURVIVOR = "- in `"
UNJUDGED = "### No reason yet"


def run():
    """Every mutant anew: what a former run found says nothing of changed tests."""
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    mutmut = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "1"]  # one database for tests
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "tests.postgres", *mutmut], cwd=ROOT, check=True)
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")


def outcomes():
    """The status of every mutant by its name."""
    return {
        name: status_by_exit_code[code]
        for path in sorted((ROOT / "mutants").rglob("*.py.meta"))
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items()
    }


def told(name):
    """One line of the document: the function, what stood there, what the mutant says instead."""
    lines = get_diff_for_mutant(name).splitlines()[2:]
    before, after = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)).replace("`", "'") for sign in "-+"
    )
    function = re.sub(r"\.x[_ǁ]|ǁ", ".", name.removeprefix("balai.").partition("__mutmut_")[0])
    return f"{SURVIVOR}{function}`: `{before}` → `{after or '(nothing)'}`"


def written(text, survivors):
    """The document with exactly these survivors, each under the reason it had."""
    known = {line for line in text.splitlines() if line.startswith(SURVIVOR)}
    kept = [line for line in text.splitlines() if not line.startswith(SURVIVOR) or line in survivors]
    new = sorted(survivors - known)
    if new:
        kept += ["", UNJUDGED, *new]
    return "\n".join(kept) + "\n"


def judged():
    """Whether the last run passes; says why not."""
    found = outcomes()
    counts = Counter(found.values())
    dead = sum(counts[status] for status in DEAD)
    survivors = {told(name) for name, status in found.items() if status not in DEAD}
    text = DOCUMENT.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        text = written(text, survivors)
        DOCUMENT.write_text(text, encoding="utf-8")
    reasons = text.partition(UNJUDGED)[0].splitlines()
    unknown = sorted(survivors - set(reasons))
    print(*unknown, sep="\n")
    print(f"{dead} of {len(found)} mutants killed, {dead / len(found):.1%} (at least {LEAST:.0%}): {dict(counts)}")
    print(f"{len(unknown)} survivors without a reason in {DOCUMENT.relative_to(ROOT)}")
    return not unknown and not counts["not checked"] and dead >= LEAST * len(found)


if __name__ == "__main__":
    if not {"--judge", "--write"} & set(sys.argv):
        run()
    sys.exit(0 if judged() else 1)

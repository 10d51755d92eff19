"""The console command as an operator meets it: a process of its own, on a state folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

BALAI = Path(sys.executable).parent / "balai"
OURS = {"DATABASE_URL", "BALAI_OWNER_URL", "DJANGO_SETTINGS_MODULE", "BALAI_ADDRESS", "BALAI_HOSTS"}


def state_of(home, lang="id", **more):
    """The environment of a process whose state lies in `home`."""
    kept = {key: value for key, value in os.environ.items() if key not in OURS}
    return kept | {"BALAI_HOME": str(home), "BALAI_LANG": lang, "PYTHONUNBUFFERED": "1"} | more


def balai(*words, home, lang="id", **more):
    environment = state_of(home, lang, **more)
    return subprocess.run([BALAI, *words], env=environment, capture_output=True, text=True, check=False, timeout=90)

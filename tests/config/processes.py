"""The console command as an operator meets it: a process of its own, on a state folder of its own."""

import http.client
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BALAI = Path(sys.executable).parent / "balai"
OURS = {"DATABASE_URL", "BALAI_OWNER_URL", "DJANGO_SETTINGS_MODULE", "BALAI_ADDRESS", "BALAI_HOSTS", "BALAI_CONTACT"}


def state_of(home, lang="id", **more):
    """The environment of a process whose state lies in `home`."""
    kept = {key: value for key, value in os.environ.items() if key not in OURS}
    return kept | {"BALAI_HOME": str(home), "BALAI_LANG": lang, "PYTHONUNBUFFERED": "1"} | more


def balai(*words, home, lang="id", **more):
    environment = state_of(home, lang, **more)
    return subprocess.run([BALAI, *words], env=environment, capture_output=True, text=True, check=False, timeout=400)


@contextmanager
def serving(home, **more):
    """A running server; gives its address."""
    with subprocess.Popen(
        [BALAI, "serve"], env=state_of(home, **more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            line = next((line for line in server.stdout if "http://127" in line), "")
            assert line, "the server did not start"
            yield next(word for word in line.split() if word.startswith("http://")).rstrip("/")
        finally:
            server.terminate()
            server.wait(timeout=120)


@dataclass
class Answer:
    status: int
    headers: object
    text: str


def fetched(address, headers=None, patience=120.0):
    """The answer to a GET, redirects not followed; waits for the server to listen."""
    parts = urlsplit(address)
    deadline = time.monotonic() + patience
    while True:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        try:
            connection.request("GET", parts.path, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        finally:
            connection.close()

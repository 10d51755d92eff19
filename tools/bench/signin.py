"""Sign-ins by password against the real server, two workers on SQLite, the load maker on the same machine.

`python -m tools.bench signin`. A sign-in is the form and its answer: a token, an Argon2id hash, a session, the trail.
"""

import atexit
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import django

FOLDER = tempfile.mkdtemp(prefix="balai-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"BALAI_HOME": FOLDER, "DJANGO_SETTINGS_MODULE": "balai.config.settings"}
os.environ.pop("DATABASE_URL", None)
BALAI = str(Path(sys.executable).parent / "balai")
PEOPLE, SECONDS, AT_ONCE = 200, 20, 8
PASSWORD = "kampung damai di tepi sungai"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def fill():
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415  after the settings

    from tests.people import person  # noqa: PLC0415

    hashed = make_password(PASSWORD)
    for number in range(PEOPLE):
        account = person("working_group", "16.05.02.2001", username=f"orang{number:04d}")
        account.password = hashed
        account.save()


def sign_in(port, username):
    """Seconds that the answer to the form took."""
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    server.request("GET", "/masuk/")
    page = server.getresponse()
    token, cookie = TOKEN.search(page.read().decode())[1], page.getheader("Set-Cookie").split(";")[0]
    body = urlencode({"csrfmiddlewaretoken": token, "login": username, "password": PASSWORD})
    begun = time.perf_counter()
    server.request(
        "POST", "/masuk/", body, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    )  # fmt: skip
    answer = server.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    return time.perf_counter() - begun


def client(port, first, until):
    taken, number = [], first
    while time.monotonic() < until:
        taken.append(sign_in(port, f"orang{number % PEOPLE:04d}"))
        number += AT_ONCE
    return taken


def processor(group):
    """Processor seconds that the processes of a group have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def run():
    subprocess.run([BALAI, "init"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    django.setup()
    fill()
    command = [BALAI, "serve", "--workers", "2"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        port = int(re.search(r":(\d+)/", server.stdout.readline())[1])
        time.sleep(5)
        sign_in(port, "orang0000")
        before, until = processor(server.pid), time.monotonic() + SECONDS
        with ThreadPoolExecutor(AT_ONCE) as pool:
            taken = [one for each in pool.map(lambda first: client(port, first, until), range(AT_ONCE)) for one in each]
        used = processor(server.pid) - before
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    taken.sort()
    return {
        "sign-ins a second (at least 10)": round(len(taken) / SECONDS, 1),
        "processor of the server for one sign-in with its form, ms": round(used / len(taken) * 1000),
        f"sign-in with {AT_ONCE} at once, median ms": round(taken[len(taken) // 2] * 1000),
        f"sign-in with {AT_ONCE} at once, p95 ms (at most 500)": round(taken[int(len(taken) * 0.95)] * 1000),
    }

"""A server without any account says how to make the first one."""

import re
import subprocess
import sys

from tests.config.processes import BALAI, balai, fetched, state_of


def test_the_first_start_says_a_code_that_opens_the_set_up(home):
    with subprocess.Popen([BALAI, "serve"], env=state_of(home), stdout=subprocess.PIPE, text=True) as server:
        try:
            line = next(line for line in server.stdout if "persiapan" in line)
            address = re.search(r"http://\S+/persiapan", line)[0]
            assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", line)
            assert fetched(address).status == 200
        finally:
            server.terminate()
            server.wait(timeout=120)
    made = balai("accounts", "setup-code", "--json", home=home)
    assert '"code"' in made.stdout


def test_with_an_account_no_code_is_said(home):
    somebody = (
        "import django; django.setup(); from django.utils import timezone; from balai.accounts.models import Account; "
        "Account.objects.create(username='sari', name='Sari', password='!', invited_at=timezone.now(), invited_by='x')"
    )
    env = state_of(home) | {"DJANGO_SETTINGS_MODULE": "balai.config.settings"}
    subprocess.run([sys.executable, "-c", somebody], env=env, check=True)
    with subprocess.Popen([BALAI, "serve"], env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = next(line for line in server.stdout if "berjalan" in line)
            assert fetched(re.search(r"http://\S+/", line)[0] + "masuk/").status == 200
        finally:
            server.terminate()
        assert "persiapan" not in server.stdout.read()

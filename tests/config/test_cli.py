"""The console command as an operator meets it: a process of its own, on an empty folder."""

import json
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.config.processes import BALAI, balai, state_of


@pytest.mark.parametrize(("lang", "word"), [("id", "Pemakaian:"), ("en", "Usage:")])
def test_help_in_two_languages(tmp_path, lang, word):
    done = balai("--help", home=tmp_path, lang=lang)
    assert done.returncode == 0
    assert word in done.stdout
    assert "classify" in done.stdout


def test_the_language_can_be_asked_for_by_an_option(tmp_path):
    assert "Usage:" in balai("--lang", "en", "--help", home=tmp_path).stdout


def test_help_of_every_command_speaks_both_languages(tmp_path):
    for words in (["classify"], ["import", "siga"], ["serve"]):
        indonesian = balai(*words, "--help", home=tmp_path).stdout
        english = balai("--lang", "en", *words, "--help", home=tmp_path).stdout
        assert "Pemakaian:" in indonesian
        assert "Usage:" in english
        assert indonesian.split("\n\n")[1] != english.split("\n\n")[1]


def test_a_wrong_call_says_what_was_wrong(tmp_path):
    done = balai("classfy", home=tmp_path)
    assert done.returncode == 2
    assert "classfy" in done.stderr


def test_an_unprepared_folder_says_what_to_do(tmp_path):
    done = balai("serve", home=tmp_path / "empty")
    assert done.returncode == 4
    assert "balai init" in done.stderr
    done = balai("regions", "search", "Majene", home=tmp_path / "empty")
    assert done.returncode == 1
    assert "balai init" in done.stderr


def test_init_makes_keys_that_only_the_owner_reads(home):
    key = home / "keys" / "secret_key"
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_text()) >= 50


def test_init_again_changes_nothing(home):
    before = (home / "keys" / "secret_key").read_text()
    assert balai("init", home=home).returncode == 0
    assert (home / "keys" / "secret_key").read_text() == before


def hear_interrupts():
    """A suite started in the background of a shell would hand its deafness to Ctrl-C on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupted_command_says_so(tmp_path):
    environment = uncounted(state_of(tmp_path / "home"))
    streams = {"stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL, "text": True}
    with subprocess.Popen([BALAI, "init"], env=environment, preexec_fn=hear_interrupts, **streams) as init:
        assert "wilayah" in next(init.stderr)
        init.send_signal(signal.SIGINT)
        rest = init.stderr.read()
    assert init.returncode == 130
    assert "Dihentikan" in rest


def uncounted(environment):
    """An interrupt inside the counting of lines would leave its lock held, and the process waiting for ever."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE")}


def test_an_interruption_anywhere_in_a_command_says_so(tmp_path):
    code = "from balai.config import cli; cli.COMMANDS['stop'] = ('tests.config.stopped', ''); cli.main()"
    command = [sys.executable, "-c", code, "stop"]
    done = subprocess.run(command, env=state_of(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "Dihentikan" in done.stderr


def test_every_command_can_be_completed_by_a_shell(tmp_path):
    done = subprocess.run(
        [BALAI],
        env=state_of(tmp_path) | {"_BALAI_COMPLETE": "bash_complete", "COMP_WORDS": "balai cl", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "classify" in done.stdout


def test_a_wrong_period_is_refused_with_exit_code_2(home, tmp_path):
    done = balai(
        "classify", "--period", "2025-13", "--rules", "balai-2026", "--out", str(tmp_path / "x.csv"), home=home
    )
    assert done.returncode == 2
    assert "2025-11" in done.stderr
    assert not (tmp_path / "x.csv").exists()


def test_search_answers_a_script(home):
    done = balai("regions", "search", "sendana", "--json", home=home)
    assert done.returncode == 0
    assert any(place["code"] == "76.05.03" for place in json.loads(done.stdout))


def test_the_server_answers_and_stops(home):
    command = [BALAI, "serve", "--tour"]
    with subprocess.Popen(
        command, env=state_of(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            line = next(line for line in server.stdout if "http://" in line)
            page = _fetch(next(word for word in line.split() if word.startswith("http://")))
            assert page.status == 200
            assert "Content-Security-Policy" in page.headers
            assert [next(server.stdout).split(".")[0].strip() for _sight in range(3)] == ["1", "2", "3"]
        finally:
            server.terminate()
            server.wait(timeout=20)


def _fetch(address, patience=20.0):
    deadline = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                response.read()
                return response
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)

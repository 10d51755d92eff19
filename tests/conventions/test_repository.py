"""What must never stand in the repository, and what must."""

import hashlib
import re
import tomllib
from datetime import date

import pytest

from tests.conventions.house import ROOT, short, texts, tracked

SIXTEEN_DIGITS = re.compile(r"(?<![\w.])\d{16}(?![\w.]\d|\w)")
# Written so that this file does not contain what it looks for.
ADDRESSES = re.compile(
    r"https?://[\w.:@-]*(pypi|pythonhosted|npm|registry|artifactory|nexus|devpi|mirror)[\w.:-]*"
    r"|(?<!emit-)index[-]url\b|--find[-]links\b",
    re.IGNORECASE,
)
HERE = re.compile(r"(?<![\w.])/(work|root|tmp)/[\w.]")
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^[A-Za-z0-9._-]+==\S+")


def like_nik(text):
    """Numbers that could be somebody's NIK: province, then day (+40 for women) and month of birth."""
    for found in SIXTEEN_DIGITS.finditer(text):
        number = found.group()
        day, month = int(number[6:8]) % 40, int(number[8:10])
        if 11 <= int(number[:2]) <= 97 and 1 <= day <= 31 and 1 <= month <= 12:
            yield number


def offences(pattern):
    return [
        f"{short(path)}: {found.group()}"
        for path, text in texts()
        if "vendor" not in path.parts
        for found in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NIK " + "1605024107" + "900001,", 1),
        ("1605027107" + "900001", 1),
        ("1605023207" + "900001", 0),
        ("0605024107" + "900001", 0),
        ("1605024199" + "900001", 0),
        ("0." + "1605024107" + "900001", 0),
        ("a1605024107" + "900001", 0),
    ],
)
def test_the_check_knows_a_nik(text, found):
    assert len(list(like_nik(text))) == found


@pytest.mark.parametrize(
    ("pattern", "text", "bad"),
    [
        (ADDRESSES, "https://" + "pypi.example/simple", True),
        (ADDRESSES, "https://user:key@" + "nexus.example/repository", True),
        (ADDRESSES, "--index" + "-url x", True),
        (ADDRESSES, "--no-emit-index" + "-url", False),
        (ADDRESSES, "https://kampungkb.bkkbn.go.id", False),
        (HERE, "/" + "work/main", True),
        (HERE, "http://localhost/" + "work", False),
    ],
)
def test_the_checks_know_an_address_and_a_path_of_one_machine(pattern, text, bad):
    assert bool(pattern.search(text)) is bad


def test_nothing_looks_like_a_nik():
    assert {short(path): list(like_nik(text)) for path, text in texts() if any(like_nik(text))} == {}


def test_no_package_index_is_named():
    assert offences(ADDRESSES) == []


def test_no_path_of_one_machine_is_named():
    assert offences(HERE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    entries = text.replace("\\\n", " ").splitlines()
    loose = [line for line in entries if line.strip() and not (PINNED.match(line) and "--hash=sha256:" in line)]
    assert loose == []


def test_the_runtime_is_locked_to_the_same_versions_for_development():
    versions = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS]
    runtime, development = versions
    assert {name: version for name, version in runtime.items() if development.get(name) != version} == {}


def test_every_vendored_file_is_the_one_in_its_manifest():
    manifests = [path for path in tracked() if path.match("vendor/manifest.toml")]
    assert manifests, "front-end libraries have no manifest"
    for manifest in manifests:
        entries = tomllib.loads(manifest.read_text(encoding="utf-8"))["file"]
        assert all(entry["package"] and entry["version"] and entry["licence"] for entry in entries)
        there = {
            str(path.relative_to(manifest.parent)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in manifest.parent.rglob("*")
            if path.is_file() and path != manifest
        }
        assert {entry["file"]: entry["sha256"] for entry in entries} == there


def test_every_vendored_library_is_in_notice():
    notice = (ROOT / "NOTICE").read_text()
    for manifest in (ROOT / "balai").rglob("vendor/manifest.toml"):
        for entry in tomllib.loads(manifest.read_text(encoding="utf-8"))["file"]:
            assert entry["package"] in notice


def test_no_file_is_a_copy_of_the_real_data(shared_data):
    real = {hashlib.sha256(path.read_bytes()).hexdigest() for path in shared_data.rglob("*") if path.is_file()}
    assert [short(path) for path in tracked() if hashlib.sha256(path.read_bytes()).hexdigest() in real] == []


def test_no_paragraph_is_a_copy_of_the_real_exports(shared_data):
    """Not even ten lines in a row of a real file, apart from headers."""
    blocks = set()
    for path in (shared_data / "siga_sulbar_2025").glob("*.csv"):
        rows = [row.strip() for row in path.read_text(encoding="utf-8", errors="replace").splitlines()]
        rows = [row for row in rows if len(row) > 20]
        blocks |= {tuple(rows[start : start + 10]) for start in range(1, len(rows) - 10, 10)}
    for path, text in texts():
        if path.suffix in {".csv", ".py", ".txt"} and "76." in text:
            rows = [row.strip() for row in text.splitlines() if len(row.strip()) > 20]
            runs = {tuple(rows[start : start + 10]) for start in range(len(rows) - 9)}
            assert not runs & blocks, short(path)


def test_the_licence_is_apache_2_and_notice_names_the_data():
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text()
    notice = (ROOT / "NOTICE").read_text()
    for named in ("idn-area-data 4.0.1", "ODbL", "htmx", "kampungkb.bkkbn.go.id", "invented"):
        assert named in notice


def test_the_decisions_are_dated_before_the_program_could_run_out():
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        stated = re.search(
            r"^Date: (\d{4}-\d{2}-\d{2})\. Status: (accepted|superseded by \d{4})\.$", path.read_text(), re.M
        )
        assert stated, short(path)
        date.fromisoformat(stated[1])

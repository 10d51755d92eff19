"""What the conventions are checked on: the files of the project and their syntax trees."""

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "balai"
NOT_ROOMS = {"locale", "__pycache__"}


@cache
def tracked():
    """Files that git holds or would take."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is tracked cannot be known")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()]


def texts():
    """(path, text) of every tracked file that is text."""
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def rooms():
    return [path for path in sorted(PACKAGE.iterdir()) if path.is_dir() and path.name not in NOT_ROOMS]


def python(folder):
    """Python files below `folder` that people write."""
    return [path for path in sorted(folder.rglob("*.py")) if not {"migrations", ".venv", "vendor"} & set(path.parts)]


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path):
    return str(path.relative_to(ROOT))

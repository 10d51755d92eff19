"""In every room the files have the same names (docs/adr/0001)."""

import ast
import re
import tomllib

from tests.conventions.house import PACKAGE, ROOT, rooms, short, tree

FREE = {"base", "config"}  # base: one topic a file; config: puts the house together
FILES = {"rules", "models", "actions", "inputs", "jobs", "views", "urls"}
FOLDERS = {"commands", "engines", "migrations", "templates", "templatetags", "static", "data", "__pycache__"}
FORBIDDEN = re.compile(r"^_?(utils?|helpers?|common|misc|services?|managers?|signals?|stuff|tools)(_.*|\..*)?$")


def test_the_check_knows_a_forbidden_name():
    assert [name for name in ("utils.py", "siga_helpers.py", "helpers", "rules.py") if FORBIDDEN.match(name)] == [
        "utils.py",
        "helpers",
    ]


def test_a_room_holds_only_files_of_known_names():
    strange = []
    for room in rooms():
        if room.name in FREE:
            continue
        for path in room.iterdir():
            known = FILES | FOLDERS if path.is_dir() else FILES | {"__init__"}
            if path.suffix not in {".toml", ".md"} and path.stem not in known:
                strange.append(short(path))
    assert strange == []


def test_no_file_has_a_name_that_says_nothing():
    assert [short(path) for path in PACKAGE.rglob("*") if FORBIDDEN.match(path.name)] == []


def test_a_file_and_a_folder_of_one_name_do_not_stand_side_by_side():
    assert [short(path) for room in rooms() for path in room.glob("*.py") if path.with_suffix("").is_dir()] == []


def test_every_room_opens_with_its_domain():
    silent = [room.name for room in rooms() if not ast.get_docstring(tree(room / "__init__.py"))]
    assert silent == []


def test_every_command_module_has_a_command():
    without = []
    for path in PACKAGE.glob("*/commands/*.py"):
        if path.stem == "__init__":
            continue
        names = {node.name for node in tree(path).body if isinstance(node, ast.FunctionDef)}
        names |= {
            target.id
            for node in tree(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if "command" not in names:
            without.append(short(path))
    assert without == []


def test_the_rules_of_every_room_are_checked_as_pure_and_typed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    pure = next(one for one in settings["importlinter"]["contracts"] if one["name"].startswith("Pure code"))
    for room in rooms():
        if any(room.glob("rules*")):
            assert f"balai.{room.name}.rules" in pure["source_modules"]
            assert {f"balai/{room.name}/rules", f"balai/{room.name}/rules.py"} & set(settings["mypy"]["files"])
        assert room.name in FREE or f"balai.{room.name}" in _containers(settings)


def _containers(settings):
    return next(c for c in settings["importlinter"]["contracts"] if c["name"].startswith("The files"))["containers"]

"""Small enough to be read at one sitting. Migrations, TOML and vendored files are exempt."""

import ast

from tests.conventions.house import PACKAGE, ROOT, python, rooms, short, tree

FILE, FUNCTION, CLASS, ROOM, SETTINGS = 400, 49, 200, 3000, 300
WRITTEN = (".py", ".js", ".css", ".html", ".sh")


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def longer(source, kinds, limit):
    """Names of the definitions in `source` that have more lines than `limit`."""
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(source)
        if isinstance(node, kinds) and node.end_lineno - node.lineno + 1 > limit
    ]


def test_the_check_finds_a_long_function():
    source = ast.parse("def short():\n    pass\n\ndef long():\n" + "    pass\n" * 50)
    assert longer(source, ast.FunctionDef, FUNCTION) == ["long: 51 lines"]


def test_no_file_is_longer_than_400_lines():
    written = [
        path
        for folder in (PACKAGE, ROOT / "tests", ROOT / "tools")
        for path in folder.rglob("*")
        if path.suffix in WRITTEN and not {"migrations", "vendor"} & set(path.parts)
    ]
    assert [f"{short(path)}: {lines(path)}" for path in written if lines(path) > FILE] == []


def test_the_settings_stay_short():
    assert lines(PACKAGE / "config" / "settings.py") <= SETTINGS


def test_no_function_is_longer_than_49_lines():
    found = {
        short(path): longer(tree(path), (ast.FunctionDef, ast.AsyncFunctionDef), FUNCTION)
        for folder in (PACKAGE, ROOT / "tools")
        for path in python(folder)
    }
    assert {path: names for path, names in found.items() if names} == {}


def test_no_class_is_longer_than_200_lines():
    found = {short(path): longer(tree(path), ast.ClassDef, CLASS) for path in python(PACKAGE)}
    assert {path: names for path, names in found.items() if names} == {}


def test_no_room_is_larger_than_3000_lines():
    sizes = {room.name: sum(lines(path) for path in python(room)) for room in rooms()}
    assert {name: size for name, size in sizes.items() if size > ROOM} == {}

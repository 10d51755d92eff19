"""What a reader may rely on without looking (house rules R2, R10, R14)."""

import ast
from types import MappingProxyType

import pytest

from tests.conventions.house import PACKAGE, python, rooms, short, tree


def habits(source):
    """Forbidden habits in a syntax tree."""
    for node in ast.walk(source):
        if isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}.{part.name} is overridden"
                for part in node.body
                if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"}
            )
        if isinstance(node, ast.ImportFrom):
            yield from _import_habits(node)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from (
                f"{node.name} imports inside"
                for inner in ast.walk(node)
                if isinstance(inner, (ast.Import, ast.ImportFrom))
            )


def _import_habits(node):
    module, names = node.module or "", {alias.name for alias in node.names}
    if "*" in names:
        yield f"wildcard from {module}"
    if "TYPE_CHECKING" in names:
        yield "TYPE_CHECKING"
    if "signals" in module.split(".") or "signals" in names or module == "django.dispatch":
        yield f"signals from {module}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("class A:\n    def save(self): pass", ["A.save is overridden"]),
        ("from django.db.models.signals import post_save", ["signals from django.db.models.signals"]),
        ("from django.dispatch import receiver", ["signals from django.dispatch"]),
        ("from typing import TYPE_CHECKING", ["TYPE_CHECKING"]),
        ("from os import *", ["wildcard from os"]),
        ("def f():\n    import os", ["f imports inside"]),
        ("from django.db import models", []),
    ],
)
def test_the_check_knows_the_habits(text, said):
    assert list(habits(ast.parse(text))) == said


def test_no_file_has_a_forbidden_habit():
    found = {short(path): list(habits(tree(path))) for path in python(PACKAGE)}
    assert {path: said for path, said in found.items() if said} == {}


def functions(room):
    """Name to definition of every function in the room's actions."""
    paths = [*room.glob("actions.py"), *room.glob("actions/*.py")]
    return {
        node.name: node
        for path in paths
        for node in tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def offered(room, defined):
    """The actions: what `actions/__init__.py` offers; where it offers nothing, every public function."""
    door = room / "actions" / "__init__.py"
    imports = [node for node in tree(door).body if isinstance(node, ast.ImportFrom)] if door.exists() else []
    names = {alias.asname or alias.name for node in imports for alias in node.names}
    return sorted(names & defined.keys()) if names else [name for name in defined if not name.startswith("_")]


def called(definition):
    """Last names of everything the definition calls or is decorated with."""
    nodes = [node.func for node in ast.walk(definition) if isinstance(node, ast.Call)] + definition.decorator_list
    return {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in nodes
        if hasattr(node, "attr") or hasattr(node, "id")
    }


def reached(name, defined, below=MappingProxyType({})):
    """What a function calls, itself or through other functions of its room's actions, or of those `below`."""
    known = {**below, **defined}
    seen, waiting = set(), [name]
    while waiting:
        for call in called(known[waiting.pop()]) - seen:
            seen.add(call)
            if call in known:
                waiting.append(call)
    return seen


def defects(defined, names, below=MappingProxyType({})):
    for name in names:
        arguments = defined[name].args
        if arguments.args or arguments.posonlyargs or arguments.vararg:
            yield f"{name} takes arguments without their names"
        given = {argument.arg for argument in arguments.kwonlyargs}
        yield from (f"{name} does not take `{need}`" for need in ("by", "at") if need not in given)
        calls = reached(name, defined, below)
        yield from (f"{name} does not call {need}" for need in ("require", "record", "atomic") if need not in calls)


def test_the_check_sees_through_to_what_an_action_calls():
    source = ast.parse(
        "@transaction.atomic\ndef good(*, by, at):\n    require(by)\n    _write()\n"
        "def _write():\n    audit.record()\n"
        "def bad(x, *, by):\n    pass\n"
    )
    defined = {node.name: node for node in source.body}
    assert list(defects(defined, ["good", "bad"])) == [
        "bad takes arguments without their names",
        "bad does not take `at`",
        "bad does not call require",
        "bad does not call record",
        "bad does not call atomic",
    ]


@pytest.mark.parametrize("room", [room for room in rooms() if room.name != "access"], ids=lambda room: room.name)
def test_every_action_names_its_actor_asks_and_records(room):
    defined = functions(room)
    below = {**functions(PACKAGE / "regions"), **functions(PACKAGE / "families")}
    assert list(defects(defined, offered(room, defined), below)) == []

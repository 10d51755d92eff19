"""What the trail says can be read by somebody who does not know the code."""

import ast

from balai.access.rules.deeds import DEEDS
from tests.conventions.house import PACKAGE, python, short, tree


def deeds(source):
    """Deeds that are written out where something is recorded."""
    for node in ast.walk(source):
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            if keyword.arg == "deed" and isinstance(keyword.value, ast.Constant):
                yield keyword.value.value


def test_the_check_finds_a_deed():
    assert list(deeds(ast.parse('record(deed="a.b"); record(deed=deed); f(x="c")'))) == ["a.b"]


def test_every_deed_has_a_name():
    unnamed = {short(path): sorted(set(deeds(tree(path))) - set(DEEDS)) for path in python(PACKAGE)}
    assert {path: found for path, found in unnamed.items() if found} == {}

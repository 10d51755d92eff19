"""The only doors past the walls of personal tables: known by name, with their reasons (docs/adr/0012)."""

import ast

from tests.conventions.house import PACKAGE, python, tree

# One more is a decision: who reads every region here, and why can nobody's scope do it?
ALLOWED = {
    "events/actions/telling.py: the answer of an event is taken back",
    "events/actions/writing.py: rows of a family that moves with an event",
    "events/actions/writing.py: rows of a person who joins another family",
    "events/actions/writing.py: rows of a person whose joining is undone",
    "families/actions/families.py: rows of a family that moves",
    "identity/actions/joining.py: rows of a person who was entered twice",
    "identity/actions/joining.py: rows of a person who was joined by mistake",
    "vault/models/imprints.py: a row is put back as it was",
    "privacy/actions/erasing.py: replaying the ledger of erased persons after a restore",
    "privacy/actions/blanking.py: erasing an account reaches every table that leads to its owner",
    "privacy/actions/erasing.py: erasing a person reaches every table that leads to the person",
    "privacy/actions/keeping.py: requests follow persons who moved to another region",
    "privacy/actions/keeping.py: retention ends rows of every region",
    "privacy/actions/reporting.py: the report of an account holds every table that leads to its owner",
    "privacy/actions/reporting.py: the report of a person holds every table that leads to the person",
    "vault/actions/rotation.py: is any sealed value behind the keys in force",
    "vault/actions/sweeping.py: every sealed value is sealed again under the new key",
    "vault/models/health.py: does a sample of each key's values open",
    "vault/models/health.py: how many values each key sealed",
}
INSIDE = {"access/models/__init__.py", "access/models/scoped.py", "access/models/principal.py"}
# Ways around the managers that Django itself offers, and the parts of our own that only the managers may use.
AROUND = {"RawSQL", "principal", "put_up"}
KNOWN_AROUND = {"access/actions/walls.py: put_up"}


def calls(source):
    """The reason of every call of `unscoped`; None where it is not written as text."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and _name(node.func) == "unscoped":
            reason = node.args[0] if node.args else None
            yield reason.value if isinstance(reason, ast.Constant) else None


def around(source):
    """Names used that lead past the managers, and query sets made without one."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and _name(node.func).endswith("QuerySet"):
            yield f"{_name(node.func)}()"
        elif isinstance(node, ast.Name | ast.Attribute) and _name(node) in AROUND:
            yield _name(node)


def _name(node):
    return getattr(node, "id", getattr(node, "attr", ""))


def places():
    for path in python(PACKAGE):
        name = str(path.relative_to(PACKAGE))
        if name not in INSIDE:
            yield name, tree(path)


def test_the_checks_see_a_call_and_a_way_around():
    source = ast.parse("with unscoped('a'), models.unscoped(why): pass\nx = models.QuerySet(Family)\nRawSQL('1')")
    assert list(calls(source)) == ["a", None]
    assert sorted(around(source)) == ["QuerySet()", "RawSQL"]


def test_every_call_of_unscoped_is_known():
    assert {f"{name}: {reason}" for name, source in places() for reason in calls(source)} == ALLOWED
    assert sum(len(list(calls(source))) for _name, source in places()) == len(ALLOWED)


def test_nobody_goes_around_the_managers():
    assert {f"{name}: {way}" for name, source in places() for way in around(source)} == KNOWN_AROUND

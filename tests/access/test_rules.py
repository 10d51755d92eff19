import pytest

from balai.access.rules import OPERATOR, Actor, Permission, Role, operator, require
from balai.base.errors import NotAllowed

MAJENE = Actor("pkb", Role("officer", frozenset({Permission.VILLAGE_EDIT})), (("76.05", "76.05/"),))


@pytest.mark.parametrize(
    ("code", "covered"),
    [("76.05", True), ("76.05.03.2024", True), ("76.0", False), ("76.06", False), ("76", False), ("76.050", False)],
)
def test_a_scope_is_the_place_and_what_lies_below(code, covered):
    assert MAJENE.covers(code) is covered


@pytest.mark.parametrize("code", ["", "11", "96.71.01.1001", "76.05.03.2024.r1"])
def test_the_operator_covers_the_nation(code):
    assert operator("root").covers(code)
    require(operator("root"), Permission.CLASSIFY, code)


@pytest.mark.parametrize(
    ("permission", "code"), [(Permission.VILLAGE_EDIT, "76.04.01.2001"), (Permission.CLASSIFY, "76.05.03.2024")]
)
def test_refused_outside_the_scope_or_the_role(permission, code):
    with pytest.raises(NotAllowed, match=code):
        require(MAJENE, permission, code)


def test_the_operator_role_holds_every_permission():
    assert OPERATOR.may == frozenset(Permission)

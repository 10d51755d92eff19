from balai.access.rules import ROLES, AgencyKind, Matter, Permission, Reach, Right, appointable, described
from tools.docs import pages

FACTS = {facts.name: facts for facts in described()}


def test_every_role_is_described_in_the_order_of_the_file():
    assert list(FACTS) == list(ROLES)


def test_what_is_described_is_what_holds():
    for name, role in ROLES.items():
        facts = FACTS[name]
        assert set(facts.may) == role.may
        assert set(facts.reach) == role.reach
        assert (facts.title, facts.second_factor, facts.assigned) == (role.title, role.second_factor, role.assigned)
        for agency, rights in facts.rights.items():
            assert rights == {matter: role.right(matter, agency) for matter in Matter}


def test_a_role_that_depends_on_the_agency_is_described_for_each():
    assert set(FACTS["agency_officer"].rights) == set(AgencyKind)
    assert FACTS["agency_officer"].rights[AgencyKind.SOCIAL][Matter.POVERTY] is Right.WRITE
    assert set(FACTS["cadre"].rights) == {None}


def test_who_appoints_whom_is_told_from_both_sides():
    for facts in FACTS.values():
        assert all(facts.name in FACTS[name].given_by for name in facts.gives)
        assert not set(facts.gives) & set(facts.gives_through_others)
        assert {*facts.gives, *facts.gives_through_others} == appointable(ROLES[facts.name])
    assert FACTS["cadre"].given_by == ("village_editor",)
    assert [name for name, facts in FACTS.items() if not facts.given_by] == ["system_admin"]


def test_no_role_appoints_itself():
    assert [name for name, facts in FACTS.items() if name in {*facts.gives, *facts.gives_through_others}] == []


def test_the_generated_page_names_every_role_permission_and_matter():
    page = pages()["roles.md"]
    for name in (*ROLES, *Permission, *Matter):
        assert name in page
    assert "| `cadre` | read | – | write | masked | write | write | write | read |" in page
    assert all(reach.name.lower() in page for reach in Reach)

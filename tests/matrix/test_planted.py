"""The matrix itself is tried: each defect that is planted is found, and what is sound is left alone."""

import pytest
from django.core.checks import run_checks
from django.urls import get_resolver, path

from tests.matrix import planted, samples
from tests.matrix.planted import DEFECTS, SOUND
from tests.matrix.test_matrix import addresses, cells, house, wrong

__all__ = ["house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def found_in(house, settings, monkeypatch):
    """found_in(view): everything that the matrix says of its address."""
    settings.ROOT_URLCONF = "tests.matrix.planted"
    monkeypatch.setitem(samples.BY_NAME, ("planted", "pk"), samples.BY_NAME["families", "pk"])
    here = {one.name: one for one in addresses(get_resolver())}

    def ask(view):
        address = here[f"planted:{view.__name__}"]
        asked = [cell for cell in cells(address, house) if cell[0] in address.doors]
        return {said for method, who, target in asked for said in wrong(address, method, who, target, house)}

    return ask


@pytest.mark.parametrize("view", DEFECTS, ids=lambda view: view.__name__)
def test_a_planted_defect_is_found(found_in, view):
    assert any(said.startswith(DEFECTS[view]) for said in found_in(view))


@pytest.mark.parametrize("view", SOUND, ids=lambda view: view.__name__)
def test_what_is_sound_is_left_alone(found_in, view):
    assert found_in(view) == set()


def test_a_door_without_a_rule_is_found_before_anybody_asks(settings, monkeypatch, client):
    settings.ROOT_URLCONF = "tests.matrix.planted"
    open_to_all = path("tanam/terbuka", planted.has_no_door, name="open")
    monkeypatch.setattr(planted, "urlpatterns", [*planted.urlpatterns, open_to_all])
    with pytest.raises(AttributeError, match="doors"):
        list(addresses(get_resolver()))
    assert [one.msg for one in run_checks() if one.id == "balai.E001"] == [
        "alamat “/tanam/terbuka” tidak menyatakan siapa yang boleh masuk (access.views: door atau public)"
    ]


def test_an_address_with_a_part_that_nobody_explained_is_found():
    with pytest.raises(KeyError):
        samples.sample("planted:sound", "pk", samples.UNKNOWN)

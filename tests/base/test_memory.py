"""The search for cycles, left out for a while."""

import gc

import pytest

from balai.base.memory import uncollected


def fails():
    with uncollected():
        assert not gc.isenabled()
        raise ZeroDivisionError


@pytest.mark.parametrize("collecting", [True, False])
def test_nothing_is_collected_within_and_afterwards_as_before(collecting):
    try:
        (gc.enable if collecting else gc.disable)()
        with pytest.raises(ZeroDivisionError):
            fails()
        assert gc.isenabled() is collecting
    finally:
        gc.enable()

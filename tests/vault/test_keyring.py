import uuid

import pytest

from balai.vault.models import DataKey, blind, blinds, opened, opened_text, sealed, sealed_text

NUMBER = "0605024107" + "900001"
ROW = uuid.UUID(int=7)


@pytest.mark.django_db
def test_what_was_sealed_is_opened_in_its_own_place():
    stored = sealed(NUMBER, ROW, "t", "c")
    assert NUMBER.encode() not in stored
    assert opened(memoryview(stored), ROW, "t", "c") == NUMBER
    assert opened_text(sealed_text("seed", "factor"), "factor") == "seed"
    assert DataKey.objects.count() == 1
    assert blind(NUMBER) == blind("0605 0241.0790 0001") == blinds(NUMBER)[0]

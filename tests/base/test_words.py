from balai.base.errors import NotValid, Problem
from balai.base.words import Said, sentence


def test_a_marked_sentence_stays_as_it_is():
    assert sentence("Halo %") == "Halo %"


def test_places_are_filled():
    assert str(Said("%(n)d desa", {"n": 3})) == "3 desa"
    assert str(Said("100 % desa")) == "100 % desa"
    assert str(NotValid("baris %(n)d", n=4)) == "baris 4"
    assert str(Problem("100 % desa")) == "100 % desa"

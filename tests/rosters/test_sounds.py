"""Whether two names may be one person's."""

import pytest

from balai.rosters.rules.sounds import alike


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Soekarno", "SUKARNO", True),
        ("Moh. Yusuf", "Muhammad Jusuf", True),
        ("Siti Aminah", "Siti Aminh", True),
        ("Siti Aminah", "Sri Mulyani", False),
    ],
)
def test_names_sound_alike(one, other, same):
    assert alike(one, other) is same

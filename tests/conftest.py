from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real files beside the project; a file missing from an existing folder is a failure, not a skip."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here: the real files are not part of the project")
    return SHARED

import pytest

from tests.config.processes import balai


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A state folder that `balai init` has prepared; who spoils it works on a copy."""
    folder = tmp_path_factory.mktemp("home") / "state"
    done = balai("init", home=folder)
    assert done.returncode == 0, done.stderr
    assert "91.599" in done.stdout or "91599" in done.stdout
    return folder

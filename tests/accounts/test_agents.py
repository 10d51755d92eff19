import pytest

from balai.accounts.rules.agents import known_as


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
         "Chrome, Linux"),
        ("Mozilla/5.0 (Linux; Android 9; SM-J260G) AppleWebKit/537.36 SamsungBrowser/14.0 Chrome/87.0 Safari/537",
         "Samsung Internet, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1",
         "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
         "Edge, Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "?"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_its_owner_calls_it(agent, name):
    assert known_as(agent) == name

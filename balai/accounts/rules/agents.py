"""What a browser calls itself, in words that its owner recognises."""

# In this order: most browsers also claim to be those after them.
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "UCBrowser": "UC Browser",
    "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "CrOS": "ChromeOS",
    "Mac OS X": "Mac", "Linux": "Linux",
}  # fmt: skip
SHOWN = 40  # letters of a name that is not known


def known_as(agent: str) -> str:
    """Such as “Chrome, Android”; the beginning of what it says where neither is known, "?" where it says nothing."""
    parts = [_first(BROWSERS, agent), _first(SYSTEMS, agent)]
    return ", ".join(filter(None, parts)) or agent[:SHOWN].strip() or "?"


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for sign, name in names.items() if sign in agent), "")

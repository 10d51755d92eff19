"""No page without a test that opens it."""

import re

from django.urls import URLPattern, URLResolver, get_resolver

from tests.conventions.house import ROOT, short


def routes(resolver, before=""):
    """Every route below a resolver, as it stands in urls.py."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def address(route):
    """A pattern for addresses that lead to the route, as a test would write them."""
    parts = re.split(r"<[^>]+>", route)
    return re.compile(r"[\"'/]/?" + r"[^\"'\s/]+".join(re.escape(part) for part in parts) + r"[\"'?#]")


def test_an_address_is_found_as_a_test_would_write_it():
    assert address("wilayah/<code>").search('client.get("/wilayah/16.05")')
    assert address("wilayah/<code>").search('get(f"/wilayah/{code}?urut=nama")')
    assert address("").search('client.get("/")')
    assert not address("wilayah/<code>").search('client.get("/wilayah/16.05/ekspor.csv")')


def test_every_address_is_opened_by_a_test():
    written = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if not short(path).startswith("tests/conventions")
    )
    unopened = [route for route in routes(get_resolver()) if not address(route).search(written)]
    assert unopened == []

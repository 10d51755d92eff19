"""Every address x method x principal x target: who may pass, what is shown, what is written down.

The cells are made from the addresses and their doors; a new address takes part by itself, and fails while
samples.py does not say what stands in it. What is expected is worked out here once more, from the roles, never by
asking the code under test.
"""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from balai.access.models import AuditEntry
from balai.access.rules import Matter
from tests.matrix import samples, world
from tests.matrix.world import UNKNOWN, sees

pytestmark = pytest.mark.django_db

# Tables that every request may touch: sessions, limits, the trail itself.
BOOKKEEPING = ("access_audit", "django_session", "axes_", "balai_cache", "django_cache", "accounts_session")


@dataclass(frozen=True)
class Address:
    name: str
    parts: tuple[str, ...]
    doors: dict

    def __str__(self):
        return self.name

    def __hash__(self):
        return hash(self.name)


def addresses(resolver=None, before=""):
    """Every named address of the house with its doors."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from addresses(entry, before + inner)
        else:
            yield Address(
                before + (entry.name or str(entry.pattern)), tuple(entry.pattern.converters), entry.callback.doors
            )


ADDRESSES = [address for address in addresses() if not address.name.endswith((".svg", ".ico"))]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker, tree_places):
    """The world, once for all cells; each request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build(tree_places)
        transaction.set_rollback(True)


class Answer:
    """What a request gave, and what it did to the database before it was rolled back."""

    def __init__(self, somebody, method, path):
        client = Client()
        if somebody:
            client.cookies.load(somebody.cookies)
        self.written, self.recorded = [], 0
        with transaction.atomic():
            before = AuditEntry.objects.count()
            with connection.execute_wrapper(self._watch):
                self.response = client.generic(method, path)
            self.recorded = AuditEntry.objects.count() - before
            transaction.set_rollback(True)
        self.status = self.response.status_code
        body = b"".join(self.response) if self.response.streaming else self.response.content
        self.text = body.decode(errors="replace") + str(dict(self.response.headers))

    def _watch(self, execute, sql, params, many, context):
        verb, _space, rest = sql.partition(" ")
        if verb in ("INSERT", "UPDATE", "DELETE") and not any(name in rest[:60] for name in BOOKKEEPING):
            self.written.append(sql[:80])
        return execute(sql, params, many, context)


def leaks(somebody, house, answer, address):
    """Canaries in the answer that the principal may not see."""
    for target in house.targets.values():
        allowed = house.may_be_named(somebody, target, address)
        for what, text, fine in (
            ("number", target.number, False),
            ("name", target.canary, allowed),
            ("last digits", f"•••• {target.number[-4:]}", sees(somebody, target, (Matter.NAMES, Matter.NUMBER))),
        ):
            if text in answer.text and not fine:
                yield f"leaks the {what} of {target.name}"


def expected(address, method, somebody, target, house):
    """What the roles say of one cell."""
    door = address.doors.get(method)
    if door is None:
        return "no method"
    if door.public:
        return "public"
    if somebody is None:
        return "sign in"
    if not passes(door, somebody) or house.barred(somebody, target, address):
        return "forbidden"
    if samples.scoped(address.name, address.parts) and not house.reaches(somebody, target, address):
        return "not found"
    return "admitted"


def to_sign_in(answer):
    return answer.status == 401 or (answer.status == 302 and "/masuk/" in answer.response["Location"])


FITS = {
    "no method": lambda answer: answer.status == 405,
    "public": lambda answer: answer.status < 500,
    "sign in": to_sign_in,
    "forbidden": lambda answer: answer.status == 403,
    "not found": lambda answer: answer.status == 404,
    "admitted": lambda answer: answer.status < 500 and answer.status not in (401, 403, 404, 405),
}


def wrong(address, method, somebody, target, house):
    """What is wrong with one cell, in words; nothing when it is as the roles say."""
    parts = {part: samples.sample(address.name, part, target) for part in address.parts}
    answer = Answer(somebody, method, reverse(address.name, kwargs=parts))
    yield from leaks(somebody, house, answer, address)
    due = expected(address, method, somebody, target, house)
    deeper = samples.DEEPER.get((address.name, method)) == answer.status or address.name.startswith(samples.OWN)
    if not FITS[due](answer) and not (due == "admitted" and deeper):
        yield f"{due} expected, {answer.status} came"
    of_families = address.name.partition(":")[0] not in world.OFFICES
    if of_families and not answer.recorded and any(one.canary in answer.text for one in house.targets.values()):
        yield "a reading that is not in the trail"
    if answer.written and answer.status >= 400:
        yield f"refused and yet wrote: {answer.written[:2]}"
    if answer.written and not answer.recorded:
        yield f"wrote without a word in the trail: {answer.written[:2]}"


def cells(address, house):
    """(method, principal, target) to ask. Who is stopped wherever he asks is asked at one place and at one that exists
    nowhere; where nobody is asked who he is, two principals stand for all; a method without a door is refused before
    anybody is looked at. On PostgreSQL the same rules ask in another dialect (the walls have tests of their own, in the
    role of the app): there everybody asks at two places."""
    everywhere = [*house.targets.values(), UNKNOWN]
    targets = everywhere if samples.scoped(address.name, address.parts) else everywhere[:1]
    everybody = [None, *house.people.values()]
    for method in ("GET", "POST"):
        door = address.doors.get(method)
        asking = everybody if door and not door.public else [None, house.people["cadre"], house.people["family office"]]
        for somebody in asking:
            stopped = stopped_everywhere(door, somebody, targets, address, house)
            few = len(targets) > 1 and (stopped or connection.vendor == "postgresql")
            for target in (targets[0], targets[-1]) if few else targets:
                yield method, somebody, target


def stopped_everywhere(door, somebody, targets, address, house):
    """Whether this one hears no, or to sign in, whatever the place."""
    if door is None or somebody is None:
        return not (door and door.public)
    return not passes(door, somebody) or all(house.barred(somebody, target, address) for target in targets)


def passes(door, somebody):
    """Whether the door lets this one as far as the question of place."""
    return not door.permission or door.permission in somebody.actor.role.may


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_everybody_gets_what_the_roles_say_and_no_more(house, address):
    found = {}
    for method, somebody, target in cells(address, house):
        cell = f"{method} {somebody.name if somebody else 'anonymous'} -> {getattr(target, 'name', target)}"
        for said in wrong(address, method, somebody, target, house):
            found.setdefault(said, []).append(cell)
    said = [f"{what}: {len(where)} cells, such as {', '.join(where[:4])}" for what, where in found.items()]
    assert not said, "\n".join(said)


def test_every_method_is_get_or_post():
    assert {method for address in ADDRESSES for method in address.doors} <= {"GET", "HEAD", "POST"}


def test_every_part_of_every_address_is_known():
    unknown = []
    for address in ADDRESSES:
        for part in address.parts:
            try:
                samples.sample(address.name, part, UNKNOWN)
            except KeyError:
                unknown.append((address.name, part))
    assert unknown == []

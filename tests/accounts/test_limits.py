"""How often a password may be guessed, and that nobody is shut out by somebody else's guesses."""

from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.accounts import actions
from balai.accounts.rules import limits
from balai.accounts.views.guessing import hashed_name
from balai.base.errors import NotAllowed
from tests.accounts.signing import PASSWORD, now, try_password, with_password
from tests.people import actor, person

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
WRONG = "bukan ini kata sandinya"


def ago(*minutes):
    return [NOON - timedelta(minutes=one) for one in minutes]


@pytest.mark.parametrize(
    ("here", "name", "address", "known", "free_in"),
    [
        ((), (), (), False, None),
        ((1, 2, 3, 4), (1, 2, 3, 4), (1, 2, 3, 4), False, None),
        ((1, 2, 3, 4, 5), (1, 2, 3, 4, 5), (1, 2, 3, 4, 5), True, 10),
        ((1, 2, 3, 4, 14), (), (), False, 1),
        ((1, 2, 3, 4, 15), (), (), False, None),
        ((), [2] * 30, (), False, None),
        ((), [0.5] * 30, (), False, 0.5),
        ((), [0.5] * 30, (), True, None),
        ((), [0.5] * 29, (), False, None),
        ((), (), [59] * 100, True, 1),
        ((), (), [60] * 100, True, None),
        ((), (), [1] * 99, True, None),
    ],
)
def test_when_the_next_try_is_free(here, name, address, known, free_in):
    until = limits.next_try_at(ago(*here), ago(*name), ago(*address), known=known, at=NOON)
    assert until == (None if free_in is None else NOON + timedelta(minutes=free_in))


@given(st.lists(st.integers(0, 3600), max_size=40), st.integers(1, 10))
def test_a_lock_is_over_when_it_says_so_and_not_before(seconds, failures):
    limit = limits.Limit(failures, timedelta(minutes=15))
    failed = [NOON - timedelta(seconds=one) for one in seconds]
    until = limit.free_at(failed, NOON)
    if until is None:
        assert sum(one < 900 for one in seconds) < failures
    else:
        assert NOON < until <= NOON + limit.within
        assert limit.free_at(failed, until) is None
        assert limit.free_at(failed, until - timedelta(microseconds=1)) is not None


def fail(client, username, times, **headers):
    return [try_password(client, username, WRONG, **headers) for _try in range(times)]


def an_hour_earlier():
    AccessFailureLog.objects.update(attempt_time=now() - timedelta(hours=1))


@pytest.mark.django_db
class TestTheLock:
    def test_the_sixth_try_is_locked_even_with_the_right_password_and_says_until_when(self, client):
        account = with_password()
        assert {answer.status_code for answer in fail(client, account.username, 5)} == {200}
        answer = try_password(client, account.username)
        assert answer.status_code == 429
        until = timezone.localtime(AccessFailureLog.objects.earliest("attempt_time").attempt_time)
        assert f"{until + timedelta(minutes=15):%H.%M}" in answer.text
        assert "/undangan" in answer.text
        assert 800 < int(answer["Retry-After"]) <= 900
        assert "_auth_user_id" not in client.session
        assert AuditEntry.objects.filter(deed="account.lock", subject=str(account.pk)).count() == 1

    def test_an_unknown_name_is_locked_in_the_same_way(self, client):
        fail(client, "tidak.ada", 5)
        assert try_password(client, "tidak.ada").status_code == 429
        assert not AuditEntry.objects.filter(deed="account.lock").exists()

    def test_tries_while_locked_do_not_make_it_longer(self, client):
        account = with_password()
        fail(client, account.username, 9)
        assert AccessFailureLog.objects.count() == 5
        an_hour_earlier()
        assert try_password(client, account.username).status_code == 302

    def test_other_names_and_other_addresses_go_on(self, client):
        account, other = with_password(), with_password()
        fail(client, account.username, 5)
        assert try_password(client, other.username).status_code == 302
        client.post("/keluar/")
        assert try_password(client, account.username, REMOTE_ADDR="10.1.1.1").status_code == 302

    def test_a_forged_address_is_of_no_use(self, client):
        account = with_password()
        for number in range(5):
            fail(client, account.username, 1, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
        assert try_password(client, account.username, HTTP_X_FORWARDED_FOR="10.9.9.9").status_code == 429

    def test_behind_our_own_proxies_only_what_they_add_counts(self, client, settings):
        settings.PROXIES = 1
        account = with_password()
        for number in range(5):
            fail(client, account.username, 1, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 36.1.1.1")
        assert try_password(client, account.username, HTTP_X_FORWARDED_FOR="1.2.3.4, 36.1.1.1").status_code == 429
        assert try_password(client, account.username, HTTP_X_FORWARDED_FOR="36.1.1.1, 36.2.2.2").status_code == 302

    def test_a_hundred_failures_lock_an_address_for_every_name(self, client):
        account = with_password()
        AccessFailureLog.objects.bulk_create(
            AccessFailureLog(username=f"{number}", ip_address="127.0.0.1") for number in range(100)
        )
        assert try_password(client, account.username).status_code == 429

    def test_many_addresses_slow_a_name_down_but_not_where_it_is_at_home(self, client):
        account = with_password()
        try_password(client, account.username, REMOTE_ADDR="10.5.5.5")
        client.post("/keluar/")
        AccessFailureLog.objects.bulk_create(
            AccessFailureLog(username=hashed_name(account.username), ip_address=f"10.0.0.{number}")
            for number in range(30)
        )
        assert try_password(client, account.username, REMOTE_ADDR="10.6.6.6").status_code == 429
        assert try_password(client, account.username, REMOTE_ADDR="10.5.5.5").status_code == 302

    def test_the_failures_are_forgotten_after_a_success_from_there(self, client):
        account = with_password()
        fail(client, account.username, 4)
        assert try_password(client, account.username).status_code == 302
        client.post("/keluar/")
        assert {one.status_code for one in fail(client, account.username, 4)} == {200}

    def test_what_was_typed_as_a_name_is_kept_only_as_a_keyed_hash(self, client):
        fail(client, "kata sandi di kolom keliru", 2)
        row = AccessFailureLog.objects.first()
        kept = " ".join(str(value) for value in row.__dict__.values())
        assert "kolom" not in kept
        assert WRONG not in kept
        assert not AccessAttempt.objects.exists()

    def test_an_officer_opens_the_lock_and_a_colleague_of_elsewhere_does_not(self, client, tree):
        account = with_password("field_officer", "16.05.02")
        officer, elsewhere = person("family_office", "16.05"), person("family_office", "61.04")
        fail(client, account.username, 5)
        known = {"at": now(), "account": account, "kept_name": hashed_name(account.username)}
        with pytest.raises(NotAllowed):
            actions.unlock(by=actor(elsewhere), **known)
        assert actions.unlock(by=actor(officer), **known) == 5
        assert try_password(client, account.username).status_code == 302

    def test_a_known_and_an_unknown_name_take_the_same_time(self, client):
        account = with_password()
        known, unknown = [], []
        for number in range(7):
            known.append(taken(lambda: try_password(client, account.username, WRONG)))
            unknown.append(taken(lambda number=number: try_password(client, f"tidak.ada{number}", WRONG)))
            an_hour_earlier()
        assert abs(median(known) - median(unknown)) < 0.02


def taken(deed):
    """Processor seconds: what else the machine does is no part of it."""
    begun = process_time()
    deed()
    return process_time() - begun


def test_the_password_of_the_tests_is_a_good_one():
    assert len(PASSWORD) >= 12

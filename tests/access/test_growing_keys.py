"""Keys of rows that are poured."""

from datetime import UTC, datetime, timedelta

from balai.access.models import growing_keys, lasting_key

AT = datetime(2026, 1, 1, tzinfo=UTC)
MILLION = 1_000_000


def test_keys_of_a_load_grow_from_part_to_part():
    keys = [*growing_keys(AT, 0, 300), *growing_keys(AT, 300, 300), *growing_keys(AT, 5 * MILLION, 3)]
    assert keys == sorted(keys)
    assert len(set(keys)) == 603


def test_a_later_load_goes_on_after_an_earlier_one():
    (before,), (after,) = growing_keys(AT, 900 * MILLION, 1), growing_keys(AT + timedelta(milliseconds=1), 0, 1)
    assert before < after


def test_two_loads_of_one_moment_share_no_key():
    assert not {*growing_keys(AT, 0, 1000)} & {*growing_keys(AT, 0, 1000)}


def test_keys_are_uuids_of_version_7_of_their_moment():
    for key in growing_keys(AT, 4_000 * MILLION, 5):
        assert key.version == 7
        assert key.variant == "specified in RFC 4122"
        assert key.int >> 80 == AT.timestamp() * 1000


def test_a_load_of_nothing_has_no_key():
    assert list(growing_keys(AT, 0, 0)) == []


def test_a_lasting_key_is_the_same_at_every_try_and_another_for_every_name():
    one = lasting_key(AT, 7, "a list, family 7")
    assert one == lasting_key(AT, 7, "a list, family 7") != lasting_key(AT, 7, "another list, family 7")


def test_lasting_keys_grow_with_their_numbers_among_the_others():
    keys = [
        key for number in range(300) for key in (*growing_keys(AT, 2 * number, 1), lasting_key(AT, 2 * number + 1, "a"))
    ]
    assert keys == sorted(keys)
    assert {key.version for key in keys} == {7}

"""The rules of accounts to the letter: every bound from both sides, every sentence as it is read."""

import hmac
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from balai.access.rules import PUBLIC, ROLES, Actor, AgencyKind, Permission, Reach, Role
from balai.accounts.rules import agents, clocks, codes, granting, lifetimes, limits, naming, own, pins, ranges
from balai.accounts.rules.granting import Terms
from balai.base.errors import NotAllowed, NotValid, Problem

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
ME, OTHER = UUID(int=1), UUID(int=2)
TODAY, LATER = date(2026, 11, 22), date(2026, 12, 1)


def said(deed, *given, kind=NotValid, **more):
    with pytest.raises(Problem) as refusal:
        deed(*given, **more)
    assert type(refusal.value) is kind
    return str(refusal.value)


# ---- what a browser calls itself


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Firefox", "Firefox"), ("Android", "Android"), ("Android Firefox", "Firefox, Android"),
        ("a" * 41, "a" * 40), (" " * 40 + "x", "?"), ("  x", "x"), ("Mac OS X iPad", "iPad"),
    ],
)  # fmt: skip
def test_a_browser_is_named_by_what_is_known_of_it(agent, name):
    assert agents.known_as(agent) == name


# ---- clocks


@pytest.mark.parametrize("step", [-20, -19, -3, -2, 2, 3, 19, 20])
def test_a_wrong_clock_is_recognised_within_ten_minutes(step):
    assert clocks.step_of("x", lambda at: "x" if at == 1000 + step else "y", 1000) == step


@pytest.mark.parametrize("step", [-21, -1, 0, 1, 21])
def test_nearer_than_that_is_right_and_farther_is_unknown(step):
    assert clocks.step_of("x", lambda at: "x" if at == 1000 + step else "y", 1000) is None


def test_a_clock_behind_is_thought_of_before_a_clock_ahead():
    assert clocks.step_of("x", lambda at: "x", 1000) == -2


@pytest.mark.parametrize(
    ("step", "minutes"), [(1, 1), (-1, -1), (0, -1), (2, 1), (-2, -1), (5, 2), (6, 3), (20, 10), (-20, -10)]
)
def test_a_wrong_clock_is_told_in_whole_minutes(step, minutes):
    assert clocks.minutes(step) == minutes


# ---- one-time codes


def test_a_code_is_eight_of_the_letters_and_read_in_two_halves():
    taken = iter("23456789")
    asked = []
    assert codes.drawn(lambda letters: asked.append(letters) or next(taken)) == "23456789"
    assert asked == [codes.LETTERS] * 8
    assert codes.shown("ABCDEFGH") == "ABCD-EFGH"


def test_what_was_typed_is_read_without_case_dashes_and_letters_that_no_code_has():
    assert codes.tidy(" abcd-2345o0 ") == "ABCD2345"


def test_a_code_is_kept_as_it_was_yesterday():
    expected = hmac.new("ké".encode(), b"balai one-time code:ABCD2345", sha256).hexdigest()
    assert codes.digest("abcd-2345", "ké") == expected


@pytest.mark.parametrize(
    ("used", "left", "tries", "state"),
    [
        (None, 1, 0, "live"), (None, 1, 4, "live"), (None, 1, 5, "tried"), (None, 1, 6, "tried"),
        (None, 0, 0, "expired"), (None, -1, 9, "expired"), (NOON, 1, 0, "used"), (NOON, 0, 9, "used"),
    ],
)  # fmt: skip
def test_what_a_code_is_still_good_for(used, left, tries, state):
    found = codes.state(used_at=used, expires_at=NOON + timedelta(seconds=left), tries=tries, at=NOON)
    assert found == state


# ---- who gives what


def giver(role="family_office", agency=None, account=ME, place="16"):
    return Actor("account:x", ROLES[role], ((place, place + "/"),), agency, account=account)


def terms(role="cadre", to_on=None, agency=None, region="16.05"):
    return Terms(ROLES[role], region, TODAY, to_on, agency)


def test_why_a_grant_cannot_be_is_said_in_full():
    assert said(granting.must_fit, terms("nation"), Reach.PROVINCE) == (
        "Peran Nasional tidak diberikan untuk wilayah setingkat ini. Pilih wilayah yang sesuai dengan perannya."
    )
    kind = "Jenis instansi wajib dipilih untuk petugas instansi lain, dan hanya untuk peran itu."
    assert said(granting.must_fit, terms("agency_officer"), Reach.KABUPATEN) == kind
    assert said(granting.must_fit, terms("nation", agency=AgencyKind.HEALTH), Reach.NATION) == kind
    assert said(granting.must_fit, terms("nation", to_on=date(2026, 11, 21)), Reach.NATION) == (
        "Tanggal berakhir mendahului tanggal mulai. Perbaiki salah satunya."
    )
    granting.must_fit(terms("nation", to_on=TODAY), Reach.NATION)
    granting.must_fit(terms("agency_officer", agency=AgencyKind.OTHER), Reach.KABUPATEN)


def test_why_a_grant_is_not_given_is_said_in_full():
    def give(by, terms, to=OTHER, last_day=None, kind=NotAllowed):
        return said(granting.must_be_givable, by, terms, to=to, last_day=last_day, kind=kind)

    assert give(giver("cadre"), terms()) == "account:x tidak berwenang untuk account.manage di wilayah 16.05."
    assert give(giver(place="17"), terms()) == "account:x tidak berwenang untuk account.manage di wilayah 16.05."
    assert give(giver(), terms(), to=ME) == (
        "Tidak seorang pun memberi peran kepada dirinya sendiri. Mintalah petugas di atas Anda."
    )
    assert give(giver(), terms("province")) == "Peran Anda tidak dapat memberikan peran Provinsi."
    longest = "Paling lama sampai 2026-12-01, hari terakhir penugasan Anda sendiri."
    assert give(giver(), terms(), last_day=LATER, kind=NotValid) == longest
    assert give(giver(), terms(to_on=date(2026, 12, 2)), last_day=LATER, kind=NotValid) == longest
    for last_day, to_on in ((LATER, LATER), (LATER, TODAY), (None, None), (None, LATER)):
        granting.must_be_givable(giver(), terms(to_on=to_on), to=OTHER, last_day=last_day)


@pytest.mark.parametrize(
    ("by", "role", "region", "agency", "may"),
    [
        (giver(), "cadre", "16.05", None, True), (giver(), "cadre", "17", None, False),
        (giver(), "province", "16.05", None, False), (giver("cadre"), "cadre", "16", None, False),
        (giver(), "agency_officer", "16.05", AgencyKind.HEALTH, True),
    ],
)  # fmt: skip
def test_who_may_appoint(by, role, region, agency, may):
    assert granting.may_appoint(by, role, region, agency) is may


@pytest.mark.parametrize(("agency", "may"), [(AgencyKind.HEALTH, True), (AgencyKind.SOCIAL, False), (None, False)])
def test_who_belongs_to_an_agency_appoints_for_it_alone(agency, may):
    role = Role(
        "x", frozenset({Permission.ACCOUNT_MANAGE}), by_agency=ROLES["agency_officer"].by_agency,
        hands_out=frozenset({"agency_officer"}),
    )  # fmt: skip
    by = Actor("x", role, agency=AgencyKind.HEALTH)
    assert granting.may_appoint(by, "agency_officer", "16.05", agency) is may
    given = terms("agency_officer", agency=agency)
    if may:
        granting.must_be_givable(by, given, to=OTHER, last_day=None)
    else:
        assert said(granting.must_be_givable, by, given, to=OTHER, last_day=None, kind=NotAllowed) == (
            "Peran Anda tidak dapat memberikan peran Petugas instansi lain."
        )


@pytest.mark.parametrize(
    ("by", "account", "held", "may"),
    [
        (giver(), OTHER, [("cadre", "16.05", None)], True), (giver(), ME, [("cadre", "16.05", None)], False),
        (giver(), OTHER, [("cadre", "16.05", None), ("cadre", "17", None)], False), (giver(), OTHER, [], True),
        (giver("village_head"), OTHER, [], False), (giver(), OTHER, [("province", "16", None)], False),
    ],
)  # fmt: skip
def test_who_may_look_after_a_whole_account(by, account, held, may):
    assert granting.may_govern(by, account, held) is may


# ---- how long a sign-in lasts


@pytest.mark.parametrize(
    ("began", "seen", "on_device", "ended"),
    [
        ((11, 59), (0, 29), False, None), ((11, 59), (0, 30), False, "idle"), ((12, 0), (0, 0), False, "at_most"),
        ((12, 0), (9, 0), True, None), ((20, 0), (12, 0), True, "idle"), ((336, 0), (0, 0), True, "at_most"),
        ((335, 59), (11, 59), True, None), ((12, 0), (12, 0), False, "at_most"),
    ],
)  # fmt: skip
def test_when_a_sign_in_is_over(began, seen, on_device, ended):
    (hours, minutes), (idle_hours, idle) = began, seen
    found = lifetimes.ended(
        began_at=NOON - timedelta(hours=hours, minutes=minutes),
        seen_at=NOON - timedelta(hours=idle_hours, minutes=idle),
        on_device=on_device,
        at=NOON,
    )
    assert found == ended


# ---- how often a password may be tried


def test_the_next_try_is_free_when_the_oldest_of_the_last_has_passed():
    limit = limits.Limit(2, timedelta(minutes=10))
    failed = [NOON - timedelta(minutes=minutes) for minutes in (1, 9, 5, 10)]
    assert limit.free_at(failed, NOON) == NOON + timedelta(minutes=5)
    assert limit.free_at(failed[:1], NOON) is None
    assert limit.free_at([*failed[:1], failed[3]], NOON) is None


def test_of_several_waits_the_longest_counts():
    here = [NOON - timedelta(minutes=5)] * 5
    address = [NOON - timedelta(minutes=10)] * 100
    name = [NOON - timedelta(seconds=1)] * 30
    free = limits.next_try_at
    assert free(here, name, [], known=False, at=NOON) == NOON + timedelta(minutes=10)
    assert free(here, [], address, known=True, at=NOON) == NOON + timedelta(minutes=50)
    assert free([], name, [], known=False, at=NOON) == NOON + timedelta(seconds=59)
    assert free([], name, [], known=True, at=NOON) is None
    slow = [NOON - timedelta(minutes=2)] * 30
    assert free([], slow, [], known=False, at=NOON) is None


# ---- names and numbers


NO_NAME = "Tulis nama orangnya, paling panjang 120 huruf."


def test_a_name_is_kept_in_one_way():
    assert naming.tidy_name("  Siti \n Aminah ") == "Siti Aminah"
    assert naming.tidy_name("e\u0301") == "\u00e9"
    assert naming.tidy_name("x" * 120) == "x" * 120
    assert [said(naming.tidy_name, text) for text in ("", " ", "x" * 121, "a\u202eb")] == [NO_NAME] * 4


def test_a_user_name_is_kept_in_small_letters():
    assert naming.tidy_username("  Siti.A-1_b ") == "siti.a-1_b"
    assert said(naming.tidy_username, " Siti A ") == (
        "Nama akun “Siti A” tidak dapat dipakai: 3–40 huruf kecil, angka, titik, atau garis, tanpa spasi."
    )
    assert naming.tidy_username("a" * 40) == "a" * 40


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812-3456-7890", "+6281234567890"), ("+6281234567890", "+6281234567890"), ("6281234567890", "+6281234567890"),
        ("(0736) 12.34.56", "+62736123456"), (" ", ""), ("", ""), ("-", ""), ("00123456", "+620123456"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_kept_with_its_country(typed, kept):
    assert naming.tidy_phone(typed) == kept


def test_a_telephone_number_that_cannot_be_is_told_as_typed():
    assert said(naming.tidy_phone, " 12 x ") == "Nomor telepon “12 x” tidak lengkap. Contoh: 0812-3456-7890."


@pytest.mark.parametrize(
    ("name", "taken", "suggested"),
    [
        ("Siti Aminah, S.Sos, M.Si", (), "siti.aminah"), ("A, Bcd", (), "petugas.a"), (", Bcd", (), "petugas"),
        ("Abc", (), "abc"), ("Ab", (), "petugas.ab"), ("Dé-Ja Vu 2", (), "de.ja.vu.2"), ("a" * 31, (), "a" * 30),
        ("a" * 29 + " b", (), "a" * 29), ("Abc", ("abc",), "abc2"), ("Abc", ("abc", "abc2", "abc3"), "abc4"),
        ("龍 Abc", (), "abc"),
    ],
)  # fmt: skip
def test_a_user_name_is_suggested(name, taken, suggested):
    assert naming.suggested_username(name, set(taken)) == suggested


def test_a_reason_is_needed_and_cut():
    assert said(naming.tidy_reason, " \n ") == "Tulis alasannya."
    assert naming.tidy_reason(" a \n b ") == "a b"
    assert naming.tidy_reason("x" * 301) == "x" * 300


# ---- one's own account


def test_only_the_owner_does_what_is_one_s_own():
    own.require(own.oneself(ME), ME)
    assert said(own.require, own.oneself(ME), OTHER, kind=NotAllowed) == (
        "Hanya pemilik akun yang dapat melakukan ini."
    )
    assert own.oneself(ME) == Actor(f"account:{ME}", PUBLIC, (), account=ME, assurance=0)


# ---- PINs


COUNT = "PIN terdiri dari 6 angka. Tulis enam angka tanpa spasi."
EASY = "PIN ini mudah ditebak (angka berulang atau berurutan). Pilih enam angka lain."
DAY = "PIN ini terbaca sebagai tanggal, seperti tanggal lahir. Pilih enam angka lain."


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("27491", COUNT), ("2749166", COUNT), ("27491a", COUNT), ("٢٧٤٩١٦", COUNT), ("", COUNT),
        ("112122", EASY), ("274274", EASY), ("272727", EASY), ("012345", EASY), ("246802", None), ("135790", None),
        ("975310", None), ("864209", None), ("273849", None), ("987654", EASY), ("654321", EASY), ("234567", EASY),
        ("274916", None), ("311299", DAY), ("991231", DAY), ("290200", DAY), ("290201", DAY), ("310499", None),
        ("993104", None), ("000198", None), ("131399", None), ("272794", None), ("942727", None),
        ("273827", None), ("274275", None), ("012798", None), ("320199", None), ("980127", DAY), ("270198", DAY),
    ],
)  # fmt: skip
def test_which_pin_is_too_easy_and_why(pin, why):
    if why is None:
        pins.must_be_hard_to_guess(pin)
    else:
        assert said(pins.must_be_hard_to_guess, pin) == why


def test_a_token_is_kept_as_its_hash():
    assert pins.token_digest("é") == sha256("é".encode()).hexdigest()


# ---- ranges


@pytest.mark.parametrize(
    ("spans", "fewest"),
    [
        ([], ()), ([("c", "d"), ("a", "b")], (("a", "b"), ("c", "d"))), ([("a", "b"), ("b", "c")], (("a", "c"),)),
        ([("a", "z"), ("b", "c")], (("a", "z"),)), ([("a", "c"), ("b", "z")], (("a", "z"),)),
        ([("a", "b"), ("c", "d"), ("d", "e"), ("y", "z")], (("a", "b"), ("c", "e"), ("y", "z"))),
    ],
)  # fmt: skip
def test_spans_are_joined(spans, fewest):
    assert ranges.union(iter(spans)) == fewest


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ([("a", "c")], [("b", "d")], (("b", "c"),)), ([("a", "b")], [("b", "c")], ()),
        ([("a", "z")], [("b", "c"), ("d", "e")], (("b", "c"), ("d", "e"))), ([("a", "b"), ("d", "e")], [("a", "z")],
                                                                             (("a", "b"), ("d", "e"))),
        ([("a", "a")], [("a", "b")], ()),
    ],
)  # fmt: skip
def test_what_two_scopes_share(one, other, both):
    assert ranges.common(iter(one), iter(other)) == both

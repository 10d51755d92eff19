"""What an entry may hold, and how entries hang together: without a database."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.access.rules import ROLES, STRANGER, Actor, AgencyKind, Matter, asked, trail
from balai.access.rules.chain import Damage, Walk
from balai.access.rules.deeds import hat_title

NIK = "1605024107" + "900001"
MASK = "•••• •••• •••• 0001"
AT = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
SAID = {
    "at": AT, "by": "account:x", "hat": "cadre", "device": None, "deed": "family.add", "region": "76.05.03.2024",
    "subject": "s", "matters": "names", "detail": "{}", "kept": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("region", "shard"),
    [("", ""), ("76", ""), ("76.05", "76.05"), ("76.05.03.2024.r1", "76.05"), ("76.71.01", "76.71")],
)
def test_every_kabupaten_has_a_chain_of_its_own(region, shard):
    assert trail.shard_of(region) == shard


def test_a_hat_is_the_role_and_its_agency():
    assert trail.hat_of(STRANGER) == "public"
    assert trail.hat_of(Actor("x", ROLES["agency_officer"], agency=AgencyKind.HEALTH)) == "agency_officer@health"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", "Siti", "Siti"),
        ("nik", NIK, MASK),
        ("nik", NIK[3:], MASK),
        ("old_kk", int(NIK), MASK),
        ("nik", "12", "•••"),
        ("remark", f"NIK {NIK}.", f"NIK {MASK}."),
        ("remark", "1605 0241 0790 0001", MASK),
        ("remark", "160502-410790-0001", MASK),
        ("count", int(NIK), MASK),
        ("count", 3, 3),
        ("share", 0.5, 0.5),
        ("yes", True, True),
        ("nik", None, None),
        ("nik", "", ""),
        ("password", "rahasia", "•••"),
        ("totp_seed", "JBSWY3DP", "•••"),
        ("photo", b"\x00", "•••"),
        ("born_on", date(2020, 1, 2), "2020-01-02"),
        ("id", UUID(int=7), str(UUID(int=7))),
        ("matter", Matter.NAMES, "names"),
        ("regions", ("76", "77"), ["76", "77"]),
        ("person", {"nik": [NIK], "pin": "1234", 5: "x"}, {"nik": [MASK], "pin": "•••", "5": "x"}),
        ("village", "16.05.02.2001 2025-11", "16.05.02.2001 2025-11"),
        ("batch", "a" + NIK, "a" + NIK),
    ],
)
def test_secrets_never_stand_in_the_trail_and_numbers_by_their_last_four(field, value, kept):
    assert trail.masked(value, field) == kept


@given(st.text(), st.text(), st.sampled_from(["", " ", "-", "."]))
def test_no_number_of_identity_survives_in_text(before, after, between):
    number = between.join([NIK[:4], NIK[4:8], NIK[8:12], NIK[12:]])
    assert number not in trail.masked(f"{before} {number} {after}")


@pytest.mark.parametrize(
    ("deed", "given_", "subjects", "changes", "found"),
    [
        ("family.view", (Matter.POVERTY,), ["x"], {}, (Matter.POVERTY,)),
        ("family.view", (), ["x"], {}, (Matter.NAMES,)),
        ("number.reveal", (), ["x"], {}, (Matter.NUMBER,)),
        ("account.suspend", (), ["x"], {}, (Matter.STAFF,)),
        ("kampung.register", (), [], {}, (Matter.VILLAGE,)),
        ("regions.load", (), [], {}, ()),
        ("person.correct", (), ["x"], {"nik": ("a", "b")}, (Matter.NAMES, Matter.NUMBER)),
    ],
)
def test_what_a_deed_is_about(deed, given_, subjects, changes, found):
    assert trail.matters_of(deed, given_, subjects, changes) == found


def test_only_families_and_persons_are_personal():
    assert trail.is_personal([Matter.STAFF, Matter.NAMES])
    assert not trail.is_personal([Matter.STAFF, Matter.VILLAGE])


def test_the_line_of_an_entry_is_the_same_in_every_zone_of_time():
    line = trail.canonical(**SAID, subjects=["a", "b"])
    jakarta = AT.astimezone(timezone(timedelta(hours=7)))
    assert trail.canonical(**{**SAID, "at": jakarta}, subjects=["a", "b"]) == line
    assert line.startswith('["2026-01-02T03:04:05.000006+00:00","account:x","cadre","",')


@given(st.sampled_from(sorted(set(SAID) - {"at", "device"})), st.text(min_size=1), st.lists(st.text(), max_size=3))
def test_every_part_of_an_entry_is_in_its_line(part, text, subjects):
    line = trail.canonical(**SAID, subjects=subjects)
    assert (trail.canonical(**{**SAID, part: SAID[part] + text}, subjects=subjects)) != line
    assert trail.canonical(**{**SAID, "device": UUID(int=1)}, subjects=subjects) != line
    assert trail.canonical(**{**SAID, "at": AT + timedelta(microseconds=1)}, subjects=subjects) != line
    assert trail.canonical(**SAID, subjects=[*subjects, text]) != line


def test_equal_values_have_different_digests_because_of_the_salt():
    assert trail.digest("", "{}", UUID(int=1)) != trail.digest("", "{}", UUID(int=2))


def test_the_root_is_of_all_heads_in_whatever_order():
    heads = {"76.05": (2, "b"), "": (1, "a")}
    assert trail.root(heads) == trail.root(dict(reversed(heads.items())))
    assert trail.root(heads) != trail.root({**heads, "": (2, "a")})


@pytest.mark.parametrize(
    ("text", "ends", "at"),
    [
        ("2026-03-01", False, "2026-03-01T00:00+07:00"),
        ("2026-03-01", True, "2026-03-02T00:00+07:00"),
        ("2026-03-01T08:30", True, "2026-03-01T08:30+07:00"),
        ("2026-03-01T08:30+00:00", False, "2026-03-01T08:30+00:00"),
    ],
)
def test_a_day_that_ends_a_span_belongs_to_it(text, ends, at):
    assert asked.moment(text, timezone(timedelta(hours=7)), ends=ends) == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    ("hat", "title"), [("cadre", "Kader"), ("public", "Umum"), ("agency_officer@health", "Petugas instansi lain"),
                       ("operator", "Operator server (baris perintah)"), ("gone", "gone")],
)  # fmt: skip
def test_a_hat_has_a_title(hat, title):
    assert hat_title(hat) == title


def chain(length):
    rows, previous = [], ""
    for number in range(1, length + 1):
        previous = trail.link(previous, f"line {number}")
        rows.append((100 + number, number, previous, f"line {number}"))
    return rows


def walked(rows, head=None, seals=(), whole=True):
    walk = Walk("76.05", head, dict(seals))
    for row in rows:
        walk.step(*row, whole=whole)
    walk.end()
    return walk.fault and (walk.fault.number, walk.fault.damage)


def test_a_whole_chain_has_no_fault():
    rows = chain(5)
    assert walked(rows, (5, rows[4][2]), {3: rows[2][2]}) is None


def test_entries_written_while_it_was_read_are_no_fault():
    rows = chain(5)
    assert walked(rows, (3, rows[2][2])) is None


def replaced(rows, at, **parts):
    row = dict(zip(("entry", "number", "stored", "line"), rows[at], strict=True)) | parts
    return [*rows[:at], tuple(row.values()), *rows[at + 1 :]]


@given(st.integers(2, 12), st.data())
def test_the_first_bad_entry_is_named(length, data):
    rows = chain(length)
    head = (length, rows[-1][2])
    at = data.draw(st.integers(0, length - 2))
    cases = {
        (at + 1, Damage.ALTERED): replaced(rows, at, line="other"),
        (at + 1, Damage.MISSING): rows[:at] + rows[at + 1 :],
        (at + 2, Damage.MISPLACED): [*rows[: at + 2], rows[at + 1], *rows[at + 2 :]],
        (at + 2, Damage.CUT): rows[: at + 1],
    }
    assert {told: walked(broken, head) for told, broken in cases.items()} == {told: told for told in cases}
    swapped = [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]
    assert walked(swapped, head) == (at + 1, Damage.MISSING)


def test_values_heads_and_seals_are_compared():
    rows = chain(3)
    last = rows[2][2]
    assert walked(rows, (3, last), whole=False) == (1, Damage.VALUES)
    assert walked(rows, (3, "other")) == (3, Damage.HEAD)
    assert walked(rows, None) == (3, Damage.HEAD)
    assert walked(rows, (3, last), {2: "other"}) == (2, Damage.SEAL)
    assert walked(rows, (3, last), {4: "x"}) == (4, Damage.CUT)
    assert walked([], (2, "x")) == (1, Damage.CUT)


def test_nothing_is_said_after_the_first_fault():
    rows = chain(3)
    walk = Walk("", (3, rows[2][2]))
    assert walk.step(*rows[1], whole=True).number == 1
    assert walk.step(*rows[2], whole=True) is None
    assert walk.end() is None

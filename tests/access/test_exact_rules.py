"""The rules of access to the letter: every sentence as it is read, every hash as it was written yesterday."""

from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest

from balai.access.rules import (
    EVERYWHERE,
    OPERATOR,
    ROLES,
    STRANGER,
    Actor,
    AgencyKind,
    DataClass,
    Matter,
    Permission,
    Reach,
    Right,
    Role,
    appointable,
    described,
    operator,
    require,
    trail,
)
from balai.access.rules.asked import LONGEST, Wanted, account_name, moment, of_breach, of_list
from balai.access.rules.breach import Affected, Reached, affected, table
from balai.access.rules.chain import Damage, Fault, Walk
from balai.access.rules.deeds import reached_data
from balai.base.errors import NotAllowed

WIB = timezone(timedelta(hours=7))
AT = datetime(2026, 3, 1, 1, tzinfo=UTC)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
NIK = "1605024107" + "900001"


@pytest.mark.parametrize(("code", "where"), [("", "Indonesia"), ("16.05", "16.05")])
def test_a_refusal_says_who_what_and_where(code, where):
    with pytest.raises(NotAllowed) as refusal:
        require(STRANGER, Permission.CLASSIFY, code)
    assert refusal.value.message == "%(who)s tidak berwenang untuk %(what)s di wilayah %(where)s."
    assert refusal.value.params == {"who": "", "what": str(Permission.CLASSIFY),
                                    "where": where}  # fmt: skip
    with pytest.raises(NotAllowed, match=r"^pkb tidak berwenang untuk \S+ di wilayah Indonesia\.$"):
        require(Actor("pkb", STRANGER.role), Permission.CLASSIFY)


def test_where_no_place_is_named_the_nation_is_asked_for():
    with pytest.raises(NotAllowed):
        require(Actor("x", OPERATOR, (("16", "16/"),)), Permission.CLASSIFY)


def test_a_range_of_codes_holds_its_beginning_and_not_its_end():
    who = Actor("x", OPERATOR, (("16.05", "16.06"), ("76", "77")))
    assert [who.covers(code) for code in ("16.05", "16.0599", "16.06", "75.9", "76", "77")] == [
        True, True, False, False, True, False,
    ]  # fmt: skip


def test_the_operator_is_named_by_the_system_account():
    assert operator("wati") == Actor("operator:wati", OPERATOR, EVERYWHERE)
    assert operator("wati").assurance == 2


def test_an_agency_that_is_not_named_sees_what_the_least_sees():
    role = ROLES["agency_officer"]
    assert role.right(Matter.NAMES) is role.right(Matter.NAMES, AgencyKind.OTHER)
    assert role.right(Matter.NAMES, AgencyKind.HEALTH) is Right.READ
    assert role.right(Matter.POVERTY, AgencyKind.HEALTH) is Right.NONE
    assert ROLES["cadre"].right(Matter.STAFF) is Right.NONE
    assert Actor("x", role, agency=AgencyKind.HEALTH).right(Matter.NAMES) is Right.READ


def test_who_appoints_appoints_what_the_appointed_may_appoint():
    assert appointable(Role("x", frozenset(), hands_out=frozenset({"province"}))) == {
        "province", "family_office", *ROLES["family_office"].hands_out, *ROLES["field_officer"].hands_out,
        *ROLES["village_editor"].hands_out,
    }  # fmt: skip
    assert appointable(Role("x", frozenset())) == frozenset()


def test_the_facts_of_a_role_are_in_the_order_of_their_lists():
    facts = {one.name: one for one in described()}
    office, cadre, officer = facts["family_office"], facts["cadre"], facts["agency_officer"]
    assert office.gives == ("field_officer", "village_head", "district_head", "agency_officer", "planner")
    assert office.gives_through_others == ("cadre", "companion", "working_group", "village_editor")
    assert office.given_by == ("province",)
    assert office.may == tuple(one for one in Permission if one in ROLES["family_office"].may)
    assert officer.reach == (Reach.KABUPATEN, Reach.KECAMATAN)
    assert list(cadre.rights[None]) == list(Matter)
    assert cadre.rights[None][Matter.NUMBER] is Right.MASKED
    assert tuple(officer.rights) == tuple(ROLES["agency_officer"].by_agency)
    assert officer.rights[AgencyKind.HEALTH][Matter.CHILD_GROWTH] is Right.WRITE
    assert officer.rights[AgencyKind.SOCIAL][Matter.CHILD_GROWTH] is not Right.WRITE
    assert (cadre.title, cadre.second_factor, cadre.assigned) == (
        "Kader", ROLES["cadre"].second_factor, ROLES["cadre"].assigned,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("matters", "deeds", "data"),
    [
        (set(), {"family.view"}, []),
        ({Matter.NUMBER}, {"family.view"}, ["empat angka terakhir nomor NIK atau KK"]),
        ({Matter.NUMBER}, {"family.view", "number.reveal"}, ["nomor NIK atau KK"]),
        ({Matter.NUMBER}, {"numbers.x"}, ["empat angka terakhir nomor NIK atau KK"]),
        ({Matter.POVERTY, Matter.HEALTH}, {"number.reveal"}, ["kesehatan dan kehamilan", "status kemiskinan"]),
    ],
)
def test_what_was_reached_is_said_in_words(matters, deeds, data):
    assert reached_data(matters, deeds) == data


# ---- what is asked of the trail


def wrong(asked):
    return {key: str(said) for key, said in asked.wrong.items()}


NO_NUMBERS = "Nomor NIK atau KK tidak dicari di sini. Cari keluarganya, lalu pakai kode keluarganya."
NO_DAY = "“kemarin” bukan tanggal. Tulis seperti 2026-11-22."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"perbuatan": "A b"}, {"perbuatan": "“A b” bukan nama perbuatan."}),
        ({"wilayah": "76.5"}, {"wilayah": "“76.5” bukan kode wilayah, misalnya 76.05.03."}),
        ({"dari": "kemarin", "sampai": "kemarin"}, {"dari": NO_DAY, "sampai": NO_DAY}),
        ({"dari": "2026-03-02", "sampai": "2026-03-01"}, {"sampai": "Akhir rentang harus sesudah awalnya."}),
        ({"dari": "2026-03-02T00:00", "sampai": "2026-03-02T00:00"},
         {"sampai": "Akhir rentang harus sesudah awalnya."}),
        ({"dari": "2026-03-02", "sampai": "2026-03-02"}, {}),
        (dict.fromkeys(("akun", "perbuatan", "wilayah", "perihal", "dari", "sampai"), NIK),
         dict.fromkeys(("akun", "perbuatan", "wilayah", "perihal", "dari", "sampai"), NO_NUMBERS)),
        ({"sampai": "9999-12-31"}, {"sampai": "“9999-12-31” bukan tanggal. Tulis seperti 2026-11-22."}),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_filter_is_said_in_full(given, said):
    asked = of_list(given, WIB)
    assert wrong(asked) == said
    assert (asked.wanted.deed, asked.wanted.region) == ("", "")
    for key in said:
        assert asked.typed[key] == ("" if said[key] == NO_NUMBERS else given[key])


def test_a_filter_means_what_was_typed():
    given = {
        "akun": f" {ONE} ", "perbuatan": "family.view", "wilayah": "76.05.03.2024.r1", "perihal": "meja",
        "dari": "2026-03-01", "sampai": "2026-03-02T08:30", "sebelum": "17", "lain": "x",
    }  # fmt: skip
    asked = of_list(given, WIB)
    assert asked.wanted == Wanted(
        account=f"account:{ONE}", deed="family.view", region="76.05.03.2024.r1", subject="meja",
        since=datetime(2026, 3, 1, tzinfo=WIB), until=datetime(2026, 3, 2, 8, 30, tzinfo=WIB), before=17,
    )  # fmt: skip
    assert asked.wanted.until.utcoffset() == asked.wanted.since.utcoffset() == timedelta(hours=7)
    assert dict(asked.typed) == {key: text.strip() for key, text in given.items() if key != "lain"}
    assert (dict(asked.wrong), of_list({}, WIB).wanted) == ({}, Wanted())
    assert set(of_list({}, WIB).typed.values()) == {""}


@pytest.mark.parametrize(
    ("typed", "before"),
    [("0", 0), ("9" * 18, int("9" * 18)), ("9" * 19, None), ("-1", None), ("١٢", None), ("²", None), ("", None)],
)
def test_the_place_in_the_list_is_a_number_that_the_database_can_hold(typed, before):
    assert of_list({"sebelum": typed}, WIB).wanted.before == before


def test_what_is_typed_is_cut_at_its_longest():
    assert of_list({"perihal": "a" * (LONGEST + 1)}, WIB).typed["perihal"] == "a" * LONGEST


@pytest.mark.parametrize("text", ["operator:uji", "", "0" * 31])
def test_what_is_no_number_of_an_account_stays_as_it_is(text):
    assert account_name(text) == text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, dict.fromkeys(("akun", "dari", "sampai"), "Isi bagian ini.")),
        ({"akun": "operator:uji", "dari": "kemarin", "sampai": "2026-03-01"}, {"dari": NO_DAY}),
        ({"akun": NIK, "dari": "2026-03-01", "sampai": "2026-03-01"}, {"akun": NO_NUMBERS}),
    ],
)
def test_a_breach_needs_all_three(given, said):
    assert wrong(of_breach(given, WIB)) == said


def test_the_span_of_a_breach_is_written_back_as_its_field_writes_it():
    asked = of_breach({"akun": str(ONE), "dari": "2026-03-01", "sampai": "2026-03-01T20:15:59+00:00"}, WIB)
    assert asked.wanted == Wanted(
        account=f"account:{ONE}", since=datetime(2026, 3, 1, tzinfo=WIB),
        until=datetime(2026, 3, 1, 20, 15, 59, tzinfo=UTC),
    )  # fmt: skip
    assert (asked.typed["dari"], asked.typed["sampai"]) == ("2026-03-01T00:00", "2026-03-02T03:15")
    assert asked.wrong == {}
    further_east = timezone(timedelta(hours=9))
    asked = of_breach({"akun": "x", "dari": "2026-03-01", "sampai": "2026-03-01T20:15:59+00:00"}, further_east)
    assert (asked.typed["dari"], asked.typed["sampai"]) == ("2026-03-01T00:00", "2026-03-02T05:15")
    assert moment("2026-03-01", WIB) == datetime(2026, 3, 1, tzinfo=WIB)


# ---- the list after a breach


def test_a_line_of_the_list_is_gathered_from_all_readings():
    later, last = AT + timedelta(hours=1), AT + timedelta(hours=2, microseconds=1)
    rows = [
        Reached(TWO, "family.view", (Matter.STAFF,), AT, last, 9),
        Reached(ONE, "number.reveal", (Matter.NUMBER, Matter.STAFF), later, last, 2),
        Reached(ONE, "family.view", (Matter.NAMES,), later, later, 3),
        Reached(THREE, "family.view", (Matter.NAMES,), AT, AT, 1),
        Reached(TWO, "family.view", (Matter.NAMES,), later, later, 1),
    ]
    found = affected(rows)
    assert found == [
        Affected(THREE, {Matter.NAMES}, {"family.view"}, AT, AT, 1),
        Affected(ONE, {Matter.NUMBER, Matter.NAMES}, {"number.reveal", "family.view"}, later, last, 5),
        Affected(TWO, {Matter.NAMES}, {"family.view"}, later, later, 1),
    ]
    assert found[1].classes == [DataClass.P3, DataClass.P4]
    assert table(found[:2], timezone(timedelta(hours=9)), str.upper) == (
        ["KELUARGA ATAU ORANG", "KELAS DATA", "DATA", "PERBUATAN", "PERTAMA", "TERAKHIR", "BERAPA KALI"],
        [
            [str(THREE), "P3", "NAMA, ALAMAT, TANGGAL LAHIR, DAN HUBUNGAN KELUARGA", "family.view",
             "2026-03-01 10:00:00+09:00", "2026-03-01 10:00:00+09:00", 1],
            [str(ONE), "P3, P4", "NAMA, ALAMAT, TANGGAL LAHIR, DAN HUBUNGAN KELUARGA, NOMOR NIK ATAU KK",
             "family.view, number.reveal", "2026-03-01 11:00:00+09:00", "2026-03-01 12:00:00+09:00", 5],
        ],
    )  # fmt: skip


def test_a_reading_of_something_personal_and_of_something_else_names_the_personal():
    assert affected([Reached(ONE, "x", (Matter.NAMES, Matter.VILLAGE), AT, AT, 1)])[0].matters == {Matter.NAMES}
    assert affected([Reached(ONE, "x", (Matter.VILLAGE,), AT, AT, 1)]) == []


# ---- what an entry says and how entries hang together


def test_the_line_of_an_entry_is_written_as_it_was_yesterday():
    said = {
        "at": datetime(2026, 3, 1, 8, tzinfo=WIB), "by": "account:x", "hat": "cadre", "device": ONE, "deed": "a.b",
        "region": "76.05", "subject": "é", "matters": "names", "detail": "{}", "kept": "k",
    }  # fmt: skip
    assert trail.canonical(**said, subjects=["p", "q"]) == (
        '["2026-03-01T01:00:00.000000+00:00","account:x","cadre","00000000000000000000000000000001","a.b","76.05",'
        '"\\u00e9","names","{}","k","p","q"]'
    )


def test_the_hashes_are_what_they_were_yesterday():
    assert trail.written({"b": 1, "a": [None, "é"]}) == '{"a":[null,"\\u00e9"],"b":1}'
    assert trail.link("é", "b") == sha256("éb".encode()).hexdigest()
    assert (
        trail.digest("mengapa", "{}", ONE) == sha256(b'["00000000000000000000000000000001","mengapa","{}"]').hexdigest()
    )
    assert trail.root({"76": (2, "b"), "": (1, "a")}) == sha256(b'[["",1,"a"],["76",2,"b"]]').hexdigest()


@pytest.mark.parametrize(
    ("value", "field", "kept"),
    [
        (None, "sandi", None), ("", "sandi", ""), (0, "sandi", "•••"), ("1234", "nik", "•••"),
        ("12345", "nik", "•••• •••• •••• 2345"), ("12345", "NIK_lama", "•••• •••• •••• 2345"),
        (["12345"], "nik", ["•••• •••• •••• 2345"]), (("12345",), "nik", ["•••• •••• •••• 2345"]),
        ({"x": "12345"}, "nik", {"x": "•••• •••• •••• 2345"}), ({"pin": "1"}, "", {"pin": "•••"}),
        ({"x": {"y": "1"}}, "pin", "•••"), ({"sandi": {"y": "1"}}, "a", {"sandi": "•••"}),
        ({"kk": {"y": "12345"}}, "a", {"kk": {"y": "•••• •••• •••• 2345"}}),
        ({7: 8}, "a", {"7": 8}), ({"x"}, "a", ["x"]), (frozenset({"x"}), "a", ["x"]),
        (memoryview(b"x"), "a", "•••"), (True, "a", True), (1.5, "a", 1.5), (AT, "a", "2026-03-01T01:00:00+00:00"),
        (date(2026, 3, 1), "a", "2026-03-01"), (int(NIK), "a", "•••• •••• •••• 0001"), (-7, "a", -7),
        (f"{NIK}, {NIK}", "a", "•••• •••• •••• 0001, •••• •••• •••• 0001"), (False, "nik", "•••• •••• •••• alse"),
        ({1, }, "nik", "•••"),
    ],
)  # fmt: skip
def test_what_an_entry_keeps_of_a_value(value, field, kept):
    assert trail.masked(value, field) == kept


def test_a_number_that_is_a_step_of_an_enum_is_kept_as_a_plain_number():
    kept = trail.masked(Reach.VILLAGE)
    assert (kept, type(kept)) == (4, int)


@pytest.mark.parametrize(
    ("deed", "given", "subjects", "changes", "found"),
    [
        ("number.reveal.again", (), (), {}, (Matter.NUMBER,)),
        ("factor.reset", (), (), {}, (Matter.STAFF,)),
        ("family.view", (), (), {}, ()),
        ("family.view", (Matter.POVERTY, Matter.HEALTH), (), {"old_kk": 1},
         (Matter.HEALTH, Matter.NUMBER, Matter.POVERTY)),
        ("family.view", (), ["x"], {"kind": 1, "nikah": 2}, (Matter.NAMES,)),
        ("account.view", (Matter.VILLAGE,), ["x"], {}, (Matter.VILLAGE,)),
    ],
)  # fmt: skip
def test_what_a_deed_is_about_to_the_letter(deed, given, subjects, changes, found):
    assert trail.matters_of(deed, iter(given), iter(subjects), changes) == found


def test_the_shard_of_a_kabupaten_is_its_five_letters():
    assert [trail.shard_of(code) for code in ("76.0", "76.05", "76.05.", "76.05.03")] == ["", *["76.05"] * 3]


# ---- walking a chain


def chain(length):
    rows, previous = [], ""
    for number in range(1, length + 1):
        previous = trail.link(previous, f"line {number}")
        rows.append((100 + number, number, previous, f"line {number}"))
    return rows


def test_a_fault_names_its_chain_its_number_and_its_row():
    rows = chain(3)
    walk = Walk("76.05", (3, rows[2][2]))
    assert walk.step(*rows[0], whole=True) is None
    assert (walk.number, walk.hash) == (1, rows[0][2])
    assert walk.step(*rows[2], whole=True) == walk.fault == Fault("76.05", 2, Damage.MISSING, 103)
    assert (walk.number, walk.hash) == (1, rows[0][2])


def test_the_end_of_a_chain_names_what_should_have_come():
    rows = chain(2)
    cut = Walk("76.05", (2, rows[1][2]))
    cut.step(*rows[0], whole=True)
    assert cut.end() == cut.fault == Fault("76.05", 2, Damage.CUT)
    assert cut.end() is None
    loose = Walk("76.05")
    loose.step(*rows[0], whole=True)
    assert loose.end() == loose.fault == Fault("76.05", 1, Damage.HEAD)
    empty = Walk("", (0, ""))
    assert (empty.end(), empty.fault) == (None, None)
    assert Walk("", (0, ""), {1: "x"}).end() == Fault("", 1, Damage.CUT)
    assert Walk("").end() == Fault("", 0, Damage.HEAD)


def test_a_seal_and_a_head_are_asked_only_at_their_own_number():
    rows = chain(3)
    for number, hashed, damage in ((2, "other", Damage.SEAL), (2, rows[1][2], None)):
        walk = Walk("", (3, rows[2][2]), {number: hashed})
        assert [fault and fault.damage for fault in (walk.step(*row, whole=True) for row in rows)] == [
            None, damage, None,
        ]  # fmt: skip
    walk = Walk("", (2, "other"))
    assert [walk.step(*row, whole=True) for row in rows] == [None, Fault("", 2, Damage.HEAD, 102), None]


def test_an_entry_put_in_twice_is_out_of_place():
    rows = chain(2)
    walk = Walk("")
    walk.step(*rows[0], whole=True)
    assert walk.step(*rows[0], whole=True) == Fault("", 1, Damage.MISPLACED, 101)


def test_a_chain_whose_beginning_was_ended_is_walked_from_there():
    rows = chain(3)
    begun, last = (1, rows[0][2]), (3, rows[2][2])
    walk = Walk("", last, begun=begun)
    assert (walk.number, walk.hash) == begun
    assert [walk.step(*row, whole=True) for row in rows[1:]] == [None, None]
    assert walk.end() is None
    assert Walk("", last, {1: "other"}, begun=begun).end() == Fault("", 1, Damage.SEAL)
    assert Walk("", last, {1: begun[1]}, begun=begun).end() == Fault("", 2, Damage.CUT)
    assert Walk("", begun, {1: begun[1]}, begun=begun).end() is None
    assert Walk("", (1, "other"), begun=begun).end() == Fault("", 1, Damage.HEAD)
    assert Walk("", (0, ""), begun=begun).end() is None

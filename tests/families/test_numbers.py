"""Numbers: found exactly and in scope only, shown for an hour and a reason, never too often, never told elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families import actions, rules
from balai.families.models import Family, IdentityNumber, NumberSearch, Person, Reveal
from tests.families import register
from tests.families.register import AT, BESIDE, FAR, HERE, KABUPATEN, KECAMATAN, RT1

pytestmark = pytest.mark.django_db
REASON = "verifikasi data bantuan"


def search(who, number, kind="nik", at=AT):
    with acting(who):
        return actions.search_number(by=who, at=at, kind=kind, written=number)


def reveal(who, row, reason=REASON, at=AT):
    with acting(who):
        return actions.reveal_number(by=who, at=at, number=row, reason=reason)


@pytest.mark.parametrize(
    ("role", "region", "where", "found"),
    [
        ("cadre", HERE, HERE, True),
        ("cadre", RT1, HERE, False),
        ("cadre", RT1, RT1, True),
        ("cadre", BESIDE, HERE, False),
        ("village_head", HERE, HERE, True),
        ("field_officer", KECAMATAN, BESIDE, True),
        ("family_office", KABUPATEN, FAR, False),
    ],
)
def test_a_number_is_found_exactly_and_in_scope_only(places, role, region, where, found):
    number = register.nik()
    row = register.family(where, people=[register.head(nik=number)])
    who = register.actor(role, region)
    assert search(who, number) == ([row] if found else [])
    assert search(who, " ".join((number[:6], number[6:]))) == ([row] if found else [])
    assert search(who, number, kind="kk") == []
    assert search(who, register.nik()) == []


def test_one_card_may_cover_several_families(officer):
    card = register.nik()
    rows = {register.family(card=card).pk, register.family(card=card).pk}
    assert {row.pk for row in search(officer, card, kind="kk")} == rows


def test_who_left_or_is_restricted_is_not_found(officer):
    numbers = [register.nik() for _ in range(2)]
    gone = register.family(people=[register.head(nik=numbers[0])], card=numbers[0])
    kept = register.family(people=[register.head(nik=numbers[1]), register.child()], card=numbers[1])
    register.left(gone, by=officer)
    Person.objects.filter(family=kept, relation=1).update(restricted_at=AT, restricted_by="account:x")
    assert search(officer, numbers[0]) == search(officer, numbers[0], kind="kk") == search(officer, numbers[1]) == []
    assert search(officer, numbers[1], kind="kk") == [kept]
    Person.objects.filter(family=kept).update(restricted_at=AT, restricted_by="account:x")
    assert search(officer, numbers[1], kind="kk") == []


def test_a_search_is_recorded_without_its_number(officer):
    number = register.nik()
    row = register.family(people=[register.head(nik=number)])
    search(officer, number)
    entry = AuditEntry.objects.get(deed="number.search")
    assert [one.subject for one in entry.touched.all()] == [row.pk]
    assert (entry.region, entry.matters) == (KECAMATAN, "number")
    assert number[-4:] not in f"{entry.subject}{entry.detail}"


def test_nobody_tries_number_after_number(officer):
    for second in range(rules.SEARCHES_A_MINUTE):
        search(officer, register.nik(), at=AT + timedelta(seconds=second))
    with pytest.raises(Refused, match="30 nomor dalam satu menit") as refusal:
        search(officer, register.nik(), at=AT + timedelta(seconds=59))
    assert refusal.value.status == 429
    assert search(register.actor("field_officer", KECAMATAN), register.nik()) == []
    assert search(officer, register.nik(), at=AT + timedelta(seconds=60)) == []
    assert search(officer, register.nik(), at=AT + timedelta(minutes=10)) == []
    assert NumberSearch.objects.by(officer.account).count() == 1


def test_a_search_without_a_place_or_an_account_is_refused(places):
    for who in (register.actor("cadre"), register.BY):
        with pytest.raises(NotAllowed):
            search(who, register.nik())
    with pytest.raises(NotAllowed):
        search(register.actor("planner", KABUPATEN), register.nik())


def test_what_is_no_number_is_said_without_repeating_it(officer):
    with pytest.raises(NotValid) as refusal:
        search(officer, "12345")
    assert "12345" not in str(refusal.value)


def test_an_officer_sees_a_number_for_an_hour_and_a_reason(officer):
    row = register.family(people=[register.head(nik=register.nik())])
    number = register.number_of(register.head_of(row))
    given = reveal(officer, number, reason="  verifikasi\tdata   bantuan ")
    assert (given.until_at - given.from_at, given.reason) == (timedelta(hours=1), REASON)
    open_at = {minute: Reveal.objects.open(AT + timedelta(minutes=minute)).exists() for minute in (-1, 0, 59, 60)}
    assert open_at == {-1: False, 0: True, 59: True, 60: False}
    entry = AuditEntry.objects.get(deed="number.reveal")
    assert (entry.change.why, entry.region, entry.matters) == (REASON, HERE, "number")
    assert {one.subject for one in entry.touched.all()} == {row.pk, number.person_id}


@pytest.mark.parametrize(
    ("role", "more", "may"),
    [
        ("cadre", {}, False),
        ("village_head", {}, False),
        ("field_officer", {}, True),
        ("agency_officer", {"agency": "social"}, True),
        ("agency_officer", {"agency": "population"}, True),
        ("agency_officer", {"agency": "health"}, False),
        ("agency_officer", {"agency": "other"}, False),
        ("auditor", {}, False),
    ],
)
def test_who_may_see_a_number_in_full(places, role, more, may):
    row = register.family(card=register.nik())
    who = register.actor(role, HERE, **more)
    if may:
        assert reveal(who, register.number_of(row))
    else:
        with pytest.raises(NotAllowed):
            reveal(who, register.number_of(row))
        assert not Reveal.objects.exists()


def test_a_number_out_of_scope_restricted_or_asked_for_by_nobody_stays_closed(places):
    far, near = register.family(FAR, card=register.nik()), register.family(people=[register.head(nik=register.nik())])
    who = register.actor("field_officer", KECAMATAN)
    stolen = register.number_of(far)
    with pytest.raises(NotAllowed):
        reveal(who, stolen)
    stolen.region = HERE
    with pytest.raises(NotAllowed):
        reveal(who, stolen)
    number = register.number_of(register.head_of(near))
    with pytest.raises(NotAllowed):
        reveal(replace(who, account=None), number)
    with acting(register.BY):
        Person.objects.update(restricted_at=AT, restricted_by="account:x")
    with pytest.raises(NotAllowed):
        reveal(who, number)


@pytest.mark.parametrize("reason", ["", "cek", "1234567890 12", "cek   data"])
def test_a_reason_has_ten_letters(officer, reason):
    number = register.number_of(register.family(card=register.nik()))
    with pytest.raises(NotValid, match="10 huruf"):
        reveal(officer, number, reason=reason)


def test_thirty_numbers_an_hour_are_enough(officer):
    number = register.number_of(register.family(card=register.nik()))
    for minute in range(rules.REVEALS_AN_HOUR):
        reveal(officer, number, at=AT + timedelta(minutes=minute))
    with pytest.raises(Refused, match="30 nomor dalam satu jam") as refusal:
        reveal(officer, number, at=AT + timedelta(minutes=59))
    assert refusal.value.status == 429
    elsewhere = register.actor("field_officer", HERE, account=officer.account)
    with pytest.raises(Refused):
        reveal(elsewhere, number, at=AT + timedelta(minutes=59))
    assert reveal(officer, number, at=AT + timedelta(minutes=60))


def test_a_replaced_number_is_not_shown_to_who_was_shown_the_old_one(officer):
    row = register.family(card=register.nik())
    reveal(officer, register.number_of(row))
    actions.correct_family(by=officer, at=AT, family=row, address="", since_on=None, card=register.nik())
    assert not Reveal.objects.exists()


@pytest.mark.parametrize("sought", ["%", "_", "%%", "Jalan_Melati", "' OR 1=1--", "\\"])
def test_a_sign_in_a_search_is_only_a_sign(officer, sought):
    register.family()
    assert not Family.objects.search(sought).exists()


@pytest.mark.parametrize(
    ("sought", "found"),
    [("melati", True), ("rahma", True), ("DIMAS", True), ("Jalan Melati 4", True), ("Budi", False), ("100%", True)],
)
def test_a_family_is_found_by_address_or_anybodys_name(officer, sought, found):
    register.family(address="Jalan Melati 4 (100% lunas)")
    assert Family.objects.search(sought).exists() is found


def test_lists_and_counts_leave_out_who_is_restricted(officer):
    kept, alone = register.family(), register.family(people=[register.head()], address="Jalan Sunyi")
    people = Person.objects.filter(relation=1)
    people.update(restricted_at=AT, restricted_by="account:x")
    told = Family.objects.unrestricted().told()
    assert [(row.pk, row.called, row.people_shown) for row in told] == [(kept.pk, "Dimas Prasetyo", 1)]
    assert Family.objects.unrestricted().by_village() == Person.objects.unrestricted().by_village() == {HERE: 1}
    assert not Family.objects.search("Siti").exists()
    assert not Family.objects.unrestricted().search("Sunyi").exists()
    assert alone in Family.objects.all()


def test_a_role_without_the_right_to_numbers_never_reads_their_table(places, django_assert_num_queries):
    register.family(card=register.nik())
    who = register.actor("agency_officer", KABUPATEN, agency="other")
    with acting(who), django_assert_num_queries(0):
        assert list(IdentityNumber.objects.all()) == []
        assert list(Family.objects.all()) == []


def test_the_card_of_a_family_is_found_without_reading_all_cards(tree):
    """Those of nobody are all the cards there are: no index may offer them."""
    known = register.family(card="0" * 15 + "7")
    with acting(register.BY):
        plan = IdentityNumber.objects.filter(family=known, person=None).explain()
    assert "person_id=?" not in plan

"""Lists of others: matched, applied, taken away; editions beside each other; who may, and what a person decides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from balai.access.models import AuditEntry, acting
from balai.aid import actions
from balai.aid.models import ListEntry, ListVersion
from balai.aid.rules import Line
from balai.base.errors import NotAllowed, NotValid, Refused
from balai.families.models import Person
from balai.vault.models import opened
from tests.families import register
from tests.families.register import AT, BESIDE, BY, FAR, HERE, KABUPATEN, KECAMATAN, RT1

pytestmark = pytest.mark.django_db
DAY = AT.date()
HEAD, CHILD, CARD, UNKNOWN = (register.nik(number) for number in (21, 22, 23, 24))


def home(region=RT1, card=CARD, **names):
    people = [register.head(nik=HEAD, **names), register.child(nik=CHILD)]
    return register.family(region, people=people, card=card)


def bring(*lines, by=BY, region=KABUPATEN, kind="p3ke", days=0, sha256="a", **more):
    with acting(by):
        return actions.bring_list(
            by=by, at=AT, kind=kind, edition=more.pop("edition", "2024"), dated_on=DAY - timedelta(days=days),
            region=region, source="uji", sha256=sha256, lines=lines,
        )  # fmt: skip


def again(by, version):
    """Looks once more for those of nobody; as what the last of them were found."""
    row, after = actions.begin_again(by=by, at=AT, version=version), None
    while after := actions.match_more(by=by, at=AT, version=row, after=after):
        pass
    return set(AuditEntry.objects.filter(deed="list.match").latest("pk").detail)


def entries():
    with acting(BY):
        return list(ListEntry.objects.order_by("line"))


def told(*fields):
    return [tuple(getattr(one, field) for field in fields) for one in entries()]


def restrict(**lookup):
    with acting(BY):
        Person.objects.filter(**lookup).update(restricted_at=AT, restricted_by="uji")


def test_an_entry_is_matched_by_nik_then_by_card_then_proposed_by_name_and_day(places):
    family = home()
    with acting(BY):
        head, child = family.people.order_by("relation")
    bring(
        Line(2, nik=CHILD, decile=2),
        Line(3, nik=UNKNOWN, card=CARD, name="siapa saja", decile=1),
        Line(4, name="Sitti Rahmawatti, S.Pd", born_on=head.born_on, rank=7),
        Line(5, name="Siti Rahmawati", born_on=DAY, decile=3),
        Line(6, name="Bambang", born_on=head.born_on),
        Line(7, nik=UNKNOWN, mark="x"),
        Line(8, name="Siti Rahmawati"),
    )
    assert told("line", "state", "person_id", "region") == [
        (2, "by_nik", child.pk, RT1), (3, "by_card", None, RT1), (4, "proposed", head.pk, RT1),
        (5, "none", None, KABUPATEN), (6, "none", None, KABUPATEN), (7, "none", None, KABUPATEN),
    ]  # fmt: skip
    assert ListVersion.objects.get().counts == {
        "by_nik": 1, "by_card": 1, "proposed": 1, "none": 3, "read": 7, "refused": 1,
    }  # fmt: skip


def test_a_matched_entry_keeps_nothing_but_what_the_list_says(places):
    home()
    bring(Line(2, nik=HEAD, card=CARD, name="Siti", born_on=DAY, decile=2), Line(3, nik=UNKNOWN, name="A", decile=9))
    matched, unmatched = entries()
    assert (matched.sealed_nik, matched.blind_nik, matched.name, matched.born_on) == (None, "", "", None)
    assert (matched.matched_on, matched.unmatched_on) == (DAY, None)
    assert (unmatched.matched_on, unmatched.unmatched_on, unmatched.name) == (None, DAY, "A")
    assert opened(unmatched.sealed_nik, unmatched.pk, "aid_listentry", "sealed_nik") == UNKNOWN


def test_what_two_people_hold_decides_nothing(places):
    home()
    register.family(people=[register.head("Ani", nik=HEAD, born_on=None)], card=CARD)
    bring(Line(2, nik=HEAD), Line(3, card=CARD), Line(4, nik=HEAD, card=CARD, name="Dimas Prasetio", born_on=None))
    assert told("state") == [("none",)] * 3


def test_a_card_of_several_families_narrows_the_proposal(places):
    family = home()
    register.family(people=[register.head("Dewi", nik=register.nik())], card=CARD)
    register.family(people=[register.head("Siti Rahmawati")])
    with acting(BY):
        head = family.people.get(relation=1)
    bring(
        Line(2, card=CARD, name="Siti Rahmawati", born_on=head.born_on),
        Line(3, name="Siti Rahmawati", born_on=head.born_on),
    )
    assert told("state", "person_id") == [("proposed", head.pk), ("none", None)]


def test_nobody_restricted_gone_or_elsewhere_is_looked_at(places):
    family = home()
    restrict(family=family.pk, relation=1)
    gone, far = home(card=""), home(FAR, card="")
    register.left(gone)
    bring(Line(2, nik=HEAD), Line(3, name="Siti Rahmawati", born_on=register.head().born_on))
    assert told("state") == [("none",), ("none",)]
    assert far.region == FAR


def test_an_unmatched_entry_stands_in_the_village_that_its_row_names(places):
    bring(
        Line(2, nik=UNKNOWN, village=BESIDE), Line(3, nik=UNKNOWN, village=FAR), Line(4, nik=UNKNOWN, village="1605"),
        region=KECAMATAN,
    )  # fmt: skip
    assert told("region") == [(BESIDE,), (KECAMATAN,), (KECAMATAN,)]


@pytest.mark.parametrize(("role", "agency"), [("family_office", None), ("agency_officer", "social")])
def test_who_writes_what_lists_say_brings_applies_decides_and_takes_away(places, as_app, role, agency):
    family = home()
    with acting(BY):
        born_on = family.people.get(relation=1).born_on
    actor = register.actor(role, KABUPATEN, agency=agency)
    with as_app(), acting(actor):
        version = bring(Line(2, nik=CHILD, decile=2), Line(3, name="Siti Rahmawati", born_on=born_on), by=actor)
        assert not ListEntry.objects.applied().exists()
        actions.apply_list(by=actor, at=AT, version=version)
        assert ListEntry.objects.applied().count() == 2
        entry = ListEntry.objects.proposals().get()
        assert actions.decide_match(by=actor, at=AT, entry=entry, same=True).state == "by_person"
        again(actor, version)
        actions.remove_list(by=actor, at=AT, version=version)
        assert not ListEntry.objects.exists()
    deeds = AuditEntry.objects.filter(region=HERE, deed__startswith="list.").values_list("deed", flat=True)
    assert set(deeds) == {"list.apply", "list.remove"}
    assert AuditEntry.objects.of(family.pk).filter(deed="list.decide", region=RT1).exists()


@pytest.mark.parametrize(("role", "region"), [("cadre", HERE), ("field_officer", KECAMATAN)])
def test_the_front_line_reads_and_writes_nothing(places, as_app, role, region):
    home()
    version, actor = bring(Line(2, nik=HEAD, decile=2)), register.actor(role, region)
    with as_app(), acting(actor):
        assert ListEntry.objects.get().decile == 2
        with pytest.raises(NotAllowed):
            actions.bring_list(
                by=actor, at=AT, kind="p3ke", edition="2024", dated_on=DAY, region=region, source="x", sha256="b",
                lines=[],
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.apply_list(by=actor, at=AT, version=version)


@pytest.mark.parametrize(("role", "agency"), [("village_head", None), ("agency_officer", "health")])
def test_who_has_no_right_to_poverty_reads_nothing(places, as_app, role, agency):
    home()
    bring(Line(2, nik=HEAD, decile=2), region=HERE)
    region = HERE if role == "village_head" else KABUPATEN
    with as_app(), acting(register.actor(role, region, agency=agency)):
        assert not ListEntry.objects.exists()


def test_a_list_is_of_a_region_in_scope_and_of_a_day_that_was(places):
    far = register.actor("family_office", "76.05")
    with pytest.raises(NotAllowed):
        bring(by=far)
    with pytest.raises(NotValid, match="belum terjadi"):
        bring(days=-2)
    with pytest.raises(NotValid, match="Pilih wilayah"):
        bring(region=RT1)
    with pytest.raises(ValueError, match="sulap"):
        bring(kind="sulap")


def test_what_was_looked_at_and_not_applied_goes_with_the_next_look(places):
    first, second = bring(Line(2, nik=UNKNOWN)), bring(Line(3, nik=UNKNOWN), sha256="b")
    assert told("version_id") == [(second.pk,)]
    first.refresh_from_db()
    assert first.removed_at
    with acting(BY), pytest.raises(Refused, match="dicabut"):
        actions.apply_list(by=BY, at=AT, version=first)


def test_a_file_is_applied_once(places):
    version = bring(Line(2, nik=UNKNOWN))
    with acting(BY):
        actions.apply_list(by=BY, at=AT, version=version)
        with pytest.raises(Refused, match="sudah diterapkan"):
            actions.apply_list(by=BY, at=AT, version=version)
    with pytest.raises(Refused, match="sebagai daftar yang sama"):
        bring(Line(2, nik=UNKNOWN))
    with acting(BY):
        actions.remove_list(by=BY, at=AT, version=version)
    bring(Line(2, nik=UNKNOWN))


def test_editions_stand_beside_each_other(places):
    home()
    old, new = bring(Line(2, nik=HEAD, decile=5), days=400), None
    with acting(BY):
        actions.apply_list(by=BY, at=AT, version=old)
        new = bring(Line(2, nik=HEAD, decile=2), sha256="b", edition="2025")
        actions.apply_list(by=BY, at=AT, version=new)
        other = bring(Line(2, nik=CHILD, decile=2), sha256="c", edition="2025", region=HERE)
        actions.apply_list(by=BY, at=AT, version=other)
    assert ListEntry.objects is not None
    assert {one.pk for one in ListVersion.objects.newest_of(HERE)["p3ke"]} == {new.pk, other.pk}
    assert {one.pk for one in ListVersion.objects.newest_of(BESIDE)["p3ke"]} == {new.pk}
    assert ListVersion.objects.newest_of(FAR) == {}
    with acting(BY):
        actions.remove_list(by=BY, at=AT, version=new)
    assert {one.pk for one in ListVersion.objects.newest_of(BESIDE)["p3ke"]} == {old.pk}


def test_versions_are_open_to_those_of_whom_they_speak(places):
    one, far = bring(region=KABUPATEN), bring(region="76.05", sha256="b")
    here = ListVersion.objects.open_to(register.actor("cadre", RT1))
    assert list(here) == [one]
    assert set(ListVersion.objects.open_to(BY)) == {one, far}


@pytest.fixture
def proposal(places):
    family = home()
    with acting(BY):
        born_on = family.people.get(relation=1).born_on
    bring(Line(2, nik=UNKNOWN, name="Siti Rahmawati", born_on=born_on, decile=1))
    return entries()[0]


def test_a_person_decides_and_may_take_it_back(proposal, office):
    told_by = {"by": office, "at": AT, "entry": proposal}
    with pytest.raises(Refused, match="belum diputuskan"):
        actions.undo_decision(**told_by)
    row = actions.decide_match(**told_by, same=False)
    assert (row.state, row.decided_by, row.unmatched_on) == ("rejected", office.name, DAY)
    with pytest.raises(Refused, match="sudah diputuskan"):
        actions.decide_match(**told_by, same=True)
    row = actions.undo_decision(**told_by)
    assert (row.state, row.decided_at) == ("proposed", None)
    row = actions.decide_match(**told_by, same=True)
    assert (row.state, row.matched_on, row.unmatched_on) == ("by_person", DAY, None)
    assert actions.undo_decision(**told_by).unmatched_on == DAY
    assert AuditEntry.objects.filter(deed="list.undecide").count() == 2


def test_nobody_decides_about_somebody_restricted_or_out_of_scope(proposal, office):
    restrict(pk=proposal.person_id)
    with pytest.raises(NotAllowed, match="tidak ada di wilayah"):
        actions.decide_match(by=office, at=AT, entry=proposal, same=True)


def test_the_register_grows_and_more_is_matched(places, office):
    version = bring(
        Line(2, nik=HEAD, decile=2), Line(3, card=CARD),
        Line(4, name="Siti Rahmawati", born_on=register.head().born_on),
        Line(5, nik=UNKNOWN),
    )  # fmt: skip
    family = home(people_region := HERE)
    assert again(office, version) == {"by_nik", "by_card", "proposed"}
    assert told("state", "region")[:3] == [("by_nik", HERE), ("by_card", HERE), ("proposed", HERE)]
    first = entries()[0]
    assert (first.family_id, first.sealed_nik, first.matched_on, first.unmatched_on) == (family.pk, None, DAY, None)
    assert again(office, version) == set()
    assert people_region == HERE


def test_who_was_rejected_is_matched_by_a_number_only(proposal, office):
    actions.decide_match(by=office, at=AT, entry=proposal, same=False)
    assert again(office, proposal.version) == set()
    register.family(people=[register.head("Siti Rahmawati", nik=UNKNOWN)])
    assert again(office, proposal.version) == {"by_nik"}


def test_what_a_list_says_goes_along_with_a_family_that_moves_out_of_sight(places, as_app):
    family = home()
    office = register.actor("family_office", KABUPATEN)
    version = bring(Line(2, nik=HEAD, decile=2), Line(3, nik=UNKNOWN), by=office)
    register.moved(family, FAR)
    with as_app(), acting(office):
        actions.remove_list(by=office, at=AT, version=version)
    assert told("line", "region") == [(2, FAR)]
    with acting(BY):
        assert not ListEntry.objects.applied().exists()


@pytest.mark.parametrize(
    "broken",
    [{"decile": 0}, {"decile": 11}, {"family": None}, {"unmatched_on": DAY}, {"decided_by": "x"}, {"state": "none"}],
)
def test_the_database_holds_what_must_hold(places, broken):
    home()
    bring(Line(2, nik=HEAD, decile=2))
    with acting(BY), pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.update(**broken)


@pytest.mark.parametrize(
    ("kind", "decile", "poor"),
    [("p3ke", 4, True), ("p3ke", 5, False), ("dtsen", 1, True), ("dtks", None, True), ("bpjs_pbi", None, False),
     ("dukcapil", 1, False), ("other", 2, True)],
)  # fmt: skip
def test_who_is_poor_by_a_list(places, kind, decile, poor):
    home()
    bring(Line(2, nik=HEAD, decile=decile), kind=kind)
    with acting(BY):
        assert ListEntry.objects.poor(DAY).exists() is poor
        assert ListEntry.objects.counted() == {"by_nik": 1}

"""A family that moves is out of reach of whoever had it by its old place, at once."""

import pytest

from balai.access.models import AuditEntry, acting
from balai.base.errors import NotAllowed
from balai.families import actions
from balai.families.models import Family, IdentityNumber, Person
from tests.families import register
from tests.families.register import AT, BESIDE, HERE, KABUPATEN, KECAMATAN

pytestmark = pytest.mark.django_db


def test_a_move_takes_everything_along_at_once(places):
    who = register.actor("family_office", KABUPATEN)
    row = register.family(people=[register.head(nik=register.nik()), register.child()], card=register.nik())
    register.moved(row, BESIDE, by=who)
    with acting(who):
        for rows in (Family.objects, Person.objects, IdentityNumber.objects):
            assert set(rows.values_list("region", flat=True)) == {BESIDE}
    touched = set(AuditEntry.objects.get(deed="event.moved_within").touched.values_list("subject", flat=True))
    assert touched > {row.pk}


def test_whoever_had_a_family_by_its_old_place_has_lost_it(places):
    before, after = register.actor("cadre", HERE), register.actor("cadre", BESIDE)
    row = register.family(card=register.nik(9))
    mover = register.actor("field_officer", KECAMATAN)
    register.moved(row, BESIDE, by=mover)
    with acting(before):
        assert not Family.objects.exists()
        assert not Person.objects.exists()
        assert not IdentityNumber.objects.exists()
        assert not actions.search_number(by=before, at=AT, kind="kk", written=register.nik(9))
    with acting(after):
        assert Family.objects.get() == row


@pytest.mark.parametrize(("region", "to"), [(KECAMATAN, "16.05.02.2002"), (HERE, BESIDE)])
def test_both_ends_of_a_move_are_the_movers(places, region, to):
    row, who = register.family(), register.actor("field_officer", region)
    with pytest.raises(NotAllowed):
        register.moved(row, to, by=who)
    with acting(register.BY):
        assert Family.objects.get().region == HERE

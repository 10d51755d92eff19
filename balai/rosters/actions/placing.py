"""Families of a list whose RT the village did not have yet, placed once it has."""

from django.db import transaction

from balai.base.errors import NotValid
from balai.families.actions import correct_family
from balai.families.models import VILLAGE_CODE, Family


@transaction.atomic
def place_families(*, by, at, families, region):
    """Ids of families that so far stand in the village as a whole, to a place below it. Gives how many were placed: who
    was placed by somebody else in the meantime stays there."""
    if len(region) <= VILLAGE_CODE:
        raise NotValid("Pilih RT, RW, atau dusunnya.")
    rows = Family.objects.visible_to(by).unplaced(region[:VILLAGE_CODE]).filter(pk__in=families).order_by("pk")
    placed = list(rows)
    for row in placed:
        correct_family(by=by, at=at, family=row, address=row.address, since_on=row.since_on, region=region)
    return len(placed)

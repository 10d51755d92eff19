"""Outlines of places: optional, nothing else depends on them."""

from collections import defaultdict

from django.db import transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.errors import NotValid
from balai.regions import inputs, rules
from balai.regions.models import Boundary, Place

BATCH = 500


@transaction.atomic
def load_boundaries(*, by, at, path, source="", progress=iter):
    """Stores the outlines of a file, simplified for drawing. All of it or, when it is refused, nothing.

    `unmatched` holds (position, code, name) of features whose code no place has; `invalid` those without a drawable
    polygon. The same file again changes nothing.
    """
    require(by, Permission.REGIONS_LOAD)
    outlines = inputs.read_outlines(path)
    known = set(Place.objects.official().values_list("pk", flat=True))
    pieces, unmatched, invalid = defaultdict(list), [], []
    for outline in outlines:
        if outline.code not in known:
            unmatched.append((outline.position, outline.code or "", outline.name))
        elif outline.polygons is None:
            invalid.append((outline.position, outline.code, outline.name))
        else:
            pieces[outline.code] += outline.polygons
    if not pieces:
        raise NotValid(
            "Tidak satu pun dari %(count)d bidang cocok dengan wilayah yang ada. Periksa kodenya (Kemendagri, bukan "
            "BPS) dan muat wilayah dahulu dengan “balai regions load”.",
            count=len(outlines),
        )
    drawn = rules.simplified(list(pieces.values()), rules.tolerance(pieces.values()))
    rings = dict(zip(progress(list(pieces)), drawn, strict=True))
    stored = _store(rings, at=at, source=source)
    counts = {"matched": len(rings), "stored": stored, "unchanged": len(rings) - stored}
    if stored:
        record(by=by, at=at, deed="regions.boundaries", subject=source or "boundaries", detail=counts)
    return {**counts, "unmatched": unmatched, "invalid": invalid}


def _store(rings, *, at, source):
    standing = dict(Boundary.objects.filter(place__in=rings).values_list("place", "rings"))
    fresh = [
        Boundary(place_id=code, rings=polygons, source=source, loaded_at=at)
        for code, polygons in rings.items()
        if standing.get(code) != polygons
    ]
    Boundary.objects.bulk_create(
        fresh,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["rings", "source", "loaded_at"],
    )
    return len(fresh)

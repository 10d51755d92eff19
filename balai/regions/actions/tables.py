"""Changes of codes and BPS codes that come as a table."""

from collections import Counter

from django.db import connection, transaction

from balai.access.actions import record
from balai.access.rules import Permission, require
from balai.base.words import Said, sentence
from balai.regions import inputs, rules
from balai.regions.actions.below import _carry_below
from balai.regions.models import Change, Place

UNKNOWN = sentence("kode %(code)s tidak ada di pohon wilayah")
NO_PARENT = sentence("wilayah atasan %(code)s tidak ada di pohon maupun di berkas")
STANDING = sentence("kode %(code)s masih punya wilayah berlaku yang tidak disebut di berkas")
OTHER_DAY = sentence("perubahan %(code)s sudah tercatat pada %(on)s")
TOO_LATE = sentence("kode %(code)s baru berlaku sejak %(on)s")
NOT_BPS = sentence("“%(bps)s” bukan kode BPS untuk %(code)s")
BPS_TAKEN = sentence("kode BPS %(bps)s sudah dipakai %(other)s")
BPS_DIFFERS = sentence("%(code)s sudah punya kode BPS %(other)s")
BPS_DIGITS = {rules.Level.PROVINCE: 2, rules.Level.KABUPATEN: 4, rules.Level.KECAMATAN: 7, rules.Level.VILLAGE: 10}


@transaction.atomic
def load_changes(*, by, at, path, on, source):
    """Applies a table of old and new codes: retired places, days of validity, dated changes.

    The same table again changes nothing. What cannot be placed is in the answer's `unplaced`: (line, Said).
    """
    require(by, Permission.REGIONS_LOAD)
    rows = inputs.read_changes(path)
    table = _Table(rows, on, source)
    placed = [row for row in rows if table.takes(row)]
    retired = table.retire([row for row in placed if row.old])
    began = Place.objects.filter(pk__in={row.new for row in placed if row.new}, valid_from__isnull=True)
    began = began.update(valid_from=on)
    added = table.record(placed)
    counts = {"rows": len(rows), "changes": added, "retired": retired, "began": began}
    if added or retired or began:
        record(by=by, at=at, deed="regions.changes", subject=source, detail={**counts, "on": str(on)})
    return {**counts, "unchanged": len(placed) - added, "unplaced": table.unplaced}


class _Table:
    """A table of changes against the tree as it stands."""

    def __init__(self, rows, on, source):
        self.on, self.source = on, source
        self.unplaced = []
        self.places = Place.objects.official().in_bulk()
        self.olds, self.news = (Counter(getattr(row, side) for row in rows) for side in ("old", "new"))
        self.known = {
            (old or "", new or ""): day for old, new, day in Change.objects.values_list("old", "new", "on").iterator()
        }
        standing = [place for place in self.places.values() if place.valid_to is None and place.code not in self.olds]
        self.bearing = {place.parent_id for place in standing}

    def takes(self, row):
        """Whether the row can be placed; notes why not."""
        why = self._obstacle(row)
        if why is not None:
            self.unplaced.append((row.line, why))
        return why is None

    def _obstacle(self, row):
        new, old = self.places.get(row.new), self.places.get(row.old)
        day = self.known.get((row.old, row.new), self.on)
        parent = rules.parent_of(row.old)
        if day != self.on:
            return Said(OTHER_DAY, {"code": row.old or row.new, "on": day})
        if row.new and new is None:
            return Said(UNKNOWN, {"code": row.new})
        if parent and parent not in self.places and parent not in self.olds:
            return Said(NO_PARENT, {"code": parent})
        if row.old in self.bearing:
            return Said(STANDING, {"code": row.old})
        if old is not None and old.valid_from is not None and old.valid_from >= self.on:
            return Said(TOO_LATE, {"code": row.old, "on": old.valid_from})
        return None

    def retire(self, rows):
        """Makes the old places that are not there, from the top down, and ends those that are."""
        missing = {row.old: row.old_name for row in rows if row.old not in self.places}
        made = [
            Place(
                code=code, level=rules.level_of(code), kind=rules.kind_of(code, name), name=name,
                search_name=rules.search_form(name), parent_id=rules.parent_of(code) or None, valid_to=self.on,
                source=self.source,
            )
            for code, name in sorted(missing.items())
        ]  # fmt: skip
        Place.objects.bulk_create(made)
        ending = Place.objects.filter(pk__in={row.old for row in rows}, valid_to__isnull=True)
        villages = set(ending.villages().values_list("pk", flat=True))
        moving = {row.old: row.new for row in rows if row.old in villages and self._kind(row) == "recoded"}
        _carry_below(moving, on=self.on, source=self.source)
        return len(made) + ending.update(valid_to=self.on)

    def record(self, rows):
        fresh = {(row.old, row.new): row for row in rows if (row.old, row.new) not in self.known}
        changes = [
            Change(
                kind=self._kind(row), on=self.on, old_id=row.old or None, new_id=row.new or None,
                old_name=row.old_name, new_name=row.new_name, certain=row.certain, source=self.source,
            )
            for row in fresh.values()
        ]  # fmt: skip
        Change.objects.bulk_create(changes)
        return len(changes)

    def _kind(self, row):
        if not row.old or not row.new:
            return rules.ChangeKind.ENDED if row.old else rules.ChangeKind.NEW
        if self.news[row.new] > 1:
            return rules.ChangeKind.MERGED
        return rules.ChangeKind.SPLIT if self.olds[row.old] > 1 else rules.ChangeKind.RECODED


@transaction.atomic
def load_bps_codes(*, by, at, path):
    """Fills the BPS codes from a table (code, bps_code). Pairs that contradict are left out: `conflicts` says which."""
    require(by, Permission.REGIONS_LOAD)
    places = Place.objects.official().today().in_bulk()
    holders = {place.bps_code: place.code for place in places.values() if place.bps_code}
    changed, conflicts, rows = [], [], inputs.read_bps_codes(path)
    for line, text, bps in rows:
        place = places.get(rules.dotted(text) or text)
        why = _bps_conflict(place, text, bps, holders)
        if why is not None:
            conflicts.append((line, why))
        elif not place.bps_code:
            place.bps_code = bps
            holders[bps] = place.code
            changed.append((bps, place.code))
    with connection.cursor() as cursor:  # bulk_update takes ten times as long
        cursor.executemany("UPDATE regions_place SET bps_code = %s WHERE code = %s", changed)
    if changed:
        record(by=by, at=at, deed="regions.bps", subject="bps_code", detail={"filled": len(changed)})
    return {
        "rows": len(rows),
        "filled": len(changed),
        "unchanged": len(rows) - len(changed) - len(conflicts),
        "conflicts": conflicts,
    }


def _bps_conflict(place, text, bps, holders):
    if place is None:
        return Said(UNKNOWN, {"code": text})
    if not (bps.isascii() and bps.isdigit() and len(bps) == BPS_DIGITS[place.level]):
        return Said(NOT_BPS, {"bps": bps, "code": place.code})
    if place.bps_code and place.bps_code != bps:
        return Said(BPS_DIFFERS, {"code": place.code, "other": place.bps_code})
    holder = holders.get(bps, place.code)
    return Said(BPS_TAKEN, {"bps": bps, "other": holder}) if holder != place.code else None

"""What becomes of the places below a village: a village names, ends and takes back its own. Who is at home in them is
known to the rooms above."""

from django.db import transaction

from balai.access.actions import record
from balai.base.errors import NotValid, Refused
from balai.regions import rules
from balai.regions.actions.below import VILLAGE, refuse_double, require_naming
from balai.regions.actions.history import ended, refuse_standing
from balai.regions.models import Change, Place


@transaction.atomic
def rename_place_below(*, by, at, code, name, on, source):
    """Another name from that day on; of two on one day the later one counts."""
    place = _held(by, code)
    before, name = place.name, " ".join(name.split())
    if not rules.search_form(name):
        raise NotValid("Tulis nama tempat, misalnya RT 01.")
    if name == before:
        return place
    refuse_double(place.code[:VILLAGE], place.kind, name, place.parent_id, but=place.pk)
    place.name, place.search_name = name, rules.search_form(name)
    place.save(update_fields=["name", "search_name"])
    told = {"kind": rules.ChangeKind.RENAMED, "old_name": before, "new_name": name, "certain": True, "source": source}
    same_day = Change.objects.filter(old=place, new=place, on=on)
    if not same_day.update(new_name=name):
        Change.objects.create(old=place, new=place, on=on, **told)
    record(
        by=by, at=at, deed="regions.rename", subject=place.code, region=place.code,
        detail={"on": str(on), "name": name, "source": source},
    )  # fmt: skip
    return place


@transaction.atomic
def end_place_below(*, by, at, code, on, reason):
    """From that day on it is no longer there. What was added on the very day was added in error and goes altogether."""
    place = _held(by, code)
    refuse_standing(place.name, place.children.today())
    if place.valid_from is not None and place.valid_from >= on:
        _forget(by, at, place)
        return None
    ended(place, by=by, at=at, on=on, reason=reason)
    return place


@transaction.atomic
def reopen_place_below(*, by, at, code):
    """An ending is taken back: as if it had never been."""
    place = _held(by, code, ended=True)
    if place.parent.valid_to is not None:
        raise Refused(
            "%(place)s berada di bawah %(parent)s, yang sudah berakhir.", place=place.name, parent=place.parent.name
        )
    refuse_double(place.code[:VILLAGE], place.kind, place.name, place.parent_id, but=place.pk)
    place.valid_to = None
    place.save(update_fields=["valid_to"])
    Change.objects.filter(old=place, new=None, kind=rules.ChangeKind.ENDED).delete()
    record(by=by, at=at, deed="regions.reopen", subject=place.code, region=place.code)
    return place


def _held(by, code, ended=False):
    """The place as it stands now, locked; one below a village, there today or ended."""
    require_naming(by, code)
    rows = Place.objects.filter(pk=code, level=rules.Level.BELOW, valid_to__isnull=not ended)
    place = rows.select_for_update().first()
    if place is None:
        raise NotValid("Tempat ini tidak ada, atau sudah diubah orang lain. Muat ulang halamannya.")
    return place


def _forget(by, at, place):
    record(by=by, at=at, deed="regions.forget", subject=place.code, region=place.code, detail={"name": place.name})
    Change.objects.filter(old=place).delete()
    Change.objects.filter(new=place).delete()
    place.delete()

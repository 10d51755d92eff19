"""Places, their other names, their changes and (optionally) their outlines."""

from django.db import models
from django.db.models import Case, Q, Value, When

from balai.base.errors import NotValid
from balai.regions import rules

BYTE_ORDER = {"postgresql": {"collation": "C"}}  # SQLite compares bytes anyway


class RegionCode(models.CharField):
    """A Kemendagri code. Byte order on every database, so that a region is the half-open range rules.span(code)."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", rules.CODE_LENGTH)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection):
        return super().db_parameters(connection) | BYTE_ORDER.get(connection.vendor, {})


class PlaceQuerySet(models.QuerySet):
    def within(self, code):
        """The place itself and everything below it; all places for ""."""
        if not code:
            return self
        lo, hi = rules.span(code)
        return self.filter(code__gte=lo, code__lt=hi)

    def on(self, day):
        """Places that existed on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gt=day)
        )

    def today(self):
        """Places of the tree now in force."""
        return self.filter(valid_to__isnull=True)

    def villages(self):
        return self.filter(level=rules.Level.VILLAGE)

    def official(self):
        """Province to village: what decrees name. Below it, villages name their own."""
        return self.filter(level__lte=rules.Level.VILLAGE)

    def known(self, code):
        """The place of that code, with or without dots; NotValid where there is none."""
        place = self.filter(pk__in=[code, rules.dotted(code) or code]).first()
        if place is None:
            raise NotValid("Kode wilayah “%(code)s” tidak dikenal. Cari dengan “balai regions search”.", code=code)
        return place

    def gazetteer(self, within=""):
        """Matches names with the places in force at or below `within`, and their ancestors."""
        lineage = [".".join(within.split(".")[:count]) for count in range(1, within.count(".") + 1)]
        places = self.official().today()
        scope = places.filter(pk__in=lineage).union(places.within(within).order_by())
        aliases = PlaceAlias.objects.filter(place__in=places).values_list("place", "name")
        return rules.Gazetteer(scope.values_list("code", "name"), aliases)

    def search(self, text, limit=20, within=""):
        """A list: places whose name, other name or code is or holds `text`, best first, with their ancestors loaded.

        Several words may name the place and places above it: "mosso sendana". The ranking runs over bare codes, so
        that a word in thousands of names does not drag their ancestors along.
        """
        name = rules.search_form(text)
        words = rules.untitled(name).split()[:WORDS]
        start = rules.code_start(text)
        if not words:
            return []
        forms = {name, *(" ".join(words[:cut]) for cut in range(1, len(words) + 1))}
        forms |= {" ".join(words[cut:]) for cut in range(len(words))}
        called = list(PlaceAlias.objects.filter(search_name__in=forms).values_list("place", "search_name"))
        whole = Q(search_name__in=[name, "KOTA " + name]) | Q(pk__in=[code for code, alias in called if alias == name])
        part = Q(search_name__in=forms) | Q(pk__in=[code for code, _alias in called])
        found = Q(pk__gte=start, pk__lt=start + "~") if start else Q()
        if not start or len(words) == 1:
            found |= _named(words)
        ranked = self.within(within).filter(found).annotate(
            gone=Case(When(valid_to__isnull=True, then=Value(0)), default=Value(1)),
            rank=Case(
                When(whole | Q(pk=start or ""), then=Value(0)),
                When(part, then=Value(1)),
                When(search_name__startswith=words[0], then=Value(2)),
                default=Value(3),
            ),
        )  # fmt: skip
        codes = list(ranked.order_by("gone", "rank", "level", "pk").values_list("pk", flat=True)[:limit])
        places = Place.objects.select_related("parent__parent__parent").in_bulk(codes)
        return [places[code] for code in codes]

    def successors(self, code, day, since=None):
        """Codes that the place `code` has on a later `day`, through every change up to then (those after `since`).

        After a split these are the places that now make up the old one.
        """
        events = Change.objects.filter(new__isnull=False, on__lte=day)
        if since is not None:
            events = events.filter(on__gt=since)
        return self._led_to({code}, day, events, "old", "new", forward=True)

    def predecessors(self, code, day):
        """Codes that the place `code` had on an earlier `day`."""
        events = Change.objects.filter(old__isnull=False, on__gt=day)
        return self._led_to({code}, day, events, "new", "old", forward=False)

    def _led_to(self, codes, day, events, here, there, *, forward):
        """Follows events step by step, each no earlier (or no later) than the one before it."""
        reached = dict.fromkeys(codes)
        frontier = codes
        while frontier:
            rows = events.filter(**{here + "__in": frontier}).values_list(here, there, "on")
            further = {}
            for origin, target, on in rows:
                turned = reached[origin] is not None and (on < reached[origin] if forward else on > reached[origin])
                if target not in reached and not turned:
                    further[target] = on
            reached |= further
            frontier = set(further)
        return set(self.on(day).filter(pk__in=reached).values_list("pk", flat=True))


WORDS = 8  # that a search looks at
SHORT = 3  # a word of fewer letters is in most names: it must begin one


def _named(words):
    """Every word is in the place's own name or one above it, and at least one telling word in its own."""
    telling = [word for word in words if len(word) >= SHORT]
    called = _aliases_with(telling)
    own, everywhere = Q() if telling else Q(search_name__startswith=words[0]), Q()
    for word in words:
        aliased = [code for code, name in called if word in name]
        here = Q(search_name__contains=word) | Q(pk__in=aliased) if aliased else Q(search_name__contains=word)
        if word in telling:
            own |= here
        everywhere &= (
            here
            | Q(parent__search_name__contains=word)
            | Q(parent__parent__search_name__contains=word)
            | Q(parent__parent__parent__search_name__contains=word)
        )
    return own if len(words) == 1 else own & everywhere


def _aliases_with(words):
    """(code, name) of the other names that hold one of the words."""
    holding = Q(pk__in=[])
    for word in words:
        holding |= Q(search_name__contains=word)
    return list(PlaceAlias.objects.filter(holding).values_list("place", "search_name"))


class Place(models.Model):
    code = RegionCode(primary_key=True)
    level = models.PositiveSmallIntegerField(choices=rules.Level.choices())
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    bps_code = models.CharField(max_length=10, null=True)
    valid_from = models.DateField(null=True, help_text="null: since before the first decree that Balai knows")
    valid_to = models.DateField(null=True, help_text="first day on which the place no longer existed")
    source = models.CharField(max_length=80)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["level", "code"], name="place_level_code"),
            models.Index(fields=["search_name"], name="place_search_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="place_validity_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=models.F("valid_to")),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.code})"


class PlaceAlias(models.Model):
    """Another spelling of a place's name, and who uses it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    search_name = models.CharField(max_length=120, db_index=True)
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "search_name"], name="alias_once")]


class Change(models.Model):
    """A dated event that leads from an old place to a new one (either side may be empty: new, ended)."""

    kind = models.CharField(max_length=8, choices=rules.ChangeKind.choices())
    on = models.DateField()
    old = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="changes_after")
    new = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="changes_before")
    old_name = models.CharField(max_length=120, blank=True)
    new_name = models.CharField(max_length=120, blank=True)
    certain = models.BooleanField(help_text="False: matched by name only, to be checked")
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(name="change_has_a_side", condition=Q(old__isnull=False) | Q(new__isnull=False)),
            models.UniqueConstraint(fields=["old", "new", "on"], name="change_once"),
            models.UniqueConstraint(fields=["old", "on"], condition=Q(new__isnull=True), name="change_ended_once"),
            models.UniqueConstraint(fields=["new", "on"], condition=Q(old__isnull=True), name="change_new_once"),
        ]


class Boundary(models.Model):
    """The outline of a place, if somebody loaded it. Nothing else depends on it."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="boundary")
    rings = models.JSONField(help_text="list of polygons, each a list of rings, each a list of [lon, lat]")
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

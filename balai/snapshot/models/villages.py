"""What is known of each village at the end of a month, beside its families: registry, class, figures of others."""

from django.db.models import Max

from balai.aid.rules import programmes
from balai.base import months
from balai.classification.models import Outcome
from balai.regions.models import Place
from balai.snapshot.rules.sources import INDICES, OF_VILLAGES, RULE_SETS
from balai.villages.models import AgencyActivity, Answer, DataHouse, DataHouseAssessment, KampungKB, VillageMonth
from balai.villages.rules import DataHouseClass

FAMILIES = "number_families"
LADDER = {one.value: number for number, one in enumerate(DataHouseClass, start=1)}


def facts_of_villages(code, day):
    """{source: rows} of what is no query of its own."""
    return {
        "told_of_villages": _villages(code, day),
        "programmes": sorted((one.code, one.kind.value) for one in programmes().values()),
    }


def _villages(code, day):
    codes = Place.objects.on(day).within(code).villages().order_by("pk").values_list("pk", flat=True)
    facts = {village: {"village": village} for village in codes}
    for told in (_classes, _kampungs, _data_houses, _families, _reported, _activities):
        for village, found in told(code, day):
            if village in facts:
                facts[village] |= found
    names = list(OF_VILLAGES["told_of_villages"])
    return [tuple(row.get(name) for name in names) for row in facts.values()]


def _classes(code, day):
    """Those of the month, where the village was classified then; with them whether it has a Kampung KB."""
    fields = ("village_class", *(f"{index}_index" for index in INDICES[1:]))
    for rules, short in RULE_SETS.items():
        rows = Outcome.objects.current(rules, months.of(day)).within(code)
        for village, formed, *values in rows.values_list("code", "formed", *fields):
            told = {f"{short}_{index}": value for index, value in zip(INDICES, values, strict=True)}
            yield village, told | ({} if formed is None else {"kampung_kb": formed})


def _kampungs(code, day):
    for village in KampungKB.objects.within(code).formed_by(day).values_list("village_id", flat=True):
        yield village, {"kampung_kb": True}


def _data_houses(code, day):
    houses = list(DataHouse.objects.within(code).in_force(day).oldest_first())
    assessed = DataHouseAssessment.objects.standing().filter(on__lte=day).order_by("on", "recorded_at")
    wanted = assessed.filter(house__village__in=[house.village_id for house in houses])
    classes = dict(wanted.values_list("house__lineage", "computed_class"))
    for house in houses:  # the latest of a village comes last
        yield house.village_id, {
            "data_house": house.exists, "data_house_decree": house.has_decree if house.exists else None,
            "data_house_class": LADDER.get(classes.get(house.lineage)) if house.exists else None,
        }  # fmt: skip


def _families(code, day):
    rows = Answer.objects.within(code).filter(item=FAMILIES, kampung__number=1).by_force(day)
    for village, value in rows.values_list("village_code", "value"):
        yield village, {"number_families": value}


def _reported(code, day):
    """Of the last month that was reported."""
    rows = VillageMonth.objects.within(code).filter(period__lte=months.of(day)).order_by("period")
    for village, members, target in rows.values_list("code", "pikr_members", "pikr_target"):
        yield village, {"pikr_members": members, "pikr_target": target}


def _activities(code, day):
    rows = AgencyActivity.objects.within(code).standing().filter(on__lte=day)
    ever = dict(rows.values_list("village_id").annotate(last=Max("on")).order_by())
    first = months.first_day(months.of(day))
    month = dict.fromkeys(ever, 0)
    for village in rows.filter(on__gte=first).values_list("village_id", flat=True):
        month[village] += 1
    for village, number in month.items():
        yield village, {"activities_month": number}

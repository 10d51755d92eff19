"""What is known of each village at the end of a month, beside its families: registry, class, figures of others."""

from django.db.models import Count, Q

from balai.aid.rules import programmes
from balai.base import months
from balai.classification.models import Outcome
from balai.regions.models import Place
from balai.regions.rules import span
from balai.snapshot.rules.sources import INDICES, OF_VILLAGES, RULE_SETS
from balai.villages.models import AgencyActivity, Answer, DataHouse, DataHouseAssessment, KampungKB, VillageMonth
from balai.villages.rules import DataHouseClass

FAMILIES = "number_families"
LADDER = {one.value: number for number, one in enumerate(DataHouseClass, start=1)}


def facts_of_villages(code, day):
    """{source: rows} of what is no query of its own."""
    return assembled({name: list(rows) for name, rows in asked_of_villages(code, day).items()})


def assembled(found):
    """The same, of what the queries found."""
    facts = {village: {"village": village} for (village,) in found["villages"]}
    for told in (_classes, _kampungs, _data_houses, _families, _reported, _activities):
        for village, row in told(found):
            if village in facts:
                facts[village] |= row
    names = list(OF_VILLAGES["told_of_villages"])
    return {
        "told_of_villages": [tuple(row.get(name) for name in names) for row in facts.values()],
        "programmes": sorted((one.code, one.kind.value) for one in programmes().values()),
    }


def asked_of_villages(code, day):
    """{name: query}, of plain values."""
    lo, hi = span(code)
    fields = ("code", "formed", "village_class", *(f"{index}_index" for index in INDICES[1:]))
    month = months.of(day)
    assessed = DataHouseAssessment.objects.standing().filter(on__lte=day, house__village__gte=lo, house__village__lt=hi)
    answers = Answer.objects.within(code).filter(item=FAMILIES, kampung__number=1).by_force(day)
    reported = VillageMonth.objects.within(code).filter(period__lte=month).order_by("period")
    activities = AgencyActivity.objects.within(code).standing().filter(on__lte=day)
    houses = DataHouse.objects.within(code).in_force(day).oldest_first()
    return {
        "villages": Place.objects.on(day).within(code).villages().order_by("pk").values_list("pk"),
        **{short: Outcome.objects.current(rules, month).within(code).values_list(*fields)
           for rules, short in RULE_SETS.items()},
        "kampungs": KampungKB.objects.within(code).formed_by(day).values_list("village_id"),
        "data_houses": houses.values_list("village_id", "lineage", "exists", "has_decree"),
        "assessed": assessed.order_by("on", "recorded_at").values_list("house__lineage", "computed_class"),
        "families": answers.values_list("village_code", "value"),
        "reported": reported.values_list("code", "pikr_members", "pikr_target"),
        "activities": activities.order_by().values_list("village_id").annotate(
            ever=Count("pk"), month=Count("pk", filter=Q(on__gte=months.first_day(month)))
        ),
    }  # fmt: skip


def _classes(found):
    """Those of the month, where the village was classified then; with them whether it has a Kampung KB."""
    for short in RULE_SETS.values():
        for village, formed, *values in found[short]:
            told = {f"{short}_{index}": value for index, value in zip(INDICES, values, strict=True)}
            yield village, told | ({} if formed is None else {"kampung_kb": bool(formed)})


def _kampungs(found):
    for (village,) in found["kampungs"]:
        yield village, {"kampung_kb": True}


def _data_houses(found):
    """The latest of a village comes last."""
    classes = dict(found["assessed"])
    for village, lineage, exists, has_decree in found["data_houses"]:
        yield village, {
            "data_house": exists, "data_house_decree": has_decree if exists else None,
            "data_house_class": LADDER.get(classes.get(lineage)) if exists else None,
        }  # fmt: skip


def _families(found):
    for village, value in found["families"]:
        yield village, {"number_families": value}


def _reported(found):
    """Of the last month that was reported."""
    for village, members, target in found["reported"]:
        yield village, {"pikr_members": members, "pikr_target": target}


def _activities(found):
    for village, _ever, month in found["activities"]:
        yield village, {"activities_month": month}

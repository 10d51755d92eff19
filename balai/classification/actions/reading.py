"""What the registry says of the villages of a region: one query a table, a row a village where it can be one."""

from django.db import connection
from django.db.models import Aggregate, F, Func, JSONField, TextField, Value
from django.db.models.functions import Cast, Substr

from balai.classification import rules
from balai.regions.rules import span
from balai.villages.models import AgencyActivity, Answer, DataHouse, KampungKB, VillageMonth
from balai.villages.rules import Mark

FIGURES = rules.INPUTS[rules.INPUTS.index("bkb_members") :]
GROUPS = tuple(f"{group}_groups" for group in rules.GROUPS)


def month_of(field):
    return Substr(Cast(field, TextField()), 1, 7)


def rows_of(queryset):
    """The rows as the database gives them: no model, no conversion."""
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def kampungs(region):
    return rows_of(
        KampungKB.objects.within(region).main()
        .values_list("village_id", month_of("founded_earliest"), month_of("founded_latest"), month_of("ended_on"))
    )  # fmt: skip


class Listed(Aggregate):
    """All values of a group in one JSON list, null ones too: a fifth of the cost of a row for each."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection):  # pragma: no cover  proved by the run on PostgreSQL
        return self.as_sql(compiler, connection, function="JSON_AGG")


class ListedText(Listed):
    """The list as text, without spaces."""

    output_field = TextField()

    def as_postgresql(self, compiler, connection):  # pragma: no cover  proved by the run on PostgreSQL
        return self.as_sql(compiler, connection, template="REPLACE(JSON_AGG(%(expressions)s)::text, ' ', '')")


class Joined(Func):
    """Texts one after the other; none of them null, so without the COALESCE around each that Concat has."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class Several(Func):
    """Some numbers of one row as a JSON list."""

    function = "JSON_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler, connection):  # pragma: no cover  proved by the run on PostgreSQL
        return self.as_sql(compiler, connection, function="JSON_BUILD_ARRAY")


def figures(region, periods):
    """One row a month: its villages, and for each of them the groups and the figures."""
    return (
        VillageMonth.objects.within(region).filter(period__in=periods).order_by().values("period")
        .annotate(codes=ListedText("code"), groups=ListedText(Several(*GROUPS)),
                  figures=ListedText(Several(*FIGURES[:-1], _marks())))
        .values_list("period", "codes", "groups", "figures")
    )  # fmt: skip


def answers(region):
    """One row a village: its main Kampung KB's values, and beside them what was answered, for when, and when."""
    others = KampungKB.objects.within(region).exclude(number=1)
    answers = Answer.objects.within(region)
    if others.exists():
        answers = answers.exclude(kampung__in=others)
    key = Joined("item", Value(" "), Cast("from_on", TextField()), Value(" "), Cast("recorded_at", TextField()))
    return (
        answers.order_by().values("village_code")
        .annotate(values=Listed("value"), keys=Listed(key)).values_list("village_code", "values", "keys")
    )  # fmt: skip


def activities(region):
    """One row a village: which agency in which month."""
    key = Joined(Cast("agency", TextField()), Value(" "), month_of("on"))
    return (
        AgencyActivity.objects.standing().within(region).order_by().values("village_id")
        .annotate(keys=Listed(key)).values_list("village_id", "keys")
    )  # fmt: skip


def _marks():
    """All marks in one number. A negative method spoils the users as much as methods that do not add up."""
    negative = F("users_marks").bitand(int(Mark.NEGATIVE)) * (int(Mark.SUM) // int(Mark.NEGATIVE))
    return F("couples_marks").bitor(F("users_marks")).bitor(F("groups_marks")).bitor(negative)


def of_kampung(model, region):
    lo, hi = span(region)
    return (
        model.objects.standing().filter(kampung__village_id__gte=lo, kampung__village_id__lt=hi, kampung__number=1)
        .order_by().values_list("kampung__village_id", month_of("from_on"), month_of("to_on"), "kind")
    )  # fmt: skip


def houses(region):
    return (
        DataHouse.objects.standing().within(region).order_by()
        .values_list("village_id", month_of("from_on"), month_of("to_on"), "exists")
    )  # fmt: skip

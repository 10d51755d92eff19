"""What a page's address asks for: checked, with a sentence that says what there is when it cannot be answered."""

from dataclasses import dataclass

from balai.base import months
from balai.base.errors import NotValid
from balai.classification import rules as classification
from balai.classification.models import Run
from balai.reports.rules.kinds import BY_KEY, Kind

DEFAULT_RULES = "balai-2026"
YEAR = 12


@dataclass(frozen=True)
class Asked:
    """Month, rule set and month to compare with. `period` is None where nothing has been classified yet."""

    code: str
    rules: str
    period: str | None
    compared: str | None
    periods: tuple[str, ...]
    run: dict | None

    @property
    def rule_names(self):
        return classification.names()

    @property
    def ruleset(self):
        return classification.load(self.rules)


@dataclass(frozen=True)
class Wanted:
    """Which villages of a list, and in which order; `descending` turns it."""

    kinds: tuple[Kind, ...]
    text: str
    sort: str
    descending: bool


def touches(region, code):
    """Whether a run of `region` said something about `code`: one holds the other."""
    return not region or not code or (code + ".").startswith(region + ".") or region.startswith(code + ".")


def runs_of(rules, code):
    """Month to newest run of the rule set that touches the region."""
    fields = ("period", "region", "rules_version", "figures", "at")
    rows = Run.objects.filter(rules=rules).order_by("at", "id").values(*fields)
    return {row["period"]: row for row in rows if touches(row["region"], code)}


def asked(query, code=""):
    rules = query.get("aturan") or DEFAULT_RULES
    if rules not in classification.names():
        raise NotValid(
            "Aturan “%(rules)s” tidak ada. Yang ada: %(names)s.", rules=rules, names=", ".join(classification.names())
        )
    runs = runs_of(rules, code)
    periods = tuple(sorted(runs))
    period = _among(query.get("periode"), periods) or (periods[-1] if periods else None)
    compared = _among(query.get("dibanding"), periods) or _earlier(period, periods)
    return Asked(code, rules, period, compared, periods, runs.get(period))


def _among(given, periods):
    """The month that was given, when it is one and has results; None when none was given."""
    if not given:
        return None
    period = months.parse(given)
    if period not in periods:
        raise NotValid(
            "Belum ada hasil untuk bulan %(period)s. Yang ada: %(periods)s.",
            period=period, periods=", ".join(periods) or "–",
        )  # fmt: skip
    return period


def _earlier(period, periods):
    """A year before, else the first month there is; None without an earlier one."""
    if not period or period == periods[0]:
        return None
    before = months.shift(period, -YEAR)
    return before if before in periods else periods[0]


def wanted(query, sorts):
    """`sorts` are the keys that the list can be sorted by, the first of them by default; '-key' turns the order."""
    kinds = []
    for key in query.getlist("kelas"):
        if key not in BY_KEY:
            raise NotValid("Kelas “%(key)s” tidak ada. Yang ada: %(keys)s.", key=key, keys=", ".join(BY_KEY))
        kinds.append(BY_KEY[key])
    sort = query.get("urut") or sorts[0]
    if sort.removeprefix("-") not in sorts:
        raise NotValid("Urutan “%(sort)s” tidak ada. Yang ada: %(sorts)s.", sort=sort, sorts=", ".join(sorts))
    text = query.get("saring", "").strip()[:80]
    return Wanted(tuple(kinds), text, sort.removeprefix("-"), sort.startswith("-"))

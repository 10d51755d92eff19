"""Seven places with a family, a companion of their own and canaries; and everybody who might ask for them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from balai.access.models import AuditEntry, acting
from balai.access.rules import AgencyKind, Matter, Permission, Right, operator
from balai.aid import actions as aid
from balai.aid.rules import AidFacts, Line
from balai.events.models import LifeEvent
from balai.exports.models import Export
from balai.facilities import actions as facilities
from balai.facilities.rules import Facts
from balai.families.actions import add_family, add_person
from balai.families.models import IdentityNumber
from balai.families.rules import PersonFacts, Relation, Sex
from balai.measurements import actions as measurements
from balai.measurements.rules import Facts as Measured
from balai.privacy.actions import receive_request
from balai.privacy.rules import Proof, RequestKind
from balai.regions.actions import add_place_below, load_places
from balai.regions.rules import BelowKind
from tests.people import actor, person, signed_in
from tests.rosters.planting import listed

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
BY = operator("matrix")

# Target: the region of its family, seen from the village 16.05.02.2001 in which the people of the matrix work.
TARGETS = {
    "own": "16.05.02.2001",
    "other RT": "16.05.02.2001.T001",
    "sibling village": "16.05.02.2002",
    "other kecamatan": "16.05.01.2002",
    "other kabupaten": "16.06.01.2001",
    "other province": "76.05.03.2024",
}
UNKNOWN = "unknown"

# Principal: role, region of the grant, kind of agency. TPK and the kader of one RT are bound to less than the village.
PRINCIPALS = {
    "cadre": ("cadre", "16.05.02.2001", ""),
    "cadre of an RT": ("cadre", "16.05.02.2001.T001", ""),
    "companion": ("companion", "16.05.02.2001", ""),
    "working group": ("working_group", "16.05.02.2001", ""),
    "village editor": ("village_editor", "16.05.02.2001", ""),
    "field officer": ("field_officer", "16.05.02", ""),
    "village head": ("village_head", "16.05.02.2001", ""),
    "district head": ("district_head", "16.05.02", ""),
    "family office": ("family_office", "16.05", ""),
    "health": ("agency_officer", "16.05", AgencyKind.HEALTH),
    "social": ("agency_officer", "16.05", AgencyKind.SOCIAL),
    "population": ("agency_officer", "16.05", AgencyKind.POPULATION),
    "other agency": ("agency_officer", "16.05", AgencyKind.OTHER),
    "planner": ("planner", "16.05", ""),
    "province": ("province", "16", ""),
    "nation": ("nation", "", ""),
    "auditor": ("auditor", "16.05", ""),
    "system admin": ("system_admin", "", ""),
}


@dataclass
class Target:
    name: str
    region: str
    family: object = None
    account: object = None
    canary: str = ""
    number: str = ""
    things: dict = field(default_factory=dict)


@dataclass
class Somebody:
    name: str
    cookies: dict
    actor: object


OFFICES = {"accounts", "staff"}  # rooms whose pages are about people who sign in
ENTERED = {"families:add", "events:arriving", "events:returning"}  # by whom no families are assigned
LISTS = {"aid:list", "aid:list_apply", "aid:list_remove", "aid:desk", "aid:again"}  # about a region, not a family
FILES = {"aid:import", "aid:apply", "aid:undo_file", "aid:file"}  # of a whole village
SHARED = {"exports:one", "exports:judge"}  # with the officer who approves; the file is the asker's alone
# Pages of a matter that not everybody who passes their door may read, or write.
NEEDS = {
    **dict.fromkeys(("exports:ask", "exports:village"), (Matter.NAMES, Right.MASKED)),
    **dict.fromkeys(("aid:village",), (Matter.WELFARE, Right.MASKED)),
    **dict.fromkeys(("aid:record", "aid:correct", "aid:end", "aid:undo", *FILES), (Matter.WELFARE, Right.WRITE)),
    **dict.fromkeys(("measurements:child", "measurements:village"), (Matter.CHILD_GROWTH, Right.MASKED)),
    **dict.fromkeys(
        [f"measurements:{name}" for name in ("record", "correct", "remove", "undo", "sheet")],
        (Matter.CHILD_GROWTH, Right.WRITE),
    ),
    "scorecards:behind": (Matter.CONTRACEPTION, Right.MASKED),  # the figure asked is one of couples
    "scorecards:measuring": (Matter.CHILD_GROWTH, Right.MASKED),
    **dict.fromkeys(("aid:lists", "aid:list"), (Matter.POVERTY, Right.MASKED)),
    **dict.fromkeys(("aid:bring", *(LISTS - {"aid:list"})), (Matter.POVERTY, Right.WRITE)),
}
WORDS = ("Kanariasatuxq", "Kanariaduaxq", "Kanariatigaxq", "Kanariaempatxq", "Kanarialimaxq", "Kanariaenamxq")


def nik(number):
    """Sixteen digits of no real place, the last four of which occur nowhere else."""
    return f"990101010199{number:04d}"


def settle():
    """Every target with its rows, in the order of TARGETS."""
    add_place_below(
        by=BY, at=AT, village=TARGETS["own"], kind=BelowKind.RT, name="RT 01", number=1, from_on=AT.date(), source="-"
    )
    targets = {}
    for position, (name, region) in enumerate(TARGETS.items(), start=1):
        target = Target(name, region, canary=WORDS[position - 1], number=nik(position + 7300))
        with acting(BY):
            target.family = add_family(
                by=BY, at=AT, region=region, address=f"Jalan {target.canary}", card=nik(position + 8300),
                people=[PersonFacts(f"{target.canary} Kepala", Sex.MALE, Relation.HEAD, None, target.number)],
            )  # fmt: skip
            target.things["person"] = target.family.people.get()
            target.things["request"] = receive_request(
                by=BY, at=AT, person=target.things["person"], kind=RequestKind.ACCESS, proof=Proof.ID_CARD
            )
            target.things["number"] = IdentityNumber.objects.get(family=target.family, kind="nik")
            facts = Facts("posyandu", f"Posyandu {position}", region[:13])
            target.things["facility"] = facilities.record_facility(by=BY, at=AT, facts=facts)
            event = {"kind": "moved_in", "on": AT.date(), "people": 1, "made_at": AT, "made_by": BY.name}
            target.things["event"] = LifeEvent.objects.create(family=target.family, region=region, **event)
            target.things["child"] = add_person(
                by=BY, at=AT, family=target.family, name=f"{target.canary} Anak", sex=Sex.MALE, relation=Relation.CHILD,
                born_on=date(2025, 6, 1),
            )  # fmt: skip
            measured = Measured(date(2026, 11, 10), weight_kg=Decimal("10.2"))
            target.things["measurement"] = measurements.record_measurement(
                by=BY, at=AT, person=target.things["child"], facts=measured
            )
            target.things["aid"] = aid.record_aid(by=BY, at=AT, family=target.family, facts=AidFacts("pkh"))
            target.things["aid file"] = aid.take_in_aid(by=BY, at=AT, village=region[:13], file="", total=1)
            version = aid.bring_list(
                by=BY, at=AT, kind="p3ke", edition="2024", dated_on=AT.date(), region=region[:13], source="uji",
                sha256=f"{position}", lines=[Line(2, nik=target.number, decile=2)],
            )  # fmt: skip
            target.things["list"] = aid.apply_list(by=BY, at=AT, version=version)
            target.things["roster"], target.things["roster row"] = listed(target.family, target.things["person"])
        target.things["entry"] = AuditEntry.objects.filter(region=region).latest("pk")
        target.account = person("cadre", region, name=f"{target.canary} Kader")
        target.things["export"] = exported(person("cadre", region), region)
        targets[name] = target
    return targets


def exported(account, region):
    """What that account asked to take along, waiting for a second officer."""
    return Export.objects.create(
        sheet="families", region=region, columns=["called"], format="csv", language="id", purpose="uji",
        state="waiting", account=account.pk, hat="cadre", assurance=2, asked_at=AT, asked_by=f"account:{account.pk}",
        persons=2000, needs_approval=True,
    )  # fmt: skip


def people(targets):
    """Everybody who asks, signed in with a second factor."""
    found = {}
    for name, terms in PRINCIPALS.items():
        role, region, agency = terms
        families = [targets["own"].family.pk] if role == "companion" else ()
        account = person(role, region, agency, families, name=f"Orang {name}")
        found[name] = Somebody(
            name, {key: one.value for key, one in signed_in(account).cookies.items()}, actor(account)
        )
    return found


@dataclass
class House:
    targets: dict
    people: dict  # principal: Somebody

    def governs(self, somebody, target):
        """Whether the principal may see the accounts of a place: with the permission, inside the region."""
        if Permission.ACCOUNT_VIEW not in somebody.actor.role.may:
            return False
        return inside(somebody, target)

    def reaches(self, somebody, target, address):
        """Whether the thing at that address lies in the principal's scope."""
        if target is UNKNOWN:
            return False
        room, parts = address.name.partition(":")[0], address.parts
        if room in OFFICES:
            return self.governs(somebody, target)
        if room == "access":
            return inside(somebody, target)
        if room == "exports" and "pk" in parts:
            return address.name in SHARED and inside(somebody, target) and somebody.actor.may(Permission.EXPORT_APPROVE)
        # a list of the village: of its people only those in scope are shown
        if "code" in parts or room in ("facilities", "rosters") or address.name in LISTS:
            return touches(somebody, target.region[:13])
        if room == "privacy" and "person" not in parts:  # who handles a request need not see the name
            return of_request(somebody, target)
        return sees(somebody, target)

    def barred(self, somebody, target, address):
        """Roles that hold the permission and yet see no family at all, or enter none."""
        matter, right = NEEDS.get(address.name, (Matter.VILLAGE, Right.NONE))
        if somebody.actor.right(matter) < right:
            return True
        if address.name in FILES and self.reaches(somebody, target, address):
            return somebody.actor.role.assigned or not somebody.actor.covers(target.region[:13])
        if address.name.startswith("survey:"):
            return unasked(somebody.actor, address)
        if not address.name.startswith(("families:", "identity:", "events:", "quality:")):
            return False
        if address.name in ENTERED and somebody.actor.role.assigned and self.reaches(somebody, target, address):
            return True
        return not somebody.actor.right(Matter.NAMES)

    def may_be_named(self, somebody, target, address):
        """The canary is the name of a family and of the place's cadre."""
        if somebody is None:
            return False
        of_accounts = address.name.partition(":")[0] in OFFICES and self.governs(somebody, target)
        return of_accounts or sees(somebody, target)


def inside(somebody, target):
    region = PRINCIPALS[somebody.name][1]
    return region == "" or target.region == region or target.region.startswith(region + ".")


def touches(somebody, village):
    region = PRINCIPALS[somebody.name][1]
    return f"{village}.".startswith(f"{region}." if region else "") or region.startswith(f"{village}.")


def unasked(actor, address):
    """Roles that may not read, or not fill, the block of the survey that the address is about."""
    block, _underscore, deed = address.name.removeprefix("survey:").partition("_")
    matter = {"planning": Matter.CONTRACEPTION, "development": Matter.WELFARE}.get(block, Matter.NAMES)
    need = Right.MASKED if deed in ("", "pdf") else Right.WRITE
    return min(actor.right(Matter.NAMES), actor.right(matter)) < need


def of_request(somebody, target):
    return inside(somebody, target) and (somebody.name != "companion" or target.name == "own")


def sees(somebody, target, matters=(Matter.NAMES,)):
    """Whether rows of that target are in the principal's scope: worked out from the role alone."""
    if target is UNKNOWN or somebody is None:
        return False
    if somebody.name == "companion" and target.name != "own":
        return False
    return inside(somebody, target) and all(somebody.actor.right(matter) >= Right.MASKED for matter in matters)


def build(places):
    load_places(by=BY, at=AT, places=places)
    targets = settle()
    return House(targets, people(targets))

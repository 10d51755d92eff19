"""Roles are data: one frozen object each. docs/generated/roles.md is made from this file, and so are the walls of the
database.

`hands_out` names the roles that a holder may give to others, always inside the holder's own region, agency and dates,
never to oneself. The power to appoint is itself a right (docs/adr/0011): who appoints need not see what the appointed
sees, and whoever may appoint a role may appoint what that role may appoint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType

from balai.access.rules.matters import Matter, Right
from balai.access.rules.permissions import Permission
from balai.base.words import sentence


class Reach(IntEnum):
    """The level of region that a grant of a role is bound to; the same numbers as the levels of places."""

    NATION = 0
    PROVINCE = 1
    KABUPATEN = 2
    KECAMATAN = 3
    VILLAGE = 4
    BELOW = 5


class AgencyKind(StrEnum):
    """What kind of agency an officer works for: decides which matters the officer may see."""

    HEALTH = "health"
    SOCIAL = "social"
    POPULATION = "population"
    OTHER = "other"


@dataclass(frozen=True)
class Role:
    name: str
    may: frozenset[Permission]
    title: str = ""
    reach: frozenset[Reach] = frozenset(Reach)
    sees: Mapping[Matter, Right] = field(default_factory=dict)
    by_agency: Mapping[AgencyKind, Mapping[Matter, Right]] = field(default_factory=dict)
    hands_out: frozenset[str] = frozenset()
    second_factor: bool = True  # a passkey, a code generator, or an enrolled device with its PIN
    assigned: bool = False  # sees only the families or neighbourhoods assigned

    def right(self, matter: Matter, agency: AgencyKind | None = None) -> Right:
        """How far a holder sees the matter; an agency's officer by the kind of the agency."""
        if self.by_agency:
            return self.by_agency[agency or AgencyKind.OTHER].get(matter, Right.NONE)
        return self.sees.get(matter, Right.NONE)


_EVERYTHING = MappingProxyType(dict.fromkeys(Matter, Right.WRITE))
_FACTS_ONLY = MappingProxyType({Matter.VILLAGE: Right.READ})
_AGGREGATES = MappingProxyType(
    {
        Matter.VILLAGE: Right.READ,
        Matter.CHILD_GROWTH: Right.AGGREGATE,
        Matter.CONTRACEPTION: Right.AGGREGATE,
        Matter.HEALTH: Right.AGGREGATE,
        Matter.POVERTY: Right.AGGREGATE,
        Matter.WELFARE: Right.AGGREGATE,
    }
)
_FRONT_LINE = MappingProxyType(
    {
        Matter.VILLAGE: Right.READ,
        Matter.NAMES: Right.WRITE,
        Matter.NUMBER: Right.MASKED,
        Matter.CHILD_GROWTH: Right.WRITE,
        Matter.HEALTH: Right.WRITE,
        Matter.CONTRACEPTION: Right.WRITE,
        Matter.POVERTY: Right.READ,
        Matter.WELFARE: Right.WRITE,
    }
)
_OFFICERS = MappingProxyType(
    {
        Matter.VILLAGE: Right.WRITE,
        Matter.STAFF: Right.WRITE,
        Matter.NAMES: Right.WRITE,
        Matter.NUMBER: Right.REASON,
        Matter.CHILD_GROWTH: Right.READ,
        Matter.HEALTH: Right.READ,
        Matter.CONTRACEPTION: Right.READ,
        Matter.POVERTY: Right.READ,
        Matter.WELFARE: Right.WRITE,
    }
)
_VILLAGE_OFFICE = MappingProxyType(
    {Matter.VILLAGE: Right.WRITE, Matter.STAFF: Right.WRITE, Matter.NAMES: Right.READ, Matter.NUMBER: Right.MASKED}
)
_BY_AGENCY = MappingProxyType(
    {
        AgencyKind.HEALTH: MappingProxyType(
            {
                Matter.VILLAGE: Right.READ,
                Matter.NAMES: Right.READ,
                Matter.NUMBER: Right.MASKED,
                Matter.CHILD_GROWTH: Right.WRITE,
                Matter.HEALTH: Right.WRITE,
                Matter.CONTRACEPTION: Right.WRITE,
            }
        ),
        AgencyKind.SOCIAL: MappingProxyType(
            {
                Matter.VILLAGE: Right.READ,
                Matter.NAMES: Right.READ,
                Matter.NUMBER: Right.REASON,
                Matter.POVERTY: Right.WRITE,
                Matter.WELFARE: Right.READ,
            }
        ),
        AgencyKind.POPULATION: MappingProxyType(
            {Matter.VILLAGE: Right.READ, Matter.NAMES: Right.READ, Matter.NUMBER: Right.REASON}
        ),
        AgencyKind.OTHER: _AGGREGATES,
    }
)

CADRE = Role(
    "cadre",
    frozenset({Permission.FAMILY_VIEW, Permission.FAMILY_EDIT, Permission.RIGHTS_RECEIVE}),
    title=sentence("Kader"),
    reach=frozenset({Reach.VILLAGE, Reach.BELOW}),
    sees=_FRONT_LINE,
)
COMPANION = Role(
    "companion",
    CADRE.may,
    title=sentence("Tim Pendamping Keluarga (TPK)"),
    reach=CADRE.reach,
    sees=_FRONT_LINE,
    assigned=True,
)
WORKING_GROUP = Role(
    "working_group",
    frozenset({Permission.VILLAGE_EDIT}),
    title=sentence("Pokja Kampung KB"),
    reach=frozenset({Reach.VILLAGE}),
    sees=MappingProxyType({Matter.VILLAGE: Right.WRITE, Matter.STAFF: Right.READ}),
    second_factor=False,
)
VILLAGE_EDITOR = Role(
    "village_editor",
    frozenset(
        {
            Permission.VILLAGE_EDIT, Permission.FAMILY_VIEW, Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE,
            Permission.DEVICE_ENROL, Permission.RIGHTS_RECEIVE,
        }
    ),
    title=sentence("Petugas data desa"),
    reach=frozenset({Reach.VILLAGE}),
    sees=_VILLAGE_OFFICE,
    hands_out=frozenset({"cadre", "companion"}),
)  # fmt: skip
FIELD_OFFICER = Role(
    "field_officer",
    CADRE.may
    | VILLAGE_EDITOR.may
    | {
        Permission.NUMBER_REVEAL, Permission.FACTOR_RESET, Permission.IMPORT_APPLY, Permission.RIGHTS_DECIDE,
        Permission.FAMILY_VERIFY, Permission.EXPORT_APPROVE,
    },
    title=sentence("PKB/PLKB"),
    reach=frozenset({Reach.VILLAGE, Reach.KECAMATAN}),
    sees=_OFFICERS,
    hands_out=frozenset({"village_editor", "working_group"}),
)  # fmt: skip
VILLAGE_HEAD = Role(
    "village_head",
    frozenset({Permission.FAMILY_VIEW, Permission.RIGHTS_RECEIVE}),
    title=sentence("Kepala desa/lurah"),
    reach=frozenset({Reach.VILLAGE}),
    sees=MappingProxyType({Matter.VILLAGE: Right.READ, Matter.STAFF: Right.READ, Matter.NAMES: Right.READ,
                           Matter.NUMBER: Right.MASKED}),
)  # fmt: skip
DISTRICT_HEAD = Role(
    "district_head",
    frozenset(),
    title=sentence("Camat"),
    reach=frozenset({Reach.KECAMATAN}),
    sees=_AGGREGATES,
)
AGENCY_OFFICER = Role(
    "agency_officer",
    frozenset({Permission.FAMILY_VIEW, Permission.NUMBER_REVEAL}),
    title=sentence("Petugas instansi lain"),
    reach=frozenset({Reach.KABUPATEN, Reach.KECAMATAN}),
    by_agency=_BY_AGENCY,
)
PLANNER = Role("planner", frozenset(), title=sentence("Bappeda"), reach=frozenset({Reach.KABUPATEN}), sees=_AGGREGATES)
FAMILY_OFFICE = Role(
    "family_office",
    FIELD_OFFICER.may | {Permission.REGIONS_EDIT, Permission.CLASSIFY},
    title=sentence("OPD-KB (admin kabupaten)"),
    reach=frozenset({Reach.KABUPATEN}),
    sees=MappingProxyType({**_OFFICERS, Matter.POVERTY: Right.WRITE}),
    hands_out=frozenset({"field_officer", "village_head", "district_head", "agency_officer", "planner"}),
)
PROVINCE = Role(
    "province",
    frozenset({Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE, Permission.FACTOR_RESET, Permission.CLASSIFY}),
    title=sentence("Provinsi"),
    reach=frozenset({Reach.PROVINCE}),
    sees=_AGGREGATES,
    hands_out=frozenset({"family_office"}),
)
NATION = Role(
    "nation",
    PROVINCE.may,
    title=sentence("Nasional"),
    reach=frozenset({Reach.NATION}),
    sees=_AGGREGATES,
    hands_out=frozenset({"province"}),
)
AUDITOR = Role(
    "auditor",
    frozenset({Permission.AUDIT_READ, Permission.RIGHTS_RECEIVE, Permission.RIGHTS_DECIDE, Permission.ACCOUNT_VIEW}),
    title=sentence("Pejabat pelindungan data/auditor"),
    reach=frozenset({Reach.NATION, Reach.PROVINCE, Reach.KABUPATEN}),
    sees=_FACTS_ONLY,
)
SYSTEM_ADMIN = Role(
    "system_admin",
    frozenset(
        {
            Permission.SYSTEM_SETUP, Permission.REGIONS_LOAD, Permission.REGIONS_EDIT, Permission.KEYS_ROTATE,
            Permission.ACCOUNT_VIEW, Permission.ACCOUNT_MANAGE, Permission.FACTOR_RESET,
        }
    ),
    title=sentence("Admin sistem"),
    reach=frozenset({Reach.NATION}),
    sees=_FACTS_ONLY,
    hands_out=frozenset({"nation", "auditor"}),
)  # fmt: skip
PUBLIC = Role("public", frozenset(), title=sentence("Umum"), sees=_FACTS_ONLY, second_factor=False)
OPERATOR = Role(
    "operator",
    frozenset(Permission),
    title=sentence("Operator server (baris perintah)"),
    reach=frozenset({Reach.NATION}),
    sees=_EVERYTHING,
    hands_out=frozenset({"system_admin"}),
)

# Those that an account can hold; the operator and the public hold none.
ROLES = MappingProxyType(
    {
        role.name: role
        for role in (
            CADRE, COMPANION, WORKING_GROUP, VILLAGE_EDITOR, FIELD_OFFICER, VILLAGE_HEAD, DISTRICT_HEAD,
            AGENCY_OFFICER, PLANNER, FAMILY_OFFICE, PROVINCE, NATION, AUDITOR, SYSTEM_ADMIN,
        )
    }
)  # fmt: skip


def appointable(role: Role) -> frozenset[str]:
    """Names of the roles that a holder may give, directly or because a role below may."""
    found: set[str] = set()
    waiting = set(role.hands_out)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= ROLES[name].hands_out - found
    return frozenset(found)

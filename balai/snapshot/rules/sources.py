"""What is read of the register: few columns, typed, none of which names anybody. The raw tables are made of these."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from balai.survey.rules import Block, Kind, items_of

Columns = Mapping[str, str]
ID, CODE, DAY, NUMBER, YES, REAL = "UUID", "VARCHAR", "DATE", "INTEGER", "BOOLEAN", "DOUBLE"
BLOCKS = {
    Block.MEMBERS: "member_answers",
    Block.PLANNING: "planning_answers",
    Block.DEVELOPMENT: "development_answers",
    Block.HOUSING: "housing",
}
RULE_SETS = {"portal-2023": "portal", "balai-2026": "balai"}
INDICES = ("class", "input", "process", "output")
PERSONAL = {
    "registered": {"id": ID, "region": CODE, "since_on": DAY},
    "persons": {"id": ID, "family": ID, "sex": NUMBER, "born_on": DAY, "relation": NUMBER, "since_on": DAY},
    "past": {"person": ID, "family": ID, "region": CODE, "sex": NUMBER, "born_on": DAY, "relation": NUMBER},
    "births": {"mother": ID, "region": CODE, "born_on": DAY, "family": ID},
    "numbers": {"person": ID, "shared": YES, "sound": YES, "family": ID},
    "documents": {"person": ID, "kind": CODE, "is_held": YES, "family": ID},
    "verified": {"family": ID},
    "listed": {"family": ID, "kind": CODE, "dated_on": DAY, "decile": NUMBER, "by_number": YES},
    "received": {
        "family": ID, "person": ID, "programme": CODE, "agency": NUMBER, "state": CODE, "from_on": DAY,
        "until_on": DAY, "amount": "BIGINT",
    },
    "aided": {"village": CODE},
    "measured": {
        "person": ID, "measured_on": DAY, "weight_kg": REAL, "height_cm": REAL, "position": CODE, "oedema": YES,
        "head_cm": REAL, "muac_cm": REAL, "family": ID,
    },
    "happened": {
        "region": CODE, "kind": CODE, "on_day": DAY, "entered_on": DAY, "people": NUMBER, "place": CODE,
    },
}  # fmt: skip
OF_VILLAGES = {
    "places_of_service": {"id": ID, "region": CODE, "kind": CODE, "outside": YES, "opened_on": DAY},
    "lists": {"kind": CODE, "region": CODE, "dated_on": DAY},
    "programmes": {"code": CODE, "kind": CODE},
    "told_of_villages": {
        "village": CODE, "kampung_kb": YES,
        **{f"{short}_{index}": NUMBER for short in RULE_SETS.values() for index in INDICES},
        "data_house": YES, "data_house_decree": YES, "data_house_class": NUMBER, "number_families": NUMBER,
        "pikr_members": NUMBER, "pikr_target": NUMBER, "activities_month": NUMBER,
    },
}  # fmt: skip
BEFORE = {"family": ID, "krs": YES}


@cache
def answers(block: Block) -> Columns:
    """Of whom, since when, and what was answered, by the keys of the items."""
    about = {"person": ID, "family": ID} if block.of_a_person else {"family": ID}
    told = {item.key: DAY if item.kind is Kind.MONTH else NUMBER for item in items_of(block)}
    return MappingProxyType(about | {"from_on": DAY} | told)


@cache
def sources() -> Mapping[str, Columns]:
    """Every source, with its columns and the types that they have in DuckDB."""
    return MappingProxyType(PERSONAL | {name: answers(block) for block, name in BLOCKS.items()} | OF_VILLAGES)

"""Codes of the form that rules ask for by name. Their numbers and words stand in `items.toml`; a test compares them."""

from enum import IntEnum


class Marital(IntEnum):
    NEVER = 1
    MARRIED = 2
    DIVORCED = 3
    WIDOWED = 4


class Work(IntEnum):
    NONE = 1
    FARMER = 2
    FISHER = 3
    TRADER = 4
    STATE = 5
    EMPLOYEE = 6
    SELF_EMPLOYED = 7
    PENSIONER = 8
    CASUAL = 9


class Schooling(IntEnum):
    NEVER = 1
    LEFT_PRIMARY = 2
    IN_PRIMARY = 3
    PRIMARY = 4
    IN_LOWER_SECONDARY = 5
    LOWER_SECONDARY = 6
    IN_UPPER_SECONDARY = 7
    UPPER_SECONDARY = 8
    IN_TERTIARY = 9
    TERTIARY = 10


class HealthCover(IntEnum):
    STATE_PAID = 1
    SELF_PAID = 2
    PRIVATE = 3
    NONE = 4


class WantsChild(IntEnum):
    SOON = 1
    LATER = 2
    NO_MORE = 3


class Method(IntEnum):
    FEMALE_STERILISATION = 1
    MALE_STERILISATION = 2
    IUD = 3
    IMPLANT = 4
    INJECTION = 5
    PILL = 6
    CONDOM = 7
    LACTATION = 8
    TRADITIONAL = 9


class Floor(IntEnum):
    TILE = 1
    CEMENT = 2
    WOOD = 3
    BAMBOO = 4
    EARTH = 5
    OTHER = 6


class Water(IntEnum):
    BOTTLED = 1
    PIPED = 2
    BOREHOLE = 3
    PROTECTED_WELL = 4
    UNPROTECTED_WELL = 5
    SURFACE = 6
    RAIN = 7
    OTHER = 8
    PROTECTED_SPRING = 9


class Latrine(IntEnum):
    OWN_WITH_TANK = 1
    OWN_WITHOUT_TANK = 2
    SHARED = 3
    OTHER = 4


class Reply(IntEnum):
    """To a question of yes or no."""

    YES = 1
    NO = 2
    NOT_APPLICABLE = 3


OF_ITEMS = {
    "marital": Marital,
    "work": Work,
    "schooling": Schooling,
    "health_cover": HealthCover,
    "wants_child": WantsChild,
    "method": Method,
    "floor": Floor,
    "water": Water,
    "latrine": Latrine,
}

"""What personal data is about, and how far a role may see it (Balai's table of roles and classes of data)."""

from enum import IntEnum, StrEnum


class DataClass(StrEnum):
    """How much harm a leak does: from public figures to what the law calls specific data (UU 27/2022, article 4)."""

    P0 = "P0"  # public figures
    P1 = "P1"  # facts of a village, no persons
    P2 = "P2"  # names and telephones of staff
    P3 = "P3"  # families: names, addresses, days of birth
    P4 = "P4"  # NIK and KK numbers, growth, pregnancy, contraception, disability, poverty


class Matter(StrEnum):
    VILLAGE = "village"
    STAFF = "staff"
    NAMES = "names"
    NUMBER = "number"
    CHILD_GROWTH = "child_growth"
    HEALTH = "health"
    CONTRACEPTION = "contraception"
    POVERTY = "poverty"  # ranks and marks of other lists
    WELFARE = "welfare"  # how a family lives: conflict, savings, what it receives

    @property
    def data_class(self) -> DataClass:
        return _CLASSES[self]


_CLASSES = {
    Matter.VILLAGE: DataClass.P1,
    Matter.STAFF: DataClass.P2,
    Matter.NAMES: DataClass.P3,
    Matter.NUMBER: DataClass.P4,
    Matter.CHILD_GROWTH: DataClass.P4,
    Matter.HEALTH: DataClass.P4,
    Matter.CONTRACEPTION: DataClass.P4,
    Matter.POVERTY: DataClass.P4,
    Matter.WELFARE: DataClass.P4,
}


class Right(IntEnum):
    """Each step includes the ones before it."""

    NONE = 0
    AGGREGATE = 1  # counts of at least k
    MASKED = 2  # the row, its number masked to the last four
    REASON = 3  # in full for an hour, after a typed reason
    READ = 4
    WRITE = 5

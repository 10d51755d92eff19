"""Numbers that no person can have, of the family of these tests."""

from tests.families.register import nik

HEAD, CHILD, CARD, UNKNOWN = (nik(number) for number in (31, 32, 33, 34))

"""Two numbers are two people, however alike their names; without a number somebody has to look."""

from datetime import date
from uuid import uuid4

import pytest

from balai.rosters.rules.judging import Known, KnownPerson, _by_birth
from balai.sheets.rules.facts import Facts

BORN = date(1990, 5, 17)


@pytest.mark.parametrize(
    ("known_has_nik", "row_nik", "asked"),
    [(True, "0" * 15 + "1", False), (True, "", True), (False, "0" * 15 + "1", True), (False, "", True)],
)
def test_only_who_has_no_number_is_asked_about_by_name_and_day(known_has_nik, row_nik, asked):
    person = KnownPerson(uuid4(), uuid4(), "16.05.01.2002", "Siti Aminah", 2, BORN, 1, has_nik=known_has_nik)
    known = Known("16.05.01.2002", by_birth={BORN: [person]})
    row = Facts(number=0, line=2, name="Siti Aminah", born_on=BORN, nik=row_nik)
    assert (_by_birth(row, known) is not None) is asked

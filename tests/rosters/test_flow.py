"""A list on its way: in, checked, mended, applied, undone, redone."""

import pytest

from balai.access.models import acting
from balai.families.models import Person
from balai.rosters import actions
from balai.rosters.rules.states import State
from tests.rosters.lists import applied, officer, register, row, rows_of, sent, told, undone, xlsx

HOME = [
    row(1, "Budi Santoso", "L", "01-02-1980", Agama="Islam", Pekerjaan="Petani/Pekebun"),
    row(2, "Siti Aminah", "P", "03-04-1985", "Istri"),
    row(3, "Dewi Lestari", "P", "05-06-2010", "Anak", **{"Nama ibu": "SITI AMINAH"}),
]


@pytest.fixture
def by(tree):
    return officer()


def test_a_list_goes_in_and_again_changes_nothing(by):
    roster = sent(by, xlsx(HOME))
    assert (roster.state, roster.said) == (State.CHECKED, [])
    assert roster.counts["new"] == 3
    assert register(by) == (0, 0)
    roster = applied(by, roster)
    assert (roster.state, roster.said) == (State.APPLIED, [])
    assert register(by) == (1, 3)
    with acting(by):
        child = Person.objects.get(name="Dewi Lestari")
        assert child.mother.name == "Siti Aminah"
        assert Person.objects.get(name="Budi Santoso").member_answers.get().work == 2
    again = sent(by, xlsx(HOME))
    assert told(by, again) == {2: ("unchanged", []), 3: ("unchanged", []), 4: ("unchanged", [])}


def test_an_import_is_undone_and_redone(by):
    roster = applied(by, sent(by, xlsx(HOME)))
    roster = undone(by, roster)
    assert (roster.state, roster.said) == (State.UNDONE, [])
    assert register(by) == (0, 0)
    roster = applied(by, roster)
    assert roster.state == State.APPLIED
    assert register(by) == (1, 3)


def test_the_real_sample_of_opensid(by, shared_data):
    content = (shared_data / "foreign" / "opensid" / "contoh_penduduk_sanitised.xlsx").read_bytes()
    roster = sent(by, content)
    assert roster.counts == {"new": 97, "changed": 0, "unchanged": 0, "duplicate": 0, "refused": 0}
    roster = applied(by, roster)
    assert register(by) == (37, 97)
    again = sent(by, content)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 97, "duplicate": 0, "refused": 0}


def test_changes_are_told_field_by_field_and_undone(by):
    applied(by, sent(by, xlsx(HOME)))
    changed = [
        row(1, "Budi Santosa", "L", "01-02-1980", Pekerjaan="Pedagang"),
        row(2, "Siti Aminah", "P", "03-04-1985", "Istri"),
        row(4, "Rudi Hartono", "L", "07-08-2015", "Anak"),
    ]
    roster = sent(by, xlsx(changed))
    rows = rows_of(by, roster)
    assert [one.verdict for one, _kept in rows] == ["changed", "unchanged", "new"]
    assert rows[0][1].outcome.changes == {"name": ("Budi Santoso", "Budi Santosa"), "work": (2, 4)}
    roster = applied(by, roster)
    assert register(by) == (1, 4)
    with acting(by):
        head = Person.objects.get(name="Budi Santosa")
        assert head.member_answers.now().get().values == {"work": 4, "religion": 1}
    roster = undone(by, roster)
    assert roster.state == State.UNDONE
    assert register(by) == (1, 3)
    with acting(by):
        head = Person.objects.get(name="Budi Santoso")
        assert head.member_answers.now().get().values == {"work": 2, "religion": 1}


def test_a_refused_row_is_mended_in_the_browser(by):
    rows = [row(1, "Budi Santoso", "L", "31-02-1980"), row(2, "Siti Aminah", "P", "03-04-1985", "Istri")]
    roster = sent(by, xlsx(rows))
    assert [verdict for verdict, _said in told(by, roster).values()] == ["refused", "refused"]
    (head, _kept), _spouse = rows_of(by, roster)
    with acting(by):
        actions.correct_row(by=by, at=roster.made_at, row=head, values={"born_on": "28-02-1980"})
    assert [verdict for verdict, _said in told(by, roster).values()] == ["new", "new"]

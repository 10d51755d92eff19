"""T16: lists spoilt at random. None breaks anything, every row is counted once, and the dry run is what happens."""

from random import Random

import pytest

from balai.access.models import acting
from balai.families.models import Person
from balai.rosters.rules.judging import Known
from balai.rosters.rules.verdicts import Verdict
from balai.sheets.rules import reading
from balai.sheets.rules.households import by_card
from balai.sheets.rules.layouts import lines, recognised
from tests.families.register import AT
from tests.rosters.lists import HEADS, applied, officer, register, row, sent, undone, xlsx

KINS = ("Kepala keluarga", "Suami", "Istri", "Anak", "Menantu", "Cucu", "Orang tua", "Mertua", "Famili lain", "Lainnya")
NASTY = ("", None, "-", 0, "0", "=1+1", "31-02-2010", "17-05-84", 1.605024107900001e15, "16O5024107900001", "9" * 16,
         True, -1, 1e300, "Siti\nAminah", "\u202eitiS", "x" * 300, "'", "###a", 40_000, "2025-13-40", "Tidak ada", "L",
         "P", "Kepala keluarga", "0" * 16, "\u0000", "日本", float("1e-9"))  # fmt: skip


def spoilt(random, people):
    """A list of some families, cells of which were overwritten, swapped, doubled or emptied."""
    rows = [
        row(
            random.randrange(1, people + 1), random.choice(("Siti Aminah", "Budi", "Soekarno", "Nur'aini", "Dewi L.")),
            random.choice("LP"), f"{random.randrange(1, 32)}-{random.randrange(1, 13)}-{random.randrange(1940, 2030)}",
            random.choice(KINS), card=random.randrange(1, max(2, people // 3)),
            **{"Nama ibu": random.choice(("Siti Aminah", "Dewi L.", "-", None))},
        )
        for _one in range(people)
    ]  # fmt: skip
    for _time in range(random.randrange(people)):
        cells = random.choice(rows)
        cells[random.randrange(len(cells))] = random.choice(NASTY)
    if random.random() < 0.3:
        rows.append(list(random.choice(rows)))
    return rows


def judged_purely(rows):
    """Number to outcome, beside an empty register, without database or file."""
    from balai.rosters.actions.staging import judged
    from balai.sheets.rules.places import Places

    headed = recognised(1, HEADS)
    people = list(lines(headed, enumerate([list(HEADS), *rows], start=1)))
    read = [reading.read(number, line, headed, AT.date()) for number, line in enumerate(people)]
    outcomes = {}
    for group in by_card([facts for facts, _reasons in read], set()):
        told = {facts.number: read[facts.number][1] for facts in group}
        outcomes |= judged(group, Known("16.05.01.2002"), told, Places(()))
    return people, outcomes


def fuzz(times, seed):
    random = Random(seed)
    for _time in range(times):
        people, outcomes = judged_purely(spoilt(random, random.randrange(1, 24)))
        assert sorted(outcomes) == list(range(len(people))), "a row is lost, or counted twice"
        assert {one.verdict for one in outcomes.values()} <= {Verdict.NEW, Verdict.REFUSED}
        assert all(one.reasons for one in outcomes.values() if one.verdict is Verdict.REFUSED)


def test_two_hundred_spoilt_lists_lose_no_row():
    fuzz(200, seed=1)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_spoilt_lists_lose_no_row(part):
    fuzz(1_000, seed=100 + part)


@pytest.mark.parametrize("seed", range(8))
def test_what_the_dry_run_says_is_what_happens(tree, seed):
    by, random = officer(), Random(seed)
    for _time in range(3):
        rows = spoilt(random, 12)
        roster = sent(by, xlsx([[_writable(cell) for cell in cells] for cells in rows]))
        assert (roster.state, roster.said) == ("checked", [])
        counts, before = roster.counts, register(by)[1]
        roster = applied(by, roster)
        assert (roster.state, roster.said) == ("applied", [])
        assert register(by)[1] == before + counts["new"]
        assert roster.counts == counts
        roster = undone(by, roster)
        assert roster.state == "undone"
        assert register(by)[1] == before
        applied(by, roster)
        with acting(by):
            assert Person.objects.count() == before + counts["new"]


def _writable(cell):
    return None if cell == "\u0000" else cell

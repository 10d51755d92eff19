"""Lists of residents for tests: files as villages have them, sent in by an officer of an invented village."""

from io import BytesIO

import xlsxwriter

from balai.access.models import acting
from balai.accounts.jobs import ask
from balai.families.models import Family, Person
from balai.rosters import actions, jobs
from balai.rosters.models import Roster, RosterRow
from balai.rosters.rules.states import State
from tests.families.register import AT, HERE
from tests.jobs import run_jobs
from tests.people import actor, person

HEADS = ("Nomor KK", "NIK", "Nama lengkap", "Jenis kelamin", "Tanggal lahir", "Hubungan keluarga", "Status perkawinan",
         "Agama", "Pendidikan", "Pekerjaan", "Jaminan kesehatan", "Nama ibu", "Nama ayah", "Alamat", "Dusun", "RW",
         "RT")  # fmt: skip


def officer(region=HERE):
    return actor(person("field_officer", region))


def number(serial):
    """16 digits that no person can have: there is no province 00."""
    return f"00{serial:014d}"


def row(serial, name, sex="P", born="17-05-1984", kin="Kepala keluarga", card=1, **more):
    given = {"Nomor KK": number(9_000 + card), "NIK": number(serial), "Nama lengkap": name, "Jenis kelamin": sex,
             "Tanggal lahir": born, "Hubungan keluarga": kin} | more  # fmt: skip
    return [given.get(head) for head in HEADS]


def xlsx(rows, heads=HEADS):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Warga")
    for line, cells in enumerate([heads, *rows]):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(line, column, cell)
    book.close()
    return out.getvalue()


def sent(by, content, suffix=".xlsx", village=HERE):
    """The list after `balai worker` has read it."""
    with acting(by):
        name = f"{len(list(jobs.folder().iterdir()))}-uji{suffix}"
        (jobs.folder() / name).write_bytes(content)
        roster = actions.take_in(by=by, at=AT, village=village, file=name)
        ask(jobs.read_roster, by=by, roster=roster.pk)
    run_jobs()
    return again(roster)


def again(roster):
    return Roster.objects.get(pk=roster.pk)


def applied(by, roster):
    return _worked(by, roster, jobs.apply_roster, State.APPLYING)


def undone(by, roster):
    return _worked(by, roster, jobs.undo_roster, State.UNDOING)


def _worked(by, roster, work, to):
    with acting(by):
        actions.begin_again(by=by, at=AT, roster=roster, to=to)
        ask(work, by=by, roster=roster.pk)
    run_jobs()
    return again(roster)


def rows_of(by, roster):
    with acting(by):
        return [(one, one.kept) for one in RosterRow.objects.filter(roster=roster).order_by("number")]


def told(by, roster):
    """Line to verdict and the sentences about it."""
    return {
        one.line: (one.verdict, [str(reason.said) for reason in kept.outcome.reasons])
        for one, kept in rows_of(by, roster)
    }


def register(by):
    """How many families and people live in the village."""
    with acting(by):
        return Family.objects.within(HERE).count(), Person.objects.within(HERE).count()

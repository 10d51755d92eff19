"""The report of a person as JSON (exact) and PDF (to be read and printed)."""

from importlib.resources import as_file

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from balai.access.rules.deeds import DEEDS, hat_title
from balai.base.fonts import FALLBACK, FONTS, drawn, font
from balai.privacy.rules import catalogue
from balai.privacy.views.wording import exact, moment, officers, phrase, shown

TRAIL = "access.auditentry"
MARGIN, LABEL, LINE = 18, 55, 5.2  # millimetres


def drawable(text):
    """No letter vanishes: one that no font has is written by its code point; lines and tabs become spaces."""
    return "".join(
        letter if ord(letter) in drawn() else " " if letter.isspace() else f"[U+{ord(letter):04X}]" for letter in text
    )


def looks(report):
    """(moment, officer, role, deed) of everybody who saw or changed something, the newest first."""
    entries = [row for part in report.parts if part.table.key == TRAIL for row in part.rows]
    names = officers({row["by"] for row in entries})
    return [
        (row["at"], names[row["by"]], _(hat_title(row["hat"])), _(DEEDS.get(row["deed"], row["deed"])))
        for row in sorted(entries, key=lambda row: row["at"], reverse=True)
    ]


def sections(report):
    """(heading, notes, rows of (label, text)) of everything in the report."""
    seen = [(moment(at), f"{officer} ({role}): {deed}") for at, officer, role, deed in looks(report)]
    yield _("Siapa yang melihat atau mengubah data Anda"), [], [seen]
    for part in report.parts:
        table = part.table
        notes = [
            phrase(table.purpose),
            _("Dasar: %s") % phrase(table.basis.name),
            _("Disimpan: %s") % phrase(table.keep.name),
            _("Diterima oleh: %s") % "; ".join(phrase(one) for one in table.receives),
        ]
        rows = [
            [(phrase(table.label(field)), str(shown(table, field, value))) for field, value in row.items()]
            for row in part.rows
        ]
        yield phrase(table.name), notes, rows
    for part in report.namesakes:
        rows = [
            [(phrase(part.table.label(field)), str(shown(part.table, field, value))) for field, value in row.items()]
            for row in part.rows
        ]
        note = _(
            "Nama yang sama dengan nama Anda; belum tentu Anda. Bila memang Anda, mintalah perbaikannya kepada petugas."
        )
        yield phrase(part.table.name), [note], rows
    if report.mentions:
        rows = [[(_mentioned(one), str(one.count))] for one in report.mentions]
        yield _("Disebut pada data orang lain"), [_("Jumlah baris orang lain yang menyebut Anda.")], rows


def _mentioned(one):
    table = catalogue().tables[one.table]
    return f"{phrase(table.name)}: {phrase(table.label(one.field))}"


def as_json(report):
    return {
        "person": str(report.person),
        "name": report.name,
        "made_at": report.made_at.isoformat(),
        "looks": [
            {"at": at.isoformat(), "officer": officer, "role": role, "deed": deed}
            for at, officer, role, deed in looks(report)
        ],
        "tables": [_table(part) for part in report.parts],
        "namesakes": [_table(part) for part in report.namesakes],
        "mentions": [{"table": one.table, "field": one.field, "count": one.count} for one in report.mentions],
    }


def _table(part):
    table = part.table
    return {
        "table": table.key,
        "name": phrase(table.name),
        "purpose": phrase(table.purpose),
        "basis": phrase(table.basis.name),
        "kept": phrase(table.keep.name),
        "receives": [phrase(one) for one in table.receives],
        "labels": {field: phrase(table.label(field)) for field in part.rows[0]},
        "rows": [{field: exact(value) for field, value in row.items()} for row in part.rows],
    }


class Paper(FPDF):
    """A4 with page numbers, the same on every machine: fonts come with Balai."""

    def __init__(self, title, at):
        super().__init__(format="A4")
        self.head = drawable(title)
        self.set_title(self.head)
        self.set_creation_date(at)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN)
        for name in FONTS:
            with as_file(font(name)) as path:
                self.add_font(name, fname=str(path))
        self.set_fallback_fonts(list(FALLBACK), exact_match=False)
        self.add_page()

    def footer(self):
        self.set_y(-MARGIN + 4)
        self.set_font("sans", size=8)
        self.cell(0, 4, f"{self.head} · {self.page_no()}", align="R")

    def say(self, text, *, size=10, font="sans", after=1.5):
        self.set_font(font, size=size)
        self.multi_cell(0, size * 0.52, drawable(text), align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def pair(self, label, text):
        """Label and text side by side; kept on one page when they fit on one."""
        self.set_font("sans", size=9)
        columns = ((LABEL - 2, drawable(label)), (self.epw - LABEL, drawable(text)))
        high = max(self.multi_cell(w, LINE, said, dry_run=True, output=MethodReturnValue.HEIGHT) for w, said in columns)
        if self.will_page_break(high) and high < self.eph:
            self.add_page()
        page, top = self.page_no(), self.get_y()
        for left, (width, said) in zip((0, LABEL), columns, strict=True):
            self.set_xy(MARGIN + left, top)
            self.multi_cell(width, LINE, said, align="L", new_x="LMARGIN", new_y="NEXT")
        if self.page_no() == page:
            self.set_y(top + high)


def as_pdf(report):
    paper = Paper(_("Data yang disimpan tentang Anda"), report.made_at)
    paper.say(paper.head, size=18, after=2)
    paper.say(_("Laporan ini memuat semua yang disimpan Balai tentang %s.") % report.name, size=11)
    paper.say(_("Dibuat %s menurut UU 27/2022 Pasal 7 dan 32. Nomor ditulis lengkap: simpan baik-baik.")
              % moment(report.made_at), after=4)  # fmt: skip
    for heading, notes, rows in sections(report):
        paper.say(heading, size=13, font="strong")
        for note in notes:
            paper.say(note, size=8.5, after=0.3)
        for row in rows:
            paper.ln(2)
            for label, text in row:
                paper.pair(label, text)
        paper.ln(5)
    return bytes(paper.output())

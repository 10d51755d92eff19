"""The form on paper as a PDF: A4, the questions and numbers of the printed page, and a serial number on each sheet."""

from importlib.resources import as_file

from django.utils.translation import gettext as _
from fpdf import FPDF

from balai.base.fonts import FALLBACK, FONTS, drawn, font

MARGIN, LINE, BOX = 15, 4.6, 3.2  # millimetres
CODE, NAME = 12, 52  # of a question, and of a row of the members' table


def drawable(text):
    """No letter vanishes without a trace."""
    return "".join(one if ord(one) in drawn() else " " if one.isspace() else "\u00bf" for one in str(text))


class Sheets(FPDF):
    def __init__(self, title, serial, at):
        super().__init__(format="A4")
        self.serial = serial
        self.set_title(title)
        self.set_creation_date(at)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + 3)
        for name in FONTS:
            with as_file(font(name)) as path:
                self.add_font(name, fname=str(path))
        self.set_fallback_fonts(list(FALLBACK), exact_match=False)
        self.add_page()

    def footer(self):
        self.set_y(-MARGIN)
        self.set_font("sans", size=8)
        self.cell(0, 4, f"{_('Nomor formulir')} {self.serial} · {self.page_no()}", align="R")

    def say(self, text, *, size=9, font="sans", after=1.0):
        self.set_font(font, size=size)
        self.multi_cell(0, size * 0.5, drawable(text), align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def blank(self, label, text=""):
        """A label and what is known, or a line to write on."""
        self.set_font("sans", size=9)
        self.cell(NAME, LINE + 2, drawable(label))
        self.cell(0, LINE + 2, drawable(text), border="B", new_x="LMARGIN", new_y="NEXT")

    def members(self, heads, rows):
        """Block I: a column for each member."""
        width = min((self.epw - CODE - NAME) / len(heads), 30)
        self._row("", "", [str(number) for number, _head in enumerate(heads, 1)], width, font="strong")
        if any(heads):
            self._row("", "", [head[: int(width / 1.7)] for head in heads], width)
        for code, name, answers in rows:
            self._row(code, name, [str(answer) for answer in answers], width)

    def _row(self, code, name, cells, width, font="sans"):
        self.set_font(font, size=8)
        self.cell(CODE, LINE + 1, drawable(code))
        self.cell(NAME, LINE + 1, drawable(name)[:34])
        for text in cells:
            self.cell(width, LINE + 1, drawable(text), border=1, align="C")
        self.ln(LINE + 1)

    def question(self, code, ask, codes, answer):
        """The question, and below it its boxes or a line; kept together on one page."""
        if self.will_page_break(LINE * (3 + len(codes) / 3)):
            self.add_page()
        self.set_font("strong", size=9)
        self.cell(CODE, LINE, drawable(code))
        self.set_font("sans", size=9)
        self.multi_cell(0, LINE, drawable(ask), align="L", new_x="LMARGIN", new_y="NEXT")
        if not codes:
            self.set_x(MARGIN + CODE)
            self.cell(60, LINE + 1, drawable(answer), border="B", new_x="LMARGIN", new_y="NEXT")
        for number, name, is_chosen in codes:
            self._choice(f"{number} {name}", is_chosen)
        self.ln(LINE + 1.5)

    def _choice(self, text, is_chosen):
        text = drawable(text)
        width = BOX + 2 + self.get_string_width(text) + 4
        if self.get_x() + width > self.w - MARGIN or self.get_x() <= MARGIN:
            self.ln(0 if self.get_x() <= MARGIN else LINE)
            self.set_x(MARGIN + CODE)
        left, top = self.get_x(), self.get_y() + (LINE - BOX) / 2
        self.rect(left, top, BOX, BOX)
        if is_chosen:
            self.line(left, top, left + BOX, top + BOX)
            self.line(left, top + BOX, left + BOX, top)
        self.set_x(left + BOX + 1)
        self.cell(width - BOX - 1, LINE, text)


def as_pdf(told, at):
    """`told`: what the printed page shows, as `paper` gathers it."""
    paper = Sheets(_("Formulir pendataan keluarga"), told["serial"], at)
    paper.say(_("Formulir pendataan keluarga"), size=16, font="strong")
    paper.say(told["where"], after=2)
    family = told.get("family")
    paper.blank(_("Nomor formulir"), told["serial"])
    paper.blank(_("Alamat"), family.address if family else "")
    paper.blank(_("Tanggal kunjungan"))
    paper.blank(_("Nama kader"))
    paper.ln(3)
    paper.say("I. " + _("Anggota keluarga"), size=12, font="strong")
    paper.members([person.name if person else "" for person in told["people"]], told["members"])
    paper.ln(2)
    for code, name, codes in told["legend"]:
        paper.say(f"{code} {name}: " + "; ".join(f"{number} {said}" for number, said in codes), size=7.5, after=0.3)
    for block, questions in told["blocks"]:
        paper.ln(2)
        paper.say(_(block.label), size=12, font="strong")
        for question in questions:
            paper.question(*question)
    return bytes(paper.output())

"""The blank profile workbook that people fill and `inputs.profile` reads back."""

import xlsxwriter

from balai.base.words import sentence
from balai.intake.rules.sheets import CLEAR, NO, TEXT_OF, YES, agency_choice, sheets
from balai.villages.rules import agencies, groups, items

LEAST_ROWS = 500  # rows with drop-downs where no village is filled in
WIDTHS = {"code": 16, "name": 26, "text": 34, "choice": 20, "date": 14, "agency": 34, "month": 14}
NARROW = 12
LONGEST_LIST = 255  # letters of a drop-down that stands in the cell itself
HELP = (
    sentence("Isi satu baris per desa di lembar Profil; satu kolom satu butir."),
    sentence("Sel kosong berarti tidak ada yang dikatakan: isi yang sudah tersimpan tetap berlaku."),
    sentence("Tanda “-” atau kata “hapus” berarti isi lama tidak berlaku lagi sejak tanggal itu."),
    sentence("Kolom “Berlaku sejak” wajib diisi: sejak hari itu jawaban di baris itu berlaku."),
    sentence("Jika Kampung KB belum terdaftar, isi tanggal dibentuknya; Balai mendaftarkannya."),
    sentence("Lembar Pokja, Dokumen, Kegiatan, Bulanan: satu baris satu anggota, dokumen, kegiatan, atau bulan."),
    sentence("Tanggal: 2025-12-05, 5/12/2025, atau 5 Desember 2025. Bulan: 2025-11 atau November 2025."),
    sentence("Jangan ubah baris pertama yang tersembunyi: dengan itu Balai mengenali kolom, apa pun judulnya."),
)


def write_template(path, villages, translate):
    """`villages`: (code, name) pairs to fill in; `translate` turns a sentence into the reader's language."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        forms = {
            "title": book.add_format({"bold": True, "font_size": 18}),
            "bold": book.add_format({"bold": True}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "head": book.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "vcenter",
                    "bg_color": "#1F4E79",
                    "font_color": "#FFFFFF",
                    "border": 1,
                }
            ),
        }
        _guide(book.add_worksheet("Petunjuk"), forms, translate)
        for sheet in sheets().values():
            _sheet(book.add_worksheet(sheet.name), sheet, villages, forms, translate)
        _agencies(book.add_worksheet("Daftar"))


def _guide(page, forms, translate):
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 110)
    page.write(0, 0, translate(sentence("Lembar profil Kampung Keluarga Berkualitas")), forms["title"])
    row = 2
    for line in HELP:
        page.write(row, 0, translate(line))
        row += 1
    group = None
    for item in items().values():
        if item.group != group:
            group = item.group
            row += 1
            page.write(row, 0, translate(groups()[group].name_id), forms["bold"])
            row += 1
        choices = f" ({', '.join(item.choices)})" if item.choices else ""
        page.write(row, 0, translate(item.name_id), forms["wrap"])
        page.write(row, 1, translate(item.help_id) + choices, forms["wrap"])
        row += 1


def _sheet(page, sheet, villages, forms, translate):
    page.set_row(0, None, None, {"hidden": True})
    page.set_row(1, 62)
    page.freeze_panes(2, 2)
    prefilled = villages if sheet.key in {"profile", "months"} else []
    last = max(len(prefilled), LEAST_ROWS) + 1
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, f"{sheet.key}.{column.key}")
        star = " *" if column.required else ""
        page.write_string(1, place, translate(column.label) + star, forms["head"])
        form = forms["date"] if column.kind == "date" else forms["text"] if column.kind in {"code", "month"} else None
        page.set_column(place, place, WIDTHS.get(column.kind, NARROW), form)
        rule = _allowed(column)
        if rule:
            page.data_validation(2, place, last, place, rule)
    for row, (code, name) in enumerate(prefilled, start=2):
        page.write_string(row, 0, code, forms["text"])
        page.write_string(row, 1, name)


def _allowed(column):
    """The drop-down or limit of a column. It warns and does not forbid: “hapus” must be possible everywhere."""
    warn = {"ignore_blank": True, "error_type": "warning"}
    if column.kind == "yes_no":
        return {"validate": "list", "source": [YES, NO, CLEAR], **warn}
    if column.kind == "agency":
        return {"validate": "list", "source": f"=Daftar!$A$1:$A${len(agencies())}", **warn}
    if column.kind == "count":
        return {"validate": "integer", "criteria": ">=", "value": 0, **warn}
    if column.kind == "choice":
        choices = [*column.choices, CLEAR] if column.key.endswith(TEXT_OF) else list(column.choices)
        return {"validate": "list", "source": choices, **warn} if len(",".join(choices)) <= LONGEST_LIST else None
    return None


def _agencies(page):
    page.hide()
    page.set_column(0, 0, 60)
    for row, number in enumerate(agencies()):
        page.write_string(row, 0, agency_choice(number))

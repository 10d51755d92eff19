"""What people type into the pages of the imports."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.families.inputs import OnlyItsFields, told
from balai.rosters.inputs.sheets import choices
from balai.sheets.rules.items import LABELS, Item
from balai.sheets.rules.layouts import HEADINGS
from balai.sheets.rules.reading import plain

EDITED = (Item.CARD, Item.NIK, Item.NAME, Item.SEX, Item.BORN_ON, Item.KIN, Item.MARITAL, Item.MOTHER, Item.ADDRESS,
          Item.RT)  # fmt: skip
LONGEST = 200


class FileForm(OnlyItsFields):
    file = forms.FileField(
        label=_("Berkas XLSX, XLS, atau CSV"), help_text=_("Paling besar 20 MB. Lebih baik XLSX: NIK-nya tetap utuh."),
        error_messages={"required": _("Pilih dahulu berkasnya.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )  # fmt: skip


class RowForm(OnlyItsFields):
    """The cells of one row, as they stand in the file."""

    def __init__(self, *args, kept, heading, **kwargs):
        super().__init__(*args, **kwargs)
        places, known = heading["places"], choices()
        for item in EDITED:
            if item.value not in places and not (item is Item.CARD and kept.card is not None):
                continue
            place = places.get(item.value)
            cell = kept.card if place is None else _cell(kept.cells, place)
            words = known.get(item)
            self.fields[item.value] = forms.CharField(
                label=gettext(LABELS[item]), required=False, max_length=LONGEST, initial=_shown(cell),
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
                help_text=_("Misalnya: %(words)s.") % {"words": ", ".join(words[:4])} if words else "",
            )  # fmt: skip

    def typed(self):
        return {name: self.cleaned_data[name] for name in self.changed_data}


def _cell(cells, place):
    return cells[place] if place < len(cells) else None


def _shown(cell):
    return "" if cell is None else str(plain(cell))


class ColumnsForm(OnlyItsFields):
    """For each item the column that holds it."""

    called = forms.CharField(
        label=_("Nama pilihan ini"), required=False, max_length=80,
        help_text=_("Bila diisi, pilihan ini dipakai lagi untuk berkas dengan judul kolom yang sama."),
    )  # fmt: skip

    def __init__(self, *args, heads, places, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [("", _("Tidak ada")), *((place, head or place + 1) for place, head in enumerate(heads))]
        for item in HEADINGS:
            self.fields[item.value] = forms.TypedChoiceField(
                label=gettext(LABELS[item]), required=False, coerce=int, empty_value=None, choices=columns,
                initial=places.get(item.value, ""),
            )  # fmt: skip
        self.order_fields([*(item.value for item in HEADINGS), "called"])

    def places(self):
        given = {item.value: self.cleaned_data[item.value] for item in HEADINGS}
        return {name: place for name, place in given.items() if place is not None}


def refuse(form, problem):
    """Puts what a rule says onto the form."""
    form.add_error(None, told(problem))

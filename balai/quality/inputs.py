"""What officers send in: the families they ticked, how many, and why one goes back."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.base.errors import NotValid
from balai.families.inputs import CSRF_FIELD, LineField, OnlyItsFields, only
from balai.quality.rules import AT_ONCE, REASON_LETTERS
from balai.quality.rules.places import TITLES

CHECKED = {CSRF_FIELD, "keluarga", "jumlah", "perbuatan"}
PLACE_NAME = 60
DIGITS = 18  # of a key of the trail


class SendBackForm(OnlyItsFields):
    reason = LineField(
        label=_("Apa yang perlu diperbaiki?"), min_length=5, max_length=REASON_LETTERS,
        help_text=_("Kader membaca kalimat ini. Sebut isian mana, dan apa yang tampak keliru."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    entry = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PlaceForm(OnlyItsFields):
    """`above`: (code, name) of the RW and dusun that there are."""

    kind = forms.ChoiceField(label=_("Jenis"), widget=forms.RadioSelect)
    name = LineField(
        label=_("Nomor atau nama"), max_length=PLACE_NAME, help_text=_("Misalnya 3 untuk RT 03, atau Dusun Sukamaju."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    above = forms.ChoiceField(label=_("Berada di"), required=False)

    def __init__(self, data=None, *, above, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = [(kind.value, gettext(title)) for kind, title in TITLES.items()]
        self.fields["above"].choices = [("", gettext("Langsung di bawah desa")), *above]


class RenameForm(OnlyItsFields):
    tempat = forms.CharField(widget=forms.HiddenInput)
    name = LineField(label=_("Nama baru"), max_length=PLACE_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def ticked(data):
    """{family: entry up to which it was seen} of the boxes that were ticked."""
    only(data, CHECKED)
    return dict(_pair(one) for one in data.getlist("keluarga")[: AT_ONCE + 1])


def _pair(text):
    family, _colon, entry = text.partition(":")
    try:
        return UUID(family), whole(entry)
    except ValueError as failure:
        raise NotValid(
            "Formulir ini memuat isian yang tidak dikenal. Muat ulang halamannya, lalu isi kembali."
        ) from failure


def whole(text):
    """A whole number of no more than its digits; ValueError for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        raise ValueError(text)
    return int(text)


def typed(text):
    """The number of families as somebody types it; -1 for no number, which no list has."""
    try:
        return whole(text.strip())
    except ValueError:
        return -1

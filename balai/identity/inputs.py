"""Forms about papers, and about who or what was entered twice."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.families.inputs import DayField, OnlyItsFields
from balai.identity.rules import DocumentKind

HELD = (("", _("Belum ditanyakan")), ("yes", _("Ada")), ("no", _("Belum ada")))


class PapersForm(OnlyItsFields):
    """Each paper: whether it is there, and when it was issued."""

    def __init__(self, *args, on, known, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on
        for kind in DocumentKind:
            row = known.get(kind)
            self.fields[kind.value] = forms.ChoiceField(
                label=gettext(kind.label), choices=HELD, required=False,
                initial="" if row is None else "yes" if row.is_held else "no",
            )  # fmt: skip
            self.fields[f"{kind.value}_on"] = DayField(
                label=gettext("%(paper)s, tanggal terbit") % {"paper": gettext(kind.label)}, required=False,
                initial=row and row.issued_on,
            )  # fmt: skip

    def clean(self):
        given = super().clean()
        for kind in DocumentKind:
            issued_on = given.get(f"{kind.value}_on")
            if issued_on and given.get(kind.value) != "yes":
                self.add_error(kind.value, _("Pilih “Ada” bila tanggal terbitnya diketahui."))
            if issued_on and issued_on > self._on:
                self.add_error(f"{kind.value}_on", _("Tanggal ini belum terjadi. Periksa tahunnya."))
        return given

    def answers(self):
        given = self.cleaned_data
        return {
            kind.value: (given[kind.value] == "yes", given[f"{kind.value}_on"])
            for kind in DocumentKind
            if given[kind.value]
        }


class TwinForm(OnlyItsFields):
    other = forms.ChoiceField(label=_("Catatan yang sama orangnya"), widget=forms.RadioSelect)

    def __init__(self, *args, twins, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(str(pk), told) for pk, told in twins]


class DoubleForm(OnlyItsFields):
    on = DayField(label=_("Tidak dihitung lagi sejak"))

    def __init__(self, *args, on, since_on, **kwargs):
        super().__init__(*args, **kwargs)
        self._on, self._since_on = on, since_on

    def clean_on(self):
        left_on = self.cleaned_data["on"]
        if left_on > self._on:
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tahunnya."))
        if self._since_on and left_on < self._since_on:
            raise forms.ValidationError(_("Keluarga ini baru tinggal di sini setelah tanggal itu. Periksa tanggalnya."))
        return left_on

"""What somebody wants to take, and what the second officer says."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from balai.access.rules import DataClass
from balai.exports.rules import PURPOSE_LONGEST, TRACE_LONGEST, Format
from balai.families.inputs import LineField, OnlyItsFields, translated

STEP = "step"  # the button: count, or ask
FILTER = "filter_"


class AskForm(OnlyItsFields):
    region = forms.ChoiceField(label=_("Wilayah"))
    columns = forms.MultipleChoiceField(label=_("Kolom"), widget=forms.CheckboxSelectMultiple)
    format = forms.ChoiceField(label=_("Bentuk berkas"))
    purpose = LineField(
        label=_("Dipakai untuk apa"),
        max_length=PURPOSE_LONGEST,
        help_text=_("Tertulis di jejak dan di dalam berkasnya. Jangan menulis nama orang atau nomor."),
    )
    field_order = ("region",)

    def __init__(self, *args, sheet, columns, places, parquet, **kwargs):
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        self.sheet = sheet
        self.fields["region"].choices = places
        self.fields["columns"].choices = [(one.key, _heading(one, english)) for one in columns]
        self.fields["columns"].initial = [one.key for one in columns if not one.key.endswith("_full")]
        known = [pair for pair in Format.choices() if parquet or pair[0] != Format.PARQUET]
        self.fields["format"].choices = translated(known)
        for one in sheet.filters:
            told = [(each.value, each.name_en if english and each.name_en else _(each.name)) for each in one.choices]
            self.fields[FILTER + one.key] = forms.ChoiceField(
                label=_(one.heading), choices=[("", _("Semua")), *told], required=False
            )
        self.order_fields(["region", *(FILTER + one.key for one in sheet.filters), "columns", "format", "purpose"])

    def known(self):
        return super().known() | {STEP}

    def filters(self):
        given = {one.key: self.cleaned_data[FILTER + one.key] for one in self.sheet.filters}
        return {key: value for key, value in given.items() if value}


def _heading(column, english):
    name = column.heading_en if english and column.heading_en else _(column.heading)
    return _("%(name)s (data khusus)") % {"name": name} if column.data_class is DataClass.P4 else name


class JudgeForm(OnlyItsFields):
    judgement = forms.ChoiceField(
        label=_("Putusan"),
        choices=[("approve", _("Setujui")), ("refuse", _("Tolak"))],
        widget=forms.RadioSelect,
    )
    reason = LineField(
        label=_("Alasan"), max_length=PURPOSE_LONGEST, required=False,
        help_text=_("Wajib bila ditolak; dibaca oleh yang meminta."),
    )  # fmt: skip

    def clean(self):
        given = super().clean()
        if given.get("judgement") == "refuse" and not given.get("reason"):
            self.add_error("reason", _("Tulis sebabnya ditolak."))
        return given


class TraceForm(OnlyItsFields):
    found = forms.CharField(
        label=_("Yang ditemukan"), max_length=TRACE_LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Nama, NIK, nomor KK, kode, atau beberapa baris sekaligus. Isinya tidak disimpan."),
    )  # fmt: skip

"""What people type of aid and of lists: checked field by field, kept as typed when something is wrong."""

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from balai.aid import rules
from balai.families.inputs import DayField, LineField, OnlyItsFields, told, translated


def programme_name(code):
    """In the reader's language; a programme that is no longer in the list by its code."""
    known = rules.programmes().get(code)
    return known.name((get_language() or "id")[:2]) if known else code


def programme_choices():
    """By kind, as a person looks for them."""
    found = {}
    for one in rules.programmes().values():
        found.setdefault(gettext(one.kind.label), []).append((one.code, programme_name(one.code)))
    return [("", gettext("Pilih")), *found.items()]


class AidForm(OnlyItsFields):
    programme = forms.ChoiceField(label=_("Bantuan"))
    person = forms.ModelChoiceField(None, label=_("Penerima"), required=False, empty_label=_("Seluruh keluarga"))
    state = forms.ChoiceField(label=_("Keadaan"), widget=forms.RadioSelect, initial=rules.AidState.RECEIVED.value)
    from_on = DayField(
        label=_("Diterima sejak"),
        required=False,
        help_text=_("Bila diterima sekali, isi tanggalnya. Kosongkan bila tidak diketahui."),
    )
    until_on = DayField(
        label=_("Sampai"), required=False, help_text=_("Kosongkan bila masih diterima atau tidak diketahui.")
    )
    amount = forms.CharField(
        label=_("Nilai sekali terima, dalam rupiah"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Misalnya 300.000. Kosongkan bila tidak diketahui."),
    )  # fmt: skip
    goods = LineField(
        label=_("Barang atau layanan"), required=False, max_length=rules.GOODS, help_text=_("Misalnya beras 10 kg.")
    )
    reason = LineField(
        label=_("Sebab ditolak"), required=False, max_length=rules.REASON, help_text=_("Hanya bila ditolak.")
    )

    def __init__(self, *args, on, people, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on
        self.fields["programme"].choices = programme_choices()
        self.fields["state"].choices = [(one.value, gettext(label)) for one, label in rules.GIVEN.items()]
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = lambda person: person.name

    def clean_amount(self):
        written = self.cleaned_data["amount"].replace("Rp", "").replace(".", "").replace(" ", "")
        if not written:
            return None
        if not (written.isascii() and written.isdigit()):
            raise forms.ValidationError(_("Tulis nilai sebagai angka, misalnya 300.000."))
        return int(written)

    def clean(self):
        given = super().clean()
        if not self.errors:
            for field, said in rules.faults(self.facts(), self._on, of_person=given["person"] is not None):
                self.add_error(field, told(said))
        return given

    def facts(self):
        given = self.cleaned_data
        return rules.AidFacts(**{name: given[name] for name in self.fields if name != "person"})


class EndingForm(OnlyItsFields):
    on = DayField(label=_("Tidak diterima lagi sejak"))
    reason = LineField(label=_("Sebabnya"), required=False, max_length=rules.REASON)


class FileForm(OnlyItsFields):
    """A file, and which of its columns are which where their headings do not tell."""

    parts: tuple[rules.Part, ...] = ()
    berkas = forms.FileField(label=_("Berkas XLSX atau CSV"), error_messages={"required": _("Pilih dahulu berkasnya.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in self.parts:
            label = gettext("Judul kolom %(part)s") % {"part": gettext(part.label)}
            self.fields[f"column_{part.value}"] = LineField(label=label, required=False, max_length=80)

    def fixed(self):
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def columns(self):
        return [self[name] for name in self.fields if name.startswith("column_")]

    def named(self):
        """Part to the heading that the person typed."""
        typed = {part: self.cleaned_data[f"column_{part.value}"] for part in self.parts}
        return {part: text for part, text in typed.items() if text}


class ListForm(FileForm):
    parts = (
        rules.Part.NIK, rules.Part.CARD, rules.Part.NAME, rules.Part.BORN, rules.Part.DECILE, rules.Part.RANK,
        rules.Part.MARK, rules.Part.VILLAGE,
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Daftar"))
    edition = LineField(label=_("Edisi"), max_length=rules.EDITION, help_text=_("Misalnya 2024 atau triwulan II 2026."))
    dated_on = DayField(label=_("Keadaan per tanggal"))
    region = forms.ChoiceField(
        label=_("Wilayah yang dicakup"),
        help_text=_("Keluarga di wilayah ini yang tidak ada dalam daftar akan dikatakan tidak ada."),
    )
    source = LineField(
        label=_("Dari siapa"), max_length=rules.SOURCE, help_text=_("Instansi dan nomor surat atau berita acaranya.")
    )
    field_order = ("berkas", "kind", "edition", "dated_on", "region", "source")

    def __init__(self, *args, on, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on
        self.fields["kind"].choices = [("", gettext("Pilih")), *translated(rules.ListKind.choices())]
        self.fields["region"].choices = [("", gettext("Pilih")), *regions]

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day > self._on:
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tahunnya."))
        return day


class AidFileForm(FileForm):
    parts = (
        rules.Part.NIK, rules.Part.CARD, rules.Part.PROGRAMME, rules.Part.FROM, rules.Part.UNTIL, rules.Part.AMOUNT,
        rules.Part.GOODS,
    )  # fmt: skip
    programme = forms.ChoiceField(
        label=_("Bantuan"), required=False, help_text=_("Pilih bila berkasnya tidak menyebutkan bantuannya.")
    )
    from_on = DayField(label=_("Diterima sejak"), required=False, help_text=_("Bila tidak ada di berkas."))
    until_on = DayField(label=_("Sampai"), required=False, help_text=_("Kosongkan bila masih diterima."))
    field_order = ("berkas", "programme", "from_on", "until_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programme_choices()

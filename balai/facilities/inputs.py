"""What people type of a facility, and lists of facilities as files."""

from itertools import islice

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.base.errors import NotValid
from balai.base.workbooks import read_sheets
from balai.facilities import rules

FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
KINDS = (".xlsx", ".csv")
LARGEST = 2 * 1024 * 1024


def told(said):
    """A sentence of the rules in the reader's language."""
    return gettext(said.message) % said.params if said.params else gettext(said.message)


def translated(choices):
    return [(value, gettext(label)) for value, label in choices]


class LineField(forms.CharField):
    def to_python(self, value):
        return rules.one_line(super().to_python(value))


class NumberField(forms.FloatField):
    """A number with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _day_field(**more):
    wrong = _("Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-05-2019.")
    widget = forms.DateInput(attrs={"type": "date"}, format=FORMATS[0])
    return forms.DateField(widget=widget, input_formats=FORMATS, error_messages={"invalid": wrong}, **more)


class FacilityForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"))
    name = LineField(label=_("Nama"), max_length=rules.NAME, help_text=_("Nama tempatnya, bukan nama orang."))
    region = forms.ChoiceField(label=_("RT, RW, atau dusun"))
    address = LineField(
        label=_("Alamat"), max_length=rules.ADDRESS, required=False, help_text=_("Jalan, nomor, atau patokan.")
    )
    services = forms.MultipleChoiceField(
        label=_("Layanan"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Centang yang benar-benar dilayani. Kosong berarti belum diketahui."),
    )  # fmt: skip
    outside = forms.BooleanField(
        label=_("Letaknya di luar desa ini"), required=False, help_text=_("Tetapi warga desa ini berlayanan di sana.")
    )
    travel_km = NumberField(label=_("Jarak dari desa, dalam kilometer"), required=False)
    travel_minutes = forms.IntegerField(
        label=_("Waktu tempuh dari desa, dalam menit"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    latitude = NumberField(label=_("Lintang"), required=False, help_text=_("Misalnya -3,05."))
    longitude = NumberField(label=_("Bujur"), required=False, help_text=_("Misalnya 102,95."))
    opened_on = _day_field(label=_("Melayani sejak"), required=False, help_text=_("Kosongkan bila tidak diketahui."))
    source = LineField(
        label=_("Sumber"), max_length=rules.SOURCE, required=False, help_text=_("Misalnya SK desa atau kunjungan.")
    )

    def __init__(self, *args, on, places, **kwargs):
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)
        self._on = on
        self.fields["kind"].choices = [("", gettext("Pilih")), *translated(rules.FacilityKind.choices())]
        self.fields["services"].choices = translated(rules.Service.choices())
        self.fields["region"].choices = places
        if len(places) == 1:
            self.fields["region"].widget = forms.HiddenInput()
            self.fields["region"].initial = places[0][0]

    def clean(self):
        given = super().clean()
        if {"kind", "name", "region"} <= given.keys():
            for field, said in rules.faults(self.facts(), self._on):
                self.add_error(field, told(said))
        return given

    def facts(self):
        given = self.cleaned_data
        return rules.Facts(**{name: given.get(name) for name in self.fields} | {"services": tuple(given["services"])})


class ClosingForm(forms.Form):
    on = _day_field(label=_("Tidak melayani lagi sejak"))
    reason = forms.ChoiceField(label=_("Sebabnya"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)
        self.fields["reason"].choices = [("", gettext("Pilih")), *translated(rules.ClosedReason.choices())]


def read_facilities(name, content, village, on):
    """A list of rules.Read, one for every row that is not blank, in the order of the file."""
    if not name.lower().endswith(KINDS):
        raise NotValid("Hanya berkas XLSX atau CSV yang dapat dibaca. Simpan ulang dari aplikasi lembar kerja Anda.")
    with read_sheets(content, name=name, largest=LARGEST) as sheets:
        rows = [row for sheet in islice(sheets, 1) for row in sheet.rows]
    if len(rows) < 2:
        raise NotValid("Berkas ini belum berisi fasilitas. Isi satu baris untuk satu fasilitas, di bawah judul kolom.")
    if len(rows) > rules.MOST_ROWS:
        raise NotValid("Berkas ini berisi %(count)d baris; paling banyak 2.000. Bagi menjadi beberapa berkas.",
                       count=len(rows))  # fmt: skip
    heading, *facilities = rows
    try:
        places = rules.headings(heading.cells)
    except KeyError as missing:
        raise NotValid(
            "Kolom “%(column)s” tidak ada di baris judul. Pakai judul kolom seperti pada unduhan.",
            column=missing.args[0],
        ) from missing
    return [rules.read(row.line, row.cells, places, village, on) for row in facilities]

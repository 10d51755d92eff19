"""What people type into the forms of the register: checked field by field, kept as typed when something is wrong.

A form knows its fields and takes no others: whoever sends more has not used our page (NotValid, 422).
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.base.errors import NotValid
from balai.families import rules
from balai.families.rules import NoNik, NumberKind, PersonFacts, Relation, Sex
from balai.vault.models import canonical

CSRF_FIELD, MORE = "csrfmiddlewaretoken", "more"
SEARCH = 80  # letters that a search looks at
FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


def told(said):
    """A sentence of the rules in the reader's language."""
    return gettext(said.message) % said.params if said.params else gettext(said.message)


def translated(choices):
    return [(value, gettext(label)) for value, label in choices]


class NumberField(forms.CharField):
    """A NIK or KK number: empty, or 16 digits however they are spaced."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value):
        written = super().clean(value)
        if not written:
            return ""
        try:
            return canonical(written)
        except NotValid as problem:
            raise forms.ValidationError(told(problem)) from problem


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "date"}, format=FORMATS[0])
        wrong = _("Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-05-1984.")
        super().__init__(widget=widget, input_formats=FORMATS, error_messages={"invalid": wrong}, **kwargs)


class LineField(forms.CharField):
    """One line of text, without signs that nobody sees."""

    def to_python(self, value):
        return rules.one_line(super().to_python(value))


class OnlyItsFields(forms.Form):
    required_css_class = "required"
    strict = True  # False in a page of several forms, which looks at all of them together

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)

    def known(self):
        return {self.add_prefix(name) for name in self.fields} | {CSRF_FIELD}

    def full_clean(self):
        if self.is_bound and self.strict:
            only(self.data, self.known())
        super().full_clean()


class FamilyForm(OnlyItsFields):
    address = LineField(
        label=_("Alamat"), max_length=200, required=False, help_text=_("Jalan, nomor rumah, atau patokan.")
    )
    since_on = DayField(
        label=_("Tinggal di desa ini sejak"), required=False, help_text=_("Kosongkan bila tidak diketahui.")
    )
    card = NumberField(
        label=_("Nomor KK"), required=False, help_text=_("16 angka di kartu keluarga; kosongkan bila tidak ada.")
    )

    def __init__(self, *args, on, numbered=False, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on
        if numbered:
            self.fields["card"].help_text = _("Sudah tercatat. Isi hanya untuk menggantinya.")

    def clean_since_on(self):
        return _not_later(self.cleaned_data["since_on"], self._on)


class HomeForm(FamilyForm):
    """A family that is entered: with the place below the village, where the village has any."""

    region = forms.ChoiceField(label=_("RT, RW, atau dusun"))
    field_order = ("region", "address", "since_on", "card")

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = places
        self.fields["region"].initial = places[0][0]
        if len(places) == 1:
            self.fields["region"].widget = forms.HiddenInput()


class PersonForm(OnlyItsFields):
    name = LineField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    sex = forms.TypedChoiceField(label=_("Jenis kelamin"), coerce=int, widget=forms.RadioSelect)
    relation = forms.TypedChoiceField(label=_("Hubungan dengan kepala keluarga"), coerce=int)
    born_on = DayField(
        label=_("Tanggal lahir"),
        required=False,
        help_text=_("Kosongkan bila tidak diketahui; jangan ditebak dari NIK."),
    )
    nik = NumberField(label=_("NIK"), required=False, help_text=_("16 angka; kosongkan bila tidak ada."))

    def __init__(self, *args, on, relations=tuple(Relation), numbered=False, **kwargs):
        super().__init__(*args, **kwargs)
        self._on = on
        self.fields["sex"].choices = translated(Sex.choices())
        self.fields["relation"].choices = [("", _("Pilih")), *translated((one.value, one.label) for one in relations)]
        if numbered:
            self.fields["nik"].help_text = _("Sudah tercatat. Isi hanya untuk menggantinya.")

    def clean(self):
        given = super().clean()
        if {"name", "sex", "relation"} <= given.keys():
            for field, said in rules.of_person(self.facts(), self._on):
                self.add_error(field, told(said))
        return given

    def facts(self):
        given = self.cleaned_data
        return PersonFacts(given["name"], given["sex"], given["relation"], given.get("born_on"), given.get("nik", ""))


class MemberForm(PersonForm):
    """A person of a family that is there already: the mother may be named."""

    mother = forms.ModelChoiceField(None, label=_("Ibu"), required=False, empty_label=_("Belum diisi"),
                                    help_text=_("Perempuan dalam keluarga ini."))  # fmt: skip
    no_nik = forms.ChoiceField(
        label=_("Bila tidak ada NIK, sebabnya"),
        required=False,
        help_text=_("Bayi dikenali dari ibu dan urutan lahirnya."),
    )
    birth_order = forms.IntegerField(
        label=_("Kelahiran ke berapa dari ibunya"), required=False, min_value=1, max_value=rules.MOST_BIRTHS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text=_("Bayi kembar: masing-masing urutannya."),
    )  # fmt: skip
    field_order = ("name", "sex", "relation", "born_on", "mother", "birth_order", "nik", "no_nik")

    def __init__(self, *args, people, others, **kwargs):
        super().__init__(*args, **kwargs)
        self._others = list(others)
        self.fields["mother"].queryset = people.filter(sex=Sex.FEMALE)
        self.fields["mother"].label_from_instance = lambda person: person.name
        self.fields["no_nik"].choices = [("", _("Ada NIK, atau belum ditanyakan")), *translated(NoNik.choices())]

    def clean(self):
        given = super().clean()
        for field, said in rules.beside(given.get("relation"), self._others):
            self.add_error(field, told(said))
        mother = given.get("mother")
        if mother and not rules.may_be_mother(given.get("born_on"), mother.sex, mother.born_on):
            self.add_error("mother", _("Ibu lahir lebih dahulu daripada anaknya. Periksa kedua tanggal lahir."))
        given["no_nik"] = None if given.get("nik") else given.get("no_nik") or None
        return given


class OnDayForm(forms.Form):
    """A day of the past, in the address of the page: a day names nobody."""

    on = DayField(label=_("Pada tanggal"))

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)
        self._today = today

    def clean_on(self):
        return _not_later(self.cleaned_data["on"], self._today)


class ReasonForm(OnlyItsFields):
    reason = LineField(
        label=_("Untuk apa nomor ini diperlukan?"), max_length=200,
        help_text=_("Sedikitnya 10 huruf. Alasan Anda tercatat dan dapat dibaca pengawas."),
    )  # fmt: skip

    def clean_reason(self):
        reason = self.cleaned_data["reason"]
        if rules.letters(reason) < rules.REASON_LETTERS:
            raise forms.ValidationError(_("Tulis alasannya sedikitnya 10 huruf: untuk apa nomor ini diperlukan."))
        return reason


class NumberForm(OnlyItsFields):
    kind = forms.ChoiceField(
        label=_("Jenis nomor"), choices=NumberKind.choices(), initial=NumberKind.NIK, widget=forms.RadioSelect
    )
    number = NumberField(label=_("Nomor"), help_text=_("16 angka, persis seperti di kartu."))


class SearchForm(OnlyItsFields):
    cari = LineField(
        label=_("Nama atau alamat"), max_length=SEARCH, widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_("Ejaan lama dan baru sama saja: Soekarno, Sukarno. Cukup sebagian nama, atau jalan dan nomornya."),
    )  # fmt: skip
    di = forms.ChoiceField(label=_("Kecamatan"), required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["di"].choices = [("", _("Semua")), *places]
        if len(places) < 2:
            self.fields["di"].widget = forms.HiddenInput()


class FilterForm(OnlyItsFields):
    """What a village's list shows; no field says anything about one person."""

    cari = LineField(label=_("Nama atau alamat"), max_length=SEARCH, required=False)
    di = forms.ChoiceField(label=_("RT, RW, atau dusun"), required=False)
    hanya = forms.ChoiceField(
        label=_("Hanya keluarga"), required=False,
        choices=[("", _("Semua")), ("balita", _("yang punya balita")), ("nik", _("yang ada anggota tanpa NIK"))],
    )  # fmt: skip
    urut = forms.ChoiceField(
        label=_("Urutkan"), required=False,
        choices=[("", _("menurut nama")), ("rt", _("menurut RT")), ("ubah", _("yang baru diubah dahulu"))],
    )  # fmt: skip
    halaman = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput())

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cari"].widget.input_type = "search"
        self.fields["di"].choices = [("", _("Semua")), *places[1:]]
        if len(places) < 2:
            self.fields["di"].widget = forms.HiddenInput()

    def clean(self):
        return {name: value or "" for name, value in super().clean().items()}


class Household:
    """The page on which a family is entered: its home, and as many people as were asked for. A block of a person that
    was left empty is nobody; the first is the head unless somebody says otherwise."""

    def __init__(self, data, *, places, on):
        self.asked_more = bool(data) and MORE in data
        self.count = min(_count(data) + self.asked_more, rules.MEMBERS_AT_ONCE)
        self._on = on
        self.home = HomeForm(on=on, places=places)
        self.people = [self._person(number) for number in range(self.count)]
        if not data:
            return
        forms_here = [self.home, *self.people]
        only(data, set().union({MORE, "people"}, *[form.known() for form in forms_here]))
        for form in forms_here:
            if self.asked_more:
                form.initial |= {
                    name: data[form.add_prefix(name)] for name in form.fields if form.add_prefix(name) in data
                }
            else:
                form.data, form.is_bound, form.strict = data, True, False

    def _person(self, number):
        head = {"initial": {"relation": Relation.HEAD.value}} if number == 0 else {"empty_permitted": True}
        return PersonForm(on=self._on, prefix=str(number), **head)

    def is_valid(self):
        """Everything is looked at, so that everything wrong is said at once."""
        if not all([self.home.is_valid(), *[form.is_valid() for form in self.people]]):
            return False
        known = self._filled()
        for fault in rules.faults(self.facts(), self._on):
            everybody = fault.person == rules.FAMILY
            form = known[0 if everybody else fault.person]
            form.add_error("relation" if everybody else fault.field, told(fault.said))
        return not any(form.errors for form in known)

    def _filled(self):
        return [form for form in self.people if form.has_changed()]

    def facts(self):
        return [form.facts() for form in self._filled()]


def only(data, known):
    """NotValid when the page was sent with a field that it does not have."""
    if set(data) - known:
        raise NotValid("Formulir ini memuat isian yang tidak dikenal. Muat ulang halamannya, lalu isi kembali.")


def _count(data):
    """How many people the form was sent with."""
    sent = data.get("people", "1") if data else "1"
    if not (sent.isascii() and sent.isdigit() and len(sent) < 3 and 1 <= int(sent) <= rules.MEMBERS_AT_ONCE):
        raise NotValid("Formulir ini memuat isian yang tidak dikenal. Muat ulang halamannya, lalu isi kembali.")
    return int(sent)


def _not_later(day, on):
    if day and day > on:
        raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tahunnya."))
    return day

"""Forms with which officers look after people. A form takes its own fields and no others: whoever sends more has not
used our page (NotValid, 422)."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.access.rules import ROLES, Reach, appointable
from balai.accounts.rules.granting import AGENCIES
from balai.base.errors import NotValid
from balai.regions.models import Place
from balai.regions.rules import dotted

TOKEN = "csrfmiddlewaretoken"
OFFERED = 300  # places that a page lists by name; beyond that people type a code or a name
SEARCHED = 6  # matches told when a name fits several places
DAY = "%Y-%m-%d"


class OnlyItsFields(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)

    def full_clean(self):
        if self.is_bound and set(self.data) - set(self.fields) - {TOKEN}:
            raise NotValid("Ada isian yang tidak dikenal di halaman ini. Buka halamannya lagi, lalu ulangi.")
        super().full_clean()


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format=DAY),
            input_formats=[DAY, "%d-%m-%Y", "%d/%m/%Y"],
            error_messages={"invalid": _("Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-05-2026.")},
            **kwargs,
        )


def reason_field():
    return forms.CharField(label=_("Alasan"), max_length=300, help_text=_("Tercatat di jejak; dibaca petugas lain."))


def region_field(**kwargs):
    return forms.CharField(
        label=_("Wilayah"), max_length=200, widget=forms.TextInput(attrs={"list": "wilayah", "autocomplete": "off"}),
        help_text=_("Tulis kode atau nama desa, kecamatan, atau kabupaten di wilayah Anda."), **kwargs,
    )  # fmt: skip


class GrantForm(OnlyItsFields):
    """A role, where, for which agency, and from when until when."""

    role = forms.ChoiceField(label=_("Peran"))
    region = region_field(required=False)
    agency = forms.ChoiceField(
        label=_("Jenis instansi"), required=False, help_text=_("Hanya untuk petugas instansi lain.")
    )
    agency_name = forms.CharField(label=_("Nama instansi"), max_length=120, required=False)
    from_on = DayField(label=_("Mulai"))
    to_on = DayField(label=_("Sampai dengan"), required=False, help_text=_("Kosongkan bila tidak ada batas waktunya."))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["role"].choices = [("", ""), *roles_for(by)]
        kinds = [(kind.value, gettext(label)) for kind, label in AGENCIES.items()]
        self.fields["agency"].choices = [("", gettext("Tidak ada")), *kinds]

    def clean(self):
        given = super().clean()
        role = ROLES.get(given.get("role"))
        if role is not None and "region" in given:
            told(self, "region", lambda: given.update(region=region_named(given["region"], self.by, role.reach)))
        return given


class PersonForm(GrantForm):
    """A new person with a first grant."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    username = forms.CharField(
        label=_("Nama akun"), max_length=40, required=False,
        help_text=_("Untuk masuk: huruf kecil, angka, titik. Kosongkan agar Balai membuatnya dari nama."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Nomor telepon"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("Surel"), required=False)
    field_order = ("name", "username", "phone", "email", "role", "region", "agency", "agency_name", "from_on", "to_on")


class CorrectForm(OnlyItsFields):
    name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    phone = forms.CharField(
        label=_("Nomor telepon"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("Surel"), required=False)


class MoveForm(OnlyItsFields):
    """Where somebody works from a day on; several places, one a line."""

    regions = forms.CharField(
        label=_("Wilayah baru"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu wilayah satu baris: kode atau nama."),
    )  # fmt: skip
    on = DayField(label=_("Mulai"))
    reason = reason_field()

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_regions(self):
        lines = [line.strip() for line in self.cleaned_data["regions"].splitlines() if line.strip()]
        try:
            return sorted({region_named(line, self.by, frozenset(Reach)) for line in lines})
        except NotValid as problem:
            raise forms.ValidationError(spoken(problem)) from problem


class HandOverForm(OnlyItsFields):
    successor = forms.CharField(
        label=_("Nama akun penerus"), max_length=200,
        widget=forms.TextInput(attrs={"list": "orang", "autocomplete": "off"}),
        help_text=_("Orang di wilayah Anda. Belum ada? Buat dahulu akunnya."),
    )  # fmt: skip
    on = DayField(label=_("Mulai"))
    reason = reason_field()

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people

    def offered(self):
        """People to choose from, when they are few enough to be listed."""
        rows = list(self.people[: OFFERED + 1])
        return rows if len(rows) <= OFFERED else []

    def clean_successor(self):
        username = self.cleaned_data["successor"].partition(" ")[0].lower()
        found = self.people.filter(username=username).first()
        if found is None:
            raise forms.ValidationError(
                _("Tidak ada orang dengan nama akun “%(name)s” di wilayah Anda."), params={"name": username}
            )
        return found


def roles_for(by):
    """(name, title) of the roles that `by` may give, in the order of the roles."""
    allowed = appointable(by.role)
    return [(name, gettext(role.title)) for name, role in ROLES.items() if name in allowed]


def places_for(by):
    """(code, name) of the places in force inside the actor's regions, when they are few enough to be listed."""
    codes = [code for code, _hi in by.ranges]
    rows = [
        row for code in codes for row in Place.objects.today().within(code).values_list("pk", "name")[: OFFERED + 1]
    ]
    return sorted(rows) if len(rows) <= OFFERED else []


def region_named(text, by, reach):
    """The code that somebody wrote, or whose place's name it is, inside the actor's regions; "" is the nation."""
    text = " ".join(text.split())
    if text.casefold() in {"", "indonesia"}:
        if Reach.NATION in reach and by.covers(""):
            return ""
        raise NotValid("Tulis kode atau nama wilayahnya.")
    first = text.partition(" ")[0]
    code = dotted(first) or first
    if by.covers(code) and Place.objects.today().filter(pk=code).exists():
        return code
    return _one_of(text, by, reach)


def _one_of(text, by, reach):
    found = {}
    for lo, _hi in by.ranges:
        for place in Place.objects.search(text, within=lo):
            if place.level in reach and place.valid_to is None and by.covers(place.code):
                found[place.code] = f"{place.code} {place.name}"
    if len(found) == 1:
        return next(iter(found))
    if not found:
        raise NotValid("“%(text)s” tidak ditemukan di wilayah Anda untuk peran ini.", text=text)
    raise NotValid(
        "“%(text)s” ada di beberapa tempat. Tulis kodenya: %(places)s.",
        text=text, places="; ".join(sorted(found.values())[:SEARCHED]),
    )  # fmt: skip


def told(form, field, check):
    """Runs a check; its refusal becomes the field's error."""
    try:
        check()
    except NotValid as problem:
        form.add_error(field, spoken(problem))


def spoken(problem):
    """The sentence of a refusal in the reader's language."""
    sentence = gettext(problem.message)
    return sentence % problem.params if problem.params else sentence

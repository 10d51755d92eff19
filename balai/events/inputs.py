"""One calm form for each kind of event: only what that kind needs; people are chosen by their names."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.events.rules import BIRTHPLACES, DEATHPLACES, FARTHER, Kind, NewHead
from balai.families.inputs import CSRF_FIELD, SEARCH, DayField, LineField, NumberField, OnlyItsFields, told, translated
from balai.families.models import Person
from balai.families.rules import Relation, Sex

FIND = "cari"  # the button that looks for somebody of another family
MOST = 20  # who is found and shown at once
NEW, HERE, THERE = "new", "here", "there"
AWAY = "away"
MISSING_HOST = _("Cari nama anggota keluarganya, lalu pilih orangnya.")
MISSING_RELATION = _("Pilih hubungannya dengan kepala keluarga itu.")


def _named(person):
    return f"{person.name} · {gettext(Relation(person.relation).label).lower()}"


class PersonField(forms.ModelChoiceField):
    """One of the family, by name."""

    widget = forms.RadioSelect
    label_from_instance = staticmethod(_named)

    def __init__(self, **kwargs):
        super().__init__(None, empty_label=None, blank=True, **kwargs)


class PeopleField(forms.ModelMultipleChoiceField):
    """Some of the family, by name."""

    widget = forms.CheckboxSelectMultiple
    label_from_instance = staticmethod(_named)

    def __init__(self, **kwargs):
        super().__init__(None, **kwargs)


def _code(label, known, **kwargs):
    """A short code; it may stay open."""
    return forms.ChoiceField(label=label, required=False, choices=lambda: _open(translated(known.items())), **kwargs)


def _open(choices):
    return [("", _("Belum diisi")), *choices]


class EventForm(OnlyItsFields):
    """`family`, its `people` who may be spoken of, `places` where a family can be at home, `on`: today."""

    on = DayField(label=_("Tanggal kejadian"), help_text=_("Hari peristiwanya, bukan hari Anda mencatatnya."))

    def __init__(self, data=None, *, family, people, places, on, **kwargs):
        super().__init__(data, **kwargs)
        self.family, self.today = family, on
        self.fields["on"].widget.attrs["max"] = on.isoformat()
        for field in self.fields.values():
            if isinstance(field, PersonField | PeopleField):
                field.queryset = people
        if "region" in self.fields:
            self.fields["region"].choices = places

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tahunnya."))
        return day

    def asked(self):
        """What the action takes."""
        return self.cleaned_data

    def refuse(self, problem):
        """Says what the action refused, beside the field that it is about."""
        field = getattr(problem, "field", None)
        self.add_error(field if field in self.fields else None, told(problem))


def _new_head():
    return PersonField(
        label=_("Siapa kepala keluarga sekarang?"), required=False,
        help_text=_("Hanya bila kepala keluarga tidak lagi di sini dan masih ada anggota yang tinggal."),
    )  # fmt: skip


class BirthForm(EventForm):
    name = LineField(
        label=_("Nama bayi"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Kosongkan bila belum diberi nama; jangan pakai nama ibunya."),
    )  # fmt: skip
    sex = forms.TypedChoiceField(label=_("Jenis kelamin"), coerce=int, widget=forms.RadioSelect)
    mother = PersonField(label=_("Ibu"), required=False)
    birth_order = forms.IntegerField(
        label=_("Kelahiran ke berapa dari ibu ini"), required=False, min_value=1, max_value=30,
        help_text=_("Kosongkan bila sesudah anak yang tercatat. Bayi kembar dicatat satu per satu."),
    )  # fmt: skip
    nik = NumberField(label=_("NIK"), required=False, help_text=_("16 angka; kosongkan bila belum ada."))
    place = _code(_("Tempat lahir"), BIRTHPLACES)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, people=people, **kwargs)
        self.fields["sex"].choices = translated(Sex.choices())
        self.fields["mother"].queryset = people.filter(sex=Sex.FEMALE)


class DeathForm(EventForm):
    person = PersonField(label=_("Siapa yang meninggal?"))
    new_head = _new_head()
    place = _code(_("Tempat meninggal"), DEATHPLACES)


class NewHeadForm(EventForm):
    head = PersonField(label=_("Siapa kepala keluarga sekarang?"))
    reason = forms.ChoiceField(
        label=_("Sebabnya"), widget=forms.RadioSelect, choices=lambda: translated(NewHead.choices())
    )


class MovedInForm(EventForm):
    name = LineField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    sex = forms.TypedChoiceField(label=_("Jenis kelamin"), coerce=int, widget=forms.RadioSelect)
    relation = forms.TypedChoiceField(
        label=_("Hubungan dengan kepala keluarga"), coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    born_on = DayField(label=_("Tanggal lahir"), required=False, help_text=_("Kosongkan bila tidak diketahui."))
    mother = PersonField(label=_("Ibu"), required=False)
    nik = NumberField(label=_("NIK"), required=False, help_text=_("16 angka; kosongkan bila tidak ada."))
    origin = _code(_("Datang dari"), FARTHER)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, people=people, **kwargs)
        self.fields["sex"].choices = translated(Sex.choices())
        relations = [one for one in Relation if one is not Relation.HEAD]
        self.fields["relation"].choices = translated((one.value, one.label) for one in relations)
        self.fields["mother"].queryset = people.filter(sex=Sex.FEMALE)


class MovedOutForm(EventForm):
    people = PeopleField(label=_("Siapa yang pindah?"), help_text=_("Tandai semuanya bila seluruh keluarga pindah."))
    destination = _code(_("Pindah ke"), FARTHER)
    new_head = _new_head()


class MovedWithinForm(EventForm):
    region = forms.ChoiceField(label=_("Pindah ke"))

    def __init__(self, *args, family, places, **kwargs):
        others = [(code, name) for code, name in places if code != family.region]
        super().__init__(*args, family=family, places=[("", _("Pilih")), *others], **kwargs)


class Home(EventForm):
    """Where a family that is formed lives."""

    region = forms.ChoiceField(label=_("Tempat tinggal keluarga baru"))
    address = LineField(label=_("Alamat keluarga baru"), max_length=200, required=False)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, family=family, **kwargs)
        self.fields["region"].initial = family.region


class SplitForm(Home):
    people = PeopleField(label=_("Siapa yang membentuk keluarga sendiri?"))
    head = PersonField(label=_("Kepala keluarga yang baru"))
    spouse = PersonField(label=_("Suami atau istrinya"), required=False)
    new_head = PersonField(
        label=_("Kepala keluarga bagi yang tinggal"), required=False,
        help_text=_("Hanya bila kepala keluarga yang lama ikut pergi."),
    )  # fmt: skip
    field_order = ("on", "people", "head", "spouse", "new_head", "region", "address")


class DivorceForm(Home):
    leaver = PersonField(label=_("Siapa yang pergi?"))
    children = PeopleField(label=_("Anak yang ikut pergi"), required=False)
    away = forms.TypedChoiceField(
        label=_("Yang pergi tinggal di mana?"), coerce=AWAY.__eq__, widget=forms.RadioSelect,
        choices=[(HERE, _("Membentuk keluarga sendiri di register ini")), (AWAY, _("Pindah ke luar register"))],
    )  # fmt: skip
    destination = _code(_("Bila ke luar register, pindah ke"), FARTHER)
    field_order = ("on", "leaver", "children", "away", "region", "address", "destination")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, people=people, **kwargs)
        self.fields["leaver"].queryset = people.filter(relation__in=[Relation.HEAD.value, Relation.SPOUSE.value])
        self.fields["children"].queryset = people.exclude(relation__in=[Relation.HEAD.value, Relation.SPOUSE.value])
        for name in ("region", "address"):
            self.fields[name].required = False


class WithOther(EventForm):
    """With somebody of another family, who is looked for by name first. What was typed stays."""

    sought = LineField(
        label=_("Cari nama"), max_length=SEARCH, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )  # fmt: skip
    other = PersonField(label=_("Pilih orangnya"), error_messages={"required": _("Cari namanya, lalu pilih orangnya.")})

    def __init__(self, data=None, **kwargs):
        self.looking = bool(data) and FIND in data
        if self.looking:
            kwargs["initial"] = _typed(data)
        super().__init__(None if self.looking else data, **kwargs)
        sought = (data or {}).get("sought", "").strip()[:SEARCH]
        rows = self.others().select_related("family")
        self.found = list(self.matching(rows, sought).order_by("name", "pk")[:MOST]) if sought else []
        self.fields["other"].queryset = rows
        self.fields["other"].widget.choices = [(one.pk, self.beside(one)) for one in self.found]
        if self.looking:
            self.fields["other"].help_text = (
                _("Belum ada yang cocok. Coba sebagian namanya saja.") if not self.found else ""
            )

    def others(self):
        """Among whom is looked."""
        return Person.objects.living_here().unrestricted().exclude(family=self.family)

    def matching(self, rows, sought):
        return rows.filter(name__icontains=sought)

    @staticmethod
    def beside(person):
        """Enough to tell two of the same name apart."""
        born = person.born_on.strftime("%d-%m-%Y") if person.born_on else gettext("tanggal lahir belum diisi")
        return f"{_named(person)} · {born}"

    def known(self):
        return super().known() | {FIND}

    def asked(self):
        given = {name: value for name, value in self.cleaned_data.items() if name != "sought"}
        return self.of(given, given.pop("other"))


class ReturnedForm(WithOther):
    """With somebody who is known as gone: found by name, or by the NIK as `by_number` finds it."""

    relation = forms.TypedChoiceField(label=_("Hubungan dengan kepala keluarga"), coerce=int, widget=forms.RadioSelect)
    mistake = forms.BooleanField(
        label=_("Tercatat keliru: orang ini tidak pernah pergi atau meninggal"), required=False
    )
    origin = _code(_("Datang dari"), FARTHER)
    field_order = ("sought", "other", "on", "relation", "origin", "mistake")

    def __init__(self, data=None, *, by_number, **kwargs):
        self.by_number = by_number
        super().__init__(data, **kwargs)
        self.fields["sought"].label = _("Cari nama atau NIK")
        self.fields["sought"].help_text = _("NIK dicari dengan 16 angka persis.")
        relations = [one for one in Relation if one is not Relation.HEAD]
        self.fields["relation"].choices = translated((one.value, one.label) for one in relations)

    def others(self):
        return Person.objects.away().unrestricted()

    def matching(self, rows, sought):
        return rows.filter(pk__in=self.by_number(sought)) if sought.isdecimal() else super().matching(rows, sought)

    @staticmethod
    def beside(person):
        day = person.gone_on or person.family.left_on
        told = gettext("tercatat pergi %(day)s") % {"day": day.strftime("%d-%m-%Y")}
        return f"{WithOther.beside(person)} · {told}"

    def of(self, given, other):
        return given | {"person": other}


class ReturningForm(ReturnedForm):
    """Somebody comes back to the `village` without the family he had: into one of its families, or into his own."""

    joins = forms.ChoiceField(
        label=_("Tinggal bersama siapa?"), widget=forms.RadioSelect,
        choices=[(NEW, _("Sendiri, sebagai kepala keluarga baru")),
                 (THERE, _("Bersama keluarga yang ada di desa ini"))],
    )  # fmt: skip
    region = forms.ChoiceField(label=_("Tempat tinggal keluarga baru"), required=False)
    address = LineField(label=_("Alamat keluarga baru"), max_length=200, required=False)
    host_sought = LineField(
        label=_("Bila bersama keluarga lain, cari nama anggotanya"), max_length=SEARCH, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )  # fmt: skip
    host = PersonField(label=_("Pilih salah satu anggotanya"), required=False)
    field_order = (
        "sought", "other", "on", "origin", "joins", "region", "address", "host_sought", "host", "relation", "mistake",
    )  # fmt: skip

    def __init__(self, data=None, *, village, **kwargs):
        super().__init__(data, family=None, people=Person.objects.none(), **kwargs)
        self.fields["relation"].required = False
        rows = Person.objects.living_here().unrestricted().within(village)
        sought = (data or {}).get("host_sought", "").strip()[:SEARCH]
        self.hosts = list(rows.filter(name__icontains=sought).order_by("name", "pk")[:MOST]) if sought else []
        self.fields["host"].queryset = rows.select_related("family")
        self.fields["host"].widget.choices = [(one.pk, WithOther.beside(one)) for one in self.hosts]

    def clean(self):
        given = super().clean()
        if given.get("joins") == THERE:
            for name, said in (("host", MISSING_HOST), ("relation", MISSING_RELATION)):
                if name not in self.errors and not given.get(name):
                    self.add_error(name, said)
        elif given.get("joins") == NEW and "region" not in self.errors and not given.get("region"):
            self.add_error("region", _("Pilih tempatnya."))
        return given

    def of(self, given, other):
        """What record_return takes, or record_return_alone where there is no `family`."""
        host, told = given.pop("host"), {"person": other}
        alone = given.pop("joins") == NEW
        own = {name: given.pop(name) for name in ("region", "address")}
        relation = given.pop("relation")
        del given["host_sought"]
        return given | told | (own if alone else {"family": host.family, "relation": relation})


class FamilyReturnedForm(EventForm):
    origin = _code(_("Datang dari"), FARTHER)


class MergeForm(WithOther):
    field_order = ("sought", "other", "on")

    def of(self, given, other):
        return given | {"other_family": other.family}


class TakenInForm(WithOther):
    person = PersonField(label=_("Siapa yang diasuh?"))
    as_child = forms.BooleanField(label=_("Diasuh sebagai anak"), required=False)
    new_head = _new_head()
    field_order = ("person", "sought", "other", "as_child", "on", "new_head")

    def of(self, given, other):
        return given | {"into": other.family}


class MarriageForm(WithOther, Home):
    person = PersonField(label=_("Siapa yang menikah?"))
    joins = forms.ChoiceField(
        label=_("Mereka tinggal di mana?"), widget=forms.RadioSelect,
        choices=[(NEW, _("Membentuk keluarga baru")), (HERE, _("Tinggal dalam keluarga ini")),
                 (THERE, _("Tinggal dalam keluarga pasangannya"))],
    )  # fmt: skip
    bringing = PeopleField(label=_("Anggota keluarga ini yang ikut"), required=False)
    new_head = _new_head()
    other_head = PersonField(
        label=_("Kepala keluarga bagi keluarga pasangannya"), required=False,
        help_text=_("Hanya bila pasangannya kepala keluarga dan ada yang ditinggalkannya."),
    )  # fmt: skip
    field_order = (
        "person", "sought", "other", "on", "joins", "bringing", "region", "address", "new_head", "other_head",
    )  # fmt: skip

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        for name in ("region", "address"):
            self.fields[name].required = False
        if self.is_bound:
            families = {one.family_id for one in self.found}
            theirs = Person.objects.living_here().unrestricted().filter(family__in=families)
            self.fields["other_head"].queryset = theirs.in_order()
        else:  # asked only where it turns out to be needed
            del self.fields["other_head"]

    def of(self, given, other):
        joins = {NEW: None, HERE: self.family, THERE: other.family}[given.pop("joins")]
        return given | {"partner": other, "other_family": other.family, "joins": joins}


FORMS = {
    Kind.BIRTH: BirthForm,
    Kind.DEATH: DeathForm,
    Kind.MOVED_IN: MovedInForm,
    Kind.MOVED_OUT: MovedOutForm,
    Kind.MOVED_WITHIN: MovedWithinForm,
    Kind.MARRIAGE: MarriageForm,
    Kind.DIVORCE: DivorceForm,
    Kind.SPLIT: SplitForm,
    Kind.MERGE: MergeForm,
    Kind.NEW_HEAD: NewHeadForm,
    Kind.TAKEN_IN: TakenInForm,
    Kind.RETURNED: ReturnedForm,
}


def _typed(data):
    """What stands in the form, as its fields take it."""
    several = {"bringing"}
    names = set(data) - {CSRF_FIELD, FIND}
    return {name: data.getlist(name) if name in several else data[name] for name in names}

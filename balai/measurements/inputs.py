"""What a kader types of a measuring: kept as typed, and asked back where it was meant in another unit."""

import re
from decimal import Decimal
from uuid import UUID

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from balai.families.inputs import CSRF_FIELD, DayField, OnlyItsFields, only, translated
from balai.measurements import rules
from balai.measurements.rules import QUANTITIES, Facts, Position

ACCEPT = "pakai"  # the button that takes what was offered
TYPED = 12  # letters
HEX = re.compile(r"[0-9a-f]{32}")
OEDEMA = {"": None, "1": True, "0": False}


def spoken(said):
    """A sentence in the reader's language, its numbers with the comma of that language."""
    params = {name: localize(value) if isinstance(value, Decimal) else value for name, value in said.params.items()}
    return gettext(said.message) % params if params else gettext(said.message)


def shown(value):
    """A number as it is typed."""
    return "" if value is None else str(localize(rules.plain(value), use_l10n=True))


class QuantityField(forms.CharField):
    def __init__(self, quantity, **more):
        wide = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "6"})
        super().__init__(max_length=TYPED, required=False, widget=wide, **more)
        self.quantity = quantity

    def prepare_value(self, value):
        return shown(value) if isinstance(value, Decimal) else value

    def clean(self, value):
        found = rules.read(self.quantity, super().clean(value))
        if found.said:
            raise forms.ValidationError(spoken(found.said))
        return found.value


class Measuring(OnlyItsFields):
    """What the two forms share. `offers`: {field: what may have been meant}; `doubt`: why it is asked again."""

    yakin = forms.BooleanField(label=_("Tetap simpan"), required=False)
    doubt = ""
    twin = None

    def __init__(self, data=None, **more):
        super().__init__(self._accepted(data, more.get("prefix")), **more)

    def _accepted(self, data, prefix):
        """What was typed, with what was offered in its place where the person takes it."""
        if not data or ACCEPT not in data:
            return data
        data = data.copy()
        del data[ACCEPT]
        for name, offered in self._offers(data, prefix).items():
            data[name] = shown(offered)
        return data

    def _offers(self, data, prefix):
        names = {f"{prefix}-{key}" if prefix else key: one for key, one in QUANTITIES.items()}
        found = {name: rules.read(one, data.get(name, "")).offered for name, one in names.items()}
        return {name: offered for name, offered in found.items() if offered is not None}

    @property
    def offers(self):
        return self._offers(self.data, self.prefix) if self.is_bound else {}

    def judge(self, facts, born_on, on):
        for field, said in rules.faults(facts, born_on, on):
            self.add_error(field if field in self.fields else None, spoken(said))


class MeasureForm(Measuring):
    measured_on = DayField(label=_("Tanggal"))
    weight_kg = QuantityField(rules.WEIGHT, label=_("Berat (kg)"), help_text=_("Misalnya 8,6."))
    height_cm = QuantityField(rules.HEIGHT, label=_("Panjang atau tinggi (cm)"), help_text=_("Misalnya 71,5."))
    position = forms.ChoiceField(
        label=_("Cara mengukur panjang atau tinggi"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Bila tidak dipilih: di bawah 2 tahun dianggap telentang, sesudahnya berdiri."),
    )
    muac_cm = QuantityField(
        rules.MUAC, label=_("Lingkar lengan atas, LiLA (cm)"), help_text=_("Sejak umur 3 bulan. Misalnya 13,5.")
    )
    head_cm = QuantityField(rules.HEAD, label=_("Lingkar kepala (cm)"), help_text=_("Misalnya 44,0."))
    oedema = forms.TypedChoiceField(
        label=_("Kedua kaki bengkak"), required=False, widget=forms.RadioSelect, coerce=OEDEMA.get, empty_value=None
    )
    place = forms.ModelChoiceField(None, label=_("Di mana"), required=False, empty_label=_("Tidak disebut"))
    field_order = ("measured_on", "weight_kg", "height_cm", "position", "muac_cm", "head_cm", "oedema", "place")

    def __init__(self, data=None, *, child, on, places, **more):
        super().__init__(data, **more)
        self._child, self._on = child, on
        self.fields["measured_on"].widget.attrs["max"] = on.isoformat()
        self.fields["position"].choices = [("", _("Menurut umurnya")), *translated(Position.choices())]
        self.fields["oedema"].choices = [("", _("Tidak diperiksa")), ("0", _("Tidak")), ("1", _("Ya"))]
        self.fields["place"].queryset = places
        self.fields["place"].label_from_instance = lambda place: place.name

    def clean(self):
        given = super().clean()
        if not self.errors:
            self.judge(self.facts(), self._child.born_on, self._on)
        return given

    def facts(self):
        given = self.cleaned_data
        return Facts(**{name: given[name] for name in self.fields if name not in ("place", "yakin")})


class RowForm(Measuring):
    """One child on the sheet of a posyandu's day; a row in which nothing was typed says nothing."""

    strict = False
    weight_kg = QuantityField(rules.WEIGHT, label=_("Berat (kg)"))
    height_cm = QuantityField(rules.HEIGHT, label=_("Panjang atau tinggi (cm)"))

    def __init__(self, data=None, *, child, day, on):
        super().__init__(data, prefix=child.pk.hex)
        self.child, self._day, self._on = child, day, on

    @property
    def is_empty(self):
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in ("weight_kg", "height_cm"))

    def clean(self):
        given = super().clean()
        if not self.errors and self._day:
            self.judge(self.facts(), self.child.born_on, self._on)
        return given

    def facts(self):
        given = self.cleaned_data
        return Facts(self._day, weight_kg=given["weight_kg"], height_cm=given["height_cm"])


class SheetForm(forms.Form):
    """Which day and which part of the village the sheet is about."""

    tanggal = DayField(label=_("Tanggal posyandu"))
    tempat = forms.ChoiceField(label=_("RT, RW, atau dusun"), required=False)

    def __init__(self, data, *, places, on):
        super().__init__(data, label_suffix="", use_required_attribute=False, initial={"tanggal": on})
        self._on = on
        self.fields["tanggal"].widget.attrs["max"] = on.isoformat()
        self.fields["tempat"].choices = [("", _("Semua")), *places[1:]]
        if len(places) < 2:
            self.fields["tempat"].widget = forms.HiddenInput()

    def clean_tanggal(self):
        day = self.cleaned_data["tanggal"]
        if day > self._on:
            raise forms.ValidationError(_("Tanggal ini belum terjadi. Periksa tahunnya."))
        return day


def posted(data):
    """Of whom the sheet that was sent has a row: whoever joins or leaves the list meanwhile shifts nothing."""
    found = [name.partition("-")[0] for name in data if name.endswith("-weight_kg")]
    return [UUID(text) for text in found if HEX.fullmatch(text)]


class Sheet:
    """The day, the place and a row for each child that is listed."""

    PAGE = "halaman"

    def __init__(self, head, children, *, on, data=None):
        day = head.cleaned_data.get("tanggal") if head.is_valid() else None
        self.head, self.day = head, day
        self.rows = [RowForm(data, child=child, day=day, on=on) for child in children]
        if data is not None:
            names = set().union({CSRF_FIELD, ACCEPT, self.PAGE, *head.fields}, *[row.known() for row in self.rows])
            only(data, names)

    def filled(self):
        return [row for row in self.rows if not row.is_empty]


class ListForm(forms.Form):
    """What a village's list shows; it names nobody."""

    tempat = forms.ChoiceField(label=_("RT, RW, atau dusun"), required=False)
    hanya = forms.ChoiceField(
        label=_("Hanya"), required=False,
        choices=[
            ("", _("Semua balita")), ("belum", _("yang belum ditimbang bulan ini")),
            ("t", _("yang beratnya tidak naik")), ("merah", _("yang di bawah garis merah")),
            ("pendek", _("yang pendek atau sangat pendek")), ("janggal", _("yang nilainya sangat jarang")),
        ],
    )  # fmt: skip

    def __init__(self, data, *, places):
        super().__init__(data, label_suffix="")
        self.fields["tempat"].choices = [("", _("Semua")), *places[1:]]
        if len(places) < 2:
            self.fields["tempat"].widget = forms.HiddenInput()

    def asked(self):
        """Anything strange is as if nothing were asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

"""The sheet of a block: one form for each whom it is asked of, and the day of the visit. What was typed stays."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from balai.families.inputs import CSRF_FIELD, DayField, only, told
from balai.survey import rules
from balai.survey.rules import Kind

VISIT, BASE, SURE, THEN = "kunjungan", "dasar", "yakin", "lalu"
NOT_FILLED = _("Belum diisi")
MONTHS = ("%Y-%m", "%m-%Y", "%m/%Y")


@dataclass(frozen=True)
class Whom:
    """Whom a sheet asks: a person, or nobody in particular. `row` holds what is known, `draft` what was typed, `past`
    what was answered at every visit, the newest first."""

    person: Any
    subject: Any  # the person or the family
    facts: rules.Facts
    row: Any = None
    draft: Any = None
    past: tuple[Any, ...] = ()

    @property
    def prefix(self):
        return self.person.pk.hex if self.person else None


class MonthField(forms.DateField):
    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "month"}, format=MONTHS[0])
        wrong = _("Tulis bulan dan tahunnya, misalnya 05-2024.")
        super().__init__(widget=widget, input_formats=MONTHS, error_messages={"invalid": wrong}, **kwargs)


class SetField(forms.TypedMultipleChoiceField):
    """Codes that hold together, as one number."""

    def __init__(self, **kwargs):
        super().__init__(coerce=int, empty_value=(), widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value):
        return sum(1 << number - 1 for number in super().clean(value)) or None


def _field(item):
    language = get_language()
    said = {"label": item.ask(language), "required": False}
    if item.kind is Kind.MONTH:
        return MonthField(**said)
    if item.kind is Kind.COUNT:
        wrong = gettext("Isi angka dari %(low)s sampai %(high)s.") % {"low": item.low, "high": item.high}
        errors = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return forms.IntegerField(min_value=item.low, max_value=item.high, error_messages=errors, widget=widget, **said)
    choices = [(code.number, code.name(language)) for code in item.codes]
    if item.kind is Kind.SEVERAL:
        return SetField(choices=choices, **said)
    return forms.TypedChoiceField(
        choices=[*choices, ("", NOT_FILLED)], coerce=int, empty_value=None, widget=forms.RadioSelect, **said
    )


class AskForm(forms.Form):
    """The questions of a block to one person or one family."""

    def __init__(self, data, *, whom, items, initial):
        super().__init__(data, prefix=whom.prefix, initial=initial, label_suffix="", use_required_attribute=False)
        self.whom, self.items = whom, items
        self.fields = {item.key: _field(item) for item in items}

    def answers(self):
        return {key: value for key, value in self.cleaned_data.items() if value is not None}

    def names(self):
        return {self.add_prefix(name) for name in self.fields}

    def typed(self):
        """What stands in the fields, as it was typed."""
        lists = {key: self.data.getlist(self.add_prefix(key)) for key in self.fields}
        return {key: values if self._is_set(key) else values[0] for key, values in lists.items() if values}

    def _is_set(self, key):
        return isinstance(self.fields[key], SetField)


def as_initial(row):
    """What is known, as the fields show it."""
    initial = dict(row.values) if row else {}
    for item in rules.items_of(row.block) if row else ():
        if item.kind is Kind.SEVERAL and item.key in initial:
            initial[item.key] = rules.chosen(item, initial[item.key])
    return initial


class VisitForm(forms.Form):
    def __init__(self, data, *, on, initial):
        super().__init__(data, label_suffix="", use_required_attribute=False, initial=initial)
        self._on = on
        self.fields[VISIT] = DayField(
            label=_("Tanggal kunjungan"),
            help_text=_("Hari jawaban ini diberikan. Jawaban hari lain tetap tersimpan sebagai riwayat."),
        )  # fmt: skip

    def clean(self):
        given = super().clean()
        if given.get(VISIT) and given[VISIT] > self._on:
            self.add_error(VISIT, gettext("Tanggal kunjungan ini belum terjadi. Periksa tahunnya."))
        return given


class DayForm(forms.Form):
    """As of which day."""

    def __init__(self, data, *, on):
        super().__init__(data, label_suffix="", use_required_attribute=False, initial={"hari": on})
        self.fields["hari"] = DayField(label=_("Keadaan pada tanggal"))

    @property
    def day(self):
        return self.cleaned_data["hari"]


class Sheet:
    """`version` says what was known when the page was opened; somebody may save in between."""

    def __init__(self, block, whom, *, on, version, data=None):
        self.block, self.version, self._on, self._data = block, version, on, data
        drafts = [one.draft for one in whom if one.draft]
        day = drafts[0]["day"] if drafts else on
        self.visit = VisitForm(data, on=on, initial={VISIT: day})
        self.forms = [self._form(one) for one in whom]
        self.restored = bool(drafts) and data is None
        self.base = data.get(BASE, "") if data is not None else drafts[0]["base"] if drafts else version
        self.doubts = {}

    def _form(self, whom):
        items = rules.offered(self.block, whom.facts)
        initial = whom.draft["typed"] if whom.draft else as_initial(whom.row)
        return AskForm(self._data, whom=whom, items=items, initial=initial)

    @property
    def is_overtaken(self):
        """Whether somebody saved after this sheet was opened."""
        return self.base != self.version

    @property
    def is_sure(self):
        return SURE in self._data

    @property
    def day(self):
        return self.visit.cleaned_data[VISIT]

    def check_names(self):
        known = set().union({CSRF_FIELD, VISIT, BASE, SURE, THEN}, *[form.names() for form in self.forms])
        only(self._data, known)

    def is_valid(self):
        """Everything is looked at. What cannot be is an error; what seldom is goes to `doubts`, {field: sentence}."""
        self.check_names()
        fine = all([self.visit.is_valid(), *[form.is_valid() for form in self.forms]])
        on = self.visit.cleaned_data.get(VISIT, self._on)
        for form, finding in self.findings(on):
            if finding.level is rules.Level.CANNOT:
                form.add_error(finding.item, told(finding.said))
                fine = False
            else:
                self.doubts.setdefault(form.add_prefix(finding.item), told(finding.said))
        return fine

    def findings(self, on):
        for form in self.forms:
            form.is_valid()
            for finding in list(rules.findings(self.block, form.whom.facts, form.answers(), on)):
                yield form, finding

    def said(self):
        """{field: what is wrong or strange} of a sheet that is still being filled."""
        on = self.visit.cleaned_data.get(VISIT, self._on) if self.visit.is_valid() else self._on
        found = {form.add_prefix(finding.item): told(finding.said) for form, finding in self.findings(on)}
        wrong = {form.add_prefix(key): errors[0] for form in self.forms for key, errors in form.errors.items()}
        return found | wrong

    def count(self):
        """(answered, asked) of all forms together, as they stand now."""
        answered = asked = 0
        for form in self.forms:
            values = form.answers() if form.is_bound and form.is_valid() else _values(form.whom.row)
            answered += len(rules.kept(self.block, form.whom.facts, values))
            asked += len(rules.asked(self.block, form.whom.facts, values))
        return answered, asked


def _values(row):
    return row.values if row else {}

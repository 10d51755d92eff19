"""What templates say: numbers, months and days in the chosen language, and sentences that pure code made."""

from django import template
from django.utils.translation import get_language, gettext

from balai.base.words import Said
from balai.reports.rules import numbers
from balai.reports.rules.asking import FIELDS
from balai.reports.rules.kinds import OF_CLASS

register = template.Library()


def language():
    return (get_language() or "id")[:2]


def spoken(value):
    """A parameter of a sentence: numbers and sentences inside it in the chosen language."""
    if isinstance(value, Said):
        return said(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return gettext(value) if isinstance(value, str) and value else value
    return numbers.plain(value, language())


@register.filter
def said(sentence):
    """The sentence of a Said (or a plain one) in the chosen language."""
    if not isinstance(sentence, Said):
        return gettext(sentence) if sentence else ""
    translated = gettext(sentence.message)
    if not sentence.params:
        return translated
    try:
        return translated % {name: spoken(value) for name, value in sentence.params.items()}
    except (TypeError, ValueError):
        # a place such as %(n)d or %(n).2f wants the number itself
        return translated % sentence.params


@register.filter
def number(value, decimals=None):
    """The number, or an en dash where there is none."""
    if value is None or value == "":
        return "–"
    return numbers.plain(value, language()) if decimals is None else numbers.number(value, decimals, language())


@register.filter
def hundredths(value):
    """An index kept in hundredths."""
    return "–" if value is None else numbers.number(value / 100, 2, language())


@register.filter
def share(part, whole):
    return numbers.share(part, whole, language())


@register.filter
def percent(value):
    """A percentage that is one already."""
    return numbers.plain(round(value, 2), language()) + numbers.NARROW_SPACE + "%"


@register.filter
def month(period):
    return numbers.month(period, language()) if period else "–"


@register.filter
def short_month(period):
    return numbers.month(period, language(), short=True)


@register.filter
def day(value):
    return numbers.day(value, language()) if value else "–"


@register.filter
def kind(village_class):
    """The Kind of a class number."""
    return OF_CLASS.get(village_class)


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """The query string of this page with some parts changed (None drops one)."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.filter
def pixels(percentage, width):
    """Per cent of a width, written as SVG wants numbers in every language."""
    return f"{percentage * width / 100:.1f}"


@register.filter
def band(limits):
    """'>=7' as '≥ 7', '>9-12' as '> 9–12'."""
    signs = {"<=": "≤ ", ">=": "≥ ", "<": "< ", ">": "> "}
    sign = next((sign for sign in signs if limits.startswith(sign)), "")
    return signs.get(sign, "") + limits.removeprefix(sign).replace("-", "–")


@register.filter
def input_name(key):
    """The label of an input of the rule sets."""
    return FIELDS[key].label if key in FIELDS else key

"""What a report or register says in the language of the page: labels, values as people read them."""

import json
from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.accounts.models import Account
from balai.privacy.models import model_of

EMPTY = ("", None, [], {}, b"")


def language():
    return (get_language() or "id")[:2]


def phrase(one):
    return one.said(language())


def day(value):
    return formats.date_format(value, "j F Y")


def moment(value):
    return formats.date_format(timezone.localtime(value), "j F Y H.i")


def shown(table, field, value):
    """The value as people read it; what is missing as missing."""
    if value in EMPTY:
        return _("belum diisi")
    choices = model_of(table)._meta.get_field(field).flatchoices
    said = next((said for key, said in choices if key == value), None)
    return plain(value) if said is None else _(str(said))


def plain(value):
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return exact(value)


def exact(value):
    """As JSON keeps it: ISO dates, hexadecimal bytes, text."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


def officers(actors):
    """Actor name to how a person knows the officer: the name of the account, or what the trail says."""
    ids = {name.removeprefix("account:") for name in actors if name.startswith("account:")}
    names = {account.actor_name: account.name for account in Account.objects.filter(pk__in=ids)}
    return {name: names.get(name, name) for name in actors}

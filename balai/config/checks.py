"""What must hold before Balai opens. The server, `balai init` and the tests refuse where it does not."""

from django.apps import apps
from django.core.checks import Error, register, run_checks
from django.urls import URLResolver, get_resolver
from django.utils.translation import gettext as _

from balai.base.errors import Refused


def refuse_unsound():
    """Raises Refused with everything that is wrong, so that no address answers."""
    wrong = [found.msg for found in run_checks() if found.is_serious()]
    if wrong:
        raise Refused("Balai tidak dijalankan: %(wrong)s", wrong="; ".join(wrong))


@register
def every_address_has_its_door(app_configs, **kwargs):
    return [
        Error(
            _("alamat “/%(route)s” tidak menyatakan siapa yang boleh masuk (access.views: door atau public)")
            % {"route": route},
            id="balai.E001",
        )
        for route, view in addresses(get_resolver())
        if not getattr(view, "doors", None)
    ]


def addresses(resolver, before=""):
    """(route, view) of every address below a resolver."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry.callback


@register
def every_key_to_a_personal_table_keeps_its_walls(app_configs, **kwargs):
    """A join reads past the manager of the table it joins, unless the key itself keeps the scope."""
    return [
        Error(f"{model.__name__}.{field.name} is no ScopedKey", obj=field, id="balai.E002")
        for model in apps.get_models(include_auto_created=True)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if hasattr(field.related_model, "walls") and not getattr(field, "joins_in_scope", False)
    ]

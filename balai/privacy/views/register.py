"""The processing register, open to everybody: what is held, why, how long, who receives it, whom to ask."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render

from balai.access.rules import DataClass
from balai.access.views import public
from balai.privacy.rules import LIMIT, catalogue, for_readers
from balai.privacy.views.wording import phrase

HOURS = 3600


@public()
def processing(request):
    tables = for_readers()
    return render(request, "privacy/processing.html", {
        "personal": [_entry(table) for table in tables if table.is_personal],
        "staff": [_entry(table) for table in tables if table.highest is DataClass.P2],
        "others": [_entry(table) for table in tables if table.highest in (DataClass.P0, DataClass.P1)],
        "contact": settings.DATA_PROTECTION_CONTACT,
    })  # fmt: skip


def _entry(table):
    """A table as the page and the export tell it."""
    return {
        "key": table.key,
        "name": phrase(table.name),
        "class": table.highest.value,
        "purpose": phrase(table.purpose),
        "basis": phrase(table.basis.name),
        "confirmed": not (table.basis.lawyer or table.keep.lawyer),
        "kept": phrase(table.keep.name),
        "receives": [phrase(one) for one in table.receives],
        "fields": {name: table.classes[name].value for name in table.classes},
    }


@public()
def processing_json(request):
    limit = list(LIMIT._values)[-1][1]
    return JsonResponse(
        {
            "answer_within_hours": int(limit.total_seconds() // HOURS),
            "contact": settings.DATA_PROTECTION_CONTACT,
            "tables": [_entry(table) for table in catalogue().tables.values()],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )

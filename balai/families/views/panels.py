"""What other rooms tell on the page of a family: each contributes a panel, the settings list them in order.

A contributor is `panel(request, family, people) -> Panel | None`: `people` are those who may be shown, and
`family.everybody` all who live there, so that no panel asks for them again; None where the reader has no right to the
matter, so that nobody learns that there is something. It reads personal rows through their managers; the page itself
records that it was seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from balai.access.rules import Matter


@dataclass(frozen=True)
class Panel:
    """`anchor`: id on the page; `title`: its heading, translated; `template`: included with `panel` as context;
    `matters`: what it shows besides names and numbers, for the trail."""

    anchor: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    matters: tuple[Matter, ...] = ()


def panels(request, family, people, everybody):
    family.everybody = everybody
    found = (import_string(path)(request, family, people) for path in settings.FAMILY_PANELS)
    return [panel for panel in found if panel is not None]

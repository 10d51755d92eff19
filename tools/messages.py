"""Translatable sentences: collect them into balai/locale/*.po and compile these for the running program.

The sentences in code and templates are Bahasa Indonesia; locale/en holds their English. Babel does the reading and
writing, Django's own `templatize` turns a template into something it can read, so GNU gettext need not be installed.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from balai import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "balai" / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
MADE = datetime(2026, 11, 22, tzinfo=UTC)  # fixed: a file without new sentences stays as it is
KEYWORDS = {
    **dict.fromkeys(
        (
            "_",
            "gettext",
            "gettext_lazy",
            "gettext_noop",
            "NotValid",
            "NotAllowed",
            "Refused",
            "Problem",
            "sentence",
            "Said",
        )
    ),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def sentences():
    """(message, file) of every translatable sentence in the package."""
    if not settings.configured:
        settings.configure()
    for path in sorted((ROOT / "balai").rglob("*")):
        if "migrations" in path.parts or not path.is_file():
            continue
        if path.suffix == ".py":
            source = path.read_bytes()
        elif "templates" in path.parts and path.suffix in {".html", ".txt", ".svg"}:
            source = templatize(path.read_text(encoding="utf-8")).encode()
        else:
            continue
        for _line, message, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
            if message:
                yield message, context, str(path.relative_to(ROOT))


def collected():
    """The English catalogue with every sentence of today: known translations kept, gone ones dropped."""
    template = Catalog(domain="django")
    for message, context, path in sentences():
        template.add(message, locations=[(path, 1)], context=context)
    catalog = Catalog(locale="en", domain="django")
    if ENGLISH.exists():
        catalog = read_po(BytesIO(ENGLISH.read_bytes()), locale="en")
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.header_comment = "# English sentences of Balai."
    catalog.project, catalog.version, catalog.creation_date = "balai", __version__, MADE
    catalog.fuzzy, catalog.msgid_bugs_address = False, "docs"
    catalog.revision_date, catalog.last_translator, catalog.language_team = MADE, "Balai", "Balai"
    return catalog


def untranslated(catalog):
    return [message.id for message in catalog if message.id and not message.string]


def compile_all():
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))


if __name__ == "__main__":
    if "--compile-only" not in sys.argv:
        catalog = collected()
        with ENGLISH.open("wb") as target:
            write_po(target, catalog, sort_output=True, omit_header=False, include_lineno=False, width=120)
        print(f"{len(catalog)} sentences, {len(untranslated(catalog))} without English")
    compile_all()

"""An answer in words."""

from datetime import date

from balai.survey.rules.catalogue import Item, Kind


def chosen(item: Item, value: int) -> list[int]:
    """The codes of a set."""
    return [number for number in item.numbers if value & 1 << number - 1]


def told(item: Item, value: object, language: str) -> str:
    """As a reader of that language takes it; nothing for no answer."""
    if isinstance(value, date):
        return f"{value:%m-%Y}"
    if not isinstance(value, int):
        return ""
    names = {code.number: code.name(language) for code in item.codes}
    if item.kind is Kind.SEVERAL:
        return ", ".join(names[number] for number in chosen(item, value))
    return names.get(value, f"{value}")

"""What somebody asks of the trail: a filter of the page, or an account and a span of time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from balai.access.rules.trail import masked
from balai.base.words import Said, sentence

LONGEST = 200  # letters of anything typed here
_REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4}(\.\w{1,8})*)?)?)?")
_DEED = re.compile(r"[a-z_]+(\.[a-z_]+)*")
NO_NUMBERS = sentence("Nomor NIK atau KK tidak dicari di sini. Cari keluarganya, lalu pakai kode keluarganya.")


@dataclass(frozen=True)
class Wanted:
    """Which entries: every part narrows, "" and None do not."""

    account: str = ""
    deed: str = ""
    region: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True)
class Asked:
    """What was typed, as it was typed, what it means, and what is wrong with it."""

    typed: Mapping[str, str]
    wanted: Wanted = field(default_factory=Wanted)
    wrong: Mapping[str, Said] = field(default_factory=dict)


def account_name(text: str) -> str:
    """The name under which the trail keeps an account; the operator's is written out."""
    try:
        return f"account:{UUID(text)}"
    except ValueError:
        return text


def moment(text: str, zone: tzinfo, *, ends: bool = False) -> datetime:
    """A day or a moment as a form writes it; a day that ends a span belongs to it."""
    if len(text) <= len("2026-01-01"):
        day = date.fromisoformat(text) + timedelta(days=int(ends))
        return datetime.combine(day, time.min, tzinfo=zone)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=zone)


class _Reading:
    """Takes the known keys of a form one by one and gathers what is wrong."""

    def __init__(self, given: Mapping[str, str], zone: tzinfo) -> None:
        self.typed = {key: given.get(key, "").strip()[:LONGEST] for key in KEYS}
        self.wrong: dict[str, Said] = {}
        self.zone = zone

    def text(self, key: str) -> str:
        text = self.typed[key]
        if masked(text) != text:
            self.wrong[key] = Said(NO_NUMBERS)
            self.typed[key] = ""
        return self.typed[key]

    def matching(self, key: str, form: re.Pattern[str], message: str) -> str:
        text = self.text(key)
        if text and not form.fullmatch(text):
            self.wrong[key] = Said(message, {"typed": text})
            return ""
        return text

    def moment(self, key: str, *, ends: bool = False) -> datetime | None:
        text = self.text(key)
        try:
            return moment(text, self.zone, ends=ends) if text else None
        except (ValueError, OverflowError):
            self.wrong[key] = Said(sentence("“%(typed)s” bukan tanggal. Tulis seperti 2026-11-22."), {"typed": text})
            return None

    def span(self) -> tuple[datetime | None, datetime | None]:
        since, until = self.moment("dari"), self.moment("sampai", ends=True)
        if since and until and since >= until:
            self.wrong["sampai"] = Said(sentence("Akhir rentang harus sesudah awalnya."))
        return since, until


KEYS = ("akun", "perbuatan", "wilayah", "perihal", "dari", "sampai", "sebelum")


def of_list(given: Mapping[str, str], zone: tzinfo) -> Asked:
    """The filter of the trail's page."""
    reading = _Reading(given, zone)
    since, until = reading.span()
    before = reading.typed["sebelum"]
    wanted = Wanted(
        account=account_name(reading.text("akun")),
        deed=reading.matching("perbuatan", _DEED, sentence("“%(typed)s” bukan nama perbuatan.")),
        region=reading.matching("wilayah", _REGION, sentence("“%(typed)s” bukan kode wilayah, misalnya 76.05.03.")),
        subject=reading.text("perihal"),
        since=since, until=until,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < len(str(2**63)) else None,
    )  # fmt: skip
    return Asked(reading.typed, wanted, reading.wrong)


def of_breach(given: Mapping[str, str], zone: tzinfo) -> Asked:
    """The account and the span of a breach: all three are needed."""
    reading = _Reading(given, zone)
    since, until = reading.span()
    for key, at in (("dari", since), ("sampai", until)):
        if at:  # as the field of a form writes it, also where only a day was given
            reading.typed[key] = at.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
    account = reading.text("akun")
    for key in ("akun", "dari", "sampai"):
        if not reading.typed[key] and key not in reading.wrong:
            reading.wrong[key] = Said(sentence("Isi bagian ini."))
    return Asked(reading.typed, Wanted(account=account_name(account), since=since, until=until), reading.wrong)

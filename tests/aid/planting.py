"""Rows of this room that the tests of the rights of persons look for (tests/privacy/planted.py)."""

from balai.aid.models import Aid, ListEntry, ListVersion
from balai.vault.models import keyring
from tests.families.register import AT


def plant(family, person):
    day, known = AT.date(), {"made_at": AT, "made_by": "uji"}
    where = {"family": family, "person": person, "region": family.region}
    Aid.objects.create(**where, **known, programme="pip", agency=22, state="received", from_on=day, source="form")
    version = ListVersion.objects.create(
        kind="p3ke", edition="2024", dated_on=day, region=family.region, source="uji", sha256="0", brought_at=AT,
        brought_by="uji", applied_at=AT, applied_by="uji",
    )  # fmt: skip
    entry = ListEntry(
        **where, **known, version=version, line=2, decile=2, state="rejected", unmatched_on=day, name="Siti",
        born_on=day, decided_at=AT, decided_by="uji",
    )  # fmt: skip
    entry.hold(keyring(), nik="0044" * 4, card="0045" * 4)
    entry.save(force_insert=True)

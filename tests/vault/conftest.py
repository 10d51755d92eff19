import uuid
from datetime import UTC, datetime

import pytest

from balai.access.models import unscoped
from balai.config import keys
from balai.families.models import Family, IdentityNumber
from balai.vault.models import blind, key_files, sealed

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
TABLE = IdentityNumber._meta.db_table


@pytest.fixture
def folder(tmp_path, settings):
    """A folder of keys for this test alone."""
    settings.KEYS = tmp_path / "keys"
    keys.make(settings.KEYS, keys.VAULT)
    yield settings.KEYS
    key_files.forget()


def nik(serial):
    """Sixteen digits that are nobody's."""
    return f"09{serial * 7_919 + 10**13:014d}"


def entered(serial, text=None, where=None):
    """A sealed card number of a family of its own; `text` and `where` spoil it."""
    made = {"region": "16.05.02.2001", "made_at": AT, "made_by": "operator:test"}
    with unscoped("a test enters a number"):
        family = Family.objects.create(**made)
        row, number = uuid.uuid4(), text or nik(serial)
        return IdentityNumber.objects.create(
            id=row, kind="kk", family=family, blind=blind(number), sealed=sealed(number, where or row, TABLE, "sealed"),
            **made,
        )  # fmt: skip


@pytest.fixture
def numbers(db, folder):
    """Five numbers, sealed."""
    return [entered(serial) for serial in range(5)]


def stored(row):
    with unscoped("a test looks"):
        return IdentityNumber.objects.get(pk=row.pk)

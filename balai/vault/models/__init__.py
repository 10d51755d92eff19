from balai.vault.models.fields import BlindField, SealedField
from balai.vault.models.keyring import (
    DataKey,
    Keyring,
    KeysMissing,
    blind,
    blinds,
    key_files,
    keyring,
    new_data_key,
    opened,
    opened_text,
    sealed,
    sealed_text,
)
from balai.vault.rules import CannotOpen, canonical, masked

__all__ = [
    "BlindField",
    "CannotOpen",
    "DataKey",
    "Keyring",
    "KeysMissing",
    "SealedField",
    "blind",
    "blinds",
    "canonical",
    "key_files",
    "keyring",
    "masked",
    "new_data_key",
    "opened",
    "opened_text",
    "sealed",
    "sealed_text",
]

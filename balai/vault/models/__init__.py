from balai.vault.models.columns import SealedColumn, SealedTexts, sealed_columns
from balai.vault.models.fields import BlindField, SealedField
from balai.vault.models.health import Health, health, opens_all
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
    text_is_behind,
    wrap_again,
)
from balai.vault.rules import CannotOpen, canonical, masked

__all__ = [
    "BlindField",
    "CannotOpen",
    "DataKey",
    "Keyring",
    "Health",
    "KeysMissing",
    "SealedColumn",
    "SealedField",
    "SealedTexts",
    "blind",
    "blinds",
    "canonical",
    "health",
    "key_files",
    "keyring",
    "masked",
    "new_data_key",
    "opened",
    "opens_all",
    "opened_text",
    "sealed",
    "sealed_columns",
    "sealed_text",
    "text_is_behind",
    "wrap_again",
]

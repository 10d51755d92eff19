"""What the keys here open, and what they do not."""

from dataclasses import dataclass, field

from balai.access.models import unscoped
from balai.vault.models.columns import sealed_columns
from balai.vault.models.keyring import DataKey, KeysMissing, key_files, opens_data_key
from balai.vault.rules import TAG_LETTERS


@dataclass
class Health:
    """`data_keys`: (number, key-encrypting key, retired, whether it opens). `columns`: (column, rows, rows by data
    key, rows whose index key is not here, whether a sample of each data key opens)."""

    kek: str = ""
    index: str = ""
    kept: list = field(default_factory=list)
    data_keys: list = field(default_factory=list)
    columns: list = field(default_factory=list)

    @property
    def whole(self):
        """Whether everything sealed can be opened and found with the keys that are here."""
        return (
            all(opens for *_rest, opens in self.data_keys)
            and all(not lost and opens for *_rest, lost, opens in self.columns)
            and (bool(self.kek and self.index) or not self.data_keys)
        )


def opens_all():
    """Whether a sample of what each key sealed opens and can be found: quick on any number of rows."""
    keys, (index, others) = list(DataKey.objects.order_by("id")), _names("index")
    tags = {index, *others} - {""}
    with unscoped("does a sample of each key's values open"):
        return all(opens_data_key(row) for row in keys) and all(
            column.opens(*sample[:2]) and (not column.field.blind or sample[2][:TAG_LETTERS] in tags)
            for column in sealed_columns()
            for sample in column.samples(row.id for row in keys)
        )


def health():
    """Counts every sealed row."""
    state = Health()
    state.kek, kept = _names("kek")
    state.index, kept_index = _names("index")
    state.kept = [f"kek-{name}" for name in kept] + [f"index-{name}" for name in kept_index]
    for row in DataKey.objects.order_by("id"):
        state.data_keys.append((row.id, row.kek, row.retired_at, opens_data_key(row)))
    with unscoped("how many values each key sealed"):
        state.columns = [_column(column, state, [state.index, *kept_index]) for column in sealed_columns()]
    return state


def _names(kind):
    try:
        names = list(key_files(kind))
    except KeysMissing:
        return "", []
    return names[0], names[1:]


def _column(column, state, tags):
    count = column.rows().count()
    by_key = {number: column.under(number).count() for number, *_rest in state.data_keys}
    opens = sum(by_key.values()) == count and all(column.opens(*sample[:2]) for sample in column.samples(by_key))
    return str(column), count, {number: rows for number, rows in by_key.items() if rows}, column.lost(tags), opens

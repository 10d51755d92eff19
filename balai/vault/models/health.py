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
    keys, (index, kept) = list(DataKey.objects.order_by("id")), _names("index")
    with unscoped("does a sample of each key's values open"):
        return all(opens_data_key(row) for row in keys) and all(
            _sample_opens(column, [row.id for row in keys], {index, *kept}) for column in sealed_columns()
        )


def _sample_opens(column, numbers, tags):
    return not column.newer(max(numbers, default=0)).exists() and all(
        column.opens(row_id, stored) and (not column.field.blind or found_by[:TAG_LETTERS] in tags)
        for row_id, stored, found_by in column.samples(numbers)
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
    by_key = {number: rows for number, *_rest in state.data_keys if (rows := column.under(number).count())}
    usable = {number for number, *_rest, opens in state.data_keys if opens}
    opens = sum(by_key.values()) == count and by_key.keys() <= usable
    opens = opens and all(column.opens(*sample[:2]) for sample in column.samples(by_key))
    return str(column), count, by_key, column.lost(tags), opens

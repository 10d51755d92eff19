"""Changing keys. Each change goes on where an earlier one was cut off, before it makes another key."""

from django.db import transaction
from django.db.models import Max

from balai.access.actions import record
from balai.access.models import unscoped
from balai.access.rules import Permission, require
from balai.vault.actions.key_files import exchange
from balai.vault.actions.sweeping import sweep
from balai.vault.models import DataKey, key_files, keyring, new_data_key, sealed_columns, wrap_again


def rotate_data_keys(*, by, at, texts=(), told=lambda done: None):
    """A new data key seals from now on; everything sealed before is sealed again under it."""
    with transaction.atomic():
        require(by, Permission.KEYS_ROTATE)
        number = keyring().number
        if not _cut_off():
            number = DataKey.objects.aggregate(last=Max("id"))["last"] + 1
            new_data_key(number).save(force_insert=True)
        record(by=by, at=at, deed="keys.rotate", subject=f"data key {number}")
    swept = sweep(texts=texts, told=told)
    _finish(by, at, "keys.rotated", swept)
    return swept


def rotate_index_key(*, by, at, folder, key, told=lambda done: None):
    """A new index key finds numbers from now on. Until every row carries its hash, look-ups ask for both."""
    with transaction.atomic():
        require(by, Permission.KEYS_ROTATE)
        tag = next(iter(key_files("index")))
        if not _cut_off():
            tag = exchange(folder, "index", key)
        record(by=by, at=at, deed="keys.rotate_index", subject=f"index key {tag}")
    swept = sweep(told=told)
    _finish(by, at, "keys.rotated_index", swept)
    return swept


@transaction.atomic
def rotate_kek(*, by, at, folder, key):
    """A new key wraps the data keys; what they sealed stays as it is."""
    require(by, Permission.KEYS_ROTATE)
    name = next(iter(key_files("kek")))
    waiting = DataKey.objects.exclude(kek=name).exists()
    if not waiting:
        name = exchange(folder, "kek", key)
    behind = list(DataKey.objects.select_for_update().exclude(kek=name))
    for row in behind:
        wrap_again(row).save(update_fields=["wrapped", "kek"])
    record(by=by, at=at, deed="keys.rotate_kek", subject=f"key-encrypting key {name}", detail={"wrapped": len(behind)})
    return len(behind)


def _cut_off():
    """Whether an earlier change left behind a value that can be sealed again."""
    number, tag = keyring().number, next(iter(key_files("index")))
    with unscoped("is any sealed value behind the keys in force"):
        return any(
            column.opens(row_id, stored)
            for column in sealed_columns()
            for row_id, stored in column.behind(number, tag).values_list("pk", column.field.attname).iterator()
        )


@transaction.atomic
def _finish(by, at, deed, swept):
    DataKey.objects.filter(id__lt=keyring().number, retired_at=None).update(retired_at=at)
    detail = {"sealed_again": swept.done, "unreadable": len(swept.closed)}
    record(by=by, at=at, deed=deed, subject="vault", detail=detail)

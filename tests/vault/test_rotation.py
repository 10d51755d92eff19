from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models

from balai.access.models import AuditEntry, unscoped
from balai.access.rules import ROLES, Actor, operator
from balai.base.errors import NotAllowed
from balai.families.models import IdentityNumber
from balai.vault import actions
from balai.vault.actions import rotation, sweeping
from balai.vault.models import (
    BlindField,
    DataKey,
    SealedColumn,
    SealedField,
    SealedTexts,
    blind,
    blinds,
    health,
    key_files,
    keyring,
    new_data_key,
    opened,
    opens_all,
    sealed,
    sealed_columns,
    sealed_text,
)
from tests.people import person
from tests.vault.conftest import AT, TABLE, entered, nik, stored

WHO = {"by": operator("test"), "at": AT}
KEY = bytes(range(32))


def text_of(row):
    row = stored(row)
    return opened(row.sealed, row.pk, TABLE, "sealed")


def found(number):
    with unscoped("a test looks up"):
        return IdentityNumber.objects.filter(blind__in=blinds(number)).count()


def number_of_key(row):
    return int.from_bytes(bytes(stored(row).sealed)[:4])


def test_every_sealed_column_is_found_from_the_models():
    found = {str(column): column.field.blind for column in sealed_columns()}
    assert found[f"{TABLE}.sealed"] == "blind"
    written = [model for model in apps.get_models() for field in model._meta.fields if isinstance(field, SealedField)]
    assert len(found) == len(written) > 1


def test_after_a_rotation_every_number_is_sealed_by_the_new_key_and_opens(numbers):
    before = [bytes(stored(row).sealed) for row in numbers]
    swept = actions.rotate_data_keys(**WHO)
    assert (swept.done, swept.closed) == (5, [])
    assert [number_of_key(row) for row in numbers] == [2] * 5
    assert [text_of(row) for row in numbers] == [nik(serial) for serial in range(5)]
    assert not set(before) & {bytes(stored(row).sealed) for row in numbers}
    assert [stored(row).blind for row in numbers] == [row.blind for row in numbers]


def test_a_rotation_is_recorded_without_a_number(numbers):
    actions.rotate_data_keys(**WHO)
    entries = AuditEntry.objects.filter(deed__startswith="keys.").order_by("id")
    assert [(entry.deed, entry.subject) for entry in entries] == [
        ("keys.rotate", "data key 2"),
        ("keys.rotated", "vault"),
    ]
    assert entries[1].detail == {"sealed_again": 5, "unreadable": 0}


def test_old_data_keys_are_kept_and_marked(numbers):
    actions.rotate_data_keys(**WHO)
    actions.rotate_data_keys(by=WHO["by"], at=AT + timedelta(days=1))
    assert list(DataKey.objects.order_by("id").values_list("id", "retired_at")) == [
        (1, AT), (2, AT + timedelta(days=1)), (3, None),
    ]  # fmt: skip


def test_a_rotation_that_was_cut_off_goes_on_without_another_key(numbers, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)

    def cut_off(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rotate_data_keys(**WHO, told=cut_off)
    assert sorted(number_of_key(row) for row in numbers) == [1, 1, 1, 2, 2]
    assert [text_of(row) for row in numbers] == [nik(serial) for serial in range(5)]
    told = []
    assert actions.rotate_data_keys(**WHO, told=told.append).done == 3
    assert told == [2, 3]
    assert keyring().number == 2
    assert {number_of_key(row) for row in numbers} == {2}


def test_what_people_enter_during_a_rotation_is_sealed_by_the_new_key(numbers, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    entered_meanwhile = []

    def working(done):
        entered_meanwhile.append(entered(100 + done))
        assert found(nik(3)) == 1
        assert text_of(numbers[3]) == nik(3)

    actions.rotate_data_keys(**WHO, told=working)
    assert {number_of_key(row) for row in entered_meanwhile} == {2}
    assert opens_all()


def test_a_number_that_does_not_open_stays_and_is_named(numbers):
    moved = entered(77, where="another row")
    swept = actions.rotate_data_keys(**WHO)
    assert swept.closed == [f"{TABLE}.sealed:{moved.pk}"]
    assert swept.done == 5
    assert bytes(stored(moved).sealed) == bytes(moved.sealed)
    again = actions.rotate_data_keys(**WHO)
    assert (keyring().number, again.done, len(again.closed)) == (3, 5, 1)  # one spoiled row stops no later change


def test_only_who_may_rotate_keys_does(numbers, folder):
    clerk = {"by": Actor(name="account:x", role=ROLES["family_office"]), "at": AT}
    for change in (
        lambda: actions.rotate_data_keys(**clerk),
        lambda: actions.rotate_kek(**clerk, folder=folder, key=KEY),
        lambda: actions.rotate_index_key(**clerk, folder=folder, key=KEY),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert keyring().number == 1
    assert {path.name for path in folder.iterdir()} == {"kek", "index"}


def test_a_new_index_key_finds_every_number(numbers, folder):
    old = (folder / "index").read_text()
    before = blind(nik(2))
    swept = actions.rotate_index_key(**WHO, folder=folder, key=KEY)
    assert swept.done == 5
    assert (folder / "index").read_text() == KEY.hex()
    kept = [path for path in folder.iterdir() if path.name.startswith("index-")]
    assert [path.read_text() for path in kept] == [old]
    assert all(path.stat().st_mode & 0o777 == 0o400 for path in folder.iterdir())
    assert blind(nik(2)) != before
    assert stored(numbers[2]).blind == blind(nik(2))
    assert blinds(nik(2)) == [blind(nik(2)), before]
    assert [found(nik(serial)) for serial in range(5)] == [1] * 5


def test_no_look_up_is_lost_while_the_index_key_changes(numbers, folder, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    looked = []

    def look(done):
        entered(50 + done)
        looked.append([found(nik(serial)) for serial in range(5)] + [found(nik(50 + done))])

    actions.rotate_index_key(**WHO, folder=folder, key=KEY, told=look)
    assert looked == [[1] * 6] * 3


def test_an_index_change_that_was_cut_off_goes_on_with_the_same_key(numbers, folder, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)

    def cut_off(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rotate_index_key(**WHO, folder=folder, key=KEY, told=cut_off)
    assert [found(nik(serial)) for serial in range(5)] == [1] * 5
    assert actions.rotate_index_key(**WHO, folder=folder, key=bytes(32)).done == 3
    assert (folder / "index").read_text() == KEY.hex()


def test_a_new_kek_wraps_the_data_keys_and_the_old_one_is_kept_for_old_copies(numbers, folder):
    actions.rotate_data_keys(**WHO)
    old_copy = list(DataKey.objects.order_by("id").values("id", "wrapped", "kek"))
    assert actions.rotate_kek(**WHO, folder=folder, key=KEY) == 2
    assert (folder / "kek").read_text() == KEY.hex()
    assert {row.kek for row in DataKey.objects.all()} == {next(iter(key_files("kek")))}
    assert [text_of(row) for row in numbers] == [nik(serial) for serial in range(5)]
    assert AuditEntry.objects.get(deed="keys.rotate_kek").detail == {"wrapped": 2}
    for row in old_copy:  # an older copy of the database is restored
        DataKey.objects.filter(id=row["id"]).update(wrapped=row["wrapped"], kek=row["kek"])
    assert opens_all()
    assert entered(9).pk


def test_a_kek_change_that_was_cut_off_goes_on_with_the_same_key(numbers, folder):
    rotation.exchange(folder, "kek", KEY)
    assert text_of(numbers[0]) == nik(0)
    assert actions.rotate_kek(**WHO, folder=folder, key=bytes(32)) == 1
    assert (folder / "kek").read_text() == KEY.hex()


def test_exchanging_a_key_back_and_forth_loses_none(folder, db):
    first = bytes.fromhex((folder / "kek").read_text())
    (folder / "kek.new").write_text("left by an attempt that was cut off")
    for key in (KEY, first, KEY):
        rotation.exchange(folder, "kek", key)
    assert set(key_files("kek").values()) == {first, KEY}
    assert not (folder / "kek.new").exists()


def test_sealed_texts_of_other_tables_are_sealed_again(numbers, folder):
    account = person("planner", "16.05")
    kept = Authenticator.objects.create(
        user=account, type="totp",
        data={"secret": sealed_text("JBSWY3DPEHPK3PXP", "factor"), "other": "stays", "spoiled": sealed_text("x", "y")},
    )  # fmt: skip
    where = SealedTexts("mfa.Authenticator", "data", ("secret", "spoiled", "absent"), "factor")
    swept = actions.rotate_data_keys(**WHO, texts=[where])
    assert (swept.done, swept.closed) == (6, [f"mfa.Authenticator.spoiled:{kept.pk}"])
    data = Authenticator.objects.get(pk=kept.pk).data
    assert data["other"] == "stays"
    assert data["secret"] != kept.data["secret"]
    swept = actions.rotate_index_key(**WHO, folder=folder, key=KEY)
    assert swept.done == 5
    Authenticator.objects.update(data={"secret": sealed_text("JBSWY3DPEHPK3PXP", "factor")})
    assert sweeping.sweep(texts=[where]).done == 0


def test_a_healthy_vault_says_what_each_key_sealed(numbers):
    actions.rotate_data_keys(**WHO)
    state = health()
    assert state.whole
    assert [(number, opens) for number, _kek, _retired, opens in state.data_keys] == [(1, True), (2, True)]
    assert [column for column in state.columns if column[1]] == [(f"{TABLE}.sealed", 5, {2: 5}, 0, True)]
    assert (state.kek, state.index) == (next(iter(key_files("kek"))), next(iter(key_files("index"))))


def test_an_empty_vault_is_whole(db, folder):
    assert health().whole
    assert opens_all()


@pytest.mark.parametrize("kind", ["kek", "index"])
def test_a_database_restored_without_its_keys_is_not_whole(numbers, folder, kind):
    (folder / kind).rename(folder.parent / kind)
    assert not health().whole
    assert not opens_all()


def test_other_keys_in_place_of_the_lost_ones_are_not_enough(numbers, folder):
    for name in ("kek", "index"):
        (folder / name).unlink()
        (folder / name).write_text(KEY.hex())
    state = health()
    assert not state.whole
    assert [lost for _column, rows, _keys, lost, _opens in state.columns if rows] == [5]
    assert not opens_all()


def test_values_of_a_key_that_the_database_does_not_have_are_noticed(numbers):
    new_data_key(2).save(force_insert=True)
    entered(9)
    DataKey.objects.filter(id=2).delete()
    assert not opens_all()
    assert not health().whole


def test_the_table_of_keys_is_read_in_byte_order(numbers):
    """`<` on sealed values is how a rotation finds what is behind: both databases must compare bytes."""
    for _time in range(3):
        actions.rotate_data_keys(**WHO)
    (column,) = (one for one in sealed_columns() if str(one) == f"{TABLE}.sealed")
    with unscoped("a test counts"):
        counts = [column.under(number).count() for number in (1, 2, 3, 4, 5)]
        assert (counts, column.behind(4, next(iter(key_files("index")))).count()) == ([0, 0, 0, 5, 0], 0)
    assert connection.vendor in {"sqlite", "postgresql"}


@pytest.fixture
def seeds(db, folder):
    """A sealed column that nobody looks up, in a table of this test."""

    class Seed(models.Model):
        text = SealedField(null=True)

        class Meta:
            app_label = "vault"
            apps = Apps()

    with connection.schema_editor() as editor:
        editor.create_model(Seed)
    rows = [Seed.objects.create(pk=number) for number in range(1, 4)]
    for row in rows[:2]:
        Seed.objects.filter(pk=row.pk).update(text=sealed(f"seed {row.pk}", row.pk, "vault_seed", "text"))
    yield SealedColumn(Seed, Seed._meta.get_field("text"))
    with connection.schema_editor() as editor:
        editor.delete_model(Seed)


@pytest.mark.django_db(transaction=True)
def test_a_sealed_column_without_an_index_is_sealed_again_too(seeds):
    new_data_key(2).save(force_insert=True)
    swept = sweeping.Sweep(lambda done: None)
    swept.column(seeds)
    assert swept.done == 2
    assert [row_id for row_id in (1, 2) if seeds.under(2).filter(pk=row_id)] == [1, 2]
    assert [seeds.text(row.pk, row.text) for row in seeds.rows().order_by("pk")] == ["seed 1", "seed 2"]
    assert seeds.lost(["any"]) == 0
    seeds.model.objects.filter(pk=2).update(text=sealed("seed", 99, "vault_seed", "text"))
    new_data_key(3).save(force_insert=True)
    seeds.model.objects.filter(pk=1).delete()
    again = sweeping.Sweep(lambda done: None)
    again.column(seeds)
    assert (again.done, again.closed) == (0, ["vault_seed.text:2"])


def test_a_field_says_its_index_in_a_migration():
    assert SealedField(blind="b").deconstruct()[3] == {"blind": "b"}
    assert SealedField().deconstruct()[3] == {}
    assert BlindField().deconstruct()[3] == {"max_length": 64}

import pytest
from click.testing import CliRunner

from balai.access.models import AuditEntry
from balai.base.errors import Refused
from balai.vault.commands.keys import command
from balai.vault.models import DataKey, keyring
from tests.vault.conftest import TABLE, entered


def keys(*words):
    done = CliRunner().invoke(command, words)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_rotate_seals_everything_again_and_says_how_much(numbers):
    assert "5 nilai disegel ulang. Cadangkan folder kunci" in keys("rotate", "--user", "wati")
    assert keyring().number == 2
    assert AuditEntry.objects.get(deed="keys.rotate").by == "operator:wati"


def test_rotate_names_what_does_not_open(numbers):
    moved = entered(77, where="another row")
    with pytest.raises(Refused, match=f"1 nilai tidak dapat dibuka.*{moved.pk}"):
        keys("rotate")


def test_rotate_index_and_kek_change_the_key_files(numbers, folder):
    before = {name: (folder / name).read_text() for name in ("kek", "index")}
    assert "5 nilai disegel ulang" in keys("rotate-index", "--user", "wati")
    assert "1 kunci data dibungkus ulang" in keys("rotate-kek")
    assert all((folder / name).read_text() != text for name, text in before.items())


def test_status_tells_the_keys_and_what_they_sealed(numbers):
    assert "lama" not in keys("status")
    keys("rotate")
    keys("rotate-kek")
    said = keys("status")
    assert "Kunci lama yang disimpan untuk cadangan lama: kek-" in said
    assert "Kunci data 1" in said
    assert "sudah diganti" in said
    assert f"{TABLE}.sealed: 5 baris, menurut kunci {{2: 5}}; tidak dapat dicari 0; terbuka: ya." in said


def test_status_of_a_database_restored_without_its_keys_fails_with_the_remedy(numbers, folder):
    for name in ("kek", "index"):
        (folder / name).unlink()
    with pytest.raises(Refused, match="Kembalikan folder “keys” dari cadangan kunci"):
        keys("status")
    DataKey.objects.update(wrapped=b"spoiled" * 9)
    done = CliRunner().invoke(command, ["status"])
    assert "TIDAK DAPAT DIBUKA" in done.output
    assert "Pembungkus: —. Pencari: —." in done.output
    assert "tidak dapat dicari 5; terbuka: TIDAK" in done.output

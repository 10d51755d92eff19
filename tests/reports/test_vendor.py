"""Files of others are the ones in the manifest."""

from tools import vendor


def test_vendored_files_are_unchanged():
    assert [vendor.differing(folder) for folder in vendor.FOLDERS] == [[] for _folder in vendor.FOLDERS]


def test_a_changed_a_missing_and_a_strange_file_are_found(tmp_path):
    for entry in ("a", "b", "c"):
        (tmp_path / entry).write_text(entry)
    known = "".join(
        f'[[file]]\nfile = "{name}"\nsha256 = "{vendor.digest(content)}"\n'
        for name, content in (("a", b"a"), ("b", b"x"), ("d", b"d"))
    )
    (tmp_path / "manifest.toml").write_text(known)
    assert vendor.differing(tmp_path) == ["b", "c", "d"]

"""Evidence files: told by their first bytes, kept under their own id, nothing left behind."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.storage import default_storage

from balai.access import actions as audit
from balai.access.models import AuditEntry
from balai.base.errors import NotAllowed, NotValid
from balai.villages import actions, rules
from balai.villages.models import Evidence

GOOD = {
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
}
BAD = {
    "empty": b"",
    "exe": b"MZ\x90\x00\x03\x00\x00\x00",
    "elf": b"\x7fELF\x02\x01\x01",
    "svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "php": b"<?php system($_GET['c']); ?>",
    "junk before a pdf": b"<html>%PDF-1.7",
    "gif": b"GIF89a/*<svg/onload=alert(1)>*/",
    "zip or xlsm": b"PK\x03\x04\x14\x00",
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "wave": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "half a png": b"\x89PNG\r\n",
    "text": b"SK Kepala Desa",
}


@pytest.fixture
def files():
    """Names of the files kept now; those of other tests are none of ours."""

    def names():
        try:
            return set(default_storage.listdir("evidence")[1])
        except FileNotFoundError:
            return set()

    before = names()
    return lambda: names() - before


def attach(by, at, kampung, content):
    return actions.attach_evidence(by=by, at=at, kampung=kampung, title="SK Pokja", stream=BytesIO(content))


@pytest.mark.parametrize("media_type", GOOD)
def test_four_kinds_of_file_are_kept(kampung, by, at, files, media_type):
    evidence = attach(by, at, kampung, GOOD[media_type])
    name = rules.stored_name(evidence.id, evidence.media_type)
    assert evidence.media_type == media_type
    assert evidence.sha256 == sha256(GOOD[media_type]).hexdigest()
    assert evidence.size == len(GOOD[media_type])
    assert files() == {name.removeprefix("evidence/")}
    with default_storage.open(name) as stored:
        assert stored.read() == GOOD[media_type]
    assert AuditEntry.objects.get(deed="evidence.attach").subject == str(evidence.pk)


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_all_other_files_are_refused(kampung, by, at, files, content):
    with pytest.raises(NotValid, match="PDF, JPEG, PNG, atau WebP"):
        attach(by, at, kampung, content)
    assert not files()
    assert not Evidence.objects.exists()


def test_ten_megabytes_are_enough(kampung, by, at, files):
    largest = GOOD["application/pdf"].ljust(rules.LARGEST, b"\n")
    assert attach(by, at, kampung, largest).size == rules.LARGEST
    with pytest.raises(NotValid, match="10 MB"):
        attach(by, at, kampung, largest + b"\n")
    assert len(files()) == 1


def test_a_stranger_leaves_no_file(kampung, stranger, at, files):
    with pytest.raises(NotAllowed):
        attach(stranger, at, kampung, GOOD["image/png"])
    assert not files()


def test_when_the_trail_cannot_be_written_nothing_is_left(kampung, by, at, files, monkeypatch):
    def fail(**entry):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        attach(by, at, kampung, GOOD["image/png"])
    assert not files()
    assert not Evidence.objects.exists()


def test_a_file_that_cannot_be_stored_is_no_evidence(kampung, by, at, files, monkeypatch):
    def fail(name):
        raise OSError("disk full")

    monkeypatch.setattr(default_storage, "open", fail)
    with pytest.raises(OSError, match="disk full"):
        attach(by, at, kampung, GOOD["image/png"])
    assert not files()
    assert not Evidence.objects.exists()

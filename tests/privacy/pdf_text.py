"""The text of a PDF as a reader would copy it: by each font's own table from glyphs to letters."""

import re
import zlib

OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\s(.*?)^endobj", re.S)
STREAM = re.compile(rb"/Length (\d+).*?stream\r?\n(.*)", re.S)
PIECE = re.compile(rb"/(F\d+) [\d.]+ Tf|((?:\((?:\\.|[^\\()])*\)|<[0-9a-fA-F]*>)) Tj|\[(.*?)\] TJ", re.S)
TEXT = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9a-fA-F]*>", re.S)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf):
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = _fonts(pdf, objects)
    pages = [_stream(body) for body in objects.values() if STREAM.search(body) and b" Tf" in _stream(body)]
    return "\n".join(_page(page, fonts) for page in pages)


def _stream(body):
    length, rest = STREAM.search(body).groups()
    raw = rest[: int(length)]
    return zlib.decompress(raw) if b"FlateDecode" in body else raw


def _fonts(pdf, objects):
    named = dict(re.findall(rb"/(F\d+) (\d+) 0 R", pdf))
    found = {}
    for name, number in named.items():
        table = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
        found[name] = _letters(_stream(objects[int(table[1])]))
    return found


def _letters(table):
    """{glyph: text} of a ToUnicode table."""
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(text, 16)
            for step, glyph in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[glyph] = chr(start + step)
    return found


def _page(content, fonts):
    said, font = [], {}
    for name, shown, several in PIECE.findall(content):
        if name:
            font = fonts[name]
        for piece in [shown] if shown else TEXT.findall(several):
            raw = _bytes(piece)
            said.append("".join(font.get(int.from_bytes(raw[i : i + 2], "big"), "?") for i in range(0, len(raw), 2)))
    return "".join(said)


def _bytes(piece):
    if piece.startswith(b"<"):
        return bytes.fromhex(piece[1:-1].decode())
    return re.sub(rb"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), piece[1:-1], flags=re.S)

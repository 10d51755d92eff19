"""Thrift's compact protocol as the footers of Parquet use it: read into plain trees, written as it was.

A struct is a dict: number of the field -> (kind, value). A list is (kind, [values]).
"""

from collections.abc import Callable
from typing import Any

TRUE, FALSE, BYTE, SHORT, INT, LONG, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12
MANY = 15  # elements that the head of a list cannot count; steps between fields that it cannot hold
Struct = dict[int, tuple[int, Any]]


def loaded(data: bytes) -> Struct:
    return _Reading(data).struct()


def dumped(tree: Struct) -> bytes:
    out = bytearray()
    _put_struct(out, tree)
    return bytes(out)


class _Reading:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0
        self._read: dict[int, Callable[[], Any]] = {
            BYTE: self.byte, SHORT: self.whole, INT: self.whole, LONG: self.whole, DOUBLE: lambda: self.taken(8),
            BINARY: lambda: self.taken(self.plain()), LIST: self.elements, SET: self.elements, STRUCT: self.struct,
        }  # fmt: skip

    def byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def taken(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]

    def plain(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def whole(self) -> int:
        value = self.plain()
        return value >> 1 ^ -(value & 1)

    def struct(self) -> Struct:
        fields: Struct = {}
        number = 0
        while head := self.byte():
            number = number + (head >> 4) if head >> 4 else self.whole()
            kind = head & MANY
            fields[number] = (kind, None if kind in {TRUE, FALSE} else self._read[kind]())
        return fields

    def elements(self) -> tuple[int, list[Any]]:
        head = self.byte()
        kind, size = head & MANY, head >> 4
        read = self._read[BYTE if kind in {TRUE, FALSE} else kind]
        return kind, [read() for _ in range(self.plain() if size == MANY else size)]


def _put_plain(out: bytearray, value: int) -> None:
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _put_whole(out: bytearray, value: int) -> None:
    _put_plain(out, value << 1 if value >= 0 else ~value << 1 | 1)


def _put_binary(out: bytearray, value: bytes) -> None:
    _put_plain(out, len(value))
    out += value


def _put_struct(out: bytearray, fields: Struct) -> None:
    before = 0
    for number, (kind, value) in fields.items():
        step = number - before
        if 0 < step <= MANY:
            out.append(step << 4 | kind)
        else:
            out.append(kind)
            _put_whole(out, number)
        before = number
        if kind not in {TRUE, FALSE}:
            _PUT[kind](out, value)
    out.append(0)


def _put_elements(out: bytearray, value: tuple[int, list[Any]]) -> None:
    kind, elements = value
    if len(elements) < MANY:
        out.append(len(elements) << 4 | kind)
    else:
        out.append(MANY << 4 | kind)
        _put_plain(out, len(elements))
    put = _PUT[BYTE if kind in {TRUE, FALSE} else kind]
    for element in elements:
        put(out, element)


_PUT: dict[int, Callable[[bytearray, Any], None]] = {
    BYTE: bytearray.append, SHORT: _put_whole, INT: _put_whole, LONG: _put_whole, DOUBLE: bytearray.__iadd__,
    BINARY: _put_binary, LIST: _put_elements, SET: _put_elements, STRUCT: _put_struct,
}  # fmt: skip

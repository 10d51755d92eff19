"""One TOML file of declarations, and on which line what stands in it."""

import re
import tomllib
from importlib.resources.abc import Traversable
from itertools import takewhile
from typing import Any, TypeVar

import msgspec

from balai.base.errors import NotValid
from balai.indicators.rules.near import near

T = TypeVar("T")


class Text:
    def __init__(self, path: Traversable) -> None:
        self.name = path.name
        self.bytes = path.read_bytes()
        self.lines = self.bytes.decode().splitlines()
        try:
            self.data: dict[str, Any] = tomllib.loads(self.bytes.decode())
        except tomllib.TOMLDecodeError as error:
            raise self._unreadable(str(error)) from error

    def _unreadable(self, said: str) -> NotValid:
        """Of a text that is no TOML, in which nothing can be looked for: the line that the reader stopped at."""
        why, _at, where = said.rpartition(" (at ")
        number = re.match(r"line (\d+)", where)
        place = f"{self.name}:{number[1] if number else max(len(self.lines), 1)}"
        return NotValid("%(place)s: berkas TOML tidak dapat dibaca: %(why)s.", place=place, why=why)

    def place(self, *path: str) -> str:
        """`file:line` of what stands at `path`, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            header = self._starts(f"[{'.'.join(path[:length])}]")
            if header is not None:
                rest = path[length:]
                line = self._key(rest, header + 1) if rest else None
                return f"{self.name}:{(header if line is None else line) + 1}"
        return f"{self.name}:{(self._key(path, 0) or 0) + 1}"

    def _starts(self, text: str) -> int | None:
        return next((number for number, line in enumerate(self.lines) if line.startswith(text)), None)

    def _key(self, path: tuple[str, ...], first: int) -> int | None:
        """The line before the next header that begins with as much of the path as any does: `a.b =`, or `a =` that
        holds b on its line."""
        within = list(takewhile(lambda at: not self.lines[at].startswith("["), range(first, len(self.lines))))
        for length in range(len(path), 0, -1):
            start = re.compile(rf"{re.escape('.'.join(path[:length]))}\s*[=.]")
            found = next((at for at in within if start.match(self.lines[at].strip())), None)
            if found is not None:
                return found
        return None

    def convert(self, data: Any, kind: type[T], *path: str) -> T:
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            raise self._mistake(str(error), kind, path) from error

    def _mistake(self, said: str, kind: type, path: tuple[str, ...]) -> NotValid:
        unknown = re.search(r"unknown field `(.*?)`", said)
        if unknown:
            known = [one.encode_name for one in msgspec.structs.fields(kind)]
            return NotValid(
                "%(place)s: kunci “%(key)s” tidak dikenal.%(near)s",
                place=self.place(*path, unknown[1]), key=unknown[1], near=near(unknown[1], known),
            )  # fmt: skip
        where = re.search(r"at `\$\.(\w+)", said)
        inner = (where[1],) if where else ()
        return NotValid("%(place)s: isian tidak sah: %(why)s.", place=self.place(*path, *inner), why=said)

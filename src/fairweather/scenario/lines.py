"""Which line of a TOML file a key stands on, so that a mistake can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<path>[^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r'(?:^|[{,])\s*(?P<key>(?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+)(?:\s*\.\s*'
    r'(?:"(?:[^"\\]|\\.)*"|[A-Za-z0-9_-]+))*)\s*='
)
_TEXT = re.compile(r'(?<==)\s*"(?:[^"\\]|\\.)*"')
_NAME_OF_RUN = re.compile(r' "[^"]*"')


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a scenario was read from and the line of each dotted path in it."""

    where: str
    lines: Mapping[str, int]

    def place(self, path: str) -> str:
        """ "war.toml:12" for the line of the path, or of the nearest table that holds it."""
        line = self.line(path)
        return f"{self.where}:{line}" if line else self.where

    def line(self, path: str) -> int | None:
        """The line of a path or of the nearest one above it; None when none is known."""
        asked = _NAME_OF_RUN.sub("", path)
        while asked and asked not in self.lines:
            asked = asked.rpartition(".")[0]
        return self.lines.get(asked)


def origin_of(text: str, where: str) -> Origin:
    """Reads the places of keys out of a file's text; it need not be sound TOML."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = _bare(header["path"])
            if header["open"] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}[{counts[table]}]"
            lines.setdefault(table, number)
            continue
        _keys_of(line, number, table, lines)
    return Origin(where, MappingProxyType(lines))


def _keys_of(line: str, number: int, table: str, lines: dict[str, int]) -> None:
    """The keys of one line: the first is the table's own, the others lie in its inline table."""
    first = ""
    for found in _KEY.finditer(_TEXT.sub(' ""', line)):
        key = _bare(found["key"])
        path = ".".join(part for part in (table, first, key) if part)
        lines.setdefault(path, number)
        first = first or key


def _bare(key: str) -> str:
    return key.replace('"', "").replace(" ", "")

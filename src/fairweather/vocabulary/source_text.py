"""The text of a vocabulary file: its tables, and the line on which a mistake stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fairweather.errors import VocabularyError

_TABLE = re.compile(r"""^\s*\[\s*(?P<key>[^\[\]]+?)\s*\]\s*(#.*)?$""")
_FIELD = re.compile(r"""^\s*(?P<key>"[^"]+"|'[^']+'|[A-Za-z0-9_-]+)\s*=""")
_PARSER_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")


@dataclass(frozen=True, slots=True)
class SourceText:
    """Where each table and field of a file stands. Lines count from 1.

    `lines` maps (table, "") to the line of `[table]` and (table, field) to that of `field =`.
    """

    path: Path
    lines: dict[tuple[str, str], int]

    def mistake(self, what: str, key: str, field: str = "") -> VocabularyError:
        """The error to raise: file, line and key, then what is wrong."""
        line = self.lines.get((key, field)) or self.lines.get((key, "")) or 1
        return VocabularyError(f"{self.path.name}, line {line}, [{key}]: {what}")


def read_source_text(path: Path) -> tuple[SourceText, dict[str, Any]]:
    """The file's positions and its parsed tables.

    Raises VocabularyError for a file that cannot be read, is not UTF-8, is not TOML, or gives
    a key twice.
    """
    try:
        written = path.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path.name}: is not UTF-8 at byte {error.start}") from error
    text = SourceText(path, _positions(written, path))
    try:
        return text, tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise _broken(error, written, text) from error


def _positions(written: str, path: Path) -> dict[tuple[str, str], int]:
    lines: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(written.splitlines(), start=1):
        if header := _TABLE.match(line):
            table, field = _bare(header["key"]), ""
        elif given := _FIELD.match(line):
            field = _bare(given["key"])
        else:
            continue
        if (table, field) in lines:
            raise _twice(table, field, number, lines[table, field], path)
        lines[table, field] = number
    return lines


def _twice(table: str, field: str, second: int, first: int, path: Path) -> VocabularyError:
    what = f'the field "{field}"' if field else "the key"
    return VocabularyError(
        f"{path.name}, line {second}, [{table}]: {what} is given twice, first on line {first}"
    )


def _broken(error: tomllib.TOMLDecodeError, written: str, text: SourceText) -> VocabularyError:
    found = _PARSER_LINE.search(str(error))
    line = int(found[1]) if found and found[1] else max(len(written.splitlines()), 1)
    reason = _PARSER_LINE.sub("", str(error))
    above = [(at, key) for (key, field), at in text.lines.items() if not field and at <= line]
    key = max(above)[1] if above else "vocabulary"
    return VocabularyError(f"{text.path.name}, line {line}, [{key}]: broken TOML: {reason}")


def _bare(key: str) -> str:
    return key[1:-1] if key[0] in "\"'" else key

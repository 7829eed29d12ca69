"""The lines of a text with their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"\S[^\r\n\f]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words, white space at its ends left out: `whole[start:end] == text`."""

    start: int
    end: int
    text: str


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that are not blank; offsets count from the text's start."""
    for found in _LINE.finditer(text, start, len(text) if end is None else end):
        bare = found[0].rstrip()
        yield Line(found.start(), found.start() + len(bare), bare)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space at its ends."""
    bare = text[start:end].strip()
    begin = text.find(bare, start, end) if bare else start
    return begin, begin + len(bare)


def blank_between(text: str, first: Line, second: Line) -> bool:
    """Whether a blank line stands between two lines."""
    return len(re.findall(r"\r\n|\r|\n", text[first.end : second.start])) > 1

"""What a report is made of: sentences that cannot stand without what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from fairweather.brief.wording import clean
from fairweather.errors import MisuseError
from fairweather.records import Explained, Quote


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with the records and figures it rests on.

    `passages` are the quotes of those records that carry this very sentence; without them
    a record's first quote stands for it. `lead` is a run-in heading; lines of one lead that
    follow each other make one paragraph. Raises MisuseError for a line that rests on nothing.
    """

    text: str
    records: tuple[str, ...] = ()
    figures: tuple[Explained, ...] = ()
    passages: tuple[Quote, ...] = ()
    lead: str = ""

    def __post_init__(self) -> None:
        _need_grounds(self.text, self.records, self.figures)
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, resting on records and figures like a Line."""

    cells: tuple[str, ...]
    records: tuple[str, ...] = ()
    figures: tuple[Explained, ...] = ()
    passages: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        _need_grounds(" | ".join(self.cells), self.records, self.figures)
        object.__setattr__(self, "cells", tuple(clean(cell) for cell in self.cells))


def _need_grounds(text: str, records: tuple[str, ...], figures: tuple[Explained, ...]) -> None:
    if not records and not figures:
        raise MisuseError(f"a line of a brief names no record and no figure: {text!r}")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headers; the first cell of a row is its header."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Chart:
    """A chart with the title and description its SVG carries; drawn only where it is shown.

    `width` and `height` are about what it takes on the screen, in CSS pixels.
    """

    key: str
    title: str
    description: str
    make: Callable[[], dict[str, Any]] = field(compare=False, repr=False)
    width: float = 0.0
    height: float = 0.0

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        return self.make()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands under it.

    `left_out` counts lines that did not fit; `find` is the command that lists them.
    """

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    left_out: int = 0
    find: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show under the heading."""
        return not (self.lines or (self.table and self.table.rows) or self.chart)

    def paragraphs(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """Run-in headings with the lines that follow each other under them."""
        for lead, lines in groupby(self.lines, key=lambda line: line.lead):
            yield lead, tuple(lines)

    def shortened(self, count: int) -> Section:
        """The section with its first `count` lines; the others are counted as left out."""
        return replace(self, lines=self.lines[:count], left_out=max(0, len(self.lines) - count))

    def statements(self) -> Iterator[Line | Row]:
        """Every line and every row, in reading order."""
        yield from self.lines
        if self.table:
            yield from self.table.rows

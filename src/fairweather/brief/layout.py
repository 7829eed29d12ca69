"""How much fits on two sides of A4, and how sections share the room.

Every section keeps its most important lines; what room is left then goes line by line to
the section with the highest quotient of weight and lines held (the highest-averages method
by which parliaments share out seats), as long as two sides hold it all and no line more
tears a table in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.measure import line_count

WEIGHTS: Mapping[str, float] = {
    "agreements": 4,
    "exits": 3,
    "support": 3,
    "ladder": 2,
    "changes": 3,
    "forecasts": 2,
    "arrangements": 2,
    "elsewhere": 1,
    "reference": 1,
    "unknown": 2,
    "since": 3,
    "third": 5,
}
"""How much the lines of a section matter beside those of another."""

LEAST: Mapping[str, int] = {"agreements": 3, "exits": 2, "support": 2, "unknown": 2, "third": 6}
"""Lines that a section keeps before any room is shared; one where it is not named."""

SIDES = 2
MILLIMETRE = 72 / 25.4
PIXEL = 0.75

# The style sheet's measures for print, in points; `brief.css` has the same.
ACROSS = 182 * MILLIMETRE
DOWN = 273 * MILLIMETRE - 5
"""Height of a side between its margins, less a little for what is not measured exactly."""

TEXT, SMALL, CELL, CAPTION, MARKS = 10.0, 9.0, 8.5, 8.0, 7.8
"""Sizes of type: sentences, the small print, tables, their captions, marks in brackets."""

INDENT = 9.0

MOST_APART = 4
"""Numbers of figures that stand apart in one bracket; more are run together as ranges."""

CHART_LIMIT = 46 * MILLIMETRE
LADDER_PARTS = (5 / 11, 6 / 11)
"""Shares of the width that the ladder's chart and the table beside it take."""

COLUMNS: Mapping[str, tuple[float, ...]] = {
    "strands": (0.12, 0.11, 0.11, 0.11, 0.41, 0.14),
    "reference": (0.14, 0.185, 0.185, 0.185, 0.185, 0.12),
}
"""Shares of a table's width that its columns take, that of the sources included."""

UNBROKEN = frozenset({"ladder"})
"""Tables whose cells are never broken."""


@dataclass(frozen=True, slots=True)
class Block:
    """Something that no side breaks; `tied` to what follows, `again` on top after a break."""

    height: float
    tied: bool = False
    again: float = 0.0


class Pages(NamedTuple):
    """Sides that are taken, and tables that run over from one to the next."""

    sides: int
    torn: int


def fitted(sections: Sequence[Section], opening: Line) -> tuple[Section, ...]:
    """The sections with as many of their lines as two sides hold."""
    held = _least(sections, opening)
    torn = paged(_cut(sections, held), opening).torn
    waiting = [section.key for section in sections]
    while waiting:
        key = max(waiting, key=lambda one: WEIGHTS.get(one, 1) / (held[one] + 1))
        more = held | {key: held[key] + 1}
        whole = next(len(section.lines) for section in sections if section.key == key)
        pages = paged(_cut(sections, more), opening)
        if held[key] < whole and pages.sides <= SIDES and pages.torn <= torn:
            held = more
        else:
            waiting.remove(key)
    return _cut(sections, held)


def _least(sections: Sequence[Section], opening: Line) -> dict[str, int]:
    """What each section keeps in any case, less where even that is too much."""
    held = {one.key: min(len(one.lines), LEAST.get(one.key, 1)) for one in sections}
    held |= {one.key: len(one.lines) for one in sections if one.key not in WEIGHTS}
    for least in (1, 0):
        for section in sorted(sections, key=lambda one: WEIGHTS.get(one.key, 9)):
            if paged(_cut(sections, held), opening).sides <= SIDES:
                return held
            if section.key in WEIGHTS:
                held[section.key] = min(held[section.key], least)
    return held


def _cut(sections: Sequence[Section], held: Mapping[str, int]) -> tuple[Section, ...]:
    return tuple(section.shortened(held[section.key]) for section in sections)


def paged(sections: Sequence[Section], opening: Line) -> Pages:
    """How many sides of A4 the sections take, and how many tables are torn between two."""
    count, torn, used, tied = 1, 0, 0.0, 0.0
    for block in _blocks(sections, opening):
        if used + block.height > DOWN:
            count, torn = count + 1, torn + bool(block.again)
            used, tied = tied + block.again, 0.0
        used += block.height
        tied = tied + block.height if block.tied else 0.0
    return Pages(count, torn)


def _blocks(sections: Sequence[Section], opening: Line) -> Iterator[Block]:
    title = 18.5
    yield Block(title + _lines(opening, SMALL, 0.0) * SMALL * 1.25 + 2)
    for section in sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Block]:
    heading = 19.2
    yield Block(heading, tied=True)
    text = [*(_line(line) for line in section.lines)]
    if section.left_out:
        text.append(Block(SMALL * 1.25 + 2))
    if section.key == "ladder":
        yield _beside(section)
        yield from text
        return
    yield from text
    if section.chart:
        yield Block(_drawn(section, ACROSS) + 2)
    if section.table:
        yield from _rows(section.key, section.table, ACROSS)


def _line(line: Line) -> Block:
    return Block(_lines(line, TEXT, INDENT) * TEXT * 1.25 + 1)


def _lines(line: Line, size: float, indent: float) -> int:
    # The lead is bold, which is about two letters wider.
    lead = f"{line.lead}.xx " if line.lead else ""
    return line_count(lead + line.text, size, ACROSS - indent, _marks(line), MARKS / TEXT * size)


def _marks(part: Line | Row) -> tuple[str, ...]:
    """A stand-in for the numbers in brackets, of the usual width."""
    count = max(len(part.records), len(part.passages))
    return tuple(["00,"] * count + ["F00,"] * min(len(part.figures), MOST_APART))


def _drawn(section: Section, across: float) -> float:
    """Height of the chart, which shrinks to its column and to the most that is given."""
    chart = section.chart
    if chart is None or not chart.width:
        return 0.0
    shrunk = min(1.0, across / (chart.width * PIXEL))
    height = chart.height * PIXEL * shrunk
    return height if section.key == "ladder" else min(height, CHART_LIMIT)


def _beside(section: Section) -> Block:
    """The ladder's chart with its table to the right of it."""
    left, right = ((ACROSS - 8) * part for part in LADDER_PARTS)
    rows = _rows(section.key, section.table, right) if section.table else ()
    return Block(max(_drawn(section, left), sum(row.height for row in rows)))


def _rows(key: str, table: Table, across: float) -> Iterator[Block]:
    caption = line_count(table.caption, CAPTION, across) * CAPTION * 1.2 + 2
    head = _row(key, table.headers, "Src", across)
    yield Block(caption + head, tied=True)
    for row in table.rows:
        yield Block(_row(key, row.cells, " ".join(_marks(row)), across), again=head)


def _row(key: str, cells: Sequence[str], marks: str, across: float) -> float:
    if key in UNBROKEN:
        return CELL * 1.2 + 3
    shares = COLUMNS.get(key, (1 / (len(cells) + 1),) * (len(cells) + 1))
    padding = 5
    lines = (
        line_count(text, size, across * share - padding)
        for text, share, size in zip(
            (*cells, marks), shares, (*(CELL for _ in cells), CELL * MARKS / TEXT), strict=False
        )
    )
    return max(lines) * CELL * 1.2 + 3

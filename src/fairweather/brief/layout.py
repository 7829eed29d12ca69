"""How much fits on one side of A4, how sections share it, and what the second side holds.

Every section keeps its most important lines; what room is left then goes line by line to
the section with the highest quotient of weight and lines held (the highest-averages method
by which parliaments share out seats), as long as one side holds it all. Figures and sources
fill the second side; their quotes are cut to what it has room for. Where more was asked for,
as what the pair means for somebody else, the report runs on to half of the second side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.measure import line_count

if TYPE_CHECKING:
    from fairweather.brief.appendix import FigureShown
    from fairweather.brief.sources import SourceGroup

WEIGHTS: Mapping[str, float] = {
    "agreements": 4,
    "exits": 3,
    "support": 3,
    "ladder": 1,
    "changes": 3,
    "forecasts": 2,
    "arrangements": 2,
    "elsewhere": 1,
    "reference": 1,
    "unknown": 2,
    "since": 6,
    "third": 6,
}
"""How much the lines of a section matter beside those of another."""

LEAST: Mapping[str, int] = {
    "agreements": 2,
    "forecasts": 2,
    "ladder": 0,
    "unknown": 2,
    "third": 12,
    "since": 6,
}
"""Lines that a section keeps before any room is shared; one where it is not named."""

SIDES, ONE_SIDE, WITH_MORE_ASKED = 2, 1.0, 1.45
"""All there is; what the report takes of it; what it takes where more was asked for."""

MILLIMETRE = 72 / 25.4
PIXEL = 0.75

# The style sheet's measures for print, in points; `brief.css` has the same.
MARGIN = 25 * MILLIMETRE
"""Column of the headings, on the left of what they head."""

ACROSS = 182 * MILLIMETRE - MARGIN
DOWN = 277 * MILLIMETRE - 6
"""Height of a side between its margins, less a little for what is not measured exactly."""

TEXT, CELL, SMALL, MARKS = 8.6, 7.8, 7.2, 6.8
"""Sizes of type: sentences, tables, captions and the method, marks in brackets."""

LEADING, TIGHT = 1.21, 1.2
"""Line height of sentences and of everything else, in sizes of the type."""

TITLE = 22.0
"""What the title and the line under it take."""

MOST_APART = 4
"""Numbers of figures that stand apart in one bracket; more are run together as ranges."""

PRINTED_CHARTS = frozenset({"agreements"})
"""Charts on paper; what the others draw stands in tables as well."""

CHART_LIMIT = 34 * MILLIMETRE

COLUMNS: Mapping[str, tuple[float, ...]] = {
    "strands": (0.13, 0.105, 0.105, 0.105, 0.435, 0.12),
    "reference": (0.14, 0.185, 0.185, 0.185, 0.185, 0.12),
}
"""Shares of a table's width that its columns take, that of the sources included."""

UNBROKEN = frozenset({"ladder"})
"""Tables whose cells are never broken."""

NOTE, NOTE_LINE = 6.8, 8.1
"""Size of type and line height of the second side."""

NOTE_COLUMNS, NOTE_GAP = 3, 10.0
NOTE_ACROSS = (182 * MILLIMETRE - (NOTE_COLUMNS - 1) * NOTE_GAP) / NOTE_COLUMNS
NOTE_ROOM = NOTE_COLUMNS * (DOWN - 2 * NOTE_LINE) * 0.95
"""Height of all columns of the second side, less what their breaks leave empty."""

GIST = 90
"""Letters of a figure's meaning on paper."""

QUOTE_ROOMS = (300, 220, 160, 120, 90, 65, 45, 30)
"""Letters of a quote that the second side shows, tried in turn."""


def fitted(
    sections: Sequence[Section], closing: Sequence[Line], room: float = ONE_SIDE
) -> tuple[Section, ...]:
    """The sections with as many of their lines as `room` sides hold above the closing lines."""
    held = _least(sections, closing, room)
    waiting = [section.key for section in sections]
    while waiting:
        key = max(waiting, key=lambda one: WEIGHTS.get(one, 1) / (held[one] + 1))
        more = held | {key: held[key] + 1}
        whole = next(len(section.lines) for section in sections if section.key == key)
        if held[key] < whole and sides(_cut(sections, more), closing) <= room:
            held = more
        else:
            waiting.remove(key)
    return _cut(sections, held)


def _least(sections: Sequence[Section], closing: Sequence[Line], room: float) -> dict[str, int]:
    """What each section keeps in any case, less where even that is too much."""
    held = {one.key: min(len(one.lines), LEAST.get(one.key, 1)) for one in sections}
    held |= {one.key: len(one.lines) for one in sections if one.key not in WEIGHTS}
    for least in (1, 0):
        for section in sorted(sections, key=lambda one: WEIGHTS.get(one.key, 9)):
            if sides(_cut(sections, held), closing) <= room:
                return held
            if section.key in WEIGHTS:
                held[section.key] = min(held[section.key], least)
    return held


def _cut(sections: Sequence[Section], held: Mapping[str, int]) -> tuple[Section, ...]:
    return tuple(section.shortened(held[section.key]) for section in sections)


def sides(sections: Sequence[Section], closing: Sequence[Line]) -> float:
    """How many sides of A4 all of it takes: 0.8, or 1.3. No side breaks a section."""
    method = _paragraph(closing, "", SMALL, TIGHT, ACROSS + MARGIN) + 6
    full, used = 0, 0.0
    for block in (TITLE, *map(_section, sections), method):
        if used + block > DOWN:
            full, used = full + 1, 0.0
        used += block
    return full + used / DOWN


def _section(section: Section) -> float:
    heading = line_count(section.title, TEXT * 1.08, MARGIN - 8) * TEXT * TIGHT
    return max(heading, sum(_contents(section))) + 5.5


def _contents(section: Section) -> Iterator[float]:
    told = [*section.paragraphs()]
    for at, (lead, lines) in enumerate(told, start=1):
        more = "And 10 more" if section.left_out and at == len(told) else ""
        yield _paragraph(lines, f"{lead} {more}", TEXT, LEADING, ACROSS) + 1.5
    if section.left_out and not told and section.table is None:
        yield TEXT * LEADING
    if section.chart and section.key in PRINTED_CHARTS:
        yield _drawn(section) + 3
    if section.table:
        yield from _rows(section.key, section.table)


def _paragraph(
    lines: Sequence[Line], besides: str, size: float, leading: float, across: float
) -> float:
    text = " ".join([besides.strip(), *(line.text for line in lines)]).strip()
    marks = tuple(mark for line in lines for mark in _marks(line))
    return line_count(text, size, across, marks, MARKS / TEXT * size) * size * leading


def _marks(part: Line | Row) -> tuple[str, ...]:
    """A stand-in for the numbers in brackets, of the usual width."""
    count = max(len(part.records), len(part.passages))
    return tuple(["00,"] * count + ["F00,"] * min(len(part.figures), MOST_APART))


def _cell_marks(row: Row) -> tuple[str, ...]:
    """The same for a table, whose numbers are few."""
    return ("00,",) * len(row.records) + ("F0,",) * min(len(row.figures), MOST_APART)


def _drawn(section: Section) -> float:
    """Height of the chart, which shrinks to its column and to the most that is given."""
    chart = section.chart
    if chart is None or not chart.width:
        return 0.0
    shrunk = min(1.0, ACROSS / (chart.width * PIXEL))
    return min(chart.height * PIXEL * shrunk, CHART_LIMIT)


def _rows(key: str, table: Table) -> Iterator[float]:
    yield line_count(table.caption, SMALL, ACROSS) * SMALL * TIGHT + 2
    yield _row(key, table.headers, "Src")
    for row in table.rows:
        yield _row(key, row.cells, " ".join(_cell_marks(row)))


def _row(key: str, cells: Sequence[str], marks: str) -> float:
    padding = 2.5
    if key in UNBROKEN:
        return CELL * TIGHT + padding
    shares = COLUMNS.get(key, (1 / (len(cells) + 1),) * (len(cells) + 1))
    sizes = (*(CELL for _ in cells), CELL * MARKS / TEXT)
    lines = (
        line_count(text, size, ACROSS * share - 5)
        for text, share, size in zip((*cells, marks), shares, sizes, strict=False)
    )
    return max(lines) * CELL * TIGHT + padding


def room_for_quotes(
    figures: Iterable[FigureShown], groups: Sequence[SourceGroup], taken: float = ONE_SIDE
) -> int:
    """How many letters of each quote the rest of two sides has room for, so much being taken."""
    rest = NOTE_ROOM * (SIDES - max(taken, ONE_SIDE))
    told = " ".join(f"F{one.number} {one.gist[:GIST]}: {one.value}." for one in figures)
    fixed = 5 * NOTE_LINE + line_count(told, NOTE * 1.02, NOTE_ACROSS) * NOTE_LINE
    for room in QUOTE_ROOMS:
        if fixed + sum(_group(group, room) for group in groups if not group.behind) <= rest:
            return room
    return QUOTE_ROOMS[-1]


def _group(group: SourceGroup, room: int) -> float:
    credit = f"{group.title} – {group.short_credit} {group.opinion}"
    head = line_count(credit, NOTE * 1.06, NOTE_ACROSS) * NOTE_LINE + 2.5
    quotes = (f"“{(one.quote or one.without)[: room + 2]}”" for one in group.sources)
    return head + sum(line_count(q, NOTE * 1.02, NOTE_ACROSS - 14) * NOTE_LINE for q in quotes)

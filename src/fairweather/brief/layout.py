"""How much fits on two sides of A4 at 10 pt, and how sections share it.

Heights are estimated in printed lines, never too low: the tests print the pages and count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fairweather.brief.lines import PRINTED_LINE, Row, Section, Table

Room = Mapping[str, int]
"""Section -> printed lines that its sentences may take."""

ROOMS: Room = {
    "agreements": 9,
    "exits": 7,
    "support": 6,
    "ladder": 7,
    "changes": 8,
    "forecasts": 8,
    "elsewhere": 5,
    "reference": 2,
    "unknown": 6,
}
"""The most that a section is given; less where all together would not fit."""

TWO_SIDES = 128.0
"""Lines, as estimated here, that surely fit: about 137 do, less a chart pushed over the break."""

LEAST: Room = {"agreements": 5, "support": 3, "ladder": 3, "changes": 3, "forecasts": 3}
"""What a section keeps in any case; two lines where it is not named."""

HEADING, POINTER, OPENING = 1.8, 0.9, 4.0
ROW_LINE = 0.82
"""Height of a line in a table, which is set smaller, against one of the text."""

COLUMNS: Mapping[str, tuple[int, ...]] = {
    "strands": (12, 18, 18, 18, 42, 14),
    "ladder": (14, 12, 12, 12, 12),
    "reference": (14, 22, 22, 22, 22, 12),
}
"""Characters that fit across each column of the tables."""


def fitted(make: Callable[[Room], tuple[Section, ...]]) -> tuple[Section, ...]:
    """The sections with as much in each as fits, all of them shortened alike."""
    room = dict(ROOMS)
    sections = make(room)
    while height(sections) > TWO_SIDES and (less := _one_less(room)) != room:
        room = less
        sections = make(room)
    return sections


def _one_less(room: dict[str, int]) -> dict[str, int]:
    """The longest sections a line shorter, none below what it keeps."""
    spare = {key: lines for key, lines in room.items() if lines > LEAST.get(key, 2)}
    longest = max(spare.values(), default=0)
    return {k: n - 1 if k in spare and n == longest else n for k, n in room.items()}


def height(sections: Iterable[Section]) -> float:
    """Printed lines that the opening and the sections take."""
    return OPENING + sum(_height(section) for section in sections)


def _height(section: Section) -> float:
    text = sum(-(-line.length // PRINTED_LINE) * 1.05 for line in section.lines)
    chart = section.chart.printed if section.chart else 0.0
    table = _table_height(section.key, section.table) if section.table else 0.0
    # The ladder's table stands beside its chart, every other below.
    shown = max(chart, table) if section.key == "ladder" else chart + table
    return HEADING + text + shown + (POINTER if section.left_out else 0.0)


def _table_height(key: str, table: Table) -> float:
    caption_and_headers = 3.0
    return caption_and_headers + sum(_row_height(key, row) for row in table.rows)


def _row_height(key: str, row: Row) -> float:
    widths = COLUMNS.get(key, ())
    lines = [-(-len(cell) // width) for cell, width in zip(row.cells, widths, strict=False)]
    marks = -(-4 * (len(row.records) + len(row.figures)) // (widths[-1] if widths else 12))
    return ROW_LINE * max([*lines, marks, 1]) + 0.3

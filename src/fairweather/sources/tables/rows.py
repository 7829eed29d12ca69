"""Lines of a table to columns of text, each row with its line number.

In tab-separated tables one line is one row whatever it holds: quotes around a cell are taken
off, and hold nothing together.
Comma-separated ones may quote a cell over several lines; the row has the number of the
first. A row with too few or too many cells is malformed: it is kept, with its line and the reason.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.sources.tables.parts import Block, Part, blocks
from fairweather.sources.tables.shapes import Shape

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 50_000
"""Rows of a comma-separated table taken together."""

LONGEST_ROW = 200
"""Lines. A quote still open after as many was never meant to be closed."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that is no row of its table, kept as it stands with the reason."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table as text: `cells` maps columns to arrays, `lines` has the numbers.

    `content` is the text of the rows, one a line number from `first` on, for malformed ones.
    """

    cells: Mapping[str, pa.StringArray]
    lines: pa.Int64Array
    malformed: tuple[Malformed, ...]
    texts: Mapping[int, str] | Block

    def text(self, line: int) -> str:
        """The text of the row that begins at a line."""
        if isinstance(self.texts, Block):
            return _line(self.texts, line)
        return self.texts[line]


def read_rows(part: Part, shape: Shape, size: int) -> Iterator[Batch]:
    """The rows of a part in batches. Raises SourceError when it cannot be read to its end."""
    if shape.delimiter == "\t":
        for block in blocks(part, size):
            yield _tabbed(_without_header(block, shape), shape)
    else:
        yield from _quoted(part, shape, size)


def _without_header(block: Block, shape: Shape) -> Block:
    if shape.has_header and block.first == 1:
        return Block(2, block.content.split(b"\n", 1)[1])
    return block


def _tabbed(block: Block, shape: Shape) -> Batch:
    """A block's rows, cut at tabs by pyarrow's reader: measured at twice DuckDB's speed."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    wrong: list[arrow_csv.InvalidRow] = []
    wanted = sorted(set(shape.fields.values()))
    if not block.content:
        empty = {column: pa.array([], pa.string()) for column in wanted}
        return Batch(empty, pa.array([], pa.int64()), (), block)

    def put_aside(row: arrow_csv.InvalidRow) -> str:
        wrong.append(row)
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(block.content),
        arrow_csv.ReadOptions(
            # Without threads the reader knows the number of a malformed row.
            use_threads=False,
            column_names=list(shape.columns),
            block_size=len(block.content) + 1,
        ),
        arrow_csv.ParseOptions(
            delimiter="\t",
            quote_char=False,
            double_quote=False,
            ignore_empty_lines=False,
            invalid_row_handler=put_aside,
        ),
        arrow_csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,  # the block has been
        ),
    ).combine_chunks()
    malformed = tuple(
        Malformed(
            block.first + row.number - 1,
            f"{row.actual_columns} columns, not {row.expected_columns}",
            row.text,
        )
        for row in wrong
    )
    lines = _numbers_left(block.first, table.num_rows + len(wrong), malformed)
    cells = {name: _unquoted(table.column(name).combine_chunks()) for name in wanted}
    return Batch(cells, lines, malformed, block)


def _unquoted(cells: pa.StringArray) -> pa.StringArray:
    """The cells without the quotes that some releases put around each."""
    from pyarrow import compute

    if not compute.any(compute.starts_with(cells, '"')).as_py():
        return cells
    return compute.replace_substring_regex(cells, pattern='^"(.*)"$', replacement=r"\1")


def _numbers_left(first: int, count: int, malformed: tuple[Malformed, ...]) -> pa.Int64Array:
    """The line numbers from `first` on, without those of malformed rows."""
    import numpy as np
    import pyarrow as pa

    numbers = np.arange(first, first + count, dtype=np.int64)
    aside = [row.line - first for row in malformed]
    return pa.array(np.delete(numbers, aside))


def _line(block: Block, number: int) -> str:
    start = 0
    for _ in range(number - block.first):
        start = block.content.index(b"\n", start) + 1
    return block.content[start : block.content.index(b"\n", start)].decode()


@dataclass(slots=True)
class _Row:
    """A row of a comma-separated table while it is read."""

    line: int
    text: str
    reason: str = ""
    cells: tuple[str, ...] = ()


def _quoted(part: Part, shape: Shape, size: int) -> Iterator[Batch]:
    rows: list[_Row] = []
    for row in _csv_rows(part, shape, size):
        rows.append(row)
        if len(rows) == BATCH_ROWS:
            yield _batch(rows, shape)
            rows = []
    yield _batch(rows, shape)


def _batch(rows: list[_Row], shape: Shape) -> Batch:
    import pyarrow as pa

    good = [row for row in rows if not row.reason]
    places = {column: shape.columns.index(column) for column in set(shape.fields.values())}
    return Batch(
        {
            column: pa.array([row.cells[place] for row in good], pa.string())
            for column, place in places.items()
        },
        pa.array([row.line for row in good], pa.int64()),
        tuple(Malformed(row.line, row.reason, row.text) for row in rows if row.reason),
        {row.line: row.text for row in good},
    )


def _csv_rows(part: Part, shape: Shape, size: int) -> Iterator[_Row]:
    """The rows of a comma-separated part, each from as many lines as its quotes hold together."""
    waiting: list[str] = []
    begun = 0
    for block in blocks(part, size):
        for number, line in enumerate(block.content.decode().split("\n")[:-1], block.first):
            if number == 1 and shape.has_header:
                continue
            begun = begun if waiting else number
            waiting.append(line)
            if sum(one.count('"') for one in waiting) % 2 == 0:
                yield _csv_row(begun, waiting, shape)
                waiting = []
            elif len(waiting) > LONGEST_ROW:
                yield from _unclosed(begun, waiting, shape)
                waiting = []
    if waiting:
        yield from _unclosed(begun, waiting, shape)


def _csv_row(line: int, lines: list[str], shape: Shape) -> _Row:
    text = "\n".join(lines)
    width = len(shape.columns)
    if not text:
        return _Row(line, text, cells=("",) * width)
    try:
        (cells,) = csv.reader([f"{one}\n" for one in lines], delimiter=shape.delimiter)
    except (csv.Error, ValueError):
        return _Row(line, text, "quotes that do not fit together")
    if len(cells) != width:
        return _Row(line, text, f"{len(cells)} columns, not {width}")
    return _Row(line, text, cells=tuple(cells))


def _unclosed(begun: int, lines: list[str], shape: Shape) -> Iterator[_Row]:
    """The first line is malformed; those that its quote swallowed are rows of their own."""
    yield _Row(begun, lines[0], "a quote that is never closed")
    for number, line in enumerate(lines[1:], begun + 1):
        if line.count('"') % 2:
            yield _Row(number, line, "a quote that is never closed")
        else:
            yield _csv_row(number, [line], shape)

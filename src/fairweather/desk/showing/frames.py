"""Rows as data frames: the tables of an export (docs/exports.md), with typed days beside them.

Dates stay as the contract has them, prefix dates in `date_from` and `date_to`; where both name the
same day, `date_day` holds it as a date. Beside each column of actors stands one with their names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fairweather.desk.names import label
from fairweather.errors import MisuseError
from fairweather.ledger.exports.tables import LIST, NUMBER, Cells, Column, flattened, tables
from fairweather.records import Record, to_row

if TYPE_CHECKING:
    import pandas
    import pyarrow

DAY = "day"
"""The kind of a column of days."""

ENDS = "_from", "_to"
"""How the two ends of a date are written after its name."""


def to_arrow(rows: Sequence[Record]) -> pyarrow.Table:
    """Rows of one kind as an Arrow table. Raises MisuseError without pyarrow."""
    try:
        import pyarrow
    except ImportError as error:
        raise MisuseError("Arrow needs pyarrow; install fairweather with [notebook]") from error
    columns = _columns(rows)
    types = {
        LIST: pyarrow.list_(pyarrow.string()),
        NUMBER: pyarrow.float64(),
        DAY: pyarrow.date32(),
    }
    schema = pyarrow.schema([(c.name, types.get(c.kind, pyarrow.string())) for c in columns])
    return pyarrow.Table.from_pylist(_cells(rows, columns), schema=schema)


def to_pandas(rows: Sequence[Record]) -> pandas.DataFrame:
    """Rows of one kind as a data frame. Raises MisuseError without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise MisuseError(
            "a data frame needs pandas; install fairweather with [notebook]"
        ) from error
    columns = _columns(rows)
    frame = pandas.DataFrame(_cells(rows, columns), columns=[column.name for column in columns])
    for column in columns:
        if column.kind == DAY:
            frame[column.name] = pandas.to_datetime(frame[column.name])
        if column.kind == NUMBER:
            frame[column.name] = frame[column.name].astype(float)
    return frame


def _columns(rows: Sequence[Record]) -> tuple[Column, ...]:
    """The columns of the export's table of these rows, a day after the ends of each date."""
    kinds = {row.type for row in rows}
    if len(kinds) != 1:
        raise MisuseError(f"a table holds rows of one kind, not of {', '.join(sorted(kinds))}")
    return tuple(_with_days(tables()[kinds.pop()].columns))


def _with_days(columns: Iterable[Column]) -> Iterable[Column]:
    listed = tuple(columns)
    names = {column.name for column in listed}
    for column in listed:
        yield column
        name = column.name.removesuffix(ENDS[1])
        if name != column.name and {name + end for end in ENDS} <= names:
            yield Column(f"{name}_{DAY}", DAY)


def _cells(rows: Sequence[Record], columns: Sequence[Column]) -> list[Cells]:
    return [
        {column.name: _cell(cells, column) for column in columns}
        for row in rows
        for name, cells in flattened(to_row(row), label)
        if name == row.type
    ]


def _cell(cells: Cells, column: Column) -> Any:
    if column.kind == DAY:
        return _day(*(cells.get(column.name.removesuffix(f"_{DAY}") + end) for end in ENDS))
    value = cells.get(column.name)
    if column.kind == NUMBER and value is not None:
        return float(value)
    return str(value).lower() if isinstance(value, bool) else value


def _day(since: str | None, until: str | None) -> dt.date | None:
    """The one day that both ends name; None where a text gives less."""
    exact = since and since == until and len(since) == len("2025-01-17")
    return dt.date.fromisoformat(since) if exact and since else None

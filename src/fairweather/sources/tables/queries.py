"""What event tables answer: a pair by month and class, totals, single rows.

One module asks DuckDB everything. Rows of different data sets are never added up: they
tell of the same world, often of the same articles.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from fairweather.errors import MisuseError
from fairweather.sources.tables.engine import quoted
from fairweather.sources.tables.schema import COLUMNS
from fairweather.sources.tables.store import TableStore

if TYPE_CHECKING:
    import pyarrow

GROUPS = ("month", "source", "target", "event_class")
"""By what totals may be grouped, beside the data set."""


class PairCount(NamedTuple):
    """How many rows one side of a pair sent the other in a month, of one class.

    `event_class` is "" for plain statements; `intensity` is the mean over rows that have one.
    A tuple, because an answer of thousands should cost little beside the question.
    """

    dataset: str
    month: str
    source: str
    target: str
    event_class: str
    rows: int
    intensity: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of the common schema (`schema.py`); text that a table lacks is ""."""

    dataset: str
    event: str
    date: dt.date
    added: dt.date | None
    source: str
    target: str
    source_name: str
    target_name: str
    event_class: str
    cameo: str
    intensity: float | None
    mode: str
    mentions: int | None
    tone: float | None
    url: str
    file: str
    line: int

    @property
    def cited(self) -> str:
        """Where the row stands: "20150218.export.CSV.zip line 17"."""
        return f"{self.file} line {self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowQuery:
    """Which rows to list: those that name every actor given, within the days, known by `as_of`."""

    actors: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    as_of: str | None = None


def pair_counts(
    store: TableStore, a: str, b: str, as_of: str | None = None
) -> tuple[PairCount, ...]:
    """A pair's rows by data set, month, direction and class, in that order.

    `as_of` (an ISO day) keeps what had been added to the data set by then.
    """
    if not store.shards():
        return ()
    found = store.connection.execute(pair_sql(store, as_of), [a, b, a, b]).fetchall()
    return tuple(map(PairCount._make, found))


def pair_sql(store: TableStore, as_of: str | None = None) -> str:
    """The SQL of `pair_counts`; its four parameters are the pair, twice."""
    known = f"AND {_known_by(as_of)}" if as_of else ""
    return (
        "SELECT dataset, month, source, target, coalesce(event_class, '') AS event_class,"
        f" count(*) AS rows, avg(intensity) AS intensity FROM {_rows(store)}"
        " WHERE source IN (?, ?) AND target IN (?, ?) AND source <> target"
        f" {known} GROUP BY ALL ORDER BY ALL"
    )


def totals(store: TableStore, by: Sequence[str] = GROUPS) -> pyarrow.Table:
    """All rows counted by data set and by what is asked: columns as asked, `rows`, `intensity`.

    Raises MisuseError for a column that totals are not grouped by.
    """
    return store.connection.execute(totals_sql(store, by)).to_arrow_table()


def totals_sql(store: TableStore, by: Sequence[str] = GROUPS) -> str:
    """The SQL of `totals`. Raises MisuseError."""
    for name in by:
        if name not in GROUPS:
            raise MisuseError(f"no totals by {name!r}; there are {', '.join(GROUPS)}")
    return (
        f"SELECT {', '.join(('dataset', *by))}, count(*) AS rows, avg(intensity) AS intensity"
        f" FROM {_rows(store)} GROUP BY ALL"
    )


def list_rows(store: TableStore, query: RowQuery, limit: int) -> tuple[tuple[TableRow, ...], int]:
    """The first rows that answer, by date, and how many answer in all."""
    if not store.shards():
        return (), 0
    where, values = _where(query)
    asked = f"FROM {_rows(store)} WHERE {where}"
    counted = store.connection.execute(f"SELECT count(*) {asked}", values).fetchone()
    found = store.connection.execute(
        f"SELECT {', '.join(COLUMNS)} {asked} ORDER BY date, dataset, file, line, source, target"
        f" LIMIT {limit:d}",
        values,
    ).fetchall()
    return tuple(map(_table_row, found)), int(counted[0]) if counted else 0


def _table_row(values: Sequence[Any]) -> TableRow:
    row: dict[str, Any] = dict(zip(COLUMNS, values, strict=True))
    numbers = ("added", "intensity", "mentions", "tone")
    row |= {name: "" for name, value in row.items() if value is None and name not in numbers}
    return TableRow(**row)


def _where(query: RowQuery) -> tuple[str, list[object]]:
    terms: list[str] = ["true"]
    values: list[object] = []
    for actor in query.actors:
        terms.append("(source = ? OR target = ?)")
        values += [actor, actor]
    for day, sign in ((query.since, ">="), (query.until, "<=")):
        if day:
            terms.append(f"date {sign} ? AND month {sign} ?")
            values += [day, day.strftime("%Y-%m")]
    if query.as_of:
        terms.append(_known_by(query.as_of))
    return " AND ".join(terms), values


def _known_by(as_of: str) -> str:
    """The rows that had been added by a day; where a table does not say, by their date."""
    return f"coalesce(added, date) <= DATE {quoted(as_of)}"


def _rows(store: TableStore) -> str:
    files = ", ".join(quoted(str(path)) for path in store.shards())
    rows = f"read_parquet([{files}], hive_partitioning = true, hive_types = {{'month': VARCHAR}})"
    later = store.left_out()
    if not later:
        return rows
    # A file that several were merged into holds rows that were not known by then.
    names = " OR ".join(
        f"file = {quoted(name)} OR starts_with(file, {quoted(f'{name}/')})" for name in later
    )
    return f"(FROM {rows} WHERE NOT ({names}))"

"""What the event tables say of a pair, and their rows: beside the coded text, never in it.

A row of an event table was coded by another program from an article that is not here: it has
no quote, bears on no strand, and counts as no evidence. It shows how much was reported
of a pair and of which kind; rows of different data sets are never added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fairweather.desk.finding import Query
from fairweather.errors import LedgerError, MisuseError
from fairweather.ledger import EVERYTHING, Window
from fairweather.records import first_day, last_day
from fairweather.sources.tables import (
    PairCount,
    RowQuery,
    TableRow,
    TableStore,
    TakenIn,
    list_rows,
    pair_counts,
)
from fairweather.vocabulary import vocabulary

TREND_MONTHS = 12
NO_CLASS = "statements"
"""Rows of no PLOVER class: plain public statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTone:
    """A month of a pair: rows in both directions, and their mean intensity (-10 to 10)."""

    month: str
    rows: int
    intensity: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairInTable:
    """What one data set counts of a pair, both directions together.

    `quads` are rows by quarter of the cooperation-conflict square, and `statements`;
    `months` run without a gap from the first month with a row to the last that the data set has
    for the pair.
    """

    dataset: str
    rows: int
    quads: dict[str, int]
    months: tuple[MonthTone, ...]

    @property
    def recent(self) -> tuple[MonthTone, ...]:
        """The last twelve months."""
        return self.months[-TREND_MONTHS:]

    @property
    def before(self) -> tuple[MonthTone, ...]:
        """The twelve months before those; () when the table does not reach back so far."""
        earlier = self.months[-2 * TREND_MONTHS : -TREND_MONTHS]
        return earlier if len(earlier) == TREND_MONTHS else ()


@dataclass(frozen=True, slots=True)
class RowsFound:
    """Rows of event tables that answer a `find`, the first of `count`."""

    rows: tuple[TableRow, ...]
    count: int


def pair_in_tables(
    folder: Path, a: str, b: str, window: Window = EVERYTHING
) -> tuple[PairInTable, ...]:
    """What each data set counts of a pair in the window, () when nothing was taken in by then.

    Raises MisuseError when the tables are there and DuckDB is not.
    """
    store = TableStore(folder, window.recorded_by)
    if not store.exists:
        return ()
    counts = pair_counts(store, a, b, window.as_of)
    datasets = dict.fromkeys(count.dataset for count in counts)
    return tuple(_in_one([c for c in counts if c.dataset == name]) for name in datasets)


def rows_in_tables(folder: Path, query: Query, limit: int) -> RowsFound:
    """The rows that answer a query for events; actors are ids.

    A query by words, status or confidence has none: a row has no text to look in and
    none of these marks.
    """
    store = TableStore(folder, query.window.recorded_by)
    if not store.exists or query.text or query.status or query.min_confidence is not None:
        return RowsFound((), 0)
    wanted = RowQuery(
        actors=query.actors,
        since=first_day(query.since) if query.since else None,
        until=last_day(query.until) if query.until else None,
        as_of=query.window.as_of,
    )
    return RowsFound(*list_rows(store, wanted, limit))


def faults_of_tables(folder: Path) -> Iterator[str]:
    """What is wrong with event tables: files of rows that are gone, cut, or not accounted for."""
    store = TableStore(folder)
    if not folder.is_dir():
        return
    try:
        taken = store.taken_in()
    except LedgerError as error:
        yield str(error)
        return
    for one in taken:
        missing = [shard for shard in one.shards if not (folder / shard).is_file()]
        yield from (f"{one.name}: its rows in {folder / shard} are not there" for shard in missing)
        if one.shards and not missing:
            yield from _miscounted(store, one)
    accounted = {folder / shard for one in taken for shard in one.shards}
    for path in sorted((folder / "rows").rglob("*.parquet")):
        if path not in accounted:
            yield f"{path}: of no file that was taken in; it counts nowhere and may be deleted"


def _miscounted(store: TableStore, taken: TakenIn) -> Iterator[str]:
    """A file whose rows are not as many as were taken in, or cannot be read."""
    paths = [str(store.folder / shard) for shard in taken.shards]
    try:
        sql = "SELECT count(*) FROM read_parquet($1)"
        (count,) = store.connection.execute(sql, [paths]).fetchall()[0]
    except MisuseError:
        return  # without DuckDB they are not read by anything else either
    except Exception as error:  # DuckDB's errors share no public base
        yield f"{taken.name}: its rows cannot be read: {error}"
        return
    if count != taken.new:
        yield f"{taken.name}: {count} rows, of {taken.new} that were taken in; read it again"


def _in_one(counts: Sequence[PairCount]) -> PairInTable:
    quads: Counter[str] = Counter()
    for count in counts:
        quads[_quad(count.event_class)] += count.rows
    return PairInTable(
        dataset=counts[0].dataset,
        rows=quads.total(),
        quads=dict(sorted(quads.items(), key=lambda pair: _QUADS.index(pair[0]))),
        months=tuple(_months(counts)),
    )


_QUADS = (
    *("verbal cooperation", "material cooperation", "verbal conflict", "material conflict"),
    NO_CLASS,
)


def _quad(event_class: str) -> str:
    if not event_class:
        return NO_CLASS
    return str(vocabulary("event_classes")[event_class].extra["quad"])


def _months(counts: Sequence[PairCount]) -> Iterator[MonthTone]:
    """Every month from the first to the last, those without a row included."""
    present = [count.month for count in counts]
    month, last = min(present), max(present)
    while month <= last:
        found = [count for count in counts if count.month == month]
        scored = [(c.intensity, c.rows) for c in found if c.intensity is not None]
        weight = sum(rows for _, rows in scored)
        yield MonthTone(
            month=month,
            rows=sum(count.rows for count in found),
            intensity=sum(i * rows for i, rows in scored) / weight if weight else None,
        )
        month = _next(month)


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"

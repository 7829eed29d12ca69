"""Event tables on the terminal and in JSON: always apart from what was coded from text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fairweather.cli.manners import json_text
from fairweather.cli.tables import COLUMNS, plain_table, safe
from fairweather.records import Event, shorten
from fairweather.records.escaping import inert

if TYPE_CHECKING:
    from fairweather.desk import Desk
    from fairweather.desk.tables import MonthTone, PairInTable, RowsFound
    from fairweather.sources.tables import TableReport, TableRow

ROWS_SHOWN = 50
"""Rows of event tables that `find` lists when no limit is given: there may be millions."""

MARK = "event tables: coded by others from articles not held here; cited by place, not quoted"


def tell_pair(pairs: Sequence[PairInTable]) -> str:
    """What the tables count of a pair, for the end of its profile."""
    if not pairs:
        return ""
    lines = ["Event tables (counts of rows coded by others; no quotes, no part of the strands)"]
    for pair in pairs:
        lines += [f"  {line}" for line in _pair_lines(pair)]
    return safe("\n".join(lines))


def _pair_lines(pair: PairInTable) -> Iterator[str]:
    quads = ", ".join(f"{quad} {rows:,}" for quad, rows in pair.quads.items())
    first, last = pair.months[0].month, pair.months[-1].month
    yield f"{pair.dataset}: {pair.rows:,} rows, {first} to {last}: {quads}"
    recent = pair.recent
    counted = " ".join(str(month.rows) for month in recent)
    line = f"by month from {recent[0].month}: {counted}; mean intensity {_tone(recent)}"
    if pair.before:
        rows = sum(month.rows for month in pair.before)
        line += f" (the {len(pair.before)} months before: {rows:,} rows, {_tone(pair.before)})"
    yield f"  {line}"


def _tone(months: Sequence[MonthTone]) -> str:
    scored = [(month.intensity, month.rows) for month in months if month.intensity is not None]
    rows = sum(count for _, count in scored)
    return f"{sum(i * count for i, count in scored) / rows:+.1f}" if rows else "not given"


ROWS_CITED = 10
"""Rows that a pair known from tables alone is shown with."""


def only_in_tables(
    desk: Desk, pair: tuple[str, str], counted: Sequence[PairInTable], *, as_json: bool
) -> str:
    """A pair that event tables know and no text: their counts, and rows cited by file and line.

    It has no strands, agreements or support: a row that others coded bears on none.
    """
    from fairweather.desk.finding import Query
    from fairweather.desk.names import label

    ids = tuple(desk.actor(name) for name in pair)
    rows = desk.find_in_tables(Query(kind=Event.type, actors=ids), ROWS_CITED)
    if as_json:
        told = {"pair": list(ids), "documents": [], "tables": pair_json(counted)}
        return json_text({**told, "rows": rows_json(rows)})
    names = " and ".join(map(label, ids))
    head = f"{names}\nNo text read speaks of both: there are no strands, agreements or support."
    return "\n\n".join([head, tell_pair(counted), tell_rows(rows)])


def pair_json(pairs: Sequence[PairInTable]) -> list[dict[str, Any]]:
    """What the tables count of a pair, as plain objects."""
    return [asdict(pair) for pair in pairs]


def tell_rows(found: RowsFound) -> str:
    """Rows of event tables as a table of their own, under a line that says what they are."""
    rows = [
        (
            row.date.isoformat(),
            row.source or row.source_name,
            row.event_class or "statement",
            row.target or row.target_name,
            "" if row.intensity is None else f"{row.intensity:+.1f}",
            row.dataset,
            shorten(row.cited, 60),
        )
        for row in found.rows
    ]
    headers = ("date", "source", "class", "target", "intensity", "data set", "cited")
    rest = f"\n{found.count - len(rows)} more" if found.count > len(rows) else ""
    return f"{MARK}\n\n{plain_table(headers, rows)}{rest}"


def rows_json(found: RowsFound) -> dict[str, Any]:
    """Rows of event tables as one plain object."""
    return {"count": found.count, "rows": [row_json(row) for row in found.rows]}


def row_json(row: TableRow) -> dict[str, Any]:
    """A row of an event table: its fields under their names in the contract, days as ISO."""
    fields = asdict(row)
    fields["class"] = fields.pop("event_class")
    fields["date"] = row.date.isoformat()
    fields["added"] = row.added.isoformat() if row.added else None
    return {"type": "table_row", **fields}


def with_rows_csv(coded: str, found: RowsFound, label: Callable[[str], str]) -> str:
    """Coded events as CSV with the rows of tables below, and columns that say where from."""
    columns = [name for name, _ in COLUMNS[Event]]
    header = [*columns, "source_names", "target_names", "data_set", "file", "line"]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for cells in list(csv.reader(io.StringIO(coded)))[1:]:
        writer.writerow([*cells, "", "", ""])
    for row in found.rows:
        told = {
            "date": row.date.isoformat(),
            "source": row.source,
            "class": row.event_class,
            "target": row.target,
            "source_names": row.source_name or label(row.source),
            "target_names": row.target_name or label(row.target),
            "data_set": row.dataset,
            "file": row.file,
            "line": str(row.line),
        }
        writer.writerow([inert(safe(told.get(name, ""))) for name in header])
    return buffer.getvalue()


def tell_report(report: TableReport) -> str:
    """What became of a table, in one line."""
    if report.known:
        return f"{report.name}: already taken in ({report.duplicate:,} {report.dataset} rows)"
    rows = f"{report.new:,} new {report.dataset} rows, {report.duplicate:,} duplicate"
    line = f"{report.name}: {rows}"
    if report.malformed:
        line += f", {report.malformed:,} malformed lines, kept in {report.aside}"
    return line


def report_object(report: TableReport) -> dict[str, Any]:
    """What became of a table, as one plain object."""
    return {**asdict(report), "aside": str(report.aside) if report.aside else None}

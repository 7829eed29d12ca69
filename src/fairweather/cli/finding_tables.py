"""`find events --tables`: coded events and rows of event tables side by side, never mixed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.cli.event_tables import ROWS_SHOWN, rows_json, tell_rows, with_rows_csv
from fairweather.cli.manners import desk, json_text
from fairweather.cli.tables import as_csv, table
from fairweather.desk.names import label
from fairweather.errors import MisuseError, NothingFound
from fairweather.records import Record, to_row

if TYPE_CHECKING:
    from fairweather.desk.finding import Query
    from fairweather.desk.tables import RowsFound


def find_with_tables(
    query: Query, folder: str, limit: int | None, *, as_json: bool, as_csv: bool
) -> str:
    """The answer as text, JSON or CSV; `folder` is "" for the one beside the ledger.

    Raises MisuseError for another kind of row than events, NothingFound when neither the
    ledger nor a table has any.
    """
    if query.kind != "event":
        raise MisuseError(f"event tables hold events, no {query.kind} rows; leave out --tables")
    with desk() as open_desk:
        open_desk.tables = Path(folder) if folder else open_desk.tables
        rows = open_desk.find_in_tables(query, limit or ROWS_SHOWN)
        coded: tuple[Record, ...]
        try:
            coded = open_desk.find(query)
        except NothingFound:
            if not rows.count:
                raise
            coded = ()
    if as_json:
        return _json(query.kind, coded, limit, rows)
    if as_csv:
        return _csv(coded[:limit], rows)
    return _text(coded, limit, rows)


def _json(kind: str, coded: tuple[Record, ...], limit: int | None, rows: RowsFound) -> str:
    answer = {
        "kind": kind,
        "count": len(coded),
        "rows": [to_row(record) for record in coded[:limit]],
        "tables": rows_json(rows),
    }
    return json_text(answer)


def _csv(coded: tuple[Record, ...], rows: RowsFound) -> str:
    return with_rows_csv(as_csv(coded, label) if coded else "", rows, label)


def _text(coded: tuple[Record, ...], limit: int | None, rows: RowsFound) -> str:
    parts = []
    if coded:
        shown = coded[:limit]
        rest = f"\n{len(coded) - len(shown)} more" if len(coded) > len(shown) else ""
        parts.append(table(shown) + rest)
    if rows.count:
        parts.append(tell_rows(rows))
    return "\n\n".join(parts)

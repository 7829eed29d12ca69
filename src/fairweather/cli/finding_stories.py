"""`find events --clusters`: one line for each act, however many outlets told of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from fairweather.cli.manners import desk, json_text
from fairweather.cli.tables import COLUMNS, plain_table, safe
from fairweather.errors import MisuseError
from fairweather.records import Event
from fairweather.records.escaping import inert

if TYPE_CHECKING:
    from fairweather.desk.finding import Query
    from fairweather.desk.stories import Clustered


def find_clusters(query: Query, limit: int | None, *, as_json: bool, as_csv: bool) -> str:
    """The answer as text, JSON or CSV. Raises MisuseError for other rows than events."""
    if query.kind != Event.type:
        raise MisuseError(f"only events are told by many; leave out --clusters for {query.kind}")
    with desk() as open_desk:
        found = open_desk.find_stories(query)
    shown = found[:limit]
    if as_json:
        rows = [one.to_json() for one in shown]
        answer = {"kind": "story", "count": len(found), "rows": rows}
        return json_text(answer)
    headers = [*(name for name, _ in COLUMNS[Event][:-1]), "told by", "id"]
    cells = [_cells(one) for one in shown]
    if as_csv:
        return _csv(headers, cells)
    rest = f"\n{len(found) - len(shown)} more" if len(found) > len(shown) else ""
    return plain_table(headers, cells) + rest


def _cells(one: Clustered) -> list[str]:
    best = [str(cell(one.story.best)) for _, cell in COLUMNS[Event][:-1]]
    return [*best, one.told, one.story.id]


def _csv(headers: list[str], cells: list[list[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([inert(safe(cell)) for cell in row] for row in cells)
    return buffer.getvalue()

"""Rows as tables for a terminal; text from documents can do nothing to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from fairweather.records import Record
from fairweather.records.columns import COLUMNS
from fairweather.records.escaping import inert, visible

__all__ = ["COLUMNS", "as_csv", "plain_table", "safe", "table"]


def safe(text: str) -> str:
    """Text with control, bidirectional and zero-width characters shown as escapes."""
    return visible(text)


def table(records: Sequence[Record]) -> str:
    """Records of one kind as a table for the terminal."""
    from tabulate import tabulate

    columns = COLUMNS[type(records[0])]
    rows = [[safe(str(cell(record))) for _, cell in columns] for record in records]
    return tabulate(rows, [name for name, _ in columns], tablefmt="simple", disable_numparse=True)


def plain_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Any rows of text as a table for the terminal."""
    from tabulate import tabulate

    cells = [[safe(cell) for cell in row] for row in rows]
    return tabulate(cells, list(headers), tablefmt="simple", disable_numparse=True)


def as_csv(records: Sequence[Record], label: Callable[[str], str]) -> str:
    """Records of one kind as CSV: names beside ids, no cell that a spreadsheet would run."""
    columns = COLUMNS[type(records[0])]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    headers = [name for name, _ in columns]
    named = [name for name in ("source", "target", "parties", "giver", "receiver", "pair")
             if name in headers]  # fmt: skip
    writer.writerow([*headers, *(f"{name}_names" for name in named)])
    for record in records:
        cells = {name: str(cell(record)) for name, cell in columns}
        names = ["; ".join(label(actor) for actor in cells[name].split()) for name in named]
        writer.writerow([inert(safe(cell)) for cell in [*cells.values(), *names]])
    return buffer.getvalue()

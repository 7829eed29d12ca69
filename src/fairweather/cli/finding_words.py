"""`find ... --text`: rows with the words that were asked for marked where they stand.

On a terminal the words stand in bold, elsewhere in [[ ]]; in JSON they are offsets in code
points into the document's text and title.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.tables import COLUMNS, safe
from fairweather.ledger import Hit, Stretch, excerpt
from fairweather.records import Document, Record, to_row

if TYPE_CHECKING:
    from fairweather.desk.finding import Answer

OPENING, CLOSING = "[[", "]]"
LEFT_OUT = ("quote", "title", "language", "genre")
"""Columns for which the words themselves stand."""


def words_table(answer: Answer, documents: Mapping[str, Document], *, to_terminal: bool) -> str:
    """The rows as a table, the words around the hits as its last column but one.

    `documents` are those of the rows, by id; `to_terminal` says whether bold is understood.
    """
    from tabulate import tabulate

    kind = type(answer.rows[0])
    columns = [(name, cell) for name, cell in COLUMNS[kind] if name not in LEFT_OUT]
    mark = _bold if to_terminal and sys.stdout.isatty() else str
    rows = []
    for row in answer.rows:
        *cells, identity = [safe(str(cell(row))) for _, cell in columns]
        rows.append([*cells, mark(safe(_words(row, answer, documents))), identity])
    *names, last = [name for name, _ in columns]
    return tabulate(rows, [*names, "words", last], tablefmt="simple", disable_numparse=True)


def _words(row: Record, answer: Answer, documents: Mapping[str, Document]) -> str:
    in_quote = answer.in_quote(row)
    if in_quote:
        return excerpt(row.quotes[0].text, in_quote, OPENING, CLOSING)
    document = row if isinstance(row, Document) else documents[row.document]
    hit = answer.hits.get(document.id, Hit(document.id, 0))
    title = excerpt(document.title, hit.in_title, OPENING, CLOSING) if hit.in_title else ""
    text = excerpt(document.text, hit.in_text, OPENING, CLOSING) if hit.in_text else ""
    return " | ".join(part for part in (title, text) if part)


def _bold(marked: str) -> str:
    parts = marked.replace(CLOSING, OPENING).split(OPENING)
    return "".join(
        click.style(part, bold=True) if number % 2 else part for number, part in enumerate(parts)
    )


def words_rows(answer: Answer) -> Iterator[dict[str, Any]]:
    """The rows as JSON objects, with where the words stand."""
    for row in answer.rows:
        hit = answer.hits.get(row.id if isinstance(row, Document) else row.document)
        found = {
            "rank": hit.rank,
            "title": _offsets(hit.in_title),
            "text": _offsets(hit.in_text),
            "in_quote": _offsets(answer.in_quote(row)),
        } if hit else None  # fmt: skip
        yield {**to_row(row), "hits": found}


def _offsets(stretches: tuple[Stretch, ...]) -> list[list[int]]:
    return [[one.start, one.end] for one in stretches]

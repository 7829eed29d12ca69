"""Rows as tables for a terminal; text from documents can do nothing to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from fairweather.records import (
    Actor,
    Agreement,
    Amount,
    Claim,
    Document,
    Event,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
    shorten,
)
from fairweather.records.escaping import inert, visible

Columns = tuple[tuple[str, Callable[..., object]], ...]

QUOTE_WIDTH = 70


def safe(text: str) -> str:
    """Text with control, bidirectional and zero-width characters shown as escapes."""
    return visible(text)


def _joined(actors: Sequence[str]) -> str:
    return " ".join(actors)


def _quote(record: Record) -> str:
    text = record.quotes[0].text if record.quotes else ""
    return shorten(" ".join(text.split()), QUOTE_WIDTH)


_SHARED: Columns = (
    ("confidence", lambda r: f"{r.confidence:.2f}"),
    ("quote", _quote),
    ("id", lambda r: r.id),
)

COLUMNS: dict[type[Record], Columns] = {
    Document: (
        ("published", lambda r: r.published.text()),
        ("genre", lambda r: r.genre),
        ("language", lambda r: r.language),
        ("publisher", lambda r: r.publisher),
        ("title", lambda r: shorten(r.title, QUOTE_WIDTH)),
        ("id", lambda r: r.id),
    ),
    Actor: (
        ("name", lambda r: r.name),
        ("kind", lambda r: r.kind),
        ("id", lambda r: r.id),
    ),
    Event: (
        ("date", lambda r: r.date.text()),
        ("source", lambda r: _joined(r.source)),
        ("class", lambda r: r.event_class),
        ("target", lambda r: _joined(r.target)),
        ("status", lambda r: r.status),
        *_SHARED,
    ),
    Agreement: (
        ("name", lambda r: shorten(r.name, QUOTE_WIDTH)),
        ("parties", lambda r: _joined(r.parties)),
        (
            "stages",
            lambda r: ", ".join(f"{s.stage} {s.date.since or ''}".strip() for s in r.stages),
        ),
        ("clauses", lambda r: ", ".join(f"{c.obligation} {c.state}" for c in r.clauses)),
        ("id", lambda r: r.id),
    ),
    Claim: (
        ("speaker", lambda r: r.speaker),
        ("stance", lambda r: r.stance),
        ("content", lambda r: shorten(" ".join(r.content.split()), QUOTE_WIDTH)),
        ("about", lambda r: _joined(r.about)),
        ("contested", lambda r: "yes" if r.contested_by else ""),
        ("id", lambda r: r.id),
    ),
    Prediction: (
        ("by", lambda r: r.by),
        ("wording", lambda r: r.wording),
        (
            "probability",
            lambda r: f"{r.probability.low:.2f}-{r.probability.high:.2f}" if r.probability else "",
        ),
        ("statement", lambda r: shorten(" ".join(r.statement.split()), QUOTE_WIDTH)),
        ("horizon", lambda r: r.horizon.text() if r.horizon.known else ""),
        ("outcome", lambda r: r.outcome),
        ("id", lambda r: r.id),
    ),
    Amount: (
        ("bound", lambda r: r.bound),
        ("value", lambda r: f"{r.value:,.10g}"),
        ("unit", lambda r: r.unit),
        ("measures", lambda r: shorten(r.measures, 40)),
        ("about", lambda r: _joined(r.about)),
        *_SHARED[1:],
    ),
    Tie: (
        ("pair", lambda r: f"{r.a} {r.b}"),
        ("viewpoint", lambda r: r.viewpoint),
        ("strand", lambda r: r.strand),
        ("polarity", lambda r: r.polarity),
        ("gist", lambda r: r.gist),
        *_SHARED,
    ),
    Mechanism: (
        ("kind", lambda r: r.kind),
        ("name", lambda r: shorten(r.name, 50)),
        ("members", lambda r: _joined([member.actor for member in r.members])),
        ("status", lambda r: r.status),
        ("id", lambda r: r.id),
    ),
    Support: (
        ("giver", lambda r: r.giver),
        ("receiver", lambda r: r.receiver),
        ("level", lambda r: r.level),
        ("state", lambda r: r.state),
        ("date", lambda r: r.date.text() if r.date.known else ""),
        *_SHARED,
    ),
}
"""The columns shown of each kind of record."""


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

"""A document: its text with what was coded from it marked, its records beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from fairweather.desk import Desk
from fairweather.ledger import About, Decision, quotes_in, standing
from fairweather.records import RECORD_TYPES, Document, Record, to_row
from fairweather.web.pages.judging import JUDGE
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

VERDICTS = frozenset({"accept", "reject", "correct"})

COLUMNS = ("type", "id", "confidence", "start", "end", "quote")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the records whose quotes cover it."""

    text: str
    start: int
    records: tuple[str, ...] = ()


def document(desk: Open, identity: str) -> View:
    """The document of an id, whole."""
    found = desk.ledger.document(identity)
    records = tuple(_records(desk, found.id))
    return View(
        template="document.html.j2",
        title=found.title or found.id,
        data={"document": to_row(found), "records": [to_row(one) for one in records]},
        shown={
            "document": found,
            "records": records,
            "pieces": tuple(pieces(found, records)),
            "verdicts": _verdicts(desk, records),
        },
        columns=COLUMNS,
        rows=tuple(_rows(records)),
    )


def _records(desk: Open, identity: str) -> Iterator[Record]:
    """The records of a document in the order in which it says them."""
    found: list[tuple[int, str, Record]] = []
    for kind in RECORD_TYPES.values():
        if kind is not Document:
            for row in desk.ledger.statements(kind, about=About(documents=(identity,))):
                starts = [quote.start for quote in quotes_in(row)]
                found += [(min(starts), row.id, row)] if starts else []
    yield from (row for _, _, row in sorted(found, key=lambda one: one[:2]))


def _verdicts(desk: Desk, records: Iterable[Record]) -> dict[str, Decision]:
    """The last verdict of a person on each row that has one, while it stands."""
    made = desk.ledger.decisions_about({one.id for one in records})
    return {one.subject: one for one in standing(made) if one.kind in VERDICTS}


def pieces(document: Document, records: Iterable[Record]) -> Iterator[Piece]:
    """The text cut wherever a quote begins or ends, each piece with who quotes it."""
    spans = [
        (quote.start, quote.end, record.id)
        for record in records
        for quote in quotes_in(record)
        if quote.document == document.id
    ]
    edges = sorted({0, len(document.text), *(edge for span in spans for edge in span[:2])})
    for start, end in pairwise(edges):
        over = tuple(dict.fromkeys(one for first, last, one in spans if first <= start < last))
        yield Piece(document.text[start:end], start, over)


def _rows(records: Iterable[Record]) -> Iterator[tuple[str, ...]]:
    for record in records:
        for quote in quotes_in(record):
            place = (str(quote.start), str(quote.end), quote.text)
            yield (record.type, record.id, f"{record.confidence:.2f}", *place)


DOCUMENT = Page(
    "/document/{identity}",
    "document",
    "A document with what was coded from it",
    document,
    actions=(JUDGE,),
)

"""A document: its text with what was coded from it marked, its records beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import Query

from fairweather.desk.reviewed import Reviewed, reviewed
from fairweather.errors import UnknownKey
from fairweather.ledger import quotes_in
from fairweather.records import RECORD_TYPES, Document, Quote, to_row
from fairweather.web.pages.judging import JUDGE, SIGN
from fairweather.web.pages.page import Open, Page
from fairweather.web.pages.reviewing import REVIEW
from fairweather.web.view import View

COLUMNS = ("type", "id", "confidence", "start", "end", "quote", "standing")

KINDS = "|".join(kind for kind in RECORD_TYPES if kind != Document.type)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record beside the text: its number there, and the first of its quotes in the document."""

    number: int
    told: Reviewed
    quote: Quote

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.told.record.id

    @property
    def standing(self) -> str:
        """Whether it stands, in a word or two."""
        if self.told.gone:
            return "set aside"
        if self.told.accepted:
            return "accepted"
        return "unsure" if self.told.unsure else "stands"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the entries whose quotes cover it, and those that end with it.

    It is `faint` where none of them stands.
    """

    text: str
    start: int
    entries: tuple[Entry, ...] = ()
    ending: tuple[Entry, ...] = ()

    @property
    def faint(self) -> bool:
        """Whether nothing that stands is quoted from it."""
        return all(one.told.gone for one in self.entries)


def document(
    desk: Open,
    identity: str,
    kind: Annotated[str, Query(pattern=f"^({KINDS})?$", description="Only such records.")] = "",
) -> View:
    """The document of an id, whole, with its records and what was decided about each."""
    found = desk.ledger.record(identity)
    if not isinstance(found, Document):
        raise UnknownKey(f"{found.id} is no document; /why?id={found.id} tells of it")
    every = tuple(_entries(found, reviewed(desk.ledger, found.id)))
    counts = Counter(one.told.record.type for one in every)
    shown = tuple(one for one in every if not kind or one.told.record.type == kind)
    return View(
        template="document.html.j2",
        title=found.title or found.id,
        data={
            "document": to_row(found),
            "records": [to_row(one.told.record) for one in shown],
            "standing": {one.id: one.standing for one in shown},
            "history": {
                one.id: [step.to_json() for step in one.told.history]
                for one in shown
                if one.told.history
            },
        },
        shown={
            "document": found,
            "entries": shown,
            "pieces": tuple(pieces(found, shown)),
            "counts": [(name, counts[name]) for name in RECORD_TYPES if counts[name]],
            "kind": kind,
        },
        columns=COLUMNS,
        rows=tuple(_rows(shown)),
    )


def _entries(document: Document, found: Iterable[Reviewed]) -> Iterator[Entry]:
    for number, one in enumerate(found, 1):
        own = [quote for quote in quotes_in(one.record) if quote.document == document.id]
        yield Entry(number, one, min(own, key=lambda quote: quote.start))


def pieces(document: Document, entries: Sequence[Entry]) -> Iterator[Piece]:
    """The text cut wherever a quote begins or ends, each piece with who quotes it."""
    spans = [
        (quote.start, quote.end, entry)
        for entry in entries
        for quote in quotes_in(entry.told.record)
        if quote.document == document.id
    ]
    ending: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        ending[entry.quote.end].append(entry)
    edges = sorted({0, len(document.text), *(edge for span in spans for edge in span[:2])})
    for start, end in pairwise(edges):
        over = tuple(
            {one.number: one for first, last, one in spans if first <= start < last}.values()
        )
        yield Piece(document.text[start:end], start, over, tuple(ending[end]))


def _rows(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    for one in entries:
        record = one.told.record
        for quote in quotes_in(record):
            place = (str(quote.start), str(quote.end), quote.text)
            yield (record.type, record.id, f"{record.confidence:.2f}", *place, one.standing)


DOCUMENT = Page(
    "/document/{identity}",
    "document",
    "A document with what was coded from it",
    document,
    actions=(JUDGE, SIGN, *REVIEW),
)

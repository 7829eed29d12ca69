"""Search: documents that hold the words, with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from fairweather.ledger import Reading, Stretch
from fairweather.records import Document, to_row
from fairweather.web.pages.page import AsOf, Open, Page
from fairweather.web.view import View

MOST = 50
AROUND = 140
"""Code points shown before and after the first hit."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document with the passage of its first hit, cut at the marks."""

    document: Document
    pieces: tuple[tuple[str, bool], ...]


def search(
    desk: Open,
    q: Annotated[str, Query(max_length=400, description="Words, and phrases in quotes.")] = "",
    as_of: AsOf = None,
) -> View:
    """The documents that hold all the words, the best first."""
    found = tuple(_found(desk.within(as_of=as_of or None).ledger, q)) if q.strip() else ()
    return View(
        template="search.html.j2",
        title="Search",
        data={
            "query": q,
            "found": [
                {"document": _told(one.document), "excerpt": "".join(t for t, _ in one.pieces)}
                for one in found
            ],
        },
        shown={"query": q, "found": found, "as_of": as_of or ""},
        columns=("id", "published", "publisher", "title", "excerpt"),
        rows=tuple(
            (
                one.document.id,
                one.document.published.text(),
                one.document.publisher,
                one.document.title,
                "".join(text for text, _ in one.pieces),
            )
            for one in found
        ),
    )


def _told(document: Document) -> dict[str, object]:
    return {key: value for key, value in to_row(document).items() if key != "text"}


def _found(ledger: Reading, words: str) -> Iterator[Found]:
    for hit in ledger.search(words, limit=MOST):
        document = ledger.document(hit.document)
        yield Found(document, passage(document.text, hit.in_text))


def passage(text: str, stretches: Sequence[Stretch]) -> tuple[tuple[str, bool], ...]:
    """The words around the first hit, with which of them are hits."""
    if not stretches:
        return ((text[: 2 * AROUND], False),)
    first = max(0, stretches[0].start - AROUND)
    last = min(len(text), stretches[0].end + AROUND)
    pieces: list[tuple[str, bool]] = [("…" if first else "", False)]
    at = first
    for stretch in stretches:
        if stretch.end > last:
            break
        pieces += [(text[at : stretch.start], False), (text[stretch.start : stretch.end], True)]
        at = stretch.end
    pieces += [(text[at:last], False), ("…" if last < len(text) else "", False)]
    return tuple(piece for piece in pieces if piece[0])


SEARCH = Page("/search", "search", "Documents that hold some words", search)

"""Search: documents that hold the words, or records of a kind, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query as Asked
from pydantic import AfterValidator

from fairweather.desk import Desk
from fairweather.desk.finding import PLURALS, Answer, Query
from fairweather.desk.names import completions
from fairweather.desk.suggesting import suggestion
from fairweather.errors import MisuseError, NothingFound
from fairweather.ledger import Stretch
from fairweather.records import Actor, Document, Record, to_row
from fairweather.web.pages.page import DATE, AsOf, Open, Page, of_calendar
from fairweather.web.view import View

MOST = 50
_SPACES = re.compile(r"\s+")
AROUND = 160
"""Code points shown before and after the first hit."""

KINDS = tuple(plural for plural, kind in PLURALS.items() if kind != Actor.type)

Pieces = tuple[tuple[str, bool], ...]
"""Stretches of a text, each with whether it is a hit."""

Words = Annotated[str, Asked(max_length=400, description="Words, and phrases in quotes.")]
Kind = Annotated[
    str, Asked(pattern=f"^({'|'.join(KINDS)})$", description="Documents, or a kind of record.")
]
Actors = Annotated[
    str, Asked(max_length=200, description="About all of these actors, commas between.")
]
Bound = Annotated[
    str | None,
    Asked(description="A date (2025, 2025-01 or 2025-01-17).", pattern=DATE),
    AfterValidator(of_calendar),
]


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers, the document it stands in, and the passage of its first hit."""

    row: Record
    document: Document | None
    pieces: Pieces
    hits: int

    @property
    def excerpt(self) -> str:
        """The passage without its marks."""
        return "".join(text for text, _ in self.pieces)


def search(
    desk: Open,
    q: Words = "",
    kind: Kind = "documents",
    actor: Actors = "",
    since: Bound = None,
    until: Bound = None,
    as_of: AsOf = None,
) -> View:
    """The documents that hold all the words, the best first; or the records read from such."""
    seen = desk.within(as_of=as_of)
    wanted = Query(
        kind=PLURALS[kind],
        actors=tuple(name.strip() for name in actor.split(",") if name.strip()),
        text=q.strip(),
        since=since,
        until=until,
        limit=MOST,
    )
    asked = bool(wanted.text or wanted.actors or since or until)
    answer = _answer(seen, wanted) if asked else Answer((), 0)
    found = tuple(_found(seen, answer))
    said = suggestion(seen.ledger, wanted.text) if wanted.text and not found else None
    return View(
        template="search.html.j2",
        title="Search",
        data={
            "query": q,
            "kind": kind,
            "count": answer.count,
            "found": [_told(one) for one in found],
            "suggestion": said.to_json() if said else None,
        },
        shown={
            "query": q,
            "kind": kind,
            "kinds": KINDS,
            "actor": actor,
            "since": since or "",
            "until": until or "",
            "as_of": as_of or "",
            "asked": asked,
            "found": found,
            "count": answer.count,
            "suggestion": said,
            "known": completions(desk.ledger),
        },
        columns=("type", "id", "published", "publisher", "title", "excerpt"),
        rows=tuple(_cells(one) for one in found),
    )


def _answer(desk: Desk, wanted: Query) -> Answer:
    """What answers; nothing where nothing does. Raises UnknownActor, MisuseError."""
    if wanted.since and wanted.until and wanted.since[: len(wanted.until)] > wanted.until:
        raise MisuseError(f"nothing is after {wanted.since} and before {wanted.until}")
    try:
        return desk.answer(wanted)
    except NothingFound:
        return Answer((), 0)


def _found(desk: Desk, answer: Answer) -> Iterator[Found]:
    wanted = {one.document for one in answer.rows if not isinstance(one, Document)}
    documents = {one.id: one for one in desk.ledger.documents(ids=wanted)}
    for row in answer.rows:
        if isinstance(row, Document):
            hit = answer.hits.get(row.id)
            stretches = hit.in_text if hit else ()
            yield Found(row, row, passage(row.text, stretches), len(stretches))
        else:
            quote = row.quotes[0].text if row.quotes else ""
            stretches = answer.in_quote(row)
            yield Found(row, documents.get(row.document), marked(quote, stretches), len(stretches))


def _told(one: Found) -> dict[str, Any]:
    row = {key: value for key, value in to_row(one.row).items() if key != "text"}
    key = "document" if isinstance(one.row, Document) else "record"
    told: dict[str, Any] = {key: row, "excerpt": one.excerpt}
    if key == "record" and one.document:
        told["document"] = {"id": one.document.id, "title": one.document.title}
    return told


def _cells(one: Found) -> tuple[str, ...]:
    where = one.document
    credit = (where.published.text(), where.publisher, where.title) if where else ("", "", "")
    return (one.row.type, one.row.id, *credit, one.excerpt)


def passage(text: str, stretches: Sequence[Stretch]) -> Pieces:
    """The words around the first hit, cut between words, with which of them are hits."""
    if not stretches:
        return (
            (" ".join(text[: 2 * AROUND].split()) + ("…" if text[2 * AROUND :] else ""), False),
        )
    first = max(0, stretches[0].start - AROUND)
    last = min(len(text), stretches[0].end + AROUND)
    if first:
        first = text.find(" ", first, stretches[0].start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", stretches[0].end, last), stretches[0].end)
    within = [Stretch(one.start - first, one.end - first) for one in stretches if one.end <= last]
    pieces = marked(text[first:last], within)
    opening = (("… ", False),) if first else ()
    closing = ((" …", False),) if last < len(text) else ()
    return (*opening, *pieces, *closing)


def marked(text: str, stretches: Sequence[Stretch]) -> Pieces:
    """A text cut at its hits; runs of white space become one space."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for one in stretches:
        pieces += [(text[at : one.start], False), (text[one.start : one.end], True)]
        at = one.end
    pieces.append((text[at:], False))
    return tuple((_SPACES.sub(" ", piece), hit) for piece, hit in pieces if piece)


SEARCH = Page("/search", "search", "Documents and records that hold some words", search)

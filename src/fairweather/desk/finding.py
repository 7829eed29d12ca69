"""`find`: rows of a kind, by actor, date, text and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fairweather.errors import UnknownKey
from fairweather.ledger import EVERYTHING, Ledger, Window, current
from fairweather.records import RECORD_TYPES, Actor, Document, Record, When
from fairweather.vocabulary.loader import suggest

PLURALS = {f"{kind}s": kind for kind in RECORD_TYPES} | {"support": "support"}
"""What may be asked for: events, agreements ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find. `since` and `until` bound the valid date, else the publication."""

    kind: str
    actors: tuple[str, ...] = ()
    text: str = ""
    since: str | None = None
    until: str | None = None
    status: str | None = None
    window: Window = EVERYTHING
    min_confidence: float | None = None


def kind_named(word: str) -> str:
    """The record type of a word, singular or plural. Raises UnknownKey."""
    if word in RECORD_TYPES:
        return word
    if word in PLURALS:
        return PLURALS[word]
    near = suggest(word, PLURALS)
    hint = f'; did you mean "{near}"?' if near else f"; there are {', '.join(PLURALS)}"
    raise UnknownKey(f'nothing is called "{word}"{hint}')


def find(ledger: Ledger, query: Query) -> tuple[Record, ...]:
    """The rows that answer, oldest publication first."""
    kind = RECORD_TYPES[query.kind]
    if kind is Document:
        return tuple(_documents(ledger, query))
    if kind is Actor:
        return tuple(_actors(ledger, query))
    rows = current(
        ledger,
        kind,
        query.window,
        actors=query.actors,
        text=query.text,
        min_confidence=query.min_confidence,
    )
    published = {d.id: d.published for d in ledger.documents(query.window)}
    wanted = When(query.since, query.until, "range")
    return tuple(
        row
        for row in rows
        if _in_time(row, wanted, published.get(row.document, When()))
        and (query.status is None or getattr(row, "status", None) == query.status)
    )


def _in_time(row: Record, wanted: When, published: When) -> bool:
    """Whether a row's own date, or else its publication, may fall in the time asked for."""
    if not wanted.known:
        return True
    own = getattr(row, "date", None) or getattr(row, "horizon", None)
    when = own if isinstance(own, When) and own.known else published
    return when.known and when.may_equal(wanted)


def _documents(ledger: Ledger, query: Query) -> Iterator[Document]:
    wanted = When(query.since, query.until, "range")
    for document in ledger.documents(query.window, text=query.text):
        if not wanted.known or document.published.may_equal(wanted):
            yield document


def _actors(ledger: Ledger, query: Query) -> Iterator[Actor]:
    words: Sequence[str] = query.text.lower().split()
    for actor in current(ledger, Actor, query.window, min_confidence=query.min_confidence):
        names = " ".join([actor.id, *(name.text for name in actor.names)]).lower()
        if all(word in names for word in words) and (not query.actors or actor.id in query.actors):
            yield actor

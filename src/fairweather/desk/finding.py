"""`find`: rows of a kind, by actor, date, words and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from fairweather.errors import UnknownKey
from fairweather.ledger import (
    EVERYTHING,
    Hit,
    Ledger,
    Stretch,
    Window,
    current,
    current_documents,
    window,
)
from fairweather.ledger.views import count_and_first, gone_documents
from fairweather.records import RECORD_TYPES, Actor, Document, Record, When
from fairweather.vocabulary.loader import suggest

PLURALS = {f"{kind}s": kind for kind in RECORD_TYPES} | {"support": "support"}
"""What may be asked for: events, agreements ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find. `since` and `until` bound the valid date, else the publication.

    `text` are words that the document holds, a phrase in quotes; `limit` is how many rows
    are wanted, all without one.
    """

    kind: str
    actors: tuple[str, ...] = ()
    text: str = ""
    since: str | None = None
    until: str | None = None
    status: str | None = None
    window: Window = EVERYTHING
    min_confidence: float | None = None
    limit: int | None = None

    @property
    def selects(self) -> bool:
        """Whether rows are left out by what they say, not only by what they are about."""
        return bool(self.text or self.since or self.until or self.status)


class Wanted(TypedDict, total=False):
    """What `desk.find` takes by name: the options of `fairweather find`.

    `actor` is one name or several, all of whom a row must be about; `as_of` a prefix date.
    """

    actor: str | Sequence[str]
    text: str
    since: str
    until: str
    status: str
    as_of: str
    min_confidence: float
    limit: int


def query_of(kind: str, **wanted: Unpack[Wanted]) -> Query:
    """The query for a kind, singular or plural. Raises UnknownKey, RecordError."""
    actor = wanted.get("actor", ())
    return Query(
        kind=kind_named(kind),
        actors=(actor,) if isinstance(actor, str) else tuple(actor),
        text=wanted.get("text", ""),
        since=wanted.get("since"),
        until=wanted.get("until"),
        status=wanted.get("status"),
        window=window(wanted.get("as_of")),
        min_confidence=wanted.get("min_confidence"),
        limit=wanted.get("limit"),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a query, the first of `count`.

    Asked by words they come by how well they match, and `hits` says where the words stand
    in the documents that the rows were read from, by document id.
    """

    rows: tuple[Record, ...]
    count: int
    hits: Mapping[str, Hit] = field(default_factory=dict)

    def in_quote(self, record: Record) -> tuple[Stretch, ...]:
        """Where the words stand in a record's first quote, as offsets into its text."""
        hit = self.hits.get(record.document)
        if hit is None or not record.quotes:
            return ()
        quote = record.quotes[0]
        return tuple(
            Stretch(one.start - quote.start, one.end - quote.start)
            for one in hit.in_text
            if quote.start <= one.start and one.end <= quote.end
        )


def kind_named(word: str) -> str:
    """The record type of a word, singular or plural. Raises UnknownKey."""
    if word in RECORD_TYPES:
        return word
    if word in PLURALS:
        return PLURALS[word]
    near = suggest(word, PLURALS)
    hint = f'; did you mean "{near}"?' if near else f"; there are {', '.join(PLURALS)}"
    raise UnknownKey(f'nothing is called "{word}"{hint}')


def answer(ledger: Ledger, query: Query) -> Answer:
    """The rows that answer: the best match first where words were asked for, else the
    oldest publication first."""
    kind = RECORD_TYPES[query.kind]
    if kind is Actor:
        return _cut(_actors(ledger, query), query)
    if kind is Document:
        return _documents(ledger, query)
    if query.limit and not query.selects:
        count, rows = count_and_first(
            ledger,
            kind,
            query.window,
            query.limit,
            actors=query.actors,
            min_confidence=query.min_confidence,
        )
        return Answer(rows, count)
    found = current(
        ledger,
        kind,
        query.window,
        actors=query.actors,
        text=query.text,
        min_confidence=query.min_confidence,
    )
    wanted = [
        row for row in found if query.status is None or getattr(row, "status", None) == query.status
    ]
    return _by_match(_in_time(wanted, ledger, query), ledger, query)


def _cut(rows: Sequence[Record], query: Query) -> Answer:
    return Answer(tuple(rows[: query.limit]), len(rows))


def _by_match(rows: Sequence[Record], ledger: Ledger, query: Query) -> Answer:
    """Rows whose own quote holds the words first, then by the rank of their document."""
    if not query.text:
        return _cut(rows, query)
    wanted = {row.document for row in rows}
    hits = {hit.document: hit for hit in ledger.search(query.text, query.window, among=wanted)}
    unsorted = Answer(tuple(rows), len(rows), hits)

    def place(row: Record) -> tuple[bool, int]:
        hit = hits.get(row.document)
        return not unsorted.in_quote(row), hit.rank if hit else len(hits)

    ordered = sorted(rows, key=place)[: query.limit]
    return Answer(tuple(ordered), len(rows), hits)


def _in_time(rows: Sequence[Record], ledger: Ledger, query: Query) -> list[Record]:
    """Rows whose own date, or else their publication, may fall in the time asked for."""
    wanted = When(query.since, query.until, "range")
    if not wanted.known:
        return list(rows)
    own = {row.id: _own_date(row) for row in rows}
    undated = {row.document for row in rows if not own[row.id].known}
    published = ledger.published(undated)
    dated = ((row, own[row.id] if own[row.id].known else published.get(row.document, When()))
             for row in rows)  # fmt: skip
    return [row for row, when in dated if when.known and when.may_equal(wanted)]


def _own_date(row: Record) -> When:
    own = getattr(row, "date", None) or getattr(row, "horizon", None)
    return own if isinstance(own, When) else When()


def _documents(ledger: Ledger, query: Query) -> Answer:
    """Documents that stand, with `actors` those that a row about all of them was read from."""
    wanted = When(query.since, query.until, "range")
    about = _documents_about(ledger, query)
    if not query.text:
        every = current_documents(ledger, query.window, ids=about)
        return _cut([d for d in every if d.published.may_equal(wanted) or not wanted.known], query)
    gone = gone_documents(ledger, query.window)
    found = [hit.document for hit in ledger.search(query.text, query.window, marked=False)]
    kept = [one for one in found if one not in gone and (about is None or one in about)]
    if wanted.known:
        published = ledger.published(kept)
        kept = [one for one in kept if published[one].may_equal(wanted)]
    shown = kept[: query.limit]
    hits = {hit.document: hit for hit in ledger.search(query.text, query.window, among=set(shown))}
    texts = {one.id: one for one in ledger.documents(query.window, ids=shown)}
    return Answer(tuple(texts[one] for one in shown), len(kept), hits)


def _documents_about(ledger: Ledger, query: Query) -> set[str] | None:
    if not query.actors:
        return None
    kinds = (kind for kind in RECORD_TYPES.values() if kind not in (Document, Actor))
    return {
        quote.document
        for kind in kinds
        for row in current(ledger, kind, query.window, actors=query.actors)
        for quote in row.quotes
    }


def _actors(ledger: Ledger, query: Query) -> list[Record]:
    words = query.text.lower().split()

    def answers(actor: Actor) -> bool:
        names = " ".join([actor.id, *(name.text for name in actor.names)]).lower()
        return all(word in names for word in words) and (
            not query.actors or actor.id in query.actors
        )

    every: Iterable[Actor] = current(
        ledger, Actor, query.window, min_confidence=query.min_confidence
    )
    return [actor for actor in every if answers(actor)]

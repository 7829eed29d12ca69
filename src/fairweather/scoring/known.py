"""What can settle a question: the rows of a ledger that were published by a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fairweather.ledger import EVERYTHING, Ledger, Window, current
from fairweather.profile.origins import origins
from fairweather.records import (
    UNDATED,
    Agreement,
    Document,
    Event,
    Quote,
    Support,
    When,
)

Pair = frozenset[str]


@dataclass(frozen=True)
class Known:
    """Events, agreements and support as of `day`, with the documents they stand in."""

    day: str
    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    support: tuple[Support, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)

    def published(self, document: str) -> When:
        """When a document was published."""
        found = self.documents.get(document)
        return found.published if found else UNDATED

    def out_by(self, document: str) -> str:
        """The ISO day by which a document was surely public; its recording where unknown."""
        found = self.documents.get(document)
        if found is None:
            return self.day
        day = found.published.latest
        return day.isoformat() if day else (found.recorded or self.day)[:10]

    def out_by_quotes(self, quotes: Sequence[Quote]) -> str:
        """The first ISO day by which any of the quotes was public."""
        return min((self.out_by(quote.document) for quote in quotes), default=self.day)

    def independent(self, quotes: Iterable[Quote]) -> int:
        """How many independent origins the quotes come from."""
        wanted = {quote.document for quote in quotes}
        told = [document for document in self.documents.values() if document.id in wanted]
        return len(set(origins(told).values()))

    def acts(self, sides: Iterable[str]) -> tuple[Event, ...]:
        """The events in which all the sides take part."""
        first, *others = (self._events_of.get(side, ()) for side in sides)
        ids = [{event.id for event in other} for other in others]
        return tuple(event for event in first if all(event.id in some for some in ids))

    def pacts(self, sides: Iterable[str]) -> tuple[Agreement, ...]:
        """The agreements of which all the sides are parties."""
        wanted = set(sides)
        return tuple(one for one in self.agreements if wanted <= set(one.parties))

    def speaking_of(self, sides: Sequence[str], after: str) -> tuple[Document, ...]:
        """The documents made public after a day with a row on all the sides, oldest first."""
        ids = self._documents_on.get(frozenset(sides), ())
        found = [self.documents[one] for one in ids if one in self.documents]
        out = sorted(found, key=lambda document: (self.out_by(document.id), document.id))
        return tuple(document for document in out if self.out_by(document.id) > after)

    @cached_property
    def _events_of(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            for actor in {*event.source, *event.target}:
                found[actor].append(event)
        return found

    @cached_property
    def _documents_on(self) -> dict[Pair, set[str]]:
        found: dict[Pair, set[str]] = defaultdict(set)
        rows: list[Event | Agreement | Support] = [*self.events, *self.agreements, *self.support]
        for row in rows:
            documents = {quote.document for quote in row.quotes}
            actors = sorted(set(sides_of(row)))
            for place, one in enumerate(actors):
                found[frozenset((one,))] |= documents
                for other in actors[place + 1 :]:
                    found[frozenset((one, other))] |= documents
        return found


def sides_of(row: Event | Agreement | Support) -> tuple[str, ...]:
    """Every actor that a row is about."""
    if isinstance(row, Event):
        return (*row.source, *row.target)
    if isinstance(row, Agreement):
        return row.parties
    return (row.giver, row.receiver)


def known(ledger: Ledger, window: Window = EVERYTHING) -> Known:
    """What a ledger shows in a window. `day` is the window's, else today (UTC)."""
    seen = ledger.window.narrowed(window)
    return Known(
        day=seen.as_of or dt.datetime.now(dt.UTC).date().isoformat(),
        events=current(ledger, Event, window),
        agreements=current(ledger, Agreement, window),
        support=current(ledger, Support, window),
        # Their texts are kept: whether two tell one story is read off them.
        documents={document.id: document for document in ledger.documents(window)},
    )

"""Accounts: what of an event record bears on whether another tells of the same act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fairweather.coding.amounts.numerals import numerals
from fairweather.coding.stories.words import groups, spelt_words, telling_words
from fairweather.records import Document, Event
from fairweather.vocabulary.gazetteer import Person, load_gazetteer

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One event record as one document tells it.

    `pair` are the two principals, sorted; `forward` is whether the first of them acts. `since`
    and `until` bound the days on which the act may have been; `dated` tells a day stated in
    the text. `told` is the day of publication, the last that it may have been.
    """

    id: str
    document: str
    pair: Pair
    forward: bool
    event_class: str
    told_as: str
    since: dt.date
    until: dt.date
    dated: bool
    told: dt.date
    place: frozenset[str]
    persons: frozenset[str]
    numbers: frozenset[float]
    words: frozenset[str]
    start: int = 0
    spelt: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def turn(self) -> tuple[dt.date, str, int, str]:
        """Its turn: by publication, then document and place in it."""
        return (self.told, self.document, self.start, self.id)


def accounts_of(
    events: Iterable[Event], documents: Mapping[str, Document], news_lasts: int
) -> Iterator[Account]:
    """The accounts of events between two different actors; others tell of no pair."""
    for event in events:
        document = documents.get(event.document)
        if document is not None and (found := _account(event, document, news_lasts)):
            yield found


def _account(event: Event, document: Document, news_lasts: int) -> Account | None:
    if not event.source or not event.target or event.source[-1] == event.target[-1]:
        return None
    told = _told(document)
    if told is None:
        return None
    first, second = event.source[-1], event.target[-1]
    since, until, dated = _days(event, document, told, news_lasts)
    text = event.quotes[0].text
    spelt = spelt_words(text, (*event.source, *event.target))
    return Account(
        id=event.id,
        document=document.id,
        pair=(min(first, second), max(first, second)),
        forward=first < second,
        event_class=event.event_class,
        told_as=_told_as(event.status),
        since=since,
        until=until,
        dated=dated,
        told=told,
        place=telling_words(event.place),
        persons=_persons(event),
        numbers=frozenset(number.value for number in numerals(text) if not _is_year(number.value)),
        words=frozenset(spelt),
        start=event.quotes[0].start,
        spelt=spelt,
    )


def _told(document: Document) -> dt.date | None:
    """The last day on which a document may have appeared, as the ledger has it."""
    if document.published.latest:
        return document.published.latest
    return dt.date.fromisoformat(document.recorded[:10]) if document.recorded else None


def _days(
    event: Event, document: Document, told: dt.date, news_lasts: int
) -> tuple[dt.date, dt.date, bool]:
    """The days on which the act may have been, and whether the text states the day."""
    stated = event.date.basis != "publication"
    since, until = event.date.earliest, event.date.latest
    if stated and (since or until):
        first, last = since or until or told, until or since or told
        return first, last, first == last
    ahead = news_lasts if event.status == "planned" else 0
    begun = document.published.earliest or told
    return begun - dt.timedelta(days=news_lasts), told + dt.timedelta(days=ahead), False


def _told_as(status: str) -> str:
    return next((line[0] for line in groups("told") if status in line), status)


def _persons(event: Event) -> frozenset[str]:
    listed = load_gazetteer().actors
    return frozenset(
        actor
        for chain in (event.source, event.target)
        for actor in chain
        if isinstance(listed.get(actor), Person)
    )


def _is_year(value: float) -> bool:
    return 1800 <= value <= 2100

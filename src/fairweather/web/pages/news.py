"""What is new between two: acts clustered by event, support, steps of agreements, ties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairweather.brief.wording import clean, dated, label, name, phrase, sentence
from fairweather.desk import Desk
from fairweather.desk.stories import Clustered, clustered
from fairweather.ledger import current
from fairweather.ledger.parts import actors_named, quotes_in
from fairweather.profile import origins_of
from fairweather.records import (
    AUTHOR,
    UNDATED,
    Agreement,
    Document,
    Event,
    Record,
    Support,
    Tie,
    When,
    shorten,
)
from fairweather.vocabulary import vocabulary

Pair = tuple[str, str]

LONGEST_QUOTE = 120

POLARITIES = {"+": "for the tie", "-": "against the tie", "0": "neither for nor against"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is new: told in a sentence, when, by how many outlets of how many origins."""

    kind: str
    text: str
    when: str
    record: str
    outlets: int
    origins: int
    actors: frozenset[str]
    quote: str = ""
    day: dt.date = dt.date.min

    @property
    def told(self) -> str:
        """ "3 outlets, 2 origins"."""
        outlets = f"{self.outlets} outlet{'s' if self.outlets != 1 else ''}"
        origins = f"{self.origins} origin{'s' if self.origins != 1 else ''}"
        return f"{outlets}, {origins}"

    def to_json(self) -> dict[str, Any]:
        """The item as one plain object."""
        return {
            "kind": self.kind,
            "text": self.text,
            "when": self.when,
            "record": self.record,
            "quote": self.quote,
            "outlets": self.outlets,
            "origins": self.origins,
        }


@dataclass(frozen=True, slots=True)
class PairNews:
    """A pair with what is new of it, what most origins tell first, and the texts that tell it."""

    pair: Pair
    items: tuple[Item, ...]
    documents: int

    def to_json(self) -> dict[str, Any]:
        """The pair as one plain object."""
        return {
            "pair": list(self.pair),
            "names": [label(side) for side in self.pair],
            "documents": self.documents,
            "items": [item.to_json() for item in self.items],
        }


def news(desk: Desk, documents: Collection[str]) -> tuple[Item, ...]:
    """What new documents tell of, whoever it is about, what most origins tell first."""
    if not documents:
        return ()
    held = [*desk.ledger.documents(ids=documents)]
    acts = current(desk.ledger, Event, documents=documents)
    rows = [
        *current(desk.ledger, Support, documents=documents),
        *current(desk.ledger, Agreement, documents=documents),
        *current(desk.ledger, Tie, documents=documents),
    ]
    origin = origins_of(desk.ledger, held, rows)
    read = {one.id: one for one in held}
    items = [
        *(_act(one, read) for one in clustered(desk.ledger, acts)),
        *_others(rows, read, origin),
    ]
    return tuple(sorted(items, key=lambda item: (-item.origins, -item.day.toordinal())))


def of_pair(pair: Pair, items: Sequence[Item], documents: Iterable[Document]) -> PairNews:
    """What of it is about both of a pair."""
    own = tuple(item for item in items if item.actors >= {*pair})
    names = tuple(label(side) for side in pair)
    speak = sum(all(word in one.text for word in names) for one in documents)
    return PairNews(pair, own, speak)


def _act(cluster: Clustered, read: Mapping[str, Document]) -> Item:
    best = cluster.story.best
    when, day = _when(best.date, best, read)
    return Item(
        "act",
        sentence(event_said(best)),
        when,
        best.id,
        len(cluster.outlets),
        cluster.origins,
        frozenset(actors_named(best)),
        _quote(best),
        day,
    )


def _when(date: When, row: Record, read: Mapping[str, Document]) -> tuple[str, dt.date]:
    """When it was, or when it was told where its text gives no date; and the day to sort by."""
    if date.known:
        return dated(date), date.latest or date.earliest or dt.date.min
    published = read[row.document].published if row.document in read else UNDATED
    if not published.known:
        return "undated", dt.date.min
    return f"told {dated(published)}", published.latest or dt.date.min


def _quote(row: Record) -> str:
    return next((shorten(clean(quote.text), LONGEST_QUOTE) for quote in quotes_in(row)), "")


def event_said(row: Event) -> str:
    """ "reported: Russia meets Iran"."""
    source = label(row.source[-1]) if row.source else "Somebody"
    target = name(row.target[-1]) if row.target else "somebody"
    acted = phrase("event_classes", row.event_class)
    return f"{phrase('statuses', row.status)}{source} {acted} {target}"


def _others(
    rows: Iterable[Record], read: Mapping[str, Document], origin: Mapping[str, str]
) -> Iterator[Item]:
    """Rows other than events, those that say the same of the same joined."""
    joined: dict[str, list[Record]] = {}
    for row in rows:
        joined.setdefault(_said(row), []).append(row)
    for text, same in joined.items():
        told = {quote.document for row in same for quote in quotes_in(row)} & read.keys()
        when, day = _when(_date(same[0]), same[0], read)
        yield Item(
            same[0].type,
            sentence(text),
            when,
            same[0].id,
            len({read[one].publisher or one for one in told}),
            len({origin.get(one, one) for one in told}),
            frozenset(actors_named(same[0])),
            _quote(same[0]),
            day,
        )


def _date(row: Record) -> When:
    """When a row was so; an agreement, when it took its last step."""
    if isinstance(row, Agreement):
        return row.stages[-1].date if row.stages else UNDATED
    date: When = getattr(row, "date", UNDATED)
    return date


def _said(row: Record) -> str:
    """One row in a sentence."""
    if isinstance(row, Support):
        said = phrase("support_states", row.state)
        rungs = phrase("rungs", row.level)
        return f"{label(row.giver)} {said.format(receiver=name(row.receiver), rungs=rungs)}"
    if isinstance(row, Agreement):
        stages = [phrase("stages", stage.stage) for stage in row.stages[-1:]]
        return clean(": ".join([row.name, *stages]))
    if isinstance(row, Tie):
        strand = vocabulary("strands")[row.strand].label
        eyes = "observers see" if row.viewpoint == AUTHOR else f"{name(row.viewpoint)} sees"
        return f"{strand}, as {eyes} it: {POLARITIES[row.polarity]}"
    return row.type

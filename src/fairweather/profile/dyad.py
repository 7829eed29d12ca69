"""The profile of a dyad: everything the ledger knows of a pair, sorted by what it says.

Nothing is averaged over the two sides, and nothing stands here that does not come from a
document which speaks of both.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from fairweather.errors import NothingFound
from fairweather.ledger import EVERYTHING, Ledger, Window, current
from fairweather.ledger.parts import actors_in
from fairweather.ledger.stories import Story, stories_of
from fairweather.profile.contradictions import Contradiction, contradictions
from fairweather.profile.options import Choice, Offer, adversaries, choices, offers
from fairweather.profile.origins import count_origins, origins_of
from fairweather.profile.strands import StrandView, strand_view
from fairweather.records import (
    AUTHOR,
    LATEST,
    Agreement,
    Claim,
    Document,
    Event,
    Explained,
    Ingredient,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
    When,
    to_row,
)
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer

R = TypeVar("R", bound=Record)

NEAR_FROM = 0.3
"""Confidence from which rows hint at adversaries and possible offers. Such hints open a
question in a scenario or are told as possibilities; nothing is counted from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A pair of actors as the ledger shows it on a date.

    `views` holds each strand from `a`, from `b` and from observers (`author`); `support`
    goes both ways between them, `elsewhere` is what either gave or withheld to others.
    `stories` are its events by the act they tell of. `documents` are those that speak of
    both, `origin` maps them, and rows that relay others, to independent origins. `as_of` is
    an ISO day or "latest", `seen` the whole window as figures made from it carry it.
    """

    a: str
    b: str
    as_of: str
    views: tuple[StrandView, ...]
    agreements: tuple[Agreement, ...]
    support: tuple[Support, ...]
    elsewhere: tuple[Support, ...]
    contradictions: tuple[Contradiction, ...]
    claims: tuple[Claim, ...]
    predictions: tuple[Prediction, ...]
    mechanisms: tuple[Mechanism, ...]
    events: tuple[Event, ...]
    stories: tuple[Story, ...] = ()
    adversaries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    offers: tuple[Offer, ...] = ()
    choices: tuple[Choice, ...] = ()
    seen: str = LATEST
    documents: Mapping[str, Document] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)

    def strand(self, strand: str, viewpoint: str) -> StrandView:
        """One strand from one side. Raises KeyError for a side that is not of the pair."""
        for view in self.views:
            if (view.strand, view.viewpoint) == (strand, viewpoint):
                return view
        raise KeyError((strand, viewpoint))

    def published(self, record: Record) -> When:
        """When the document of a record was published."""
        document = self.documents.get(record.document)
        return document.published if document else When()

    @property
    def acts(self) -> tuple[Story, ...]:
        """Its events by the act they tell of; each alone where nobody has joined them."""
        return self.stories or tuple(Story((event,)) for event in self.events)

    @property
    def coverage(self) -> Explained:
        """How many documents speak of both: what every "nothing was found" rests on."""
        documents = tuple(self.documents)
        independent = {self.origin.get(document, document) for document in documents}
        names = " and ".join(load_gazetteer().label(side) for side in (self.a, self.b))
        return Explained(
            method="documents",
            version="1",
            arguments=(self.a, self.b),
            meaning=f"documents read that speak of both {names}, from {len(independent)}"
            f" independent origin{'s' if len(independent) != 1 else ''}",
            value=float(len(documents)),
            unit="documents",
            as_of=self.seen,
            formula="a count",
            ingredients=(Ingredient("documents", float(len(documents)), documents),),
        )

    @property
    def last_published(self) -> dt.date:
        """The latest day on which any of the documents was surely out; today without one.

        What stands for "now" where no as-of date is given, so that the same ledger gives
        the same answer on any day.
        """
        days = (document.published.latest for document in self.documents.values())
        return max((day for day in days if day), default=dt.datetime.now(dt.UTC).date())

    def unknown(self) -> Iterator[str]:
        """What the ledger does not know of the pair, one sentence each."""
        for side in (self.a, self.b):
            silent = [v.label.lower() for v in self.views if v.viewpoint == side and not v.records]
            if silent:
                yield f"No evidence of how {side} itself sees: {', '.join(silent)}."
        stated = {clause.obligation for one in self.agreements for clause in one.clauses}
        if self.agreements and "defense" not in stated:
            yield "No source read says whether any agreement between them holds a defence clause."
        if not self.agreements:
            yield "No agreement between the two is named in what was read."
        unsaid = [rung for rung in vocabulary("rungs") if rung not in _levels(self.support)]
        if len(unsaid) > 1:
            labels = ", ".join(vocabulary("rungs")[r].label.lower() for r in unsaid if r != "none")
            yield f"Nothing read speaks of these rungs between them: {labels}."


def _levels(support: Sequence[Support]) -> set[str]:
    return {row.level for row in support}


def profile_dyad(ledger: Ledger, a: str, b: str, window: Window = EVERYTHING) -> Profile:
    """The profile of a pair. Raises NothingFound when no document speaks of both."""
    window = ledger.window.narrowed(window)
    pair_rows = _rows_on_pair(ledger, a, b, window)
    documents = _documents(ledger, pair_rows, window)
    if not documents:
        raise NothingFound(
            f"nothing in {ledger.path} speaks of both {a} and {b}"
            + (f" by {window.as_of}" if window.as_of else "")
            + "; `fairweather find actors` lists whom it knows"
        )
    as_of = window.as_of or LATEST
    told = [row for rows in pair_rows.values() for row in rows]
    origin = origins_of(ledger, documents.values(), told, window)
    published = {identity: document.published for identity, document in documents.items()}
    agreements = _of_kind(pair_rows, Agreement)
    support = _between(_of_kind(pair_rows, Support), a, b)
    ties = _of_kind(pair_rows, Tie)
    near = _near(ledger, a, b, window, documents)
    events = _of_kind(pair_rows, Event)
    predictions = _of_kind(pair_rows, Prediction)
    return Profile(
        a=a,
        b=b,
        as_of=as_of,
        seen=window.text(),
        views=tuple(_views((a, b), ties, origin, published, window.text())),
        agreements=agreements,
        support=support,
        elsewhere=_elsewhere(ledger, a, b, window),
        contradictions=_weighed(contradictions(support, ties, agreements, published), told, origin),
        claims=_of_kind(pair_rows, Claim),
        predictions=predictions,
        mechanisms=tuple(row for row in near if isinstance(row, Mechanism)),
        events=events,
        stories=stories_of(ledger, events, window),
        adversaries=adversaries(near, (a, b), origin),
        offers=offers(near, (a, b)),
        choices=choices(_predictions_in(ledger, documents, window)),
        documents=documents,
        origin=origin,
    )


def _weighed(
    found: Sequence[Contradiction], rows: Sequence[Record], origin: Mapping[str, str]
) -> tuple[Contradiction, ...]:
    """Contradictions with how many independent origins stand on either side."""
    by_id = {row.id: row for row in rows}

    def count(side: Sequence[str]) -> int:
        return count_origins([by_id[one] for one in side if one in by_id], origin)

    return tuple(replace(one, origins=(count(one.earlier), count(one.later))) for one in found)


def _rows_on_pair(
    ledger: Ledger, a: str, b: str, window: Window
) -> dict[type[Record], list[Record]]:
    """Every standing row that names both sides, by kind."""
    kinds: tuple[type[Record], ...] = (Event, Agreement, Claim, Prediction, Tie, Support, Mechanism)
    return {kind: list(current(ledger, kind, window, actors=(a, b))) for kind in kinds}


def _of_kind(rows: Mapping[type[Record], list[Record]], kind: type[R]) -> tuple[R, ...]:
    return tuple(row for row in rows[kind] if isinstance(row, kind))


def _documents(
    ledger: Ledger, rows: Mapping[type[Record], list[Record]], window: Window
) -> dict[str, Document]:
    """The documents behind the rows, oldest first."""
    wanted = {quote.document for kind in rows.values() for row in kind for quote in row.quotes}
    return {d.id: d for d in ledger.documents(window, ids=wanted)}


def _between(support: Sequence[Support], a: str, b: str) -> tuple[Support, ...]:
    return tuple(row for row in support if {row.giver, row.receiver} == {a, b})


def _elsewhere(ledger: Ledger, a: str, b: str, window: Window) -> tuple[Support, ...]:
    """What either side gave to, or withheld from, partners other than the other."""
    rows = [
        row
        for side in (a, b)
        for row in current(ledger, Support, window, actors=(side,))
        if row.giver == side and row.receiver not in (a, b)
    ]
    return tuple({row.id: row for row in rows}.values())


def _near(
    ledger: Ledger, a: str, b: str, window: Window, documents: Mapping[str, Document]
) -> tuple[Record, ...]:
    """Rows about at least one side, from documents that speak of both."""
    found: dict[str, Record] = {}
    kinds: tuple[type[Record], ...] = (Event, Tie, Mechanism, Prediction)
    for kind in kinds:
        rows = current(ledger, kind, window, documents=documents, min_confidence=NEAR_FROM)
        named = [(row, frozenset(actors_in(to_row(row)))) for row in rows]
        for side in (a, b):
            for row, actors in named:
                kept = tuple(quote for quote in row.quotes if quote.document in documents)
                if side in actors and kept:
                    found[row.id] = row if kept == row.quotes else replace(row, quotes=kept)
    return tuple(found.values())


def _predictions_in(
    ledger: Ledger, documents: Mapping[str, Document], window: Window
) -> tuple[Prediction, ...]:
    """Every prediction of the documents, whomever it is about."""
    return current(ledger, Prediction, window, documents=documents)


def _views(
    pair: tuple[str, str],
    ties: Sequence[Tie],
    origin: Mapping[str, str],
    published: Mapping[str, When],
    as_of: str,
) -> Iterator[StrandView]:
    own = [tie for tie in ties if {tie.a, tie.b} == set(pair)]
    for strand in vocabulary("strands"):
        for viewpoint in (*pair, AUTHOR):
            yield strand_view(pair, strand, viewpoint, own, origin, published, as_of)


def partners(rows: Sequence[Support], side: str) -> dict[str, tuple[Support, ...]]:
    """A side's support to its other partners: receiver -> rows."""
    grouped: dict[str, list[Support]] = defaultdict(list)
    for row in rows:
        if row.giver == side:
            grouped[row.receiver].append(row)
    return {receiver: tuple(found) for receiver, found in grouped.items()}


def names_both(record: Record, pair: tuple[str, str]) -> bool:
    """Whether a record names both sides of a pair."""
    return set(pair) <= set(actors_in(to_row(record)))

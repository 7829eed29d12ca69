"""The profile of a dyad: everything the ledger knows of a pair, sorted by what it says.

Nothing is averaged over the two sides, and nothing stands here that does not come from a
document which speaks of both.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fairweather.ledger.parts import actors_named
from fairweather.ledger.stories import Story
from fairweather.profile.contradictions import Contradiction
from fairweather.profile.options import Choice, Offer
from fairweather.profile.strands import StrandView
from fairweather.records import (
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
    When,
)
from fairweather.records.showing import Shown
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Shown):
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
    elsewhere: Sequence[Support]
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
        return self.dates.get(record.document, When())

    @property
    def acts(self) -> tuple[Story, ...]:
        """Its events by the act they tell of; each alone where nobody has joined them."""
        return self.stories or tuple(Story((event,)) for event in self.events)

    @property
    def dates(self) -> Mapping[str, When]:
        """When each of the documents was published, oldest first."""
        return {identity: document.published for identity, document in self.documents.items()}

    @property
    def coverage(self) -> Explained:
        """How many documents speak of both: what every "nothing was found" rests on."""
        documents = tuple(self.dates)
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
        days = (published.latest for published in self.dates.values())
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


def partners(rows: Sequence[Support], side: str) -> dict[str, tuple[Support, ...]]:
    """A side's support to its other partners: receiver -> rows."""
    grouped: dict[str, list[Support]] = defaultdict(list)
    for row in rows:
        if row.giver == side:
            grouped[row.receiver].append(row)
    return {receiver: tuple(found) for receiver, found in grouped.items()}


def names_both(record: Record, pair: tuple[str, str]) -> bool:
    """Whether a record names both sides of a pair."""
    return set(pair) <= set(actors_named(record))

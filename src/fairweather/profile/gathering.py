"""The profile of a dyad gathered from a ledger, each part when it is first looked at.

What stands is judged from outlines of all rows on the pair; what a row says is read only
where a part of the profile needs it, so that a strand's value does not wait for a thousand
claims. Looking at the parts in another order, or at some only, changes no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from fairweather.errors import MisuseError, NothingFound
from fairweather.ledger import EVERYTHING, Ledger, Window, current
from fairweather.ledger.parts import actors_named
from fairweather.ledger.stories import Story, stories_of
from fairweather.ledger.views import given_elsewhere
from fairweather.profile.contradictions import Contradiction, contradictions
from fairweather.profile.dyad import Profile
from fairweather.profile.options import Choice, Offer, adversaries, choices, offers
from fairweather.profile.origins import count_origins, origins_within
from fairweather.profile.pair import PairRows
from fairweather.profile.strands import StrandView, strand_view
from fairweather.records import (
    AUTHOR,
    LATEST,
    Agreement,
    Claim,
    Document,
    Event,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
    When,
)
from fairweather.vocabulary import vocabulary

R = TypeVar("R", bound=Record)

NEAR_FROM = 0.3
"""Confidence from which rows hint at adversaries and possible offers. Such hints open a
question in a scenario or are told as possibilities; nothing is counted from them."""


def profile_dyad(ledger: Ledger, a: str, b: str, window: Window = EVERYTHING) -> Profile:
    """The profile of a pair. Raises NothingFound when no document speaks of both.

    Raises MisuseError for an actor and itself. Its parts are read from the ledger when they are
    first looked at, also after it was closed.
    """
    if a == b:
        raise MisuseError(f"a pair is two actors, not {a} twice")
    profile = GatheredProfile(ledger, a, b, ledger.window.narrowed(window))
    if not profile.dates:
        raise NothingFound(
            f"nothing in {ledger.path} speaks of both {a} and {b}"
            + (f" by {profile.window.as_of}" if profile.window.as_of else "")
            + "; `fairweather find actors` lists whom it knows"
        )
    return profile


class GatheredProfile(Profile):
    """A profile whose parts are read from the ledger when they are first looked at."""

    ledger: Ledger
    window: Window

    def __init__(self, ledger: Ledger, a: str, b: str, window: Window) -> None:
        known = {"a": a, "b": b, "as_of": window.as_of or LATEST, "seen": window.text()}
        for name, value in {**known, "ledger": ledger, "window": window}.items():
            object.__setattr__(self, name, value)

    @cached_property
    def rows(self) -> PairRows:
        """The rows that name both sides."""
        return PairRows(self.ledger, self.a, self.b, self.window)

    @cached_property
    def dates(self) -> Mapping[str, When]:
        """When each document behind the rows was published, oldest first."""
        return self.ledger.published(self.rows.documents, self.window)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The documents behind the rows, oldest first."""
        return {one.id: one for one in self.ledger.documents(self.window, ids=self.dates)}

    @cached_property
    def origin(self) -> Mapping[str, str]:
        """The independent origin of each document, and of rows that relay others."""
        return origins_within(self.ledger, tuple(self.dates), self.rows.told, self.window)

    # -- what names both sides ---------------------------------------------------------

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """Agreements of both, as merged views."""
        return self.rows.of(Agreement)

    @cached_property
    def support(self) -> tuple[Support, ...]:
        """Support between the two, both ways."""
        pair = {self.a, self.b}
        return tuple(row for row in self.rows.of(Support) if {row.giver, row.receiver} == pair)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What was asserted, promised, threatened."""
        return self.rows.of(Claim)

    @cached_property
    def predictions(self) -> tuple[Prediction, ...]:
        """What was foretold of both."""
        return self.rows.of(Prediction)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What they did to each other."""
        return self.rows.of(Event)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """The events by the act they tell of."""
        return stories_of(self.ledger, self.events, self.window)

    @cached_property
    def views(self) -> tuple[StrandView, ...]:
        """Each strand from `a`, from `b` and from observers."""
        return tuple(self._views())

    def _views(self) -> Iterator[StrandView]:
        pair = (self.a, self.b)
        own = [tie for tie in self.rows.of(Tie) if {tie.a, tie.b} == set(pair)]
        for strand in vocabulary("strands"):
            for viewpoint in (*pair, AUTHOR):
                yield strand_view(
                    pair, strand, viewpoint, own, self.origin, self.dates, self.window.text()
                )

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Statements that cannot both hold, each side with its count of origins."""
        ties = self.rows.of(Tie)
        found = contradictions(self.support, ties, self.agreements, self.dates)
        by_id = {row.id: row for row in (*self.support, *ties, *self.agreements)}

        def count(side: Sequence[str]) -> int:
            return count_origins([by_id[one] for one in side if one in by_id], self.origin)

        return tuple(replace(one, origins=(count(one.earlier), count(one.later))) for one in found)

    # -- what names one side -----------------------------------------------------------

    @cached_property
    def elsewhere(self) -> Sequence[Support]:
        """What either side gave to, or withheld from, partners other than the other."""
        return given_elsewhere(self.ledger, (self.a, self.b), self.window)

    @cached_property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """Standing arrangements of either side, from documents that speak of both."""
        return self._near(Mechanism)

    @cached_property
    def adversaries(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Third parties in conflict with either side, most first."""
        return adversaries(self._events_near, (self.a, self.b), self.origin)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Deals that texts imagine for one side at the other's cost."""
        return offers((*self._events_near, *self._near(Tie)), (self.a, self.b))

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Elections on which predictions of the documents, of whomever, are conditioned."""
        return choices(current(self.ledger, Prediction, self.window, documents=self.dates))

    @cached_property
    def _events_near(self) -> tuple[Event, ...]:
        return self._near(Event)

    def _near(self, kind: type[R]) -> tuple[R, ...]:
        """Rows about at least one side, from documents that speak of both."""
        found: dict[str, R] = {}
        rows = current(
            self.ledger, kind, self.window, documents=self.dates, min_confidence=NEAR_FROM
        )
        named = [(row, frozenset(actors_named(row))) for row in rows]
        for side in (self.a, self.b):
            for row, actors in named:
                kept = tuple(quote for quote in row.quotes if quote.document in self.dates)
                if side in actors and kept:
                    found[row.id] = row if kept == row.quotes else replace(row, quotes=kept)
        return tuple(found.values())

"""The rows of a ledger that name both sides of a pair, judged before they are read.

Which rows stand and are sure enough is told by their outlines and the decisions on them;
a kind's rows are read when somebody asks for what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from fairweather.ledger import Ledger, Window, current, matches, standing, verdicts
from fairweather.ledger.about import About
from fairweather.ledger.reading import Outline
from fairweather.ledger.verdicts import Verdicts
from fairweather.ledger.views import MERGED, Asked
from fairweather.records import (
    Agreement,
    Claim,
    Event,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
)

R = TypeVar("R", bound=Record)

KINDS: tuple[type[Record], ...] = (Event, Agreement, Claim, Prediction, Tie, Support, Mechanism)
"""The kinds of row that a profile is made of."""


class PairRows:
    """The standing rows that name both `a` and `b`, within a window of a ledger."""

    def __init__(self, ledger: Ledger, a: str, b: str, window: Window) -> None:
        self.ledger, self.pair, self.window = ledger, (a, b), window
        self.matches = matches(standing(ledger.decisions_on_actors(window)))
        self._read: dict[type[Record], tuple[Record, ...]] = {}

    @cached_property
    def coded_as_decided(self) -> bool:
        """Whether no decision on actors bears on either side: each row is about whom it names."""
        apart = {actor for actor, _ in self.matches.apart}
        return not apart & set(self.pair) and all(
            self.matches.actor(side) == side and self.matches.coded_as(side) == (side,)
            for side in self.pair
        )

    @cached_property
    def outlines(self) -> Mapping[str, list[Outline]]:
        """All rows on the pair without what they say, by type."""
        return self.ledger.outlines_on(*self.pair, self.window)

    @cached_property
    def decided(self) -> Verdicts:
        """What was decided of the rows on the pair and of their documents."""
        kinds = {kind.type for kind in KINDS}
        rows = (row for kind, found in self.outlines.items() if kind in kinds for row in found)
        ids = {one for row in rows for one in (row.id, row.document)}
        return verdicts(self.ledger.decisions_about(ids - {""}, self.window))

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The rows of a kind, as `current` shows them."""
        if kind not in self._read:
            self._read[kind] = (
                self._asked(kind).shown()
                if self.coded_as_decided
                else current(self.ledger, kind, self.window, actors=self.pair)
            )
        return self._read[kind]  # type: ignore[return-value]

    def _asked(self, kind: type[R]) -> Asked[R]:
        return Asked(
            self.ledger,
            kind,
            self.window,
            About(actors=tuple((side,) for side in self.pair)),
            self.matches,
            self.outlines.get(kind.type, []),
            self.decided,
            self.pair,
        )

    @cached_property
    def told(self) -> Mapping[str, str]:
        """The rows shown: the id of each, and of the document of its first quote."""
        return {
            one.id: one.document
            for kind in KINDS
            for one in (self.of(kind) if kind in self._only_whole else self._asked(kind).sure())
        }

    @cached_property
    def _only_whole(self) -> frozenset[type[Record]]:
        """The kinds of which only the rows themselves tell which of them are shown."""
        if not self.coded_as_decided:
            return frozenset(KINDS)
        linked = {one for link in self.decided.links for one in (link.subject, link.object)}
        return frozenset(
            kind
            for kind in MERGED
            if any(one.id in linked for one in self.outlines.get(kind.type, ()))
        )

    @cached_property
    def documents(self) -> frozenset[str]:
        """The documents that the rows shown quote."""
        read = [row for kind in self._only_whole for row in self.of(kind)]
        quoted = {quote.document for row in read for quote in row.quotes}
        unread = self.told.keys() - {row.id for row in read}
        first = {self.told[one] for one in unread} - {""}
        return frozenset(quoted | first | self.ledger.quoted_besides(unread))

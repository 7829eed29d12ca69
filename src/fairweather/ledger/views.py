"""Views: statements joined by standing decisions into what a reader sees.

A view is computed, never stored. It keeps the id of its earliest statement and lists the
others in `merged`; taking a decision back takes the view apart again. Only decisions
between statements inside the window join anything: that two early articles speak of one
treaty may not be learnt from a later one.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Generic, TypeVar, overload

from fairweather.ledger.about import About
from fairweather.ledger.decisions import standing
from fairweather.ledger.matches import Matches, matched_actors, matches
from fairweather.ledger.merging import join, with_disputes
from fairweather.ledger.parts import actors_named
from fairweather.ledger.reading import Outline, Reading
from fairweather.ledger.verdicts import Verdicts, verdicts
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import Actor, Agreement, Claim, Document, Mechanism, Record, Support

R = TypeVar("R", bound=Record)


@functools.cache
def shown_from() -> dict[str, float]:
    """The confidence from which each type of record is shown (`shown.toml`)."""
    text = resources.files(__package__).joinpath("shown.toml").read_text(encoding="utf-8")
    return {kind: float(value) for kind, value in tomllib.loads(text).items()}


def current(
    ledger: Reading,
    kind: type[R],
    window: Window = EVERYTHING,
    *,
    actors: Sequence[str] = (),
    text: str = "",
    documents: Collection[str] | None = None,
    min_confidence: float | None = None,
) -> tuple[R, ...]:
    """The rows of a kind that stand: merged, not replaced, not rejected, sure enough.

    `actors`: only rows about all of them; `text`: only from documents that hold the words;
    `documents`: only from these. `min_confidence` replaces the shown threshold, which a row
    that a person has accepted need not reach.
    """
    return _asked(ledger, kind, window, actors, text, documents, min_confidence).shown()


def count_and_first(
    ledger: Reading,
    kind: type[R],
    window: Window,
    limit: int,
    *,
    actors: Sequence[str] = (),
    min_confidence: float | None = None,
) -> tuple[int, tuple[R, ...]]:
    """How many rows `current` gives, and the first of them; the others are not read."""
    asked = _asked(ledger, kind, window, actors, min_confidence=min_confidence)
    if kind in MERGED or kind is Actor:
        every = asked.shown()
        return len(every), every[:limit]
    ids = asked.standing()
    return len(ids), tuple(asked.rows(ids[:limit]))


def given_elsewhere(
    ledger: Reading, givers: Sequence[str], window: Window = EVERYTHING
) -> Sequence[Support]:
    """The support that some actors gave to, or withheld from, others than them."""
    found = matches(standing(ledger.decisions_on_actors(window)))
    # Whom a row really names is known only once it is read, where actors were decided on.
    coded_as = tuple(one for giver in givers for one in found.coded_as(giver))
    about = About(givers=coded_as, besides=() if found else tuple(givers))
    outline = ledger.outline(Support, window, about=about)
    decided = verdicts(ledger.decisions_about(_bearing(outline), window))
    asked = Asked(ledger, Support, window, about, found, outline, decided)
    if found:
        ours = frozenset(givers)
        return tuple(r for r in asked.shown() if r.giver in ours and r.receiver not in ours)
    return Later(asked, asked.standing())


class Later(Sequence[R]):
    """Rows counted now and read when they are looked at: a slice reads no more than itself."""

    def __init__(self, asked: Asked[R], ids: Sequence[str]) -> None:
        self._asked, self._ids = asked, ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[R]:
        return iter(self._all)

    @overload
    def __getitem__(self, place: int) -> R: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[R, ...]: ...

    def __getitem__(self, place: int | slice) -> R | tuple[R, ...]:
        if isinstance(place, slice):
            return tuple(self._asked.rows(self._ids[place]))
        return next(self._asked.rows([self._ids[place]]))

    @functools.cached_property
    def _all(self) -> tuple[R, ...]:
        return tuple(self._asked.rows(self._ids))


MERGED: frozenset[type[Record]] = frozenset({Agreement, Mechanism})
"""Kinds of which several statements may be one thing."""


@dataclass(frozen=True)
class Asked(Generic[R]):
    """One question to a ledger for the rows of a kind: which might answer, what is decided.

    `wanted` are the actors, as decided, whom a row must be about.
    """

    ledger: Reading
    kind: type[R]
    window: Window
    about: About
    matches: Matches
    outline: Sequence[Outline]
    decided: Verdicts
    wanted: tuple[str, ...] = ()
    min_confidence: float | None = None

    @property
    def floor(self) -> float:
        """The confidence from which rows are shown."""
        shown = self.min_confidence
        return shown_from()[self.kind.type] if shown is None else shown

    def shown(self) -> tuple[R, ...]:
        """The rows that answer."""
        return tuple(self.merged() if self.kind in MERGED else self.rows(self.standing()))

    def standing(self) -> list[str]:
        """The ids of the rows that stand and are sure enough, in order."""
        return [one.id for one in self.sure()]

    def sure(self) -> list[Outline]:
        """The rows that stand and are sure enough, in order, without what they say."""
        decided, floor = self.decided, self.floor
        return [
            one
            for one in self.outline
            if decided.stands(one) and (one.confidence >= floor or one.id in decided.accepted)
        ]

    def rows(self, ids: Sequence[str]) -> Iterator[R]:
        """The rows of these ids, their actors as decided, their disputes filled in."""
        whole = self.about.anything and len(ids) == len(self.outline)
        found = self.ledger.statements(self.kind, self.window, ids=None if whole else ids)
        rows = [self.matches.applied(row) for row in found]
        if self.kind is Actor:
            rows = list(matched_actors(rows, self.matches))  # type: ignore[arg-type]
        if self.kind is Claim:
            known = {one.id for one in self.outline if self.decided.stands(one)}
            rows = with_disputes(rows, self.decided.links, known)
        return (one for one in rows if not self.matches or _about(one, self.wanted))

    def merged(self) -> Iterator[R]:
        """The views of agreements or mechanisms, with all statements that belong to each."""
        joined = {one for link in self.decided.links for one in (link.subject, link.object)}
        ids = {one.id for one in self.outline} | joined
        every = None if self.about.anything else ids
        found = self.ledger.statements(self.kind, self.window, ids=every)
        kept = [self.matches.applied(row) for row in found if self.decided.stands(row)]
        for view in join(kept, self.decided.links):
            sure = view.confidence >= self.floor or view.id in self.decided.accepted
            if sure and _about(view, self.wanted):
                yield view


def _asked(
    ledger: Reading,
    kind: type[R],
    window: Window,
    actors: Sequence[str] = (),
    text: str = "",
    documents: Collection[str] | None = None,
    min_confidence: float | None = None,
) -> Asked[R]:
    found = matches(standing(ledger.decisions_on_actors(window)))
    wanted = tuple(found.actor(actor) for actor in actors)
    about = About(
        actors=tuple(found.coded_as(actor) for actor in wanted), text=text, documents=documents
    )
    outline = ledger.outline(kind, window, about=about)
    if about.anything:
        decided = verdicts(ledger.decisions(window))
    else:
        decided = verdicts(ledger.decisions_about(_bearing(outline), window))
    return Asked(ledger, kind, window, about, found, outline, decided, wanted, min_confidence)


def _bearing(outline: Iterable[Outline]) -> set[str]:
    """What a decision may name that bears on some rows."""
    ids = {one for row in outline for one in (row.id, row.document)}
    return ids - {""}


def view_holding(ledger: Reading, statement: R) -> R:
    """The view of an agreement or mechanism that a statement opens or has gone into, at any
    confidence; the statement itself where it stands in none."""
    bearing = [statement.id, *filter(None, [statement.document])]
    decided = verdicts(ledger.decisions_about(bearing))
    found = matches(standing(ledger.decisions_on_actors()))
    ids = {one for link in decided.links for one in (link.subject, link.object)}
    rows = ledger.statements(type(statement), ids={statement.id, *ids})
    kept = [found.applied(row) for row in rows if decided.stands(row)]
    for view in join(kept, decided.links):
        if statement.id in (view.id, *getattr(view, "merged", ())):
            return view
    return found.applied(statement)


def _about(record: Record, actors: Sequence[str]) -> bool:
    return set(actors) <= set(actors_named(record))


def current_documents(
    ledger: Reading, window: Window = EVERYTHING, *, ids: Collection[str] | None = None
) -> Iterator[Document]:
    """The documents that stand: not those that a later text of their address replaced."""
    gone = gone_documents(ledger, window)
    return (one for one in ledger.documents(window, ids=ids) if one.id not in gone)


def gone_documents(ledger: Reading, window: Window = EVERYTHING) -> frozenset[str]:
    """The ids of the documents that another has replaced."""
    decided = verdicts(ledger.decisions_on_documents(window))
    return frozenset(one for one in decided.gone if one.startswith("document:"))

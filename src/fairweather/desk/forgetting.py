"""`forget`: what a text holds up in the ledger, before and as it is removed for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from fairweather.coding.joining import join_statements
from fairweather.desk.correction import person
from fairweather.errors import FairweatherError
from fairweather.history import history_of_pair
from fairweather.ledger import About, Ledger, Removed, actors_in, current
from fairweather.profile import profile_dyad
from fairweather.records import (
    RECORD_TYPES,
    Actor,
    Agreement,
    Document,
    Explained,
    Mechanism,
    Record,
    Support,
    Tie,
    to_row,
)

PROFILED = (Tie, Support, Agreement, Mechanism)
"""Rows that a pair's figures rest on."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes with a document.

    `rows` counts its rows by type; `figures` are ids of figures, as the ledger makes them
    now, that rest on it; `weakened` are agreements and mechanisms that other texts tell of
    too, `lost` those that only it tells of, each as (id, name).
    """

    document: Document
    rows: dict[str, int]
    figures: tuple[str, ...]
    weakened: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """The loss as one plain object."""
        return {
            "document": self.document.id,
            "title": self.document.title,
            "rows": self.rows,
            "figures": list(self.figures),
            "weakened": [list(one) for one in self.weakened],
            "lost": [list(one) for one in self.lost],
        }


def loss(ledger: Ledger, identity: str) -> Loss:
    """What forgetting a document would take along. Raises UnknownKey."""
    document = ledger.document(identity)
    rows = list(_rows_of(ledger, document))
    views = list(_views_of(ledger, document))
    alone = [view for view in views if {q.document for q in view.quotes} == {document.id}]
    return Loss(
        document,
        dict(Counter(row.type for row in rows)),
        tuple(dict.fromkeys(_figures_on(ledger, rows, {document.id, *(v.id for v in views)}))),
        tuple((view.id, view.name) for view in views if view not in alone),
        tuple((view.id, view.name) for view in alone),
    )


def forget(ledger: Ledger, identity: str, reason: str, by: str) -> Removed:
    """Remove a document for good. Raises UnknownKey, MisuseError, LedgerError.

    What it alone had joined is joined again by rule where the texts that are left say so.
    """
    removed = ledger.forget(ledger.document(identity).id, reason, person(by))
    ledger.add((), join_statements(ledger))
    return removed


def _rows_of(ledger: Ledger, document: Document) -> Iterator[Record]:
    for kind in RECORD_TYPES.values():
        if kind not in (Document, Actor):
            yield from ledger.statements(kind, about=About(documents=(document.id,)))


def _views_of(ledger: Ledger, document: Document) -> Iterator[Agreement | Mechanism]:
    yield from current(ledger, Agreement, documents=(document.id,), min_confidence=0.0)
    yield from current(ledger, Mechanism, documents=(document.id,), min_confidence=0.0)


def _figures_on(ledger: Ledger, rows: list[Record], held_up: set[str]) -> Iterator[str]:
    """The ids of the figures, of pairs that the rows are about, that rest on them or on what
    they hold up."""
    gone = held_up | {row.id for row in rows}
    named = [sorted(set(actors_in(to_row(row)))) for row in rows if isinstance(row, PROFILED)]
    for a, b in dict.fromkeys(pair for actors in named for pair in permutations(actors, 2)):
        for figure in _figures_of(ledger, a, b):
            if gone & set(figure.records):
                yield figure.id


def _figures_of(ledger: Ledger, a: str, b: str) -> Iterator[Explained]:
    try:
        profile = profile_dyad(ledger, a, b)
    except FairweatherError:
        return  # nothing that is shown speaks of both
    yield profile.coverage
    yield from (view.value for view in profile.views)
    yield history_of_pair(profile.agreements, a, b, profile.last_published)[1]

"""What most needs a look: rows that are disputed, and those least surely coded.

Rows that contradict each other, or that two coders read differently, come first; then rows
by how near their confidence lies to where rows of
their kind begin to be shown: there a verdict changes most. What a person has accepted or
written is not asked about again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from fairweather.desk.disputes import disputes
from fairweather.desk.passage import Passage, passage_of
from fairweather.ledger import PERSON, Ledger, current, shown_from, verdicts
from fairweather.records import RECORD_TYPES, Actor, Document, Record, to_row
from fairweather.vocabulary.gazetteer import load_gazetteer

UNSURE = 0.2
"""How far above the shown threshold a confidence still counts as low."""

LIKENESS = 0.8
"""How alike two spellings must be for the one to be offered for the other."""

NEVER_ASKED = frozenset({Document.type, Actor.type})
"""Kinds not shown unless asked for: names in no table are many and seldom urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows to look at: of a kind, about all the actors, less sure than `below`."""

    kind: str | None = None
    actors: tuple[str, ...] = ()
    below: float | None = None
    limit: int = 10

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of row that are looked at."""
        if self.kind:
            return (self.kind,)
        return tuple(kind for kind in RECORD_TYPES if kind not in NEVER_ASKED)


@dataclass(frozen=True, slots=True)
class Look:
    """A row that needs a look, why, and the passage it was coded from.

    For an actor the passage is the first that names it.
    """

    record: Record
    reasons: tuple[str, ...]
    passage: Passage | None

    def to_json(self) -> dict[str, Any]:
        """The look as one plain object."""
        found = self.passage
        return {
            "record": to_row(self.record),
            "reasons": list(self.reasons),
            "sentence": found.sentence if found else None,
            "marked": found.marked() if found else None,
            "before": found.before if found else "",
            "after": found.after if found else "",
            "title": found.document.title if found else "",
            "published": found.document.published.text() if found else "",
        }


def looks(ledger: Ledger, wanted: Wanted) -> tuple[Look, ...]:
    """The rows that most need a look, the neediest first."""
    disputed = disputes(ledger, wanted.kinds)
    rows = sorted(_unjudged(ledger, wanted), key=lambda row: _need(row, row.id in disputed))
    return tuple(_look(ledger, row, disputed.get(row.id, ())) for row in rows[: wanted.limit])


def _look(ledger: Ledger, record: Record, disputed: tuple[str, ...]) -> Look:
    """A row beside its words."""
    if isinstance(record, Actor):
        return Look(record, tuple(_doubts_of_actor(record)), _first_naming(ledger, record))
    reasons = [*disputed]
    floor = shown_from()[record.type]
    if record.confidence < floor:
        reasons.append(f"hidden: confidence {record.confidence:g} under {floor:g}")
    elif record.confidence < floor + UNSURE:
        reasons.append(f"low confidence: {record.confidence:g}")
    return Look(record, tuple(reasons), _passage(ledger, record))


def _unjudged(ledger: Ledger, wanted: Wanted) -> Iterator[Record]:
    """The rows asked for that no person has accepted or written."""
    accepted = verdicts(ledger.decisions()).accepted
    for kind in wanted.kinds:
        found = current(ledger, RECORD_TYPES[kind], actors=wanted.actors, min_confidence=0.0)
        for row in found:
            sure = wanted.below is not None and row.confidence >= wanted.below
            known = isinstance(row, Actor) and row.id in load_gazetteer().actors
            judged = row.id in accepted or row.coder.startswith(PERSON)
            if not (sure or known or judged):
                yield row


def _need(row: Record, disputed: bool) -> tuple[bool, float, str]:
    return (not disputed, round(abs(row.confidence - shown_from()[row.type]), 6), row.id)


def _passage(ledger: Ledger, record: Record) -> Passage | None:
    if not record.quotes:
        return None
    return passage_of(ledger.document(record.document), record.quotes[0])


def _first_naming(ledger: Ledger, actor: Actor) -> Passage | None:
    for kind in RECORD_TYPES.values():
        if kind not in (Actor, Document):
            for row in current(ledger, kind, actors=(actor.id,), min_confidence=0.0):
                return _passage(ledger, row)
    return None


def _doubts_of_actor(actor: Actor) -> Iterator[str]:
    """Why a name in no table needs a look, and whom it may mean."""
    yield "in no table, merged with nobody"
    gazetteer = load_gazetteer()
    names = {surface: listed for surface, listed, kind in gazetteer.terms() if kind != "surname"}
    for near in get_close_matches(actor.name, names, n=1, cutoff=LIKENESS):
        yield f'may be "{near}" ({names[near]}): review merge {actor.id} {names[near]}'

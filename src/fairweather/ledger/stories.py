"""Stories: events of several documents that tell of one act, as decided, shown as one.

Each rule's decision leads from an account to one published before it. Following them backwards
therefore never passes through what was published later, and the story as of a day is what was
known then, even where an account in the middle was set aside since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fairweather.ledger.decisions import Decision, holding, standing
from fairweather.ledger.reading import Reading
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import Document, Event, Record


@dataclass(frozen=True, slots=True)
class Story:
    """The events that tell of one act, the earliest first."""

    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The id of its earliest event."""
        return self.events[0].id

    @property
    def best(self) -> Event:
        """The event that tells most: a day stated in its text first, then the surest."""
        return max(
            self.events,
            key=lambda one: (one.date.basis not in ("", "publication"), one.confidence),
        )

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that tell of it."""
        return tuple(dict.fromkeys(event.document for event in self.events))

    def outlets(self, known: Mapping[str, Document]) -> tuple[str, ...]:
        """Who published it: publishers, or a document's id where it names none."""
        told = (
            known[one].publisher if one in known and known[one].publisher else one
            for one in self.documents
        )
        return tuple(dict.fromkeys(told))


def stories_of(
    ledger: Reading, events: Sequence[Event], window: Window = EVERYTHING
) -> tuple[Story, ...]:
    """Events in the order given as stories, each at the place of its first event."""
    return stories(events, ledger.decisions_about([event.id for event in events], window))


def stories(events: Sequence[Event], decisions: Iterable[Decision]) -> tuple[Story, ...]:
    """Events in the order given, grouped by the decisions that stand."""
    made = [d for d in standing(decisions) if d.kind == "merge" and d.subject.startswith("event:")]
    earlier = {d.subject: d.object for d in made if not d.by_person}
    root = {event.id: _followed(event.id, earlier) for event in events}
    for decision in made:
        if decision.by_person and {decision.subject, decision.object} <= root.keys():
            one, other = root[decision.subject], root[decision.object]
            root = {identity: other if top == one else top for identity, top in root.items()}
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[root[event.id]].append(event)
    return tuple(Story(tuple(group)) for group in grouped.values())


def _followed(identity: str, earlier: Mapping[str, str]) -> str:
    seen = {identity}
    while identity in earlier and earlier[identity] not in seen:
        identity = earlier[identity]
        seen.add(identity)
    return identity


def told_apart(decisions: Iterable[Decision]) -> frozenset[frozenset[str]]:
    """Pairs of rows, or of documents, that a person has decided are not one.

    Taking back a rule's `merge` or `relay` says so of its two ends.
    """
    every = {decision.id: decision for decision in decisions}
    held = holding(every.values())
    found = set()
    for decision in every.values():
        if decision.id not in held or not decision.by_person:
            continue
        if decision.kind == "split" and ":" in decision.subject:
            found.add(frozenset((decision.subject, decision.object)))
        undone = every.get(decision.subject) if decision.kind == "undo" else None
        if undone and undone.kind in ("merge", "relay") and not undone.by_person:
            found.add(frozenset((undone.subject, undone.object)))
    return frozenset(found)


def any_made_by(ledger: Reading, rules: Collection[str]) -> bool:
    """Whether any of some rules has ever decided anything here."""
    sql = "SELECT 1 FROM decision WHERE by IN (SELECT value FROM json_each(?)) LIMIT 1"
    return bool(ledger.file.run(sql, (json.dumps(list(rules)),)))


def ids_in(ledger: Reading, kind: type[Record], documents: Iterable[str]) -> list[str]:
    """The ids of the statements of a kind whose first quote stands in one of some documents."""
    sql = "SELECT id FROM statement WHERE type = ? AND document IN (SELECT value FROM json_each(?))"
    return [row[0] for row in ledger.file.run(sql, (kind.type, json.dumps(list(documents))))]


def ids_about(ledger: Reading, kind: type[Record], actors: Sequence[str]) -> list[str]:
    """The ids of the statements of a kind that name all of some actors."""
    named = " AND ".join("seq IN (SELECT statement FROM mention WHERE actor = ?)" for _ in actors)
    sql = f"SELECT id FROM statement WHERE type = ? AND {named}"
    return [row[0] for row in ledger.file.run(sql, (kind.type, *actors))]


PHRASES_AT_ONCE = 200


def documents_holding(ledger: Reading, phrases: Sequence[str]) -> set[str]:
    """The ids of the documents whose text holds any of some phrases, word for word."""
    found: set[str] = set()
    for start in range(0, len(phrases), PHRASES_AT_ONCE):
        query = " OR ".join(f'"{phrase}"' for phrase in phrases[start : start + PHRASES_AT_ONCE])
        rows = ledger.file.run(
            "SELECT id FROM document WHERE seq IN (SELECT rowid FROM words WHERE words MATCH ?)",
            (f"text : ({query})",),
        )
        found |= {identity for (identity,) in rows}
    return found

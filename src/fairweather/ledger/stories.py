"""Stories: events of several documents that tell of one act, as decided, shown as one.

Each rule's decision leads from an account to one published before it. Following them backwards
therefore never passes through what was published later, and the story as of a day is what was
known then, even where an account in the middle was set aside since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fairweather.ledger.decisions import Decision, holding, standing
from fairweather.records import Event


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
        """The event that tells most: a stated day first, then the surest."""
        return max(
            self.events,
            key=lambda one: (one.date.basis not in ("", "publication"), one.confidence),
        )

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that tell of it."""
        return tuple(dict.fromkeys(event.document for event in self.events))


def stories(events: Sequence[Event], decisions: Iterable[Decision]) -> tuple[Story, ...]:
    """Events in the order given, grouped by standing decisions; each story at its first event."""
    made = [d for d in standing(decisions) if d.kind == "merge" and d.subject.startswith("event:")]
    up = {d.subject: d.object for d in made if not d.by_person}
    root = {event.id: _followed(event.id, up) for event in events}
    for decision in made:
        if decision.by_person and {decision.subject, decision.object} <= root.keys():
            one, other = root[decision.subject], root[decision.object]
            root = {identity: other if top == one else top for identity, top in root.items()}
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        grouped[root[event.id]].append(event)
    return tuple(Story(tuple(group)) for group in grouped.values())


def _followed(identity: str, up: dict[str, str]) -> str:
    seen = {identity}
    while identity in up and up[identity] not in seen:
        identity = up[identity]
        seen.add(identity)
    return identity


def told_apart(decisions: Iterable[Decision]) -> frozenset[frozenset[str]]:
    """Pairs of rows, or of documents, that a person has decided are not one.

    Taking back a rule's `merge` or `relay` says so of its two ends.
    """
    every = tuple(decisions)
    by_id = {decision.id: decision for decision in every}
    held = holding(every)
    found = set()
    for decision in every:
        if decision.id not in held or not decision.by_person:
            continue
        if decision.kind == "split" and ":" in decision.subject:
            found.add(frozenset((decision.subject, decision.object)))
        undone = by_id.get(decision.subject) if decision.kind == "undo" else None
        if undone and undone.kind in ("merge", "relay") and not undone.by_person:
            found.add(frozenset((undone.subject, undone.object)))
    return frozenset(found)

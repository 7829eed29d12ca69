"""Actor matches: who is who, as decided after the reading, and undone when wrong.

Coders match names to actors and never join two actors on a likeness. That two ids are one
actor (`merge`), or that one document's name was matched to the wrong one (`split`), is a
decision; statements stay as coded, and the views carry the actors as decided.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from fairweather.ledger.decisions import Decision
from fairweather.records import Actor, Record, fingerprint

R = TypeVar("R", bound=Record)

NAMING_FIELDS = frozenset(
    (
        *("source", "target", "parties", "speaker", "about", "by", "against", "a", "b"),
        *("viewpoint", "giver", "receiver", "actor", "home", "dest"),
    )
)
"""Fields of records and their parts that hold ids of actors."""


def is_actor(identity: str) -> bool:
    """Whether an id is an actor's: all others begin with their type and a colon."""
    return ":" not in identity


def split_off(actor: str, document: str) -> str:
    """The id of whom a document names where the match to `actor` was taken back."""
    return f"{actor}-in-{fingerprint(document)[:8]}"


@dataclass(frozen=True, slots=True)
class Matches:
    """Decided matches: `same` maps an actor to the one it is, `apart` (actor, document)
    to whom the document really names."""

    same: Mapping[str, str]
    apart: Mapping[tuple[str, str], str]

    def __bool__(self) -> bool:
        return bool(self.same or self.apart)

    def actor(self, identity: str, document: str = "") -> str:
        """Who an id stands for, in a document where the answer may differ."""
        identity = self.apart.get((identity, document), identity)
        seen = {identity}
        while identity in self.same and self.same[identity] not in seen:
            identity = self.same[identity]
            seen.add(identity)
        return identity

    def coded_as(self, identity: str) -> tuple[str, ...]:
        """The ids under which statements may hold an actor, its own first."""
        others = [other for other in self.same if self.actor(other) == identity]
        parts = [actor for (actor, _), part in self.apart.items() if self.actor(part) == identity]
        return tuple(dict.fromkeys((identity, *others, *parts)))

    def applied(self, record: R) -> R:
        """A statement with its actors as decided; the same object where none differs."""
        if not self or isinstance(record, Actor):
            return record
        changed: R = self._in_part(record, record.document)
        return changed

    def _in_part(self, part: Any, document: str) -> Any:
        changes = {}
        for item in dataclasses.fields(part):
            before = getattr(part, item.name)
            after = (
                self._named(before, document)
                if item.name in NAMING_FIELDS
                else self._in_parts(before, document)
            )
            if after != before:
                changes[item.name] = after
        return replace(part, **changes) if changes else part

    def _named(self, value: Any, document: str) -> Any:
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(self.actor(one, document) for one in value))
        return self.actor(value, document)

    def _in_parts(self, value: Any, document: str) -> Any:
        if isinstance(value, tuple):
            return tuple(self._in_parts(one, document) for one in value)
        nested = dataclasses.is_dataclass(value) and not isinstance(value, type)
        return self._in_part(value, document) if nested else value


def matches(made: Iterable[Decision]) -> Matches:
    """The matches of standing decisions."""
    decisions = [decision for decision in made if is_actor(decision.subject)]
    return Matches(
        {d.subject: d.object for d in decisions if d.kind == "merge"},
        {
            (d.subject, d.object): split_off(d.subject, d.object)
            for d in decisions
            if d.kind == "split"
        },
    )


def matched_actors(actors: Iterable[Actor], found: Matches) -> Iterator[Actor]:
    """The actors as decided: merged ones under one id with all names, split ones added."""
    listed = {actor.id: actor for actor in actors}
    for (whole, _), part in found.apart.items():
        if whole in listed:
            listed[part] = replace(listed[whole], id=part, roles=(), wikidata="", confidence=0.5)
    grouped: dict[str, list[Actor]] = {}
    for coded_as, actor in listed.items():
        grouped.setdefault(found.actor(coded_as), []).append(actor)
    for identity, group in grouped.items():
        first = listed.get(identity, group[0])
        names = dict.fromkeys([*first.names, *(n for one in group for n in one.names)])
        yield replace(first, id=identity, names=tuple(names))

"""What newly read documents change in the stories and origins of a ledger, and nothing else.

Looked at again are only the documents that share words with a new one, found by the full-text
index, and the rows on the pairs of actors that a new one speaks of. A decision of a rule that no
longer holds, because an earlier account came to light, is taken back; what a person has decided
stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TypeVar

from fairweather.coding.stories.clustering import STORY_RULE, propose_stories
from fairweather.coding.stories.copies import (
    COPY_RULE,
    Apart,
    Print,
    best_original,
    print_of,
    propose_copies,
    turn_of,
)
from fairweather.coding.stories.relays import RELAY_RULE, RELAYED, propose_relays, subject_of
from fairweather.ledger import Decision, Ledger, replaced, standing, verdicts
from fairweather.ledger.parts import actors_in
from fairweather.ledger.stories import (
    any_made_by,
    documents_holding,
    ids_about,
    ids_in,
    told_apart,
)
from fairweather.records import Document, Event, Record, to_row

RULES = (STORY_RULE, COPY_RULE, RELAY_RULE)
R = TypeVar("R", bound=Record)
Propose = Callable[[Apart], Iterable[Decision]]


def join_stories(ledger: Ledger, documents: Iterable[Document]) -> tuple[Decision, ...]:
    """The decisions to add once these documents are stored with their rows.

    In a ledger without any such decision all documents are looked at.
    """
    wanted = None if not any_made_by(ledger, RULES) else [one.id for one in documents]
    new = {document.id: document for document in ledger.documents(ids=wanted)}
    joining = _Joining(ledger, new)
    return tuple(joining.of_documents() + joining.of_rows())


class _Joining:
    """One pass over what new documents touch."""

    def __init__(self, ledger: Ledger, new: Mapping[str, Document]) -> None:
        self._ledger = ledger
        self._new = new
        self._known = dict(new)
        self._prints: dict[str, Print] = {}

    # -- documents ---------------------------------------------------------------------

    def of_documents(self) -> list[Decision]:
        """What changes in who copies whom."""
        if len(self._new) == self._ledger.counts()["document"]:
            return self._changes(
                lambda apart: (one.decision() for one in propose_copies(self._new.values(), apart)),
                COPY_RULE,
                self._new,
            )
        near = self._affected()
        self._load({one for others in near.values() for one in others})

        def propose(apart: Apart) -> Iterable[Decision]:
            for identity, others in near.items():
                prints = (self._print(one) for one in others)
                if found := best_original(self._print(identity), prints, apart):
                    yield found.decision()

        return self._changes(propose, COPY_RULE, near)

    def _affected(self) -> dict[str, set[str]]:
        """The new documents, and later ones that share words with one, each with its kin."""
        near = {identity: self._near(identity) for identity in self._new}
        for identity, kin in tuple(near.items()):
            for other in kin - near.keys():
                if turn_of(self._known[other]) > turn_of(self._known[identity]):
                    near[other] = self._near(other)
        return near

    def _near(self, identity: str) -> set[str]:
        """The documents that share a fingerprint with one."""
        own = self._print(identity)
        found = documents_holding(self._ledger, sorted(own.chosen)) - {identity}
        self._load(found)
        return {one for one in found if own.chosen & self._print(one).chosen}

    def _print(self, identity: str) -> Print:
        if identity not in self._prints:
            self._prints[identity] = print_of(self._known[identity])
        return self._prints[identity]

    def _load(self, identities: Iterable[str]) -> None:
        missing = [one for one in identities if one not in self._known]
        if missing:
            self._known |= {one.id: one for one in self._ledger.documents(ids=missing)}

    # -- rows --------------------------------------------------------------------------

    def of_rows(self) -> list[Decision]:
        """What changes in which rows tell of one act, and which go back to one source."""
        added: list[Decision] = []
        for kind in RELAYED:
            own = list(self._ledger.statements(kind, ids=ids_in(self._ledger, kind, self._new)))
            rows = self._beside(own, kind)
            if kind is Event:
                events = {i: row for i, row in rows.items() if isinstance(row, Event)}
                added += self._changes(self._stories(events), STORY_RULE, events)
            subjects = {subject_of(row) for row in own}
            same = {i: row for i, row in rows.items() if subject_of(row) in subjects}
            added += self._changes(self._relays(same), RELAY_RULE, same)
        return added

    def _stories(self, events: Mapping[str, Event]) -> Propose:
        return lambda apart: propose_stories(events.values(), self._known, apart)

    def _relays(self, rows: Mapping[str, Record]) -> Propose:
        return lambda apart: propose_relays(rows.values(), self._known, apart)

    def _beside(self, own: Iterable[R], kind: type[R]) -> dict[str, R]:
        """All rows of a kind that name the same actors as one of these and that nobody set aside.

        A row whose text gave way to a later one is among them: before that it told of the act.
        """
        found: dict[str, R] = {}
        for actors in sorted({_principals(row) for row in own} - {()}):
            wanted = ids_about(self._ledger, kind, actors)
            found |= {row.id: row for row in self._ledger.statements(kind, ids=wanted)}
        gone = verdicts(self._ledger.decisions_about(found)).gone
        kept = {identity: row for identity, row in found.items() if identity not in gone}
        self._load({row.document for row in kept.values()})
        return kept

    # -- decisions ---------------------------------------------------------------------

    def _changes(self, propose: Propose, rule: str, looked_at: Collection[str]) -> list[Decision]:
        """What makes a rule's decisions about these ids the ones that it proposes."""
        made = self._ledger.decisions_about(looked_at)
        wanted = propose(told_apart(made))
        held = [d for d in standing(made) if d.by == rule and d.subject in looked_at]
        return replaced(held, wanted, made, by=rule)


def _principals(row: Record) -> tuple[str, ...]:
    """The actors that rows on the same subject name too."""
    if isinstance(row, Event):
        sides = {row.source[-1], row.target[-1]} if row.source and row.target else set()
        return tuple(sorted(sides)) if len(sides) == 2 else ()
    return tuple(sorted(set(actors_in(to_row(row))) & set(subject_of(row))))

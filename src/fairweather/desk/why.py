"""`why`: the chain behind a row or a number, down to the words of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fairweather.desk.figures import recompute
from fairweather.desk.stories import cluster_of
from fairweather.ledger import (
    Decision,
    Ledger,
    about,
    lineage,
    matches,
    shown_from,
    standing,
    verdicts,
    view_holding,
)
from fairweather.ledger.parts import actors_in, quotes_in
from fairweather.records import (
    Actor,
    Agreement,
    Document,
    Event,
    Explained,
    Mechanism,
    Recipe,
    Record,
    parse_figure_id,
    to_row,
)
from fairweather.records.showing import Shown
from fairweather.vocabulary.gazetteer import Person, load_gazetteer


@dataclass(frozen=True, slots=True)
class Cited:
    """One quote of a record with the document it stands in."""

    text: str
    start: int
    end: int
    document: Document


@dataclass(frozen=True, slots=True)
class RecordChain(Shown):
    """A record, its quotes in their documents, and the decisions about it."""

    record: Record
    cited: tuple[Cited, ...]
    decisions: tuple[Decision, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The chain as one plain object."""
        return {
            "record": to_row(self.record),
            "quotes": [
                {
                    "text": cited.text,
                    "start": cited.start,
                    "end": cited.end,
                    "document": cited.document.id,
                    "title": cited.document.title,
                    "publisher": cited.document.publisher,
                    "published": cited.document.published.text(),
                    "published_basis": cited.document.published.basis,
                    "genre": cited.document.genre,
                }
                for cited in self.cited
            ],
            "decisions": [decision.row() for decision in self.decisions],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class FigureChain(Shown):
    """A number computed again, with the records it rests on.

    `unchanged` is None when the id asked for carried no seal.
    """

    figure: Explained
    asked: Recipe
    unchanged: bool | None
    chains: tuple[RecordChain, ...]

    def to_json(self) -> dict[str, Any]:
        """The chain as one plain object."""
        figure = self.figure
        return {
            **figure.to_json(),
            "method": f"{figure.method}/{figure.version}",
            "formula": figure.formula,
            "as_of": figure.as_of,
            "unchanged": self.unchanged,
            "inputs": [
                {
                    "name": part.name,
                    "value": part.value,
                    "standing": part.standing(),
                    "records": list(part.records),
                }
                for part in figure.ingredients
            ],
            "records": [chain.to_json() for chain in self.chains],
        }


def why(ledger: Ledger, identity: str) -> RecordChain | FigureChain:
    """The chain behind an id of a record or a figure. Raises UnknownKey."""
    if not identity.startswith("fig:"):
        return record_chain(ledger, identity)
    recipe = parse_figure_id(identity)
    figure = recompute(ledger, recipe)
    seal = figure.id.rpartition("~")[2]
    chains = tuple(record_chain(ledger, record) for record in figure.records if ledger.has(record))
    return FigureChain(figure, recipe, seal == recipe.seal if recipe.seal else None, chains)


def record_chain(ledger: Ledger, identity: str) -> RecordChain:
    """The chain of a record; of a merged view where the id is that of a view."""
    coded = ledger.record(identity)
    record = _view(ledger, coded)
    quotes = list(quotes_in(record))
    documents = {d.id: d for d in ledger.documents(ids={quote.document for quote in quotes})}
    cited = [Cited(q.text, q.start, q.end, documents[q.document]) for q in quotes]
    every = _bearing_on(ledger, coded, record)
    members = {one for member in _members(record) for one in lineage(member, every)}
    notes = (*_notes(record), *_story_notes(ledger, record), *_review_notes(coded, record, every))
    return RecordChain(record, tuple(dict.fromkeys(cited)), about(members, every), notes)


def _bearing_on(ledger: Ledger, coded: Record, record: Record) -> tuple[Decision, ...]:
    """The decisions about a row, its text and its actors, in order."""
    found = (
        *ledger.decisions_about({*_members(record), *filter(None, (coded.document,))}),
        *ledger.decisions_on_actors(),
        *ledger.inexact_matches(coded.id if isinstance(coded, Actor) else coded.document),
    )
    unique = {decision.id: decision for decision in found}
    return tuple(sorted(unique.values(), key=lambda one: (one.recorded or "", one.id)))


def _story_notes(ledger: Ledger, record: Record) -> Iterator[str]:
    """Which other events tell of the same act, and from how many independent origins."""
    if isinstance(record, Event):
        cluster = cluster_of(ledger, record)
        others = [one.id for one in cluster.story.events if one.id != record.id]
        if others:
            yield f"tells of one act with {', '.join(others)}: {cluster.told}"


def _members(record: Record) -> tuple[str, ...]:
    return (record.id, *getattr(record, "merged", ()))


def _view(ledger: Ledger, record: Record) -> Record:
    """The view that a statement opens or has gone into; else the statement itself."""
    if isinstance(record, Agreement | Mechanism):
        return view_holding(ledger, record)
    return matches(standing(ledger.decisions_on_actors())).applied(record)


def _review_notes(coded: Record, shown: Record, every: Iterable[Decision]) -> Iterator[str]:
    """What review has made of a record: set aside, corrected, its actors told apart."""
    made = tuple(every)
    decided = verdicts(made)
    if not decided.stands(coded):
        yield f"does not stand: {decided.why_gone(coded)}"
    if decided.heir(coded.id) != coded.id:
        yield f"in its place stands {decided.heir(coded.id)}"
    for old, new in decided.heirs.items():
        if new == shown.id:
            yield f"stands in place of {old}"
    yield from _likenesses(coded, made)
    if shown is not coded and not getattr(shown, "merged", ()):
        found = matches(decided.made)
        for actor in dict.fromkeys(actors_in(to_row(coded))):
            if found.actor(actor, coded.document) != actor:
                yield f"{actor}, as coded, is {found.actor(actor, coded.document)} by decision"


def _likenesses(coded: Record, made: Iterable[Decision]) -> Iterator[str]:
    """Actors of a record whom its document does not name exactly as the tables do."""
    named = set(actors_in(to_row(coded)))
    for decision in made:
        told = decision.kind == "match" and decision.object == coded.document
        if told and decision.subject in named:
            yield f"{decision.subject} by likeness: {decision.reason}"


def _notes(record: Record) -> list[str]:
    """What a reader should know of the record beyond its fields."""
    notes = []
    floor = shown_from().get(record.type, 0.0)
    if record.confidence < floor:
        notes.append(f"not shown by default: confidence {record.confidence:.2f} under {floor:.2f}")
    if isinstance(record, Actor):
        notes += _standing_of_actor(record)
    return notes


def _standing_of_actor(actor: Actor) -> list[str]:
    listed = load_gazetteer().actors.get(actor.id)
    if listed is None:
        return ["provisional: named in the text, listed in no table, merged with nobody"]
    if isinstance(listed, Person):
        return [
            f"{role.role} of {role.of}, {role.since or '?'} to {role.until or 'today'}:"
            f" {'verified against open lists' if role.verified else 'from memory'}"
            for role in listed.roles
        ]
    return ["listed in the actor vocabulary"]

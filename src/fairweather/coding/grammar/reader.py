"""A document read: parsed, its actors named, its dates found, its clauses judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fairweather.coding.grammar.clauses import find_clauses
from fairweather.coding.grammar.naming import Namer, kind_of
from fairweather.coding.grammar.parse import parse
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.grammar.tree import tree_of
from fairweather.records import Actor, Document, Name, Role
from fairweather.sources import find_dates
from fairweather.vocabulary.gazetteer import Gazetteer, Organisation, Person

TITLE_WEIGHT = 5
"""How many mentions in the body one in the title is worth for the dyad in focus."""

ACTING_KINDS = frozenset({"state", "armed_group", "bloc", "organisation"})


def read_document(document: Document) -> Reading:
    """The reading of a document; its text must be English."""
    namer = Namer(document)
    # Found in one go: "nine years later" leans on the date mentioned before it.
    dates = find_dates(document.text, document.published)
    sentences = []
    for sentence in parse(document):
        named = namer.name(sentence)
        own = tuple(date for date in dates if named.start <= date.start < named.end)
        sentences.append(replace(named, dates=own, clauses=find_clauses(named.span)))
    return Reading(
        document,
        tuple(sentences),
        tuple(_actors(namer, sentences)),
        _focus(namer, document, sentences),
        tuple(namer.matches.values()),
    )


def _focus(namer: Namer, document: Document, sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The two actors that the document is most about; empty unless both recur."""
    weights: Counter[str] = Counter()
    for sentence in sentences:
        for mention in sentence.mentions:
            if kind_of(mention.principal, namer.gazetteer) in ACTING_KINDS:
                weights[mention.principal] += 1
    for actor in _in_title(namer, document):
        weights[actor] += TITLE_WEIGHT
    pair = [actor for actor, weight in weights.most_common(2) if weight > 1]
    return tuple(pair) if len(pair) == 2 else ()


def _in_title(namer: Namer, document: Document) -> Iterator[str]:
    """Actors that the title names (the title itself is never coded)."""
    from fairweather.coding.grammar.parse import load_model, normalise

    if not document.title:
        return
    words = tree_of(load_model().make_doc(normalise(document.title)))
    for mention in namer._from_table(words[:]):
        actor = namer.gazetteer.actors.get(mention.actor)
        yield actor.of[0] if isinstance(actor, Organisation) and actor.of else mention.actor


def _actors(namer: Namer, sentences: Iterable[Sentence]) -> Iterator[Actor]:
    """An actor record for everybody who is mentioned."""
    ids = dict.fromkeys(a for s in sentences for m in s.mentions for a in m.chain)
    for actor_id in ids:
        if actor_id in namer.provisional:
            name, kind = namer.provisional[actor_id]
            yield Actor(id=actor_id, names=(Name(name),), kind=kind, confidence=0.5)
        elif actor_id in namer.gazetteer.actors:
            yield listed_actor(namer.gazetteer, actor_id)


def listed_actor(gazetteer: Gazetteer, actor_id: str) -> Actor:
    """The record of an actor that the vocabulary lists, with its dated roles."""
    listed = gazetteer.actors[actor_id]
    roles = listed.roles if isinstance(listed, Person) else ()
    return Actor(
        id=actor_id,
        names=tuple(Name(name) for name in (listed.name, *listed.names)),
        kind=kind_of(actor_id, gazetteer),
        roles=tuple(Role(r.role, r.of, r.since, r.until) for r in roles),
        wikidata=getattr(listed, "wikidata", "") or "",
    )

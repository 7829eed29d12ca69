"""Candidates: a predicate with its two sides, and how sure the rules are of the whole.

One predicate gives one candidate for each pair of actors that it joins. The rules' confidence
is the product of how surely the words mean the act (the lexicon's weight), how surely each
side is in its place (`sides`), and a discount for acts that are told by the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fairweather.coding.events.predicates import Predicate, predicates
from fairweather.coding.events.roles import sources, targets
from fairweather.coding.events.sides import FOCUS, Side
from fairweather.coding.grammar.sentence import Reading, Sentence

STANDING = {"main": 1.2, "beside": 1.0, "embedded": 0.85}
"""Gain and loss of acts that a sentence tells and of those it mentions by the way."""
IMAGINED = 0.75
"""Discount for an act that is only imagined: many are no act between the two at all."""
IN_FOCUS = 1.2
"""Gain where the document is about the two; an appeal counts as an event only there."""
MOST_ACTORS = 3
"""Actors on one side that are told apart; a longer list is cut."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate with its two sides, before its class is settled and its worth judged."""

    sentence: Sentence
    predicate: Predicate
    source: Side
    target: Side
    in_focus: bool = False
    """Whether the two are the pair that the document is about."""


Scorer = Callable[[Candidate], tuple[str, float]]
"""Settles a candidate: its PLOVER class and how sure it is, 0..1."""


def by_lexicon(candidate: Candidate) -> tuple[str, float]:
    """The class that the lexicon gives, as sure as its words and both sides are."""
    predicate = candidate.predicate
    sure = predicate.weight * candidate.source.score * candidate.target.score
    sure *= STANDING[predicate.standing]
    if predicate.status == "hypothetical":
        sure *= IMAGINED
    if candidate.in_focus:
        sure *= IN_FOCUS
    event_class = predicate.event_class
    if event_class == "PROTEST" and candidate.source.speaks_for_a_state:
        event_class = "ACCUSE"  # PROTEST is for civilians; a government that protests complains
    return event_class, round(min(0.95, sure), 3)


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Every predicate with two sides, at most one for the same act between the same two."""
    for sentence in reading.sentences:
        yield from candidates_in(reading, sentence, predicates(sentence))


def candidates_in(
    reading: Reading, sentence: Sentence, found: Iterable[Predicate]
) -> Iterator[Candidate]:
    """The candidates of a sentence, given its predicates."""
    seen: set[tuple[str, str, str]] = set()
    for predicate in found:
        for candidate in _joined(reading, sentence, predicate):
            key = (predicate.event_class, candidate.source.principal, candidate.target.principal)
            if key not in seen:
                seen.add(key)
                yield candidate


def _joined(reading: Reading, sentence: Sentence, predicate: Predicate) -> Iterator[Candidate]:
    doers = sources(reading, sentence, predicate)[:MOST_ACTORS]
    if not doers:
        return
    others = targets(reading, sentence, predicate, doers)[:MOST_ACTORS]
    told = tuple(side for side in others if side.score > 0.8)
    mutual = predicate.group.mutual or (
        predicate.inner_group is not None and predicate.inner_group.mutual
    )
    if not told and mutual and len(doers) > 1:
        doers, others = doers[:1], doers[1:]
    others = others or _other_in_focus(reading, predicate, doers)
    for doer in doers:
        for other in others:
            if doer.same_as(other):
                continue
            if predicate.group.reverse:
                yield Candidate(sentence, predicate, other, doer, in_focus(reading, doer, other))
            else:
                yield Candidate(sentence, predicate, doer, other, in_focus(reading, doer, other))


def in_focus(reading: Reading, doer: Side, other: Side) -> bool:
    """Whether the two are the pair that a document of several sentences is about."""
    pair = {doer.principal, other.principal}
    return pair == set(reading.focus) and len(reading.sentences) > 1


def _other_in_focus(
    reading: Reading, predicate: Predicate, doers: tuple[Side, ...]
) -> tuple[Side, ...]:
    """The other of the pair that the article is about, where one of them does the act."""
    if len(doers) != 1 or doers[0].principal not in reading.focus:
        return ()
    other = next((actor for actor in reading.focus if actor != doers[0].principal), None)
    return (Side(predicate.token, (other,), FOCUS),) if other else ()

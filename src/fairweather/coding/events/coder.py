"""Events: who did what to whom, as clauses and nouns of action tell it.

Predicates come first, with their class and status; then the two sides; a scorer says how
sure the whole is. One predicate gives one event for each pair of actors it joins.

Confidence is the product of how surely the words mean the act (the lexicon's weight), how
surely each side is in its place (`event_roles`), and a discount for acts in nouns. From .5
the event is shown; a side that is only inferred from the order of names or from the pair
that the article is about keeps it below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.events.dates import date_of, place_of
from fairweather.coding.events.lexicon import intensity_of
from fairweather.coding.events.predicates import Predicate, predicates
from fairweather.coding.events.roles import sources, targets
from fairweather.coding.events.sides import FOCUS, Side
from fairweather.coding.grammar.phrases import clause_place
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.records import Event

if TYPE_CHECKING:
    from fairweather.records import Quote

CODER = "rules/1"
LONGEST = 350
"""Code points in an event's quote."""
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


def events(reading: Reading, scorer: Scorer = by_lexicon) -> Iterator[Event]:
    """The events of a document, in its order."""
    for candidate in candidates(reading):
        yield event_of(reading, candidate, scorer)


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Every predicate with two sides, at most one for the same act between the same two."""
    for sentence in reading.sentences:
        seen: set[tuple[str, str, str]] = set()
        for predicate in predicates(sentence):
            for candidate in _joined(reading, sentence, predicate):
                key = (
                    predicate.event_class,
                    candidate.source.principal,
                    candidate.target.principal,
                )
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
    others = others or _in_focus(reading, predicate, doers)
    for doer in doers:
        for other in others:
            if doer.same_as(other):
                continue
            if predicate.group.reverse:
                yield Candidate(sentence, predicate, other, doer, _focal(reading, doer, other))
            else:
                yield Candidate(sentence, predicate, doer, other, _focal(reading, doer, other))


def _focal(reading: Reading, doer: Side, other: Side) -> bool:
    pair = {doer.principal, other.principal}
    return pair == set(reading.focus) and len(reading.sentences) > 1


def _in_focus(reading: Reading, predicate: Predicate, doers: tuple[Side, ...]) -> tuple[Side, ...]:
    """The other of the pair that the article is about, where one of them does the act."""
    if len(doers) != 1 or doers[0].principal not in reading.focus:
        return ()
    other = next((actor for actor in reading.focus if actor != doers[0].principal), None)
    return (Side(predicate.token, (other,), FOCUS),) if other else ()


def event_of(reading: Reading, candidate: Candidate, scorer: Scorer = by_lexicon) -> Event:
    """The record of a candidate."""
    event_class, confidence = scorer(candidate)
    predicate, sentence = candidate.predicate, candidate.sentence
    own = event_class == predicate.event_class
    return Event(
        source=candidate.source.chain,
        target=candidate.target.chain,
        event_class=event_class,
        status=predicate.status,
        cameo=predicate.cameo if own else "",
        date=date_of(reading, sentence, predicate),
        place=place_of(sentence, predicate, candidate.target.head),
        intensity=intensity_of(event_class),
        quotes=(quote_of(candidate),),
        confidence=confidence,
        coder=CODER,
    )


def quote_of(candidate: Candidate) -> Quote:
    """The clause of the act, stretched to both sides; the sentence's part if too long."""
    sentence, predicate = candidate.sentence, candidate.predicate
    heads = [predicate.token, candidate.source.head, candidate.target.head]
    start = min(sentence.place(head)[0] for head in heads)
    end = max(sentence.place(head)[1] for head in heads)
    clause = sentence.clause_of(predicate.token.i)
    if clause is not None:
        first, last = clause_place(sentence, clause)
        if max(end, last) - min(start, first) <= LONGEST:
            start, end = min(start, first), max(end, last)
    if sentence.end - sentence.start <= 160 or end - start > LONGEST:
        start, end = sentence.start, min(sentence.end, sentence.start + LONGEST + 200)
    text = sentence.document.text
    while start < end and text[start] in " ,;:\n":
        start += 1
    return sentence.quote(start, end)

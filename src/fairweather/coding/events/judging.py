"""Judging: the event model's verdicts on a document, as candidates with class and confidence.

The model says which act between which two is an event, and how surely. The rest stays with
the rules: the status of an act is its clause's, whatever the model thinks of it, and where
the lexicon's word for an act is one of those that annotators call by the model's class, the
lexicon's word stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.coding.events.candidates import Candidate, by_lexicon, in_focus
from fairweather.coding.events.evidence import Material, gather
from fairweather.coding.events.features import codebook_class
from fairweather.coding.events.model import EventModel, Verdict, event_model
from fairweather.coding.events.predicates import Predicate
from fairweather.coding.events.sides import FOCUS
from fairweather.coding.grammar.sentence import Reading

FLOOR = 0.2
"""Pairs that only the model proposes are dropped below this confidence."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its class, the class as annotators have it, and its confidence."""

    candidate: Candidate
    event_class: str
    codebook_class: str
    confidence: float
    ruled: bool


def judged(reading: Reading, model: EventModel | None = None) -> Iterator[Judged]:
    """The candidates of a document, sentence by sentence, the surest of each first.

    Of each act the rules' candidates and the model's best pair; each act between the same two
    once. Candidates with an inferred side, which the model has never seen, keep the rules'
    class and confidence, at most that of an inferred side.
    """
    chosen = event_model() if model is None else model
    for sentence in reading.sentences:
        material, evidence = gather(reading, sentence)
        seen: set[tuple[str, str, str]] = set()
        for found in _in_sentence(reading, material, chosen.verdicts(evidence)):
            candidate = found.candidate
            key = (found.event_class, candidate.source.principal, candidate.target.principal)
            if key not in seen:
                seen.add(key)
                yield found


def _in_sentence(
    reading: Reading, material: Material, verdicts: tuple[Verdict, ...]
) -> Iterator[Judged]:
    acts: set[int] = set()
    for verdict in verdicts:
        if verdict.ruled or verdict.act not in acts:
            acts.add(verdict.act)
            for candidate in _candidates_of(reading, material, verdict):
                event_class = _record_class(material, candidate, verdict.event_class)
                yield Judged(
                    candidate, event_class, verdict.event_class, verdict.confidence, verdict.ruled
                )
    for candidate in material.apart:
        event_class, confidence = by_lexicon(candidate)
        read = codebook_class(event_class, candidate.predicate.status)
        yield Judged(candidate, event_class, read, min(FOCUS, confidence), ruled=True)


def _candidates_of(reading: Reading, material: Material, verdict: Verdict) -> tuple[Candidate, ...]:
    """The rules' candidates for a verdict, else one between the two nouns proposed."""
    triple = (verdict.act, verdict.source, verdict.target)
    if triple in material.ruled:
        return material.ruled[triple]
    source = material.nouns[verdict.source].as_source[0]
    target = material.nouns[verdict.target].as_target[0]
    predicate = material.predicates[verdict.act]
    focal = in_focus(reading, source, target)
    return (Candidate(material.sentence, predicate, source, target, focal),)


def _record_class(material: Material, candidate: Candidate, event_class: str) -> str:
    """The class of the record: the lexicon's where it agrees, else the model's."""
    predicate = candidate.predicate
    if codebook_class(predicate.event_class, predicate.status) == event_class:
        return by_lexicon(candidate)[0]
    if event_class == "YIELD":
        return "RETREAT" if _any_retreat(material.predicates) else "CONCEDE"
    if event_class == "PROTEST" and candidate.source.speaks_for_a_state:
        return "ACCUSE"  # PROTEST is for civilians; a government that protests complains
    return event_class


def _any_retreat(found: tuple[Predicate, ...]) -> bool:
    return any(predicate.event_class == "RETREAT" for predicate in found)

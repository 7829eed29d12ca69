"""Events: who did what to whom, as clauses and nouns of action tell it.

Predicates come first, with their class and status; then the two sides; then how sure the
whole is. By default the event model judges (`judging`): its confidence is the share of right
events among those it was as sure of, in sentences it had not seen. With a scorer such as
`by_lexicon` the rules alone propose, and the scorer settles each candidate for itself.
From .5 an event is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.events.candidates import Candidate, Scorer, by_lexicon, candidates
from fairweather.coding.events.dates import date_of, place_of
from fairweather.coding.events.judging import FLOOR, Judged, judged
from fairweather.coding.events.lexicon import intensity_of
from fairweather.coding.grammar.clauses import weakest_below
from fairweather.coding.grammar.governors import governs
from fairweather.coding.grammar.phrases import clause_place
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.grammar.setting import STRENGTH
from fairweather.records import Event

if TYPE_CHECKING:
    from fairweather.records import Quote

RULES = "rules/1"
LEARNED = "rules+model/1"
LONGEST = 350
"""Code points in an event's quote."""


def events(reading: Reading, scorer: Scorer | None = None) -> Iterator[Event]:
    """The events of a document, in its order; judged by the event model, or by a scorer."""
    if scorer is None:
        for judgement in judged(reading):
            if judgement.ruled or judgement.confidence >= FLOOR:
                yield event_of(reading, judgement)
    else:
        for candidate in candidates(reading):
            event_class, confidence = scorer(candidate)
            found = Judged(candidate, event_class, event_class, confidence, ruled=True)
            yield event_of(reading, found, RULES)


def event_of(reading: Reading, judgement: Judged, coder: str = LEARNED) -> Event:
    """The record of a judgement; status, date and place are the rules'."""
    candidate, event_class = judgement.candidate, judgement.event_class
    predicate, sentence = candidate.predicate, candidate.sentence
    own = event_class == predicate.event_class
    return Event(
        source=candidate.source.chain,
        target=candidate.target.chain,
        event_class=event_class,
        status=_status(judgement),
        cameo=predicate.cameo if own else "",
        date=date_of(reading, sentence, predicate),
        place=place_of(sentence, predicate, candidate.target.head),
        intensity=intensity_of(event_class),
        quotes=(quote_of(candidate),),
        confidence=judgement.confidence,
        coder=coder,
    )


def _status(judgement: Judged) -> str:
    """The predicate's status; weaker where the act meant stands in what its verb governs.

    The model may call "asked Chad to withdraw" a withdrawal: nobody has withdrawn.
    """
    predicate, sentence = judgement.candidate.predicate, judgement.candidate.sentence
    if judgement.event_class in (predicate.event_class, by_lexicon(judgement.candidate)[0]):
        return predicate.status
    if not governs(predicate.token):
        return predicate.status
    below = weakest_below(predicate.token, sentence.clauses)
    return max(predicate.status, below, key=STRENGTH.index)


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

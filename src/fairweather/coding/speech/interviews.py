"""Interviews: a person is asked, and what follows each question is what the person says.

A text is an interview where it asks often and its opening introduces one person and no
other; the sentence after each question then is that person's, said in so many words.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.coding.grammar.sentence import Mention, Reading, Sentence

FEWEST_QUESTIONS = 4
OPENING = 2
"""Sentences in which the person is introduced."""

SHORTEST_ANSWER = 4
"""Words of an answer that says anything: "No." does not."""


def interviewee(reading: Reading) -> Mention | None:
    """The person whom an interview's opening introduces; None where the text is none."""
    if sum(_asks(sentence) for sentence in reading.sentences) < FEWEST_QUESTIONS:
        return None
    people = {actor.id for actor in reading.actors if actor.kind == "person"}
    found = {
        mention.actor: mention
        for sentence in reading.sentences[:OPENING]
        for mention in sentence.mentions
        if mention.actor in people
    }
    return next(iter(found.values())) if len(found) == 1 else None


def answers(reading: Reading) -> Iterator[Sentence]:
    """The sentence that follows each question, where it is one that says something."""
    asked = False
    for sentence in reading.sentences:
        words = [token for token in sentence.span if token.is_alpha]
        if asked and not _asks(sentence) and len(words) >= SHORTEST_ANSWER:
            yield sentence
        asked = _asks(sentence)


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip(" \"'").endswith("?")

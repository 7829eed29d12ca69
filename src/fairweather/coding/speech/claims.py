"""Claims: who says, denies, demands or promises what, about whom.

The author's narration is no claim; an author who speaks in the first person ("we think
that ...") or signs a statement makes one. `content` holds the words themselves, `about`
those whom the claim is aimed at and the actors that it names.

Confidence, set by hand: a direct quotation .9, the ground of an accusation .85, reported
speech and objects .8, "according to" .75, labels and attitudes .7, opinions .65, hearsay
("is said to") .5; an unnamed speaker costs .1, a speaker carried over from an earlier
sentence .15, the author's own first person .25.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.grammar.stretches import CODER, cut, principals_within
from fairweather.coding.speech.utterances import Utterance, utterances
from fairweather.records import Claim

TRIM = " \t\r\n,;:"
MARKS = '"“”'


def claims(reading: Reading) -> Iterator[Claim]:
    """The claims of a reading, in the order of the text."""
    for utterance in utterances(reading):
        claim = _claim(utterance)
        if claim:
            yield claim


def _claim(utterance: Utterance) -> Claim | None:
    sentence = utterance.sentence
    start, end = trimmed(sentence, utterance.start, utterance.end)
    if start >= end:
        return None
    named = principals_within(sentence, _tokens(sentence, start, end))
    return Claim(
        speaker=utterance.speaker.actor,
        stance=utterance.stance,
        content=sentence.document.text[start:end],
        about=tuple(dict.fromkeys((*utterance.targets, *named))),
        quotes=(cut(sentence, utterance.first, utterance.last, start, end),),
        confidence=max(0.0, utterance.confidence),
        coder=CODER,
    )


def trimmed(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space, commas and lone quotation marks at its ends."""
    text = sentence.document.text
    while start < end and (text[start] in TRIM or _is_lone(text, start, start, end)):
        start += 1
    while end > start and (text[end - 1] in TRIM or _is_lone(text, end - 1, start, end)):
        end -= 1
    return start, end


def _is_lone(text: str, place: int, start: int, end: int) -> bool:
    """Whether a quotation mark has no partner in the stretch."""
    if text[place] not in MARKS:
        return False
    return sum(letter in MARKS for letter in text[start:end]) % 2 == 1


def _tokens(sentence: Sentence, start: int, end: int) -> tuple[int, ...]:
    return tuple(t.i for t in sentence.span if start <= sentence.place(t)[0] < end)

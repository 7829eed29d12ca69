"""Direct speech: where quotation marks open and close, through sentences and passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Reading, Sentence

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SHORTEST = 4
"""Words in a quotation that speaks for itself; shorter ones are words held up to view."""

OPENING = "“«„"
CLOSING = "”»"


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between a pair of quotation marks, `start:end` in the document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """What of a quotation stands in one sentence.

    `first` and `last` are the tokens at its ends; `opens` whether the quotation begins in
    this sentence, `partial` whether it goes on a clause that began outside of it.
    """

    sentence: Sentence
    start: int
    end: int
    first: Token
    last: Token
    opens: bool
    partial: bool


def quotations(reading: Reading) -> tuple[Quotation, ...]:
    """Every pair of quotation marks in the passages of a reading.

    A mark left open runs to the end of its passage, as where a quotation has several
    paragraphs.
    """
    bounds: dict[int, tuple[int, int]] = {}
    for sentence in reading.sentences:
        start, end = bounds.get(sentence.passage, (sentence.start, sentence.end))
        bounds[sentence.passage] = min(start, sentence.start), max(end, sentence.end)
    text = reading.document.text
    return tuple(pair for start, end in bounds.values() for pair in _pairs(text, start, end))


def _pairs(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    for place in range(start, end):
        sign = text[place]
        if sign in OPENING or (sign == '"' and opened is None):
            opened = place + 1
        elif (sign in CLOSING or sign == '"') and opened is not None:
            yield Quotation(opened, place)
            opened = None
    if opened is not None and end - opened > 1:
        yield Quotation(opened, end)


def quoted_in(sentence: Sentence, pairs: tuple[Quotation, ...]) -> Iterator[Quoted]:
    """The parts of quotations in a sentence that say something: a verb and four words."""
    for pair in pairs:
        start, end = max(pair.start, sentence.start), min(pair.end, sentence.end)
        if start >= end:
            continue
        tokens = [t for t in sentence.span if start <= sentence.place(t)[0] < end]
        said = [token for token in tokens if not (token.is_punct or token.is_space)]
        if len(said) < SHORTEST or not any(token.pos_ in ("VERB", "AUX") for token in said):
            continue
        opens = pair.start >= sentence.start
        yield Quoted(
            sentence, start, end, said[0], said[-1], opens, opens and _is_partial(sentence, start)
        )


def _is_partial(sentence: Sentence, start: int) -> bool:
    """Whether words run into the quotation: no comma, colon or start of sentence before it."""
    before = sentence.document.text[sentence.start : start - 1].rstrip()
    return bool(before) and before[-1] not in ',:;.-–—)]”"' and len(before) > 2


def is_quoted(place: int, pairs: tuple[Quotation, ...]) -> bool:
    """Whether a place of the document lies between quotation marks."""
    return any(pair.start <= place < pair.end for pair in pairs)

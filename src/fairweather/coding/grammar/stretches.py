"""Stretches of text that carry a record: the clause, cut short where it runs long."""

from __future__ import annotations

from collections.abc import Iterable

from fairweather.coding.grammar.phrases import clause_place
from fairweather.coding.grammar.sentence import Sentence
from fairweather.records import Quote

CODER = "rules/1"
"""Name and version of the offline coders, as it stands in a record."""

LONGEST = 320
"""Code points of a quote; a clause that runs longer is cut around its record."""


def clause_words(sentence: Sentence, index: int) -> tuple[int, ...]:
    """The tokens of the clause that a token stands in; the sentence's without one."""
    clause = sentence.clause_of(index)
    return clause.tokens if clause else tuple(token.i for token in sentence.span)


def principals_within(sentence: Sentence, indices: Iterable[int]) -> tuple[str, ...]:
    """Whom the mentions among the tokens stand for in the end, each once, in order."""
    inside = set(indices)
    return tuple(
        dict.fromkeys(
            mention.principal
            for mention in sentence.mentions
            if any(i in inside for i in range(mention.start, mention.end))
        )
    )


def stretch_around(sentence: Sentence, index: int, start: int, end: int) -> Quote:
    """The quote of the token's clause, always holding `start:end` of the document."""
    clause = sentence.clause_of(index)
    first, last = clause_place(sentence, clause) if clause else (sentence.start, sentence.end)
    first, last = min(first, start), max(last, end)
    return cut(sentence, first, last, start, end)


def cut(sentence: Sentence, first: int, last: int, start: int, end: int) -> Quote:
    """The quote `first:last`, cut at words around `start:end` where it is too long."""
    text = sentence.document.text
    if last - first > LONGEST:
        room = max(0, LONGEST - (end - start))
        lowest, highest = max(first, start - room // 2), min(last, end + room // 2)
        first = lowest if lowest == first else _word_start(text, lowest, start)
        last = highest if highest == last else _word_end(text, end, highest)
    return sentence.quote(first, last)


def _word_start(text: str, lowest: int, start: int) -> int:
    gap = next((i for i in range(lowest, start) if text[i].isspace()), start)
    return min(gap + 1, start)


def _word_end(text: str, end: int, highest: int) -> int:
    return next((i for i in range(highest, end, -1) if i < len(text) and text[i].isspace()), end)

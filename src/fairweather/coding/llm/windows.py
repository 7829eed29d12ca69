"""A document in windows: a few paragraphs at a time, asides left out.

A window is what one question shows to the model, and all that its answer may quote from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.records.escaping import visible_json

LARGEST = 3000
"""Characters of text in a window; a longer paragraph is cut between sentences."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that follow each other in a document."""

    sentences: tuple[Sentence, ...]

    @property
    def characters(self) -> int:
        """Characters of text that are sent."""
        return sum(sentence.end - sentence.start for sentence in self.sentences)

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Where in the document a quote may stand: one stretch for each paragraph."""
        found = []
        for _, group in groupby(self.sentences, key=lambda sentence: sentence.passage):
            together = list(group)
            found.append((together[0].start, together[-1].end))
        return tuple(found)

    def as_json(self) -> str:
        """The sentences with their numbers.

        JSON leaves a text no way out of its string, whatever marks or orders stand in it;
        hidden characters, in which orders may be written too, are spelt as escapes.
        """
        rows = [{"id": s.number, "text": s.quote().text} for s in self.sentences]
        return visible_json(json.dumps({"sentences": rows}, ensure_ascii=False))


def windows(reading: Reading) -> tuple[Window, ...]:
    """The windows of a reading, in order."""
    return tuple(Window(tuple(together)) for together in _gathered(reading))


def _gathered(reading: Reading) -> Iterator[list[Sentence]]:
    """Whole paragraphs while they fit; one that fits nowhere is cut."""
    waiting: list[Sentence] = []
    for _, group in groupby(reading.sentences, key=lambda sentence: sentence.passage):
        paragraph = list(group)
        if waiting and _length(waiting) + _length(paragraph) > LARGEST:
            yield waiting
            waiting = []
        for sentence in paragraph:
            if waiting and _length(waiting) + _length([sentence]) > LARGEST:
                yield waiting
                waiting = []
            waiting.append(sentence)
    if waiting:
        yield waiting


def _length(sentences: list[Sentence]) -> int:
    return sum(sentence.end - sentence.start for sentence in sentences)

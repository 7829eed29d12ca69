"""A row beside its words: the sentence that a quote stands in, and its neighbours.

Sentences are cut by their marks alone, so that looking at a row needs no parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.records import Document, Quote

SENTENCE_END = re.compile(
    r"[.!?…][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9])|\n\s*\n|\n(?=\s*[A-Z“\"])"
)
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Lt|Capt|Adm|Sen|Rep|Gov|St|No|vs|Jan|Feb|Mar|Apr"
    r"|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*)\.$"
)
"""What ends in a full stop and ends no sentence: titles, months, initials."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence (or two) of a quote in its document, offsets in code points.

    `before` and `after` are the sentences next to it, empty at the ends of the text.
    """

    document: Document
    start: int
    end: int
    quote: Quote
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """The text of the sentence, as it stands."""
        return self.document.text[self.start : self.end]

    def marked(self, opening: str = "[[", closing: str = "]]") -> str:
        """The sentence on one line with the quote between two marks."""
        text, quote = self.document.text, self.quote
        parts = (
            *(text[self.start : quote.start], opening, text[quote.start : quote.end]),
            *(closing, text[quote.end : self.end]),
        )
        return " ".join("".join(parts).split())


def passage_of(document: Document, quote: Quote) -> Passage:
    """The passage of a quote of the document."""
    sentences = list(_sentences(document.text))
    touched = [
        place
        for place, (start, end) in enumerate(sentences)
        if start < quote.end and quote.start < end
    ]
    first, last = (touched[0], touched[-1]) if touched else (0, -1)
    start = min(sentences[first][0], quote.start) if touched else quote.start
    end = max(sentences[last][1], quote.end) if touched else quote.end

    def told(place: int) -> str:
        inside = touched and 0 <= place < len(sentences)
        return " ".join(document.text[slice(*sentences[place])].split()) if inside else ""

    return Passage(document, start, end, quote, told(first - 1), told(last + 1))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, white space around it left out."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        if not ABBREVIATED.search(text[start : found.end()]):
            yield from _trimmed(text, start, found.end())
            start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stretch = text[start:end]
    if stretch.strip():
        yield (
            start + len(stretch) - len(stretch.lstrip()),
            end - len(stretch) + len(stretch.rstrip()),
        )

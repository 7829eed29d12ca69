"""A quote: the shortest stretch of a document that carries a record."""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.errors import QuoteError

LONGEST_QUOTE = 600
"""Code points; a quote is the clause, at most two sentences (docs/records.md)."""

PUBLIC_QUOTE = 300
"""Code points of a quote in anything exported or published."""


@dataclass(frozen=True, slots=True)
class Quote:
    """`text` stands at `document.text[start:end]`, offsets in Unicode code points."""

    document: str
    start: int
    end: int
    text: str

    def verify(self, document_text: str) -> None:
        """Raise QuoteError unless the quote is verbatim at its offsets and short enough."""
        if document_text[self.start : self.end] != self.text or self.start < 0:
            raise QuoteError(
                f"quote not verbatim at {self.document} [{self.start}:{self.end}]: {self.text!r}"
            )
        if not 0 < len(self.text) <= LONGEST_QUOTE:
            raise QuoteError(
                f"quote of {len(self.text)} characters at {self.document} [{self.start}:"
                f"{self.end}]; a quote has 1 to {LONGEST_QUOTE}"
            )


def shorten(text: str, limit: int = PUBLIC_QUOTE) -> str:
    """The text cut at a word before `limit` code points, with an ellipsis where cut."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1].rsplit(None, 1)[0].rstrip(" ,;:–—-")
    return f"{kept}…"

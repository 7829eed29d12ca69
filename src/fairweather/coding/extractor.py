"""The plug-in point: an extractor turns a reading into candidate records.

Installed packages may offer extractors under the entry-point group
`fairweather.extractors`; each is a callable without arguments that returns an Extractor.
One validator stands behind all of them: a record whose quote is not verbatim in the
document, or stands in an aside, is refused and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from fairweather.coding.grammar.sentence import Reading
from fairweather.errors import QuoteError
from fairweather.ledger.store import quotes_in
from fairweather.records import Document, Record

Coder = Callable[[Reading], Iterable[Record]]
"""A function that finds records of one kind in a reading."""


class Extractor(Protocol):
    """Takes a reading, returns candidate records, each with its quotes."""

    @property
    def name(self) -> str:
        """Name and version as they stand in a record's `coder`: "rules/1"."""
        ...

    def extract(self, reading: Reading) -> Iterator[Record]:
        """The candidate records of a reading."""
        ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that broke the contract, and how."""

    record: Record
    reason: str


def validate(
    document: Document, candidates: Iterable[Record]
) -> tuple[tuple[Record, ...], tuple[Refusal, ...]]:
    """Candidates that hold (each once), and those refused with the reason."""
    kept: dict[str, Record] = {}
    refused: list[Refusal] = []
    for record in candidates:
        reason = fault(document, record)
        if reason:
            refused.append(Refusal(record, reason))
        elif record.id not in kept or kept[record.id].confidence < record.confidence:
            kept[record.id] = record
    return tuple(kept.values()), tuple(refused)


def fault(document: Document, record: Record) -> str:
    """What is wrong with a candidate's quotes; empty when nothing is."""
    if record.type == "actor":
        return ""
    if not record.quotes:
        return f"a {record.type} without a quote"
    for quote in quotes_in(record):
        if quote.document != document.id:
            return f"a quote from another document, {quote.document}"
        try:
            quote.verify(document.text)
        except QuoteError as error:
            return str(error)
        if document.is_aside(quote.start, quote.end):
            return f"a quote from an aside: {quote.text!r}"
    return ""

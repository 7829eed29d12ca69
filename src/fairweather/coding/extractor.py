"""The plug-in point: an extractor turns a reading into candidate records.

Installed packages may offer extractors under the entry-point group
`fairweather.extractors`; each is a callable without arguments that returns an Extractor
(`choosing.py` finds them by name). One validator stands behind all of them: a record whose
quote is not verbatim in the document, or stands in an aside, is refused and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from fairweather.coding.grammar.sentence import Reading
from fairweather.errors import QuoteError
from fairweather.ledger.parts import quotes_in
from fairweather.records import Document, Record

Coder = Callable[[Reading], Iterable[Record]]
"""A function that finds records of one kind in a reading."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that was turned away, and how it broke the contract.

    `kind` is what refusals are counted by; `record` is None for one that never came to be
    a record: an answer that could not be read, a quote that nobody wrote.
    """

    record: Record | None
    reason: str
    kind: str = "quote not verbatim"


class Extractor(Protocol):
    """Takes a reading, returns candidate records, each with its quotes."""

    @property
    def name(self) -> str:
        """Name and version as they stand in a record's `coder`: "rules/1"."""
        ...

    def extract(self, reading: Reading) -> Iterator[Record | Refusal]:
        """The candidate records of a reading, and what it refused itself."""
        ...


@dataclass(frozen=True, slots=True)
class ServiceUse:
    """What an extractor asked of a service: requests, characters of text sent, tokens, cost.

    Tokens are as the service counted them. `cost` is in the currency of the prices given;
    None where a price or the tokens are not known. `dates_left_out` counts dates that the
    service gave and that no words of the quote bear out.
    """

    name: str
    host: str
    calls: int = 0
    characters: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    dates_left_out: int = 0


@runtime_checkable
class Metered(Protocol):
    """An extractor that asks a service, and counts what that took."""

    @property
    def use(self) -> ServiceUse:
        """What was used up to now."""
        ...


def validate(
    document: Document, candidates: Iterable[Record | Refusal]
) -> tuple[tuple[Record, ...], tuple[Refusal, ...]]:
    """Candidates that hold (each once), and those refused with the reason."""
    kept: dict[str, Record] = {}
    refused: list[Refusal] = []
    for record in candidates:
        if isinstance(record, Refusal):
            refused.append(record)
            continue
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

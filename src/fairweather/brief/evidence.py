"""Where a report finds the row and the document behind an id."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from fairweather.brief.wording import clean, listing
from fairweather.errors import UnknownKey
from fairweather.ledger.parts import quotes_in
from fairweather.profile import Profile
from fairweather.records import (
    LATEST,
    UNDATED,
    Document,
    Explained,
    Quote,
    Record,
    When,
    shorten,
)
from fairweather.scoring import Group
from fairweather.scoring.foretold import Foretold, foretold

R = TypeVar("R", bound=Record)

LookUp = Callable[[str], Record]
"""Finds a stored record by id, raising UnknownKey: `Ledger.record`."""

LONGEST_TELLER = 60
MOST_TELLERS = 2

_LINE_EDGE = r"\s*\n\s*\n\s*|\s*\n\s*(?=[^a-z\s])"
"""A blank line, or a new line that no sentence runs over."""

_SENTENCE_EDGE = re.compile(rf"(?<=[.!?”\"])\s+(?=[A-Z“\"])|(?<=[.!?”\"])\s*\Z|{_LINE_EDGE}")
_CLAUSE_EDGE = re.compile(
    rf"(?<=[,;:)—–])\s+|\s+(?=[(—–])|(?<=[.!?])\s+(?=[A-Z])|[,;:.](?=\s|\Z)|{_LINE_EDGE}"
)
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Dr|Gen|Sen|St)\.$")
_TRAILING = " ,;:"
_PAPER = re.compile(
    r"\b(?:Post|Times|Journal|Review|Gazette|Tribune|Herald|Guardian|Telegraph|Courier|Mail|News"
    r"|Economist|Letter|Standard|Observer|Diplomat|House|Ministry|Government|Department)$"
)
"""Names of papers and offices that stand with "the" inside a sentence."""

ARGUED = frozenset({"analysis", "opinion"})
"""Genres whose words are somebody's judgement."""

_BOUNDS = frozenset('.,;:!?()[]—–“”"\n')
"""Characters at which a clause may begin or end."""

_JOINING = frozenset(
    {"that", "and", "but", "or", "while", "because", "although", "though", "since", "if",
     "when", "whereas", "as"}
)  # fmt: skip
"""Words after which a clause begins."""


def nowhere(record: str) -> Record:
    """A look-up without a ledger: knows nothing."""
    raise UnknownKey(f"no ledger at hand to find {record!r} in")


@dataclass(frozen=True)
class Evidence:
    """The rows of a profile by id; beyond them, whatever `look_up` finds.

    `scored` are the forecasts that were scored by the day of the profile, of whatever pair.
    """

    profile: Profile
    look_up: LookUp = nowhere
    scored: Group | None = None
    found: dict[str, Record | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def rows(self) -> Mapping[str, Record]:
        """Every row and document that the profile itself holds."""
        rows = {row.id: row for row in rows_in(self.profile)}
        return {**self.profile.documents, **rows}

    def record(self, identity: str) -> Record | None:
        """The row of an id, or None where neither profile nor ledger knows it."""
        if identity in self.rows:
            return self.rows[identity]
        if identity not in self.found:
            try:
                self.found[identity] = self.look_up(identity)
            except UnknownKey:
                self.found[identity] = None
        return self.found[identity]

    def records(self, identities: Iterable[str]) -> list[Record]:
        """The rows that are known among some ids."""
        return [row for row in map(self.record, identities) if row is not None]

    def document(self, identity: str) -> Document | None:
        """The document of an id, where it is known."""
        row = self.record(identity)
        return row if isinstance(row, Document) else None

    def published(self, record: Record) -> When:
        """When the document of a row was published."""
        document = self.document(record.document)
        return document.published if document else UNDATED

    def when(self, record: Record) -> When:
        """When a row was so; by its document's date where it has none of its own."""
        own = getattr(record, "date", UNDATED)
        return own if own.known else self.published(record)

    def teller(self, record: Record) -> str:
        """Who wrote it: the author, else the publisher, else the title; opinion said so."""
        document = self.document(record.document)
        return "a source" if document is None else told_by(document)

    @cached_property
    def day(self) -> dt.date:
        """The day the report speaks of: the profile's as-of, else the last publication."""
        if self.profile.as_of != LATEST:
            return dt.date.fromisoformat(self.profile.as_of)
        days = [d.published.latest for d in self.profile.documents.values() if d.published.latest]
        return max(days, default=dt.date.max)

    @cached_property
    def foretold(self) -> tuple[Foretold, ...]:
        """What was foretold of the two, met by the record."""
        return foretold(self.profile)

    @property
    def pair(self) -> tuple[str, str]:
        """Both sides."""
        return self.profile.a, self.profile.b

    @cached_property
    def reading(self) -> Explained:
        """How many documents speak of both: what every "nothing was found" rests on."""
        return self.profile.coverage


def told_by(document: Document) -> str:
    """Who wrote a document: the author, else the publisher, else the title; opinion said so."""
    named = clean(document.author or _paper(document.publisher) or document.title)
    told = shorten(named, LONGEST_TELLER) or "a source"
    return f"{told} ({document.genre})" if document.genre in ARGUED else told


def _paper(publisher: str) -> str:
    """A publisher inside a sentence: the Jerusalem Post."""
    return f"the {publisher}" if _PAPER.search(publisher) and publisher[:4] != "The " else publisher


def rows_in(profile: Profile) -> Iterator[Record]:
    """Every row that a profile holds, some more than once."""
    for view in profile.views:
        yield from (*view.supporting, *view.opposing, *view.neutral)
    yield from profile.agreements
    yield from profile.support
    yield from profile.elsewhere
    yield from profile.claims
    yield from profile.mechanisms
    yield from profile.events
    yield from profile.predictions


def passages_of(record: Record) -> tuple[Quote, ...]:
    """Every quote of a row, those of its stages and clauses included, each once."""
    return tuple(dict.fromkeys(quotes_in(record)))


def different_documents(quotes: Sequence[Quote], most: int = 3) -> tuple[Quote, ...]:
    """The first quotes, one a document, as long as there are enough documents."""
    first: dict[str, Quote] = {}
    for quote in quotes:
        first.setdefault(quote.document, quote)
    return tuple(first.values())[:most]


def starts_clause(quote: Quote, evidence: Evidence) -> bool:
    """Whether a quote begins where a clause of its document does."""
    document = evidence.document(quote.document)
    before = document.text[: quote.start].rstrip(" \t*_\u00a0") if document else ""
    return not before or before[-1] in _BOUNDS or before.split()[-1].lower() in _JOINING


def ends_clause(quote: Quote, evidence: Evidence) -> bool:
    """Whether a quote ends where a clause of its document does."""
    document = evidence.document(quote.document)
    after = document.text[quote.end :].lstrip(" \t*_\u00a0") if document else ""
    whole = quote.text.rstrip().endswith((".", "!", "?", "…"))
    return whole or not after or after[0] in _BOUNDS


def excerpt(quote: Quote, evidence: Evidence, limit: int) -> str:
    """The words of a quote with the rest of their sentence or clause, where there is room.

    An ellipsis stands on either end where a clause is cut there.
    """
    whole = in_its_clause(quote, evidence, limit - 2)
    words = shorten(clean(whole.text), limit - 2)
    head = "" if starts_clause(whole, evidence) else "…"
    tail = "" if ends_clause(whole, evidence) or words.endswith("…") else "…"
    return f"{head}{words if tail else _unstopped(words)}{tail}"


def _unstopped(words: str) -> str:
    """Words without the stop that the sentence around them has of its own."""
    bare = words.rstrip(_TRAILING)
    return bare if _ABBREVIATION.search(bare) else bare.removesuffix(".")


def in_its_clause(quote: Quote, evidence: Evidence, limit: int) -> Quote:
    """The sentence around a quote, else the clause, else the quote: what is short enough."""
    document = evidence.document(quote.document)
    if document is None:
        return quote
    for edge in (_SENTENCE_EDGE, _CLAUSE_EDGE):
        ends = [found.start() for found in edge.finditer(document.text, quote.end - 1)][:1]
        starts = [found.end() for found in edge.finditer(document.text, 0, quote.start)][-1:]
        start, end = (starts or [0])[0], (ends or [len(document.text)])[0]
        if start <= quote.start and quote.end <= end <= start + limit:
            return document.quote(start, end)
    return quote


def newest_first(rows: Iterable[R], evidence: Evidence) -> list[R]:
    """Rows by when they were so, the latest first, undated ones last."""

    def day(row: R) -> str:
        when = evidence.when(row)
        known = when.latest or when.earliest
        return known.isoformat() if known else ""

    return sorted(rows, key=day, reverse=True)


def according_to(rows: Iterable[Record], evidence: Evidence) -> str:
    """ ", according to X (analysis)", where all rows are somebody's judgement; else empty."""
    told = [*rows]
    if not told or not all(is_argued(row, evidence) for row in told):
        return ""
    tellers = [*dict.fromkeys(evidence.teller(row) for row in told)]
    return f", according to {listing(tellers[:MOST_TELLERS])}"


def by_whom(quotes: Iterable[Quote], evidence: Evidence) -> str:
    """The same of some quotes."""
    documents = [evidence.document(quote.document) for quote in quotes]
    if not documents or not all(one and one.genre in ARGUED for one in documents):
        return ""
    tellers = [*dict.fromkeys(told_by(one) for one in documents if one)]
    return f", according to {listing(tellers[:MOST_TELLERS])}"


def is_argued(record: Record, evidence: Evidence) -> bool:
    """Whether a row stands in opinion or analysis."""
    document = evidence.document(record.document)
    return document is not None and document.genre in ARGUED

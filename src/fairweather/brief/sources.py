"""The numbered list of sources: one number a passage, grouped by document, oldest first.

What sentences and tables cite comes first; passages behind the figures alone follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from fairweather.brief.evidence import ARGUED, Evidence, passages_of
from fairweather.brief.lines import Line, Row
from fairweather.brief.wording import clean, dated
from fairweather.records import Document, Explained, Quote, shorten
from fairweather.vocabulary import vocabulary

LONGEST_TITLE = 120
"""Code points of a title or a name; some feeds put a whole paragraph there."""

Key = tuple[str, Quote | None]
"""A record and the passage of it that is cited; None where no passage is known."""


@dataclass(frozen=True, slots=True)
class Source:
    """One number of the list: a passage and the records that it carries."""

    number: int
    records: tuple[str, ...]
    quote: str

    @property
    def record(self) -> str:
        """The first record of the passage."""
        return self.records[0]

    @property
    def without(self) -> str:
        """What stands in place of a quote where there is none."""
        whole = self.record.startswith("document:")
        return "The document as a whole." if whole else "Its passage is not at hand."


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A document with the passages that are cited from it.

    `opinion` is the label that analysis and opinion carry, empty for other genres; `known`
    is false where only the ids of the records are at hand. `behind`: figures alone rest on
    these passages; no sentence cites them.
    """

    document: str
    title: str
    author: str
    publisher: str
    published: str
    opinion: str
    url: str
    sources: tuple[Source, ...]
    known: bool = True
    behind: bool = False

    @property
    def credit(self) -> str:
        """Author, publisher and date as one phrase; what is not known is left out."""
        named = dict.fromkeys(part for part in (self.author, self.publisher) if part)
        return ", ".join([*named, self.published])

    @property
    def short_credit(self) -> str:
        """Author, else publisher, and date."""
        return ", ".join(part for part in (self.author or self.publisher, self.published) if part)


@dataclass(frozen=True, slots=True)
class Sources:
    """All groups, and the number of every cited passage and figure."""

    groups: tuple[SourceGroup, ...]
    numbers: dict[Key, int] = field(repr=False)
    figures: dict[str, int] = field(repr=False)
    evidence: Evidence = field(repr=False, compare=False)

    def cited(self, part: Line | Row) -> tuple[int, ...]:
        """The numbers of a line's or a row's passages, rising."""
        return self._numbered(_keys(part.records, part.passages, self.evidence))

    def drawn(self, part: Line | Row) -> tuple[int, ...]:
        """The numbers of a line's or a row's figures, rising."""
        return tuple(sorted({self.figures[figure.id] for figure in part.figures}))

    def behind(self, records: Iterable[str]) -> tuple[int, ...]:
        """The numbers of records that a figure rests on, rising."""
        return self._numbered(_keys(tuple(records), (), self.evidence))

    def _numbered(self, keys: Iterable[Key]) -> tuple[int, ...]:
        return tuple(sorted({self.numbers[key] for key in keys}))


def number_sources(
    parts: Sequence[Line | Row], figures: Sequence[Explained], evidence: Evidence
) -> Sources:
    """The list of sources for all that is cited by lines, rows and figures."""
    cited = dict.fromkeys(
        key for part in parts for key in _keys(part.records, part.passages, evidence)
    )
    passages = {_passage(key) for key in cited}
    drawn = dict.fromkeys(key for one in figures for key in _keys(one.records, (), evidence))
    # A passage that a sentence cites stands once, for what figures take from it too.
    shared = {key: None for key in drawn if _passage(key) in passages}
    rest = {key: None for key in drawn if _passage(key) not in passages}
    numbering, numbers = count(1), dict[Key, int]()
    first = _listed(cited | shared, numbering, numbers, evidence)
    then = _listed(rest, numbering, numbers, evidence)
    groups = (*first, *(replace(one, behind=True) for one in then))
    order = {id: at for at, id in enumerate(dict.fromkeys(one.id for one in figures), start=1)}
    return Sources(groups, numbers, order, evidence)


def _passage(key: Key) -> tuple[str, int, int] | str:
    """What one number stands for: the place of a quote, whatever records rest on it."""
    record, quote = key
    return (quote.document, quote.start, quote.end) if quote else record


def _listed(
    keys: Iterable[Key], numbering: Iterator[int], numbers: dict[Key, int], evidence: Evidence
) -> tuple[SourceGroup, ...]:
    """Groups of the passages of some keys; their numbers are noted."""
    grouped: dict[str, dict[Any, list[Key]]] = {}
    for key in sorted(keys, key=lambda key: _place(key, evidence)):
        passages = grouped.setdefault(_document_of(key, evidence), {})
        passages.setdefault(_passage(key), []).append(key)
    made = []
    for document, passages in grouped.items():
        sources = []
        for own in passages.values():
            number = next(numbering)
            numbers.update(dict.fromkeys(own, number))
            sources.append(_source(own, number))
        made.append(_group(document, tuple(sources), evidence))
    return tuple(made)


def _keys(
    records: tuple[str, ...], passages: tuple[Quote, ...], evidence: Evidence
) -> Iterator[Key]:
    """The passages that carry some records: the named ones, else the first of each."""
    for identity in dict.fromkeys(records):
        record = evidence.record(identity)
        own = passages_of(record) if record else ()
        named = [quote for quote in own if quote in passages]
        if named:
            yield from ((identity, quote) for quote in named)
        else:
            yield identity, own[0] if own else None


def _document_of(key: Key, evidence: Evidence) -> str:
    identity, quote = key
    if quote:
        return quote.document
    return identity if evidence.document(identity) else ""


def _place(key: Key, evidence: Evidence) -> tuple[str, str, int, str]:
    """By publication, then document, then place in it; what is not known comes last."""
    identity, quote = key
    document = evidence.document(_document_of(key, evidence))
    published = document.published.latest if document else None
    day = published.isoformat() if published else "9999"
    return day, _document_of(key, evidence) or "~", quote.start if quote else -1, identity


def _source(keys: Sequence[Key], number: int) -> Source:
    quote = keys[0][1]
    records = tuple(clean(identity) for identity, _ in keys)
    return Source(number, records, shorten(clean(quote.text)) if quote else "")


def _group(document: str, sources: tuple[Source, ...], evidence: Evidence) -> SourceGroup:
    known = evidence.document(document) if document else None
    if known is None:
        title = "Document not at hand" if document else "Records without a document at hand"
        return SourceGroup(
            clean(document), title, "", "", "date unknown", "", "", sources, known=False
        )
    return SourceGroup(
        document=clean(document),
        title=_short(known.title) or "Untitled",
        author=_short(known.author),
        publisher=_short(known.publisher),
        published=dated(known.published),
        opinion=_opinion(known),
        url=_web_address(known.url),
        sources=sources,
    )


def _short(text: str) -> str:
    return shorten(clean(text), LONGEST_TITLE)


def _opinion(document: Document) -> str:
    return vocabulary("genres")[document.genre].label.lower() if document.genre in ARGUED else ""


def _web_address(url: str) -> str:
    """The address when a browser may follow it safely, else nothing."""
    address = clean(url)
    safe = address.startswith(("https://", "http://")) and " " not in address
    return address if safe else ""

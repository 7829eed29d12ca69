"""Copies: documents that share most of their words, however they were edited.

Compared are word sequences of five, without asides and without the lines that a publisher
puts under everything. A document is a copy of the earlier one with which it shares most of them,
when that is half of the shorter or more; a short text inside a long one is a copy only where
both bear one title or one publisher's name (a feed's summary beside the page), else the long
one quotes it and tells more.

Candidates are found by fingerprints chosen by winnowing (Schleimer, Wilkerson and Aiken 2003):
two texts with twenty words in a row in common always share one, whichever was read first.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fairweather.ledger import Decision
from fairweather.records import Document, fingerprint
from fairweather.vocabulary.lexicon import word_groups

COPY_RULE = "rule copy/1"

SHINGLE = 5
"""Words in a sequence: long enough that stock phrases seldom meet."""

WINDOW = 16
"""Sequences of which one is chosen: SHINGLE + WINDOW - 1 equal words are always noticed."""

SAME_STORY = 0.5
"""Share of the shorter text's sequences that makes two documents one origin."""

MUCH_LONGER = 3.0
"""From this ratio on the longer text is more than the shorter one edited."""

_WORD = re.compile(r"[^\W_]+")

Apart = frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Print:
    """What of a document is compared: its sequences, hashed, and those chosen of them."""

    document: Document
    shingles: frozenset[str]
    chosen: frozenset[str]

    @property
    def turn(self) -> tuple[dt.date, str]:
        """Its turn: by the last day on which it may have appeared, then by id."""
        return turn_of(self.document)


@dataclass(frozen=True, slots=True)
class Copied:
    """A document, the earlier one of which it is a copy, and the share of sequences in both."""

    document: str
    of: str
    share: float

    def decision(self) -> Decision:
        """The decision that both are one origin."""
        reason = f"{self.share:.0%} of the shorter text's word sequences stand in both"
        return Decision(
            kind="relay", subject=self.document, object=self.of, reason=reason, by=COPY_RULE
        )


def turn_of(document: Document) -> tuple[dt.date, str]:
    """Where a document stands in the order of publication."""
    day = document.published.latest
    if day is None and document.recorded:
        day = dt.date.fromisoformat(document.recorded[:10])
    return day or dt.date.max, document.id


def print_of(document: Document) -> Print:
    """The print of a document."""
    words = tuple(own_words(document))
    if len(words) < SHINGLE:
        sequences = [" ".join(words)] if words else []
    else:
        sequences = [" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    return Print(document, frozenset(sequences), frozenset(_winnowed(sequences)))


def own_words(document: Document) -> Iterator[str]:
    """The words of a document's own story, in lower case."""
    place = 0
    for line in document.text.splitlines(keepends=True):
        start, place = place, place + len(line)
        low = line.lower()
        if document.is_aside(start, place) or any(cue in low for cue in _boilerplate()):
            continue
        yield from _WORD.findall(low)


@functools.cache
def _boilerplate() -> frozenset[str]:
    return word_groups("stories")["boilerplate"]


def _winnowed(sequences: list[str]) -> Iterator[str]:
    """The sequence of least hash in each window."""
    ranked = [(fingerprint(sequence), sequence) for sequence in sequences]
    for start in range(max(len(ranked) - WINDOW + 1, 1)):
        if window := ranked[start : start + WINDOW]:
            yield min(window)[1]


def share_of(one: Print, other: Print) -> float:
    """The share of sequences in both, 0 where the longer tells much more than the shorter."""
    small, large = sorted((len(one.shingles), len(other.shingles)))
    if not small:
        return 0.0
    if large > MUCH_LONGER * small and not _one_piece(one.document, other.document):
        return 0.0
    return len(one.shingles & other.shingles) / small


def _one_piece(one: Document, other: Document) -> bool:
    """Whether two documents bear one title, or one publisher's name and one address."""
    return bool(one.title and one.title == other.title) or bool(one.url and one.url == other.url)


def best_original(
    copy: Print, others: Iterable[Print], apart: Apart = frozenset()
) -> Copied | None:
    """The earlier document of which one is most likely a copy."""
    best: tuple[float, Print] | None = None
    for other in sorted(others, key=lambda one: one.turn):
        if other.turn >= copy.turn or not copy.chosen & other.chosen:
            continue
        if frozenset((copy.document.id, other.document.id)) in apart:
            continue
        share = share_of(copy, other)
        if share >= SAME_STORY and (best is None or share > best[0]):
            best = share, other
    return Copied(copy.document.id, best[1].document.id, best[0]) if best else None


def propose_copies(documents: Iterable[Document], apart: Apart = frozenset()) -> Iterator[Copied]:
    """The copies among some documents, in the order of publication."""
    holders: dict[str, list[Print]] = defaultdict(list)
    for document in sorted(documents, key=turn_of):
        made = print_of(document)
        near = {one.document.id: one for key in made.chosen for one in holders[key]}
        if found := best_original(made, near.values(), apart):
            yield found
        for key in made.chosen:
            holders[key].append(made)

"""Relays: rows of different documents that go back to one source and are one piece of evidence.

Two rows on one subject are of one origin when their words are the same, when both credit one
outlet (or one credits the outlet that tells the other), or when one speaker said it: told
within a few days of each other and in words enough alike. That two outlets tell of one act on
their own is no relay.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fairweather.coding.stories.copies import Apart, turn_of
from fairweather.coding.stories.credits import document_credit, sentence_around, sentence_credit
from fairweather.coding.stories.words import telling_words
from fairweather.ledger import Decision
from fairweather.records import (
    AUTHOR,
    UNNAMED,
    Claim,
    Document,
    Event,
    Prediction,
    Record,
    Support,
    Tie,
)

RELAY_RULE = "rule relay/1"
RELAYED: tuple[type[Record], ...] = (Event, Claim, Prediction, Tie, Support)
"""Kinds of row that pass something on."""

WITHIN = dt.timedelta(days=3)
"""Between the publications of what goes back to one source."""

SAME_WORDS, SAME_CREDIT, SAME_SPEAKER = 0.8, 0.35, 0.5
"""Shares of the shorter passage's telling words from which two rows are of one source."""

FEWEST_WORDS = 6
"""Telling words that a passage needs before its words alone say where it is from."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What of a row bears on where it is from."""

    id: str
    document: str
    subject: tuple[str, ...]
    turn: tuple[dt.date, str, int, str]
    credit: str
    speaker: str
    words: frozenset[str]


def propose_relays(
    rows: Iterable[Record], documents: Mapping[str, Document], apart: Apart = frozenset()
) -> Iterator[Decision]:
    """Each row that goes back to what an earlier one of another document does."""
    blocks: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for row in rows:
        if row.document in documents and (subject := subject_of(row)):
            blocks[subject].append(_passage(row, subject, documents[row.document]))
    for subject in sorted(blocks):
        yield from _relays_in(sorted(blocks[subject], key=lambda one: one.turn), apart)


def subject_of(row: Record) -> tuple[str, ...]:
    """What a row speaks of; rows on different subjects are never one piece of evidence."""
    match row:
        case Event() if row.source and row.target:
            return (row.type, *sorted((row.source[-1], row.target[-1])), row.event_class)
        case Claim():
            return (row.type, row.speaker, row.stance)
        case Prediction():
            return (row.type, row.by)
        case Tie():
            return (row.type, *sorted((row.a, row.b)), row.viewpoint, row.strand, row.polarity)
        case Support():
            return (row.type, row.giver, row.receiver, row.level, row.state)
    return ()


def _passage(row: Record, subject: tuple[str, ...], document: Document) -> Passage:
    quote = row.quotes[0]
    told = sentence_around(document.text, quote)
    return Passage(
        id=row.id,
        document=document.id,
        subject=subject,
        turn=(*turn_of(document), quote.start, row.id),
        credit=sentence_credit(document, quote) or document_credit(document),
        speaker=_speaker(row),
        words=telling_words(quote.text if len(quote.text) > 60 else told),
    )


def _speaker(row: Record) -> str:
    speaker = {Claim: "speaker", Prediction: "by", Tie: "viewpoint"}.get(type(row))
    named = str(getattr(row, speaker)) if speaker else ""
    return "" if named in (AUTHOR, UNNAMED) else named


def _relays_in(passages: list[Passage], apart: Apart) -> Iterator[Decision]:
    for at, passage in enumerate(passages):
        best: tuple[float, str, Passage] | None = None
        for other in reversed(passages[:at]):
            if passage.turn[0] - other.turn[0] > WITHIN:
                break
            share, reason = _one_source(passage, other)
            parted = frozenset((passage.id, other.id)) in apart
            # The earliest of several that are equally like it.
            if reason and not parted and (best is None or share >= best[0]):
                best = share, reason, other
        if best:
            share, reason, other = best
            told = f"{reason}, {share:.0%} of the words in both"
            yield Decision(
                kind="relay", subject=passage.id, object=other.id, reason=told, by=RELAY_RULE
            )


def _one_source(one: Passage, other: Passage) -> tuple[float, str]:
    """The share of words in both, and why that makes them one source; "" where it does not."""
    smaller = min(len(one.words), len(other.words))
    if one.document == other.document or not smaller:
        return 0.0, ""
    share = len(one.words & other.words) / smaller
    if one.credit and one.credit == other.credit and share >= SAME_CREDIT:
        return share, f"both from {one.credit.title()}"
    if share >= SAME_WORDS and smaller >= FEWEST_WORDS:
        return share, "the same passage"
    if one.speaker and one.speaker == other.speaker and share >= SAME_SPEAKER and smaller > 2:
        return share, f"one statement of {one.speaker}"
    return share, ""

"""Revisions: a changed text of one page takes the place of the one before it.

Some pages and feeds give one address to quite different texts (a front page, a feed whose
items all link to its home). Two texts are versions of one only when they share half of their
five-word sequences, or when whoever watches the feed knows that they are one item. The same
holds for a page that one publisher has at two addresses under one title on one day.
"""

from __future__ import annotations

import re

from fairweather.ledger import Decision, Ledger
from fairweather.records import Document

RULE = "rule revision/1"

WORDS = 5
"""Words in a sequence: long enough that stock phrases seldom meet."""

SAME_TEXT = 0.5
"""Share of the shorter text's sequences that makes two texts versions of one."""

_WORD = re.compile(r"\w+")


def revision(ledger: Ledger, document: Document, earlier: str = "") -> tuple[Decision, ...]:
    """The decision that a new text supersedes what its address held; () where nothing did.

    `earlier` is the id of the document that the same item of a feed was before, if known.
    """
    if earlier and ledger.has(earlier):
        return (_decision(earlier, document, "the item of the feed was changed"),)
    for place, others in (
        (f"at {document.url}", ledger.at_address(document.url)),
        (f"under the title of {document.published.text()}", ledger.titled_alike(document)),
    ):
        for other in reversed([one for one in others if one.id != document.id]):
            shared = _shared(other.text, document.text)
            if shared >= SAME_TEXT:
                reason = f"a later text {place}; {shared:.0%} of the shorter stands in both"
                return (_decision(other.id, document, reason),)
    return ()


def _decision(earlier: str, document: Document, reason: str) -> Decision:
    return Decision(kind="supersede", subject=earlier, object=document.id, reason=reason, by=RULE)


def _shared(one: str, other: str) -> float:
    """The share of the shorter text's word sequences that the longer one has too."""
    first, second = _sequences(one), _sequences(other)
    return len(first & second) / max(min(len(first), len(second)), 1)


def _sequences(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + WORDS]) for at in range(max(len(words) - WORDS + 1, 1))}

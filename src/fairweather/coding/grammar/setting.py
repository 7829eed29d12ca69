"""The setting of a sentence: what holds for more than one of its clauses.

A cue is (status, word): what it makes of a clause, and the word that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Span, Token

Cue = tuple[str, str]

STRENGTH = ("factual", "reported", "claimed", "planned", "hypothetical", "denied")
"""Statuses from the firmest: where two bear on a clause the later one wins."""

LONGEST_SPEAKER = 5
"""Tokens before the colon in "Ghana: Togo broke the truce"."""

STOPS = frozenset({",", ";", ":", "—", "–", '"', "(", ")"})


def weakest(cues: Iterable[Cue]) -> Cue:
    """The cue that decides: the weakest status, the first of its kind."""
    found: Cue = ("factual", "")
    for cue in cues:
        if STRENGTH.index(cue[0]) > STRENGTH.index(found[0]):
            found = cue
    return found


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for more than one clause of a sentence.

    `everywhere` are cues for all clauses; `quoted` the tokens inside quotation marks;
    `conditions` where phrases stand that open a condition; `told_from` is the token after
    which a headline's speaker has the word, or None.
    """

    text: str
    everywhere: tuple[Cue, ...]
    quoted: frozenset[int]
    conditions: tuple[int, ...]
    told_from: int | None

    def cues_at(self, token: Token) -> Iterator[Cue]:
        """What the setting makes of the clause or noun at a token."""
        yield from self.everywhere
        if token.i in self.quoted:
            yield "claimed", '"'
        if self.told_from is not None and token.i >= self.told_from:
            yield "claimed", ":"


def setting_of(span: Span) -> Setting:
    """The setting of a sentence, from its words alone."""
    text = span.text.lower()
    return Setting(
        text,
        tuple(_everywhere(text)),
        frozenset(_quoted(span)),
        (*_phrase_places(span, text, "phrases_conditional"), *_inversions(span, text)),
        _after_speaker(span),
    )


def _everywhere(text: str) -> Iterator[Cue]:
    groups = word_groups("status")
    if text.rstrip(" \"'").endswith("?"):
        yield "hypothetical", "?"
    for phrase in groups["phrases_reported"]:
        if phrase in text:
            yield "reported", phrase
    for phrase in groups["phrases_claimed"]:
        if phrase in text:
            yield "claimed", phrase
    opening = text[:80]
    for phrase in groups["phrases_hypothetical"]:
        if opening.startswith(phrase) or f", {phrase}" in opening:
            yield "hypothetical", phrase


def _quoted(span: Span) -> Iterator[int]:
    """Tokens between quotation marks, counted from where the paragraph begins."""
    if '"' not in span.doc.text:
        return
    inside = span.doc.text[: span.start_char].count('"') % 2 == 1
    for token in span:
        if '"' in token.text:
            inside = inside != (token.text.count('"') % 2 == 1)
        elif inside:
            yield token.i


def _phrase_places(span: Span, text: str, group: str) -> Iterator[int]:
    """First tokens of the phrases of a group that the sentence holds."""
    for phrase in word_groups("status")[group]:
        if phrase not in text:
            continue
        words = phrase.split()
        for token in span[: max(0, len(span) - len(words) + 1)]:
            found = [t.lower_ for t in span.doc[token.i : token.i + len(words)]]
            follows = token.i + len(words)
            counted = follows < span.end and span.doc[follows].like_num
            if found == words and not counted:  # "as long as 10 years" opens nothing
                yield token.i


def _inversions(span: Span, text: str) -> Iterator[int]:
    """ "Had Angola invaded", "were Angola to invade", "should Angola invade": a condition.

    "May they sign" is no condition, and no deed either.
    """
    if text.rstrip(" \"'").endswith("?"):
        return
    opening = next((token for token in span if token.text not in STOPS), None)
    if opening is None:
        return
    wished = opening.lower_ == "may" and opening.tag_ == "MD"
    if wished or opening.lower_ in ("had", "were", "should"):
        yield opening.i


def _after_speaker(span: Span) -> int | None:
    """Where "Ghana: Togo broke the truce" begins to be told; None without a speaker."""
    for token in span[: LONGEST_SPEAKER + 1]:
        if token.text != ":":
            continue
        speaker = span.doc[span.start : token.i]
        named = any(word.pos_ == "PROPN" for word in speaker)
        dateline = speaker.text.isupper() and len(speaker.text) > 4
        acts = any(word.pos_ in ("VERB", "AUX") for word in speaker)
        return token.i + 1 if named and not dateline and not acts else None
    return None

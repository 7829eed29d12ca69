"""Which date belongs to a verb or a noun of a sentence.

The next date before another verb, else one that opens the sentence or stands in the same
clause; never one that only ends a stretch ("until 2028") or belongs to something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Sentence
from fairweather.records import UNDATED, When
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SUBJECTS = ("nsubj", "nsubjpass", "expl")


def tokens_of(sentence: Sentence, start: int, end: int) -> range:
    """Token indices that a stretch of the document covers."""
    span = sentence.span.doc.char_span(start - sentence.shift, end - sentence.shift)
    return range(span.start, span.end) if span is not None else range(0)


def date_of(
    sentence: Sentence, word: Token, elsewhere: When = UNDATED, ahead: bool = False
) -> When:
    """The date that belongs to a verb or noun; UNDATED where there is none.

    `elsewhere` is a date known to belong to something else; with `ahead` a date after the
    document's own will do.
    """
    heads = sorted(clause.head for clause in sentence.clauses if clause.head != word.i)
    following = next((i for i in heads if i > word.i), sentence.span.end)
    before: list[When] = []
    for date in sentence.dates:
        tokens = tokens_of(sentence, date.start, date.end)
        if not tokens or not date.when.known:
            continue
        if elsewhere.known and elsewhere == date.when:
            continue
        place = tokens[0]
        if _bounds(sentence, place) or (not ahead and _lies_ahead(sentence, date.when)):
            continue
        if word.i < place < following:
            return date.when
        own = sentence.clause_of(word.i)
        in_clause = own is not None and place in own.tokens and place < word.i
        if word.lemma_ in word_groups("agreements")["lasting"] and not _begins(sentence, place):
            continue
        opens = place < min([*heads, word.i]) or _set_off(sentence, place, word)
        if in_clause or (opens and _main_line(word)):
            before.append(date.when)
    return before[-1] if before else UNDATED


def _bounds(sentence: Sentence, place: int) -> bool:
    """Whether the date only ends a stretch: "until 2028"."""
    before = sentence.span.doc[place - 1].lower_ if place > sentence.span.start else ""
    return before in ("until", "till", "through")


def _begins(sentence: Sentence, place: int) -> bool:
    """Whether the date is the beginning of what lasts: "since May", "as of Thursday"."""
    before = sentence.span.doc[max(place - 2, sentence.span.start) : place].text.lower()
    return before.endswith(("since", "from")) or before == "as of"


def _lies_ahead(sentence: Sentence, date: When) -> bool:
    """Whether the date lies after the document, so that nothing told as done bears it."""
    return sentence.document.published.surely_before(date)


def _set_off(sentence: Sentence, place: int, word: Token) -> bool:
    """Whether the date stands between commas before the verb's subject."""
    subject = next((c for c in word.children if c.dep_ in SUBJECTS), None)
    before = sentence.span.doc[max(place - 2, sentence.span.start)]
    return subject is not None and place < subject.left_edge.i and before.text == ","


def _main_line(word: Token) -> bool:
    while word.dep_ == "conj":
        word = word.head
    # "They signed it; it binds them": the first half is parsed as a complement.
    fronted = word.dep_ == "ccomp" and word.i < word.head.i
    return bool(word.dep_ == "ROOT" or fronted)

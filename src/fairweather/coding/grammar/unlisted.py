"""Names in no table: which stretches may name somebody, and which capitals name nobody.

Capitals also stand in a book's title ("his work, Axis of Evil: ..."), in the heading that a
passage opens with ("Limited Trust: ..."), in what an agreement is called after ("a Declaration
on the Completion of Talks"), and on whatever word opens a sentence ("Disputes remain").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from fairweather.coding.grammar import bearers
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Doc, Span, Token

FEWEST_IN_TITLE = 2
"""Capitalised words that a run after "his book," must have to be taken for its title."""


def candidates(span: Span, known: Set[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches that may name somebody: found as names, titled, or introduced before."""
    for entity in span.ents:
        if entity.label_ in ("PERSON", "ORG"):
            yield *_trimmed(entity), entity.label_
    titles = word_groups("naming")["titles"]
    for token in span:
        if token.pos_ != "PROPN" or token.lower_ in titles:
            continue
        before = token.doc[token.i - 1] if token.i > span.start else None
        titled = before is not None and before.lower_ in titles and before.text[0].isupper()
        if titled or token.text in known:
            yield token.i, token.i + 1, "PERSON"


def _trimmed(entity: Span) -> tuple[int, int]:
    """The entity without titles before it, "the", and possessive endings."""
    titles = word_groups("naming")["titles"]
    start, end = entity.start, entity.end
    while start < end and (entity.doc[start].lower_ in titles or entity.doc[start].lower_ == "the"):
        start += 1
    while end > start and (entity.doc[end - 1].text in ("'s", "'") or entity.doc[end - 1].is_punct):
        end -= 1
    while end + 1 < len(entity.doc) and _goes_on(entity.doc, end):
        end += 2  # "Ahn Duk-geun", of which the name finder takes "Ahn Duk"
    return start, end


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether a hyphen and the second half of a given name follow a name."""
    hyphen, half = doc[end], doc[end + 1]
    joined = hyphen.text == "-" and not hyphen.whitespace_ and not doc[end - 1].whitespace_
    return joined and half.text.islower() and half.is_alpha and doc[end - 1].text.istitle()


def is_written_as_a_name(name: str, label: str) -> bool:
    """Whether the capitals are a name's; one word for a body must be all in capitals."""
    words = name.split()
    if not name[0].isupper() or not all(w[:1].isupper() or w.islower() for w in words):
        return False
    return label != "ORG" or len(words) > 1 or name.isupper()


def names_a_paper(name: str, text: str) -> bool:
    """Whether a name is an agreement's: "AI Memorandum", "SDA" behind the pact's full name."""
    words = name.split()
    if words[-1].lower() in _papers():
        return True
    if not name.isupper() or len(words) > 1:
        return False
    before = text.partition(f"({name})")[0].split()
    return bool(before) and f"({name})" in text and before[-1].lower() in _papers()


def is_subject_of_a_paper(doc: Doc, start: int) -> bool:
    """Whether a name only says what an agreement is on: "a Joint Declaration on the ..."."""
    place = start - 1
    while place > 0 and doc[place].lower_ in ("the", "a", "an"):
        place -= 1
    about = place > 0 and doc[place].lower_ in ("on", "concerning", "regarding")
    noun = doc[place - 1] if about else None
    return noun is not None and noun.lower_ in _papers() and noun.text[0].isupper()


def opens_as_heading(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is the heading of its passage: the sentence's first words, then ":"."""
    first = doc[start].sent.start == start
    return first and end < len(doc) and doc[end].text == ":" and end - start > 1


def in_title_of_a_work(doc: Doc, start: int) -> bool:
    """Whether a word stands in a title: "in her book, Allies of Ease: Bonn and the New East"."""
    return any(first <= start < last for first, last in _titles(doc[start].sent))


def _titles(span: Span) -> Iterator[tuple[int, int]]:
    """Runs of capitals after the noun of a work that reach the end of a phrase."""
    for token in span:
        if token.lower_ not in word_groups("naming")["works"]:
            continue
        first = token.i + 1
        while first < span.end and span.doc[first].text in (",", ":", '"', "“", "'", "‘"):
            first += 1
        last = first
        while last < span.end and _fits_in_title(span.doc[last]):
            last += 1
        capitals = sum(span.doc[i].text[0].isupper() for i in range(first, last))
        ends = last == span.end or span.doc[last].is_punct
        if first > token.i + 1 and ends and capitals >= FEWEST_IN_TITLE:
            yield first, last


def _fits_in_title(token: Token) -> bool:
    """A word in capitals, one that titles leave small, or the mark inside a title."""
    return token.text[0].isupper() or token.pos_ in ("ADP", "CCONJ", "DET") or token.text in ",:"


def opens_a_sentence_only(doc: Doc, place: int, name: str, text: str) -> bool:
    """Whether a lone word has its capital from the sentence it opens, and from nowhere else."""
    if doc[place].sent.start != place:
        return False
    return re.search(rf"(?<=[a-z,;] ){re.escape(name)}\b", text) is None


def is_a_persons(token: Token, name: str) -> bool:
    """Whether a title or an act shows a lone name, which no table has, to be a person's."""
    groups = word_groups("naming")
    nouns = groups["government"] | groups["forces"] | groups["titles"] | groups["people"]
    if bearers.is_common(name) or not name.istitle() or name.lower() in nouns:
        return False
    acts = token.dep_ == "nsubj" and token.head.pos_ == "VERB" and token.ent_type_ == "PERSON"
    return bearers.is_titled(token) or acts


def has_words_of_no_name(words: Sequence[str]) -> bool:
    """Whether a name begins or ends with a word that the name finder often takes for one."""
    not_names = word_groups("naming")["not_names"]
    whole = " ".join(words).lower()
    return whole in not_names or any(w.lower() in not_names for w in (words[0], words[-1]))


@functools.cache
def _papers() -> frozenset[str]:
    groups = word_groups("agreements")
    return groups["general_nouns"] | groups["specific_nouns"]

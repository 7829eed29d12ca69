"""What agreements are called: their kinds, their proper names, titles that are names."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from fairweather.coding.grammar.attached_dates import tokens_of
from fairweather.coding.grammar.sentence import Sentence
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Doc, Token

DASHES = frozenset("-–—/")
NAME_LINKS = frozenset({"of", "on", "for", "and", "the", "&", "concerning", "regarding"})
LINKS_BEFORE = frozenset({"of", "on", "for", "and", "&", "concerning"})
OPENS_SUBJECT = frozenset({"of", "on", "for", "concerning", "regarding", "against", "about"})
LONGEST_NAME = 22
"""Tokens, so that a heading in capitals is not taken for a treaty's name."""


@functools.cache
def kinds() -> dict[str, str]:
    """Every noun for an agreement -> its kind in plain words."""
    groups = word_groups("agreements")
    other = dict(pair.split("=") for pair in groups["same_kind"])
    nouns = groups["general_nouns"] | groups["specific_nouns"]
    return {noun: other.get(noun, noun) for noun in nouns}


@functools.cache
def weak_kinds() -> frozenset[str]:
    """The kinds whose nouns mostly mean other things than an agreement."""
    return frozenset(kinds()[noun] for noun in word_groups("agreements")["weak_nouns"])


def title_kind(title: str) -> str:
    """The kind of the agreement whose name a title is ("Oslo Declaration"); else empty."""
    from fairweather.coding.grammar.parse import load_model
    from fairweather.coding.grammar.tree import tree_of

    words = title.lower().split()
    if not 2 <= len(words) <= 8 or not kinds().keys() & {words[0], words[-1]}:
        return ""
    parsed = tree_of(load_model()(title.strip()))
    if any(is_verb(token) or token.text in (":", "?", ",") for token in parsed):
        return ""
    small = NAME_LINKS | OPENS_SUBJECT | {"between", "with"}
    if not all(t.text[0].isupper() or t.lower_ in small or not t.is_alpha for t in parsed):
        return ""
    return kinds().get(words[-1]) or kinds()[words[0]]


def title_names_agreement(title: str) -> bool:
    """Whether a title speaks of one agreement: "What the treaty binds each side to"."""
    words = set(title.lower().replace("-", " ").split())
    return bool(words & (kinds().keys() - word_groups("agreements")["weak_nouns"]))


def may_be_one(kind: str, other: str) -> bool:
    """Whether two words may be said of one agreement: an accord may be a treaty."""
    general = word_groups("agreements")["general_nouns"]
    return kind == other or not kind or not other or kind in general or other in general


# -- proper names -------------------------------------------------------------------------


def name_bounds(sentence: Sentence, head: Token) -> tuple[int, int]:
    """First and last token of a proper name around its noun; both the noun's if none."""
    doc, first, last = head.doc, head.i, head.i
    place = head.i - 1
    while place >= sentence.span.start and head.i - place < LONGEST_NAME:
        word = doc[place]
        if _opens_sentence(sentence, word) and not _is_actor(sentence, word.i):
            break
        if _capital(word) and not is_verb(word):
            first = place
        elif not (word.is_space or word.lower_ in LINKS_BEFORE or word.text in DASHES):
            break
        place -= 1
    if _capital(head):
        last = _name_end(sentence, head)
    return (first, last) if _is_name(sentence, head, first, last) else (head.i, head.i)


def _name_end(sentence: Sentence, head: Token) -> int:
    doc, last, index = head.doc, head.i, head.i + 1
    dated = {i for date in sentence.dates for i in tokens_of(sentence, date.start, date.end)}
    while index < sentence.span.end and index - head.i < LONGEST_NAME:
        word = doc[index]
        if index in dated:
            break
        if _capital(word) and not is_verb(word):
            last = index
        elif not (
            word.is_space
            or word.lower_ in NAME_LINKS
            or word.lower_ in OPENS_SUBJECT
            or word.text in DASHES
        ):
            break
        index += 1
    return last


def _is_name(sentence: Sentence, head: Token, first: int, last: int) -> bool:
    """A capital noun with a capital beside it, or a proper noun that is no actor before it."""
    inner = [t for t in head.doc[first : last + 1] if t.i != head.i and _capital(t)]
    if _capital(head):
        return bool(inner)
    return any(
        t.pos_ == "PROPN"
        and not _is_actor(sentence, t.i)
        and not t.like_num
        and t.lower_ not in word_groups("naming")["not_names"]
        for t in inner
    )


def _capital(token: Token) -> bool:
    return bool(token.text[:1].isupper()) and token.lower_ not in ("the", "a", "an", "this")


def is_verb(token: Token) -> bool:
    """Whether a token is a finite verb, and so no part of a name."""
    return token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "VB")


def _opens_sentence(sentence: Sentence, token: Token) -> bool:
    first = next((t.i for t in sentence.span if t.is_alpha), sentence.span.start)
    return token.i <= first and token.pos_ not in ("PROPN", "ADJ", "NOUN")


def _is_actor(sentence: Sentence, index: int) -> bool:
    return sentence.mention_at(index) is not None


def acronym_after(doc: Doc, last: int) -> str:
    """The abbreviation in brackets behind a name, if any."""
    words = [doc[i].text if i < len(doc) else "" for i in range(last + 1, last + 4)]
    opened, short, closed = words
    if opened == "(" and closed == ")" and short.isupper() and 2 <= len(short) <= 8:
        return str(short)
    return ""


def text_of(sentence: Sentence, first: int, last: int) -> str:
    """The words as the document writes them, on one line."""
    start, end = sentence.place(sentence.token(first), sentence.token(last))
    return " ".join(sentence.document.text[start:end].split())
